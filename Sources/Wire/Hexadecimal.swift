extension UnsignedInteger where Self: FixedWidthInteger {
  /// The number in lower-case hexadecimal, with leading zeros up to the type's width.
  public var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: Self.bitWidth / 4 - digits.count) + digits
  }
}

extension Sequence where Element == UInt8 {
  /// The octets in lower-case hexadecimal, two digits each, with a separator between them.
  public func hexadecimal(separator: String = "") -> String {
    map(\.hexadecimal).joined(separator: separator)
  }
}
