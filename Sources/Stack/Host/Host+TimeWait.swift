import Wire

/// Connections in TIME-WAIT whose four addresses and ports are wanted again: RFC 9293 §3.6.1 and RFC 6191.
extension Host {
  /// A SYN that cannot be an old duplicate opens a new connection in place of the one that waits.
  ///
  /// False when it might be one: it is then answered as RFC 9293 §3.10.7.4 has it.
  mutating func reopensTimeWait(_ slot: Int, by segment: TCPSegment) throws(Stop) -> Bool {
    let old = memory[slot]
    guard services.settings.reopensTimeWait, old.descriptor == nil,
      segment.flags.intersection([.syn, .ack, .rst]) == .syn,
      isNew(segment, for: old), let listener = listener(for: segment)
    else { return false }
    guard memory[listener].waiting < memory[listener].backlog else {
      try noteBacklogFull()
      return true
    }
    try services.note(.ruleApplied, .timeWaitReopens, .tcp, old)
    try release(slot, .timeWaitReopens)
    try takeSyn(segment, listener, after: old)
    return true
  }

  /// RFC 6191 §2: a later timestamp tells it; without timestamps a sequence number above the old ones does.
  private func isNew(_ segment: TCPSegment, for old: ControlBlock) -> Bool {
    let isAbove = segment.sequence.isAtOrAfter(old.receiveNext)
    let stamp = services.settings.timestamps ? segment.header.options.timestamps?.value : nil
    guard let stamp else { return isAbove }
    guard old.options.contains(.timestamps) else { return true }
    let difference = Int32(bitPattern: stamp &- old.recentTimestamp)
    return difference > 0 || (difference == 0 && isAbove)
  }

  /// The SYN was an old duplicate after all: the wait begins anew (RFC 9293 §3.6.1, MAY-2, second condition).
  mutating func resumeTimeWait(_ earlier: ControlBlock) throws(Stop) {
    let slot = allocate()
    memory[write: slot] = earlier
    index.insert(slot, earlier)
    try services.note(.socketCreated, .timeWaitResumes, .tcp, earlier)
    try memory[write: slot].restartTimeWait(&services)
  }

  /// Whether an active OPEN may take the place of this connection. Only timestamps keep what is left of the old
  /// one out of the new one, once their clock has moved on (RFC 7323 §5, RFC 6191 §2).
  func mayTakePlace(of slot: Int) -> Bool {
    let old = memory[slot]
    return services.settings.reopensTimeWait && services.settings.timestamps
      && old.state == .timeWait && old.descriptor == nil && old.options.contains(.timestamps)
      && services.now.since(queues[slot].timestampTakenAt) >= .seconds(1)
  }

  /// A dynamic port whose connection to this peer is over but for its wait. O(ports).
  func portInTimeWait(to remote: SocketAddress) -> UInt16? {
    for port in UInt16(49_152)...65_535 {
      let tuple = SocketIndex.FourTuple(
        transport: IPProtocol.tcp.rawValue,
        local: SocketAddress(services.configuration.address, port),
        remote: remote)
      if let slot = index.connection(tuple), mayTakePlace(of: slot) { return port }
    }
    return nil
  }

  /// SO_REUSEADDR: connections that have a peer do not keep a socket from waiting on their port.
  func mayShare(_ slot: Int, port: UInt16) -> Bool {
    memory[slot].switches.contains(.reuseAddress)
      && index.waiting(on: .init(transport: memory[slot].transport, port: port)).isEmpty
  }
}
