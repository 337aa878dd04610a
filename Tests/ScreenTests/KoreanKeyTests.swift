import Testing

@testable import Screen

/// The two-set layout of KS X 5002, row by row; capitals are typed with shift.
private let layout: [(jamo: Character, key: Character)] = [
  ("ㅂ", "q"), ("ㅈ", "w"), ("ㄷ", "e"), ("ㄱ", "r"), ("ㅅ", "t"), ("ㅛ", "y"), ("ㅕ", "u"),
  ("ㅑ", "i"), ("ㅐ", "o"), ("ㅔ", "p"), ("ㅁ", "a"), ("ㄴ", "s"), ("ㅇ", "d"), ("ㄹ", "f"),
  ("ㅎ", "g"), ("ㅗ", "h"), ("ㅓ", "j"), ("ㅏ", "k"), ("ㅣ", "l"), ("ㅋ", "z"), ("ㅌ", "x"),
  ("ㅊ", "c"), ("ㅍ", "v"), ("ㅠ", "b"), ("ㅜ", "n"), ("ㅡ", "m"), ("ㅃ", "Q"), ("ㅉ", "W"),
  ("ㄸ", "E"), ("ㄲ", "R"), ("ㅆ", "T"), ("ㅒ", "O"), ("ㅖ", "P"),
]

@Suite struct KoreanKeyTests {
  @Test func theLayoutIsWhole() {
    #expect(layout.count == 33)
    #expect(Set(layout.map(\.key)).count == 33)
  }

  @Test(arguments: layout)
  func jamo(_ jamo: Character, _ key: Character) {
    #expect(latinKeys(for: jamo) == [key])
    #expect(Key.character(jamo).actions == [.character(key)])
  }

  @Test(arguments: [
    ("와", "dhk"), ("값", "rkqt"), ("뷁", "qnpfr"), ("의", "dml"), ("꿀", "Rnf"), ("얘", "dO"),
    ("ㅘ", "hk"), ("ㄳ", "rt"), ("ㅄ", "qt"), ("쳐", "cu"), ("힣", "glg"),
    ("\u{110b}\u{116a}", "dhk"), ("\u{1107}", "q"), ("가\u{11b9}", "rkqt"),
  ])
  func composedCharacters(_ character: Character, _ keys: String) {
    #expect(latinKeys(for: character) == Array(keys))
  }

  @Test(arguments: ["q", "Q", "?", " ", "中", "é"] as [Character])
  func othersAreThemselves(_ character: Character) {
    #expect(latinKeys(for: character) == [character])
    #expect(Key.character(character).actions == [.character(character)])
  }

  @Test func keysWithoutTextActAsThemselves() {
    #expect(Key.enter.actions == [.enter])
    #expect(Key.function(2).text == nil)
    #expect(Key.character("한").text == "한")
  }

  /// Every syllable is the keys of its jamo, one after the other.
  @Test func everySyllableHasKeys() {
    for value: UInt32 in 0xac00...0xd7a3 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let keys = latinKeys(for: Character(scalar))
      if !(2...5).contains(keys.count) { Issue.record("\(scalar): \(keys)") }
    }
  }
}
