import Wire

/// First check of RFC 9293 §3.10.7.4: the sequence number.
extension ControlBlock {
  mutating func checkSequence(
    _ segment: inout TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    guard try checkTimestamp(segment, &queues, &host) == .passed else { return .finished }
    if isAcceptable(segment) || completesSimultaneousOpen(segment) {
      // A reset is judged by the number it came with, so nothing is cut off it (RFC 5961 §3).
      if segment.flags.contains(.rst) { return .passed }
      // What the fifth check will throw away must not set TS.Recent: a blind attacker could make it any number.
      if options.contains(.timestamps), isAcceptable(acknowledgmentOf: segment) {
        try noteTimestamp(segment, &queues, &host)
      }
      if segment.sequence.isBefore(receiveNext) { noteDuplicate(segment, &queues) }
      if reachesBeyondWindow(segment) { try trim(&segment, &host) }
      return .passed
    }
    if isAllowedAtZeroWindow(segment) {
      try stripToControls(&segment, &host)
      return .passed
    }
    return try answerUnacceptable(segment, &queues, &host)
  }

  /// Table 6 of RFC 9293 §3.10.7.4.
  ///
  /// Inlined, for a call would copy the record for every segment.
  @inline(__always)
  func isAcceptable(_ segment: TCPSegment) -> Bool {
    let length = segment.length
    if receiveWindow == 0 { return length == 0 && segment.sequence == receiveNext }
    let first = segment.sequence.isWithin(from: receiveNext, count: receiveWindow)
    if length == 0 { return first }
    return first || (segment.end - 1).isWithin(from: receiveNext, count: receiveWindow)
  }

  /// RFC 9293 §3.5, Figure 7, line 6: both sides have sent SYN, and the other one's SYN,ACK brings the
  /// acknowledgment of ours. Its number is old by now; Table 6 alone would not let it in (appendix A.2).
  private func completesSimultaneousOpen(_ segment: TCPSegment) -> Bool {
    state == .synReceived && !wasPassive && segment.flags.isSuperset(of: [.syn, .ack])
      && !segment.flags.contains(.rst) && segment.sequence == initialReceiveSequence
      && segment.acknowledgment.isAfter(sendUnacknowledged)
      && segment.acknowledgment.isAtOrBefore(sendNext)
  }

  /// "If the RCV.WND is zero, … special allowance should be made to accept valid ACKs, URGs, and RSTs."
  private func isAllowedAtZeroWindow(_ segment: TCPSegment) -> Bool {
    receiveWindow == 0 && segment.sequence == receiveNext && !segment.flags.contains(.syn)
      && !segment.flags.isDisjoint(with: [.ack, .rst])
  }

  /// Only the control information is valid: text and FIN do not fit and will come again.
  private mutating func stripToControls(
    _ segment: inout TCPSegment, _ host: inout Services
  ) throws(Stop) {
    let cut = segment.length
    segment.text = segment.text.lowerBound..<segment.text.lowerBound
    segment.header.flags.remove(.fin)
    host.owedAcknowledgment = .answerUnacceptable
    try host.note(.ruleApplied, .trimToWindow, .tcp, self, value: UInt64(cut))
  }

  /// Text that is there already: where SACK is agreed on, the next answer tells so (RFC 2883 §4).
  private func noteDuplicate(_ segment: TCPSegment, _ queues: inout SocketQueues) {
    guard options.contains(.sack), !segment.text.isEmpty else { return }
    let end = segment.textSequence + segment.text.count
    let right = end.isBefore(receiveNext) ? end : receiveNext
    guard segment.textSequence.isBefore(right) else { return }
    queues.receive.duplicate = SACKBlock(left: segment.textSequence, right: right)
  }

  private mutating func answerUnacceptable(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    let old = segment.end.isAtOrBefore(receiveNext)
    try host.note(
      .segmentDropped, .checkSequence, .tcp, self, reason: old ? .oldDuplicate : .outsideWindow)
    if segment.flags.contains(.rst) { return .finished }
    if old { noteDuplicate(segment, &queues) }
    // A FIN that comes again restarts the wait (RFC 9293 §3.10.7.4, eighth check, TIME-WAIT).
    if state == .timeWait, segment.flags.contains(.fin) { try restartTimeWait(&host) }
    // A peer that repeats its SYN has not had our SYN+ACK: with a bare ACK it could do nothing in SYN-SENT.
    if state == .synReceived, segment.flags.contains(.syn), !segment.flags.contains(.ack),
      segment.sequence == initialReceiveSequence
    {
      try sendSynAcknowledgment(.answerUnacceptable, &queues, &host)
    } else {
      try challenge(.answerUnacceptable, segment, &queues, &host)
    }
    // A peer that asks by a number gone by is there: an acknowledgment has been received (RFC 9293 §3.8.4).
    if isAcceptable(acknowledgmentOf: segment) { try hearPeer(&host) }
    return .finished
  }

  /// Whether something of the segment may lie before RCV.NXT or behind the window.
  @inline(__always)
  private func reachesBeyondWindow(_ segment: TCPSegment) -> Bool {
    segment.sequence.isBefore(receiveNext)
      || segment.length > (receiveNext + receiveWindow).distance(from: segment.sequence)
  }

  /// Cuts off what lies outside the window, SYN and FIN included: the rest begins at RCV.NXT or behind.
  mutating func trim(_ segment: inout TCPSegment, _ host: inout Services) throws(Stop) {
    let before = segment.length
    if segment.sequence.isBefore(receiveNext) {
      var old = Int(receiveNext.distance(from: segment.sequence))
      if segment.flags.contains(.syn) {
        segment.header.flags.remove(.syn)
        old -= 1
      }
      segment.text =
        min(segment.text.lowerBound + old, segment.text.upperBound)..<segment.text.upperBound
      segment.cut += receiveNext.distance(from: segment.sequence)
      segment.header.sequence = receiveNext
    }
    let room = Int((receiveNext + receiveWindow).distance(from: segment.textSequence))
    // A FIN behind text that fills the window has no room itself.
    if segment.text.count >= room { segment.header.flags.remove(.fin) }
    if segment.text.count > room {
      segment.text = segment.text.lowerBound..<(segment.text.lowerBound + room)
    }
    if segment.length != before {
      try host.note(
        .ruleApplied, .trimToWindow, .tcp, self, value: UInt64(before - segment.length))
    }
  }
}
