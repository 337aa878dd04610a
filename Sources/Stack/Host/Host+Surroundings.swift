import Wire

/// What may befall a host besides calls and frames: another setting, a program that stops, a restart.
extension Host {
  /// Gives a parameter another value, for the sockets that exist as well.
  public mutating func set(
    _ parameter: HostParameter, to value: Int, at now: Instant, _ journal: inout Journal
  ) throws(Stop) {
    begin(now, &journal)
    defer { end(&journal) }
    services.configuration.set(parameter, to: value)
    try services.note(
      .hostChanged, .learnerSet, .socket,
      value: UInt64(parameter.rawValue) << 32 | UInt64(UInt32(clamping: value)))
    switch parameter {
    case .receiveBuffer, .sendBuffer, .mtu:
      for slot in memory.used { try settle(parameter, slot) }
    default: break
    }
    try settle()
  }

  /// What a parameter means for a socket that exists.
  private mutating func settle(_ parameter: HostParameter, _ slot: Int) throws(Stop) {
    services.slot = slot
    switch parameter {
    case .receiveBuffer:
      memory[write: slot].receiveBufferSize = UInt32(clamping: services.settings.receiveBuffer)
    case .sendBuffer:
      memory[write: slot].sendBufferSize = UInt32(clamping: services.settings.sendBuffer)
      services.signal()
    default:
      // Eff.snd.MSS is never more than MMS_S allows (RFC 9293 §3.7.1); it does not grow by itself.
      let block = memory[slot]
      let room =
        configuration.maximumTransmissionUnit - IPv4Header.minimumLength
        - TCPHeader.minimumLength
        - (block.options.contains(.timestamps) ? ControlBlock.timestampsLength : 0)
      guard block.sendMaximumSegmentSize > room else { return }
      memory[write: slot].sendMaximumSegmentSize = UInt16(clamping: max(room, 1))
    }
    try services.note(.ruleApplied, .learnerSet, .socket, memory[slot])
    if parameter == .receiveBuffer {
      try memory[write: slot].bufferResized(&queues[slot], &services)
    }
  }

  /// The process gets no time any more: it makes no calls, and none that it sleeps in comes to an end.
  public mutating func pause(_ process: ProcessID, at now: Instant, _ journal: inout Journal)
    throws(Stop)
  {
    guard !paused.contains(process) else { return }
    begin(now, &journal)
    defer { end(&journal) }
    paused.append(process)
    try services.note(.hostChanged, .processPaused, .application, value: UInt64(process.value))
  }

  /// The process goes on: calls that could have ended by now do.
  public mutating func resume(_ process: ProcessID, at now: Instant, _ journal: inout Journal)
    throws(Stop)
  {
    guard paused.contains(process) else { return }
    begin(now, &journal)
    defer { end(&journal) }
    paused.removeAll { $0 == process }
    try services.note(.hostChanged, .processResumed, .application, value: UInt64(process.value))
    for bed in sleepers.beds(of: process) {
      services.slot = sleepers[bed]?.slot ?? services.slot
      services.signal()
    }
    try settle()
  }

  /// The host is switched off and on again: processes, connections and neighbours are forgotten, and no
  /// segment tells anybody (RFC 9293 §3.5.1: the peer's end stays half-open until it sends something).
  public mutating func reboot(at now: Instant, _ journal: inout Journal) throws(Stop) {
    begin(now, &journal)
    defer { end(&journal) }
    services.unit = UnitSummary()
    try services.note(.hostChanged, .hostRebooted, .application)
    sleepers = Sleepers()
    paused = []
    for slot in memory.used { try release(slot, .hostRebooted) }
    forget()
    services.restart()
  }
}

extension Services {
  /// What a fresh start leaves: the settings, and a random source that goes on, so that the new secret
  /// of the initial sequence numbers is another.
  mutating func restart() {
    outgoing.removeAll()
    neighbours = NeighbourTable([:])
    paths = PathTable()
    deadlines = Deadlines()
    signalled.removeAll()
    urgentSlots.removeAll()
    owedAcknowledgment = nil
    initialSequence = InitialSequence(secret: (random.next(), random.next()))
    identification = UInt16(truncatingIfNeeded: random.next())
  }
}
