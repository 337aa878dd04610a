import Wire

/// The retransmission timer, RFC 6298 §5, and giving up, RFC 9293 §3.8.3.
extension ControlBlock {
  /// RTO after a handshake whose SYN had to be repeated, milliseconds (RFC 6298 §5.7).
  private static let timeoutAfterLostSyn: UInt32 = 3_000

  /// (5.1) Every time a segment with numbers is sent and the timer is not running, start it.
  mutating func startTimerIfIdle(_ host: inout Services) throws(Stop) {
    guard timer == .none else { return }
    firstSentAt = host.now
    setTimer(&host)
    try host.note(.timerStarted, .timerStarts, .tcp, self)
  }

  private mutating func setTimer(_ host: inout Services) {
    timer = .retransmission
    timerDue = host.now + .milliseconds(UInt64(retransmissionTimeout))
    host.deadlines.ensure(host.slot, by: timerDue)
  }

  /// (5.2) When all is acknowledged, stop; (5.3) when new data is, restart.
  mutating func acknowledgmentMovesTimer(
    synWasOutstanding: Bool, _ host: inout Services
  ) throws(Stop) {
    if synWasOutstanding, retries > 0, smoothedRoundTrip == 0,
      host.settings.initialTimeout < Self.timeoutAfterLostSyn
    {
      // (5.7) The SYN's timer expired and no sample has come: data begins with 3 seconds.
      retransmissionTimeout = min(Self.timeoutAfterLostSyn, host.settings.maximumTimeout)
      try host.note(.ruleApplied, .synTimeoutReset, .tcp, self)
    }
    retries = 0
    // The path works: what ICMP said of it before is history.
    softError = nil
    if sendUnacknowledged == sendNext {
      guard timer == .retransmission else { return }
      timer = .none
      try host.note(.timerStopped, .timerStops, .tcp, self)
    } else {
      firstSentAt = host.now
      setTimer(&host)
      try host.note(.timerStarted, .timerRestarts, .tcp, self)
    }
  }

  /// The timer has fired: (5.4) the earliest segment again, (5.5) RTO doubled, (5.6) the timer anew.
  mutating func retransmissionTimerFires(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    try host.note(.timerFired, .retransmit, .tcp, self)
    let connecting = state == .synSent || state == .synReceived
    if hasWaitedTooLong(connecting: connecting, host) {
      try close(.timedOut, .giveUp, &queues, &host)
      return
    }
    if timedAt != .zero {
      timedAt = .zero
      try host.note(.ruleApplied, .karn, .tcp, self)
    }
    retries = retries == .max ? .max : retries + 1
    if retries == host.settings.adviseRetries { try host.adviseAgainst(path: remoteAddress) }
    try sendEarliestAgain(&queues, &host)
    // Whatever the memory says, the next attempt lies in the future.
    retransmissionTimeout = max(
      min(UInt32(clamping: 2 * UInt64(retransmissionTimeout)), host.settings.maximumTimeout), 1)
    setTimer(&host)
    try host.note(.timerStarted, .backOff, .tcp, self)
  }

  private func hasWaitedTooLong(connecting: Bool, _ host: Services) -> Bool {
    let waited = host.now.since(firstSentAt)
    if connecting { return waited >= host.settings.giveUpConnectingAfter }
    return waited >= host.settings.giveUpAfter && retries >= host.settings.giveUpRetries
  }

  private mutating func sendEarliestAgain(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    switch state {
    case .synSent:
      try sendSegment(
        .syn, initialSendSequence, offset: 0, count: 0, .retransmit, &queues, &host,
        event: .segmentRetransmitted)
    case .synReceived:
      try sendSynAcknowledgment(.retransmit, &queues, &host, event: .segmentRetransmitted)
    default:
      let sent = sentOctets
      let count = min(sent, textRoom(queues, host))
      var flags: TCPFlags = .ack
      if count > 0, count == sendQueue { flags.insert(.psh) }
      if count == sendQueue, closing.contains(.finSent) { flags.insert(.fin) }
      try sendSegment(
        flags, sendUnacknowledged, offset: 0, count: Int(count), .retransmit, &queues, &host,
        event: .segmentRetransmitted)
    }
  }
}
