import Wire

/// Keep-alive, RFC 9293 §3.8.4: off unless the application asks for it (MUST-25).
extension ControlBlock {
  /// Something has come from the peer: the silence begins anew. Only an idle connection asks (MUST-26).
  @inline(__always)
  mutating func hearPeer(_ host: inout Services) throws(Stop) {
    guard switches.contains(.keepAlive) else { return }
    guard timer == .none || timer == .keepAlive, state.isSynchronized, state != .timeWait else {
      return
    }
    probes = 0
    timer = .keepAlive
    timerDue = host.now + host.settings.keepAliveIdle
    host.deadlines.ensure(host.slot, by: timerDue)
    try host.note(.timerStarted, .keepAliveAsks, .tcp, self)
  }

  /// <SEQ=SND.NXT-1><ACK=RCV.NXT><CTL=ACK> without data (SHLD-12): old, so that it must be answered. One
  /// missing answer means nothing (MUST-29).
  mutating func keepAliveTimerFires(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    try host.note(.timerFired, .keepAliveAsks, .tcp, self)
    guard switches.contains(.keepAlive), state.isSynchronized else {
      timer = .none
      return
    }
    guard probes < host.settings.keepAliveProbes else {
      try close(.timedOut, .keepAliveGivesUp, &queues, &host)
      return
    }
    probes += 1
    timerDue = host.now + host.settings.keepAliveInterval
    host.deadlines.ensure(host.slot, by: timerDue)
    try sendSegment(
      .ack, sendNext - 1, offset: 0, count: 0, .keepAliveAsks, &queues, &host)
  }
}
