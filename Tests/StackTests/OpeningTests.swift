import Testing
import Wire

@testable import Stack

/// RFC 9293 §3.5: opening, and what old or lost segments do to it.
@Suite struct OpeningTests {
  private static let clientPort: UInt16 = 1000
  private static let serverPort: UInt16 = 2000

  /// RFC 9293 §3.5 Figure 7.
  @Test func bothSidesOpenAtOnceAndOneConnectionComesOfIt() throws {
    var pair = Pair()
    for (host, port) in [(0, Self.clientPort), (1, Self.serverPort)] {
      try pair.call(host, .socket(.stream))
      try pair.call(host, .bind(3, SocketAddress(.any, port)))
    }
    try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, Self.serverPort)))
    try pair.call(1, .connect(3, SocketAddress(Pair.clientAddress, Self.clientPort)))
    for round in [TCPFlags.syn, [.syn, .ack]] {
      let (fromClient, fromServer) = (pair.take(0), pair.take(1))
      #expect(fromClient.count == 1 && fromServer.count == 1)
      #expect(try pair.segment(pair.frames.count - 1).flags == round)
      try pair.deliver(fromClient, to: 1)
      try pair.deliver(fromServer, to: 0)
      let state: TCPState = round == .syn ? .synReceived : .established
      #expect(pair.block(0)?.state == state && pair.block(1)?.state == state)
    }
    #expect(pair.take(0).isEmpty && pair.take(1).isEmpty)
    #expect(pair.frames.count == 4)
    for host in 0...1 { #expect(pair.completions[host].map(\.result) == [.returned(0)]) }
    try pair.call(0, .send(3, [1, 2, 3]))
    try pair.exchange()
    #expect(try pair.call(1, .receive(3, limit: 9)) == .data([1, 2, 3]))
  }

  /// RFC 9293 §3.5 Figure 8, seen from TCP Peer B.
  @Test func anOldDuplicateSynIsUndoneByAReset() throws {
    var peer = Peer()
    try peer.listen()
    let first = try peer.send(.syn, 90, nil)
    #expect(first[0].header.flags == [.syn, .ack] && first[0].header.acknowledgment.value == 91)
    #expect(try peer.send(.rst, 91, nil).isEmpty)
    #expect(peer.connection == nil && peer.block(3)?.state == .listen)
    #expect(peer.block(3)?.waiting == 0)
    let second = try peer.send(.syn, 100, nil)[0].header
    #expect(second.acknowledgment.value == 101)
    try peer.send(.ack, 101, second.sequence.value &+ 1)
    #expect(peer.connection?.state == .established)
  }

  /// RFC 9293 §3.5 Figure 9: A reboots and opens again, B thinks that the connection is open.
  @Test func aRebootedPeerDiscoversTheHalfOpenConnection() throws {
    var pair = Pair()
    try pair.listen()
    let server = SocketAddress(Pair.serverAddress, 80)
    let openAgain: (inout Pair) throws -> Void = { pair in
      try pair.call(0, .socket(.stream))
      try pair.call(0, .bind(3, SocketAddress(.any, Self.clientPort)))
      try pair.call(0, .connect(3, server))
      try pair.exchange()
    }
    try openAgain(&pair)
    try pair.call(1, .accept(3))
    try pair.call(1, .receive(4, limit: 1))
    pair.reboot(0)
    pair.now = Instant(nanoseconds: 9_000_000_000)
    let before = pair.frames.count
    try openAgain(&pair)
    let flags = try (before..<pair.frames.count).map { try pair.segment($0).flags }
    #expect(flags == [.syn, .ack, .rst])
    #expect(pair.block(1, 4)?.state == .closed)
    #expect(pair.completions[1].map(\.result) == [.failed(.reset)])
    #expect(pair.block(0)?.state == .synSent)
    while pair.now < Instant(nanoseconds: 10_000_000_000), try pair.fireNext() {}
    #expect(pair.block(0)?.state == .established)
  }

  /// RFC 9293 §3.5 Figure 10: B sends on what it believes is open.
  @Test func dataForAForgottenConnectionIsReset() throws {
    var pair = Pair()
    try pair.connect()
    pair.reboot(0)
    try pair.call(1, .send(4, [7]))
    try pair.exchange()
    #expect(try pair.segment(pair.frames.count - 1).flags == .rst)
    #expect(pair.block(1, 4)?.state == .closed)
    #expect(try pair.call(1, .send(4, [8])) == .failed(.reset))
    #expect(try pair.call(1, .send(4, [8])) == .failed(.brokenPipe))
  }

  @Test func aLostSynAcknowledgmentIsSentAgainForARepeatedSyn() throws {
    var pair = Pair()
    pair.loses = { host, number in number == 1 }
    try pair.listen()
    try pair.call(0, .socket(.stream))
    try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, 80)))
    try pair.exchange()
    #expect(pair.block(0)?.state == .synSent && pair.block(1, 4)?.state == .synReceived)
    try pair.fireNext()
    #expect(pair.block(0)?.state == .established && pair.block(1, 4)?.state == .established)
  }

  @Test func theThirdSegmentIsLostAndTheServerRepeats() throws {
    var pair = Pair()
    pair.loses = { _, number in number == 2 }
    try pair.listen()
    try pair.call(0, .socket(.stream))
    try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, 80)))
    try pair.exchange()
    #expect(pair.block(0)?.state == .established && pair.block(1, 4)?.state == .synReceived)
    try pair.fireNext()
    #expect(pair.block(1, 4)?.state == .established)
  }

  @Test func theThirdSegmentIsLostAndTheFirstDataStandsInForIt() throws {
    var pair = Pair()
    pair.loses = { _, number in number == 2 }
    try pair.listen()
    try pair.call(0, .socket(.stream))
    try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, 80)))
    try pair.exchange()
    try pair.call(0, .send(3, [5]))
    try pair.exchange()
    #expect(pair.block(1, 4)?.state == .established && pair.block(1, 4)?.receiveQueue == 1)
  }

  // MARK: text on a SYN, RFC 9293 §3.10.7.2 third check

  @Test func textThatCameWithASynWaitsForTheHandshake() throws {
    var peer = Peer()
    try peer.listen()
    let synAck = try peer.send([.syn, .fin], 500, nil, text: [1, 2, 3])[0].header
    #expect(synAck.acknowledgment.value == 501)
    #expect(peer.connection?.receiveQueue == 0)
    let answer = try peer.send(.ack, 501, synAck.sequence.value &+ 1)
    #expect(answer.count == 1 && answer[0].header.acknowledgment.value == 505)
    #expect(peer.connection?.state == .closeWait)
    try peer.call(.accept(3))
    #expect(try peer.call(.receive(4, limit: 10)) == .data([1, 2, 3]))
    #expect(try peer.call(.receive(4, limit: 10)) == .data([]))
  }

  @Test func textThatCameWithASynAckIsTakenAtOnce() throws {
    var peer = Peer { $0.tcp.receiveBuffer = 4 }
    let syn = try peer.connect()
    let answer = try peer.send(
      [.syn, .ack], 500, syn.sequence.value &+ 1, text: [1, 2, 3, 4, 5, 6])
    #expect(answer.map(\.header.flags) == [.ack])
    #expect(answer[0].header.acknowledgment.value == 505)
    #expect(peer.connection?.receiveQueue == 4 && peer.connection?.receiveWindow == 0)
  }

  // MARK: the queue of waiting connections

  @Test func aFullBacklogDropsSynsUntilOneIsAccepted() throws {
    var peer = Peer()
    try peer.listen(backlog: 2)
    for port in [UInt16(4000), 4001] {
      let synAck = try peer.send(.syn, 10, nil, from: port)[0].header
      try peer.send(.ack, 11, synAck.sequence.value &+ 1, from: port)
    }
    #expect(peer.block(3)?.waiting == 2)
    #expect(try peer.send(.syn, 10, nil, from: 4002).isEmpty)
    #expect(peer.rules.contains(.backlogFull))
    #expect(
      try peer.call(.accept(3)) == .accepted(4, peer: SocketAddress(Peer.address, 4000)))
    #expect(try peer.send(.syn, 10, nil, from: 4002)[0].header.flags == [.syn, .ack])
    #expect(
      try peer.call(.accept(3)) == .accepted(5, peer: SocketAddress(Peer.address, 4001)))
    #expect(try peer.call(.accept(3)) == .blocked)
  }

  @Test func aResetTakesAConnectionOutOfTheQueue() throws {
    var peer = Peer()
    try peer.listen(backlog: 1)
    let synAck = try peer.send(.syn, 10, nil)[0].header
    try peer.send(.ack, 11, synAck.sequence.value &+ 1)
    try peer.send(.rst, 11, nil)
    #expect(peer.connection == nil && peer.block(3)?.waiting == 0)
    #expect(try peer.call(.accept(3)) == .blocked)
    #expect(try peer.send(.syn, 10, nil)[0].header.flags == [.syn, .ack])
  }

  @Test func whoWaitsInTheQueueIsResetWhenTheListenerCloses() throws {
    var peer = Peer()
    try peer.listen()
    let synAck = try peer.send(.syn, 10, nil)[0].header
    try peer.send(.ack, 11, synAck.sequence.value &+ 1)
    try peer.send(.syn, 20, nil, from: 4001)
    try peer.call(.close(3))
    let resets = try peer.answers()
    #expect(resets.map(\.header.flags) == [[.rst, .ack], [.rst, .ack]])
    #expect(Set(resets.map(\.header.destinationPort)) == [4000, 4001])
    #expect(peer.host.memory.count == 0)
  }

  /// What has been accepted has its own life; it does not end with the socket it came from.
  @Test func aConnectionThatClosesGentlyOutlivesItsListener() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.close(4))
    _ = try peer.answers()
    try peer.call(.close(3))
    #expect(try peer.answers().isEmpty)
    #expect(peer.connection?.state == .finWait1)
  }

  @Test(arguments: [ShutdownDirection.sending, .both])
  func aConnectionThatEndsByItselfLeavesTheQueueAlone(direction: ShutdownDirection) throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.shutdown(4, direction))
    let next = peer.connection?.sendNext.value
    try peer.send([.fin, .ack], 5001, next)
    #expect(peer.connection?.state == .timeWait)
    try peer.call(.close(4))
    while try peer.fireNext() != nil {}
    #expect(peer.connection == nil && peer.block(3)?.waiting == 0)
  }

  @Test func aSleepingAcceptGetsTheNextConnection() throws {
    var peer = Peer()
    try peer.listen()
    #expect(try peer.call(.accept(3)) == .blocked)
    let synAck = try peer.send(.syn, 10, nil)[0].header
    #expect(peer.completions.isEmpty)
    try peer.send(.ack, 11, synAck.sequence.value &+ 1)
    #expect(
      peer.completions.map(\.result) == [.accepted(4, peer: SocketAddress(Peer.address, 4000))])
  }
}
