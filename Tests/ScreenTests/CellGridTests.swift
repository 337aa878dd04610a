import Testing

@testable import Screen

@Suite struct FixtureSizeTests {
  @Test func allAreThere() {
    #expect(Fixture.all.count == 23)
  }

  @Test(arguments: Fixture.all)
  func everyLineHasExactlyTheNamedWidth(_ fixture: Fixture) {
    #expect(fixture.lines.count == fixture.height)
    for (number, line) in fixture.lines.enumerated() {
      #expect(line.displayWidth == fixture.width, "line \(number + 1): \(line)")
    }
  }

  @Test(arguments: Fixture.all)
  func parsingAndPrintingGivesTheTextAgain(_ fixture: Fixture) {
    let grid = CellGrid(screen: fixture.text)
    #expect(grid.size == Size(width: fixture.width, height: fixture.height))
    #expect(grid.lines == fixture.lines)
  }

  @Test(arguments: Fixture.all)
  func asciiFormKeepsEveryColumn(_ fixture: Fixture) {
    let ascii = asciiForm(of: CellGrid(screen: fixture.text))
    for (before, after) in zip(fixture.lines, ascii.lines) {
      #expect(after.displayWidth == before.displayWidth)
      #expect(after.allSatisfy { $0.isASCII || $0.isHangul })
      #expect(!after.contains("_") || before.contains("_"), "no sign for one of: \(before)")
    }
  }
}

@Suite struct ASCIIFormTests {
  @Test func theLessonBecomesItsASCIIPicture() {
    let unicode = CellGrid(screen: Fixture.named("3.2-80x24").text)
    #expect(asciiForm(of: unicode).lines == Fixture.named("3.3-80x24").lines)
  }

  @Test(arguments: [
    ("▸◂*‹›[]", "><*<>[]"), ("[ETH│IP]▸", "[ETH|IP]>"), ("✗↻?–!", "XR?-!"), ("=≠✓⑂", "=!vY"),
    ("▾▴", "v^"), ("━╋─┻┴", "=#-++"), ("▓░╌█", "#.~@"), ("┌┐└┘├┤┬┴┼╰╯┯", "++++++++++++"),
    ("→·…×µ§", ">..xu "), ("⠉⣀⡇ ⠀", "..:  "), ("가나 A", "가나 A"), ("←↑↓", "<^v"),
  ])
  func signsHaveTheirCounterparts(_ text: String, _ expected: String) {
    #expect(asciiForm(of: text) == expected)
  }

  @Test func stylesStay() {
    var grid = CellGrid(width: 3, height: 1)
    grid.put("▸", at: 1, 0, .accent)
    #expect(asciiForm(of: grid)[1, 0] == Cell(">", .accent))
  }
}

@Suite struct CellGridTests {
  @Test func wideCharactersTakeTwoCells() {
    var grid = CellGrid(width: 4, height: 1)
    #expect(grid.put("가", at: 1, 0, .client) == 2)
    #expect(grid[1, 0].character == "가" && grid[1, 0].width == 2)
    #expect(grid[2, 0].isContinuation && grid[2, 0].style == .client)
    #expect(grid.lines == [" 가 "])
  }

  @Test func writingOverOneHalfBlanksTheOther() {
    var grid = CellGrid(screen: "가나")
    grid.put("x", at: 1, 0)
    #expect(grid.lines == [" x나"])
    grid.put("y", at: 2, 0)
    #expect(grid.lines == [" xy "])
    var second = CellGrid(screen: "가나")
    second.put("다", at: 1, 0)
    #expect(second.lines == [" 다 "])
    #expect(!second[0, 0].isContinuation && !second[3, 0].isContinuation)
  }

  @Test func aWideCharacterIsNeverSplitAtAnEdge() {
    var grid = CellGrid(screen: "xxxx")
    grid.put("가", at: 3, 0)
    #expect(grid.lines == ["xxx "])
    grid.put("가", at: -1, 0)
    #expect(grid.lines == [" xx "])
    var clipped = CellGrid(screen: "xxxx")
    clipped.put("가", at: 1, 0, clip: Rectangle(x: 0, y: 0, width: 2, height: 1))
    #expect(clipped.lines == ["x xx"])
  }

  @Test(arguments: [-1, Int.min / 4, 5, Int.max / 4], ["a", "가"] as [Character])
  func coordinatesOutsideAreDropped(_ place: Int, _ character: Character) {
    let grid = CellGrid(screen: "abc\ndef")
    var changed = grid
    changed.put(character, at: 0, place)
    changed.put(character, at: place - 1, 0)
    changed.restyle(at: place, place) { $0.bold = true }
    #expect(changed == grid)
    #expect(grid[place, 0] == .blank && grid.row(place).isEmpty)
  }

  @Test func negativeExtentsAreNone() {
    let grid = CellGrid(width: -3, height: 2)
    #expect(grid.width == 0 && grid.lines == ["", ""])
  }

  @Test func controlCharactersNeverReachACell() {
    var grid = CellGrid(width: 6, height: 1)
    #expect(grid.put("\u{1b}", at: 0, 0) == 0)
    #expect(grid.put("\r\n", at: 0, 0) == 0)
    #expect(grid.put("\u{202e}", at: 0, 0) == 0)
    #expect(grid == CellGrid(width: 6, height: 1))
    #expect(Cell("\u{7}") == .blank && Cell("\t") == .blank)
  }

  @Test func decomposedTextIsComposed() {
    // 한 as three conjoining jamo, é as a letter and a mark.
    let grid = CellGrid(screen: "\u{1112}\u{1161}\u{11ab}e\u{301}")
    #expect(grid.width == 3)
    #expect(Array(grid[0, 0].character.unicodeScalars).map(\.value) == [0xd55c])
    #expect(Array(grid[2, 0].character.unicodeScalars).map(\.value) == [0xe9])
  }

  @Test func aCellHoldsOneBaseOnly() {
    // A family emoji is several wide characters joined: only the first can stand in a cell.
    let grid = CellGrid(screen: "\u{1f468}\u{200d}\u{1f469}x")
    #expect(grid.width == 3)
    #expect(grid[0, 0].character.unicodeScalars.count == 1)
    #expect(grid[2, 0].character == "x")
  }

  @Test func steppingBackKeepsTheText() {
    var grid = CellGrid(screen: "가 b")
    grid.restyle(at: 1, 0) { $0 = Style.accent.inBold }
    #expect(grid[0, 0].style == Style.accent.inBold)
    let text = grid.text
    grid.stepBack()
    #expect(grid.text == text)
    #expect(grid.row(0).allSatisfy { $0.style.dim && !$0.style.bold })
  }
}
