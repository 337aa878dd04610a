import Wire

/// TCP's user calls, RFC 9293 §3.10.1–3.10.5, in the clothes of the BSD interface.
extension Host {
  // MARK: OPEN

  mutating func listen(_ slot: Int, _ backlog: Int) throws(Stop) -> CallResult {
    switch memory[slot].state {
    case .closed where memory[slot].remotePort == 0: break
    case .listen: break
    default: return .failed(.invalidArgument)
    }
    if memory[slot].localPort == 0 {
      guard case .returned = try bind(slot, SocketAddress(.any, 0)) else {
        return .failed(.addressInUse)
      }
    }
    memory[write: slot].state = .listen
    memory[write: slot].wasPassive = true
    memory[write: slot].backlog = UInt16(clamping: max(backlog, 1))
    try services.note(.ruleApplied, .passiveOpen, .tcp, memory[slot])
    return .returned(0)
  }

  mutating func connect(_ slot: Int, _ remote: SocketAddress) throws(Stop) -> CallResult {
    switch memory[slot].state {
    case .closed:
      if let error = try takeError(slot) { return .failed(error) }
      if memory[slot].remotePort != 0 { return .failed(.invalidArgument) }
      return try open(slot, remote)
    case .listen: return .failed(.operationNotSupported)
    case .synSent, .synReceived:
      if services.isWaking { return .blocked }
      try services.note(.ruleApplied, .alreadyOpen, .tcp)
      return .failed(.alreadyConnecting)
    default:
      if services.isWaking { return .returned(0) }
      try services.note(.ruleApplied, .alreadyOpen, .tcp)
      return .failed(.isConnected)
    }
  }

  /// An active OPEN: addresses and ports are settled, ISS is chosen, a SYN leaves (RFC 9293 §3.10.1).
  private mutating func open(_ slot: Int, _ remote: SocketAddress) throws(Stop) -> CallResult {
    guard remote.port != 0, remote.address != .any else { return .failed(.destinationRequired) }
    guard services.nextHop(to: remote.address) != nil,
      !services.configuration.isBroadcast(remote.address)
    else { return .failed(.networkUnreachable) }
    let before = memory[slot]
    var block = before
    block.remoteAddress = remote.address
    block.remotePort = remote.port
    block.localAddress = services.configuration.address
    block.askedAt = services.now
    let mustChoose = block.localPort == 0
    if mustChoose {
      guard let port = freePort(block.transport, to: remote) ?? portInTimeWait(to: remote) else {
        return .failed(.addressNotAvailable)
      }
      block.localPort = port
    }
    var used: SequenceNumber?
    if let other = index.connection(block.fourTuple) {
      guard mayTakePlace(of: other) else {
        try services.note(.ruleApplied, .portTaken, .socket, value: UInt64(block.localPort))
        return .failed(.addressInUse)
      }
      used = memory[other].sendNext
      services.slot = other
      try services.note(.ruleApplied, .timeWaitReopens, .tcp, memory[other])
      try release(other, .timeWaitReopens)
      services.slot = slot
    }
    index.remove(slot, before)
    memory[write: slot] = block
    index.insert(slot, block)
    try services.note(
      .ruleApplied, mustChoose ? .chooseEphemeralPort : .activeOpen, .socket, memory[slot])
    let initial = services.chooseInitialSequence(
      local: block.local, remote: remote, above: used)
    try services.note(.ruleApplied, .chooseISS, .tcp, value: UInt64(initial.value))
    try memory[write: slot].activeOpen(initial, &queues[slot], &services)
    return .blocked
  }

  mutating func accept(_ slot: Int, _ process: ProcessID) throws(Stop) -> CallResult {
    guard memory[slot].state == .listen else { return .failed(.invalidArgument) }
    // A record that somebody wrote over may be gone, or another's by now.
    while let first = queues[slot].accept.first, !mayBeAccepted(first) {
      queues[slot].accept.removeFirst()
    }
    guard let child = queues[slot].accept.first else { return .blocked }
    guard
      let descriptor = descriptors.open(
        child, process, limit: services.configuration.descriptorLimit)
    else { return .failed(.tooManyDescriptors) }
    queues[slot].accept.removeFirst()
    memory[write: slot].waiting -= min(1, memory[slot].waiting)
    try services.note(.ruleApplied, .acceptConnection, .socket, memory[slot])
    services.slot = child
    memory[write: child].belong(to: process, descriptor)
    try services.note(.ruleApplied, .acceptConnection, .socket, memory[child])
    if memory.urgent(child).contains(.receiving) {
      try memory[write: child].tellOfUrgentData(.urgentNoted, &services)
    }
    return .accepted(descriptor, peer: memory[child].remote)
  }

  private func mayBeAccepted(_ slot: Int) -> Bool {
    !memory[slot].isFree && memory[slot].parent != 0 && memory[slot].descriptor == nil
  }

  // MARK: SEND and RECEIVE

  mutating func send(
    _ slot: Int, _ octets: [UInt8], _ done: Int, isUrgent: Bool = false
  ) throws(Stop) -> CallResult {
    if let error = try takeError(slot) { return .failed(error) }
    let block = memory[slot]
    guard block.state.maySend, !block.closing.contains(.sending) else {
      let never = block.remotePort == 0
      try services.note(.ruleApplied, never ? .noConnection : .connectionClosing, .tcp)
      return .failed(never ? .notConnected : .brokenPipe)
    }
    let room =
      block.sendBufferSize > block.sendQueue ? Int(block.sendBufferSize - block.sendQueue) : 0
    let rest = octets.count - done
    // A sleeping caller is worth waking for a third of the buffer, as Linux has it, or for all that is left.
    if services.isWaking, room < min(rest, Int(block.sendBufferSize) / 3) { return .blocked }
    let count = min(room, rest)
    if count > 0 {
      queues[slot].send.append(octets, done..<(done + count))
      memory[write: slot].unsent = min(block.unsent, block.sendQueue) + UInt32(count)
      memory[write: slot].sendQueue += UInt32(count)
      services.takenByCall = done + count
      try services.note(.dataQueued, .sendCall, .tcp, memory[slot], value: UInt64(count))
      if isUrgent {
        try memory[write: slot].sendUrgently(&queues[slot], &services)
      } else {
        try memory[write: slot].sendWhatMayGo(&queues[slot], &services)
      }
    }
    return done + count < octets.count ? .blocked : .returned(octets.count)
  }

  mutating func receive(_ slot: Int, _ limit: Int) throws(Stop) -> CallResult {
    guard limit >= 0 else { return .failed(.invalidArgument) }
    let block = memory[slot]
    if block.receiveQueue > 0 {
      let limit = block.limitAtMark(limit)
      var octets = queues[slot].receive.read(min(Int(block.receiveQueue), limit))
      // What the record claims beyond what is there reads as zero, like memory nobody has written.
      let missing = min(Int(block.receiveQueue), limit) - octets.count
      octets += Array(repeating: 0, count: min(missing, SendBuffer.inventedLimit))
      let count = octets.count
      memory[write: slot].receiveQueue -= UInt32(count)
      if block.urgent.contains(.atMark), count > 0 { memory[write: slot].urgent.remove(.atMark) }
      try services.note(.dataRead, .receiveCall, .tcp, memory[slot], value: UInt64(count))
      if block.urgent.contains(.receiving) { try memory[write: slot].readUrgent(&services) }
      try memory[write: slot].announceReopening(&queues[slot], &services)
      return .data(octets)
    }
    if let error = try takeError(slot) { return .failed(error) }
    switch block.state {
    case .closed where block.remotePort == 0, .listen: return .failed(.notConnected)
    case .closeWait, .lastAck, .closing, .timeWait, .closed:
      try services.note(.ruleApplied, .endOfData, .tcp, memory[slot])
      return .data([])
    default: return block.closing.contains(.receiving) ? .data([]) : .blocked
    }
  }

  /// An error is told once.
  mutating func takeError(_ slot: Int) throws(Stop) -> SocketError? {
    guard let error = memory[slot].pendingError else { return nil }
    memory[write: slot].pendingError = nil
    try services.note(
      .ruleApplied, .errorReported, .socket, memory[slot], value: UInt64(error.rawValue))
    return error
  }

  // MARK: CLOSE and ABORT

  mutating func shutdown(_ slot: Int, _ direction: ShutdownDirection) throws(Stop) -> CallResult {
    guard memory[slot].state.isSynchronized || memory[slot].state == .synReceived else {
      return .failed(.notConnected)
    }
    if direction != .sending { memory[write: slot].closing.insert(.receiving) }
    if direction == .receiving {
      try services.note(.ruleApplied, .shutdownCall, .tcp, memory[slot])
    } else {
      try memory[write: slot].closeSending(.shutdownCall, &queues[slot], &services)
    }
    services.signal()
    return .returned(0)
  }

  /// The descriptor is given back at once; the record lives until TCP has finished with it.
  mutating func close(_ descriptor: Descriptor, _ process: ProcessID, _ rule: Rule) throws(Stop)
    -> CallResult
  {
    guard let slot = descriptors.slot(descriptor, process) else { return .failed(.badDescriptor) }
    if memory[slot].switches.contains(.abortOnClose), memory[slot].state.isSynchronized {
      return try abort(descriptor, process)
    }
    descriptors.close(descriptor, process)
    services.slot = slot
    // Whoever sleeps in a call on this descriptor wakes to find it gone.
    services.signal()
    memory[write: slot].belong(to: nil, nil)
    switch memory.state(slot) {
    case .listen: try dropWaiting(slot)
    case .closed, .synSent, .unknown:
      try release(slot, rule)
      return .returned(0)
    case .synReceived, .established, .finWait1, .finWait2, .closeWait:
      if memory[slot].receiveQueue > 0 {
        // RFC 9293 §3.6.1, SHLD-3: the peer must learn that data was lost.
        try memory[write: slot].sendResetNow(&queues[slot], &services)
        try services.note(.ruleApplied, .closeUnread, .tcp, memory[slot])
        try release(slot, .closeUnread)
        return .returned(0)
      }
      try memory[write: slot].closeBoth(rule, &queues[slot], &services)
    case .closing, .lastAck, .timeWait:
      memory[write: slot].closing.insert(.receiving)
      try services.note(.ruleApplied, rule, .tcp, memory[slot])
    }
    return .returned(0)
  }

  mutating func abort(_ descriptor: Descriptor, _ process: ProcessID) throws(Stop) -> CallResult {
    guard let slot = descriptors.slot(descriptor, process) else { return .failed(.badDescriptor) }
    descriptors.close(descriptor, process)
    services.slot = slot
    services.signal()
    switch memory[slot].state {
    case .listen: try dropWaiting(slot)
    case .synReceived, .established, .finWait1, .finWait2, .closeWait:
      try memory[write: slot].sendResetNow(&queues[slot], &services)
      try release(slot, .abortCall)
    default: try release(slot, .abortCall)
    }
    return .returned(0)
  }

  /// A waiting socket is closed: connections that nobody accepted are reset with it.
  private mutating func dropWaiting(_ slot: Int) throws(Stop) {
    let number = memory[slot].number
    let accepted = queues[slot].accept.filter(mayBeAccepted)
    let opening = memory.used.filter {
      memory[$0].parent == number && memory[$0].state == .synReceived && $0 != slot
    }
    for child in accepted + opening where !memory[child].isFree {
      services.slot = child
      try memory[write: child].sendResetNow(&queues[child], &services)
      try release(child, .closeCall)
    }
    services.slot = slot
    try release(slot, .closeCall)
  }
}
