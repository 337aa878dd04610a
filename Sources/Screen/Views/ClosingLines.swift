/// The last lines of a view: what is chosen, and the reason with where it is written down.
struct ClosingLine {
  /// `why`, `from`, or the mark of the chosen row.
  var label: StyledText
  var text: [StyledText]
  /// What is said where there is no room for the text.
  var short: [StyledText] = []
  /// Blanks between the label and the text.
  var gap = 2
  /// `RFC 9293 §3.4`.
  var reference = ""
  /// Whether `w` leads further.
  var hasWhy = false

  private var right: [StyledText] {
    var pieces: [StyledText] = []
    if !reference.isEmpty { pieces.append(StyledText(reference, .dim)) }
    if hasWhy { pieces += [StyledText(reference.isEmpty ? "" : "   "), StyledText("w", .accent)] }
    return pieces
  }

  /// Blanks at which a text may not be broken.
  static let gapText = "\u{a0}\u{a0}\u{a0}"

  private static func withBlanks(_ text: String) -> String {
    String(text.map { $0 == "\u{a0}" ? " " : $0 })
  }

  /// The line in rows of a width: one, or two where the text is long and may be broken.
  func rows(width: Int, limit: Int) -> [(left: [StyledText], right: [StyledText])] {
    let indent = label.displayWidth + gap
    let right = self.right
    let room = width - indent - (right.isEmpty ? 0 : right.displayWidth + 2)
    let start = [label, StyledText(String(repeating: " ", count: gap))]
    guard text.displayWidth > room else {
      return [(start + text.map { StyledText(Self.withBlanks($0.text), $0.style) }, right)]
    }
    guard limit > 1 else {
      let bare = width - indent
      if !short.isEmpty { return [(start + short.fitting(max(0, room)), right)] }
      // The reference gives way to the reason.
      let mark = hasWhy ? [StyledText("w", .accent)] : []
      if text.displayWidth + 2 + mark.displayWidth <= bare { return [(start + text, mark)] }
      if text.displayWidth <= bare { return [(start + text, [])] }
      return [(start + text.fitting(max(0, room)), right)]
    }
    let whole = text.map(\.text).joined()
    let lines = whole.wrapped(to: width - indent)
    guard lines.count > 1 else {
      let blank = [StyledText(String(repeating: " ", count: indent))]
      return [(start + text, []), (blank, right)]
    }
    // Below a long label the text goes on further left.
    let hanging = indent > 8 ? 2 : indent
    let rest = lines.dropFirst().joined(separator: " ")
      .truncated(to: max(0, room + indent - hanging))
    let blank = String(repeating: " ", count: hanging)
    return [
      (start + [StyledText(Self.withBlanks(lines[0]))], []),
      ([StyledText(blank + Self.withBlanks(rest))], right),
    ]
  }
}

extension Canvas {
  /// Draws closing lines so that the last row is at the bottom.
  ///
  /// - Parameter most: Rows that they should not exceed; each line has one at least.
  /// - Returns: the rows taken.
  @discardableResult
  mutating func closingLines(_ lines: [ClosingLine], at x: Int = 1, most: Int) -> Int {
    // The last lines are the first to be cut to one row.
    var limits = lines.map { _ in 2 }
    func rows(_ limits: [Int]) -> [(left: [StyledText], right: [StyledText])] {
      zip(lines, limits).flatMap { $0.rows(width: width - x - 2, limit: $1) }
    }
    for index in lines.indices.reversed() where rows(limits).count > most { limits[index] = 1 }
    let rows = rows(limits)
    for (index, row) in rows.enumerated() {
      let y = height - rows.count + index
      text(row.left, at: x, y)
      text(row.right, endingBefore: width - 1, y)
    }
    return rows.count
  }

  /// The part that a view draws in: a picture of 80 columns has a margin of one at each side.
  mutating func withinMargin(_ draw: (inout Canvas) -> Void) {
    let margin = width >= 80 ? 1 : 0
    within(bounds.inset(left: margin, right: margin), draw)
  }
}
