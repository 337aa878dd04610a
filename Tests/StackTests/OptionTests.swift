import Testing
import Wire

@testable import Stack

/// TCP options: RFC 9293 §3.7.1 (MSS), RFC 7323 (window scale, timestamps), RFC 2018 (SACK).
@Suite struct OptionTests {
  private static let offered = TCPOptions(
    maximumSegmentSize: 1460, windowScale: 5, sackPermitted: true,
    timestamps: TCPTimestamps(value: 700, echo: 0))

  // MARK: MSS

  struct SizeCase: CustomStringConvertible {
    var client = 1500
    var server = 1500
    var serverAnnounces = true
    var announced: [UInt16?]
    var clientSends: Int
    var serverSends: Int
    var description: String { "MTU \(client), \(server), announced \(serverAnnounces)" }
  }

  @Test(arguments: [
    SizeCase(announced: [1460, 1460], clientSends: 1460, serverSends: 1460),
    // No option: 536 (RFC 9293 §3.7.1 MUST-15).
    SizeCase(serverAnnounces: false, announced: [1460, nil], clientSends: 536, serverSends: 1460),
    SizeCase(client: 576, announced: [536, 1460], clientSends: 536, serverSends: 536),
    SizeCase(server: 576, announced: [1460, 536], clientSends: 536, serverSends: 536),
    // Eff.snd.MSS = min(SendMSS+20, MMS_S) − 20: its own MTU binds the sender too.
    SizeCase(client: 600, server: 576, announced: [560, 536], clientSends: 536, serverSends: 536),
  ]) func theSmallerSideDecides(example: SizeCase) throws {
    var pair = Pair(
      client: { $0.maximumTransmissionUnit = example.client },
      server: {
        $0.maximumTransmissionUnit = example.server
        $0.tcp.announcesMaximumSegmentSize = example.serverAnnounces
      })
    try pair.connect()
    #expect(try pair.segment(0).options.maximumSegmentSize == example.announced[0])
    #expect(try pair.segment(1).options.maximumSegmentSize == example.announced[1])
    for (host, descriptor, size) in [(0, 3, example.clientSends), (1, 4, example.serverSends)] {
      let before = pair.frames.count
      try pair.call(host, .send(descriptor, [UInt8](repeating: 1, count: 4000)))
      try pair.exchange()
      let sizes = try (before..<pair.frames.count).filter { pair.frames[$0].from == host }.map {
        let ip = try IPv4Header(parsing: Array(pair.frames[$0].octets[14...]))
        return Int(ip.totalLength) - 40
      }
      #expect(sizes.max() == size)
      #expect(sizes.reduce(0, +) == 4000)
    }
  }

  @Test func fiveThousandOctetsInFourSegments() throws {
    for (settings, expected) in [
      (TCPSettings.book, [1460, 1460, 1460, 620]), (.modern, [1448, 1448, 1448, 656]),
    ] {
      var peer = Peer {
        $0.tcp = settings.answeringAtOnce
        $0.tcp.nagle = .off
      }
      peer.window = 65_535
      try peer.establish(options: Self.offered)
      try peer.call(.send(4, [UInt8](repeating: 1, count: 5000)))
      #expect(try peer.answers().map(\.text.count) == expected)
    }
  }

  // MARK: what is offered and agreed on

  @Test func aSynAckRepeatsOnlyWhatTheSynOffered() throws {
    var peer = Peer { $0.tcp = .modern.answeringAtOnce }
    try peer.listen()
    let plain = try peer.send(.syn, 10, nil)[0].header.options
    #expect(plain.windowScale == nil && plain.timestamps == nil && !plain.sackPermitted)
    #expect(plain.maximumSegmentSize == 1460)
    let rich = try peer.send(.syn, 10, nil, options: Self.offered, from: 4001)[0].header.options
    #expect(rich.windowScale == 0 && rich.timestamps?.echo == 700 && rich.sackPermitted)
  }

  @Test func aSynOffersWhatTheHostIsSetTo() throws {
    var modern = Peer {
      $0.tcp = .modern.answeringAtOnce
      $0.tcp.receiveBuffer = 1 << 20
    }
    let options = try modern.connect().options
    #expect(options.windowScale == 5 && options.sackPermitted && options.timestamps?.echo == 0)
    var book = Peer()
    #expect(try book.connect().options == TCPOptions(maximumSegmentSize: 1460))
  }

  /// RFC 7323 §2.2, §2.3: the window of a SYN is never scaled, all others are; a shift above 14 is 14.
  @Test(arguments: [(UInt8(5), UInt32(5)), (14, 14), (200, 14)])
  func windowsAreScaled(offered: UInt8, used: UInt32) throws {
    var peer = Peer {
      $0.tcp = .modern.answeringAtOnce
      $0.tcp.receiveBuffer = 1 << 20
    }
    try peer.listen()
    let synAck = try peer.send(
      .syn, 10, nil, window: 9, options: TCPOptions(windowScale: offered))[0].header
    #expect(synAck.window == 65_535 && synAck.options.windowScale == 5)
    #expect(peer.connection?.sendWindow == 9)
    try peer.send(.ack, 11, synAck.sequence.value &+ 1, window: 3)
    #expect(peer.connection?.sendWindow == 3 << used)
    let answer = try peer.send(.ack, 11, synAck.sequence.value &+ 1, text: [1])[0].header
    #expect(Int(answer.window) << 5 == ((1 << 20) - 1) & ~31)
  }

  /// Without scaling no more than 16 bits are offered, however large the buffer is.
  @Test func aWindowThatCannotBeScaledStaysIn16Bits() throws {
    var peer = Peer {
      $0.tcp = .modern.answeringAtOnce
      $0.tcp.receiveBuffer = 1 << 20
    }
    try peer.establish()
    #expect(peer.connection?.receiveWindow == 65_535)
    let next = try #require(peer.connection?.sendNext.value)
    try peer.send(.ack, 5001, next, text: [UInt8](repeating: 1, count: 100))
    #expect((peer.connection?.receiveWindow ?? .max) <= 65_535)
  }

  // MARK: timestamps

  @Test func everySegmentCarriesTimestampsOnceAgreed() throws {
    var peer = Peer { $0.tcp = .modern.answeringAtOnce }
    try peer.establish(options: Self.offered)
    try peer.call(.send(4, [1]))
    #expect(try peer.answers().allSatisfy { $0.header.options.timestamps?.echo == 700 })
    try peer.call(.abort(4))
    // RFC 7323 §3.2: a reset SHOULD have them as well.
    #expect(try peer.answers().allSatisfy { $0.header.options.timestamps != nil })
  }

  /// RFC 7323 §4.3: TS.Recent is the newest of a segment that begins at Last.ACK.sent or before.
  @Test func theTimestampToEchoIsThatOfTheSegmentThatMovesTheEdge() throws {
    var peer = Peer { $0.tcp = .modern.answeringAtOnce }
    try peer.establish(options: Self.offered)
    let next = try #require(peer.connection?.sendNext.value)
    func stamp(_ value: UInt32) -> TCPOptions {
      TCPOptions(timestamps: TCPTimestamps(value: value, echo: 1))
    }
    try peer.send(.ack, 5001, next, text: [1], options: stamp(800))
    #expect(peer.connection?.recentTimestamp == 800)
    // Behind a gap: not taken.
    try peer.send(.ack, 5010, next, text: [1], options: stamp(900))
    #expect(peer.connection?.recentTimestamp == 800)
    // An old duplicate is rejected before its timestamp counts (RFC 7323 §5.3 R2 before R3).
    try peer.send(.ack, 4990, next, text: [1], options: stamp(950))
    #expect(peer.connection?.recentTimestamp == 800)
  }

  /// RFC 7323 §5.3 R1.
  @Test func anOldTimestampMarksAnOldSegment() throws {
    var peer = Peer { $0.tcp = .modern.answeringAtOnce }
    try peer.establish(options: Self.offered)
    let next = try #require(peer.connection?.sendNext.value)
    let old = TCPOptions(timestamps: TCPTimestamps(value: 699, echo: 1))
    let answers = try peer.send(.ack, 5001, next, text: [1], options: old)
    #expect(answers.map(\.header.flags) == [.ack])
    #expect(peer.connection?.receiveQueue == 0 && peer.rules.contains(.oldTimestamp))
    // §5.5: after 24 days TS.Recent means nothing.
    peer.now = peer.now + .seconds(25 * 86_400)
    try peer.send(.ack, 5001, next, text: [1], options: old)
    #expect(peer.connection?.receiveQueue == 1 && peer.connection?.recentTimestamp == 699)
  }

  /// RFC 5961 §5.2 throws the segment away; its timestamp must not shut out those that follow (RFC 7323 §5.3).
  @Test func anImpossibleAcknowledgmentSetsNoTimestamp() throws {
    func stamp(_ value: UInt32) -> TCPOptions {
      TCPOptions(timestamps: TCPTimestamps(value: value, echo: 0))
    }
    var peer = Peer { $0.tcp.timestamps = true }
    try peer.establish(options: stamp(100))
    let next = try #require(peer.connection?.sendNext.value)
    try peer.send(.ack, 5001, next &+ 9999, options: stamp(200_000))
    #expect(peer.connection?.recentTimestamp == 100)
    let answers = try peer.send(.ack, 5001, next, text: [1], options: stamp(101))
    #expect(answers.map(\.header.acknowledgment.value) == [5002])
    #expect(peer.connection?.recentTimestamp == 101)
  }

  /// RFC 7323 §3.2: dropped silently; the connection lives on.
  @Test func aSegmentWithoutTimestampsIsDropped() throws {
    var peer = Peer { $0.tcp = .modern.answeringAtOnce }
    try peer.establish(options: Self.offered)
    let next = peer.connection?.sendNext.value
    #expect(try peer.send(.ack, 5001, next, text: [1]).isEmpty)
    #expect(peer.connection?.receiveQueue == 0 && peer.connection?.state == .established)
    try peer.send(.rst, 5001, nil)
    #expect(peer.connection?.state == .closed)
  }

  @Test func anEchoGivesTheRoundTrip() throws {
    var peer = Peer { $0.tcp = .modern.answeringAtOnce }
    try peer.establish(options: Self.offered)
    try peer.call(.send(4, [1]))
    let sent = try peer.answers()[0].header
    let stamp = try #require(sent.options.timestamps)
    peer.now = peer.now + .milliseconds(80)
    try peer.send(
      .ack, 5001, sent.sequence.value &+ 1,
      options: TCPOptions(timestamps: TCPTimestamps(value: 701, echo: stamp.value)))
    #expect(peer.connection?.smoothedRoundTrip == 10_000)
    #expect(peer.connection?.timedAt == .zero)
  }

  // MARK: SACK

  private func selective() throws -> (Peer, UInt32) {
    var peer = Peer { $0.tcp = .modern.answeringAtOnce }
    var options = Self.offered
    options.timestamps = nil
    try peer.establish(options: options)
    return (peer, try #require(peer.connection?.sendNext.value))
  }

  /// RFC 2018 §4: the first block holds the segment that triggered the acknowledgment.
  @Test func gapsAreReportedNewestFirst() throws {
    var (peer, next) = try selective()
    for start in [UInt32(5101), 5301, 5201, 5501, 5701] {
      try peer.send(.ack, start, next, text: [UInt8](repeating: 1, count: 50))
    }
    let answer = try peer.send(.ack, 5351, next, text: [UInt8](repeating: 1, count: 10))[0].header
    let blocks = answer.options.sackBlocks.map { [$0.left.value, $0.right.value] }
    #expect(answer.acknowledgment.value == 5001)
    #expect(blocks == [[5301, 5361], [5701, 5751], [5501, 5551], [5201, 5251]])
  }

  @Test func theGapFilledNothingIsReported() throws {
    var (peer, next) = try selective()
    try peer.send(.ack, 5011, next, text: [UInt8](repeating: 2, count: 10))
    let answer = try peer.send(.ack, 5001, next, text: [UInt8](repeating: 1, count: 10))[0].header
    #expect(answer.acknowledgment.value == 5021 && answer.options.sackBlocks.isEmpty)
  }

  /// RFC 9293 §3.7.1: data segments make room for options that come and go.
  @Test func dataMakesRoomForBlocks() throws {
    var (peer, next) = try selective()
    peer.window = 60_000
    try peer.send(.ack, 5101, next, text: [1])
    try peer.call(.send(4, [UInt8](repeating: 1, count: 4000)))
    let answers = try peer.answers()
    #expect(answers.allSatisfy { $0.ip.totalLength <= 1500 })
    #expect(answers.map(\.text.count).reduce(0, +) == 4000)
    #expect(answers[0].header.options.sackBlocks.count == 1)
  }
}
