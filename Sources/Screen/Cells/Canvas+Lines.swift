/// How a line is drawn. Heavy is for the focused pane and for time that has gone.
public enum LineWeight: Sendable {
  case light
  case heavy
  /// The borders program, operating system, hardware.
  case dotted

  var horizontal: Character {
    switch self {
    case .light: "─"
    case .heavy: "━"
    case .dotted: "┄"
    }
  }

  var vertical: Character {
    switch self {
    case .light: "│"
    case .heavy: "┃"
    case .dotted: "┆"
    }
  }
}

/// A place where lines meet, named by where its arms go.
public enum Junction: Character, Sendable {
  case downRight = "┌"
  case downLeft = "┐"
  case upRight = "└"
  case upLeft = "┘"
  /// A line downwards leaves a horizontal one.
  case down = "┬"
  /// A line upwards leaves a horizontal one.
  case up = "┴"
  /// A line to the right leaves a vertical one.
  case right = "├"
  /// A line to the left leaves a vertical one.
  case left = "┤"
  case cross = "┼"
  /// A light line downwards leaves a heavy one.
  case heavyDown = "┯"
}

extension Canvas {
  /// A line along row `y` from column `x`, `length` columns long.
  public mutating func horizontalLine(
    at x: Int, _ y: Int, length: Int, _ weight: LineWeight = .light, _ style: Style = .dim
  ) {
    let visible = Rectangle(x: x, y: y, width: length, height: 1).intersection(bounds)
    for column in visible.x..<visible.endX { put(weight.horizontal, at: column, y, style) }
  }

  /// A line along column `x` from row `y`, `length` rows long.
  public mutating func verticalLine(
    at x: Int, _ y: Int, length: Int, _ weight: LineWeight = .light, _ style: Style = .dim
  ) {
    let visible = Rectangle(x: x, y: y, width: 1, height: length).intersection(bounds)
    for row in visible.y..<visible.endY { put(weight.vertical, at: x, row, style) }
  }

  /// Puts the sign of a meeting of lines.
  public mutating func junction(
    _ junction: Junction, at x: Int, _ y: Int, _ style: Style = .dim
  ) {
    put(junction.rawValue, at: x, y, style)
  }

  /// Joins the line at a place with those that point at it from its four neighbours: puts the
  /// sign whose arms reach them all. Does nothing where fewer than two arms meet.
  public mutating func join(at x: Int, _ y: Int, _ style: Style = .dim) {
    var arms = Arms(of: character(at: x, y))
    let left = character(at: x - 1, y)
    let right = character(at: x + 1, y)
    if Arms(of: left).contains(.right) { arms.insert(.left) }
    if Arms(of: right).contains(.left) { arms.insert(.right) }
    if Arms(of: character(at: x, y - 1)).contains(.down) { arms.insert(.up) }
    if Arms(of: character(at: x, y + 1)).contains(.up) { arms.insert(.down) }
    let isHeavy = left == LineWeight.heavy.horizontal && right == LineWeight.heavy.horizontal
    guard let sign = arms.sign(heavy: isHeavy) else { return }
    put(sign, at: x, y, style)
  }

  /// A dotted divider of a box: `├┄┄┄┤`, `width` columns from `x`, both ends on the box's sides.
  public mutating func divider(
    at x: Int, _ y: Int, width: Int, _ weight: LineWeight = .dotted, _ style: Style = .dim
  ) {
    guard width >= 2 else { return }
    junction(.right, at: x, y, style)
    horizontalLine(at: x + 1, y, length: width - 2, weight, style)
    junction(.left, at: x + width - 1, y, style)
  }

  /// A box with a title at its left and facts at its right: `┌─ title ──── facts ─┐`. The inside
  /// is not touched; nothing is drawn in a frame too small for four corners.
  ///
  /// - Parameter style: of the lines.
  public mutating func box(
    _ frame: Rectangle, title: [StyledText] = [], facts: [StyledText] = [], _ style: Style = .dim
  ) {
    guard frame.width >= 2, frame.height >= 2 else { return }
    let (right, bottom) = (frame.endX - 1, frame.endY - 1)
    horizontalLine(at: frame.x + 1, frame.y, length: frame.width - 2, .light, style)
    horizontalLine(at: frame.x + 1, bottom, length: frame.width - 2, .light, style)
    verticalLine(at: frame.x, frame.y + 1, length: frame.height - 2, .light, style)
    verticalLine(at: right, frame.y + 1, length: frame.height - 2, .light, style)
    junction(.downRight, at: frame.x, frame.y, style)
    junction(.downLeft, at: right, frame.y, style)
    junction(.upRight, at: frame.x, bottom, style)
    junction(.upLeft, at: right, bottom, style)
    // Corner, rule, blank on each side.
    var left = 0
    let room = frame.width - 6
    if !title.isEmpty, room > 0 {
      left = framed(title, at: frame.x + 2, frame.y, width: room) + 1
    }
    let factsWidth = facts.displayWidth
    if !facts.isEmpty, factsWidth + left <= room {
      framed(facts, at: right - 3 - factsWidth, frame.y, width: factsWidth)
    }
  }

  /// Draws a box over what is there, its inside blank.
  public mutating func openBox(
    _ frame: Rectangle, title: [StyledText] = [], facts: [StyledText] = [], _ style: Style = .dim,
    _ draw: (inout Canvas) -> Void
  ) {
    fill(frame)
    box(frame, title: title, facts: facts, style)
    within(frame.inset(left: 1, top: 1, right: 1, bottom: 1), draw)
  }

  /// Pieces of text with a blank before and after. - Returns: the columns taken.
  @discardableResult
  mutating func framed(_ pieces: [StyledText], at x: Int, _ y: Int, width: Int) -> Int {
    put(" ", at: x, y)
    let used = text(pieces, at: x + 1, y, width: width)
    put(" ", at: x + 1 + used, y)
    return used + 2
  }
}

/// Where a sign of box drawing reaches its cell's edges.
struct Arms: OptionSet {
  let rawValue: UInt8
  static let left = Arms(rawValue: 1)
  static let right = Arms(rawValue: 2)
  static let up = Arms(rawValue: 4)
  static let down = Arms(rawValue: 8)

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  init(of character: Character) {
    switch character {
    case "─", "━", "┄", "┻", "╋", "┯":
      self = [.left, .right]
      if character == "┻" || character == "╋" { insert(.up) }
      if character == "┯" || character == "╋" { insert(.down) }
    case "│", "┃", "┆", "⋮": self = [.up, .down]
    case "┌": self = [.down, .right]
    case "┐": self = [.down, .left]
    case "└": self = [.up, .right]
    case "┘": self = [.up, .left]
    case "┬": self = [.left, .right, .down]
    case "┴": self = [.left, .right, .up]
    case "├": self = [.up, .down, .right]
    case "┤": self = [.up, .down, .left]
    case "┼": self = [.left, .right, .up, .down]
    default: self = []
    }
  }

  /// The sign with these arms; nil for fewer than two.
  func sign(heavy: Bool) -> Character? {
    switch self {
    case [.left, .right]: heavy ? "━" : "─"
    case [.up, .down]: "│"
    case [.down, .right]: "┌"
    case [.down, .left]: "┐"
    case [.up, .right]: "└"
    case [.up, .left]: "┘"
    case [.left, .right, .down]: heavy ? "┯" : "┬"
    case [.left, .right, .up]: heavy ? "┷" : "┴"
    case [.up, .down, .right]: "├"
    case [.up, .down, .left]: "┤"
    case [.left, .right, .up, .down]: heavy ? "┿" : "┼"
    default: nil
    }
  }
}
