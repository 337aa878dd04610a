/// The Latin keys under a Hangul character of the two-set layout (KS X 5002), in the order in
/// which they are pressed: ㅂ is `q`, 와 is `d` `h` `k`. Shifted jamo give capitals: ㅃ is `Q`.
/// Compatibility and conjoining jamo and syllables are understood.
///
/// - Returns: the character itself when it is not Hangul; nothing for Hangul without a key on the
///   layout.
public func latinKeys(for character: Character) -> [Character] {
  guard character.isHangul else { return [character] }
  return character.composed.unicodeScalars.flatMap { Array(latinKeys(under: $0)) }
}

extension Character {
  /// Jamo or syllables of the modern script.
  var isHangul: Bool {
    guard let value = unicodeScalars.first?.value else { return false }
    return (0x3131...0x318e).contains(value) || (0xac00...0xd7a3).contains(value)
      || (0x1100...0x11ff).contains(value)
  }
}

private func latinKeys(under scalar: Unicode.Scalar) -> String {
  let value = Int(scalar.value)
  switch value {
  case 0xac00...0xd7a3:
    let index = value - 0xac00
    return leads[index / 588] + vowels[index % 588 / 28] + finals[index % 28]
  case 0x1100...0x1112: return leads[value - 0x1100]
  case 0x1161...0x1175: return vowels[value - 0x1161]
  case 0x11a8...0x11c2: return finals[value - 0x11a7]
  case 0x3131...0x314e: return consonants[value - 0x3131]
  case 0x314f...0x3163: return vowels[value - 0x314f]
  default: return ""
  }
}

/// ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ
private let leads = [
  "r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g",
]

/// ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅘ ㅙ ㅚ ㅛ ㅜ ㅝ ㅞ ㅟ ㅠ ㅡ ㅢ ㅣ
private let vowels = [
  "k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b",
  "m", "ml", "l",
]

/// None, then ㄱ ㄲ ㄳ ㄴ ㄵ ㄶ ㄷ ㄹ ㄺ ㄻ ㄼ ㄽ ㄾ ㄿ ㅀ ㅁ ㅂ ㅄ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ
private let finals = [
  "", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a",
  "q", "qt", "t", "T", "d", "w", "c", "z", "x", "v", "g",
]

/// U+3131 to U+314E, the consonants in the order of the compatibility jamo.
private let consonants = [
  "r", "R", "rt", "s", "sw", "sg", "e", "E", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a",
  "q", "Q", "qt", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g",
]
