import Wire

/// The application's calls as they reach the stack: noted, carried out, or put to sleep.
extension Host {
  mutating func perform(_ call: SocketCall, by process: ProcessID) throws(Stop) -> CallResult {
    let number = services.journal.calls.count
    if services.looked { services.journal.calls.append(call) }
    services.unit = UnitSummary()
    try services.note(.call, nil, .application, value: Host.encode(number, 0))
    try services.note(.callForwarded, nil, .library, value: Host.encode(number, 0))
    let result = try carryOut(call, by: process, done: 0)
    if result == .blocked, let slot = call.descriptor.flatMap({ descriptors.slot($0, process) }) {
      let taken = services.takenByCall
      sleepers.insert(
        BlockedCall(process: process, call: call, slot: slot, number: number, done: taken))
      try services.note(.callBlocked, nil, .library, value: Host.encode(number, 0))
    } else {
      try noteEnd(number, result)
    }
    try settle()
    return result
  }

  /// A call's number in its upper half, its result in the lower.
  static func encode(_ number: Int, _ result: Int) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: number)) << 32 | UInt64(UInt32(truncatingIfNeeded: result))
  }

  private mutating func noteEnd(_ number: Int, _ result: CallResult) throws(Stop) {
    switch result {
    case .failed(let error):
      try services.note(
        .callFailed, nil, .application, value: Host.encode(number, Int(error.rawValue)))
    case .returned(let value), .accepted(let value, _):
      try services.note(.callReturned, nil, .application, value: Host.encode(number, value))
    case .data(let octets), .datagram(let octets, _):
      try services.note(.callReturned, nil, .application, value: Host.encode(number, octets.count))
    case .blocked: break
    }
  }

  /// Wakes the callers whose sockets have something new, until nothing is left to tell.
  @inline(__always)
  mutating func settle() throws(Stop) {
    if services.signalled.isEmpty { return }
    if sleepers.isEmpty { return services.signalled.removeAll() }
    try wake()
  }

  private mutating func wake() throws(Stop) {
    while !services.signalled.isEmpty {
      if let bed = sleepers.onlyOne(waitingOn: services.signalled) {
        services.signalled.removeAll()
        try wake(bed)
        continue
      }
      let beds = sleepers.waiting(on: services.signalled)
      services.signalled.removeAll()
      for bed in beds { try wake(bed) }
    }
  }

  /// The call of the one who sleeps there is made anew; it may go on sleeping.
  private mutating func wake(_ bed: Int) throws(Stop) {
    guard let sleeper = sleepers[bed], mayWake(sleeper) else { return }
    services.isWaking = true
    defer { services.isWaking = false }
    let result = try carryOut(sleeper.call, by: sleeper.process, done: sleeper.done)
    if result == .blocked {
      sleepers.update(bed, done: services.takenByCall)
    } else {
      sleepers.remove(bed)
      complete(sleeper, result)
      try noteEnd(sleeper.number, result)
    }
  }

  func mayWake(_ call: BlockedCall) -> Bool {
    paused.isEmpty || !paused.contains(call.process)
  }

  /// - Parameter done: octets of a `send` that have been taken before the caller went to sleep.
  private mutating func carryOut(
    _ call: SocketCall, by process: ProcessID, done: Int
  ) throws(Stop) -> CallResult {
    services.takenByCall = done
    if case .socket(let kind) = call { return try createSocket(kind, process) }
    guard let descriptor = call.descriptor, let slot = descriptors.slot(descriptor, process) else {
      return .failed(.badDescriptor)
    }
    services.slot = slot
    if memory[slot].transport == IPProtocol.udp.rawValue {
      return try carryOutDatagram(call, slot, process)
    }
    switch call {
    case .socket: return .failed(.invalidArgument)
    case .bind(_, let address): return try bind(slot, address)
    case .listen(_, let backlog): return try listen(slot, backlog)
    case .accept: return try accept(slot, process)
    case .connect(_, let remote): return try connect(slot, remote)
    case .send(_, let octets), .sendTo(_, let octets, _): return try send(slot, octets, done)
    case .sendUrgent(_, let octets): return try send(slot, octets, done, isUrgent: true)
    case .receive(_, let limit), .receiveFrom(_, let limit): return try receive(slot, limit)
    case .shutdown(_, let direction): return try shutdown(slot, direction)
    case .close: return try close(descriptor, process, .closeCall)
    case .abort: return try abort(descriptor, process)
    case .setOption(_, let option): return try set(option, slot)
    case .atMark: return try tellMark(slot)
    }
  }

  // MARK: socket, bind

  private mutating func createSocket(_ kind: SocketKind, _ process: ProcessID) throws(Stop)
    -> CallResult
  {
    guard kind == .datagram || services.configuration.speaksTCP else {
      return .failed(.protocolUnreachable)
    }
    guard memory.count < services.configuration.socketLimit else {
      try services.note(.ruleApplied, .insufficientResources, .socket)
      return .failed(.noBuffers)
    }
    let slot = allocate()
    guard
      let descriptor = descriptors.open(
        slot, process, limit: services.configuration.descriptorLimit)
    else {
      memory.release(slot)
      return .failed(.tooManyDescriptors)
    }
    var block = ControlBlock()
    block.number = memory[slot].number
    block.transport = (kind == .stream ? IPProtocol.tcp : IPProtocol.udp).rawValue
    block.owner = process.value
    block.descriptor = descriptor
    block.sendBufferSize = UInt32(clamping: services.settings.sendBuffer)
    block.receiveBufferSize = UInt32(clamping: services.settings.receiveBuffer)
    memory[write: slot] = block
    try services.note(.socketCreated, .createSocket, .socket, memory[slot])
    return .returned(descriptor)
  }

  mutating func bind(_ slot: Int, _ address: SocketAddress) throws(Stop) -> CallResult {
    guard memory[slot].localPort == 0 else { return .failed(.invalidArgument) }
    guard address.address == .any || address.address == services.configuration.address else {
      return .failed(.addressNotAvailable)
    }
    var chosen = address
    if address.port == 0 {
      guard let port = freePort(memory[slot].transport, to: nil) else {
        return .failed(.addressInUse)
      }
      chosen.port = port
    } else if index.isUsed(.init(transport: memory[slot].transport, port: address.port)),
      !mayShare(slot, port: address.port)
    {
      try services.note(.ruleApplied, .portTaken, .socket, value: UInt64(address.port))
      return .failed(.addressInUse)
    }
    memory[write: slot].localAddress = chosen.address
    memory[write: slot].localPort = chosen.port
    index.insert(slot, memory[slot])
    try services.note(.socketBound, .bindAddress, .socket, memory[slot])
    return .returned(0)
  }

  /// A port of the dynamic range (RFC 6335 §6) that is free for this peer, from a random place on.
  mutating func freePort(_ transport: UInt8, to remote: SocketAddress?) -> UInt16? {
    let first: UInt16 = 49_152
    let count = 65_536 - Int(first)
    let start = Int(services.random.next() % UInt64(count))
    for step in 0..<count {
      let port = first + UInt16((start + step) % count)
      if !index.isUsed(.init(transport: transport, port: port)) { return port }
      guard let remote else { continue }
      let tuple = SocketIndex.FourTuple(
        transport: transport, local: SocketAddress(services.configuration.address, port),
        remote: remote)
      let isShared = index.waiting(on: .init(transport: transport, port: port)).isEmpty
      if isShared, index.connection(tuple) == nil { return port }
    }
    return nil
  }
}
