/// The UDP header (RFC 768): 8 octets.
public struct UDPHeader: HeaderCoding, BitwiseCopyable {
  /// The sender's port, 0 for none.
  public var sourcePort: UInt16
  /// The receiver's port.
  public var destinationPort: UInt16
  /// Octets of the datagram, header and data.
  public var length: UInt16
  /// The checksum as it stands there; 0 says that the sender made none.
  public var checksum: UInt16

  public static var kind: HeaderKind { .udp }
  /// 8 octets.
  @inlinable public static var minimumLength: Int { 8 }
  /// 8 octets.
  @inlinable public var headerLength: Int { 8 }

  /// The header with these fields.
  @inlinable
  public init(sourcePort: UInt16, destinationPort: UInt16, length: UInt16, checksum: UInt16 = 0) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.length = length
    self.checksum = checksum
  }

  /// Reads the header from the first octet of a datagram, which may be quoted and so end early:
  /// `payloadRange(in:)` tells.
  ///
  /// - Throws: `ParseError` on `udp` below 8 octets, on `udp.length` when it is below 8.
  @inlinable
  public init(parsing octets: RawSpan) throws(ParseError) {
    guard octets.byteCount >= 8 else {
      throw ParseError(.udp, "udp", .truncated(needed: 8, have: octets.byteCount))
    }
    sourcePort = octets.uint16(at: 0)
    destinationPort = octets.uint16(at: 2)
    length = octets.uint16(at: 4)
    checksum = octets.uint16(at: 6)
    guard length >= 8 else {
      throw ParseError(.udp, "udp.length", .tooSmall(value: Int(length), minimum: 8))
    }
  }

  /// Writes 8 octets at an offset.
  @inlinable
  public func write(into octets: inout [UInt8], at offset: Int) {
    var elements = octets.mutableSpan
    var bytes = elements.mutableBytes
    bytes.put(sourcePort, at: offset)
    bytes.put(destinationPort, at: offset + 2)
    bytes.put(length, at: offset + 4)
    bytes.put(checksum, at: offset + 6)
  }

  /// Where the data lie in the octets the header was read from.
  ///
  /// - Throws: `ParseError` on `udp.length` when the datagram is longer than what is there.
  @inlinable
  public func payloadRange(in available: Int) throws(ParseError) -> Range<Int> {
    guard Int(length) <= available else {
      throw ParseError(.udp, "udp.length", .truncated(needed: Int(length), have: available))
    }
    return 8..<max(8, Int(length))
  }

  /// The checksum that a datagram should have; its checksum field counts as zero. A sum of zero
  /// is sent as 0xffff, for zero means none (RFC 768).
  ///
  /// - Parameter datagram: exactly the datagram, header and data, at least 8 octets.
  @inlinable
  public static func checksum(
    of datagram: RawSpan, source: IPv4Address, destination: IPv4Address
  ) -> UInt16 {
    let pseudo = InternetChecksum.pseudoHeaderSum(
      source: source, destination: destination, protocol: .udp, length: datagram.byteCount)
    let sum = InternetChecksum.sum(datagram, withoutFieldAt: 6)
    let checksum = ~InternetChecksum.combine(pseudo, sum)
    return checksum == 0 ? 0xffff : checksum
  }

  /// Whether a datagram has the right checksum, or none at all (RFC 1122 §4.1.3.4). False for
  /// fewer than 8 octets.
  ///
  /// - Parameter datagram: exactly the datagram, header and data.
  @inlinable
  public static func verify(
    _ datagram: RawSpan, source: IPv4Address, destination: IPv4Address
  ) -> Bool {
    guard datagram.byteCount >= 8 else { return false }
    if datagram.uint16(at: 6) == 0 { return true }
    let pseudo = InternetChecksum.pseudoHeaderSum(
      source: source, destination: destination, protocol: .udp, length: datagram.byteCount)
    return InternetChecksum.combine(pseudo, InternetChecksum.sum(datagram)) == 0xffff
  }
}
