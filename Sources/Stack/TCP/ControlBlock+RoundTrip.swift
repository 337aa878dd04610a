import Wire

/// Measuring the round trip and computing RTO from it, RFC 6298 §2–3. All in integers.
extension ControlBlock {
  /// One segment at a time is timed, if none is.
  @inline(__always)
  mutating func startMeasuring(_ sequence: SequenceNumber, _ host: inout Services) {
    guard timedAt == .zero, !options.contains(.timestamps) else { return }
    timedSequence = sequence
    // Zero means that nothing is timed, so a segment sent at zero counts one nanosecond less.
    timedAt = Instant(nanoseconds: max(host.now.nanoseconds, 1))
  }

  /// An acknowledgment has advanced: it may end the measurement, or echo a timestamp (RFC 7323 §4.1).
  mutating func measureRoundTrip(_ segment: TCPSegment, _ host: inout Services) throws(Stop) {
    if options.contains(.timestamps) {
      timedAt = .zero
      guard let echo = segment.header.options.timestamps?.echo, echo != 0 else { return }
      let milliseconds = Int32(bitPattern: host.timestampClock &- echo)
      guard milliseconds >= 0 else { return }
      if retries > 0, Int32(bitPattern: Services.timestampClock(at: lastSentAt) &- echo) > 0 {
        // The echo is older than the last copy: the answer to that one was lost, or is still to come. What lies
        // between is waiting and no round trip, so this is not taken (RFC 7323 §4.1: it MAY be, RFC 6298 §3).
        try host.note(.ruleApplied, .karn, .tcp, self)
        return
      }
      try takeSample(UInt32(clamping: Int64(milliseconds) * 1_000), &host)
      return
    }
    guard timedAt != .zero, segment.acknowledgment.isAfter(timedSequence) else { return }
    let microseconds = host.now.since(timedAt).count / 1_000
    timedAt = .zero
    try takeSample(UInt32(clamping: microseconds), &host)
  }

  /// RFC 6298 (2.2), (2.3): RTTVAR before SRTT, with alpha = 1/8 and beta = 1/4.
  private mutating func takeSample(_ sample: UInt32, _ host: inout Services) throws(Stop) {
    if smoothedRoundTrip == 0 {
      smoothedRoundTrip = max(sample, 1)
      roundTripVariation = sample / 2
    } else {
      let deviation =
        sample > smoothedRoundTrip ? sample - smoothedRoundTrip : smoothedRoundTrip - sample
      roundTripVariation = UInt32((3 * UInt64(roundTripVariation) + UInt64(deviation)) / 4)
      smoothedRoundTrip = max(UInt32((7 * UInt64(smoothedRoundTrip) + UInt64(sample)) / 8), 1)
    }
    try host.note(.ruleApplied, .measureRoundTrip, .tcp, self, value: UInt64(sample))
    computeTimeout(host.settings.minimumTimeout, host.settings.maximumTimeout)
    try host.note(.ruleApplied, .computeTimeout, .tcp, self)
  }

  /// RTO = SRTT + max(G, 4·RTTVAR), not below the minimum and not above the maximum; G is 1 ms here.
  private mutating func computeTimeout(_ least: UInt32, _ most: UInt32) {
    let microseconds = UInt64(smoothedRoundTrip) + max(1_000, 4 * UInt64(roundTripVariation))
    let milliseconds = UInt32(clamping: (microseconds + 999) / 1_000)
    retransmissionTimeout = min(max(milliseconds, least), most)
  }
}
