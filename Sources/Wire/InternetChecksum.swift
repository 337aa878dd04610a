/// The Internet checksum: the complement of the one's complement sum of 16-bit words (RFC 1071).
///
/// Sums are folded to 16 bits and in network order, so that they can be combined with words as
/// they stand in a header.
public enum InternetChecksum {
  /// The one's complement sum of the octets, an odd last one being followed by a zero octet.
  ///
  /// The words are added as they lie in memory, 32 at a time; only the folded result is put into
  /// network order (RFC 1071 §2 B).
  @inlinable
  public static func sum(_ octets: RawSpan) -> UInt16 {
    octets.withUnsafeBytes { bytes in
      var total: UInt64 = 0
      var offset = 0
      let count = bytes.count
      while count &- offset >= 64 {
        var sums = LaneSums()
        let end = min(count, offset &+ LaneSums.capacity)
        while end &- offset >= 64 {
          sums.add(
            bytes.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt32>.self),
            bytes.loadUnaligned(fromByteOffset: offset &+ 16, as: SIMD4<UInt32>.self),
            bytes.loadUnaligned(fromByteOffset: offset &+ 32, as: SIMD4<UInt32>.self),
            bytes.loadUnaligned(fromByteOffset: offset &+ 48, as: SIMD4<UInt32>.self))
          offset &+= 64
        }
        total &+= sums.total
      }
      return UInt16(bigEndian: fold(total &+ sumOfRest(bytes, from: offset)))
    }
  }

  /// Copies octets and sums them on the way: each of them is loaded once.
  ///
  /// - Parameters:
  ///   - source: what is copied, whole.
  ///   - target: takes the octets from `position` on; there must be room for them.
  @inlinable
  public static func copy(
    _ source: RawSpan, into target: inout MutableRawSpan, at position: Int
  ) -> UInt16 {
    precondition(
      position >= 0 && source.byteCount <= target.byteCount - position,
      "there is no room for the octets")
    return source.withUnsafeBytes { bytes in
      target.withUnsafeMutableBytes { whole in
        let written = UnsafeMutableRawBufferPointer(rebasing: whole[position...])
        var total: UInt64 = 0
        var offset = 0
        let count = bytes.count
        while count &- offset >= 64 {
          var sums = LaneSums()
          let end = min(count, offset &+ LaneSums.capacity)
          while end &- offset >= 64 {
            let first = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt32>.self)
            let second = bytes.loadUnaligned(fromByteOffset: offset &+ 16, as: SIMD4<UInt32>.self)
            let third = bytes.loadUnaligned(fromByteOffset: offset &+ 32, as: SIMD4<UInt32>.self)
            let fourth = bytes.loadUnaligned(fromByteOffset: offset &+ 48, as: SIMD4<UInt32>.self)
            written.storeBytes(of: first, toByteOffset: offset, as: SIMD4<UInt32>.self)
            written.storeBytes(of: second, toByteOffset: offset &+ 16, as: SIMD4<UInt32>.self)
            written.storeBytes(of: third, toByteOffset: offset &+ 32, as: SIMD4<UInt32>.self)
            written.storeBytes(of: fourth, toByteOffset: offset &+ 48, as: SIMD4<UInt32>.self)
            sums.add(first, second, third, fourth)
            offset &+= 64
          }
          total &+= sums.total
        }
        for rest in offset..<count { written[rest] = bytes[rest] }
        return UInt16(bigEndian: fold(total &+ sumOfRest(bytes, from: offset)))
      }
    }
  }

  /// The last octets, less than 64 of them, in the order of memory and not folded.
  @inlinable @inline(__always)
  static func sumOfRest(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
    var total: UInt64 = 0
    var offset = start
    let count = bytes.count
    while count &- offset >= 8 {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      total &+= (word & 0xffff_ffff) &+ (word >> 32)
      offset &+= 8
    }
    while count &- offset >= 2 {
      total &+= UInt64(bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
      offset &+= 2
    }
    if offset < count { total &+= UInt64(UInt16(littleEndian: UInt16(bytes[offset]))) }
    return total
  }

  /// Sums of the lower and of the upper halves of 32-bit words, each for itself, in lanes of 32 bits.
  /// Four of each, so that no addition waits for the one before.
  @usableFromInline
  struct LaneSums {
    /// Octets after which the lanes are emptied: they could take many more.
    @inlinable static var capacity: Int { 1 << 18 }
    @usableFromInline var low0 = SIMD4<UInt32>(repeating: 0)
    @usableFromInline var low1 = SIMD4<UInt32>(repeating: 0)
    @usableFromInline var low2 = SIMD4<UInt32>(repeating: 0)
    @usableFromInline var low3 = SIMD4<UInt32>(repeating: 0)
    @usableFromInline var high0 = SIMD4<UInt32>(repeating: 0)
    @usableFromInline var high1 = SIMD4<UInt32>(repeating: 0)
    @usableFromInline var high2 = SIMD4<UInt32>(repeating: 0)
    @usableFromInline var high3 = SIMD4<UInt32>(repeating: 0)

    @inlinable @inline(__always)
    init() {}

    @inlinable @inline(__always)
    mutating func add(
      _ first: SIMD4<UInt32>, _ second: SIMD4<UInt32>, _ third: SIMD4<UInt32>,
      _ fourth: SIMD4<UInt32>
    ) {
      let half = SIMD4<UInt32>(repeating: 0xffff)
      let shift = SIMD4<UInt32>(repeating: 16)
      low0 &+= first & half
      low1 &+= second & half
      low2 &+= third & half
      low3 &+= fourth & half
      high0 &+= first &>> shift
      high1 &+= second &>> shift
      high2 &+= third &>> shift
      high3 &+= fourth &>> shift
    }

    @inlinable @inline(__always)
    var total: UInt64 {
      let words = low0 &+ low1 &+ low2 &+ low3
      let uppers = high0 &+ high1 &+ high2 &+ high3
      var total: UInt64 = 0
      for lane in 0..<4 { total &+= UInt64(words[lane]) &+ UInt64(uppers[lane]) }
      return total
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
