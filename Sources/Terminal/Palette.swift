import CNCurses
import Screen

/// The theme on this terminal: roles as attributes and colour pairs.
struct Palette {
  let theme: Theme
  /// The pair of each colour in use.
  private let pairs: [UInt8: Int16]

  /// Starts colours where the terminal has them and `NO_COLOR` allows them.
  init(appearance: Appearance, noColour: String?) {
    var colours = Int(tigetnum("colors"))
    // Where colours are RGB values only the first eight are those of a palette.
    if tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || curses_string("RGB") != nil {
      colours = min(colours, 8)
    }
    let depth = ColourDepth(terminalColours: colours, noColour: noColour)
    // Once started, curses sets colours even for text that has none; so never without need.
    guard depth != .none, start_color() != ERR else {
      theme = Theme(depth: .none, appearance: appearance)
      pairs = [:]
      return
    }
    theme = Theme(depth: depth, appearance: appearance)
    let keepsBackground = use_default_colors() != ERR
    let background: Int16 = keepsBackground ? -1 : appearance == .dark ? 0 : 7
    var pairs: [UInt8: Int16] = [:]
    for role in Role.allCases {
      guard let colour = theme.rendition(of: role).colour, pairs[colour] == nil else { continue }
      let pair = Int16(pairs.count + 1)
      if init_pair(pair, Int16(colour), background) != ERR { pairs[colour] = pair }
    }
    self.pairs = pairs
  }

  /// What curses needs to show a style.
  func attributes(of style: Style) -> (attributes: attr_t, pair: Int16) {
    let rendition = theme.rendition(of: style)
    var attributes: attr_t = 0
    if rendition.bold { attributes |= curses_bold }
    if rendition.dim { attributes |= curses_dim }
    if rendition.reverse { attributes |= curses_reverse }
    if rendition.underline { attributes |= curses_underline }
    return (attributes, rendition.colour.flatMap { pairs[$0] } ?? 0)
  }
}
