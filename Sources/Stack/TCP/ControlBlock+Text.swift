import Wire

/// Sixth and seventh check of RFC 9293 §3.10.7.4: the URG bit and the text.
extension ControlBlock {
  /// Urgent data stays in the stream; the application is only told that it is there (RFC 9293 §3.8.5).
  mutating func checkUrgent(_ segment: TCPSegment, _ host: inout Services) throws(Stop) {
    guard segment.flags.contains(.urg), state.takesText else { return }
    try host.note(
      .ruleApplied, .urgentNoted, .tcp, self, value: UInt64(segment.header.urgentPointer))
  }

  mutating func takeText(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    guard !segment.text.isEmpty else { return }
    guard state.takesText else {
      try host.note(.ruleApplied, .textIgnored, .tcp, self, value: UInt64(segment.text.count))
      return
    }
    if closing.isSuperset(of: [.sending, .receiving]) {
      // Nobody will read it: the peer must learn that its data was lost.
      try host.note(.segmentDropped, .closeUnread, .tcp, self, reason: .stateForbids)
      try sendResetNow(&queues, &host)
      try close(nil, .closeUnread, &queues, &host)
      return
    }
    host.owedAcknowledgment = .acknowledgeText
    let piece = ReceiveBuffer.Piece(
      frame: segment.frame, range: segment.text, sequence: segment.textSequence)
    guard segment.textSequence == receiveNext else {
      guard host.follows(.textHeld) else { return }
      queues.receive.hold(piece)
      try host.note(.dataArrived, .textHeld, .tcp, self, value: UInt64(segment.text.count))
      return
    }
    try accept(piece, .textAccepted, &queues, &host)
    while let held = queues.receive.takeHeld(at: receiveNext) {
      try accept(held, .textJoined, &queues, &host)
    }
  }

  /// RCV.NXT moves over the octets; the right edge of the window stays where it was.
  private mutating func accept(
    _ piece: ReceiveBuffer.Piece, _ rule: Rule, _ queues: inout SocketQueues,
    _ host: inout Services
  ) throws(Stop) {
    let count = UInt32(piece.range.count)
    queues.receive.append(piece)
    receiveNext += count
    receiveWindow -= min(count, receiveWindow)
    receiveQueue &+= count
    host.signal()
    try host.note(.dataArrived, rule, .tcp, self, value: UInt64(count))
  }
}
