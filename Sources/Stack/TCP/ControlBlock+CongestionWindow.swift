import Wire

/// How much may be under way at once: slow start and congestion avoidance, RFC 5681 §3.1.
///
/// A cwnd of 0 means that no congestion control is on: the peer's window alone limits the sender.
extension ControlBlock {
  /// FlightSize: octets sent and not acknowledged (RFC 5681 §2).
  @inline(__always) public var flight: UInt32 { sendNext.distance(from: sendUnacknowledged) }

  @inline(__always) var hasCongestionControl: Bool { congestionWindow != 0 }

  /// The connection is established: the initial window. A SYN that had to be repeated costs all but one segment.
  mutating func beginCongestionControl(
    synWasRepeated: Bool, _ host: inout Services
  ) throws(Stop) {
    guard host.settings.congestionControl != .none else { return }
    congestionWindow =
      synWasRepeated
      ? UInt32(sendMaximumSegmentSize)
      : initialWindow(segments: host.settings.initialWindowSegments)
    // "ssthresh SHOULD be set arbitrarily high"
    slowStartThreshold = UInt32(Int32.max)
    try host.note(.ruleApplied, .initialWindow, .tcp, self)
  }

  /// RFC 6928 §2: min(10·MSS, max(2·MSS, 14600)); with 0 the table of RFC 5681 §3.1.
  func initialWindow(segments: UInt8) -> UInt32 {
    let size = UInt32(max(sendMaximumSegmentSize, 1))
    if segments == 0 { return size > 2190 ? 2 * size : size > 1095 ? 3 * size : 4 * size }
    let count = UInt32(segments)
    return min(count * size, max(2 * size, count * 1460))
  }

  /// Octets that the network may still take, where congestion control is on.
  @inline(__always)
  func congestionAllowance(_ queues: borrowing SocketQueues, _ limitedTransmit: Bool) -> UInt32 {
    // Whatever somebody wrote there, no more than the widest window counts.
    var window = min(congestionWindow, Self.widestCongestionWindow)
    guard recovery == .none else {
      let pipe = pipe(queues.sacked)
      return window > pipe ? window - pipe : 0
    }
    var pipe = flight
    if limitedTransmit {
      // Each of the first two duplicates tells that a segment has left the network (RFC 3042 §2); SACK says which
      // (RFC 6675 §5 (3)).
      if options.contains(.sack) {
        pipe -= min(queues.sacked.octets, flight)
      } else {
        window &+= UInt32(min(duplicateAcknowledgments, 2)) * UInt32(sendMaximumSegmentSize)
      }
    }
    return window > pipe ? window - pipe : 0
  }

  /// Nothing was sent for longer than RTO: what cwnd says of the path is old (RFC 5681 §4.1).
  mutating func restartWhenIdle(_ host: inout Services) throws(Stop) {
    guard hasCongestionControl, !hasOutstanding, lastSentAt != .zero,
      host.now.since(lastSentAt) > .milliseconds(UInt64(retransmissionTimeout))
    else { return }
    let restart = initialWindow(segments: host.settings.initialWindowSegments)
    guard congestionWindow > restart else { return }
    congestionWindow = restart
    cubicEpoch = .zero
    try host.note(.ruleApplied, .idleRestart, .tcp, self)
  }

  /// New data is acknowledged: cwnd grows, if the sender has made use of it.
  mutating func growCongestionWindow(
    by octets: UInt32, wasInFlight: UInt32, _ host: inout Services
  ) throws(Stop) {
    let size = UInt32(max(sendMaximumSegmentSize, 1))
    // What the application or the peer's window holds back says nothing about the network.
    guard UInt64(wasInFlight) + UInt64(size) > UInt64(congestionWindow / 2) else { return }
    let before = congestionWindow
    var rule = Rule.slowStart
    if congestionWindow < slowStartThreshold {
      congestionWindow &+= min(octets, size)
    } else if host.settings.congestionControl == .cubic {
      rule = .cubicGrowth
      growByCubic(octets, host.now)
    } else {
      rule = .congestionAvoidance
      acknowledgedOctets &+= octets
      if acknowledgedOctets >= congestionWindow {
        acknowledgedOctets -= congestionWindow
        congestionWindow &+= size
      }
    }
    congestionWindow = min(congestionWindow, Self.widestCongestionWindow)
    guard congestionWindow != before else { return }
    try host.note(.ruleApplied, rule, .tcp, self)
  }

  /// No window that a peer can offer is wider (RFC 7323 §2.3).
  static let widestCongestionWindow: UInt32 = 1 << 30

  /// A loss: ssthresh is half of what was under way, at least two segments (RFC 5681 §3.1 (4)); CUBIC takes
  /// seven tenths (RFC 9438 §4.6).
  ///
  /// - Parameter inFlight: FlightSize.
  mutating func lowerThreshold(_ control: CongestionControl, from inFlight: UInt32) {
    let least = 2 * UInt32(max(sendMaximumSegmentSize, 1))
    if control == .cubic {
      rememberCubicMaximum()
      slowStartThreshold = max(UInt32(UInt64(inFlight) * 7 / 10), least)
    } else {
      slowStartThreshold = max(inFlight / 2, least)
    }
    acknowledgedOctets = 0
  }

  /// The timer has told of the loss: one segment, the loss window (RFC 5681 §3.1).
  mutating func collapse(_ queues: inout SocketQueues, _ host: inout Services) throws(Stop) {
    guard state.isSynchronized else { return }
    // What the receiver once had it may have given up (RFC 2018 §8).
    queues.sacked.removeAll()
    duplicateAcknowledgments = 0
    recovery = .afterTimeout
    recoveryPoint = sendNext
    retransmitNext = sendUnacknowledged
    guard hasCongestionControl else { return }
    // A second expiry for the same segment leaves ssthresh as it is.
    if retries <= 1 { lowerThreshold(host.settings.congestionControl, from: flight) }
    congestionWindow = UInt32(max(sendMaximumSegmentSize, 1))
    try host.note(.ruleApplied, .timeoutCollapses, .tcp, self)
  }
}
