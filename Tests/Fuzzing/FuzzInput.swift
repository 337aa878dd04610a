import Wire

/// Octets as choices, one after the other; zeros when they have come to their end.
struct FuzzInput {
  private var rest: ArraySlice<UInt8>

  init(_ octets: [UInt8]) { rest = octets[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func octet() -> UInt8 { rest.popFirst() ?? 0 }

  mutating func octets(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func uint16() -> UInt16 { UInt16(octet()) << 8 | UInt16(octet()) }

  mutating func uint32() -> UInt32 { UInt32(uint16()) << 16 | UInt32(uint16()) }

  /// A small number mostly, of either sign, now and then any.
  mutating func sequence() -> SequenceNumber {
    let small = octet()
    return SequenceNumber(
      small == 0x80 ? uint32() : UInt32(bitPattern: Int32(Int8(bitPattern: small))))
  }
}

/// Whole frames between two machines, with right checksums.
enum FuzzFrame {
  static let peer = IPv4Address(192, 0, 2, 99)
  static let peerHardware = MACAddress(2, 0, 0, 0, 0, 0x63)
  static let host = IPv4Address(192, 0, 2, 80)
  static let hostHardware = MACAddress(2, 0, 0, 0, 0, 0x50)

  /// - Parameter isAnswer: From the host to the peer, not the other way round.
  static func tcp(_ header: TCPHeader, _ data: [UInt8], isAnswer: Bool = false) -> [UInt8] {
    var segment = [UInt8](repeating: 0, count: header.headerLength) + data
    header.write(into: &segment, at: 0)
    HeaderFuzz.put(
      TCPHeader.checksum(of: segment.span.bytes, source: peer, destination: host), into: &segment,
      at: 16)
    return packet(segment, .tcp, isAnswer: isAnswer)
  }

  static func udp(_ data: [UInt8], from: UInt16, to: UInt16) -> [UInt8] {
    var datagram = [UInt8](repeating: 0, count: 8) + data
    UDPHeader(sourcePort: from, destinationPort: to, length: UInt16(datagram.count))
      .write(into: &datagram, at: 0)
    HeaderFuzz.put(
      UDPHeader.checksum(of: datagram.span.bytes, source: peer, destination: host),
      into: &datagram, at: 6)
    return packet(datagram, .udp)
  }

  static func icmp(_ message: ICMPMessage, _ data: [UInt8]) -> [UInt8] {
    var octets = message.octets + data
    HeaderFuzz.put(ICMPMessage.checksum(of: octets.span.bytes), into: &octets, at: 2)
    return packet(octets, .icmp)
  }

  static func packet(
    _ payload: [UInt8], _ transport: IPProtocol, isAnswer: Bool = false
  ) -> [UInt8] {
    var ip = IPv4Header(
      totalLength: UInt16(20 + payload.count), identification: 1, protocol: transport,
      source: isAnswer ? host : peer, destination: isAnswer ? peer : host)
    ip.checksum = IPv4Header.checksum(of: ip.octets.span.bytes)
    let ethernet = EthernetHeader(
      destination: isAnswer ? peerHardware : hostHardware,
      source: isAnswer ? hostHardware : peerHardware, type: .ipv4)
    return EthernetLine.padded(ethernet.octets + ip.octets + payload)
  }
}
