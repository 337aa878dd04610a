import Wire

/// Header prediction, as V. Jacobson has it (RFC 1323 §4.2.4, RFC 7323 §5.6): nearly every segment is the next
/// text or acknowledges text, on a connection on which nothing else is going on.
///
/// For these two most of the checks of RFC 9293 §3.10.7.4 have nothing to find. Where nobody looks they are
/// passed over; what is left does what it always does, so that the outcome is the same. A test compares both.
extension ControlBlock {
  /// Takes a segment whose every check is sure to pass; false when the checks have to decide, and nothing
  /// has been done.
  @inline(__always)
  mutating func takePredicted(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Bool {
    let count = UInt32(truncatingIfNeeded: segment.text.count)
    guard !host.looked, isCalm, segment.flags.subtracting(.psh) == .ack,
      segment.sequence == receiveNext, count <= receiveWindow,
      segment.acknowledgment.isAtOrBefore(sendNext),
      segment.header.options.sackBlocks.count == 0, queues.receive.isCalm,
      host.configuration.rulesNotFollowed.isEmpty
    else { return false }
    let advances = segment.acknowledgment.isAfter(sendUnacknowledged)
    guard advances || (count > 0 && segment.acknowledgment == sendUnacknowledged) else {
      return false
    }
    if options.contains(.timestamps) {
      guard let value = segment.header.options.timestamps?.value,
        Int32(bitPattern: value &- recentTimestamp) >= 0
      else { return false }
      try noteTimestamp(segment, &queues, &host)
    }
    host.owedAcknowledgment = nil
    if advances { try advance(segment, &queues, &host) }
    try updateWindow(segment, &host)
    if count > 0 {
      host.owedAcknowledgment = .acknowledgeText
      queues.receive.append(host.arriving, segment.text)
      try accept(Int(count), .textAccepted, &host)
    }
    if sendQueue > 0 || unsent > 0 { try sendWhatMayGo(&queues, &host) }
    guard let rule = host.owedAcknowledgment else { return true }
    if try !delaysAcknowledgment(&host) { try sendAcknowledgment(rule, &queues, &host) }
    return true
  }

  /// Established, nothing lost, nothing closed, nothing urgent, no window waited for, no silence counted.
  @inline(__always)
  private var isCalm: Bool {
    state == .established && recovery == .none && urgent.isEmpty && closing.isEmpty
      && timer != .persist && !switches.contains(.keepAlive)
  }
}
