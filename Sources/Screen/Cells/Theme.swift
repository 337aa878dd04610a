/// How many colours the terminal can show.
public enum ColourDepth: Sendable, CaseIterable {
  /// No colours, by the terminal or by `NO_COLOR`: bold and signs only.
  case none
  case eight
  case sixteen
  case full
}

/// Whether the terminal's own background is light or dark.
public enum Appearance: String, Sendable, CaseIterable {
  case dark
  case light
}

/// What a style becomes on a terminal: a colour by its palette number and attributes.
public struct Rendition: Hashable, Sendable {
  /// Index into the terminal's palette; nil is its own foreground. The background is always the
  /// terminal's own.
  public var colour: UInt8?
  public var bold: Bool
  /// The terminal's attribute of that name, where there is no grey to choose.
  public var dim: Bool
  public var reverse: Bool
  public var underline: Bool

  public init(
    colour: UInt8? = nil, bold: Bool = false, dim: Bool = false, reverse: Bool = false,
    underline: Bool = false
  ) {
    self.colour = colour
    self.bold = bold
    self.dim = dim
    self.reverse = reverse
    self.underline = underline
  }
}

/// The colours of the roles at a colour depth on a background.
public struct Theme: Hashable, Sendable {
  public var depth: ColourDepth
  public var appearance: Appearance

  public init(depth: ColourDepth, appearance: Appearance) {
    self.depth = depth
    self.appearance = appearance
  }

  /// The look of a style: that of its role with the style's own attributes added.
  public func rendition(of style: Style) -> Rendition {
    var rendition = rendition(of: style.dim ? .dim : style.role)
    rendition.bold = (rendition.bold || style.bold) && !style.dim
    rendition.reverse = style.reverse
    rendition.underline = style.underline
    return rendition
  }

  /// The look of a role.
  public func rendition(of role: Role) -> Rendition {
    switch depth {
    case .none: Rendition(bold: role == .accent || role == .changed || role == .warning)
    case .eight, .sixteen: basicRendition(of: role)
    case .full: fullRendition(of: role)
    }
  }

  private func fullRendition(of role: Role) -> Rendition {
    let isDark = appearance == .dark
    return switch role {
    case .plain: Rendition()
    case .accent: Rendition(colour: isDark ? 80 : 30)
    case .changed: Rendition(colour: isDark ? 150 : 28, bold: true)
    case .client: Rendition(colour: isDark ? 75 : 25)
    case .server: Rendition(colour: isDark ? 215 : 130)
    case .warning: Rendition(colour: isDark ? 203 : 160, bold: true)
    case .dim: Rendition(colour: isDark ? 244 : 243)
    }
  }

  /// With eight colours the bright blue is blue in bold, which such terminals draw bright.
  private func basicRendition(of role: Role) -> Rendition {
    let isDark = appearance == .dark
    return switch role {
    case .plain: Rendition()
    case .accent: Rendition(colour: isDark ? Self.cyan : Self.blue, bold: true)
    case .changed: Rendition(colour: Self.green, bold: true)
    case .client where isDark && depth == .sixteen: Rendition(colour: Self.brightBlue)
    case .client: Rendition(colour: Self.blue, bold: isDark)
    case .server: Rendition(colour: isDark ? Self.yellow : Self.magenta)
    case .warning: Rendition(colour: Self.red, bold: true)
    case .dim: Rendition(dim: true)
    }
  }

  private static let red: UInt8 = 1
  private static let green: UInt8 = 2
  private static let yellow: UInt8 = 3
  private static let blue: UInt8 = 4
  private static let magenta: UInt8 = 5
  private static let cyan: UInt8 = 6
  private static let brightBlue: UInt8 = 12
}

extension ColourDepth {
  /// The depth for a terminal of so many colours. `NO_COLOR` set to anything but an empty text
  /// means none.
  public init(terminalColours: Int, noColour: String?) {
    if let noColour, !noColour.isEmpty {
      self = .none
      return
    }
    switch terminalColours {
    case 256...: self = .full
    case 16...: self = .sixteen
    case 8...: self = .eight
    default: self = .none
    }
  }
}

extension Appearance {
  /// Read from `COLORFGBG` (such as `15;0` or `0;default;15`), whose last field is the background
  /// as a palette number; dark when it says nothing.
  public init(colourForegroundBackground value: String?) {
    let background = value?.split(separator: ";").last.flatMap { Int($0) }
    switch background {
    case .some(7), .some(9...15): self = .light
    default: self = .dark
    }
  }
}
