/// How many cells of a terminal a text takes: two for Hangul and other wide characters, one for the
/// rest.
public enum CellWidth {
  /// O(scalars).
  public static func of(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// One scalar. Conjoining vowels and finals, marks and controls take no cell of their own.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x300..<0x370, 0x200b...0x200f, 0x1160..<0x1200, 0xfe00...0xfe0f: 0
    case 0x1100..<0x1160, 0x2e80..<0x303f, 0x3041..<0xa4d0, 0xac00..<0xd7a4, 0xf900..<0xfb00,
      0xfe30..<0xfe70, 0xff01..<0xff61, 0xffe0..<0xffe7, 0x1f300..<0x1f650, 0x20000..<0x3fffe:
      2
    default: 1
    }
  }
}
