import CPseudoTerminal
import Foundation
import PseudoTerminal
import Screen
import Testing

/// What stands on the terminal is the grid, cell by cell.
@Suite struct PaintTests {
  static func expectShown(
    _ grid: CellGrid, _ theme: Theme, on probe: DrivenProgram,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(probe.screen.lines == grid.lines, sourceLocation: sourceLocation)
    #expect(probe.screen.unknown == [], sourceLocation: sourceLocation)
    var wrong: [String] = []
    for y in 0..<grid.height {
      for x in 0..<grid.width {
        let cell = grid[x, y]
        var expected = theme.rendition(of: cell.style)
        var shown = probe.screen[x, y].rendition
        if cell.character == " ", !cell.isContinuation {
          // A blank shows neither colour nor weight.
          for keep in [\Rendition.bold, \.dim] {
            expected[keyPath: keep] = false
            shown[keyPath: keep] = false
          }
          (expected.colour, shown.colour) = (nil, nil)
        }
        if shown != expected { wrong.append("\(x),\(y) \(cell.character): \(shown) \(expected)") }
      }
    }
    #expect(wrong.prefix(3) == [], sourceLocation: sourceLocation)
  }

  @Test(arguments: ["3.2-80x24", "2.1-80x24", "3.1-120x40", "2.2-120x40", "4.9-80x20"])
  func screensOfTheDesign(_ name: String) throws {
    let path = Probe.fixture(name).path
    let grid = CellGrid(screen: try String(contentsOfFile: path, encoding: .utf8)).inManyRoles
    let probe = try Probe.start([path], size: grid.size)
    try probe.wait("the picture") { $0.lines == grid.lines }
    Self.expectShown(grid, Theme(depth: .full, appearance: .dark), on: probe)
  }

  @Test(
    arguments: [
      (["TERM": "xterm-256color"], [], ColourDepth.full, Appearance.dark),
      (["COLORFGBG": "0;15"], [], .full, .light),
      (["COLORFGBG": "15;0"], ["--light"], .full, .light),
      (["TERM": "xterm"], [], .eight, .dark),
      (["TERM": "xterm", "COLORTERM": "truecolor"], [], .full, .dark),
      (["NO_COLOR": "1"], [], .none, .dark),
      (["NO_COLOR": ""], [], .full, .dark),
      (["LC_ALL": "C"], [], .full, .dark),
      (["LC_ALL": "xx_YY.UTF-8"], [], .full, .dark),
      (["LC_ALL": "POSIX"], [], .full, .dark),
    ] as [([String: String], [String], ColourDepth, Appearance)])
  func coloursAndLocales(
    _ environment: [String: String], _ arguments: [String], _ depth: ColourDepth,
    _ appearance: Appearance
  ) throws {
    let path = Probe.fixture("2.1-80x24").path
    let grid = CellGrid(screen: try String(contentsOfFile: path, encoding: .utf8)).inManyRoles
    let probe = try Probe.start(
      arguments + [path], environment: environment.mapValues { .some($0) })
    try probe.wait("the picture") { $0.lines == grid.lines }
    Self.expectShown(grid, Theme(depth: depth, appearance: appearance), on: probe)
  }

  @Test func asciiOnly() throws {
    let probe = try Probe.start(["--ascii", Probe.fixture("3.2-80x24").path])
    let expected = try String(contentsOf: Probe.fixture("3.3-80x24"), encoding: .utf8)
    try probe.wait("the picture") { $0.text + "\n" == expected }
    #expect(!probe.output.contains { $0 >= 0x80 })
  }

  @Test func onlyTheDifferenceIsWritten() throws {
    let probe = try Probe.startShown()
    try probe.type("j")
    try probe.waitFor("0: character(\"j\")")
    let before = probe.output.count
    try probe.type("k")
    try probe.waitFor("1: character(\"k\")")
    #expect(probe.output.count - before < 40)
  }

  @Test func aSmallerScreenCutsThePicture() throws {
    let path = Probe.fixture("3.1-120x40").path
    let grid = CellGrid(screen: try String(contentsOfFile: path, encoding: .utf8))
    var canvas = Canvas(Size(width: 65, height: 17))
    canvas.draw(grid, at: 0, 0)
    let probe = try Probe.start([path], size: canvas.size)
    let expected = canvas.grid.lines
    try probe.wait("the picture") { $0.lines == expected }
  }

  @Test func resizing() throws {
    let probe = try Probe.startShown()
    for size in [(100, 30), (40, 8), (1, 1), (120, 40), (81, 25)] {
      let size = Size(width: size.0, height: size.1)
      probe.resize(to: size)
      guard size.width > 20 else { continue }
      try probe.waitFor("size \(size.width)x\(size.height)")
      try probe.wait("the corner") { $0.lines.last?.hasSuffix("준비됨") == true }
      #expect(probe.screen.lines[0].hasSuffix(" 한글 ━━"))
      #expect(probe.screen.lines[0].displayWidth == size.width)
    }
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.unrestored == [])
  }

  @Test func ticksAddUp() throws {
    let probe = try Probe.startShown()
    try probe.type("i")
    try probe.wait("ticks") { !$0.shows("ticks 0 ") && !$0.shows("ticks 1 ") }
    try probe.type("i")
    try probe.waitFor("1: character(\"i\")")
    let words = probe.screen.lines[2].split(separator: " ")
    let ticks = try #require(Int(words[1]))
    let elapsed = try #require(Int(words[3]))
    #expect(elapsed >= (ticks - 2) * 5)
  }
}

/// A picture holds on a terminal only where both sides agree on the width of its characters.
@Suite struct WidthTests {
  @Test func ourWidthIsTheTerminalLibrarys() {
    #expect(pty_columns(0xac00) == 2)
    var differing: [String] = []
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7e, 0xa1...0x24f, 0x300...0x36f, 0x1100...0x11ff, 0x2010...0x2027,
      0x2030...0x205e, 0x2190...0x2bff, 0x3000...0x33ff, 0x4e00...0x9fff, 0xa960...0xa97c,
      0xac00...0xd7a3, 0xff01...0xff60, 0x1f300...0x1f64f,
    ]
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let columns = pty_columns(value)
      // What the library does not know it does not print; it is of no use to a view either.
      guard columns >= 0, Character(scalar).displayWidth != columns else { continue }
      differing.append("U+\(String(value, radix: 16)) \(Character(scalar).displayWidth) \(columns)")
    }
    #expect(differing == [])
  }
}

@Suite struct StartTests {
  @Test(
    arguments: [
      ("no-such-terminal", "The terminal type \"no-such-terminal\" is not known"),
      ("", "TERM is not set"), (nil, "TERM is not set"), ("dumb", "cannot show a screen"),
    ] as [(String?, String)])
  func terminalsThatCannot(_ type: String?, _ message: String) throws {
    let probe = try Probe.start(environment: ["TERM": type])
    #expect(try probe.waitForEnd() == .exited(1))
    let text = probe.screen.lines.joined()
    #expect(text.contains(message))
    #expect(text.contains("TERM=xterm-256color"))
    #expect(probe.unrestored == [])
    #expect(!probe.output.contains(0x1b))
  }

  @Test func withoutATerminal() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Probe.path)
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
    #expect(process.terminationStatus == 1)
    #expect(text.contains("not both a terminal"))
  }
}
