import Wire

/// What timestamps are good for beside measuring: old segments are told from new ones, RFC 7323 §5.
extension ControlBlock {
  /// TS.Recent means nothing after 24 days without a newer one (RFC 7323 §5.5).
  private static let timestampLifetime = Nanoseconds.seconds(24 * 86_400)

  /// RFC 7323 §5.3, R1: a timestamp older than TS.Recent marks an old duplicate. §3.2: a segment without
  /// the option is dropped silently once both sides have agreed on it. Resets are not held to either.
  @inline(__always)
  mutating func checkTimestamp(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    guard options.contains(.timestamps), !segment.flags.contains(.rst) else { return .passed }
    guard let value = segment.header.options.timestamps?.value else {
      try host.note(.segmentDropped, .timestampMissing, .tcp, self, reason: .stateForbids)
      return .finished
    }
    guard Int32(bitPattern: value &- recentTimestamp) < 0,
      host.now.since(queues.timestampTakenAt) < Self.timestampLifetime
    else { return .passed }
    try host.note(.segmentDropped, .oldTimestamp, .tcp, self, reason: .oldDuplicate)
    try challenge(.oldTimestamp, segment, &queues, &host)
    return .finished
  }

  /// RFC 7323 §4.3: the timestamp to echo is the newest of a segment that begins at the left edge or before.
  mutating func noteTimestamp(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    guard let value = segment.header.options.timestamps?.value,
      segment.sequence.isAtOrBefore(lastAcknowledgmentSent)
    else { return }
    queues.timestampTakenAt = host.now
    guard value != recentTimestamp else { return }
    recentTimestamp = value
    try host.note(.ruleApplied, .timestampRecent, .tcp, self)
  }
}
