import Wire

/// Seventh check of RFC 9293 §3.10.7.4: the text.
extension ControlBlock {
  mutating func takeText(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    guard !segment.text.isEmpty else {
      try joinHeld(&queues, &host)
      return
    }
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
    guard segment.textSequence == receiveNext else {
      // What lies above a gap, and what fills one, is answered at once: it helps the sender to recover.
      host.owedAcknowledgment = .acknowledgeAtOnce
      guard host.follows(.textHeld) else { return }
      queues.receive.hold(host.piece(segment.text, segment.textSequence))
      try host.note(.dataArrived, .textHeld, .tcp, self, value: UInt64(segment.text.count))
      return
    }
    // What fills a gap, or a part of one, and what brings something twice is answered at once.
    let isPlain = queues.receive.held.isEmpty && queues.receive.duplicate == nil
    host.owedAcknowledgment = isPlain ? .acknowledgeText : .acknowledgeAtOnce
    if !isPlain { queues.receive.noteOverlap(host.piece(segment.text, segment.textSequence)) }
    queues.receive.append(host.arriving, segment.text)
    try accept(segment.text.count, .textAccepted, &host)
    try joinHeld(&queues, &host)
  }

  /// What has been kept behind a gap, or came with a SYN, is in order now.
  @inline(__always)
  private mutating func joinHeld(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    guard !queues.receive.held.isEmpty, state.takesText else { return }
    while let held = queues.receive.takeHeld(at: receiveNext) {
      host.owedAcknowledgment = .acknowledgeAtOnce
      queues.receive.append(held.frame, held.range)
      try accept(held.range.count, .textJoined, &host)
    }
  }

  /// "Any other control or text should be queued for processing later": it belongs to the connection only
  /// once that is established (RFC 9293 §3.5, §3.10.7.2).
  mutating func holdWhatCameWithSyn(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    holdUrgent(segment)
    guard host.follows(.textHeld) else { return }
    let count = min(segment.text.count, Int(receiveWindow))
    if segment.flags.contains(.fin), count == segment.text.count, count < Int(receiveWindow) {
      queues.receive.heldFin = receiveNext + count
    }
    guard count > 0 else { return }
    let range = segment.text.lowerBound..<(segment.text.lowerBound + count)
    queues.receive.hold(host.piece(range, receiveNext))
    try host.note(.dataArrived, .textHeld, .tcp, self, value: UInt64(count))
  }

  /// RCV.NXT moves over the octets; the right edge of the window stays where it was.
  mutating func accept(
    _ octets: Int, _ rule: Rule, _ host: inout Services
  ) throws(Stop) {
    let count = UInt32(octets)
    receiveNext += count
    receiveWindow -= min(count, receiveWindow)
    receiveQueue &+= count
    host.signal()
    try host.note(.dataArrived, rule, .tcp, self, value: UInt64(count))
  }
}

extension Services {
  /// A part of the frame at work, to be kept beyond this segment.
  @inline(__always)
  func piece(_ range: Range<Int>, _ sequence: SequenceNumber) -> ReceiveBuffer.Piece {
    ReceiveBuffer.Piece(frame: arriving, range: range, sequence: sequence)
  }
}
