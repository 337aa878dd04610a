import Wire

/// SEGMENT ARRIVES in SYN-SENT, RFC 9293 §3.10.7.3.
extension ControlBlock {
  /// `.passed` when other controls or text in the segment are to be processed from the sixth check on.
  mutating func arrivesInSynSent(
    _ segment: inout TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    let hasAck = segment.flags.contains(.ack)
    if hasAck, !acknowledgesSyn(segment) {
      try host.note(.segmentDropped, .synSentCheckAck, .tcp, self, reason: .unacceptableAck)
      if !segment.flags.contains(.rst) { try host.sendReset(answering: segment) }
      return .finished
    }
    if segment.flags.contains(.rst) {
      if hasAck {
        answered = true
        try close(.refused, .synSentResetRefuses, &queues, &host)
      } else {
        try host.note(.segmentDropped, .synSentIgnoresReset, .tcp, self, reason: .stateForbids)
      }
      return .finished
    }
    guard segment.flags.contains(.syn) else {
      try host.note(.segmentDropped, .synSentIgnoresRest, .tcp, self, reason: .stateForbids)
      return .finished
    }
    return try takeSyn(&segment, &queues, &host)
  }

  /// First check: ISS < SEG.ACK =< SND.NXT.
  private func acknowledgesSyn(_ segment: TCPSegment) -> Bool {
    segment.acknowledgment.isAfter(initialSendSequence)
      && segment.acknowledgment.isAtOrBefore(sendNext)
  }

  /// Fourth check: the peer's SYN.
  private mutating func takeSyn(
    _ segment: inout TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    answered = true
    receiveNext = segment.sequence + 1
    initialReceiveSequence = segment.sequence
    // From here on this side announces its window counted from RCV.NXT.
    lastAcknowledgmentSent = receiveNext
    takeWindow(segment)
    try host.note(.ruleApplied, .synSentTakesSyn, .tcp, self)
    try agreeOnOptions(segment.header.options, &queues, &host)
    guard segment.flags.contains(.ack) else {
      state = .synReceived
      try host.note(.ruleApplied, .simultaneousOpen, .tcp, self)
      try holdWhatCameWithSyn(segment, &queues, &host)
      try sendSynAcknowledgment(.simultaneousOpen, &queues, &host)
      return .finished
    }
    sendUnacknowledged = segment.acknowledgment
    state = closing.contains(.sending) ? .finWait1 : .established
    host.signal()
    try host.note(.ruleApplied, .synSentEstablished, .tcp, self)
    try beginCongestionControl(synWasRepeated: retries > 0, &host)
    try measureRoundTrip(segment, &host)
    try acknowledgmentMovesTimer(synWasOutstanding: true, &host)
    host.owedAcknowledgment = .synSentEstablished
    // What follows the SYN in this segment is looked at like any other text.
    segment.header.flags.remove(.syn)
    segment.header.sequence = receiveNext
    segment.cut = 1
    try trim(&segment, &host)
    return .passed
  }
}
