import Wire

/// What a router does with a packet for somebody else, in the order of RFC 1812 §5.2.1.2.
extension Services {
  /// - Parameters:
  ///   - range: The packet and what pads the frame behind it; its header has passed IP's checks.
  mutating func forward(_ frame: [UInt8], _ range: Range<Int>, _ header: IPv4Header)
    throws(Stop)
  {
    let packet = TransitPacket(
      header: header, octets: Array(frame[range].prefix(Int(header.totalLength))))
    describe(packet)
    show(frame, range, .up, .ip)
    guard isForwardable(header) else {
      try note(.packetDropped, .forwardSourceInvalid, .ip, reason: .sourceInvalid)
      return
    }
    guard let hop = routes.hop(to: header.destination) else {
      try note(.packetDropped, .forwardNoRoute, .ip, reason: .noRoute)
      try report(
        .destinationUnreachable(code: .network, mtu: 0), about: packet, .networkUnreachable)
      return
    }
    try note(.routeChosen, .forwardRoute, .ip, value: UInt64(hop.address.value))
    guard header.timeToLive > 1 else {
      try note(
        .packetDropped, .forwardTimeToLive, .ip, value: UInt64(header.timeToLive),
        reason: .timeToLive)
      try report(.timeExceeded(code: 0), about: packet, .timeExceeded)
      return
    }
    let largest = routes.interfaces[hop.interface].maximumTransmissionUnit
    guard packet.octets.count > largest else {
      return try pass(packet, to: hop, .forwardChecksum)
    }
    guard header.dontFragment else { return try passInParts(packet, to: hop, largest) }
    try note(
      .packetDropped, .forwardTooLarge, .ip, value: UInt64(packet.octets.count), reason: .tooLarge)
    try report(
      .destinationUnreachable(code: .fragmentationNeeded, mtu: UInt16(clamping: largest)),
      about: packet, .fragmentationNeeded)
  }

  /// What the packet carries, for whoever tells of it; the router itself reads no further than IP.
  private mutating func describe(_ packet: TransitPacket) {
    guard looked else { return }
    let payload = packet.octets.dropFirst(packet.header.headerLength)
    let transport = packet.header.protocol
    guard packet.header.fragmentOffset == 0 else {
      return describe(transport, 0, 0, payload: payload.count)
    }
    if transport == .tcp, let segment = try? TCPHeader(parsing: payload.span.bytes) {
      describe(segment, payload: payload.count - segment.headerLength)
    } else if transport == .udp, let datagram = try? UDPHeader(parsing: payload.span.bytes) {
      describe(
        transport, datagram.sourcePort, datagram.destinationPort,
        payload: payload.count - UDPHeader.minimumLength)
    } else {
      describe(transport, 0, 0, payload: max(0, payload.count - ICMPMessage.minimumLength))
    }
  }

  /// Addresses that may not cross a router (RFC 1812 §5.3.7, §5.3.4).
  @inline(__always)
  private func isForwardable(_ header: IPv4Header) -> Bool {
    let ends = [header.source, header.destination]
    return !isOwn(header.source) && !isBroadcast(header.source)
      && ends.allSatisfy { $0.value >> 24 != 0 && !$0.isLoopback && !$0.isMulticast }
  }

  /// The packet goes on, one less to live. The checksum is changed by what has changed, not made afresh:
  /// damage done to the header on the way in would go unseen otherwise (RFC 1812 §4.2.2.5, RFC 1624).
  private mutating func pass(_ packet: TransitPacket, to hop: RoutingTable.Hop, _ rule: Rule)
    throws(Stop)
  {
    var out = packet.outgoing
    let start = EthernetHeader.minimumLength
    let life = packet.header.timeToLive - 1
    let carried = UInt16(packet.header.protocol.rawValue)
    out.octets[start + 8] = life
    try note(.ruleApplied, .forwardTimeToLive, .ip, value: UInt64(life))
    out.putChecksum(
      InternetChecksum.updated(
        packet.header.checksum, replacing: UInt16(life + 1) << 8 | carried,
        by: UInt16(life) << 8 | carried),
      at: start + 10)
    show(out.octets, out.packetRange, .down, .ip)
    try note(.packetForwarded, rule, .ip, value: UInt64(packet.octets.count))
    try resolve(out, hop.address)
  }

  /// The packet is cut up: each part but the last carries a multiple of 8 octets (RFC 791 §3.2).
  private mutating func passInParts(
    _ packet: TransitPacket, to hop: RoutingTable.Hop, _ largest: Int
  ) throws(Stop) {
    for part in packet.parts(of: largest) { try pass(part, to: hop, .forwardFragments) }
  }

  /// Nobody answered on the last link: the sender of one of the packets that waited is told
  /// (RFC 1812 §3.3.2).
  mutating func reportUnreachable(_ held: [OutgoingPacket]) throws(Stop) {
    for packet in held {
      let octets = Array(packet.octets[packet.packetRange])
      guard let header = try? IPv4Header(parsing: octets.span.bytes), !isOwn(header.source) else {
        continue
      }
      try report(
        .destinationUnreachable(code: .host, mtu: 0),
        about: TransitPacket(header: header, octets: octets), .hostUnreachable)
      return
    }
  }

  /// Sends an ICMP error unless there may be none (RFC 1812 §4.3.2.7; RFC 1122 §3.2.2).
  private mutating func report(
    _ meaning: ICMPMessage.Meaning, about packet: TransitPacket, _ rule: Rule
  ) throws(Stop) {
    let header = packet.header
    guard follows(rule), !packet.isError, header.fragmentOffset == 0,
      !isBroadcast(header.destination)
    else { return }
    // As much as fits into 576 octets is quoted (§4.3.2.3); it comes from the address of the adapter that
    // it leaves by (§4.3.2.4) with the precedence of the network's own traffic (§4.3.2.5).
    let room = 576 - IPv4Header.minimumLength - ICMPMessage.minimumLength
    let interface = routes.hop(to: header.source)?.interface ?? self.interface
    try sendMessage(
      ICMPMessage(meaning), Array(packet.octets.prefix(room)), from: address(of: interface),
      to: header.source, rule, dscp: 48)
  }
}

/// A packet on its way through a router.
struct TransitPacket {
  let header: IPv4Header
  /// From the header's first octet to the end of what it carries.
  let octets: [UInt8]

  /// An ICMP error, about which there is no error.
  var isError: Bool {
    guard header.protocol == .icmp, header.fragmentOffset == 0 else { return false }
    let payload = octets.dropFirst(header.headerLength)
    return (try? ICMPMessage(parsing: payload.span.bytes))?.isError ?? false
  }

  /// The same octets with room for a MAC header.
  var outgoing: OutgoingPacket {
    var packet = OutgoingPacket(transportLength: octets.count - IPv4Header.minimumLength)
    packet.octets.replaceOctets(
      at: EthernetHeader.minimumLength, with: octets, from: 0, count: octets.count)
    return packet
  }

  /// The packet in parts of at most so many octets, each with a header and a checksum of its own.
  func parts(of largest: Int) -> [TransitPacket] {
    let payload = octets.dropFirst(header.headerLength)
    let later = header.options.copiedIntoFragments
    var parts: [TransitPacket] = []
    var offset = 0
    while offset < payload.count {
      var part = header
      if offset > 0 { part.options = later }
      let room = max(8, (largest - part.headerLength) & ~7)
      let end = min(payload.count, offset + room)
      part.totalLength = UInt16(part.headerLength + end - offset)
      part.fragmentOffset = header.fragmentOffset + UInt16(offset / 8)
      part.moreFragments = header.moreFragments || end < payload.count
      var octets = [UInt8](repeating: 0, count: part.headerLength)
      part.checksum = 0
      part.write(into: &octets, at: 0)
      part.checksum = IPv4Header.checksum(of: octets.span.bytes)
      part.write(into: &octets, at: 0)
      octets += payload.dropFirst(offset).prefix(end - offset)
      parts.append(TransitPacket(header: part, octets: octets))
      offset = end
    }
    return parts
  }
}

extension [UInt8] {
  /// Of a header's options those that every fragment carries: their first bit is set (RFC 791 §3.1).
  fileprivate var copiedIntoFragments: [UInt8] {
    var kept: [UInt8] = []
    var place = 0
    while place < count, self[place] != 0 {
      let length = self[place] == 1 ? 1 : place + 1 < count ? Int(self[place + 1]) : 0
      guard length > 0, place + length <= count else { break }
      if self[place] & 0x80 != 0 { kept += self[place..<(place + length)] }
      place += length
    }
    while kept.count % 4 != 0 { kept.append(0) }
    return kept
  }
}
