import Testing
import Wire

@testable import Stack

/// What waits and for how long: RFC 9293 §3.7.4, §3.8.4, §3.8.6.
@Suite struct WaitingTests {
  private func text(_ count: Int) -> [UInt8] { [UInt8](repeating: 1, count: count) }

  /// Fires timers until one of them sends something or none is left.
  private func fire(_ peer: inout Peer) throws -> [Peer.Answer] {
    for _ in 0..<4 {
      guard let answers = try peer.fireNext() else { return [] }
      if !answers.isEmpty || peer.connection?.state == .closed { return answers }
    }
    return []
  }

  // MARK: delayed acknowledgments

  private func delaying() throws -> (peer: Peer, next: UInt32) {
    var peer = Peer { $0.tcp.acknowledgmentDelay = .milliseconds(200) }
    try peer.establish()
    return (peer, try #require(peer.connection?.sendNext.value))
  }

  @Test func aSingleTextIsAcknowledgedByTheTimer() throws {
    var (peer, next) = try delaying()
    #expect(try peer.send(.ack, 5001, next, text: text(1460)).isEmpty)
    #expect(peer.host.nextDeadline == peer.now + .milliseconds(200))
    let answers = try fire(&peer)
    #expect(answers.map(\.header.acknowledgment.value) == [5001 + 1460])
    #expect(try fire(&peer).isEmpty)
  }

  /// SHLD-19: at least every second full-sized segment.
  @Test func everySecondTextIsAcknowledgedAtOnce() throws {
    var (peer, next) = try delaying()
    var acknowledged: [UInt32] = []
    for number in 0..<6 {
      let answers = try peer.send(.ack, 5001 + UInt32(number) * 1000, next, text: text(1000))
      acknowledged += answers.map(\.header.acknowledgment.value)
    }
    #expect(acknowledged == [7001, 9001, 11_001])
  }

  @Test func dataCarriesTheAcknowledgment() throws {
    var (peer, next) = try delaying()
    try peer.send(.ack, 5001, next, text: text(10))
    try peer.call(.send(4, [7]))
    #expect(try peer.answers().map(\.header.acknowledgment.value) == [5011])
    #expect(peer.connection?.acknowledgeDue == .zero)
  }

  /// RFC 5681 §4.2: what lies above a gap, and what fills one; and a FIN is not kept waiting either.
  @Test func aGapIsAnsweredAtOnce() throws {
    var (peer, next) = try delaying()
    #expect(
      try peer.send(.ack, 5101, next, text: text(100)).map(\.header.acknowledgment.value) == [5001])
    #expect(
      try peer.send(.ack, 5001, next, text: text(100)).map(\.header.acknowledgment.value) == [5201])
    #expect(
      try peer.send([.fin, .ack], 5201, next).map(\.header.acknowledgment.value) == [5202])
  }

  // MARK: Nagle

  @Test(arguments: [(Nagle.standard, [1], [9]), (.modified, [1], [9]), (.off, [1, 1, 1], [])])
  func tenSmallWrites(nagle: Nagle, first: [Int], rest: [Int]) throws {
    var peer = Peer { $0.tcp.nagle = nagle }
    try peer.establish()
    let base = try #require(peer.connection?.sendNext.value)
    let count = nagle == .off ? 3 : 10
    for _ in 0..<count { try peer.call(.send(4, [1])) }
    #expect(try peer.answers().map(\.text.count) == first)
    #expect(try peer.send(.ack, 5001, base &+ UInt32(first.count)).map(\.text.count) == rest)
  }

  /// Appendix A.3: the small end of a large write does not wait for full segments before it.
  @Test(arguments: [(Nagle.standard, [1460]), (.modified, [1460, 40])])
  func theEndOfALargeWrite(nagle: Nagle, sizes: [Int]) throws {
    var peer = Peer { $0.tcp.nagle = nagle }
    try peer.establish(options: TCPOptions(maximumSegmentSize: 1460))
    try peer.call(.send(4, text(1500)))
    #expect(try peer.answers().map(\.text.count) == sizes)
  }

  /// MUST-17.
  @Test func noDelaySendsWhatWaits() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.send(4, [1]))
    try peer.call(.send(4, [2]))
    #expect(try peer.answers().count == 1)
    #expect(try peer.call(.setOption(4, .noDelay(true))) == .returned(0))
    #expect(try peer.answers().map(\.text) == [[2]])
    try peer.call(.send(4, [3]))
    #expect(try peer.answers().map(\.text) == [[3]])
  }

  /// §3.9.1.2, MAY-16: who says that more is to come waits for it, but not for ever (MUST-60).
  @Test func whatIsNotPushedWaits() throws {
    var peer = Peer()
    try peer.establish(options: TCPOptions(maximumSegmentSize: 1460))
    try peer.call(.setOption(4, .noPush(true)))
    try peer.call(.send(4, text(1500)))
    #expect(try peer.answers().map(\.text.count) == [1460])
    #expect(peer.rules.contains(.moreToCome))
    try peer.call(.setOption(4, .noPush(false)))
    #expect(try peer.answers().isEmpty, "the Nagle algorithm has a word too")
    var other = Peer()
    try other.establish()
    try other.call(.setOption(4, .noPush(true)))
    try other.call(.send(4, [1, 2]))
    #expect(try other.answers().isEmpty)
    #expect(try fire(&other).map(\.text) == [[1, 2]], "the override timeout")
    try other.call(.send(4, [3]))
    try other.call(.close(4))
    let last = try other.answers()
    #expect(last.map(\.text) == [[3]] && last.map(\.header.flags) == [[.fin, .psh, .ack]])
  }

  // MARK: silly windows

  /// §3.8.6.2.1 (3) and (4): less than half of the largest window waits for the override timeout.
  @Test(arguments: [(UInt16(10_000), true), (1600, false)])
  func aSmallWindowWaits(largest: UInt16, waits: Bool) throws {
    var peer = Peer()
    peer.window = largest
    try peer.establish(options: TCPOptions(maximumSegmentSize: 1460))
    let base = try #require(peer.connection?.sendNext.value)
    try peer.send(.ack, 5001, base, window: 1000)
    try peer.call(.send(4, text(3000)))
    #expect(try peer.answers().map(\.text.count) == (waits ? [] : [1000]))
    guard waits else { return }
    #expect(peer.connection?.timer == .persist && peer.rules.contains(.sillyWindowWaits))
    #expect(peer.host.nextDeadline == peer.now + .milliseconds(500))
    #expect(try fire(&peer).map(\.text.count) == [1000])
    #expect(peer.connection?.timer == .retransmission)
  }

  // MARK: zero windows

  private func shut(_ data: [UInt8]) throws -> (peer: Peer, base: UInt32) {
    var peer = Peer()
    try peer.establish()
    let base = try #require(peer.connection?.sendNext.value)
    try peer.send(.ack, 5001, base, window: 0)
    try peer.call(.send(4, data))
    #expect(try peer.answers().isEmpty)
    return (peer, base)
  }

  /// SHLD-29, SHLD-30 and MUST-37.
  @Test func probesGoAtGrowingIntervals() throws {
    var (peer, base) = try shut([1, 2, 3])
    var gaps: [UInt64] = []
    for _ in 0..<12 {
      let before = peer.now
      let probes = try fire(&peer)
      gaps.append(peer.now.since(before).count / 1_000_000_000)
      #expect(probes.map(\.text) == [[1]] && probes[0].header.sequence.value == base)
      // The answers repeat one number, and yet tell of no loss.
      #expect(try peer.send(.ack, 5001, base, window: 0).isEmpty)
      #expect(peer.connection?.duplicateAcknowledgments == 0)
    }
    #expect(gaps == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60])
    #expect(peer.connection?.state == .established)
    // The window opens: the probe's octet goes again, and the rest behind it.
    let rest = try peer.send(.ack, 5001, base, window: 1000)
    #expect(rest.flatMap(\.text) == [1, 2, 3])
    try peer.send(.ack, 5001, base &+ 3, window: 1000)
    #expect(peer.connection?.timer == TCPTimer.none && peer.connection?.sendQueue == 0)
  }

  @Test func theProbesAnswerBringsALostUpdate() throws {
    var (peer, base) = try shut([1, 2, 3])
    _ = try fire(&peer)
    let rest = try peer.send(.ack, 5001, base &+ 1, window: 1000)
    #expect(rest.map(\.text) == [[2, 3]])
  }

  @Test func probesWithoutAnswersEnd() throws {
    var (peer, _) = try shut([1, 2, 3])
    var count = 0
    while peer.connection?.state == .established, count < 100 {
      _ = try fire(&peer)
      count += 1
    }
    #expect(peer.connection?.state == .closed && count >= 9)
    #expect(try peer.call(.receive(4, limit: 1)) == .failed(.timedOut))
  }

  @Test func aFinWaitsForTheWindowToo() throws {
    var (peer, base) = try shut([])
    try peer.call(.shutdown(4, .sending))
    #expect(try peer.answers().isEmpty)
    #expect(try fire(&peer).map(\.header.flags) == [[.fin, .ack]])
    try peer.send(.ack, 5001, base &+ 1, window: 0)
    #expect(peer.connection?.state == .finWait2)
  }

  /// MUST-34, SHLD-15: the right edge moves to the left.
  @Test func theWindowShrinks() throws {
    var peer = Peer()
    try peer.establish()
    let base = try #require(peer.connection?.sendNext.value)
    try peer.call(.send(4, text(9000)))
    _ = try peer.answers()
    try peer.send(.ack, 5001, base &+ 536, window: 100)
    #expect(peer.rules.contains(.windowShrunk) && peer.connection?.usableWindow == 0)
    try peer.call(.send(4, [1]))
    #expect(try peer.answers().isEmpty)
    // What is sent again stays within the window (SHLD-16).
    #expect(try fire(&peer).map(\.text.count) == [100])
  }

  // MARK: keep-alive and the user timeout

  /// MUST-24 to MUST-29.
  @Test func anIdlePeerIsAskedAndGivenUp() throws {
    var peer = Peer {
      $0.tcp.keepAliveIdle = .seconds(7200)
      $0.tcp.keepAliveProbes = 3
    }
    try peer.establish()
    let next = try #require(peer.connection?.sendNext.value)
    #expect(peer.connection?.timer == TCPTimer.none)
    try peer.call(.setOption(4, .keepAlive(true)))
    let began = peer.now
    let first = try fire(&peer)
    #expect(peer.now.since(began) == .seconds(7200))
    #expect(first.map(\.header.sequence.value) == [next &- 1] && first[0].text.isEmpty)
    // An answer, and the silence begins anew.
    try peer.send(.ack, 5001, next)
    #expect(peer.connection?.timerDue == peer.now + .seconds(7200))
    for _ in 0..<3 { #expect(try fire(&peer).count == 1) }
    #expect(try fire(&peer).isEmpty && peer.connection?.state == .closed)
  }

  /// MUST-26: "no data or acknowledgment packets have been received for the connection within an interval". The
  /// peer's own question is an acknowledgment packet, though its number is old; one that acknowledges what was
  /// never sent is not the peer's.
  @Test func aPeerThatAsksIsThere() throws {
    var peer = Peer {
      $0.tcp.keepAliveIdle = .seconds(7200)
      $0.tcp.keepAliveProbes = 3
    }
    try peer.establish()
    let next = try #require(peer.connection?.sendNext.value)
    try peer.call(.setOption(4, .keepAlive(true)))
    let due = try #require(peer.connection?.timerDue)
    peer.now = peer.now + .seconds(7000)
    try peer.send(.ack, 5000, next &+ 1)
    try peer.send(.rst, 4000, nil)
    #expect(peer.connection?.timerDue == due)
    #expect(try peer.send(.ack, 5000, next).map(\.header.flags) == [.ack])
    #expect(peer.connection?.timerDue == peer.now + .seconds(7200))
    // In the midst of questions, too, it begins anew.
    for _ in 0..<2 { #expect(try fire(&peer).count == 1) }
    #expect(peer.connection?.probes == 2)
    try peer.send(.ack, 5000, next)
    #expect(peer.connection?.probes == 0)
    for _ in 0..<3 { #expect(try fire(&peer).count == 1) }
    #expect(try fire(&peer).isEmpty && peer.connection?.state == .closed)
  }

  @Test func theUserTimeoutEnds() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.setOption(4, .userTimeout(5_000)))
    try peer.call(.send(4, [1]))
    let began = peer.now
    while peer.connection?.state == .established { _ = try fire(&peer) }
    #expect(peer.now.since(began) == .seconds(5))
    #expect(peer.rules.contains(.userTimeoutEnds))
  }

  @Test func lingerZeroAborts() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.setOption(4, .abortOnClose(true)))
    try peer.call(.close(4))
    #expect(try peer.answers().map(\.header.flags) == [[.rst, .ack]])
  }
}
