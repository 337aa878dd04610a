import Testing
import Wire

@testable import Stack

/// The window of both directions: RFC 9293 §3.8.6, and the zero window of §3.10.7.4's first check.
@Suite struct WindowTests {
  /// A connection whose receive buffer of ten octets is full and which has one octet outstanding.
  private func shut() throws -> (peer: Peer, next: UInt32) {
    var peer = Peer { $0.tcp.receiveBuffer = 10 }
    try peer.establish()
    try peer.call(.send(4, [9]))
    let una = try #require(peer.connection?.sendUnacknowledged.value)
    let answer = try peer.send(.ack, 5001, una, text: [UInt8](repeating: 1, count: 10))
    #expect(answer.last?.header.window == 0 && peer.connection?.receiveWindow == 0)
    return (peer, una &+ 1)
  }

  /// "Special allowance should be made to accept valid ACKs, URGs, and RSTs."
  @Test(arguments: [[], [UInt8(5)], [5, 6, 7]])
  func anAcknowledgmentCountsThoughTheTextDoesNotFit(text: [UInt8]) throws {
    var (peer, next) = try shut()
    let answers = try peer.send(.ack, 5011, next, text: text)
    #expect(peer.connection?.sendUnacknowledged.value == next)
    #expect(peer.connection?.receiveQueue == 10)
    #expect(answers.map(\.header.flags) == (text.isEmpty ? [] : [.ack]))
    #expect(answers.allSatisfy { $0.header.acknowledgment.value == 5011 && $0.header.window == 0 })
  }

  @Test(arguments: [TCPFlags.rst, [.rst, .ack]], [[], [UInt8(5)]])
  func aResetCounts(flags: TCPFlags, text: [UInt8]) throws {
    var (peer, next) = try shut()
    #expect(try peer.send(flags, 5011, next, text: text).isEmpty)
    #expect(peer.connection?.state == .closed)
  }

  @Test func aFinHasNoRoomEither() throws {
    var (peer, next) = try shut()
    let answers = try peer.send([.fin, .ack], 5011, next)
    #expect(answers.map(\.header.acknowledgment.value) == [5011])
    #expect(peer.connection?.state == .established)
    try peer.call(.receive(4, limit: 10))
    #expect(try peer.answers().map(\.header.window) == [10])
    #expect(try peer.send([.fin, .ack], 5011, next)[0].header.acknowledgment.value == 5012)
    #expect(peer.connection?.state == .closeWait)
  }

  @Test func aFinBehindTextThatFillsTheWindowComesAgain() throws {
    var peer = Peer { $0.tcp.receiveBuffer = 10 }
    try peer.establish()
    let next = try #require(peer.connection?.sendNext.value)
    let text = [UInt8](repeating: 1, count: 10)
    #expect(
      try peer.send([.fin, .ack], 5001, next, text: text)[0].header.acknowledgment.value == 5011)
    #expect(peer.connection?.state == .established)
  }

  @Test(arguments: [TCPFlags.ack, [.fin, .ack], .syn])
  func elsewhereNothingIsAcceptable(flags: TCPFlags) throws {
    var (peer, next) = try shut()
    let una = peer.connection?.sendUnacknowledged
    for sequence in [UInt32(5010), 5012] {
      let answers = try peer.send(flags, sequence, flags == .syn ? nil : next)
      #expect(answers.map(\.header.flags) == [.ack])
    }
    #expect(peer.connection?.sendUnacknowledged == una)
  }

  /// RFC 9293 §3.8.6.2.2: the right edge moves by min(RCV.BUFF/2, Eff.snd.MSS) or not at all.
  @Test func smallReadsDoNotOpenTheWindow() throws {
    var peer = Peer { $0.tcp.receiveBuffer = 4000 }
    try peer.establish()
    let next = try #require(peer.connection?.sendNext.value)
    var sequence: UInt32 = 5001
    for count in [1460, 1460, 1080] {
      try peer.send(.ack, sequence, next, text: [UInt8](repeating: 1, count: count))
      sequence += UInt32(count)
    }
    #expect(peer.connection?.receiveWindow == 0)
    var announced: [UInt16] = []
    for _ in 0..<8 {
      try peer.call(.receive(4, limit: 500))
      announced += try peer.answers().map(\.header.window)
    }
    #expect(announced == [1500, 3500])
    // The rest rides on the next acknowledgment once it is worth it.
    #expect(try peer.send(.ack, sequence, next, text: [1]).map(\.header.window) == [3499])
  }

  /// RFC 9293 §3.8.6: the right edge never moves to the left.
  @Test func theOfferedEdgeNeverShrinks() throws {
    var peer = Peer { $0.tcp.receiveBuffer = 5000 }
    try peer.establish()
    let next = try #require(peer.connection?.sendNext.value)
    var random = RandomSource(seed: 4)
    var sequence: UInt32 = 5001
    var edge = sequence &+ (peer.connection?.receiveWindow ?? 0)
    for _ in 0..<400 {
      let window = peer.connection?.receiveWindow ?? 0
      let count = min(Int(window), Int.random(in: 0...700, using: &random))
      for answer in try peer.send(
        .ack, sequence, next, text: [UInt8](repeating: 1, count: count))
      {
        let right = answer.header.acknowledgment.value &+ UInt32(answer.header.window)
        #expect(right >= edge)
        edge = right
      }
      sequence += UInt32(count)
      if random.next() % 2 == 0 {
        try peer.call(.receive(4, limit: Int.random(in: 1...900, using: &random)))
        _ = try peer.answers()
      }
    }
    #expect(sequence > 20_000)
  }

  // MARK: the peer's window

  @Test func nothingIsSentIntoAShutWindow() throws {
    var peer = Peer()
    peer.window = 4
    try peer.establish()
    let base = try #require(peer.connection?.sendNext.value)
    try peer.send(.ack, 5001, base, window: 0)
    try peer.call(.send(4, [1, 2, 3]))
    #expect(try peer.answers().isEmpty && peer.rules.contains(.sendWindowFull))
    #expect(try peer.send(.ack, 5001, base, window: 2).map(\.text) == [[1, 2]])
    #expect(try peer.send(.ack, 5001, base &+ 2, window: 5).map(\.text) == [[3]])
  }

  /// RFC 9293 §3.10.7.4: SND.WL1 and SND.WL2 keep old segments from the window.
  @Test func anOldSegmentDoesNotTellTheWindow() throws {
    var peer = Peer()
    try peer.establish()
    let base = try #require(peer.connection?.sendNext.value)
    try peer.call(.send(4, [1, 2]))
    try peer.send(.ack, 5005, base &+ 1, text: [1], window: 500)
    #expect(peer.connection?.sendWindow == 500)
    try peer.send(.ack, 5001, base &+ 1, window: 100)
    #expect(peer.connection?.sendWindow == 500, "SND.WL1 > SEG.SEQ")
    try peer.send(.ack, 5005, base, text: [1], window: 90)
    #expect(peer.connection?.sendWindow == 500, "SND.WL2 > SEG.ACK")
    try peer.send(.ack, 5005, base &+ 2, text: [1], window: 80)
    #expect(peer.connection?.sendWindow == 80)
    #expect(peer.connection?.largestSendWindow == 10_000)
  }

  /// RFC 9293 §3.8.6: a peer that takes window back is borne; nothing new goes beyond the new edge.
  @Test func aWindowTakenBackIsRespected() throws {
    var peer = Peer()
    try peer.establish()
    let base = try #require(peer.connection?.sendNext.value)
    try peer.call(.send(4, [UInt8](repeating: 1, count: 1000)))
    try peer.send(.ack, 5001, base &+ 100, window: 10)
    #expect(peer.connection?.usableWindow == 0)
    try peer.call(.send(4, [7]))
    #expect(try peer.answers().isEmpty)
    #expect(
      try peer.fireNext()?.first?.header.sequence.value == base &+ 100, "yet old data go again")
  }
}
