import Wire

/// Eighth check of RFC 9293 §3.10.7.4: the FIN bit.
extension ControlBlock {
  @inline(__always)
  mutating func checkFin(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    if segment.flags.contains(.fin) {
      let number = segment.textSequence + segment.text.count
      switch state {
      case .closed, .listen, .synSent:
        try host.note(.ruleApplied, .finIgnored, .tcp, self)
        return
      default: break
      }
      if number == receiveNext {
        try takeFin(&host)
        return
      }
      // It lies behind a gap; it is looked at again when the gap is filled.
      if number.isAfter(receiveNext), host.follows(.textHeld) { queues.receive.heldFin = number }
      host.owedAcknowledgment = .acknowledgeAtOnce
    }
    if queues.receive.heldFin == receiveNext, state.takesText {
      queues.receive.heldFin = nil
      try takeFin(&host)
    }
  }

  private mutating func takeFin(_ host: inout Services) throws(Stop) {
    // The peer waits for this one: only who is just learning of it may have something to ride along.
    host.owedAcknowledgment = .finReceived
    switch state {
    case .synReceived, .established:
      passFin()
      state = .closeWait
      host.signal()
      try host.note(.ruleApplied, .finToCloseWait, .tcp, self)
    case .finWait1:
      // Our own FIN is not acknowledged yet, or the fifth check would have gone to FIN-WAIT-2.
      passFin()
      state = .closing
      host.signal()
      try host.note(.ruleApplied, .finWhileFinWait1, .tcp, self)
    case .finWait2:
      passFin()
      host.signal()
      try enterTimeWait(.finToTimeWait, &host)
    case .timeWait:
      try restartTimeWait(&host)
    default:
      try host.note(.ruleApplied, .finReceived, .tcp, self)
    }
  }

  /// A FIN uses up one number.
  private mutating func passFin() {
    if urgent.contains(.receiving) { endUrgentWithData() }
    receiveNext += 1
    receiveWindow -= min(1, receiveWindow)
  }

  /// Other timers are turned off; the wait lasts 2 MSL (RFC 9293 §3.6.1).
  mutating func enterTimeWait(_ rule: Rule, _ host: inout Services) throws(Stop) {
    state = .timeWait
    timedAt = .zero
    try host.note(.ruleApplied, rule, .tcp, self)
    guard host.settings.keepsTimeWait else {
      timer = .none
      return
    }
    startTimeWaitTimer(&host)
    try host.note(.timerStarted, .timeWaitStarts, .tcp, self)
  }

  mutating func restartTimeWait(_ host: inout Services) throws(Stop) {
    startTimeWaitTimer(&host)
    try host.note(.timerStarted, .timeWaitRestarts, .tcp, self)
  }

  private mutating func startTimeWaitTimer(_ host: inout Services) {
    let lifetime = host.settings.maximumSegmentLifetime
    timer = .timeWait
    timerDue = host.now + lifetime + lifetime
    host.deadlines.ensure(host.slot, by: timerDue)
  }
}
