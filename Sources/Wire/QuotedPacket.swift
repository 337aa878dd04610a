/// The packet that an ICMP error quotes: its IPv4 header and the first 8 octets or more behind it
/// (RFC 792; RFC 1122 §3.2.2), enough to find the socket that is meant.
public struct QuotedPacket: Hashable, Sendable {
  /// The header of the packet that met the error.
  public var ip: IPv4Header
  /// The sender's port, for TCP and UDP.
  public var sourcePort: UInt16
  /// The receiver's port, for TCP and UDP.
  public var destinationPort: UInt16
  /// The segment's sequence number; nil unless TCP (RFC 5927 §4.1 checks it).
  public var sequence: SequenceNumber?

  /// Reads a quoted packet.
  ///
  /// - Parameter octets: what follows the 8 octets of the ICMP message.
  /// - Throws: `ParseError` as for an IPv4 header; on `tcp` or `udp` when there are fewer than 8
  ///   octets behind it; on `ip.protocol` for other protocols, on `ip.offset` for a later fragment.
  public init(parsing octets: RawSpan) throws(ParseError) {
    ip = try IPv4Header(parsing: octets)
    guard ip.fragmentOffset == 0 else {
      throw ParseError(
        .ipv4, "ip.offset", .tooLarge(value: Int(ip.fragmentOffset), maximum: 0))
    }
    let isTCP = ip.protocol == .tcp
    guard isTCP || ip.protocol == .udp else {
      throw ParseError(
        .ipv4, "ip.protocol", .unsupported(value: Int(ip.protocol.rawValue), expected: 6))
    }
    let have = octets.byteCount - ip.headerLength
    guard have >= 8 else {
      throw ParseError(
        isTCP ? .tcp : .udp, isTCP ? "tcp" : "udp", .truncated(needed: 8, have: have))
    }
    sourcePort = octets.uint16(at: ip.headerLength)
    destinationPort = octets.uint16(at: ip.headerLength + 2)
    sequence = isTCP ? SequenceNumber(octets.uint32(at: ip.headerLength + 4)) : nil
  }
}
