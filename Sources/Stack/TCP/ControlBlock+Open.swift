import Wire

/// OPEN and CLOSE as the record sees them, RFC 9293 §3.10.1 and §3.10.4.
extension ControlBlock {
  /// An active OPEN: <SEQ=ISS><CTL=SYN>, SND.UNA = ISS, SND.NXT = ISS+1, SYN-SENT.
  ///
  /// - Parameter initial: ISS.
  mutating func activeOpen(
    _ initial: SequenceNumber, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    wasPassive = false
    try prepare(&host)
    initialSendSequence = initial
    sendUnacknowledged = initialSendSequence
    sendNext = initialSendSequence + 1
    state = .synSent
    try sendSegment(.syn, initialSendSequence, offset: 0, count: 0, .activeOpen, &queues, &host)
    startMeasuring(initialSendSequence, &host)
    try startTimerIfIdle(&host)
  }

  /// A SYN for a waiting socket has made this record, RFC 9293 §3.10.7.2, third check.
  ///
  /// - Parameter used: see `chooseInitialSequence`.
  mutating func passiveOpen(
    _ segment: TCPSegment, above used: SequenceNumber?, _ queues: inout SocketQueues,
    _ host: inout Services
  ) throws(Stop) {
    wasPassive = true
    try host.note(.socketCreated, .listenTakesSyn, .tcp, self)
    try prepare(&host)
    receiveNext = segment.sequence + 1
    initialReceiveSequence = segment.sequence
    lastAcknowledgmentSent = receiveNext
    initialSendSequence = host.chooseInitialSequence(local: local, remote: remote, above: used)
    sendUnacknowledged = initialSendSequence
    sendNext = initialSendSequence + 1
    state = .synReceived
    takeWindow(segment)
    try host.note(.ruleApplied, .listenTakesSyn, .tcp, self)
    try agreeOnOptions(segment.header.options, &queues, &host)
    try holdWhatCameWithSyn(segment, &queues, &host)
    try sendSynAcknowledgment(.listenTakesSyn, &queues, &host)
    startMeasuring(initialSendSequence, &host)
    try startTimerIfIdle(&host)
  }

  /// The acknowledgment of a cookie brings back what its SYN and our SYN+ACK said, as far as the cookie holds
  /// it (RFC 4987 §3.6): it then arrives in SYN-RECEIVED like any other.
  mutating func reopen(
    fromCookie segment: TCPSegment, maximumSegmentSize: UInt16, _ queues: inout SocketQueues,
    _ host: inout Services
  ) throws(Stop) {
    wasPassive = true
    try host.note(.socketCreated, .synCookieTaken, .tcp, self)
    try prepare(&host)
    receiveNext = segment.sequence
    initialReceiveSequence = segment.sequence - 1
    lastAcknowledgmentSent = receiveNext
    initialSendSequence = segment.acknowledgment - 1
    sendUnacknowledged = initialSendSequence
    sendNext = segment.acknowledgment
    state = .synReceived
    takeWindow(segment)
    try host.note(.ruleApplied, .synCookieTaken, .tcp, self)
    try agreeOnOptions(TCPOptions(maximumSegmentSize: maximumSegmentSize), &queues, &host)
  }

  /// What all ways of opening begin with: the windows, the MSS, the first timeout.
  private mutating func prepare(_ host: inout Services) throws(Stop) {
    retransmissionTimeout = host.settings.initialTimeout
    receiveMaximumSegmentSize = UInt16(
      clamping: host.configuration.maximumTransmissionUnit - IPv4Header.minimumLength
        - TCPHeader.minimumLength)
    setEffectiveMaximumSegmentSize(536, host)
    receiveWindow = receiveBufferSize
    receiveWindowShift =
      host.settings.windowScale ? ControlBlock.shift(forBuffer: receiveBufferSize) : 0
    // Without scaling no more than 16 bits can ever be offered.
    if !host.settings.windowScale { receiveWindow = min(receiveWindow, Self.widestPlainWindow) }
    try host.note(.ruleApplied, .announceMSS, .tcp, self)
  }

  /// Whose descriptor the socket has.
  @inline(__always)
  mutating func belong(to process: ProcessID?, _ descriptor: Descriptor?) {
    owner = process?.value ?? 0
    self.descriptor = descriptor
  }

  /// CLOSE: nothing is read any more, and nothing more is sent than what is queued.
  mutating func closeBoth(
    _ rule: Rule, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    closing.insert(.receiving)
    try closeSending(rule, &queues, &host)
  }

  /// CLOSE for the sending half: a FIN follows what is queued, RFC 9293 §3.10.4.
  mutating func closeSending(
    _ rule: Rule, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    closing.insert(.sending)
    switch state {
    case .established: state = .finWait1
    case .closeWait: state = .lastAck
    default: break
    }
    try host.note(.ruleApplied, rule, .tcp, self)
    try sendWhatMayGo(&queues, &host)
  }
}
