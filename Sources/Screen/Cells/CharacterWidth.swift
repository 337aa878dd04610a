extension Unicode.Scalar {
  /// Columns on a terminal by UAX #11: 2 for wide and full-width, 0 for what joins the character
  /// before it (combining marks, conjoining vowels and finals, format characters) and for control
  /// characters, otherwise 1. Ambiguous width is 1.
  var displayWidth: Int {
    switch value {
    case 0x20..<0x7f: return 1
    case 0..<0x20, 0x7f..<0xa0: return 0
    case 0xad: return 1
    case 0xa0..<0x300: return 1
    case 0x1160...0x11ff, 0xd7b0...0xd7ff: return 0
    case 0x2500..<0x2600 where !(0x25fd...0x25fe).contains(value): return 1
    case 0x2800..<0x2900: return 1
    case 0xac00...0xd7a3: return 2
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .surrogate, .lineSeparator,
      .paragraphSeparator:
      return 0
    default: return isWide ? 2 : 1
    }
  }

  /// Whether the scalar stays in a cell with the base before it.
  var joinsCell: Bool {
    switch value {
    case 0x1160...0x11ff, 0xd7b0...0xd7ff: return true
    case 0xfe00...0xfe0f: return false
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    default: return false
    }
  }

  private var isWide: Bool {
    if value < 0x1100 { return false }
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      let (first, last) = wideRanges[middle]
      if value < first {
        high = middle
      } else if value > last {
        low = middle + 1
      } else {
        return true
      }
    }
    return false
  }
}

extension Character {
  /// Columns on a terminal: 0, 1 or 2. That of the base; marks and conjoining jamo add nothing.
  public var displayWidth: Int {
    if let first = unicodeScalars.first { return first.displayWidth }
    return 0
  }

  /// The character as a cell can hold it: composed, one base and at most four marks (the most
  /// that a terminal library keeps in a cell); nil for what has no width of its own.
  var cellForm: Character? {
    if isASCII {
      guard let value = asciiValue, value >= 0x20, value < 0x7f else { return nil }
      return self
    }
    guard displayWidth > 0 else { return nil }
    let scalars = unicodeScalars
    guard scalars.index(after: scalars.startIndex) != scalars.endIndex else { return self }
    let composed = self.composed
    var kept = String.UnicodeScalarView()
    for (offset, scalar) in composed.unicodeScalars.enumerated()
    where offset == 0 || (kept.count < 5 && scalar.joinsCell) {
      kept.append(scalar)
    }
    let text = String(kept)
    return text.count == 1 ? text.first : nil
  }
}

extension StringProtocol {
  /// Columns on a terminal.
  public var displayWidth: Int {
    var width = 0
    for character in self { width += character.displayWidth }
    return width
  }
}

/// East Asian Wide and Fullwidth by UAX #11, gaps of unassigned characters closed as terminals do.
private let wideRanges: [(first: UInt32, last: UInt32)] = [
  (0x1100, 0x115f), (0x231a, 0x231b), (0x2329, 0x232a), (0x23e9, 0x23ec), (0x23f0, 0x23f0),
  (0x23f3, 0x23f3), (0x25fd, 0x25fe), (0x2614, 0x2615), (0x2648, 0x2653), (0x267f, 0x267f),
  (0x2693, 0x2693), (0x26a1, 0x26a1), (0x26aa, 0x26ab), (0x26bd, 0x26be), (0x26c4, 0x26c5),
  (0x26ce, 0x26ce), (0x26d4, 0x26d4), (0x26ea, 0x26ea), (0x26f2, 0x26f3), (0x26f5, 0x26f5),
  (0x26fa, 0x26fa), (0x26fd, 0x26fd), (0x2705, 0x2705), (0x270a, 0x270b), (0x2728, 0x2728),
  (0x274c, 0x274c), (0x274e, 0x274e), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
  (0x27b0, 0x27b0), (0x27bf, 0x27bf), (0x2b1b, 0x2b1c), (0x2b50, 0x2b50), (0x2b55, 0x2b55),
  (0x2e80, 0x303e), (0x3041, 0xa4cf), (0xa960, 0xa97c), (0xac00, 0xd7a3), (0xf900, 0xfaff),
  (0xfe10, 0xfe19), (0xfe30, 0xfe6f), (0xff01, 0xff60), (0xffe0, 0xffe6), (0x16fe0, 0x18d08),
  (0x1aff0, 0x1b2fb), (0x1f004, 0x1f004), (0x1f0cf, 0x1f0cf), (0x1f18e, 0x1f18e),
  (0x1f191, 0x1f19a), (0x1f200, 0x1f320), (0x1f32d, 0x1f335), (0x1f337, 0x1f37c),
  (0x1f37e, 0x1f393), (0x1f3a0, 0x1f3ca), (0x1f3cf, 0x1f3d3), (0x1f3e0, 0x1f3f0),
  (0x1f3f4, 0x1f3f4), (0x1f3f8, 0x1f43e), (0x1f440, 0x1f440), (0x1f442, 0x1f4fc),
  (0x1f4ff, 0x1f53d), (0x1f54b, 0x1f54e), (0x1f550, 0x1f567), (0x1f57a, 0x1f57a),
  (0x1f595, 0x1f596), (0x1f5a4, 0x1f5a4), (0x1f5fb, 0x1f64f), (0x1f680, 0x1f6c5),
  (0x1f6cc, 0x1f6cc), (0x1f6d0, 0x1f6d2), (0x1f6d5, 0x1f6df), (0x1f6eb, 0x1f6ec),
  (0x1f6f4, 0x1f6fc), (0x1f7e0, 0x1f7eb), (0x1f7f0, 0x1f7f0), (0x1f90c, 0x1f93a),
  (0x1f93c, 0x1f945), (0x1f947, 0x1f9ff), (0x1fa70, 0x1faff), (0x20000, 0x3fffd),
]
