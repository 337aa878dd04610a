/// The rule above a pane: the pane's name and, where one pane stands for several, the other
/// names at the left; facts and the view's key at the right.
public struct TitleRule: Hashable, Sendable {
  /// Whether the pane has the keys: heavy rule and `▸`.
  public var isFocused: Bool
  /// The names in order; each is parted from the next by a piece of rule.
  public var names: [[StyledText]]
  /// Which of the names is shown; it bears the mark of the focus.
  public var current: Int
  public var facts: [StyledText]

  public init(
    _ names: [[StyledText]], current: Int = 0, facts: [StyledText] = [], isFocused: Bool
  ) {
    self.names = names
    self.current = current
    self.facts = facts
    self.isFocused = isFocused
  }

  /// One name, plain facts. The name of a focused pane is bold in accent.
  public init(_ name: String, facts: String = "", isFocused: Bool) {
    self.init(
      [[StyledText(name, isFocused ? Style.accent.inBold : .plain)]],
      facts: facts.isEmpty ? [] : [StyledText(facts)], isFocused: isFocused)
  }
}

extension Canvas {
  /// Draws a title rule `width` columns long, such as `━━ ▸Stage ━━━━ 1 ━━` in focus and
  /// `── Stage ──── 1 ──` elsewhere. Facts that find no room beside the names are cut, and left
  /// out when less than a word of them would remain.
  public mutating func titleRule(_ rule: TitleRule, at x: Int, _ y: Int, width: Int) {
    let weight: LineWeight = rule.isFocused ? .heavy : .light
    let style: Style = rule.isFocused ? .accent : .dim
    horizontalLine(at: x, y, length: width, weight, style)
    let end = x + width
    var column = x + 2
    for (index, name) in rule.names.enumerated() {
      var pieces = name
      if rule.isFocused, index == rule.current {
        pieces.insert(StyledText("▸", Style.accent.inBold), at: 0)
      }
      // A blank on each side and two cells of rule at the end.
      let room = end - column - 4
      guard room > 0 else { break }
      column += framed(pieces, at: column, y, width: room) + 2
    }
    // After the last name the loop has left two cells of rule; one is enough before the facts.
    let room = end - 2 - (column - 1) - 2
    let shown = rule.facts.fitting(room)
    guard !shown.isEmpty, shown.displayWidth >= min(4, rule.facts.displayWidth), room > 0 else {
      return
    }
    framed(shown, at: end - 4 - shown.displayWidth, y, width: shown.displayWidth)
  }
}
