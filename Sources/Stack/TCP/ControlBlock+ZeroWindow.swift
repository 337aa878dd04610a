import Wire

/// Zero-window probing, RFC 9293 §3.8.6.1: the update that opens a window may be lost.
extension ControlBlock {
  /// All text is sent and the FIN is not: it needs room in the window, too.
  @inline(__always) var waitsWithFin: Bool {
    closing.contains(.sending) && !closing.contains(.finSent)
  }

  /// Nothing may be sent and nothing is outstanding: only this timer keeps the connection from standing
  /// still for ever.
  mutating func waitForWindow(_ host: inout Services) throws(Stop) {
    guard usableWindow == 0, !hasOutstanding, timer == .none || timer == .keepAlive else { return }
    if probes == 0 { firstSentAt = host.now }
    startPersistTimer(after: probeInterval(host.settings), &host)
    try host.note(.timerStarted, .probeWindow, .tcp, self)
  }

  mutating func startPersistTimer(after span: Nanoseconds, _ host: inout Services) {
    timer = .persist
    timerDue = host.now + span
    host.deadlines.ensure(host.slot, by: timerDue)
  }

  /// The first after RTO (SHLD-29), then at growing intervals (SHLD-30).
  private func probeInterval(_ settings: TCPSettings) -> Nanoseconds {
    let milliseconds = UInt64(max(retransmissionTimeout, 1)) << UInt64(min(probes, 16))
    return .milliseconds(min(milliseconds, UInt64(max(settings.maximumTimeout, 1))))
  }

  /// The window is still shut, or too small for what the silly window rules let pass.
  mutating func persistTimerFires(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    if usableWindow > 0, !hasOutstanding {
      timer = .none
      try host.note(.timerFired, .overrideSends, .tcp, self)
      try sendWhatMayGo(&queues, &host, isOverride: true)
      return
    }
    try host.note(.timerFired, .probeWindow, .tcp, self)
    // As long as probes are answered the connection stays open (MUST-37): every answer sets this time anew.
    if try endsByWaiting(&queues, &host) { return }
    probes = probes == .max ? .max : probes + 1
    retries = retries == .max ? .max : retries + 1
    startPersistTimer(after: probeInterval(host.settings), &host)
    try sendProbe(&queues, &host)
  }

  /// "At least one octet of new data (if available), or retransmit".
  private mutating func sendProbe(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    if hasOutstanding {
      let count = min(sentOctets, 1)
      var flags: TCPFlags = .ack
      if count == 0, closing.contains(.finSent) { flags.insert(.fin) }
      lastSentAt = host.now
      try sendSegment(
        flags, sendUnacknowledged, offset: 0, count: Int(count), .probeWindow, &queues, &host,
        event: .segmentRetransmitted)
      return
    }
    let rest = sendQueue - sentOctets
    try sendText(
      from: sentOctets, count: Int(min(rest, 1)), push: rest == 1, fin: rest == 0 && waitsWithFin,
      &queues, &host)
  }

  /// The window that was shut is open. What the probes carried was not taken, so it counts as not sent: it
  /// leads the text that may go now.
  mutating func windowOpens(_ host: inout Services) throws(Stop) {
    probes = 0
    timer = .none
    guard hasOutstanding else { return }
    guard sentOctets <= 1 else {
      // The window was full when it shut: the segments in flight are waited for as usual.
      firstSentAt = host.now
      setTimer(&host)
      return
    }
    sendNext = sendUnacknowledged
    unsent = sendQueue
    closing.remove(.finSent)
    try host.note(.ruleApplied, .probeWindow, .tcp, self)
  }
}
