import Testing
import Wire

@testable import Stack

@Suite struct ConnectionTests {
  @Test(arguments: [UInt64(1), 2, 3]) func theHandshakeFillsBothRecords(seed: UInt64) throws {
    var pair = Pair(seed: seed)
    try pair.connect()
    #expect(pair.frames.count == 3)
    let (syn, synAck, ack) = (
      try pair.segment(0), try pair.segment(1), try pair.segment(2)
    )
    #expect(syn.flags == .syn && synAck.flags == [.syn, .ack] && ack.flags == .ack)
    #expect(synAck.acknowledgment == syn.sequence + 1)
    #expect(ack.sequence == syn.sequence + 1 && ack.acknowledgment == synAck.sequence + 1)
    let client = try #require(pair.block(0))
    let server = try #require(pair.block(1, 4))
    #expect(client.state == .established && server.state == .established)
    #expect(client.sendNext == server.receiveNext && server.sendNext == client.receiveNext)
    #expect(client.sendMaximumSegmentSize == 1460)
    #expect(pair.completions[0].map(\.result) == [.returned(0)])
  }

  @Test func dataGoesBothWaysAndBothRecordsGo() throws {
    var pair = Pair()
    try pair.connect()
    let request = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    #expect(try pair.call(0, .send(3, request)) == .returned(5000))
    try pair.exchange()
    #expect(try pair.call(1, .receive(4, limit: 10_000)) == .data(request))
    #expect(try pair.call(1, .send(4, Array(request.reversed()))) == .returned(5000))
    try pair.exchange()
    #expect(try pair.call(0, .receive(3, limit: 10_000)) == .data(request.reversed()))
    try pair.call(1, .close(4))
    try pair.exchange()
    #expect(try pair.call(0, .receive(3, limit: 1)) == .data([]))
    try pair.call(0, .close(3))
    try pair.exchange()
    #expect(pair.block(0) == nil)
    #expect(pair.block(1, 4)?.state == .timeWait)
    while try pair.fireNext() {}
    #expect(pair.block(1, 4) == nil)
    #expect(pair.hosts[1].memory.count == 1)
  }

  @Test func aLostSegmentIsSentAgain() throws {
    var pair = Pair()
    try pair.connect()
    pair.loses = { host, number in host == 0 && number == 4 }
    let data = [UInt8](repeating: 9, count: 3 * 1460)
    try pair.call(0, .send(3, data))
    try pair.exchange()
    #expect(pair.block(1, 4)?.receiveQueue == 1460)
    try pair.fireNext()
    #expect(try pair.call(1, .receive(4, limit: 9000)) == .data(data))
    #expect(pair.rules.contains(.textHeld) && pair.rules.contains(.textJoined))
  }

  @Test func nobodyListensMeansRefused() throws {
    var pair = Pair()
    try pair.call(0, .socket(.stream))
    try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, 81)))
    try pair.exchange()
    #expect(pair.frames.count == 2)
    #expect(pair.completions[0].map(\.result) == [.failed(.refused)])
    #expect(pair.block(0)?.state == .closed)
    try pair.call(0, .close(3))
    #expect(pair.hosts[0].memory.count == 0)
  }

  @Test func silenceEndsAfterR2() throws {
    var pair = Pair()
    pair.loses = { _, _ in true }
    try pair.call(0, .socket(.stream))
    try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, 80)))
    try pair.exchange()
    while try pair.fireNext() {}
    #expect(pair.completions[0].map(\.result) == [.failed(.timedOut)])
    #expect(pair.now >= Instant(nanoseconds: 180_000_000_000))
    #expect(pair.rules.contains(.giveUp))
  }

  @Test func modernOptionsAreAgreedOn() throws {
    var pair = Pair(
      client: { $0.tcp = .modern.answeringAtOnce }, server: { $0.tcp = .modern.answeringAtOnce })
    try pair.connect()
    let client = try #require(pair.block(0))
    #expect(client.options == [.sack, .timestamps, .windowScale])
    #expect(client.sendMaximumSegmentSize == 1448)
  }

  @Test func everyOctetOfTheBlockBelongsToOneField() {
    #expect(MemoryLayout<ControlBlock>.size == 256 && MemoryLayout<ControlBlock>.stride == 256)
    var covered = [Int](repeating: 0, count: 256)
    for row in Field.table { for octet in row.range { covered[octet] += 1 } }
    #expect(covered.allSatisfy { $0 == 1 })
    for field in Field.allCases { #expect(field.description.field == field) }
    #expect(Set(Field.allCases.map(\.name)).count == Field.allCases.count)
  }
}
