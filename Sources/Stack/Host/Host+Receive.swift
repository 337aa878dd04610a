import Wire

/// A frame on its way up: adapter, driver, Ethernet, IP, and the transport's door.
extension Host {
  /// The adapter checks the frame before it looks whom it is for: a damaged address means nothing.
  mutating func frameArrives(_ frame: [UInt8], checkedBy sequence: UInt32?) throws(Stop) {
    services.unit = UnitSummary()
    services.show(frame, 0..<frame.count, .up, .adapter)
    if let sequence, sequence != FrameCheckSequence.of(frame) {
      try services.note(.frameDropped, .checkFrame, .adapter, reason: .frameCheckSequence)
      return
    }
    try services.note(.frameChecked, .checkFrame, .adapter)
    guard let header = try? EthernetHeader(parsing: frame.span.bytes) else {
      try services.note(.frameDropped, .checkFrame, .adapter, reason: .headerMalformed)
      return
    }
    guard header.destination == services.ownHardwareAddress || header.destination == .broadcast
    else {
      try services.note(.frameDropped, .addressFilter, .adapter, reason: .notMyAddress)
      return
    }
    try services.note(.interrupt, .interruptCPU, .driver)
    let payload = EthernetHeader.minimumLength..<frame.count
    services.show(frame, payload, .up, .ethernet)
    switch header.type {
    case .ipv4:
      try services.note(
        .frameDemultiplexed, .etherType, .ethernet, value: UInt64(header.type.rawValue))
      try packetArrives(frame, payload, isBroadcast: header.destination.isGroup)
    case .arp:
      try services.note(
        .frameDemultiplexed, .etherType, .ethernet, value: UInt64(header.type.rawValue))
      try services.receiveARP(frame)
    default:
      try services.note(.frameDropped, .etherType, .ethernet, reason: .noHandler)
    }
  }

  /// RFC 1122 §3.2.1: version, checksum, address; then the protocol's door.
  private mutating func packetArrives(
    _ frame: [UInt8], _ range: Range<Int>, isBroadcast: Bool
  ) throws(Stop) {
    let octets = frame.span.bytes.extracting(range)
    guard let header = try? IPv4Header(parsing: octets),
      let payload = try? header.payloadRange(in: range.count)
    else {
      try services.note(.packetDropped, .ipHeader, .ip, reason: .headerMalformed)
      return
    }
    guard IPv4Header.verify(octets.extracting(0..<header.headerLength)) else {
      try services.note(.packetDropped, .ipChecksum, .ip, reason: .ipChecksum)
      return
    }
    // What every host on the link got was not meant for one of them (RFC 1122 §3.3.6).
    let isForAll = services.isBroadcast(header.destination)
    guard isForAll || (services.isOwn(header.destination) && !isBroadcast) else {
      if services.configuration.forwards, !isBroadcast {
        return try services.forward(frame, range, header)
      }
      try services.note(.packetDropped, .ipNotForUs, .ip, reason: .notMyIPAddress)
      return
    }
    guard !header.source.isMulticast, !header.source.isLoopback, header.source != .any,
      !services.isBroadcast(header.source), !services.isOwn(header.source)
    else {
      try services.note(.packetDropped, .ipSourceInvalid, .ip, reason: .sourceInvalid)
      return
    }
    guard !header.isFragment else {
      try services.note(.packetDropped, .ipFragment, .ip, reason: .fragment)
      return
    }
    let packet = IncomingPacket(
      source: header.source, destination: header.destination, frame: frame,
      start: range.lowerBound,
      payload: (range.lowerBound + payload.lowerBound)..<(range.lowerBound + payload.upperBound),
      isBroadcast: isForAll)
    services.show(frame, packet.payload, .up, .ip)
    try services.note(.packetReceived, .ipHeader, .ip, value: UInt64(header.totalLength))
    guard services.configuration.filteredPorts.isEmpty || !isFiltered(packet, header.protocol)
    else {
      services.filtered += 1
      try services.note(
        .packetDropped, .firewallDrops, .ip, value: services.filtered, reason: .filtered)
      return
    }
    switch header.protocol {
    case .tcp where services.configuration.speaksTCP: try segmentArrives(packet)
    case .udp: try datagramArrives(packet)
    case .icmp: try messageArrives(packet)
    default:
      try services.note(.packetDropped, .ipProtocol, .ip, reason: .noProtocol)
      try sendUnreachable(.protocol, about: packet, .protocolUnreachable)
    }
  }

  /// A firewall looks at the destination port: TCP and UDP have it at the same place.
  private func isFiltered(_ packet: IncomingPacket, _ transport: IPProtocol) -> Bool {
    guard transport == .tcp || transport == .udp, packet.payload.count >= 4 else { return false }
    let place = packet.payload.lowerBound + 2
    let port = UInt16(packet.frame[place]) << 8 | UInt16(packet.frame[place + 1])
    return services.configuration.filteredPorts.contains(port)
  }
}

/// An IP packet that has passed IP's checks.
struct IncomingPacket {
  let source: IPv4Address
  let destination: IPv4Address
  let frame: [UInt8]
  /// Where the IP header begins in `frame`.
  let start: Int
  /// What the packet carries, in `frame`.
  let payload: Range<Int>
  /// Every host on the link was meant: no error and no reset may answer (RFC 1122 §3.2.2).
  let isBroadcast: Bool
}
