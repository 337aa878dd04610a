import Stack
import Wire

/// An ICMP error that no host had reason to send: about a packet that has been on the wire.
public struct ForgedError: Hashable, Sendable {
  /// The host that it pretends to come from.
  public var from: HostID
  /// The message's type and code (RFC 792).
  public var type: UInt8
  public var code: UInt8
  /// The frame with the packet that it is about; the error goes to that packet's sender.
  public var about: [UInt8]

  public init(from: HostID, type: UInt8, code: UInt8, about: [UInt8]) {
    self.from = from
    self.type = type
    self.code = code
    self.about = about
  }

  /// The sender of the packet that it is about; nil when there is no IP packet.
  var destination: IPv4Address? { quoted?.header.source }

  private var quoted: (header: IPv4Header, payload: Range<Int>)? {
    let start = EthernetHeader.minimumLength
    guard let ethernet = try? EthernetHeader(parsing: about.span.bytes), ethernet.type == .ipv4,
      let header = try? IPv4Header(parsing: about.span.bytes.extracting(start..<about.count)),
      let payload = try? header.payloadRange(in: about.count - start)
    else { return nil }
    return (header, payload)
  }

  /// The frame, padded: the quoted packet's header and 8 octets behind it (RFC 792; RFC 1122 §3.2.2).
  /// Nil when there is no IP packet to quote.
  ///
  /// - Parameter nextHop: The adapter of the packet's sender, or the router's on the way to it.
  func frame(from sender: HostConfiguration, through nextHop: MACAddress) -> [UInt8]? {
    guard let quoted else { return nil }
    let start = EthernetHeader.minimumLength
    let end = min(quoted.payload.lowerBound + 8, quoted.payload.upperBound)
    let quote = about[start..<(start + end)]
    let headers = IPv4Header.minimumLength + ICMPMessage.minimumLength
    var octets = [UInt8](repeating: 0, count: start + headers)
    EthernetHeader(
      destination: nextHop, source: sender.hardwareAddress, type: .ipv4
    ).write(into: &octets, at: 0)
    IPv4Header(
      totalLength: UInt16(headers + quote.count), identification: 0, dontFragment: true,
      protocol: .icmp, source: sender.address, destination: quoted.header.source
    ).write(into: &octets, at: start)
    ICMPMessage(type: type, code: code, rest: 0).write(
      into: &octets, at: start + IPv4Header.minimumLength)
    octets += quote
    FrameRewriting.renewChecksums(&octets)
    return EthernetLine.padded(octets)
  }
}
