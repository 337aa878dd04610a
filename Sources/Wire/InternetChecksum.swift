/// The Internet checksum: the complement of the one's complement sum of 16-bit words (RFC 1071).
///
/// Sums are folded to 16 bits and in network order, so that they can be combined with words as
/// they stand in a header.
public enum InternetChecksum {
  /// The one's complement sum of the octets, an odd last one being followed by a zero octet.
  ///
  /// The words are added as they lie in memory, 64 bits at a time; only the folded result is put
  /// into network order (RFC 1071 §2 B).
  @inlinable
  public static func sum(_ octets: RawSpan) -> UInt16 {
    octets.withUnsafeBytes { bytes in
      // Two 32-bit halves a load never overflow 64 bits below 2³² loads.
      var low: UInt64 = 0
      var high: UInt64 = 0
      var offset = 0
      let count = bytes.count
      while count &- offset >= 8 {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        low &+= word & 0xffff_ffff
        high &+= word >> 32
        offset &+= 8
      }
      var total = fold64(low) &+ fold64(high)
      while count &- offset >= 2 {
        total &+= UInt64(bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
        offset &+= 2
      }
      if offset < count { total &+= UInt64(UInt16(littleEndian: UInt16(bytes[offset]))) }
      return UInt16(bigEndian: fold(total))
    }
  }

  /// The checksum of octets whose checksum field is zero: the complement of their sum.
  @inlinable
  public static func checksum(_ octets: RawSpan) -> UInt16 { ~sum(octets) }

  /// The sum of two parts.
  ///
  /// - Parameter atOddOffset: whether the second part begins at an odd octet of the whole; its
  ///   octets then lie in the other halves of the words (RFC 1071 §2 B).
  @inlinable
  public static func combine(_ first: UInt16, _ second: UInt16, atOddOffset: Bool = false) -> UInt16
  {
    fold(UInt64(first) &+ UInt64(atOddOffset ? second.byteSwapped : second))
  }

  /// The sum of the pseudo header that TCP and UDP put before the segment (RFC 9293 §3.1, RFC 768).
  ///
  /// - Parameter length: the octets of the segment, header and data.
  @inlinable
  public static func pseudoHeaderSum(
    source: IPv4Address, destination: IPv4Address, protocol number: IPProtocol, length: Int
  ) -> UInt16 {
    fold(
      UInt64(source.value) &+ UInt64(destination.value) &+ UInt64(number.rawValue)
        &+ UInt64(UInt32(truncatingIfNeeded: length)))
  }

  /// The checksum after one word under it has changed (RFC 1624 §3, eqn. 3).
  @inlinable
  public static func updated(_ checksum: UInt16, replacing old: UInt16, by new: UInt16) -> UInt16 {
    ~fold(UInt64(~checksum) &+ UInt64(~old) &+ UInt64(new))
  }

  /// The sum of octets in which the 16-bit checksum field at an even offset counts as zero.
  @inlinable
  static func sum(_ octets: RawSpan, withoutFieldAt offset: Int) -> UInt16 {
    // A header that is being built has zero there.
    if octets.uint16(at: offset) == 0 { return sum(octets) }
    return combine(
      sum(octets.extracting(0..<offset)),
      sum(octets.extracting((offset &+ 2)..<octets.byteCount)))
  }

  /// A 64-bit sum folded to less than 2³³.
  @inlinable @inline(__always)
  static func fold64(_ value: UInt64) -> UInt64 { (value & 0xffff_ffff) &+ (value >> 32) }

  /// A sum with its carries added in until 16 bits are left.
  @inlinable @inline(__always)
  static func fold(_ value: UInt64) -> UInt16 {
    var value = fold64(fold64(value))
    value = (value & 0xffff) &+ (value >> 16)
    value = (value & 0xffff) &+ (value >> 16)
    value = (value & 0xffff) &+ (value >> 16)
    return UInt16(truncatingIfNeeded: value)
  }
}
