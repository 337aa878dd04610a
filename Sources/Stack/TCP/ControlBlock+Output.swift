import Wire

/// Segments on their way out.
extension ControlBlock {
  /// Octets of the send buffer that have been sent: its first ones.
  var sentOctets: UInt32 { sendQueue - min(unsent, sendQueue) }

  /// SND.UNA + SND.WND − SND.NXT: the usable window (RFC 9293 §3.8.6.2.1); 0 when it is used up.
  public var usableWindow: UInt32 {
    let usable = (sendUnacknowledged + sendWindow).signedDistance(from: sendNext)
    return usable > 0 ? UInt32(usable) : 0
  }

  /// Segments that one event may send; the next acknowledgment carries on. No buffer of sensible size
  /// gets there, but a record that somebody wrote over may claim to have gigabytes to send.
  private static let burstLimit = 1024

  /// Sends what is queued as far as the peer's window reaches, and the FIN behind the last octet.
  ///
  /// - Parameter isOverride: the time for which a small segment may be held back is over.
  mutating func sendWhatMayGo(
    _ queues: inout SocketQueues, _ host: inout Services, isOverride: Bool = false
  ) throws(Stop) {
    switch state {
    case .established, .closeWait, .finWait1, .lastAck, .closing: break
    default: return
    }
    // Nearly every call finds nothing at all to send.
    if unsent == 0, recovery == .none, !waitsWithFin { return }
    if pathLimit != 0, unsent > 0 { try leavePathWhenOld(&host) }
    if recovery != .none { try resendLost(&queues, &host) }
    if hasCongestionControl, unsent > 0 { try restartWhenIdle(&host) }
    // Asked only where it matters, for the question copies the record and the services.
    let sharesRoom = options.contains(.sack) && queues.receive.hasReport
    let largest = sharesRoom ? textRoom(queues, host) : UInt32(sendMaximumSegmentSize)
    for _ in 0..<Self.burstLimit {
      let sent = sentOctets
      let claimed = min(
        sendQueue, UInt32(clamping: queues.send.count + SendBuffer.inventedLimit))
      let rest = claimed > sent ? claimed - sent : 0
      let allowed =
        hasCongestionControl ? congestionAllowance(queues, host.settings.limitedTransmit) : .max
      let count = min(rest, largest, usableWindow, allowed)
      let isLast = count == rest && claimed == sendQueue
      let fin =
        isLast && closing.contains(.sending) && !closing.contains(.finSent)
        && usableWindow > count && allowed > count
      if count < min(rest, largest), allowed < usableWindow {
        try host.note(.ruleApplied, .congestionWindowFull, .tcp, self, value: UInt64(rest))
        return
      }
      guard count > 0 || fin else {
        if rest > 0 {
          try host.note(.ruleApplied, .sendWindowFull, .tcp, self, value: UInt64(rest))
        }
        if rest > 0 || waitsWithFin { try waitForWindow(&host) }
        return
      }
      if count < largest, !fin, !isOverride,
        let rule = heldBack(count, of: rest, host.settings.nagle)
      {
        try host.note(.ruleApplied, rule, .tcp, self, value: UInt64(count))
        try waitForOverride(&host)
        return
      }
      if count > 0, count < largest { lastSmall = sendNext + count }
      try sendText(from: sent, count: Int(count), push: isLast, fin: fin, &queues, &host)
    }
  }

  /// Octets of text that a segment takes now: options that come and go lessen it (RFC 9293 §3.7.1).
  @inline(__always)
  func textRoom(_ queues: borrowing SocketQueues, _ host: borrowing Services) -> UInt32 {
    guard options.contains(.sack), queues.receive.hasReport else {
      return UInt32(sendMaximumSegmentSize)
    }
    return textRoomBesideBlocks(copy queues, copy host)
  }

  @inline(never)
  private func textRoomBesideBlocks(_ queues: SocketQueues, _ host: Services) -> UInt32 {
    let largest = UInt32(sendMaximumSegmentSize)
    let all = optionsToSend(.ack, queues, host).encodedLength
    let passing = UInt32(all - (options.contains(.timestamps) ? Self.timestampsLength : 0))
    return largest > passing ? largest - passing : min(largest, 1)
  }

  mutating func sendText(
    from offset: UInt32, count: Int, push: Bool, fin: Bool, _ queues: inout SocketQueues,
    _ host: inout Services
  ) throws(Stop) {
    var flags: TCPFlags = .ack
    if push, count > 0 { flags.insert(.psh) }
    if fin {
      flags.insert(.fin)
      closing.insert(.finSent)
    }
    let sequence = sendNext
    sendNext += UInt32(count) + (fin ? 1 : 0)
    unsent = sendQueue - offset - UInt32(count)
    lastSentAt = host.now
    try sendSegment(
      flags, sequence, offset: Int(offset), count: count,
      fin && count == 0 ? .sendFin : .sendSegment,
      &queues, &host)
    startMeasuring(sequence, &host)
    try startTimerIfIdle(&host)
  }

  /// SND.NXT; or the right edge of the window where that lies before it, behind a probe of a shut window or when
  /// the window has shrunk. A peer would not accept a number beyond its window, nor what the segment
  /// acknowledges (RFC 9293 §3.10.7.4, first check).
  @inline(__always)
  private var acceptableNext: SequenceNumber {
    let edge = sendUnacknowledged + sendWindow
    return state.isSynchronized && edge.isBefore(sendNext) ? edge : sendNext
  }

  /// <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
  mutating func sendAcknowledgment(
    _ rule: Rule, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    try sendSegment(.ack, acceptableNext, offset: 0, count: 0, rule, &queues, &host)
  }

  /// <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>
  mutating func sendSynAcknowledgment(
    _ rule: Rule, _ queues: inout SocketQueues, _ host: inout Services,
    event: Event = .segmentBuilt
  ) throws(Stop) {
    try sendSegment(
      [.syn, .ack], initialSendSequence, offset: 0, count: 0, rule, &queues, &host, event: event)
  }

  /// <SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>
  mutating func sendResetNow(_ queues: inout SocketQueues, _ host: inout Services) throws(Stop) {
    try sendSegment(
      [.rst, .ack], acceptableNext, offset: 0, count: 0, .resetAnswer, &queues, &host)
  }

  /// Builds one segment from the record and hands it down.
  mutating func sendSegment(
    _ flags: TCPFlags, _ sequence: SequenceNumber, offset: Int, count: Int, _ rule: Rule,
    _ queues: inout SocketQueues, _ host: inout Services, event: Event = .segmentBuilt
  ) throws(Stop) {
    moveRightEdge()
    // Most segments carry no option; the question itself would copy the record and the services.
    let hasOptions = flags.contains(.syn) || !options.isEmpty
    var header = TCPHeader(
      sourcePort: localPort, destinationPort: remotePort, sequence: sequence,
      acknowledgment: flags.contains(.ack) ? receiveNext : SequenceNumber(0), flags: flags,
      window: windowField(flags),
      options: hasOptions ? optionsToSend(flags, queues, host) : TCPOptions())
    if urgent.contains(.sending) { header.point(to: sendUrgent) }
    if flags.contains(.ack) {
      lastAcknowledgmentSent = receiveNext
      acknowledgeDue = .zero
      queues.receive.duplicate = nil
      host.owedAcknowledgment = nil
    }
    let isSent = host.sendAtOnce(
      header, queues.send, offset: offset, count: count, from: localAddress, to: remoteAddress)
    if isSent { return }
    var packet = OutgoingPacket(transportLength: header.headerLength + count)
    if count > 0 {
      queues.send.copy(
        from: offset, count: count, into: &packet.octets,
        at: OutgoingPacket.transportOffset + header.headerLength)
    }
    packet.write(header, from: localAddress, to: remoteAddress)
    host.describe(header, payload: count)
    host.show(packet.octets, packet.transportRange, .down, .tcp)
    try host.note(event, rule, .tcp, self, value: UInt64(header.headerLength + count))
    try host.sendPacket(packet, from: localAddress, to: remoteAddress, .tcp)
  }

  private func windowField(_ flags: TCPFlags) -> UInt16 {
    let shift = flags.contains(.syn) ? 0 : UInt32(min(receiveWindowShift, 14))
    return UInt16(min(receiveWindow >> shift, 65_535))
  }
}
