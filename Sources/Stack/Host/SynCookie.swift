import Wire

/// SYN cookies, RFC 4987 §3.6: a number that holds what must be known of a SYN when its handshake ends.
///
/// The upper 5 bits are a clock of 64 seconds, the next 3 choose an MSS, the lower 24 are a keyed hash of all that
/// and of the SYN's addresses, ports and number: nobody else can make such a number.
struct SynCookie {
  /// What 3 bits can say about the MSS; a SYN's own is taken as the next below it.
  static let sizes: [UInt16] = [28, 216, 536, 1024, 1240, 1440, 1460, 8960]
  private static let tick: UInt64 = 64_000_000_000

  let local: SocketAddress
  let remote: SocketAddress
  /// The number of the peer's SYN.
  let initialReceiveSequence: SequenceNumber

  func number(
    announced: UInt16, at now: Instant, _ secret: InitialSequence
  ) -> SequenceNumber {
    let index = Self.sizes.lastIndex { $0 <= announced } ?? 0
    return number(tick: now.nanoseconds / Self.tick, index, secret)
  }

  /// The MSS that is in a number, if it is a cookie of this or the last tick of the clock; nil if it is none.
  func maximumSegmentSize(
    in number: SequenceNumber, at now: Instant, _ secret: InitialSequence
  ) -> UInt16? {
    let present = now.nanoseconds / Self.tick
    let index = Int(number.value >> 24 & 7)
    for tick in [present, present &- 1] where self.number(tick: tick, index, secret) == number {
      return Self.sizes[index]
    }
    return nil
  }

  private func number(
    tick: UInt64, _ index: Int, _ secret: InitialSequence
  ) -> SequenceNumber {
    let parts = UInt64(initialReceiveSequence.value) << 32 | tick << 3 & 0xffff_ffff | UInt64(index)
    let hash = UInt32(truncatingIfNeeded: secret.hash(local, remote, parts)) & 0xff_ffff
    return SequenceNumber(
      UInt32(truncatingIfNeeded: tick) << 27 | UInt32(index) << 24 | hash)
  }
}

/// A waiting socket whose queue is full goes on without a queue.
extension Host {
  /// Whether this SYN is answered by a cookie. One whose connection nobody could accept is not.
  func answersWithCookie(_ listener: Int) -> Bool {
    switch services.settings.synCookies {
    case .off: return false
    case .whenFull where memory[listener].waiting < memory[listener].backlog: return false
    case .whenFull, .always: return queues[listener].accept.count < memory[listener].backlog
    }
  }

  /// <SEQ=cookie><ACK=SEG.SEQ+1><CTL=SYN,ACK>: no record is made, and of the options only the MSS is kept.
  mutating func sendCookie(answering segment: TCPSegment, _ listener: Int) throws(Stop) {
    let cookie = SynCookie(
      local: segment.local, remote: segment.remote, initialReceiveSequence: segment.sequence)
    let number = cookie.number(
      announced: segment.header.options.maximumSegmentSize ?? 536, at: services.now,
      services.initialSequence)
    var options = TCPOptions()
    if services.settings.announcesMaximumSegmentSize {
      options.maximumSegmentSize = UInt16(
        clamping: configuration.maximumTransmissionUnit - IPv4Header.minimumLength
          - TCPHeader.minimumLength)
    }
    let header = TCPHeader(
      sourcePort: segment.header.destinationPort, destinationPort: segment.header.sourcePort,
      sequence: number, acknowledgment: segment.sequence + 1, flags: [.syn, .ack],
      window: UInt16(clamping: memory[listener].receiveBufferSize), options: options)
    var packet = OutgoingPacket(transportLength: header.headerLength)
    packet.write(header, from: segment.destination, to: segment.source)
    services.describe(header, payload: 0)
    services.show(packet.octets, packet.transportRange, .down, .tcp)
    try services.note(
      .segmentBuilt, .synCookieSent, .tcp, value: UInt64(header.headerLength))
    try services.sendPacket(packet, from: segment.destination, to: segment.source, .tcp)
  }

  /// An acknowledgment that brings a cookie back makes the record; false when it brings none.
  mutating func takeCookie(_ segment: inout TCPSegment, _ listener: Int) throws(Stop) -> Bool {
    guard services.settings.synCookies != .off, !segment.flags.contains(.syn) else { return false }
    let cookie = SynCookie(
      local: segment.local, remote: segment.remote, initialReceiveSequence: segment.sequence - 1)
    let size = cookie.maximumSegmentSize(
      in: segment.acknowledgment - 1, at: services.now, services.initialSequence)
    guard let size else { return false }
    guard queues[listener].accept.count < memory[listener].backlog,
      memory.count < configuration.socketLimit
    else {
      // The peer believes in its connection and will say the same again with its first data.
      try noteBacklogFull()
      return true
    }
    let slot = try makeRecord(for: segment, listener, .synCookieTaken)
    try memory[write: slot].reopen(
      fromCookie: segment, maximumSegmentSize: size, &queues[slot], &services)
    try memory[write: slot].segmentArrives(&segment, &queues[slot], &services)
    try followUp(slot, from: .synReceived)
    return true
  }
}
