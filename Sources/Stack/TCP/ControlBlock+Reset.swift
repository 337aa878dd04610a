import Wire

/// Second and fourth check of RFC 9293 §3.10.7.4: the RST bit and the SYN bit.
extension ControlBlock {
  @inline(__always)
  mutating func checkReset(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    guard segment.flags.contains(.rst) else { return .passed }
    // RFC 5961 §3: only the exact number resets; a near miss is asked about.
    guard segment.sequence == receiveNext else {
      guard segment.sequence.isWithin(from: receiveNext, count: receiveWindow) else {
        try host.note(.segmentDropped, .checkSequence, .tcp, self, reason: .outsideWindow)
        return .finished
      }
      try host.note(.segmentDropped, .resetChallenge, .tcp, self, reason: .stateForbids)
      try challenge(.resetChallenge, segment, &queues, &host)
      return .finished
    }
    switch state {
    case .synReceived:
      // A passive open goes back to LISTEN: the waiting socket is still there, this one is given up.
      try close(wasPassive ? nil : .refused, .resetInSynReceived, &queues, &host)
    case .timeWait where host.settings.ignoresResetInTimeWait:
      try host.note(.segmentDropped, .timeWaitIgnoresReset, .tcp, self, reason: .stateForbids)
    case .closing, .lastAck, .timeWait:
      try close(nil, .resetInClosing, &queues, &host)
    default:
      queues.receive.removeAll()
      receiveQueue = 0
      try close(.reset, .resetAborts, &queues, &host)
    }
    return .finished
  }

  @inline(__always)
  mutating func checkSyn(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    guard segment.flags.contains(.syn) else { return .passed }
    if state == .synReceived, wasPassive {
      try close(nil, .synReturnsToListen, &queues, &host)
      return .finished
    }
    try host.note(.segmentDropped, .synChallenge, .tcp, self, reason: .stateForbids)
    try challenge(.synChallenge, segment, &queues, &host)
    return .finished
  }

  /// Answers a segment that was not taken with what is expected instead.
  ///
  /// Two ends that have lost track of each other would answer each other's answers for ever, so what takes
  /// up no numbers is answered a few times only (RFC 5961 §7).
  mutating func challenge(
    _ rule: Rule, _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    let mustAnswer = !segment.text.isEmpty || segment.flags.contains(.fin)
    if !mustAnswer, !queues.challenges.admit(at: host.now) {
      try host.note(.ruleApplied, .challengeLimit, .tcp, self)
      return
    }
    try sendAcknowledgment(rule, &queues, &host)
  }
}

/// How many challenge ACKs a connection has sent lately (RFC 5961 §7: 10 in any 5 seconds).
struct ChallengeLimit: Sendable {
  private var since = Instant.zero
  private var count = 0

  mutating func admit(at now: Instant) -> Bool {
    if count == 0 || now.since(since) >= .seconds(5) {
      since = now
      count = 0
    }
    guard count < 10 else { return false }
    count += 1
    return true
  }
}
