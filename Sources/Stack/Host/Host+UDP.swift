import Wire

/// UDP: RFC 768, and RFC 1122 §4.1 for what a host owes.
extension Host {
  mutating func carryOutDatagram(
    _ call: SocketCall, _ slot: Int, _ process: ProcessID
  ) throws(Stop) -> CallResult {
    switch call {
    case .bind(_, let address): return try bind(slot, address)
    case .connect(_, let remote): return try setPeer(slot, remote)
    case .send(_, let octets):
      guard memory[slot].remotePort != 0 else { return .failed(.destinationRequired) }
      return try sendDatagram(slot, octets, to: memory[slot].remote)
    case .sendTo(_, let octets, let remote): return try sendDatagram(slot, octets, to: remote)
    case .receive(_, let limit), .receiveFrom(_, let limit):
      return try receiveDatagram(slot, limit)
    case .close(let descriptor), .abort(let descriptor):
      descriptors.close(descriptor, process)
      services.signal()
      try release(slot, .closeCall)
      return .returned(0)
    case .setOption(_, let option): return try set(option, slot)
    case .listen, .accept, .shutdown, .socket, .sendUrgent, .atMark:
      return .failed(.operationNotSupported)
    }
  }

  /// `connect` on a datagram socket sends nothing: it writes the peer down.
  private mutating func setPeer(_ slot: Int, _ remote: SocketAddress) throws(Stop) -> CallResult {
    guard remote.port != 0, remote.address != .any else { return .failed(.destinationRequired) }
    guard services.nextHop(to: remote.address) != nil else { return .failed(.networkUnreachable) }
    guard try chooseLocal(slot) else { return .failed(.addressNotAvailable) }
    index.remove(slot, memory[slot])
    memory[write: slot].remoteAddress = remote.address
    memory[write: slot].remotePort = remote.port
    memory[write: slot].localAddress = services.configuration.address
    index.insert(slot, memory[slot])
    try services.note(.socketBound, .bindAddress, .socket, memory[slot])
    return .returned(0)
  }

  private mutating func chooseLocal(_ slot: Int) throws(Stop) -> Bool {
    guard memory[slot].localPort == 0 else { return true }
    guard let port = freePort(memory[slot].transport, to: nil) else { return false }
    memory[write: slot].localPort = port
    index.insert(slot, memory[slot])
    try services.note(.socketBound, .chooseEphemeralPort, .socket, memory[slot])
    return true
  }

  private mutating func sendDatagram(
    _ slot: Int, _ octets: [UInt8], to remote: SocketAddress
  ) throws(Stop) -> CallResult {
    guard remote.port != 0, remote.address != .any else { return .failed(.destinationRequired) }
    if let error = try takeError(slot) { return .failed(error) }
    let length = UDPHeader.minimumLength + octets.count
    guard length + IPv4Header.minimumLength <= services.configuration.maximumTransmissionUnit else {
      return .failed(.messageTooLong)
    }
    guard services.nextHop(to: remote.address) != nil else { return .failed(.networkUnreachable) }
    guard try chooseLocal(slot) else { return .failed(.addressNotAvailable) }
    var packet = OutgoingPacket(transportLength: length)
    let start = OutgoingPacket.transportOffset
    packet.octets.replaceOctets(
      at: start + UDPHeader.minimumLength, with: octets, from: 0, count: octets.count)
    UDPHeader(
      sourcePort: memory[slot].localPort, destinationPort: remote.port,
      length: UInt16(truncatingIfNeeded: length)
    ).write(into: &packet.octets, at: start)
    let source = services.configuration.address
    packet.putChecksum(
      UDPHeader.checksum(
        of: packet.octets.span.bytes.extracting(packet.transportRange), source: source,
        destination: remote.address), at: start + 6)
    services.describe(.udp, memory[slot].localPort, remote.port, payload: octets.count)
    services.show(packet.octets, packet.transportRange, .down, .udp)
    try services.note(.datagramBuilt, .udpSend, .udp, memory[slot], value: UInt64(length))
    try services.sendPacket(packet, from: source, to: remote.address, .udp)
    return .returned(octets.count)
  }

  private mutating func receiveDatagram(_ slot: Int, _ limit: Int) throws(Stop) -> CallResult {
    guard limit >= 0 else { return .failed(.invalidArgument) }
    if let error = try takeError(slot) { return .failed(error) }
    guard let datagram = queues[slot].datagrams.popFirst() else { return .blocked }
    memory[write: slot].receiveQueue -= min(
      UInt32(datagram.octets.count), memory[slot].receiveQueue)
    try services.note(
      .dataRead, .udpReceive, .udp, memory[slot], value: UInt64(datagram.octets.count))
    // What does not fit into the application's memory is lost: a datagram is read whole or cut.
    return .datagram(Array(datagram.octets.prefix(limit)), from: datagram.source)
  }

  mutating func datagramArrives(_ packet: IncomingPacket) throws(Stop) {
    let octets = packet.frame.span.bytes.extracting(packet.payload)
    guard let header = try? UDPHeader(parsing: octets),
      let payload = try? header.payloadRange(in: packet.payload.count)
    else {
      try services.note(.datagramDropped, .udpChecksum, .udp, reason: .headerMalformed)
      return
    }
    guard
      UDPHeader.verify(
        octets, source: packet.source, destination: packet.destination)
    else {
      try services.note(.datagramDropped, .udpChecksum, .udp, reason: .udpChecksum)
      return
    }
    services.describe(.udp, header.sourcePort, header.destinationPort, payload: payload.count)
    services.show(packet.frame, packet.payload, .up, .udp)
    try services.note(.datagramReceived, .udpChecksum, .udp, value: UInt64(header.length))
    let remote = SocketAddress(packet.source, header.sourcePort)
    let local = SocketAddress(packet.destination, header.destinationPort)
    guard let slot = datagramSocket(local: local, remote: remote) else {
      try services.note(.datagramDropped, .udpNoPort, .udp, reason: .noSocket)
      try sendUnreachable(.port, about: packet, .portUnreachable)
      return
    }
    services.slot = slot
    let start = packet.payload.lowerBound
    let text = Array(packet.frame[(start + payload.lowerBound)..<(start + payload.upperBound)])
    guard queues[slot].datagrams.count < SocketQueues.datagramLimit,
      UInt64(memory[slot].receiveQueue) + UInt64(text.count)
        <= UInt64(memory[slot].receiveBufferSize)
    else {
      try services.note(.datagramDropped, .udpBufferFull, .udp, memory[slot], reason: .bufferFull)
      return
    }
    queues[slot].datagrams.append(.init(octets: text, source: remote))
    memory[write: slot].receiveQueue += UInt32(text.count)
    services.signal()
    try services.note(.dataArrived, .udpReceive, .udp, memory[slot], value: UInt64(text.count))
  }

  /// A socket with this peer goes before one without a peer.
  private func datagramSocket(local: SocketAddress, remote: SocketAddress) -> Int? {
    let transport = IPProtocol.udp.rawValue
    let tuple = SocketIndex.FourTuple(transport: transport, local: local, remote: remote)
    if let slot = index.connection(tuple) { return slot }
    return index.waiting(on: .init(transport: transport, port: local.port)).first {
      memory[$0].localAddress == local.address || memory[$0].localAddress == .any
    }
  }
}
