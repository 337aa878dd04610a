import Testing

@testable import Screen

private func drawn(_ width: Int, _ height: Int, _ draw: (inout Canvas) -> Void) -> [String] {
  var canvas = Canvas(Size(width: width, height: height))
  draw(&canvas)
  return canvas.grid.lines
}

@Suite struct CanvasTests {
  @Test func textIsClippedToItsPart() {
    let lines = drawn(6, 3) { canvas in
      canvas.fill(with: ".")
      canvas.within(Rectangle(x: 1, y: 1, width: 3, height: 1)) { inner in
        inner.text("가나다", at: -1, 0)
        inner.text("x", at: 0, 1)
        #expect(inner.width == 3 && inner.height == 1)
      }
    }
    #expect(lines == ["......", ". 나..", "......"])
  }

  @Test func partsOfPartsNeverReachOut() {
    let lines = drawn(6, 1) { canvas in
      canvas.within(Rectangle(x: 2, y: 0, width: 3, height: 1)) { outer in
        outer.within(Rectangle(x: -1, y: 0, width: 9, height: 4)) { $0.text("abcdefgh", at: 0, 0) }
      }
    }
    #expect(lines == ["  bcd "])
  }

  @Test func textsEndWhereAsked() {
    let lines = drawn(9, 3) { canvas in
      canvas.text("한글", endingBefore: 8, 0)
      canvas.text([StyledText("ab", .client), StyledText("한글", .server)], at: 1, 1, width: 5)
      canvas.text("abcdef", at: 1, 2, width: 4)
    }
    #expect(lines == ["    한글 ", " ab한…   ", " abc…    "])
  }

  @Test func cutPiecesEndInAnEllipsis() {
    let pieces = [StyledText("abc"), StyledText("def")]
    #expect(pieces.fitting(6).displayWidth == 6)
    #expect(pieces.fitting(4).map(\.text) == ["abc", "…"])
    #expect(pieces.fitting(3).map(\.text) == ["ab…"])
    #expect(pieces.fitting(0).isEmpty)
  }

  @Test func farPlacesDrawNothing() {
    let lines = drawn(3, 1) { canvas in
      canvas.horizontalLine(at: -1_000_000, 0, length: 3)
      canvas.box(Rectangle(x: 50, y: 50, width: 4, height: 4))
      canvas.fill(Rectangle(x: -5, y: -5, width: 5, height: 50), with: "x")
      canvas.titleRule(TitleRule("x", isFocused: true), at: 0, 7, width: 90)
    }
    #expect(lines == ["   "])
  }

  @Test func boxesAreThoseOfTheDesign() {
    let fixture = Fixture.named("5.1-64x11")
    var canvas = Canvas(over: CellGrid(screen: fixture.text))
    let inside = canvas.grid
    canvas.openBox(
      canvas.bounds, title: [StyledText("예측")], facts: [StyledText("L05 · 5/9")]
    ) { inner in
      for (y, line) in fixture.lines.enumerated().dropFirst().dropLast() {
        inner.text(line.dropFirst().dropLast(), at: 0, y - 1)
      }
    }
    #expect(canvas.grid.text == inside.text)
  }

  @Test func hostsAndDividers() {
    let lines = drawn(26, 5) { canvas in
      canvas.box(Rectangle(x: 0, y: 0, width: 25, height: 4))
      canvas.divider(at: 0, 2, width: 25)
      canvas.junction(.down, at: 12, 3)
      canvas.verticalLine(at: 12, 4, length: 1)
    }
    #expect(
      lines == [
        "┌───────────────────────┐ ", "│                       │ ", "├┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┤ ",
        "└───────────┬───────────┘ ", "            │             ",
      ])
  }

  @Test func joinFindsTheSign() {
    let lines = drawn(5, 4) { canvas in
      canvas.horizontalLine(at: 0, 0, length: 5)
      canvas.horizontalLine(at: 3, 2, length: 2, .heavy)
      canvas.horizontalLine(at: 0, 3, length: 5)
      canvas.verticalLine(at: 2, 1, length: 2)
      for y in 0..<4 { canvas.join(at: 2, y) }
    }
    #expect(lines == ["──┬──", "  │  ", "  ├━━", "──┴──"])
    let heavy = drawn(3, 2) { canvas in
      canvas.horizontalLine(at: 0, 0, length: 3, .heavy)
      canvas.verticalLine(at: 1, 1, length: 1)
      canvas.join(at: 1, 0)
    }
    #expect(heavy == ["━┯━", " │ "])
  }

  @Test func aPictureLiesOnAnother() {
    let lines = drawn(6, 2) { canvas in
      for y in 0..<2 { canvas.text("가가가", at: 0, y) }
      canvas.draw(CellGrid(screen: "나x"), at: 1, 1)
      canvas.stepBack()
      let steppedBack = canvas.grid.row(1).allSatisfy(\.style.dim)
      #expect(steppedBack)
    }
    #expect(lines == ["가가가", " 나x가"])
  }
}

@Suite struct TitleRuleTests {
  @Test(arguments: [
    ("4.1-80x20", 0, "무대 · SYN", "지금 선로에 72바이트"),
    ("4.2-80x20", 0, "소켓", "지금 도착한 것: #3 ACK"),
    ("4.3-80x20", 0, "메모리 · client 소켓 3 · 0x2000", "* 값 4 · 13바이트 바뀜 0000–003f / 00a0"),
    ("4.4-80x20", 0, "Header · TCP · frame 2 · server → client", "SYN+ACK   24 bytes"),
    ("4.7-80x20", 0, "Signal · frame 1 · SYN · 10BASE-T", "bit 57–72 of 576   t 0.000 005 6 s"),
    ("2.1-80x24", 15, "L05 조각 셋, 번호 넷", "2.3 · 9분 · 3/9 단계까지 했음"),
  ])
  func focusedRulesAreThoseOfTheDesign(
    _ name: String, _ row: Int, _ title: String, _ facts: String
  ) {
    let lines = drawn(80, 1) { canvas in
      canvas.titleRule(TitleRule(title, facts: facts, isFocused: true), at: 0, 0, width: 80)
    }
    #expect(lines == [Fixture.named(name).lines[row]])
  }

  @Test func twoPanesSideBySide() {
    let lines = drawn(80, 2) { canvas in
      canvas.titleRule(TitleRule("Lesson", facts: "4/9", isFocused: false), at: 0, 0, width: 28)
      canvas.titleRule(
        TitleRule(
          [[StyledText("Stage")], [StyledText("Memory *4")], [StyledText("Why")]], isFocused: true),
        at: 29, 0, width: 51)
      canvas.verticalLine(at: 28, 1, length: 1)
      canvas.join(at: 28, 0)
    }
    #expect(lines[0] == Fixture.named("3.2-80x24").lines[1])
  }

  @Test func otherPanesHaveALightRule() {
    let lines = drawn(120, 2) { canvas in
      canvas.titleRule(TitleRule("수업", facts: "4/9", isFocused: false), at: 0, 0, width: 37)
      canvas.titleRule(TitleRule("무대", facts: "1", isFocused: false), at: 38, 0, width: 82)
      canvas.verticalLine(at: 37, 1, length: 1)
      canvas.join(at: 37, 0)
    }
    #expect(lines[0] == Fixture.named("3.1-120x40").lines[1])
  }

  @Test(arguments: Array(0...40))
  func narrowRulesStayInTheirWidth(_ width: Int) {
    let lines = drawn(44, 1) { canvas in
      canvas.titleRule(
        TitleRule("메모리 · client", facts: "* 바뀐 값 4   3", isFocused: true), at: 0, 0, width: width)
    }
    #expect(lines[0].suffix(44 - width).allSatisfy { $0 == " " })
    #expect(lines[0].prefix(min(2, width)).allSatisfy { $0 == "━" })
    if width > 1 { #expect(lines[0].prefix(columns: width).hasSuffix("━")) }
  }

  @Test func theFocusedNameIsAccented() {
    var canvas = Canvas(Size(width: 20, height: 1))
    canvas.titleRule(TitleRule("Why", isFocused: true), at: 0, 0, width: 20)
    #expect(canvas.grid[0, 0].style == .accent)
    #expect(canvas.grid[3, 0] == Cell("▸", Style.accent.inBold))
  }
}
