import Testing
import Wire

@testable import Stack

/// Path MTU discovery: RFC 1191, RFC 9293 §3.7.2 and §3.9.2.2, and RFC 5927 for who may say so.
@Suite struct PathMTUTests {
  /// A host with 4380 octets in flight in three full segments; their frames.
  private func sending(
    _ configure: (inout HostConfiguration) -> Void = { _ in }
  ) throws -> (peer: Peer, frames: [[UInt8]], base: UInt32) {
    var peer = Peer { host in
      host.tcp.congestionControl = .newReno
      configure(&host)
    }
    var options = TCPOptions(maximumSegmentSize: 1460)
    options.timestamps = TCPTimestamps(value: 1, echo: 0)
    try peer.establish(options: options)
    let base = try #require(peer.connection?.sendNext.value)
    try peer.call(.send(4, [UInt8](repeating: 7, count: 4380)))
    let sent = try peer.answers()
    #expect(sent.count >= 3 && sent.allSatisfy(\.ip.dontFragment))
    return (peer, sent.map(\.frame), base)
  }

  private func tooLarge(_ mtu: UInt16, about frame: [UInt8]) -> [UInt8] {
    Peer.error(.destinationUnreachable(code: .fragmentationNeeded, mtu: mtu), about: frame)
  }

  /// RFC 1191 §6.4: at once, one segment until acknowledgments come, and the congestion window grows back.
  @Test func whatWasTooLargeGoesAgainInSmallerPieces() throws {
    var (peer, frames, base) = try sending()
    let before = try #require(peer.connection)
    let again = try peer.deliver(tooLarge(1006, about: frames[0]))
    #expect(peer.connection?.sendMaximumSegmentSize == 966)
    #expect(again.map(\.header.sequence.value) == [base])
    #expect(again.map(\.text.count) == [966])
    #expect(peer.connection?.slowStartThreshold == before.slowStartThreshold)
    #expect(peer.connection?.retries == 0 && peer.connection?.softError == nil)
    // The other segments met the same router: they tell nothing new.
    for frame in frames.dropFirst() {
      #expect(try peer.deliver(tooLarge(1006, about: frame)).isEmpty)
    }
    // The rest goes again, two for each acknowledgment, without waiting for a timer.
    var sizes: [Int] = []
    var acknowledged = base &+ 966
    for _ in 0..<6 {
      let pieces = try peer.send(.ack, 5001, acknowledged)
      sizes += pieces.map(\.text.count)
      guard let last = pieces.last else { break }
      acknowledged = last.header.sequence.value &+ UInt32(last.text.count)
    }
    #expect(sizes.reduce(0, +) == 4380 - 966 && sizes.allSatisfy { $0 <= 966 })
    #expect(acknowledged == base &+ 4380)
  }

  @Test func timestampsTakeTheirShare() throws {
    var (peer, frames, _) = try sending { $0.tcp.timestamps = true }
    let again = try peer.deliver(tooLarge(1006, about: frames[0]))
    #expect(again.map(\.text.count) == [954])
  }

  /// RFC 1191 §5: routers of old leave the field 0; §7.1 has what is then likely.
  @Test(arguments: [(UInt16(1500), 1492), (1492, 1006), (1006, 508), (508, 296), (296, 68)])
  func anOldRouterMeansTheNextPlateau(length: UInt16, limit: Int) {
    #expect(ControlBlock.pathLimit(told: 0, packet: length) == limit)
  }

  @Test func theSmallestMTUStays() {
    #expect(ControlBlock.pathLimit(told: 0, packet: 68) == nil)
    #expect(ControlBlock.pathLimit(told: 67, packet: 1500) == nil)
    #expect(ControlBlock.pathLimit(told: 1500, packet: 1500) == nil)
    #expect(ControlBlock.pathLimit(told: 68, packet: 1500) == 68)
  }

  /// RFC 5927 §4.1: a number that is not in flight, or another connection's ports.
  @Test func forgedMessagesChangeNothing() throws {
    var (peer, frames, base) = try sending()
    for offset in [38, 34, 36, 26, 30] {
      var forged = frames[0]
      forged[offset] &+= 1
      #expect(try peer.deliver(tooLarge(576, about: forged)).isEmpty)
    }
    try peer.send(.ack, 5001, base &+ 4380)
    #expect(try peer.deliver(tooLarge(576, about: frames[0])).isEmpty)
    #expect(peer.connection?.sendMaximumSegmentSize == 1460)
  }

  /// RFC 1191 §3: no MTU grows because of a message.
  @Test func aLargerMTUChangesNothing() throws {
    var (peer, frames, _) = try sending()
    #expect(try peer.deliver(tooLarge(9000, about: frames[0])).isEmpty)
    #expect(peer.connection?.sendMaximumSegmentSize == 1460)
  }

  // MARK: What the host remembers

  /// Another connection between the same two; the segments that its 4380 octets take.
  private func another(_ peer: inout Peer, from port: UInt16, mss: UInt16 = 1460) throws -> [Int] {
    try others(&peer, from: port, mss: mss).map(\.text.count)
  }

  private func others(
    _ peer: inout Peer, from port: UInt16, mss: UInt16 = 1460
  ) throws -> [Peer.Answer] {
    let synAck = try peer.send(
      .syn, 9000, nil, options: TCPOptions(maximumSegmentSize: mss), from: port)[0].header
    try peer.send(.ack, 9001, synAck.sequence.value &+ 1, from: port)
    guard case .accepted(let descriptor, _) = try peer.call(.accept(3)) else { return [] }
    try peer.call(.send(descriptor, [UInt8](repeating: 7, count: 4380)))
    return try peer.answers()
  }

  /// RFC 1191 §6.2: the IP layer remembers what was found for a destination.
  @Test func theNextConnectionStartsWithWhatIsKnown() throws {
    var (peer, frames, _) = try sending()
    _ = try peer.deliver(tooLarge(1006, about: frames[0]))
    #expect(try another(&peer, from: 4001) == [966, 966, 966, 966])
    #expect(peer.rules.contains(.pathMTUKnown))
    // The MSS that is announced is another matter (§6.4).
    #expect(peer.connection?.receiveMaximumSegmentSize == 1460)
    #expect(peer.host.services.paths.limit(to: .init(192, 0, 2, 98), at: peer.now) == nil)
    // A peer that takes less than the path has the last word.
    #expect(try another(&peer, from: 4002, mss: 500).allSatisfy { $0 == 500 })
    // Old news is none (§6.3), and a host that starts anew knows nothing.
    peer.now = peer.now + .seconds(599)
    #expect(try another(&peer, from: 4003).first == 966)
    var late = peer
    late.now = late.now + .seconds(1)
    #expect(try another(&late, from: 4004).first == 1460)
    try peer.host.reboot(at: peer.now, &peer.journal)
    #expect(peer.host.services.paths.isEmpty)
  }

  /// RFC 1191 §6.2: who uses the path is told; §6.4: only what was reported goes again.
  @Test func otherConnectionsAreToldAndSendNothingAgain() throws {
    var (peer, frames, _) = try sending()
    #expect(try another(&peer, from: 4001).first == 1460)
    let again = try peer.deliver(tooLarge(1006, about: frames[0]))
    #expect(again.map(\.header.destinationPort) == [Peer.port])
    let other = try #require(peer.block(5))
    #expect(other.remotePort == 4001 && other.sendMaximumSegmentSize == 966)
    #expect(other.pathLimit == 1006 && other.linkSegmentSize == 1460)
    #expect(other.recovery == LossRecovery.none)
  }

  /// It knows the limit from the other one by then, but what it had sent is lost as well: no timer is waited for.
  @Test func whoWasToldSendsItsOwnLossAgain() throws {
    var (peer, frames, base) = try sending()
    let others = try others(&peer, from: 4001)
    _ = try peer.deliver(tooLarge(1006, about: others[0].frame))
    let told = try #require(peer.connection)
    #expect(told.sendMaximumSegmentSize == 966 && told.recovery == LossRecovery.none)
    let again = try peer.deliver(tooLarge(1006, about: frames[0]))
    #expect(again.map(\.header.sequence.value) == [base] && again.map(\.text.count) == [966])
    #expect(peer.connection?.retries == 0)
    #expect(try peer.deliver(tooLarge(1006, about: frames[1])).isEmpty)
  }

  /// RFC 1191 §6.3: after ten minutes the link's MTU is tried again, with new segments only; one that is still
  /// too large leads back.
  @Test(arguments: [UInt16(1460), 1200])
  func afterTenMinutesLargerSegmentsAreTried(announced: UInt16) throws {
    var peer = Peer()
    try peer.establish(options: TCPOptions(maximumSegmentSize: announced))
    var base = try #require(peer.connection?.sendNext.value)
    func send(_ peer: inout Peer) throws -> [Peer.Answer] {
      try peer.call(.send(4, [UInt8](repeating: 7, count: 3000)))
      return try peer.answers()
    }
    func acknowledge(_ peer: inout Peer) throws {
      base = try #require(peer.connection?.sendNext.value)
      while try !peer.send(.ack, 5001, base).isEmpty {
        base = try #require(peer.connection?.sendNext.value)
      }
    }
    let first = try send(&peer)
    _ = try peer.deliver(tooLarge(1006, about: first[0].frame))
    try acknowledge(&peer)
    peer.now = peer.now + .seconds(599)
    #expect(try send(&peer).map(\.text.count).max() == 966)
    try acknowledge(&peer)
    peer.now = peer.now + .seconds(1)
    let frames = try send(&peer)
    #expect(frames.first?.text.count == Int(announced) && peer.rules.contains(.pathMTURises))
    #expect(peer.connection?.pathLimit == 0)
    #expect(try peer.deliver(tooLarge(1006, about: frames[0].frame)).map(\.text.count) == [966])
    #expect(peer.connection?.linkSegmentSize == announced)
    try acknowledge(&peer)
    #expect(try send(&peer).map(\.text.count).max() == 966)
  }

  @Test func thereIsRoomForSoManyPathsOnly() {
    var paths = PathTable()
    for number in UInt32(0)..<300 {
      paths.lower(IPv4Address(value: number), to: 576, at: Instant(nanoseconds: UInt64(number)))
    }
    let known = (UInt32(0)..<300).filter {
      paths.limit(to: IPv4Address(value: $0), at: Instant(nanoseconds: 300)) != nil
    }
    #expect(known == Array(44..<300))
    paths.lower(IPv4Address(value: 299), to: 1006, at: Instant(nanoseconds: 400))
    #expect(paths.limit(to: IPv4Address(value: 299), at: Instant(nanoseconds: 400)) == 576)
  }
}
