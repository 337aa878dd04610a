import Wire

/// ICMP: RFC 792, and RFC 1122 §3.2.2 for what a host owes.
extension Host {
  mutating func messageArrives(_ packet: IncomingPacket) throws(Stop) {
    let octets = packet.frame.span.bytes.extracting(packet.payload)
    guard let message = try? ICMPMessage(parsing: octets) else {
      try services.note(.packetDropped, .icmpChecksum, .icmp, reason: .headerMalformed)
      return
    }
    guard ICMPMessage.verify(octets) else {
      try services.note(.packetDropped, .icmpChecksum, .icmp, reason: .icmpChecksum)
      return
    }
    services.describe(.icmp, 0, 0, payload: packet.payload.count - ICMPMessage.minimumLength)
    services.show(packet.frame, packet.payload, .up, .icmp)
    try services.note(
      .messageReceived, .icmpChecksum, .icmp,
      value: UInt64(message.type) << 8 | UInt64(message.code))
    switch message.meaning {
    case .echoRequest where !packet.isBroadcast: try answerEcho(message, packet)
    case .destinationUnreachable, .timeExceeded, .parameterProblem:
      try takeError(message, packet)
    default: break
    }
  }

  /// RFC 1122 §3.2.2.6: the same identifier, sequence and data go back.
  private mutating func answerEcho(_ request: ICMPMessage, _ packet: IncomingPacket) throws(Stop) {
    var reply = request
    reply.type = 0
    // RFC 1122 §3.2.2.6: the reply comes from the address that was asked.
    try services.sendMessage(
      reply, Array(packet.frame[packet.payload].dropFirst(ICMPMessage.minimumLength)),
      from: packet.destination, to: packet.source, .echoReply)
  }

  /// RFC 1122 §3.2.2.1: the header and at least 8 octets go back; never about a broadcast.
  mutating func sendUnreachable(
    _ code: ICMPMessage.UnreachableCode, about packet: IncomingPacket, _ rule: Rule
  ) throws(Stop) {
    guard !packet.isBroadcast else { return }
    let end = min(packet.payload.lowerBound + 8, packet.payload.upperBound)
    try services.sendMessage(
      ICMPMessage(.destinationUnreachable(code: code, mtu: 0)),
      Array(packet.frame[packet.start..<end]),
      from: packet.destination, to: packet.source, rule)
  }

  /// An error about something that this host sent, RFC 9293 §3.9.2.2 and RFC 1122 §4.1.3.3.
  private mutating func takeError(_ message: ICMPMessage, _ packet: IncomingPacket) throws(Stop) {
    let rest = packet.payload.dropFirst(ICMPMessage.minimumLength)
    guard
      let quoted = try? QuotedPacket(parsing: packet.frame.span.bytes.extracting(rest)),
      services.isOwn(quoted.ip.source), let slot = socket(quoted)
    else {
      try services.note(.ruleApplied, .icmpNotAboutUs, .icmp, reason: .noSocket)
      return
    }
    services.slot = slot
    if try lowerPathMTU(message, quoted, slot) { return }
    let error = SocketError(message)
    let before = memory[slot].state
    if memory[slot].transport == IPProtocol.udp.rawValue {
      memory[write: slot].pendingError = error
      services.signal()
      try services.note(.ruleApplied, .icmpHardError, .udp, memory[slot])
    } else if message.isHardError, before == .synSent || before == .synReceived {
      // Synchronized connections outlive even these, or anybody could end them (RFC 5927 §5.2).
      try memory[write: slot].close(error, .icmpHardError, &queues[slot], &services)
      try followUp(slot, from: before)
    } else {
      memory[write: slot].softError = error
      try services.note(.ruleApplied, .icmpSoftError, .tcp, memory[slot])
    }
  }

  /// "Fragmentation needed" about a segment of a connection, RFC 9293 §3.9.2.2 (MUST-54) and RFC 1191 §6.4.
  ///
  /// - Returns: false when the message says nothing of the sort, or what cannot be true.
  private mutating func lowerPathMTU(
    _ message: ICMPMessage, _ quoted: QuotedPacket, _ slot: Int
  ) throws(Stop) -> Bool {
    guard case .destinationUnreachable(.fragmentationNeeded, let told) = message.meaning,
      quoted.ip.protocol == .tcp, memory[slot].state.isSynchronized,
      services.follows(.pathMTULowers),
      let limit = ControlBlock.pathLimit(told: told, packet: quoted.ip.totalLength)
    else { return false }
    let before = memory[slot].state
    if try memory[write: slot].lowerPathMTU(to: limit, &queues[slot], &services) {
      services.paths.lower(quoted.ip.destination, to: limit, at: services.now)
      try tellOthers(limit, to: quoted.ip.destination, besides: slot)
    } else {
      try services.note(.ruleApplied, .icmpNotAboutUs, .icmp, reason: .oldDuplicate)
    }
    try followUp(slot, from: before)
    return true
  }

  /// "Any packetization layer instance that is actively using the path must be notified if the PMTU estimate is
  /// decreased" (RFC 1191 §6.2); nothing of theirs is known to be lost. O(sockets).
  private mutating func tellOthers(
    _ limit: Int, to destination: IPv4Address, besides slot: Int
  ) throws(Stop) {
    for other in memory.used where other != slot && memory[other].remoteAddress == destination {
      // Whose options are still to be agreed on asks for the path's limit then.
      guard memory[other].transport == IPProtocol.tcp.rawValue,
        memory[other].state.isSynchronized || memory[other].state == .synReceived,
        memory[write: other].followPath(limit)
      else { continue }
      services.slot = other
      try services.note(
        .ruleApplied, .pathMTUKnown, .tcp, memory[other], value: UInt64(limit))
    }
    services.slot = slot
  }

  /// The socket that sent what is quoted. A TCP segment must lie in flight, or anybody could forge this
  /// (RFC 5927 §4.1).
  private func socket(_ quoted: QuotedPacket) -> Int? {
    let tuple = SocketIndex.FourTuple(
      transport: quoted.ip.protocol.rawValue,
      local: SocketAddress(quoted.ip.source, quoted.sourcePort),
      remote: SocketAddress(quoted.ip.destination, quoted.destinationPort))
    guard let slot = index.connection(tuple) else {
      guard quoted.ip.protocol == .udp else { return nil }
      return index.waiting(on: .init(transport: tuple.transport, port: quoted.sourcePort)).first
    }
    guard quoted.ip.protocol == .tcp else { return slot }
    guard let sequence = quoted.sequence else { return nil }
    let block = memory[slot]
    let inFlight =
      sequence.isAtOrAfter(block.sendUnacknowledged) && sequence.isBefore(block.sendNext)
    return inFlight ? slot : nil
  }
}

extension Services {
  /// Sends an ICMP message with what follows its first 8 octets.
  mutating func sendMessage(
    _ message: ICMPMessage, _ data: [UInt8], from source: IPv4Address, to destination: IPv4Address,
    _ rule: Rule, dscp: UInt8 = 0
  ) throws(Stop) {
    var packet = OutgoingPacket(transportLength: ICMPMessage.minimumLength + data.count)
    let start = OutgoingPacket.transportOffset
    message.write(into: &packet.octets, at: start)
    packet.octets.replaceOctets(
      at: start + ICMPMessage.minimumLength, with: data, from: 0, count: data.count)
    packet.putChecksum(
      ICMPMessage.checksum(of: packet.octets.span.bytes.extracting(packet.transportRange)),
      at: start + 2)
    describe(.icmp, 0, 0, payload: data.count)
    show(packet.octets, packet.transportRange, .down, .icmp)
    try note(.messageBuilt, rule, .icmp, value: UInt64(message.type) << 8 | UInt64(message.code))
    try sendPacket(packet, from: source, to: destination, .icmp, dscp: dscp)
  }
}

extension SocketError {
  /// What a call reports for an ICMP error.
  fileprivate init(_ message: ICMPMessage) {
    guard case .destinationUnreachable(let code, _) = message.meaning else {
      self = .hostUnreachable
      return
    }
    switch code {
    case .network: self = .networkUnreachable
    case .port: self = .refused
    case .protocol: self = .protocolUnreachable
    case .fragmentationNeeded: self = .messageTooLong
    default: self = .hostUnreachable
    }
  }
}

extension ICMPMessage {
  /// RFC 9293 §3.9.2.2: unreachable protocol and port end an attempt to connect; the rest informs.
  fileprivate var isHardError: Bool {
    guard case .destinationUnreachable(let code, _) = meaning else { return false }
    return code == .port || code == .protocol
  }
}
