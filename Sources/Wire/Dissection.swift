/// The headers of a frame, found by the parsers of this module from the outside in.
public struct Dissection: Hashable, Sendable {
  /// A header and where it lies in the frame.
  public struct Layer: Hashable, Sendable {
    /// Which header it is.
    public var kind: HeaderKind
    /// Its octets in the frame, options included; of the Ethernet header VLAN tags, too.
    public var range: Range<Int>
  }

  /// The headers, outermost first. One that cannot be read is left out.
  public private(set) var layers: [Layer] = []
  /// What the innermost header carries. A packet quoted by an ICMP error is payload.
  public private(set) var payload: Range<Int>
  /// What follows the packet to fill the frame to its least length.
  public private(set) var padding: Range<Int>
  /// The VLAN tags, outermost first.
  public private(set) var tags: [VLANTag] = []
  /// What the frame says that it carries, behind any tags; nil where it has no whole Ethernet header.
  public private(set) var type: EtherType?
  /// The first thing that is wrong, a bad checksum included.
  public private(set) var problem: ParseError?

  /// Takes a frame apart, from its destination address to the end of its padding, without FCS.
  public init(frame: [UInt8]) {
    payload = 0..<frame.count
    padding = frame.count..<frame.count
    do {
      try dissect(frame.span.bytes)
    } catch {
      problem = problem ?? error
    }
  }

  /// The header of a kind, when the frame has it.
  public func layer(_ kind: HeaderKind) -> Layer? { layers.first { $0.kind == kind } }

  private mutating func dissect(_ frame: RawSpan) throws(ParseError) {
    let ethernet = try EthernetHeader(parsing: frame)
    var type = ethernet.type
    while type.announcesTag {
      let offset = ethernet.headerLength + tags.count * VLANTag.length
      guard let tag = VLANTag(parsing: frame, at: offset) else {
        enter(.ethernet, offset)
        throw ParseError(
          .ethernet, "vlan.id",
          .truncated(needed: VLANTag.length, have: frame.byteCount - offset))
      }
      tags.append(tag)
      type = tag.type
    }
    self.type = type
    enter(.ethernet, ethernet.headerLength + tags.count * VLANTag.length)
    switch type {
    case .arp:
      let packet = try ARPPacket(parsing: frame.extracting(payload))
      enter(.arp, packet.headerLength)
      end(at: payload.lowerBound)
    case .ipv4: try dissectPacket(frame)
    default: break
    }
  }

  private mutating func dissectPacket(_ frame: RawSpan) throws(ParseError) {
    let octets = frame.extracting(payload)
    let ip = try IPv4Header(parsing: octets)
    let start = payload.lowerBound
    enter(.ipv4, ip.headerLength)
    let header = octets.extracting(0..<ip.headerLength)
    note(.ipv4, "ip.checksum", ip.checksum, IPv4Header.checksum(of: header))
    let inside = try ip.payloadRange(in: octets.byteCount)
    end(at: start + inside.upperBound)
    // Only the first fragment begins with a transport header, and none has all that the
    // checksum is over.
    guard ip.fragmentOffset == 0 else { return }
    let content = frame.extracting(payload)
    switch ip.protocol {
    case .icmp: try dissectICMP(content, whole: !ip.isFragment)
    case .udp: try dissectUDP(content, ip)
    case .tcp: try dissectTCP(content, ip)
    default: break
    }
  }

  private mutating func dissectICMP(_ octets: RawSpan, whole: Bool) throws(ParseError) {
    let message = try ICMPMessage(parsing: octets)
    enter(.icmp, message.headerLength)
    if whole {
      note(.icmp, "icmp.checksum", message.checksum, ICMPMessage.checksum(of: octets))
    }
  }

  private mutating func dissectUDP(_ octets: RawSpan, _ ip: IPv4Header) throws(ParseError) {
    let udp = try UDPHeader(parsing: octets)
    let start = payload.lowerBound
    enter(.udp, udp.headerLength)
    guard !ip.isFragment else { return }
    let inside = try udp.payloadRange(in: octets.byteCount)
    payload = (start + inside.lowerBound)..<(start + inside.upperBound)
    guard udp.checksum != 0 else { return }
    let datagram = octets.extracting(0..<inside.upperBound)
    note(
      .udp, "udp.checksum", udp.checksum,
      UDPHeader.checksum(of: datagram, source: ip.source, destination: ip.destination))
  }

  private mutating func dissectTCP(_ octets: RawSpan, _ ip: IPv4Header) throws(ParseError) {
    let tcp = try TCPHeader(parsing: octets)
    enter(.tcp, tcp.headerLength)
    guard !ip.isFragment else { return }
    note(
      .tcp, "tcp.checksum", tcp.checksum,
      TCPHeader.checksum(of: octets, source: ip.source, destination: ip.destination))
  }

  /// Adds a header at the payload's start; what is behind it is the payload now.
  private mutating func enter(_ kind: HeaderKind, _ length: Int) {
    let start = payload.lowerBound
    layers.append(Layer(kind: kind, range: start..<(start + length)))
    payload = (start + length)..<payload.upperBound
  }

  /// Ends the packet; the rest of the frame is padding.
  private mutating func end(at offset: Int) {
    padding = offset..<payload.upperBound
    payload = payload.lowerBound..<offset
  }

  /// Notes a checksum that is not what it should be, unless something was wrong before.
  private mutating func note(
    _ kind: HeaderKind, _ field: String, _ found: UInt16, _ expected: UInt16
  ) {
    guard found != expected, problem == nil else { return }
    problem = ParseError(kind, field, .badChecksum(found: found, expected: expected))
  }
}
