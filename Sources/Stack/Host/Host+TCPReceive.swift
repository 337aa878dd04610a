import Wire

/// TCP's door: checksum, the right socket, and the states that have no peer yet (RFC 9293 §3.10.7.1–2).
extension Host {
  mutating func segmentArrives(_ packet: IncomingPacket) throws(Stop) {
    let frame = packet.frame
    let octets = frame.span.bytes.extracting(packet.payload)
    let isSound = TCPHeader.verify(
      octets, source: packet.source, destination: packet.destination)
    guard isSound || !services.follows(.segmentChecksum) else {
      try services.note(.segmentDropped, .segmentChecksum, .tcp, reason: .tcpChecksum)
      return
    }
    guard let header = try? TCPHeader(parsing: octets), !packet.isBroadcast else {
      try services.note(.segmentDropped, .segmentChecksum, .tcp, reason: .headerMalformed)
      return
    }
    let text = (packet.payload.lowerBound + header.headerLength)..<packet.payload.upperBound
    var segment = TCPSegment(
      header: header, source: packet.source, destination: packet.destination, text: text)
    services.describe(header, payload: text.count)
    services.show(frame, packet.payload, .up, .tcp)
    try services.note(.segmentReceived, .segmentChecksum, .tcp, value: UInt64(packet.payload.count))
    try deliver(&segment)
  }

  mutating func deliver(_ segment: inout TCPSegment) throws(Stop) {
    if let slot = connection(for: segment) {
      services.slot = slot
      try services.note(.ruleApplied, .findSocket, .tcp, memory[slot])
      services.isAwaited = segment.flags.contains(.fin) && isReceiving(slot)
      let before = memory.state(slot)
      if before == .listen {
        try arrivesInListen(&segment, slot)
        return
      }
      if before == .timeWait, try reopensTimeWait(slot, by: segment) { return }
      try memory[write: slot].take(&segment, &queues[slot], &services)
      try followUp(slot, from: before)
    } else if let slot = listener(for: segment) {
      services.slot = slot
      try services.note(.ruleApplied, .findSocket, .tcp, memory[slot])
      try arrivesInListen(&segment, slot)
    } else {
      try arrivesInClosed(segment)
    }
  }

  /// Whether a process that gets time sleeps in `receive()` on the socket. O(calls that sleep on it).
  // Inlined, like what follows: a call would copy the whole host.
  @inline(__always)
  private func isReceiving(_ slot: Int) -> Bool {
    !sleepers.isEmpty
      && sleepers.waiting(on: Signals([slot])).contains { bed in
        guard let sleeper = sleepers[bed], case .receive = sleeper.call else { return false }
        return mayWake(sleeper)
      }
  }

  /// The socket with exactly these four: the index proposes it, its memory decides.
  @inline(__always)
  private mutating func connection(for segment: TCPSegment) -> Int? {
    let tuple = SocketIndex.FourTuple(
      transport: IPProtocol.tcp.rawValue, local: segment.local, remote: segment.remote)
    guard let slot = index.connection(remembering: tuple), memory.state(slot) != .closed else {
      return nil
    }
    return slot
  }

  /// A socket in LISTEN on the port: one bound to the address goes before one bound to any.
  @inline(__always)
  func listener(for segment: TCPSegment) -> Int? {
    var any: Int?
    for slot in index.waiting(
      on: .init(transport: IPProtocol.tcp.rawValue, port: segment.local.port))
    where memory.state(slot) == .listen {
      if memory.localAddress(slot) == segment.local.address { return slot }
      if any == nil, memory.localAddress(slot) == .any { any = slot }
    }
    return any
  }

  /// RFC 9293 §3.10.7.1.
  private mutating func arrivesInClosed(_ segment: TCPSegment) throws(Stop) {
    if segment.flags.contains(.rst) {
      try services.note(.segmentDropped, .closedIgnore, .tcp, reason: .noSocket)
      return
    }
    try services.note(.segmentDropped, .closedReset, .tcp, reason: .noSocket)
    try services.sendReset(answering: segment)
  }

  /// RFC 9293 §3.10.7.2.
  private mutating func arrivesInListen(
    _ segment: inout TCPSegment, _ slot: Int
  ) throws(Stop) {
    if segment.flags.contains(.rst) {
      try services.note(.segmentDropped, .listenIgnoresReset, .tcp, reason: .stateForbids)
      return
    }
    if segment.flags.contains(.ack) {
      if try takeCookie(&segment, slot) { return }
      try services.note(.segmentDropped, .listenRefusesAck, .tcp, reason: .unacceptableAck)
      try services.sendReset(answering: segment)
      return
    }
    guard segment.flags.contains(.syn) else {
      try services.note(.segmentDropped, .listenIgnoresRest, .tcp, reason: .stateForbids)
      return
    }
    if answersWithCookie(slot) { return try sendCookie(answering: segment, slot) }
    guard memory[slot].waiting < memory[slot].backlog else { return try noteBacklogFull() }
    guard memory.count < services.configuration.socketLimit else {
      try services.note(.segmentDropped, .insufficientResources, .tcp, reason: .bufferFull)
      return
    }
    try takeSyn(segment, slot)
  }

  /// A half-open connection takes its place in the queue with its SYN, so the queue is never too full for the
  /// end of its handshake: a SYN without a place is dropped and counted, and its sender will repeat it.
  mutating func noteBacklogFull() throws(Stop) {
    services.refused += 1
    try services.note(
      .segmentDropped, .backlogFull, .tcp, value: services.refused, reason: .backlogFull)
  }

  /// A new record beside the waiting one, which keeps waiting.
  ///
  /// - Parameter earlier: the record in TIME-WAIT that it takes the place of.
  mutating func takeSyn(
    _ segment: TCPSegment, _ listener: Int, after earlier: ControlBlock? = nil
  ) throws(Stop) {
    let slot = try makeRecord(for: segment, listener, .listenTakesSyn)
    if let earlier { queues[slot].earlier = [earlier] }
    try memory[write: slot].passiveOpen(
      segment, above: earlier?.sendNext, &queues[slot], &services)
  }

  /// A record with the waiting socket's settings and the segment's addresses.
  mutating func makeRecord(
    for segment: TCPSegment, _ listener: Int, _ rule: Rule
  ) throws(Stop) -> Int {
    services.slot = listener
    memory[write: listener].waiting += 1
    try services.note(.ruleApplied, rule, .tcp, memory[listener])
    let parent = memory[listener]
    let slot = allocate()
    var block = ControlBlock()
    block.number = memory[slot].number
    block.transport = parent.transport
    block.parent = parent.number
    block.localAddress = segment.destination
    block.localPort = parent.localPort
    block.remoteAddress = segment.source
    block.remotePort = segment.header.sourcePort
    block.sendBufferSize = parent.sendBufferSize
    block.receiveBufferSize = parent.receiveBufferSize
    block.switches = parent.switches
    block.userTimeout = parent.userTimeout
    memory[write: slot] = block
    index.insert(slot, block)
    return slot
  }

  /// What a change of state means beyond the record itself.
  @inline(__always)
  mutating func followUp(_ slot: Int, from before: TCPState) throws(Stop) {
    let state = memory.state(slot)
    if state != before { try followUp(slot, from: before, to: state) }
  }

  private mutating func followUp(
    _ slot: Int, from before: TCPState, to state: TCPState
  ) throws(Stop) {
    if before == .synReceived, state != .closed, memory[slot].parent != 0 {
      if let listener = waitingParent(of: slot) {
        queues[listener].accept.append(slot)
        services.signalled.insert(listener)
      } else if memory[slot].descriptor == nil {
        // The waiting socket is gone: nobody will ever take this connection.
        try memory[write: slot].sendResetNow(&queues[slot], &services)
        try release(slot, .deadOwner)
        return
      }
    }
    if state == .closed { try finish(slot) }
  }

  /// The connection is over. Without an owner the record goes; with one it stays until `close()`.
  mutating func finish(_ slot: Int) throws(Stop) {
    guard memory[slot].descriptor == nil else { return }
    // What was accepted has been closed by its owner; what was not still counts in the queue.
    if !memory[slot].closing.contains(.receiving), let listener = waitingParent(of: slot) {
      queues[listener].accept.removeAll { $0 == slot }
      services.slot = listener
      memory[write: listener].waiting -= min(1, memory[listener].waiting)
      try services.note(.ruleApplied, services.closedBy, .tcp, memory[listener])
    }
    let earlier = queues[slot].earlier.first
    let rule = services.closedBy
    try release(slot, rule)
    if let earlier, rule == .resetInSynReceived { try resumeTimeWait(earlier) }
  }

  /// The waiting socket that a record was made from, if it still waits.
  @inline(__always)
  private func waitingParent(of slot: Int) -> Int? {
    let number = memory.parent(slot)
    guard number != 0 else { return nil }
    for other in index.waiting(on: memory.localPort(slot))
    where memory.state(other) == .listen && memory.number(other) == number { return other }
    return nil
  }
}
