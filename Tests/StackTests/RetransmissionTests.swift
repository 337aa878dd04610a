import Testing
import Wire

@testable import Stack

/// RFC 6298 and RFC 9293 §3.8: the timer, the measurement, and when to give up.
@Suite struct RetransmissionTests {
  private static func seconds(_ instant: Instant) -> Double {
    Double(instant.nanoseconds) / 1e9
  }

  /// Fires timers until none is left; the times, in seconds after now, at which segments came out.
  private func repetitions(_ peer: inout Peer) throws -> [Double] {
    let start = peer.now
    var times: [Double] = []
    while let answers = try peer.fireNext() {
      if !answers.isEmpty { times.append(Double(peer.now.since(start).count) / 1e9) }
    }
    return times
  }

  /// RFC 6298 §5.5 and RFC 9293 §3.8.3 MUST-23.
  @Test func aSynIsRepeatedWithDoubledGapsForThreeMinutes() throws {
    var peer = Peer()
    let syn = try peer.connect()
    let start = peer.now
    let times = try repetitions(&peer)
    #expect(times == [1, 3, 7, 15, 31, 63, 123])
    #expect(peer.completions.map(\.result) == [.failed(.timedOut)])
    #expect(peer.now.since(start) == .seconds(183))
    #expect(peer.block(3)?.state == .closed && peer.rules.contains(.giveUp))
    let last = peer.journal.moments.last { $0.event == .segmentRetransmitted }
    #expect(syn.sequence == last?.unit.sequence)
  }

  @Test func aSynAckIsRepeatedAndGivenUp() throws {
    var peer = try Peer(in: .synReceivedPassive)
    #expect(try repetitions(&peer) == [1, 3, 7, 15, 31])
    #expect(peer.connection == nil && peer.block(3)?.waiting == 0)
  }

  /// RFC 9293 §3.8.3 SHLD-11: R2 is at least 100 seconds.
  @Test func dataIsRepeatedUntilR2() throws {
    var peer = Peer()
    try peer.establish()
    let start = peer.now
    try peer.call(.send(4, [1, 2, 3]))
    let next = try #require(peer.connection?.sendUnacknowledged)
    _ = try peer.answers()
    let times = try repetitions(&peer)
    #expect(times == [1, 3, 7, 15, 31, 63, 123, 183, 243])
    #expect(peer.now.since(start) >= .seconds(100))
    #expect(peer.block(4)?.state == .closed)
    #expect(try peer.call(.receive(4, limit: 1)) == .failed(.timedOut))
    let again = peer.journal.moments.filter { $0.event == .segmentRetransmitted }
    #expect(again.allSatisfy { $0.unit.sequence == next && $0.unit.payload == 3 })
  }

  /// RFC 9293 §3.8.3 (b): at R1 the path is doubted, and ARP asks again.
  @Test func atR1TheNextHopIsAskedForAgain() throws {
    var peer = Peer { $0.knownNeighbours = [:] }
    try peer.deliver(ARP.reply(from: Peer.address, Peer.hardware))
    try peer.deliver(ARP.request(from: Peer.address, Peer.hardware))
    try peer.establish()
    try peer.call(.send(4, [1]))
    var asked: [Int] = []
    for round in 1...4 {
      _ = try peer.fireNext()
      if peer.host.neighbours.entries[0].hardwareAddress == nil { asked.append(round) }
      if asked == [round] { try peer.deliver(ARP.reply(from: Peer.address, Peer.hardware)) }
    }
    #expect(asked == [3])
    #expect(peer.rules.contains(.negativeAdvice))
  }

  /// RFC 6298 §2 with the samples of 100, 120, 80 and 300 ms.
  @Test func theTimeoutIsComputedFromSamples() throws {
    var peer = Peer { $0.tcp.minimumTimeout = 1 }
    try peer.listen()
    let synAck = try peer.send(.syn, 10, nil)[0].header
    var next = synAck.sequence.value &+ 1
    var timeouts: [UInt32] = []
    for (round, sample) in [UInt64(100), 120, 80, 300].enumerated() {
      if round > 0 {
        try peer.call(.send(4, [1]))
        next &+= 1
      }
      _ = try peer.answers()
      // The retransmission timer must not come between the segment and its acknowledgment.
      peer.now = peer.now + .milliseconds(sample)
      try peer.send(.ack, 11, next)
      if round == 0 { try peer.call(.accept(3)) }
      timeouts.append(peer.connection?.retransmissionTimeout ?? 0)
    }
    #expect(timeouts == [300, 273, 250, 438], "300, 272.5, 249.7 and 437.5 rounded up")
    #expect(peer.connection?.smoothedRoundTrip == 124_726)
  }

  /// RFC 6298 §2.4: below the lower limit the limit counts.
  @Test func theTimeoutHasALowerLimit() throws {
    var peer = Peer()
    try peer.establish()
    #expect(peer.connection?.retransmissionTimeout == 1000)
    #expect(peer.connection?.smoothedRoundTrip == 1)
  }

  /// RFC 6298 §3 (Karn) and §5.5: a repeated segment gives no sample, and its backed-off RTO stays.
  @Test func aRepeatedSegmentIsNotMeasured() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.send(4, [1]))
    _ = try peer.fireNext()
    #expect(peer.rules.contains(.karn) && peer.connection?.timedAt == .zero)
    let smoothed = peer.connection?.smoothedRoundTrip
    let next = try #require(peer.connection?.sendNext.value)
    peer.now = peer.now + .milliseconds(700)
    try peer.send(.ack, 5001, next)
    #expect(peer.connection?.smoothedRoundTrip == smoothed)
    #expect(peer.connection?.retransmissionTimeout == 2000)
    #expect(peer.connection?.retries == 0 && peer.connection?.timer == TCPTimer.none)
  }

  /// RFC 6298 §5.7: after a repeated SYN the data begin with 3 seconds, however far RTO had grown.
  @Test(arguments: [1, 3]) func aRepeatedSynMeansThreeSecondsForData(repeats: Int) throws {
    var peer = Peer()
    let syn = try peer.connect()
    for _ in 0..<repeats { _ = try peer.fireNext() }
    peer.now = peer.now + .milliseconds(100)
    try peer.send([.syn, .ack], 500, syn.sequence.value &+ 1)
    #expect(peer.connection?.retransmissionTimeout == 3000)
    #expect(peer.rules.contains(.synTimeoutReset))
  }

  /// RFC 6298 §5.2 and §5.3.
  @Test func anAcknowledgmentRestartsTheTimerAndTheLastStopsIt() throws {
    var peer = Peer { $0.tcp.nagle = .off }
    try peer.establish()
    let base = try #require(peer.connection?.sendNext.value)
    try peer.call(.send(4, [UInt8](repeating: 1, count: 3000)))
    let due = try #require(peer.connection?.timerDue)
    peer.now = peer.now + .milliseconds(400)
    try peer.send(.ack, 5001, base &+ 1460)
    #expect(peer.connection?.timerDue == due + .milliseconds(400))
    try peer.send(.ack, 5001, base &+ 3000)
    #expect(peer.connection?.timer == TCPTimer.none && peer.connection?.sendQueue == 0)
  }

  /// An acknowledgment in the middle of a segment: the rest goes again, the FIN with it.
  @Test func theEarliestUnacknowledgedOctetsGoAgain() throws {
    var peer = Peer()
    try peer.establish(options: TCPOptions(maximumSegmentSize: 1460))
    let base = try #require(peer.connection?.sendNext.value)
    let data = (0..<2000).map { UInt8(truncatingIfNeeded: $0) }
    try peer.call(.send(4, data))
    try peer.call(.shutdown(4, .sending))
    try peer.send(.ack, 5001, base &+ 1000)
    let again = try #require(try peer.fireNext())
    #expect(again.count == 1 && again[0].text == Array(data[1000...]))
    #expect(again[0].header.sequence.value == base &+ 1000)
    #expect(again[0].header.flags == [.psh, .fin, .ack])
  }

  @Test func whatIcmpToldIsForgottenOnceThePathWorks() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.send(4, [1]))
    let frame = try peer.answers()[0].frame
    let next = try #require(peer.connection?.sendNext.value)
    try peer.deliver(Peer.error(.destinationUnreachable(code: .host, mtu: 0), about: frame))
    #expect(peer.connection?.softError == .hostUnreachable)
    try peer.send(.ack, 5001, next)
    #expect(peer.connection?.softError == nil)
  }
}

/// ARP packets by hand, addressed to the peer's host.
enum ARP {
  static func request(
    from address: IPv4Address, _ hardware: MACAddress, for target: IPv4Address = Peer.hostAddress
  ) -> [UInt8] {
    frame(.request, address, hardware, target, to: .broadcast)
  }

  static func reply(from address: IPv4Address, _ hardware: MACAddress) -> [UInt8] {
    frame(.reply, address, hardware, Peer.hostAddress, to: Peer.hostHardware)
  }

  static func frame(
    _ operation: ARPPacket.Operation, _ address: IPv4Address, _ hardware: MACAddress,
    _ target: IPv4Address, to destination: MACAddress
  ) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: 42)
    EthernetHeader(destination: destination, source: hardware, type: .arp)
      .write(into: &octets, at: 0)
    ARPPacket(
      operation: operation, senderMAC: hardware, senderIP: address,
      targetMAC: MACAddress(0, 0, 0, 0, 0, 0), targetIP: target
    ).write(into: &octets, at: 14)
    return EthernetLine.padded(octets)
  }
}
