import Wire

/// Fifth check of RFC 9293 §3.10.7.4: the ACK field.
extension ControlBlock {
  mutating func checkAcknowledgment(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    guard segment.flags.contains(.ack) else {
      try host.note(.segmentDropped, .ackRequired, .tcp, self, reason: .unacceptableAck)
      return .finished
    }
    if state == .synReceived {
      guard try establish(segment, &queues, &host) == .passed else { return .finished }
    }
    guard try checkRange(segment, &queues, &host) == .passed else { return .finished }
    if state == .timeWait { return .passed }
    // The peer answers probes: it may keep its window shut as long as it likes (RFC 9293 §3.8.6.1, MUST-37).
    // Only probes without an answer count towards R2.
    if timer == .persist {
      firstSentAt = host.now
      retries = 0
    }
    try advance(segment, &queues, &host)
    try updateWindow(segment, &host)
    return try checkFinAcknowledged(segment, &queues, &host)
  }

  /// SYN-RECEIVED: the acknowledgment of our SYN makes the connection.
  private mutating func establish(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    let acknowledgment = segment.acknowledgment
    guard acknowledgment.isAfter(sendUnacknowledged), acknowledgment.isAtOrBefore(sendNext) else {
      try host.note(.segmentDropped, .synReceivedBadAck, .tcp, self, reason: .unacceptableAck)
      try host.sendReset(answering: segment)
      return .finished
    }
    state = closing.contains(.sending) ? .finWait1 : .established
    answered = true
    queues.earlier.removeAll()
    // Our SYN's number is confirmed; what lies beyond it is the next check's business.
    sendUnacknowledged = initialSendSequence + 1
    takeWindow(segment)
    host.signal()
    try host.note(.ruleApplied, .synReceivedEstablished, .tcp, self)
    try beginCongestionControl(synWasRepeated: retries > 0, &host)
    try measureRoundTrip(segment, &host)
    try acknowledgmentMovesTimer(synWasOutstanding: true, &host)
    return .passed
  }

  /// RFC 5961 §5 and RFC 9293: SND.UNA − MAX.SND.WND =< SEG.ACK =< SND.NXT.
  @inline(__always)
  private mutating func checkRange(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    if isAcceptable(acknowledgmentOf: segment) { return .passed }
    try host.note(.segmentDropped, .ackOfUnsent, .tcp, self, reason: .unacceptableAck)
    try challenge(.ackOfUnsent, segment, &queues, &host)
    return .finished
  }

  @inline(__always)
  func isAcceptable(acknowledgmentOf segment: TCPSegment) -> Bool {
    segment.flags.contains(.ack) && segment.acknowledgment.isAtOrBefore(sendNext)
      && segment.acknowledgment.isAtOrAfter(sendUnacknowledged - largestSendWindow)
  }

  /// SND.UNA < SEG.ACK =< SND.NXT: what is acknowledged leaves the send buffer.
  mutating func advance(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    let acknowledgment = segment.acknowledgment
    let hasNews = try takeBlocks(segment, &queues, &host)
    guard acknowledgment.isAfter(sendUnacknowledged) else {
      if repeats(segment, hasNews) {
        try takeDuplicate(&queues, &host)
      } else if acknowledgment != sendUnacknowledged {
        try host.note(.ruleApplied, .ackDuplicate, .tcp, self)
      }
      return
    }
    let before = flight
    let numbers = acknowledgment.distance(from: sendUnacknowledged)
    let octets = min(numbers, sentOctets)
    sendUnacknowledged = acknowledgment
    sendQueue -= octets
    queues.send.removeFirst(Int(octets))
    if !queues.sacked.isEmpty { queues.sacked.removeBelow(acknowledgment) }
    // The absence of URG tells that no urgent data is outstanding (RFC 9293 §3.8.5).
    if urgent.contains(.sending), !sendUrgent.isAfter(acknowledgment) { urgent.remove(.sending) }
    host.signal()
    try host.note(.ruleApplied, .ackAdvances, .tcp, self, value: UInt64(octets))
    try measureRoundTrip(segment, &host)
    try acknowledgmentMovesTimer(synWasOutstanding: false, &host)
    // In fast recovery cwnd is the recovery's alone, up to the acknowledgment that ends it: that one only sets
    // it (RFC 6582 §3.2 (3), RFC 6675 §5).
    let mayGrow = recovery != .fast
    if recovery != .none { try advanceRecovery(by: numbers, &queues, &host) }
    duplicateAcknowledgments = 0
    if hasCongestionControl, mayGrow {
      try growCongestionWindow(by: numbers, wasInFlight: before, &host)
    }
    if hasNews { try takeNews(&queues, &host) }
  }

  /// A duplicate acknowledgment, RFC 5681 §2: something is outstanding, the segment has no text, SYN or FIN,
  /// the number is the one known and the window has not changed. Where SACK is agreed on, its blocks say
  /// something new, and nothing else counts (RFC 6675 §2): others are copies, or a peer makes them up (RFC 3042
  /// §2). Behind a shut window it is the answer to a probe, and tells of no loss (RFC 9293 §3.8.6.1).
  @inline(__always)
  private func repeats(_ segment: TCPSegment, _ hasNews: Bool) -> Bool {
    guard hasOutstanding, sendWindow > 0, segment.acknowledgment == sendUnacknowledged else {
      return false
    }
    if options.contains(.sack) { return hasNews }
    let shift = UInt32(min(sendWindowShift, 14))
    return segment.length == 0 && UInt32(segment.header.window) << shift == sendWindow
  }

  /// The newest segment tells the window: SND.WL1 and SND.WL2 keep old ones from it.
  @inline(__always)
  mutating func updateWindow(_ segment: TCPSegment, _ host: inout Services) throws(Stop) {
    guard host.follows(.windowUpdate) else { return }
    guard segment.acknowledgment.isAtOrAfter(sendUnacknowledged) else { return }
    let isNewer =
      windowUpdateSequence.isBefore(segment.sequence)
      || (windowUpdateSequence == segment.sequence
        && windowUpdateAcknowledgment.isAtOrBefore(segment.acknowledgment))
    guard isNewer else { return }
    let before = (sendWindow, windowUpdateSequence, windowUpdateAcknowledgment)
    let edge = windowUpdateAcknowledgment + sendWindow
    takeWindow(segment)
    guard before != (sendWindow, windowUpdateSequence, windowUpdateAcknowledgment) else { return }
    // The right edge has moved to the left: discouraged, and to be survived (MUST-34).
    let hasShrunk = (segment.acknowledgment + sendWindow).isBefore(edge)
    try host.note(.ruleApplied, hasShrunk ? .windowShrunk : .windowUpdate, .tcp, self)
    if timer == .persist, sendWindow > 0 { try windowOpens(&host) }
  }

  /// SND.WND, SND.WL1, SND.WL2 from a segment; a SYN's window is never scaled (RFC 7323 §2.2).
  mutating func takeWindow(_ segment: TCPSegment) {
    let shift = segment.flags.contains(.syn) ? 0 : UInt32(min(sendWindowShift, 14))
    sendWindow = UInt32(segment.header.window) << shift
    largestSendWindow = max(largestSendWindow, sendWindow)
    windowUpdateSequence = segment.sequence
    windowUpdateAcknowledgment = segment.acknowledgment
  }

  /// Our FIN is acknowledged: the closing goes on, or the record is not needed any more.
  @inline(__always)
  private mutating func checkFinAcknowledged(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    guard closing.contains(.finSent), sendUnacknowledged == sendNext else {
      return state == .closing ? try ignoreInClosing(segment, &queues, &host) : .passed
    }
    switch state {
    case .finWait1:
      state = .finWait2
      try host.note(.ruleApplied, .finAcknowledged, .tcp, self)
    case .closing:
      try enterTimeWait(.closingToTimeWait, &host)
    case .lastAck:
      try close(nil, .lastAckDeletes, &queues, &host)
      return .finished
    default: break
    }
    return .passed
  }

  /// CLOSING: "if the ACK acknowledges our FIN, then enter the TIME-WAIT state; otherwise, ignore the
  /// segment". What it acknowledges besides makes room for what is still to be sent.
  private mutating func ignoreInClosing(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    if segment.flags.contains(.fin) { try host.note(.ruleApplied, .finIgnored, .tcp, self) }
    if !segment.text.isEmpty {
      try host.note(.ruleApplied, .textIgnored, .tcp, self, value: UInt64(segment.text.count))
    }
    try sendWhatMayGo(&queues, &host)
    return .finished
  }
}
