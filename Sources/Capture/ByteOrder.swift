/// The order in which a capture file's writer put the octets of its numbers; told by its magic.
public enum ByteOrder: Hashable, Sendable {
  /// Most significant octet first.
  case big
  /// Least significant octet first.
  case little

  /// A 16-bit number of this order.
  func uint16(_ octets: RawSpan, at offset: Int) -> UInt16 {
    let raw = octets.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self)
    return self == .big ? UInt16(bigEndian: raw) : UInt16(littleEndian: raw)
  }

  /// A 32-bit number of this order.
  func uint32(_ octets: RawSpan, at offset: Int) -> UInt32 {
    let raw = octets.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return self == .big ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
  }

  /// A 64-bit number of this order.
  func uint64(_ octets: RawSpan, at offset: Int) -> UInt64 {
    let raw = octets.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return self == .big ? UInt64(bigEndian: raw) : UInt64(littleEndian: raw)
  }
}
