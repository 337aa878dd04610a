import Wire

/// SEGMENT ARRIVES for a socket that has a peer, RFC 9293 §3.10.7.3 and §3.10.7.4.
extension ControlBlock {
  /// A segment for this socket: most of them are the one that was expected.
  @inline(__always)
  mutating func take(
    _ segment: inout TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    if try takePredicted(segment, &queues, &host) { return }
    try segmentArrives(&segment, &queues, &host)
  }

  /// The RFC's checks in the RFC's order; each is a function of its own and says what it did.
  ///
  /// The third check (security and compartment) has nothing to look at: no host here uses them.
  mutating func segmentArrives(
    _ segment: inout TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    host.owedAcknowledgment = nil
    if state == .synSent {
      guard try arrivesInSynSent(&segment, &queues, &host) == .passed else { return }
    } else {
      guard try checkSequence(&segment, &queues, &host) == .passed else { return }
      guard try checkReset(segment, &queues, &host) == .passed else { return }
      guard try checkSyn(segment, &queues, &host) == .passed else { return }
      guard try checkAcknowledgment(segment, &queues, &host) == .passed else { return }
    }
    try checkUrgent(segment, &host)
    try takeText(segment, &queues, &host)
    try checkFin(segment, &queues, &host)
    try answer(&queues, &host)
    try hearPeer(&host)
    // The last acknowledgment has gone; a host that keeps no TIME-WAIT forgets the connection with it.
    if state == .timeWait, !host.settings.keepsTimeWait {
      try close(nil, .timeWaitSkipped, &queues, &host)
    }
  }

  /// What the segment has made possible goes out; an acknowledgment that is owed rides along or goes alone.
  @inline(__always)
  private mutating func answer(_ queues: inout SocketQueues, _ host: inout Services) throws(Stop) {
    guard state != .closed else { return }
    try sendWhatMayGo(&queues, &host)
    guard let rule = host.owedAcknowledgment else { return }
    if rule == .acknowledgeText, try delaysAcknowledgment(&host) { return }
    if rule == .finReceived, try delaysFinAcknowledgment(&host) { return }
    try sendAcknowledgment(rule, &queues, &host)
  }

  /// Ends the connection: no timer, no peer any more, an error for the calls that wait or come next.
  mutating func close(
    _ error: SocketError?, _ rule: Rule, _ queues: inout SocketQueues, _ host: inout Services,
    event: Event = .ruleApplied
  ) throws(Stop) {
    host.closedBy = rule
    if !urgent.isEmpty { outliveConnection() }
    state = .closed
    timer = .none
    timedAt = .zero
    acknowledgeDue = .zero
    // Nothing is timed any more: a record whose connection is over has no timeout.
    retransmissionTimeout = 0
    retries = 0
    probes = 0
    recovery = .none
    congestionWindow = 0
    if let error { pendingError = error == .timedOut ? softError ?? error : error }
    sendQueue = 0
    unsent = 0
    queues.send.removeAll()
    host.signal()
    try host.note(event, rule, .tcp, self)
  }
}
