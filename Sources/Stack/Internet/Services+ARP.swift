import Wire

/// Finding the next hop's hardware address, RFC 826 and RFC 1122 §2.3.2.
extension Services {
  mutating func resolve(_ packet: consuming OutgoingPacket, _ nextHop: IPv4Address) throws(Stop) {
    if isBroadcast(nextHop) {
      try sendFrame(packet, to: .broadcast, .ipv4, link(of: nextHop))
      return
    }
    if let hardware = neighbours.lookUp(nextHop, at: now) {
      try note(.neighbourFound, .arpCacheHit, .arp, value: UInt64(nextHop.value))
      try sendFrame(packet, to: hardware, .ipv4, link(of: nextHop))
      return
    }
    let held = neighbours.hold(packet, for: nextHop, at: now)
    if held.wasStale { try note(.ruleApplied, .arpExpire, .arp, value: UInt64(nextHop.value)) }
    if held.hasPushedOut {
      try note(
        .packetDropped, .arpHold, .arp, value: UInt64(nextHop.value), reason: .bufferFull)
    }
    try note(.packetHeld, .arpHold, .arp, value: UInt64(nextHop.value))
    if held.mustAsk { try ask(nextHop) }
  }

  private mutating func ask(_ address: IPv4Address) throws(Stop) {
    let interface = link(of: address)
    try send(
      ARPPacket(
        operation: .request, senderMAC: hardwareAddress(of: interface),
        senderIP: self.address(of: interface), targetMAC: MACAddress(0, 0, 0, 0, 0, 0),
        targetIP: address),
      to: .broadcast, .neighbourAsked, .arpAsk, interface)
  }

  private mutating func send(
    _ message: ARPPacket, to hardware: MACAddress, _ event: Event, _ rule: Rule, _ interface: Int
  ) throws(Stop) {
    // An ARP packet has no IP header: it stands where that would begin.
    var packet = OutgoingPacket(
      transportLength: ARPPacket.minimumLength - IPv4Header.minimumLength)
    message.write(into: &packet.octets, at: EthernetHeader.minimumLength)
    unit = UnitSummary()
    show(packet.octets, packet.packetRange, .down, .arp)
    try note(event, rule, .arp, value: UInt64(message.targetIP.value))
    try sendFrame(packet, to: hardware, .arp, interface)
  }

  /// The steps of RFC 826, "Packet Reception".
  mutating func receiveARP(_ frame: [UInt8]) throws(Stop) {
    let octets = frame.span.bytes.extracting(EthernetHeader.minimumLength..<frame.count)
    guard let message = try? ARPPacket(parsing: octets) else {
      try note(.arpDropped, .arpMalformed, .arp, reason: .headerMalformed)
      return
    }
    let isForUs = message.targetIP == address(of: interface)
    if !message.senderMAC.isGroup, isNeighbour(message.senderIP),
      let held = neighbours.learn(message.senderIP, message.senderMAC, at: now, create: isForUs)
    {
      try note(.neighbourLearnt, .arpLearn, .arp, value: UInt64(message.senderIP.value))
      for packet in held { try sendFrame(packet, to: message.senderMAC, .ipv4, interface) }
    }
    guard isForUs, message.operation == .request else { return }
    try send(
      ARPPacket(
        operation: .reply, senderMAC: ownHardwareAddress, senderIP: address(of: interface),
        targetMAC: message.senderMAC, targetIP: message.senderIP),
      to: message.senderMAC, .messageBuilt, .arpAnswer, interface)
  }

  /// Whether a host on this link can have the address; a probe (RFC 5227 §2.1.1) comes from none.
  @inline(__always)
  private func isNeighbour(_ address: IPv4Address) -> Bool {
    !isOwn(address) && address != .any && !address.isMulticast && !isBroadcast(address)
      && (routes.isEmpty || routes.link(of: address) == interface)
  }

  /// TCP's negative advice (RFC 9293 §3.8.3, R1): what is known of the next hop may not be true any more,
  /// so it is asked for again (RFC 1122 §2.3.2.1, §3.3.1.4).
  mutating func adviseAgainst(path destination: IPv4Address) throws(Stop) {
    guard let nextHop = nextHop(to: destination) else { return }
    neighbours.doubt(nextHop)
    try note(.ruleApplied, .negativeAdvice, .ip, value: UInt64(nextHop.value))
  }

  /// Repeats open questions, or gives them up.
  mutating func neighbourTimers() throws(Stop) {
    while let index = neighbours.due(at: now) {
      let entry = neighbours.entries[index]
      if entry.asked >= NeighbourTable.askLimit {
        neighbours.remove(index)
        try note(
          .packetDropped, .arpGiveUp, .arp, value: UInt64(entry.address.value),
          reason: .neighbourUnanswered)
        if configuration.forwards { try reportUnreachable(entry.held) }
      } else {
        neighbours.askAgain(index, at: now)
        try ask(entry.address)
      }
    }
  }
}
