import Wire

/// The retransmission timer, RFC 6298 §5, and giving up, RFC 9293 §3.8.3.
extension ControlBlock {
  /// RTO after a handshake whose SYN had to be repeated, milliseconds (RFC 6298 §5.7).
  private static let timeoutAfterLostSyn: UInt32 = 3_000

  /// (5.1) Every time a segment with numbers is sent and the timer is not running, start it.
  mutating func startTimerIfIdle(_ host: inout Services) throws(Stop) {
    guard timer == .none || timer == .keepAlive else { return }
    firstSentAt = host.now
    setTimer(&host)
    try host.note(.timerStarted, .timerStarts, .tcp, self)
  }

  mutating func setTimer(_ host: inout Services) {
    timer = .retransmission
    timerDue = host.now + .milliseconds(UInt64(retransmissionTimeout))
    // The user timeout may come before the next attempt (RFC 9293 §3.10.8).
    if userTimeout != 0 {
      timerDue = min(timerDue, max(firstSentAt + .milliseconds(UInt64(userTimeout)), host.now))
    }
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
      guard timer == .retransmission || timer == .persist else { return }
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
    // What lies beyond a shut window is not waited for: it is asked after (RFC 9293 §3.8.6, MUST-35).
    if sendWindow == 0, state.isSynchronized { return try persistTimerFires(&queues, &host) }
    try host.note(.timerFired, .retransmit, .tcp, self)
    if try endsByWaiting(&queues, &host) { return }
    if timedAt != .zero {
      timedAt = .zero
      try host.note(.ruleApplied, .karn, .tcp, self)
    }
    retries = retries == .max ? .max : retries + 1
    if retries == host.settings.adviseRetries { try host.adviseAgainst(path: remoteAddress) }
    try collapse(&queues, &host)
    try sendEarliestAgain(.retransmit, &queues, &host)
    // Whatever the memory says, the next attempt lies in the future.
    retransmissionTimeout = max(
      min(UInt32(clamping: 2 * UInt64(retransmissionTimeout)), host.settings.maximumTimeout), 1)
    setTimer(&host)
    try host.note(.timerStarted, .backOff, .tcp, self)
  }

  /// The application's user timeout ends the connection (RFC 9293 §3.10.8), or R2 does (§3.8.3).
  mutating func endsByWaiting(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Bool {
    let waited = host.now.since(firstSentAt)
    if userTimeout != 0 {
      guard waited >= .milliseconds(UInt64(userTimeout)) else { return false }
      try close(.timedOut, .userTimeoutEnds, &queues, &host)
      return true
    }
    let repeats = host.settings.synAcknowledgmentRepeats
    if state == .synReceived, wasPassive, repeats > 0 {
      guard retries >= repeats else { return false }
      try close(.timedOut, .synReceivedGivesUp, &queues, &host)
      return true
    }
    let isConnecting = state == .synSent || state == .synReceived
    let isOver =
      isConnecting
      ? waited >= host.settings.giveUpConnectingAfter
      : waited >= host.settings.giveUpAfter
        && retries >= host.settings.giveUpRetries
    guard isOver else { return false }
    try close(.timedOut, .giveUp, &queues, &host)
    return true
  }

  mutating func sendEarliestAgain(
    _ rule: Rule, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    switch state {
    case .synSent:
      try sendSegment(
        .syn, initialSendSequence, offset: 0, count: 0, rule, &queues, &host,
        event: .segmentRetransmitted)
    case .synReceived:
      try sendSynAcknowledgment(rule, &queues, &host, event: .segmentRetransmitted)
    default:
      let sent = sentOctets
      // What lies beyond a window that has shrunk waits until it opens (RFC 9293 §3.8.6, SHLD-16).
      let count = min(sent, textRoom(queues, host), max(sendWindow, 1))
      var flags: TCPFlags = .ack
      if count > 0, count == sendQueue { flags.insert(.psh) }
      if count == sendQueue, closing.contains(.finSent) { flags.insert(.fin) }
      lastSentAt = host.now
      retransmitNext = sendUnacknowledged + count + (flags.contains(.fin) ? 1 : 0)
      try sendSegment(
        flags, sendUnacknowledged, offset: 0, count: Int(count), rule, &queues, &host,
        event: .segmentRetransmitted)
    }
  }
}
