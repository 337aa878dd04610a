import Wire

/// IP's, Ethernet's and the driver's part of sending.
extension Services {
  /// Puts an IP header in front and sends the packet on its way (RFC 791 §3.1, RFC 1122 §3.3.1).
  mutating func sendPacket(
    _ packet: consuming OutgoingPacket, from source: IPv4Address, to destination: IPv4Address,
    _ transport: IPProtocol, dscp: UInt8 = 0
  ) throws(Stop) {
    guard let nextHop = nextHop(to: destination) else {
      try note(.packetDropped, .noRoute, .ip, reason: .noRoute)
      return
    }
    try note(.routeChosen, .chooseRoute, .ip, value: UInt64(nextHop.value))
    guard packet.packetRange.count <= maximumTransmissionUnit(toward: nextHop) else {
      // No packet is cut up here (DF is set in all of them), so one that no frame can carry is lost.
      try note(
        .packetDropped, .packetTooLarge, .ip, value: UInt64(packet.packetRange.count),
        reason: .tooLarge)
      return
    }
    identification &+= 1
    let start = EthernetHeader.minimumLength
    IPv4Header(
      dscp: dscp, totalLength: UInt16(truncatingIfNeeded: packet.packetRange.count),
      identification: identification, dontFragment: true, protocol: transport, source: source,
      destination: destination
    ).write(into: &packet.octets, at: start)
    packet.putChecksum(
      IPv4Header.checksum(
        of: packet.octets.span.bytes.extracting(start..<OutgoingPacket.transportOffset)),
      at: start + 10)
    show(packet.octets, packet.packetRange, .down, .ip)
    try note(.packetBuilt, .buildPacket, .ip, value: UInt64(packet.packetRange.count))
    try resolve(packet, nextHop)
  }

  /// RFC 1122 §3.3.1.1: on the link the destination itself, else the router.
  ///
  /// Addresses that must not appear on a link have no way out (RFC 1122 §3.2.1.3). Inlined, for a call
  /// would copy the services: 464 octets for every packet.
  @inline(__always)
  func nextHop(to destination: IPv4Address) -> IPv4Address? {
    if destination == .broadcast { return destination }
    if destination == .any || destination.isLoopback || destination.isMulticast
      || isOwn(destination)
    {
      return nil
    }
    if !routes.isEmpty { return routes.hop(to: destination)?.address }
    let mask = configuration.networkMask
    if destination.value & mask == configuration.address.value & mask { return destination }
    return configuration.gateway
  }

  /// Puts the MAC header in front once the next hop's address is known.
  mutating func sendFrame(
    _ packet: consuming OutgoingPacket, to hardwareAddress: MACAddress, _ type: EtherType,
    _ interface: Int
  ) throws(Stop) {
    EthernetHeader(
      destination: hardwareAddress, source: self.hardwareAddress(of: interface), type: type
    ).write(into: &packet.octets, at: 0)
    show(packet.octets, 0..<packet.end, .down, .ethernet)
    try note(.frameBuilt, .buildFrame, .ethernet, value: UInt64(packet.end))
    show(packet.octets, 0..<packet.end, .down, .driver)
    try note(.frameHanded, .handToAdapter, .driver, value: UInt64(packet.end))
    try handToAdapter(packet, interface)
  }

  /// The adapter pads the frame to its least length. The frame check sequence follows from the octets: it is
  /// computed where somebody looks at it.
  private mutating func handToAdapter(
    _ packet: consuming OutgoingPacket, _ interface: Int
  ) throws(Stop) {
    if looked {
      show(packet.octets, 0..<packet.octets.count, .down, .adapter)
      try note(.framePadded, .padFrame, .adapter, value: UInt64(packet.octets.count - packet.end))
    }
    outgoing.append(LinkFrame(octets: packet.octets, interface: interface))
  }

  /// The numbers of the segment in hand, for whoever tells of it.
  @inline(__always)
  mutating func describe(_ header: TCPHeader, payload: Int) {
    guard looked else { return }
    unit = UnitSummary()
    unit.sequence = header.sequence
    unit.acknowledgment = header.acknowledgment
    unit.window = header.window
    unit.flags = header.flags
    unit.sourcePort = header.sourcePort
    unit.destinationPort = header.destinationPort
    unit.payload = UInt16(truncatingIfNeeded: payload)
    unit.transport = IPProtocol.tcp.rawValue
  }

  /// The numbers of another unit in hand.
  mutating func describe(
    _ transport: IPProtocol, _ source: UInt16, _ destination: UInt16, payload: Int
  ) {
    guard looked else { return }
    unit = UnitSummary()
    unit.transport = transport.rawValue
    unit.sourcePort = source
    unit.destinationPort = destination
    unit.payload = UInt16(truncatingIfNeeded: payload)
  }
}

/// Resets that answer a segment without a connection, RFC 9293 §3.5.2 and §3.10.7.1.
extension Services {
  mutating func sendReset(answering segment: TCPSegment) throws(Stop) {
    let hasAck = segment.flags.contains(.ack)
    let header = TCPHeader(
      sourcePort: segment.header.destinationPort, destinationPort: segment.header.sourcePort,
      sequence: hasAck ? segment.acknowledgment : SequenceNumber(0),
      acknowledgment: hasAck ? SequenceNumber(0) : segment.end,
      flags: hasAck ? .rst : [.rst, .ack],
      window: 0)
    var packet = OutgoingPacket(transportLength: header.headerLength)
    packet.write(header, from: segment.destination, to: segment.source)
    describe(header, payload: 0)
    show(packet.octets, packet.transportRange, .down, .tcp)
    try note(.segmentBuilt, .resetAnswer, .tcp, value: UInt64(header.headerLength))
    try sendPacket(packet, from: segment.destination, to: segment.source, .tcp)
  }
}
