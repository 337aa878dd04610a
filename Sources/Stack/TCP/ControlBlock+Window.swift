import Wire

/// The receive window: what this side offers.
extension ControlBlock {
  /// Room for octets that have not been offered yet.
  @inline(__always)
  private var unofferedRoom: UInt32 {
    let shift = options.contains(.windowScale) ? UInt32(min(receiveWindowShift, 14)) : 0
    let free = min(
      receiveBufferSize > receiveQueue ? receiveBufferSize - receiveQueue : 0,
      Self.widestPlainWindow << shift)
    return free > receiveWindow ? free - receiveWindow : 0
  }

  /// The receiver's silly window avoidance, RFC 9293 §3.8.6.2.2: the right edge moves only by
  /// min(Fr·RCV.BUFF, Eff.snd.MSS) or more, with Fr = 1/2.
  @inline(__always)
  mutating func moveRightEdge() {
    let room = unofferedRoom
    if room == 0 { return }
    let step = min(receiveBufferSize / 2, UInt32(max(receiveMaximumSegmentSize, 1)))
    if room >= step { receiveWindow += room }
  }

  /// After a read: a segment of its own is worth it once the peer gains two segments or half the buffer,
  /// or could hardly send before. Smaller gains ride on the next acknowledgment.
  mutating func announceReopening(_ queues: inout SocketQueues, _ host: inout Services) throws(Stop)
  {
    guard state.takesText else { return }
    let segment = UInt32(max(receiveMaximumSegmentSize, 1))
    let room = unofferedRoom
    let large = room >= min(2 * segment, max(receiveBufferSize / 2, 1))
    let wasShut = receiveWindow < segment && room >= min(receiveBufferSize / 2, segment)
    guard room > 0, large || wasShut else { return }
    try sendAcknowledgment(.windowReopened, &queues, &host)
  }

  /// The receive buffer has another size. What was offered stays offered (RFC 9293 §3.8.6, SHLD-14), unless the
  /// host is told to take it back: its right edge then moves to the left, for which every sender must be ready.
  mutating func bufferResized(_ queues: inout SocketQueues, _ host: inout Services) throws(Stop) {
    guard state.takesText else { return }
    let free = receiveBufferSize > receiveQueue ? receiveBufferSize - receiveQueue : 0
    if free >= receiveWindow {
      try announceReopening(&queues, &host)
    } else if host.settings.shrinksWindow {
      receiveWindow = free
      try host.note(.ruleApplied, .windowPulledBack, .tcp, self)
      try sendAcknowledgment(.windowPulledBack, &queues, &host)
    }
  }
}
