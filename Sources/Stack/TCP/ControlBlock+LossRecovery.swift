import Wire

/// A loss that acknowledgments tell of: fast retransmit and fast recovery (RFC 5681 §3.2, RFC 6582), or by SACK
/// (RFC 6675).
extension ControlBlock {
  /// DupThresh (RFC 5681 §3.2).
  private static let duplicateThreshold: UInt8 = 3

  @inline(__always) private var segmentSize: UInt32 { UInt32(max(sendMaximumSegmentSize, 1)) }
  @inline(__always) private var usesSack: Bool { options.contains(.sack) }

  /// The same number again: the peer has got something beyond a gap.
  mutating func takeDuplicate(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    if duplicateAcknowledgments < .max { duplicateAcknowledgments += 1 }
    try host.note(
      .ruleApplied, .ackDuplicate, .tcp, self, value: UInt64(duplicateAcknowledgments))
    guard host.settings.fastRetransmit else { return }
    switch recovery {
    case .fast where !usesSack:
      // Each of them says that a segment has left the network.
      guard hasCongestionControl else { return }
      congestionWindow = min(congestionWindow &+ segmentSize, Self.widestCongestionWindow)
      try host.note(.ruleApplied, .fastRecoveryInflates, .tcp, self)
    case .none where tellsOfLoss(queues.sacked): try enterFastRecovery(&queues, &host)
    case .none where hasCongestionControl && host.settings.limitedTransmit && unsent > 0:
      try host.note(.ruleApplied, .limitedTransmit, .tcp, self)
    default: break
    }
  }

  /// New data is acknowledged, and SACK blocks tell of more beyond a gap: that counts, too (RFC 6675 §2, §5).
  mutating func takeNews(_ queues: inout SocketQueues, _ host: inout Services) throws(Stop) {
    guard recovery == .none, sendWindow > 0 else { return }
    duplicateAcknowledgments = 1
    if host.settings.fastRetransmit, tellsOfLoss(queues.sacked) {
      try enterFastRecovery(&queues, &host)
    }
  }

  /// Without SACK, duplicates of the very number at which a recovery ended may be the echo of its copies
  /// (RFC 6582 §3.2 (2): the acknowledgment must cover more than recover).
  private func tellsOfLoss(_ sacked: Scoreboard) -> Bool {
    if duplicateAcknowledgments >= Self.duplicateThreshold {
      return usesSack || sendUnacknowledged != recoveryPoint
    }
    return usesSack && sacked.lossEdge(segment: segmentSize) != nil
  }

  /// RFC 5681 §3.2 (2)–(3), RFC 6675 §5 (4).
  private mutating func enterFastRecovery(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    recovery = .fast
    recoveryPoint = sendNext
    retransmitNext = sendUnacknowledged
    if hasCongestionControl {
      // What limited transmit has sent beyond cwnd does not count (RFC 5681 §3.2 (2)).
      lowerThreshold(host.settings.congestionControl, from: min(flight, congestionWindow))
      congestionWindow = slowStartThreshold &+ (usesSack ? 0 : 3 * segmentSize)
    }
    try host.note(.ruleApplied, .fastRetransmit, .tcp, self)
    try resendGap(.fastRetransmit, &queues, &host)
    // No rescue before this one has arrived (RFC 6675 §5 (4.3)).
    rescueNext = retransmitNext
  }

  /// New data is acknowledged in the midst of a recovery.
  mutating func advanceRecovery(
    by octets: UInt32, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    duplicateAcknowledgments = 0
    if retransmitNext.isBefore(sendUnacknowledged) { retransmitNext = sendUnacknowledged }
    guard sendUnacknowledged.isBefore(recoveryPoint) else { return try endRecovery(&host) }
    guard recovery == .fast else {
      // Without a congestion window each acknowledgment makes room for the next lost segment.
      if !hasCongestionControl { try resendGap(.resendsLost, &queues, &host) }
      return
    }
    if hasCongestionControl, !usesSack {
      // RFC 6582 §3.2 (3): deflate by what was acknowledged, add back one segment.
      congestionWindow = max(congestionWindow - min(octets, congestionWindow), 1)
      if octets >= segmentSize { congestionWindow &+= segmentSize }
    }
    try host.note(.ruleApplied, .partialAck, .tcp, self)
    retransmitNext = usesSack ? retransmitNext : sendUnacknowledged
    if !usesSack || !hasCongestionControl { try resendGap(.partialAck, &queues, &host) }
  }

  /// Everything that was under way when the loss was noticed has arrived.
  private mutating func endRecovery(_ host: inout Services) throws(Stop) {
    if recovery == .fast, hasCongestionControl {
      congestionWindow =
        usesSack
        ? slowStartThreshold : min(slowStartThreshold, max(flight, segmentSize) &+ segmentSize)
      congestionWindow = max(congestionWindow, segmentSize)
    }
    recovery = .none
    try host.note(.ruleApplied, .recoveryEnds, .tcp, self)
  }

  /// What is thought to be under way (RFC 6675 §4, SetPipe): all but what has arrived and what is lost and not
  /// sent again.
  func pipe(_ sacked: Scoreboard) -> UInt32 {
    let all = flight - min(sacked.octets, flight)
    switch recovery {
    case .afterTimeout:
      return all - min(sacked.missing(from: retransmitNext, to: recoveryPoint), all)
    case .fast where usesSack:
      // What is not lost and was sent again counts twice (b).
      let edge = sacked.lossEdge(segment: segmentSize) ?? sendUnacknowledged
      let twice = sacked.missing(from: edge, to: retransmitNext)
      return all - min(sacked.missing(from: retransmitNext, to: edge), all) &+ twice
    default: return flight
    }
  }

  /// Sends lost segments again as far as cwnd allows: after a timeout, or where SACK says which.
  mutating func resendLost(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    guard hasCongestionControl, hasOutstanding else { return }
    for _ in 0..<64 {
      guard let gap = nextGap(queues.sacked) else { return try rescue(&queues, &host) }
      guard hasRoom(for: gap, queues.sacked) else { return }
      retransmitNext = gap.left
      try resendGap(.resendsLost, &queues, &host)
    }
  }

  /// What is to be sent again next: after a timeout everything, else what is lost (RFC 6675 §4, NextSeg (1)),
  /// and where no new text can go, what lies below something that the peer holds (3).
  private func nextGap(_ sacked: Scoreboard) -> SACKBlock? {
    let start = retransmitNext.isBefore(sendUnacknowledged) ? sendUnacknowledged : retransmitNext
    switch recovery {
    case .afterTimeout: return sacked.gap(from: start, to: recoveryPoint)
    case .fast where usesSack:
      if let edge = sacked.lossEdge(segment: segmentSize),
        let gap = sacked.gap(from: start, to: edge)
      {
        return gap
      }
      guard !hasNewText, let highest = sacked.ranges.last else { return nil }
      return sacked.gap(from: start, to: highest.left)
    default: return nil
    }
  }

  /// Something that was never sent may go: that comes first (RFC 6675 §4, NextSeg (2)).
  private var hasNewText: Bool { (unsent > 0 || waitsWithFin) && usableWindow > 0 }

  private func hasRoom(for gap: SACKBlock, _ sacked: Scoreboard) -> Bool {
    let pipe = pipe(sacked)
    return congestionWindow > pipe && congestionWindow - pipe >= min(gap.length, segmentSize)
  }

  /// Nothing counts as lost and nothing new can go, so no acknowledgment may come any more: once in a recovery the
  /// highest numbers go again (RFC 6675 §4, NextSeg (4)). HighRxt stays where it is.
  private mutating func rescue(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    guard recovery == .fast, usesSack, !hasNewText, sendUnacknowledged.isAfter(rescueNext),
      let gap = queues.sacked.lastGap(
        from: sendUnacknowledged, to: sendNext, atMost: max(textRoom(queues, host), 1)),
      hasRoom(for: gap, queues.sacked)
    else { return }
    try resend(gap, .rescueRetransmit, &queues, &host)
  }

  /// The first segment from `retransmitNext` on that the peer does not hold.
  private mutating func resendGap(
    _ rule: Rule, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    let start = retransmitNext.isBefore(sendUnacknowledged) ? sendUnacknowledged : retransmitNext
    guard let gap = queues.sacked.gap(from: start, to: sendNext) else { return }
    try resend(gap, rule, &queues, &host)
  }

  /// As much from the left edge of a gap on as one segment takes.
  private mutating func resend(
    _ gap: SACKBlock, _ rule: Rule, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    let offset = gap.left.distance(from: sendUnacknowledged)
    let text = min(sentOctets > offset ? sentOctets - offset : 0, gap.length)
    let count = min(text, textRoom(queues, host))
    var flags: TCPFlags = .ack
    if count > 0, offset + count == sendQueue { flags.insert(.psh) }
    let fin = closing.contains(.finSent) && offset + count == sendQueue
    if fin { flags.insert(.fin) }
    guard count > 0 || fin else { return }
    if rule == .rescueRetransmit {
      rescueNext = recoveryPoint
    } else {
      retransmitNext = gap.left + count + (fin ? 1 : 0)
    }
    // A segment sent twice tells nothing about the round trip (Karn, RFC 6298 §3).
    timedAt = .zero
    try sendSegment(
      flags, gap.left, offset: Int(offset), count: Int(count), rule, &queues, &host,
      event: .segmentRetransmitted)
    try startTimerIfIdle(&host)
  }
}
