import Testing
import Wire

@testable import Stack

/// Shrinking windows, RFC 9293 §3.8.6: SHLD-14 for the receiver, MUST-34 and SHLD-15 to SHLD-17 for the sender.
@Suite struct ShrinkingTests {
  private func receiver(shrinks: Bool) throws -> (peer: Peer, next: UInt32) {
    var peer = Peer {
      $0.tcp.receiveBuffer = 8000
      $0.tcp.shrinksWindow = shrinks
      $0.tcp.acknowledgmentDelay = Nanoseconds(0)
    }
    try peer.establish()
    let next = try #require(peer.connection?.sendNext.value)
    return (peer, next)
  }

  private func resize(_ peer: inout Peer, to size: Int, byCall: Bool) throws -> [Peer.Answer] {
    if byCall {
      try peer.call(.setOption(4, .receiveBuffer(UInt32(size))))
    } else {
      try peer.host.set(.receiveBuffer, to: size, at: peer.now, &peer.journal)
    }
    return try peer.answers()
  }

  /// SHLD-14.
  @Test(arguments: [false, true])
  func aSmallerBufferTakesNothingBack(byCall: Bool) throws {
    var (peer, next) = try receiver(shrinks: false)
    #expect(try resize(&peer, to: 2000, byCall: byCall).isEmpty)
    #expect(peer.connection?.receiveBufferSize == 2000)
    #expect(peer.connection?.receiveWindow == 8000)
    // What was offered is taken, and the window closes with it.
    var sequence: UInt32 = 5001
    for window in [6600, 5200, 3800, 2400, 1000] {
      let answers = try peer.send(.ack, sequence, next, text: [UInt8](repeating: 1, count: 1400))
      sequence += 1400
      #expect(answers.map(\.header.window) == [UInt16(window)])
    }
    #expect(peer.connection?.receiveQueue == 7000)
  }

  @Test(arguments: [false, true])
  func aHostThatIsToldToTakesItBackAndSaysSo(byCall: Bool) throws {
    var (peer, next) = try receiver(shrinks: true)
    try peer.send(.ack, 5001, next, text: [UInt8](repeating: 1, count: 500))
    let answers = try resize(&peer, to: 2000, byCall: byCall)
    #expect(answers.map(\.header.window) == [1500])
    #expect(answers.map(\.header.acknowledgment.value) == [5501])
    #expect(peer.rules.contains(.windowPulledBack))
    // What was on its way no longer fits.
    #expect(try peer.send(.ack, 7001, next, text: [1]).map(\.header.window) == [1500])
    #expect(peer.connection?.receiveQueue == 500)
    // Smaller than what lies there: shut.
    #expect(try resize(&peer, to: 100, byCall: byCall).map(\.header.window) == [0])
    #expect(try resize(&peer, to: 9000, byCall: byCall).map(\.header.window) == [8500])
  }

  /// MUST-34, SHLD-15: the usable window is negative, so nothing new goes.
  @Test func theSenderSurvivesAndSendsNothingNew() throws {
    var peer = Peer()
    peer.window = 4000
    try peer.establish(options: TCPOptions(maximumSegmentSize: 1460))
    try peer.call(.setOption(4, .noDelay(true)))
    try peer.call(.send(4, [UInt8](repeating: 7, count: 6000)))
    let sent = try peer.answers()
    #expect(sent.map(\.text.count) == [1460, 1460])
    let first = sent[0].header.sequence.value
    #expect(try peer.send(.ack, 5001, first &+ 1460, window: 1000).isEmpty)
    #expect(peer.rules.contains(.windowShrunk) && peer.connection?.usableWindow == 0)
    // SHLD-16: what is sent again lies within the window.
    let again = try #require(try peer.fireNext())
    #expect(again.map(\.text.count) == [1000])
    #expect(again[0].header.sequence.value == first &+ 1460)
    // What had arrived before the window shrank may be acknowledged as ever.
    let rest = try peer.send(.ack, 5001, first &+ 2920, window: 4000)
    #expect(rest.map(\.text.count) == [1460, 1460, 160])
    #expect(peer.connection?.state == .established)
  }

  /// SHLD-17 and MUST-35: shrunk to zero it is probed, and as long as the probes are answered the connection stays.
  @Test func shrunkToZeroItIsProbedForAsLongAsItTakes() throws {
    var peer = Peer()
    peer.window = 4000
    try peer.establish()
    try peer.call(.send(4, [UInt8](repeating: 7, count: 3000)))
    let first = try #require(try peer.answers().first).header.sequence.value
    try peer.send(.ack, 5001, first, window: 0)
    let begin = peer.now
    var probes = 0
    while peer.now.since(begin) < .seconds(3600) {
      let answers = try #require(try peer.fireNext())
      #expect(answers.allSatisfy { $0.text.count <= 1 })
      probes += answers.count
      try peer.send(.ack, 5001, first, window: 0)
    }
    #expect(probes > 50 && peer.connection?.state == .established)
    var next = first
    var text = 0
    var answers = try peer.send(.ack, 5001, first, window: 4000)
    for _ in 0..<10 where text < 3000 {
      if answers.isEmpty { answers = try peer.fireNext() ?? [] }
      for answer in answers where answer.header.sequence.value == next {
        next = next &+ UInt32(answer.text.count)
        text += answer.text.count
      }
      answers = try peer.send(.ack, 5001, next, window: 4000)
    }
    #expect(text == 3000 && peer.connection?.sendQueue == 0)
  }
}
