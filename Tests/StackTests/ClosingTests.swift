import Testing
import Wire

@testable import Stack

/// RFC 9293 §3.6: closing in turn, at once, half, and with a slammed door.
@Suite struct ClosingTests {
  /// RFC 9293 §3.6 Figure 12.
  @Test func oneSideClosesThenTheOther() throws {
    var pair = Pair()
    try pair.connect()
    let before = pair.frames.count
    try pair.call(0, .close(3))
    #expect(pair.block(0)?.state == .finWait1)
    try pair.exchange()
    #expect(pair.block(0)?.state == .finWait2 && pair.block(1, 4)?.state == .closeWait)
    try pair.call(1, .close(4))
    #expect(pair.block(1, 4)?.state == .lastAck)
    try pair.exchange()
    #expect(pair.block(0)?.state == .timeWait && pair.block(1, 4) == nil)
    let flags = try (before..<pair.frames.count).map { try pair.segment($0).flags }
    #expect(flags == [[.fin, .ack], .ack, [.fin, .ack], .ack])
  }

  /// RFC 9293 §3.6 Figure 13.
  @Test func bothSidesCloseAtOnce() throws {
    var pair = Pair()
    try pair.connect()
    try pair.call(0, .close(3))
    try pair.call(1, .close(4))
    for state in [TCPState.closing, .timeWait] {
      let (fromClient, fromServer) = (pair.take(0), pair.take(1))
      #expect(fromClient.count == 1 && fromServer.count == 1)
      try pair.deliver(fromClient, to: 1)
      try pair.deliver(fromServer, to: 0)
      #expect(pair.block(0)?.state == state && pair.block(1, 4)?.state == state)
    }
    #expect(pair.take(0).isEmpty && pair.take(1).isEmpty)
    while try pair.fireNext() {}
    #expect(pair.block(0) == nil && pair.block(1, 4) == nil)
    #expect(pair.now == Instant(nanoseconds: 10_000_000_000), "2 MSL of 5 s")
  }

  /// Who sleeps in `receive()` learns of the FIN at once, and his own may carry the ACK: three segments.
  @Test(arguments: [(true, true, 1), (true, false, 2), (false, true, 2)])
  func theSecondFinMayCarryTheAcknowledgment(delays: Bool, sleeps: Bool, count: Int) throws {
    var pair = Pair {
      $0.tcp = delays ? .book : .book.answeringAtOnce
    } server: {
      $0.tcp = delays ? .book : .book.answeringAtOnce
    }
    try pair.connect()
    if sleeps { #expect(try pair.call(1, .receive(4, limit: 5)) == .blocked) }
    try pair.call(0, .close(3))
    try pair.exchange()
    #expect(pair.block(1, 4)?.state == .closeWait)
    let before = pair.frames.count
    try pair.call(1, .close(4))
    try pair.exchange()
    let first = try pair.segment(before)
    #expect(first.flags == [.fin, .ack])
    let fromServer = pair.frames[..<(before + 1)].filter { $0.from == 1 }.count
    #expect(fromServer == 1 + count, "the SYN+ACK and what answers the FIN")
    #expect(pair.block(0)?.state == .timeWait && pair.block(1, 4) == nil)
  }

  /// One that does not close after all is acknowledged by the timer.
  @Test func theAcknowledgmentOfAFinDoesNotWaitForEver() throws {
    var pair = Pair(client: { $0.tcp = .book }, server: { $0.tcp = .book })
    try pair.connect()
    try pair.call(1, .receive(4, limit: 5))
    try pair.call(0, .close(3))
    try pair.exchange()
    #expect(pair.block(0)?.state == .finWait1)
    let began = pair.now
    try pair.fireNext()
    #expect(pair.block(0)?.state == .finWait2 && pair.now.since(began) == .milliseconds(200))
  }

  @Test func aFinThatComesAgainRestartsTheWait() throws {
    var peer = try Peer(in: .timeWait)
    let first = try #require(peer.connection?.timerDue)
    #expect(first == peer.now + .seconds(10))
    _ = try peer.wait(.seconds(4))
    let next = try #require(peer.connection?.sendNext.value)
    #expect(try peer.send([.fin, .ack], 5001, next).map(\.header.flags) == [.ack])
    #expect(peer.connection?.timerDue == peer.now + .seconds(10))
    _ = try peer.wait(.seconds(9))
    #expect(peer.connection?.state == .timeWait)
    _ = try peer.wait(.seconds(1))
    #expect(peer.connection?.state == .closed)
    #expect(peer.rules.contains(.timeWaitEnds))
  }

  /// RFC 9293 §3.6.1 SHLD-3, first half.
  @Test func closingWithUnreadDataResets() throws {
    var peer = Peer()
    try peer.establish()
    let next = try #require(peer.connection?.sendNext.value)
    try peer.send([.ack], 5001, next, text: [1, 2, 3])
    try peer.call(.close(4))
    let answers = try peer.answers()
    #expect(answers.map(\.header.flags) == [[.rst, .ack]])
    #expect(answers[0].header.sequence.value == next)
    #expect(peer.connection == nil && peer.rules.contains(.closeUnread))
  }

  /// RFC 9293 §3.6.1 SHLD-3, second half.
  @Test func dataAfterCloseResets() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.close(4))
    let fin = try peer.answers()[0].header
    let reset = try peer.send([.ack], 5001, fin.sequence.value &+ 1, text: [1])
    #expect(reset.map(\.header.flags) == [[.rst, .ack]])
    #expect(peer.connection == nil)
  }

  @Test func whoShutsOnlyTheSendingHalfStillReads() throws {
    var pair = Pair()
    try pair.connect()
    try pair.call(0, .send(3, [1]))
    try pair.call(0, .shutdown(3, .sending))
    try pair.exchange()
    #expect(try pair.call(0, .send(3, [2])) == .failed(.brokenPipe))
    #expect(try pair.call(1, .receive(4, limit: 5)) == .data([1]))
    #expect(try pair.call(1, .receive(4, limit: 5)) == .data([]))
    #expect(try pair.call(1, .send(4, [3, 4])) == .returned(2))
    try pair.exchange()
    #expect(try pair.call(0, .receive(3, limit: 5)) == .data([3, 4]))
    #expect(pair.block(0)?.state == .finWait2 && pair.block(1, 4)?.state == .closeWait)
  }

  @Test func theFinWaitsForDataThatTheWindowHolds() throws {
    var peer = Peer()
    peer.window = 4
    try peer.establish()
    let base = try #require(peer.connection?.sendNext.value)
    try peer.send(.ack, 5001, base, window: 4)
    try peer.call(.send(4, [1, 2, 3, 4, 5]))
    try peer.call(.close(4))
    let first = try peer.answers()
    #expect(first.map(\.header.flags) == [.ack] && first[0].text == [1, 2, 3, 4])
    let rest = try peer.send(.ack, 5001, base &+ 4, window: 100)
    #expect(rest.map(\.header.flags) == [[.psh, .fin, .ack]] && rest[0].text == [5])
  }

  /// Our choice: the FIN is queued until ESTABLISHED, RFC 9293 §3.10.4, SYN-RECEIVED.
  @Test func closingInSynReceivedQueuesTheFin() throws {
    var peer = try Peer(in: .synReceivedActive)
    try peer.call(.close(3))
    #expect(try peer.answers().isEmpty && peer.connection?.state == .synReceived)
    let next = try #require(peer.connection?.sendNext.value)
    let answers = try peer.send(.ack, 5001, next)
    #expect(answers.map(\.header.flags) == [[.fin, .ack]])
    #expect(peer.connection?.state == .finWait1)
  }

  @Test func closingInSynSentForgetsEverything() throws {
    var peer = Peer()
    _ = try peer.connect()
    try peer.call(.close(3))
    #expect(try peer.answers().isEmpty && peer.host.memory.count == 0)
    #expect(peer.completions.map(\.result) == [.failed(.badDescriptor)])
  }

  /// RFC 9293 §3.10.5. The reset carries an ACK too, as common stacks have it: then it is believed in
  /// SYN-SENT as well.
  @Test(arguments: Situation.plain.filter { $0 != .closed }) func abort(situation: Situation)
    throws
  {
    var peer = try Peer(in: situation)
    let isPassive = situation != .synSent && situation != .synReceivedActive
    if situation == .synReceivedPassive || situation == .listen {
      try peer.call(.abort(3))
    } else {
      try peer.call(.abort(isPassive ? 4 : 3))
    }
    let resets: [Situation] = [
      .synReceivedPassive, .synReceivedActive, .established, .finWait1, .finWait2, .closeWait,
    ]
    let expected: [TCPFlags] = resets.contains(situation) ? [[.rst, .ack]] : []
    #expect(try peer.answers().map(\.header.flags) == expected)
    #expect(peer.connection == nil)
  }

  @Test func aProcessThatEndsClosesItsSockets() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.receive(4, limit: 1))
    try peer.host.exit(Peer.process, at: peer.now, &peer.journal)
    #expect(try peer.answers().map(\.header.flags) == [[.fin, .ack]])
    #expect(peer.connection?.state == .finWait1 && peer.block(3) == nil)
    #expect(peer.rules.contains(.deadOwner) && peer.completions.isEmpty)
  }

  @Test func aSleepingReceiverIsToldOfTheEnd() throws {
    var peer = Peer()
    try peer.establish()
    #expect(try peer.call(.receive(4, limit: 10)) == .blocked)
    let next = peer.connection?.sendNext.value
    try peer.send([.fin, .ack], 5001, next)
    #expect(peer.completions.map(\.result) == [.data([])])
  }

  @Test func aSleepingReceiverIsToldOfAReset() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.receive(4, limit: 10))
    try peer.send(.rst, 5001, nil)
    #expect(peer.completions.map(\.result) == [.failed(.reset)])
    #expect(try peer.call(.receive(4, limit: 10)) == .data([]), "an error is told once")
  }
}
