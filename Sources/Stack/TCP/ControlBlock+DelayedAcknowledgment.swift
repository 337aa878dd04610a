import Wire

/// Delayed acknowledgments, RFC 9293 §3.8.6.3.
extension ControlBlock {
  /// An acknowledgment of text in good order waits for company: data of this side, a window, the next text.
  ///
  /// The second text in waiting is answered at once, whatever its size: "at least every second full-sized
  /// segment or 2*RMSS bytes" (SHLD-19). A text that is held up longer than the delay is answered by the
  /// timer.
  mutating func delaysAcknowledgment(_ host: inout Services) throws(Stop) -> Bool {
    let delay = host.settings.acknowledgmentDelay
    guard delay.count > 0, acknowledgeDue == .zero else { return false }
    acknowledgeDue = host.now + delay
    host.deadlines.ensure(host.slot, by: acknowledgeDue)
    host.owedAcknowledgment = nil
    try host.note(.timerStarted, .delayAcknowledgment, .tcp, self, value: delay.count)
    return true
  }

  /// Somebody sleeps in `receive()` and learns of the FIN in this very moment: his own FIN may follow at once and
  /// carry the acknowledgment. One that is already waiting goes on waiting.
  mutating func delaysFinAcknowledgment(_ host: inout Services) throws(Stop) -> Bool {
    guard host.isAwaited, state == .closeWait else { return false }
    guard acknowledgeDue != .zero else { return try delaysAcknowledgment(&host) }
    host.owedAcknowledgment = nil
    return true
  }

  /// Nothing has come along: the acknowledgment goes alone.
  mutating func acknowledgmentTimerFires(
    _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    acknowledgeDue = .zero
    try host.note(.timerFired, .delayAcknowledgment, .tcp, self)
    guard state.isSynchronized else { return }
    try sendAcknowledgment(.acknowledgeText, &queues, &host)
  }
}
