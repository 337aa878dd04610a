import Wire

/// When a small segment waits: the Nagle algorithm (RFC 9293 §3.7.4) and the sender's silly window avoidance
/// (§3.8.6.2.1).
extension ControlBlock {
  /// Numbers are in flight that nobody has acknowledged.
  @inline(__always) var hasOutstanding: Bool { sendUnacknowledged != sendNext }

  /// The rule that holds back a segment of `count` octets, less than a full one, when `rest` are queued; nil
  /// when it may go.
  ///
  /// §3.8.6.2.1: all that is queued goes at once (2), or at least half of the largest window (3); what stands
  /// in brackets there, that nothing may be outstanding, is Nagle's part.
  @inline(__always)
  func heldBack(_ count: UInt32, of rest: UInt32, _ nagle: Nagle) -> Rule? {
    if switches.contains(.noPush) { return .moreToCome }
    if waitsForAcknowledgment(nagle) { return .nagleWaits }
    if count == rest { return nil }
    return count >= largestSendWindow / 2 ? nil : .sillyWindowWaits
  }

  /// By the octets and not by SND.NXT > SND.UNA: a number that a learner wrote keeps nothing waiting.
  @inline(__always)
  private func waitsForAcknowledgment(_ nagle: Nagle) -> Bool {
    guard nagle != .off, sentOctets > 0, !switches.contains(.noDelay) else { return false }
    return nagle == .standard
      || (lastSmall.isAfter(sendUnacknowledged) && lastSmall.isAtOrBefore(sendNext))
  }

  /// (4) The override timeout keeps a small window from holding data back for ever. While something is
  /// outstanding its acknowledgment will come, or the retransmission timer will.
  mutating func waitForOverride(_ host: inout Services) throws(Stop) {
    guard !hasOutstanding, timer == .none || timer == .keepAlive else { return }
    startPersistTimer(after: host.settings.overrideTimeout, &host)
    try host.note(.timerStarted, .sillyWindowWaits, .tcp, self)
  }
}
