import Wire

/// Timers of sockets and of open ARP questions.
extension Host {
  mutating func fireTimers() throws(Stop) {
    while let first = services.deadlines.first, first.due <= services.now {
      let entry = services.deadlines.removeFirst()
      try fire(entry.slot)
    }
    try services.neighbourTimers()
  }

  /// The slot has come up; its memory says whether something is due.
  private mutating func fire(_ slot: Int) throws(Stop) {
    guard memory.slots.contains(slot), !memory[slot].isFree else { return }
    let block = memory[slot]
    services.slot = slot
    services.unit = UnitSummary()
    if block.acknowledgeDue != .zero {
      if block.acknowledgeDue <= services.now {
        try memory[write: slot].acknowledgmentTimerFires(&queues[slot], &services)
      } else {
        services.deadlines.ensure(slot, by: block.acknowledgeDue)
      }
    }
    guard block.timer != .none else { return }
    guard block.timerDue <= services.now else {
      services.deadlines.ensure(slot, by: block.timerDue)
      return
    }
    switch block.timer {
    case .retransmission:
      try memory[write: slot].retransmissionTimerFires(&queues[slot], &services)
    case .persist: try memory[write: slot].persistTimerFires(&queues[slot], &services)
    case .keepAlive: try memory[write: slot].keepAliveTimerFires(&queues[slot], &services)
    case .timeWait:
      try memory[write: slot].close(
        nil, .timeWaitEnds, &queues[slot], &services, event: .timerFired)
    case .none, .unknown: break
    }
    try followUp(slot, from: block.state)
  }
}
