import Testing
import Wire

@testable import Stack

/// TIME-WAIT: RFC 9293 §3.6.1 and §3.10.7.4, RFC 1337, RFC 6191.
@Suite struct TimeWaitTests {
  /// The host has closed first and waits; the listener is still there. `next` is its SND.NXT, the peer's is 5002.
  private func waiting(
    stamps: Bool = false, _ configure: (inout HostConfiguration) -> Void = { _ in }
  ) throws -> (peer: Peer, next: UInt32) {
    var peer = Peer { host in
      host.tcp.timestamps = stamps
      configure(&host)
    }
    try peer.establish(options: stamps ? Self.stamp(100) : TCPOptions())
    try peer.call(.close(4))
    let fin = try #require(try peer.answers().last).header
    let next = fin.sequence.value &+ 1
    try peer.send([.fin, .ack], 5001, next, options: stamps ? Self.stamp(200) : TCPOptions())
    return (peer, next)
  }

  private static func stamp(_ value: UInt32) -> TCPOptions {
    TCPOptions(timestamps: TCPTimestamps(value: value, echo: 0))
  }

  @Test func itLastsTwoMaximumSegmentLifetimesAndAFinBeginsItAnew() throws {
    var (peer, next) = try waiting()
    #expect(peer.connection?.state == .timeWait)
    let due = try #require(peer.connection?.timerDue)
    #expect(due == peer.now + .seconds(10))
    peer.now = peer.now + .seconds(4)
    let answers = try peer.send([.fin, .ack], 5001, next)
    #expect(answers.map(\.header.acknowledgment.value) == [5002])
    #expect(peer.connection?.timerDue == due + .seconds(4))
    while peer.connection != nil, try peer.fireNext() != nil {}
    #expect(peer.now == due + .seconds(4))
  }

  // MARK: Without it

  @Test func withoutItTheRecordGoesWithTheLastAcknowledgment() throws {
    var (peer, next) = try waiting { $0.tcp.keepsTimeWait = false }
    #expect(peer.connection == nil && peer.rules.contains(.timeWaitSkipped))
    #expect(!peer.rules.contains(.timeWaitStarts))
    // The peer has not had it: there is nobody left who could say it again.
    #expect(try peer.send([.fin, .ack], 5001, next).map(\.header.flags) == [.rst])
  }

  @Test func withoutItClosingEndsAtOnce() throws {
    var peer = Peer { $0.tcp.keepsTimeWait = false }
    try peer.establish()
    try peer.call(.close(4))
    let fin = try #require(try peer.answers().last).header
    try peer.send([.fin, .ack], 5001, fin.sequence.value)
    #expect(peer.connection?.state == .closing)
    try peer.send(.ack, 5002, fin.sequence.value &+ 1)
    #expect(peer.connection == nil)
  }

  // MARK: RFC 1337

  /// RFC 9293 §3.10.7.4, second check; RFC 1337 §3 (F1).
  @Test(arguments: [false, true])
  func aResetEndsItUnlessItIsIgnored(ignores: Bool) throws {
    var (peer, _) = try waiting { $0.tcp.ignoresResetInTimeWait = ignores }
    #expect(try peer.send(.rst, 5002, nil).isEmpty)
    #expect((peer.connection == nil) == !ignores)
    #expect(peer.rules.last == (ignores ? .timeWaitIgnoresReset : .resetInClosing))
  }

  // MARK: A SYN for the same four, RFC 9293 §3.6.1 MAY-2 and RFC 6191 §2

  @Test func aSynAboveTheOldNumbersOpensANewConnectionAboveTheOldNumbers() throws {
    var (peer, next) = try waiting { $0.tcp.fixedInitialSequence = 1000 }
    #expect(next == 1002)
    let synAck = try peer.send(.syn, 6000, nil)[0].header
    #expect(synAck.flags == [.syn, .ack] && synAck.acknowledgment.value == 6001)
    #expect(synAck.sequence.isAfter(SequenceNumber(next &- 1)))
    #expect(peer.connection?.state == .synReceived && peer.connection?.number != 4)
    try peer.send(.ack, 6001, synAck.sequence.value &+ 1)
    #expect(peer.connection?.state == .established)
    #expect(peer.rules.contains(.timeWaitReopens))
  }

  /// What is left of RFC 9293 §3.10.7.4: <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>.
  @Test(arguments: [UInt32(5001), 5000, 4000], [false, true])
  func anOldSynIsAnsweredAndTheWaitGoesOn(sequence: UInt32, reopens: Bool) throws {
    var (peer, next) = try waiting { $0.tcp.reopensTimeWait = reopens }
    let answers = try peer.send(.syn, sequence, nil)
    #expect(answers.map(\.header.flags) == [.ack])
    #expect(answers[0].header.sequence.value == next)
    #expect(answers[0].header.acknowledgment.value == 5002)
    #expect(peer.connection?.state == .timeWait)
  }

  @Test func aHostMayKeepTheWaitWhateverComes() throws {
    var (peer, _) = try waiting { $0.tcp.reopensTimeWait = false }
    #expect(try peer.send(.syn, 6000, nil).map(\.header.flags) == [.ack])
    #expect(peer.connection?.state == .timeWait)
  }

  /// RFC 6191 §2, its cases in its order.
  @Test(arguments: [
    (old: true, stamp: UInt32(201), sequence: UInt32(4000), honoured: true),
    (true, 200, 6000, true), (true, 200, 4000, false), (true, 199, 6000, false),
    (true, 0, 6000, true), (true, 0, 4000, false),
    (false, 5, 4000, true), (false, 0, 6000, true), (false, 0, 4000, false),
  ])
  func timestampsTellNewFromOld(
    _ row: (old: Bool, stamp: UInt32, sequence: UInt32, honoured: Bool)
  ) throws {
    var (peer, _) = try waiting(stamps: true)
    if !row.old { try peer.write(0, to: .options) }
    let options = row.stamp == 0 ? TCPOptions() : Self.stamp(row.stamp)
    _ = try peer.send(.syn, row.sequence, nil, options: options)
    #expect(peer.connection?.state == (row.honoured ? .synReceived : .timeWait))
  }

  /// MAY-2 (2): "returns to TIME-WAIT state if the SYN turns out to be an old duplicate".
  @Test func aResetOfTheNewConnectionBringsTheOldWaitBack() throws {
    var (peer, next) = try waiting()
    let due = try #require(peer.connection?.timerDue)
    try peer.send(.syn, 6000, nil)
    peer.now = peer.now + .seconds(1)
    try peer.send(.rst, 6001, nil)
    #expect(peer.connection?.state == .timeWait && peer.connection?.number == 4)
    #expect(peer.connection?.sendNext.value == next)
    #expect(peer.connection?.timerDue == due + .seconds(1))
    #expect(peer.rules.contains(.timeWaitResumes) && peer.block(3)?.waiting == 0)
    #expect(
      try peer.send([.fin, .ack], 5001, next).map(\.header.acknowledgment.value) == [5002])
    while peer.connection != nil, try peer.fireNext() != nil {}
    #expect(peer.host.memory.used.count == 1)
  }

  @Test func anEstablishedConnectionForgetsTheOneBefore() throws {
    var (peer, _) = try waiting()
    let synAck = try peer.send(.syn, 6000, nil)[0].header
    try peer.send(.ack, 6001, synAck.sequence.value &+ 1)
    try peer.send(.rst, 6001, nil)
    #expect(peer.connection == nil)
  }

  @Test func withoutAListenerNothingIsReopened() throws {
    var (peer, _) = try waiting()
    try peer.call(.close(3))
    #expect(try peer.send(.syn, 6000, nil).map(\.header.flags) == [.ack])
  }

  // MARK: bind() and connect()

  /// Two hosts whose first connection is over; the client waits.
  private func over(
    stamps: Bool = false, _ change: (inout HostConfiguration) -> Void = { _ in }
  ) throws -> Pair {
    let configure: (inout HostConfiguration) -> Void = { host in
      host.tcp.timestamps = stamps
      host.tcp.acknowledgmentDelay = Nanoseconds(0)
      change(&host)
    }
    var pair = Pair(client: configure, server: configure)
    try pair.listen()
    try pair.call(0, .socket(.stream))
    try pair.call(0, .setOption(3, .reuseAddress(true)))
    try pair.call(0, .bind(3, SocketAddress(.any, 4000)))
    try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, 80)))
    try pair.exchange()
    try pair.call(1, .accept(3))
    for host in 0...1 {
      try pair.call(host, .close(host == 0 ? 3 : 4))
      try pair.exchange()
    }
    #expect(pair.block(0)?.state == .timeWait && pair.block(1, 4) == nil)
    return pair
  }

  @Test func aPortInTimeWaitIsBoundAgainOnlyWhenAskedTo() throws {
    var pair = try over()
    try pair.call(0, .socket(.stream))
    #expect(try pair.call(0, .bind(3, SocketAddress(.any, 4000))) == .failed(.addressInUse))
    try pair.call(0, .setOption(3, .reuseAddress(true)))
    #expect(try pair.call(0, .bind(3, SocketAddress(.any, 4000))) == .returned(0))
    #expect(try pair.call(0, .listen(3, backlog: 1)) == .returned(0))
    // Beside one who waits on the port there is no room, whatever is asked.
    try pair.call(0, .socket(.stream))
    try pair.call(0, .setOption(4, .reuseAddress(true)))
    #expect(try pair.call(0, .bind(4, SocketAddress(.any, 4000))) == .failed(.addressInUse))
  }

  /// Only timestamps tell what is left of the old connection from the new one.
  @Test(arguments: [(stamps: false, after: UInt64(2)), (true, 0), (true, 2)])
  func theSameFourAreTakenAgainWhereTimestampsProtect(
    _ row: (stamps: Bool, after: UInt64)
  ) throws {
    var pair = try over(stamps: row.stamps)
    let old = try #require(pair.block(0))
    pair.now = pair.now + .seconds(row.after)
    try pair.call(0, .socket(.stream))
    try pair.call(0, .setOption(3, .reuseAddress(true)))
    try pair.call(0, .bind(3, SocketAddress(.any, 4000)))
    let result = try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, 80)))
    guard row.stamps, row.after > 0 else {
      #expect(result == .failed(.addressInUse) && pair.block(0)?.state == .timeWait)
      return
    }
    #expect(result == .blocked && pair.block(0) == nil)
    try pair.exchange()
    let new = try #require(pair.block(0, 4))
    #expect(new.state == .established && new.localPort == 4000)
    #expect(new.initialSendSequence.isAtOrAfter(old.sendNext))
  }

  @Test func whenAllPortsAreTakenOneInTimeWaitIs() throws {
    var pair = try over(stamps: true)
    let waiting = try #require(pair.block(0))
    // As if the connection had had a dynamic port.
    let slot = try #require(pair.hosts[0].memory.slot(number: 3))
    let port = Field.localPort.description
    try pair.hosts[0].write(
      [0x00, 0xc0], at: port.offset, slot: slot, at: pair.now, &pair.journal)
    #expect(pair.block(0)?.localPort == 49_152)
    pair.now = pair.now + .seconds(2)
    try pair.hosts[0].advance(to: pair.now, &pair.journal)
    let remote = SocketAddress(Pair.serverAddress, 80)
    #expect(pair.hosts[0].portInTimeWait(to: remote) == 49_152)
    #expect(pair.hosts[0].portInTimeWait(to: SocketAddress(Pair.serverAddress, 81)) == nil)
    #expect(waiting.options.contains(.timestamps))
  }
}
