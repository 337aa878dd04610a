import Testing

@testable import Screen

/// Paints spans as a terminal does.
private func painted(_ spans: [CellSpan], on grid: CellGrid) -> CellGrid {
  var result = grid
  for span in spans {
    for (offset, cell) in span.cells.enumerated() where !cell.isContinuation {
      result.put(cell.character, at: span.x + offset, span.y, cell.style)
    }
  }
  return result
}

@Suite struct DifferenceTests {
  @Test func equalGridsDifferNowhere() {
    let grid = CellGrid(screen: Fixture.named("3.1-120x40").text)
    #expect(difference(grid, grid).isEmpty)
  }

  @Test func oneDigitIsOneCell() {
    let spans = difference(CellGrid(screen: "a1b\nccc"), CellGrid(screen: "a2b\nccc"))
    #expect(spans == [CellSpan(x: 1, y: 0, cells: [Cell("2")])])
  }

  @Test func aStyleAloneDiffers() {
    let old = CellGrid(screen: "ab")
    var new = old
    new.restyle(at: 1, 0) { $0 = .changed }
    #expect(difference(old, new) == [CellSpan(x: 1, y: 0, cells: [Cell("b", .changed)])])
  }

  @Test(arguments: [("가나", "각나"), ("가나", "a 나"), ("a 나", "가나"), ("a가b", "aa나")])
  func wideCharactersAreNeverCut(_ before: String, _ after: String) {
    let (old, new) = (CellGrid(screen: before), CellGrid(screen: after))
    let spans = difference(old, new)
    #expect(!spans.isEmpty)
    for span in spans {
      #expect(span.cells.first?.isContinuation == false)
      #expect(span.cells.last?.width != 2)
    }
    #expect(painted(spans, on: old) == new)
  }

  @Test func anotherSizePaintsEverything() {
    let new = CellGrid(screen: "ab\ncd")
    #expect(difference(CellGrid(width: 3, height: 2), new).flatMap(\.cells).count == 4)
    #expect(difference(nil, new).flatMap(\.cells).count == 4)
  }

  @Test func everyScreenTurnsIntoEveryOtherOfItsSize() {
    let grids = Fixture.all.map { CellGrid(screen: $0.text) }
    var pairs = 0
    for old in grids {
      for new in grids where new.size == old.size {
        pairs += 1
        #expect(painted(difference(old, new), on: old) == new)
      }
    }
    #expect(pairs > 100)
  }
}
