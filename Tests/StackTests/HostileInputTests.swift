import Testing
import Wire

@testable import Stack

/// Whatever comes off the wire: no frame traps a host or makes it work without end.
@Suite struct HostileInputTests {
  /// A host with a listener, a connection with data both ways and a UDP socket.
  private func busyHost(_ seed: UInt64) throws -> Peer {
    var peer = Peer {
      $0.tcp = seed % 2 == 0 ? .book : .modern
      $0.isObserved = false
      $0.socketLimit = 64
      $0.seed = seed
    }
    try peer.establish(
      options: TCPOptions(
        maximumSegmentSize: 1460, windowScale: 2, sackPermitted: true,
        timestamps: TCPTimestamps(value: 1, echo: 0)))
    try peer.call(.send(4, [UInt8](repeating: 1, count: 5000)))
    try peer.call(.socket(.datagram))
    try peer.call(.bind(5, SocketAddress(.any, 53)))
    _ = try peer.answers()
    return peer
  }

  /// Frames that are all right, as a start for damage.
  private func seeds(_ peer: Peer) -> [[UInt8]] {
    let next = peer.connection?.sendNext.value ?? 0
    let una = peer.connection?.sendUnacknowledged.value ?? 0
    func segment(
      _ flags: TCPFlags, _ sequence: UInt32, _ ack: UInt32, _ count: Int,
      _ options: TCPOptions = TCPOptions()
    ) -> [UInt8] {
      Peer.frame(
        TCPHeader(
          sourcePort: Peer.port, destinationPort: 80, sequence: SequenceNumber(sequence),
          acknowledgment: SequenceNumber(ack), flags: flags, window: 9000, options: options),
        text: [UInt8](repeating: 7, count: count))
    }
    let stamps = TCPOptions(timestamps: TCPTimestamps(value: 5, echo: 1))
    var blocks = stamps
    blocks.sackBlocks = [SACKBlock(left: SequenceNumber(una), right: SequenceNumber(next))]
    return [
      segment(.ack, 5001, next, 100, stamps), segment(.ack, 5001, una, 0, blocks),
      segment([.fin, .ack], 5001, next, 3, stamps), segment(.rst, 5001, 0, 0),
      segment(.syn, 90, 0, 20, TCPOptions(maximumSegmentSize: 1, windowScale: 255)),
      segment(.ack, 5200, next, 1400, stamps), segment([.ack, .urg, .psh], 5001, next, 10, stamps),
      Peer.datagram(Array(0...50), to: 53), Peer.datagram([1], to: 54),
      Peer.message(ICMPMessage(.echoRequest(identifier: 1, sequence: 2)), Array(0...60)),
      Peer.message(
        ICMPMessage(.destinationUnreachable(code: .port, mtu: 0)),
        Array(segment(.ack, una, 5001, 0)[14..<42])),
      ARP.request(from: Peer.address, Peer.hardware),
      ARP.reply(from: IPv4Address(192, 0, 2, 3), Peer.hardware),
    ]
  }

  /// Makes the checksums right again, so that the damage gets past them.
  private func mend(_ octets: inout [UInt8]) {
    guard octets.count >= 34 else { return }
    let header = min(Int(octets[14] & 0xf) * 4, octets.count - 14)
    guard header >= 20 else { return }
    Peer.put(0, into: &octets, at: 24)
    Peer.put(
      IPv4Header.checksum(of: octets.span.bytes.extracting(14..<(14 + header))), into: &octets,
      at: 24)
    let end = min(14 + (Int(octets[16]) << 8 | Int(octets[17])), octets.count)
    let start = 14 + header
    guard end - start >= 20, octets[23] == 6 else { return }
    let source = IPv4Address(octets[26], octets[27], octets[28], octets[29])
    let destination = IPv4Address(octets[30], octets[31], octets[32], octets[33])
    let sum = TCPHeader.checksum(
      of: octets.span.bytes.extracting(start..<end), source: source, destination: destination)
    Peer.put(sum, into: &octets, at: start + 16)
  }

  private func drain(_ peer: inout Peer) -> Int {
    var count = 0
    while peer.host.takeFrame() != nil { count += 1 }
    while peer.host.takeCompletion() != nil {}
    return count
  }

  @Test(arguments: UInt64(0)..<10) func damagedFrames(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    var peer = try busyHost(seed)
    var worst = 0
    for round in 0..<8000 {
      if round % 500 == 0 { peer = try busyHost(seed &* 31 &+ UInt64(round)) }
      let good = seeds(peer)
      var octets = good[Int(random.next() % UInt64(good.count))]
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        octets[Int.random(in: 12..<octets.count, using: &random)] = UInt8(
          truncatingIfNeeded: random.next())
      }
      if random.next() % 8 == 0 {
        octets.removeLast(Int.random(in: 0..<octets.count, using: &random))
      }
      if random.next() % 4 != 0 { mend(&octets) }
      try peer.host.receive(LinkFrame(octets: octets), at: peer.now, &peer.journal)
      worst = max(worst, drain(&peer))
      if random.next() % 64 == 0, let due = peer.host.nextDeadline {
        peer.now = max(peer.now, due)
        try peer.host.advance(to: peer.now, &peer.journal)
        _ = drain(&peer)
      }
    }
    #expect(worst < 100 && peer.host.memory.count <= 64, "seed \(seed)")
  }

  @Test func nothingButNoise() throws {
    var random = RandomSource(seed: 9)
    var peer = try busyHost(0)
    for _ in 0..<30_000 {
      var octets = (0..<Int.random(in: 0...90, using: &random)).map { _ in
        UInt8(truncatingIfNeeded: random.next())
      }
      for (offset, octet) in [
        0: 2, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0x50, 12: 8, 13: UInt8(random.next() % 7), 14: 0x45,
        16: 0, 23: [1, 6, 17][Int(random.next() % 3)], 30: 192, 31: 0, 32: 2, 33: 80,
      ] where offset < octets.count && random.next() % 16 != 0 { octets[offset] = octet }
      mend(&octets)
      try peer.host.receive(LinkFrame(octets: octets), at: peer.now, &peer.journal)
      _ = drain(&peer)
    }
    #expect(peer.connection?.state == .established)
  }

  /// Text that comes in single octets, in any order, many times over: no octet twice, none lost.
  @Test(arguments: UInt64(0)..<5) func scraps(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    var peer = Peer { $0.isObserved = false }
    try peer.establish()
    let next = try #require(peer.connection?.sendNext.value)
    let data = (0..<600).map { UInt8(truncatingIfNeeded: $0 &* 11) }
    var received: [UInt8] = []
    var rounds = 0
    while received.count < data.count, rounds < 20_000 {
      rounds += 1
      let start = Int.random(in: 0..<data.count, using: &random)
      let end = min(start + Int.random(in: 1...9, using: &random), data.count)
      try peer.send(.ack, 5001 &+ UInt32(start), next, text: Array(data[start..<end]))
      if case .data(let octets) = try peer.call(.receive(4, limit: 50)) { received += octets }
      for completion in peer.completions {
        if case .data(let octets) = completion.result { received += octets }
      }
      peer.completions = []
    }
    #expect(received == data)
  }
}
