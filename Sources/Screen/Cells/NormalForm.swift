extension Character {
  /// The precomposed form (NFC): Hangul by the arithmetic of Unicode §3.12, letters with marks by
  /// canonical equivalence with the precomposed letters. Other characters stay as they are.
  var composed: Character {
    let scalars = unicodeScalars
    guard scalars.index(after: scalars.startIndex) != scalars.endIndex else { return self }
    if let syllable = composedSyllable { return syllable }
    // Characters are equal when canonically equivalent, so the set finds the stored spelling.
    if let index = precomposedLetters.firstIndex(of: self) { return precomposedLetters[index] }
    return self
  }

  /// A leading consonant and a vowel, or a syllable without a final, joined with what follows.
  private var composedSyllable: Character? {
    var rest = Array(unicodeScalars)
    let base: UInt32
    if (0x1100...0x1112).contains(rest[0].value), (0x1161...0x1175).contains(rest[1].value) {
      base = 0xac00 + ((rest[0].value - 0x1100) * 21 + rest[1].value - 0x1161) * 28
      rest.removeFirst(2)
    } else if (0xac00...0xd7a3).contains(rest[0].value), (rest[0].value - 0xac00) % 28 == 0 {
      base = rest[0].value
      rest.removeFirst()
    } else {
      return nil
    }
    var value = base
    if let final = rest.first, (0x11a8...0x11c2).contains(final.value) {
      value += final.value - 0x11a7
      rest.removeFirst()
    }
    guard let syllable = Unicode.Scalar(value) else { return nil }
    var view = String.UnicodeScalarView([syllable])
    view.append(contentsOf: rest)
    let text = String(view)
    return text.count == 1 ? text.first : nil
  }
}

extension String {
  /// The text in its precomposed form (NFC), so that a syllable is one character of two columns.
  public var composed: String {
    var changed = false
    var result = ""
    for character in self {
      let composed = character.composed
      changed = changed || composed.utf8.count != character.utf8.count
      result.append(composed)
    }
    return changed ? result : self
  }
}

/// The precomposed letters of Latin, Greek and Cyrillic; the first spelling of each wins, which is
/// the one that composition gives.
private let precomposedLetters: Set<Character> = {
  var letters = Set<Character>()
  let ranges: [ClosedRange<UInt32>] = [0xc0...0x24f, 0x370...0x4ff, 0x1e00...0x1fff]
  for value in ranges.joined() {
    guard let scalar = Unicode.Scalar(value) else { continue }
    letters.insert(Character(scalar))
  }
  return letters
}()
