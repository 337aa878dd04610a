/// What a cell is for; a theme turns roles into colours. Colour is never the only sign of a role.
public enum Role: UInt8, CaseIterable, Sendable {
  /// Text in the terminal's own foreground.
  case plain
  /// Focus, here, selection.
  case accent
  /// What this moment wrote.
  case changed
  /// The client's numbers, boxes and arrows.
  case client
  /// The server's numbers, boxes and arrows.
  case server
  /// Lost, failed, wrong.
  case warning
  /// Rules, names of fields, keys, unchanged rows. Carries no meaning of its own.
  case dim
}

/// How a cell looks: its role and what is added to the role's own look.
public struct Style: Hashable, Sendable {
  public var role: Role
  public var bold: Bool
  /// Stepped back, as the panes under an open box are; outdoes the role's colour.
  public var dim: Bool
  /// Kept for the text cursor of a prompt.
  public var reverse: Bool
  public var underline: Bool

  public init(
    _ role: Role = .plain, bold: Bool = false, dim: Bool = false, reverse: Bool = false,
    underline: Bool = false
  ) {
    self.role = role
    self.bold = bold
    self.dim = dim
    self.reverse = reverse
    self.underline = underline
  }

  public static let plain = Style()
  public static let bold = Style(bold: true)
  public static let accent = Style(.accent)
  public static let changed = Style(.changed)
  public static let client = Style(.client)
  public static let server = Style(.server)
  public static let warning = Style(.warning)
  public static let dim = Style(.dim)
  public static let cursor = Style(reverse: true)

  /// The same style in bold.
  public var inBold: Style {
    var style = self
    style.bold = true
    return style
  }
}

/// A piece of a line with one style.
public struct StyledText: Hashable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }

  /// Columns taken.
  public var displayWidth: Int { text.displayWidth }
}
