import Wire

/// A packet was too large for a link on its way and could not be cut up there: path MTU discovery, RFC 1191 and
/// RFC 9293 §3.7.2.
extension ControlBlock {
  /// RFC 1191 §7.1: where a router does not tell its link's MTU, it is likely to be one of these.
  static let plateaus = [32_000, 17_914, 8_166, 4_352, 2_002, 1_492, 1_006, 508, 296, 68]

  /// The MTU that a message means; nil when it cannot be true.
  ///
  /// - Parameters:
  ///   - told: what the message says; 0 from routers older than RFC 1191.
  ///   - packet: the length of the packet that met the error: it must have been longer.
  static func pathLimit(told: UInt16, packet: UInt16) -> Int? {
    if told == 0 { return plateaus.first { $0 < packet } }
    return told >= 68 && told < packet ? Int(told) : nil
  }

  /// Segments are no longer than the path carries from now on; false where they are short enough.
  mutating func followPath(_ limit: Int) -> Bool {
    let room = segmentRoom(limit)
    guard room < sendMaximumSegmentSize else { return false }
    if pathLimit == 0 { linkSegmentSize = sendMaximumSegmentSize }
    pathLimit = UInt16(clamping: limit)
    sendMaximumSegmentSize = room
    return true
  }

  /// Text that a segment takes in a packet of this size.
  private func segmentRoom(_ packet: Int) -> UInt16 {
    let headers =
      IPv4Header.minimumLength + TCPHeader.minimumLength
      + (options.contains(.timestamps) ? Self.timestampsLength : 0)
    return UInt16(clamping: max(packet - headers, 1))
  }

  /// Something is to be sent, and what was found of the path is old: it may carry more by now. What is in flight
  /// is not sent again for that (RFC 1191 §6.3).
  mutating func leavePathWhenOld(_ host: inout Services) throws(Stop) {
    guard host.paths.limit(to: remoteAddress, at: host.now) == nil else { return }
    let link = segmentRoom(host.configuration.maximumTransmissionUnit)
    sendMaximumSegmentSize = max(min(linkSegmentSize, link), sendMaximumSegmentSize)
    pathLimit = 0
    linkSegmentSize = 0
    try host.note(.ruleApplied, .pathMTURises, .tcp, self, value: UInt64(sendMaximumSegmentSize))
  }

  /// Segments are no longer than the path carries from now on, and what was lost is sent again at once. The
  /// network is not congested: RFC 1191 §6.4 leaves the congestion window as it is and asks for a slow start.
  ///
  /// What was told to another connection first is known here already, and yet this one's segment is lost. Of the
  /// messages about one flight the first counts: the others find the recovery at work.
  ///
  /// - Returns: false when the message tells nothing new.
  mutating func lowerPathMTU(
    to limit: Int, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Bool {
    guard followPath(limit) || recovery == .none else { return false }
    try host.note(.ruleApplied, .pathMTULowers, .tcp, self, value: UInt64(limit))
    guard state.isSynchronized, sentOctets > 0 else { return true }
    // Numbers that go out again tell nothing about the round trip (RFC 6298 §3).
    timedAt = .zero
    duplicateAcknowledgments = 0
    recovery = .afterTimeout
    recoveryPoint = sendNext
    if hasCongestionControl {
      slowStartThreshold = max(slowStartThreshold, congestionWindow)
      congestionWindow = UInt32(sendMaximumSegmentSize)
    }
    try sendEarliestAgain(.pathMTULowers, &queues, &host)
    setTimer(&host)
    try host.note(.timerStarted, .timerRestarts, .tcp, self)
    return true
  }
}
