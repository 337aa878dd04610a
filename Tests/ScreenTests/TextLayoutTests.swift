import Testing

@testable import Screen

@Suite struct TextLayoutTests {
  @Test(arguments: [
    ("a", 1), ("가", 2), ("ㄱ", 2), ("─", 1), ("⠿", 1), ("▸", 1), ("→", 1), ("§", 1), ("…", 1),
    ("한글 abc", 8), ("\u{1100}\u{1161}", 2), ("\u{1161}", 0), ("e\u{301}", 1), ("\u{301}", 0),
    ("中", 2), ("Ａ", 2), ("😀", 2), ("\u{200b}", 0), ("\u{7}", 0), ("⑂", 1), ("⋮", 1),
  ])
  func displayWidth(_ text: String, _ width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(arguments: [
    ("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("가나다", 5, "가나…"), ("가나다", 4, "가…"),
    ("abc", 1, "…"), ("abc", 0, ""), ("abc", -2, ""),
  ])
  func truncation(_ text: String, _ width: Int, _ expected: String) {
    #expect(text.truncated(to: width) == expected)
    #expect(text.truncated(to: width).displayWidth <= max(0, width))
  }

  @Test func padding() {
    #expect("가".padded(to: 5) == "가   ")
    #expect("가".padded(to: 5, .right) == "   가")
    #expect("가".padded(to: 5, .centre) == " 가  ")
    #expect("abc".padded(to: 2) == "abc")
    #expect("가나다".fitted(to: 4).displayWidth == 4)
  }

  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]),
    ("connect()가 불렸습니다. 이제 클라이언트의 TCP가", 20, ["connect()가", "불렸습니다. 이제", "클라이언트의 TCP가"]),
    ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
    ("가나다라", 5, ["가나", "다라"]),
    ("ab 가나다라", 5, ["ab", "가나", "다라"]),
    ("a\n\nb", 5, ["a", "", "b"]),
    ("  in dent", 5, ["  in", "  den", "  t"]),
    ("", 5, [""]),
    ("가", 1, ["가"]),
    ("x", 0, []),
  ])
  func wrapping(_ text: String, _ width: Int, _ expected: [String]) {
    #expect(text.wrapped(to: width) == expected)
  }

  @Test func wrappingHangs() {
    #expect("* state is SYN-SENT".wrapped(to: 10, hanging: 2) == ["* state is", "  SYN-SENT"])
  }

  @Test(arguments: Array(2...40))
  func wrappedLinesFitAndLoseNothing(_ width: Int) {
    let text = Fixture.all.map { $0.lines.joined(separator: " ") }.joined(separator: " ")
    let lines = text.wrapped(to: width)
    #expect(lines.allSatisfy { $0.displayWidth <= width })
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }

  @Test func composition() {
    #expect(Array("\u{1100}\u{1161}".composed.unicodeScalars).map(\.value) == [0xac00])
    #expect(Array("\u{ac00}\u{11a8}".composed.unicodeScalars).map(\.value) == [0xac01])
    #expect(Array("A\u{30a}".composed.unicodeScalars).map(\.value) == [0xc5])
    #expect(Array("α\u{301}".composed.unicodeScalars).map(\.value) == [0x3ac])
  }

  /// Every syllable is found again from its jamo.
  @Test func everySyllableComposes() {
    for value: UInt32 in 0xac00...0xd7a3 {
      let index = value - 0xac00
      var jamo = String.UnicodeScalarView()
      for part in [0x1100 + index / 588, 0x1161 + index % 588 / 28] {
        jamo.append(Unicode.Scalar(part)!)
      }
      if index % 28 > 0 { jamo.append(Unicode.Scalar(0x11a7 + index % 28)!) }
      let composed = String(jamo).composed.unicodeScalars.map(\.value)
      if composed != [value] { Issue.record("U+\(String(value, radix: 16)): \(composed)") }
    }
  }
}

extension TextLayoutTests {
  /// A number is not parted from its unit; nothing else keeps two words together.
  @Test func aUnitStaysWithItsNumber() {
    #expect(
      "SRTT 100 ms, RTTVAR 50 ms입니다.".wrapped(to: 26) == ["SRTT 100 ms, RTTVAR", "50 ms입니다."])
    #expect("wait for 2 MSL".wrapped(to: 11) == ["wait for", "2 MSL"])
    #expect("at 80 seconds".wrapped(to: 6) == ["at 80", "second", "s"])
  }
}
