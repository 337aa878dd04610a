import Wire

/// The urgent mechanism, RFC 9293 §3.8.5: a point of the stream up to which the data is urgent.
///
/// Urgent data stays in the stream, in its place (RFC 6093); what is new is that the application is told
/// of it before it has read that far.
extension ControlBlock {
  // MARK: Sending

  /// SEND with the URGENT flag, RFC 9293 §3.10.2: what was just queued is the end of the urgent data, and
  /// segments say so until it is acknowledged.
  ///
  /// A shut window, the Nagle algorithm or the network's limit may hold the text back. The pointer goes all
  /// the same, alone if it must: it shall stir a receiver that does not read.
  mutating func sendUrgently(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    // SND.NXT after all that is queued: the pointer points behind the urgent data (§3.8.5, MUST-62).
    sendUrgent = sendNext + unsent
    urgent.insert(.sending)
    try host.note(.ruleApplied, .urgentMarked, .tcp, self, value: UInt64(unsent))
    let before = sendNext
    try sendWhatMayGo(&queues, &host)
    guard sendNext == before, state.isSynchronized else { return }
    try sendAcknowledgment(.urgentTold, &queues, &host)
  }

  // MARK: Receiving

  /// Sixth check of RFC 9293 §3.10.7.4: the URG bit.
  @inline(__always)
  mutating func checkUrgent(_ segment: TCPSegment, _ host: inout Services) throws(Stop) {
    if segment.flags.contains(.urg) || urgent.contains(.early) {
      try takeUrgent(segment, &host)
    }
  }

  /// RCV.UP <- max(RCV.UP, SEG.UP).
  ///
  /// The application is told when it was not in urgent mode, and when the pointer advances (§3.8.5, MUST-32);
  /// the sixth check alone would keep the second from it. That many segments tell of one pointer it is told once.
  private mutating func takeUrgent(
    _ segment: TCPSegment, _ host: inout Services
  ) throws(Stop) {
    guard state.takesText, host.follows(.urgentNoted) else {
      try host.note(.ruleApplied, .urgentIgnored, .tcp, self)
      return
    }
    var end = segment.flags.contains(.urg) ? segment.urgentEnd : receiveUrgent
    if urgent.contains(.early) {
      if receiveUrgent.isAfter(end) { end = receiveUrgent }
      urgent.remove(.early)
    }
    let isUrgentMode = urgent.contains(.receiving)
    guard end.isAfter(isUrgentMode ? receiveUrgent : nextToRead) else {
      try host.note(.ruleApplied, .urgentKnown, .tcp, self)
      return
    }
    receiveUrgent = end
    urgent.remove(.atMark)
    urgent.insert(.receiving)
    let rule: Rule = isUrgentMode ? .urgentAdvances : .urgentNoted
    try host.note(.ruleApplied, rule, .tcp, self, value: UInt64(urgentLeft ?? 0))
    if descriptor != nil { try tellOfUrgentData(rule, &host) }
  }

  /// The owner of the socket learns that there is urgent data; one that accepts a connection, of what it has.
  mutating func tellOfUrgentData(_ rule: Rule, _ host: inout Services) throws(Stop) {
    host.tellOfUrgentData()
    try host.note(
      .urgentSignalled, rule, .application, self, value: UInt64(urgentLeft ?? 0))
  }

  /// A SYN's URG waits for the connection, as its text does (RFC 9293 §3.10.7.2).
  mutating func holdUrgent(_ segment: TCPSegment) {
    guard segment.flags.contains(.urg) else { return }
    receiveUrgent = segment.urgentEnd
    urgent.insert(.early)
  }

  // MARK: Reading

  /// The number of the octet that the application reads next; a FIN's number is none of its own.
  private var nextToRead: SequenceNumber {
    switch state {
    case .closeWait, .closing, .lastAck, .timeWait: receiveNext - receiveQueue - 1
    default: receiveNext - receiveQueue
    }
  }

  /// “Data following the urgent pointer cannot be delivered to the user in the same buffer with preceding
  /// urgent data unless the boundary is clearly marked” (RFC 9293 §3.9.1.3): a read ends there.
  @inline(__always)
  func limitAtMark(_ limit: Int) -> Int {
    urgent.contains(.receiving) ? min(limit, urgentLeft ?? limit) : limit
  }

  /// Octets up to RCV.UP that the application has not read (RFC 9293 §3.8.5, MUST-33); nil in normal mode.
  var urgentLeft: Int? {
    let left = receiveUrgent.signedDistance(from: nextToRead)
    return urgent.contains(.receiving) && left > 0 ? Int(left) : nil
  }

  /// The application has read in urgent mode: more urgent data remains, or it may go on as usual.
  mutating func readUrgent(_ host: inout Services) throws(Stop) {
    if let left = urgentLeft {
      try host.note(.ruleApplied, .urgentRemains, .tcp, self, value: UInt64(left))
      return
    }
    endUrgentMode()
    try host.note(.ruleApplied, .urgentEnds, .tcp, self)
  }

  /// The data ends, by a FIN or with the connection: a pointer beyond points to what will never come.
  mutating func endUrgentWithData() {
    if receiveUrgent.isAfter(receiveNext) { receiveUrgent = receiveNext }
    if urgentLeft == nil { endUrgentMode() }
  }

  private mutating func endUrgentMode() {
    urgent.remove(.receiving)
    if receiveUrgent == nextToRead { urgent.insert(.atMark) }
  }

  /// What has arrived may still be read when the connection is over. Its record does not tell then whether a
  /// FIN was counted, so the mark moves along.
  mutating func outliveConnection() {
    urgent.remove(.sending)
    if urgent.contains(.receiving) { endUrgentWithData() }
    receiveUrgent += receiveNext.distance(from: nextToRead + receiveQueue)
  }
}

extension TCPHeader {
  /// URG and the pointer, where this segment lies before the end of the urgent data. What 16 bits cannot say
  /// points as far as they reach: later segments point on (RFC 9293 §3.8.5, MUST-31).
  mutating func point(to end: SequenceNumber) {
    let distance = end.signedDistance(from: sequence)
    guard distance > 0, flags.isDisjoint(with: [.syn, .rst]) else { return }
    flags.insert(.urg)
    urgentPointer = UInt16(clamping: distance)
  }
}
