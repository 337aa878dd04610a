import Testing

@testable import Screen

@Suite struct ThemeTests {
  @Test(
    arguments: [
      (Role.accent, 80, 30), (.changed, 150, 28), (.client, 75, 25), (.server, 215, 130),
      (.warning, 203, 160), (.dim, 244, 243),
    ] as [(Role, UInt8, UInt8)])
  func fullColours(_ role: Role, _ dark: UInt8, _ light: UInt8) {
    #expect(Theme(depth: .full, appearance: .dark).rendition(of: role).colour == dark)
    #expect(Theme(depth: .full, appearance: .light).rendition(of: role).colour == light)
  }

  @Test(
    arguments: [
      (Role.accent, 6, 4, true), (.changed, 2, 2, true), (.client, 12, 4, false),
      (.server, 3, 5, false), (.warning, 1, 1, true),
    ] as [(Role, UInt8, UInt8, Bool)])
  func sixteenColours(_ role: Role, _ dark: UInt8, _ light: UInt8, _ bold: Bool) {
    let onDark = Theme(depth: .sixteen, appearance: .dark).rendition(of: role)
    let onLight = Theme(depth: .sixteen, appearance: .light).rendition(of: role)
    #expect(onDark == Rendition(colour: dark, bold: bold))
    #expect(onLight == Rendition(colour: light, bold: bold))
  }

  @Test(arguments: Role.allCases, Appearance.allCases)
  func eightColoursNeedNoMore(_ role: Role, _ appearance: Appearance) {
    let rendition = Theme(depth: .eight, appearance: appearance).rendition(of: role)
    #expect(rendition.colour.map { $0 < 8 } ?? true)
    #expect(rendition.dim == (role == .dim))
  }

  @Test(arguments: Role.allCases, Appearance.allCases)
  func withoutColoursBoldRemains(_ role: Role, _ appearance: Appearance) {
    let rendition = Theme(depth: .none, appearance: appearance).rendition(of: role)
    #expect(rendition == Rendition(bold: [.accent, .changed, .warning].contains(role)))
  }

  @Test func attributesOfTheStyleAreAdded() {
    let theme = Theme(depth: .full, appearance: .dark)
    let style = Style(.client, bold: true, reverse: true, underline: true)
    #expect(
      theme.rendition(of: style)
        == Rendition(colour: 75, bold: true, reverse: true, underline: true))
    #expect(theme.rendition(of: Style(.changed, dim: true)) == Rendition(colour: 244))
  }

  @Test(
    arguments: [
      (256, nil, ColourDepth.full), (88, nil, .sixteen), (16, "", .sixteen), (8, nil, .eight),
      (2, nil, .none), (-1, nil, .none), (256, "1", .none), (16_777_216, nil, .full),
    ] as [(Int, String?, ColourDepth)])
  func depth(_ colours: Int, _ noColour: String?, _ expected: ColourDepth) {
    #expect(ColourDepth(terminalColours: colours, noColour: noColour) == expected)
  }

  @Test(
    arguments: [
      (nil, Appearance.dark), ("15;0", .dark), ("0;15", .light), ("0;default;15", .light),
      ("0;7", .light), ("7;8", .dark), ("default;default", .dark), ("", .dark), ("15;-3", .dark),
    ] as [(String?, Appearance)])
  func background(_ value: String?, _ expected: Appearance) {
    #expect(Appearance(colourForegroundBackground: value) == expected)
  }
}
