/// Reading numbers in network order (most significant octet first, RFC 791 appendix B).
///
/// Offsets are checked by the span itself; a parser looks at the length once, before it reads.
extension RawSpan {
  /// The octet at an offset.
  @inlinable @inline(__always)
  public func octet(at offset: Int) -> UInt8 {
    unsafeLoadUnaligned(fromByteOffset: offset, as: UInt8.self)
  }

  /// The 16-bit number whose first octet is at an offset.
  @inlinable @inline(__always)
  public func uint16(at offset: Int) -> UInt16 {
    UInt16(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The 32-bit number whose first octet is at an offset.
  @inlinable @inline(__always)
  public func uint32(at offset: Int) -> UInt32 {
    UInt32(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// A copy of some of the octets.
  public func array(_ range: Range<Int>) -> [UInt8] {
    let part = extracting(range)
    return part.withUnsafeBytes { [UInt8]($0) }
  }
}

/// Writing numbers in network order.
extension MutableRawSpan {
  /// Writes one octet.
  @inlinable @inline(__always)
  public mutating func put(_ value: UInt8, at offset: Int) {
    storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }

  /// Writes a 16-bit number, most significant octet first.
  @inlinable @inline(__always)
  public mutating func put(_ value: UInt16, at offset: Int) {
    storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self)
  }

  /// Writes two 16-bit numbers, one behind the other.
  @inlinable @inline(__always)
  public mutating func put(_ first: UInt16, _ second: UInt16, at offset: Int) {
    put(UInt32(first) << 16 | UInt32(second), at: offset)
  }

  /// Writes a 32-bit number, most significant octet first.
  @inlinable @inline(__always)
  public mutating func put(_ value: UInt32, at offset: Int) {
    storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt32.self)
  }
}
