import Testing
import Wire

@testable import Stack

/// A learner may write any octets into a control block; the stack, unaware, obeys what it then reads.
@Suite struct PokeTests {
  private func write(_ number: UInt64, to field: Field, _ peer: inout Peer) throws {
    let slot = try #require(peer.connectionSlot)
    var block = peer.host.memory[slot]
    block.write(number, to: field)
    try peer.host.write(
      block.octets(of: field), at: field.description.offset, slot: slot, at: peer.now,
      &peer.journal)
  }

  @Test func theNextSegmentCarriesTheNumberWritten() throws {
    var peer = Peer()
    try peer.establish()
    let next = try #require(peer.connection?.sendNext)
    try write(UInt64((next + 1000).value), to: .sndNxt, &peer)
    let moment = try #require(peer.journal.moments.last { $0.event == .memoryWritten })
    #expect(moment.rule == .learnerWrote)
    let changes = peer.journal.changes[moment.changes]
    #expect(changes.map(\.field) == [.sndNxt] && changes.first?.old == UInt64(next.value))
    let answer = try peer.send(.ack, 5001, next.value, text: [1])
    #expect(answer.map(\.header.sequence) == [next + 1000])
  }

  @Test func otherFieldsAreObeyedToo() throws {
    var peer = Peer { $0.tcp.nagle = .off }
    try peer.establish()
    let next = try #require(peer.connection?.sendNext)
    try write(100, to: .mssEffective, &peer)
    try write(350, to: .sndWnd, &peer)
    try peer.call(.send(4, [UInt8](repeating: 1, count: 1000)))
    // The last 50 octets of the window would be a silly segment (RFC 9293 §3.8.6.2.1).
    #expect(try peer.answers().map(\.text.count) == [100, 100, 100])
    try write(77, to: .rcvNxt, &peer)
    #expect(try peer.send(.ack, 5001, next.value, text: [1])[0].header.acknowledgment.value == 77)
    try write(UInt64(TCPState.closed.octet), to: .state, &peer)
    #expect(try peer.send(.ack, 77, next.value).map(\.header.flags) == [.rst])
    try write(4001, to: .remotePort, &peer)
    #expect(peer.connection == nil)
  }

  @Test func aTimerWrittenOverFiresWhenTheMemorySays() throws {
    var peer = Peer()
    try peer.establish()
    try write(UInt64(TCPTimer.timeWait.octet), to: .timer, &peer)
    try write(peer.now.nanoseconds + 5, to: .timerDue, &peer)
    while try peer.fireNext() != nil {}
    #expect(peer.connection?.state == .closed && peer.rules.contains(.timeWaitEnds))
  }

  /// RTO 0 doubles to 0: yet time goes on, and the connection is given up as usual.
  @Test func aTimeoutOfZeroEndsToo() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.send(4, [1]))
    try write(0, to: .rto, &peer)
    try write(0, to: .timerDue, &peer)
    var fired = 0
    while try peer.fireNext() != nil { fired += 1 }
    #expect(peer.connection?.state == .closed && fired < 50)
  }

  /// Two ends that have lost track of each other fall silent (RFC 5961 §7).
  @Test func thereIsNoStormOfAcknowledgments() throws {
    var pair = Pair()
    try pair.connect()
    for (host, number) in [(0, 3), (1, 4)] {
      let slot = try #require(pair.hosts[host].memory.slot(number: number))
      var block = pair.hosts[host].memory[slot]
      block.write(UInt64((block.receiveNext + 500_000).value), to: .rcvNxt)
      try pair.hosts[host].write(
        block.octets(of: .rcvNxt), at: Field.rcvNxt.description.offset, slot: slot, at: pair.now,
        &pair.journal)
    }
    let before = pair.frames.count
    try pair.call(0, .send(3, [1]))
    try pair.exchange()
    #expect(pair.frames.count - before > 2 && pair.frames.count - before < 50)
    #expect(pair.rules.contains(.challengeLimit))
  }

  @Test func claimsOfGigabytesAreServedInPortions() throws {
    var peer = Peer()
    try peer.establish()
    try write(.max, to: .sendQueue, &peer)
    try write(.max, to: .unsent, &peer)
    try write(UInt64(Int32.max), to: .sndWnd, &peer)
    let next = try #require(peer.connection?.sendNext)
    let answers = try peer.send(.ack, 5001, next.value, text: [1], window: 65_535)
    #expect(answers.count > 40 && answers.count < 1100)
    try write(.max, to: .receiveQueue, &peer)
    let invented = [UInt8](repeating: 0, count: 65_536)
    #expect(try peer.call(.receive(4, limit: .max)) == .data([1] + invented))
    let slot = try #require(peer.connectionSlot)
    #expect(peer.host.sendBuffer(slot).count == 65_536)
  }

  @Test(arguments: [-1000, -1, 0, 255, 256, Int.max, Int.min]) func anyOffset(offset: Int) throws {
    var peer = Peer()
    try peer.establish()
    let slot = try #require(peer.connectionSlot)
    let before = peer.host.memory[slot].octets
    for wrong in [slot, 5, 15, 16, -1, .max] {
      try peer.host.write([0xaa, 0xbb], at: offset, slot: wrong, at: peer.now, &peer.journal)
    }
    let after = peer.host.memory[slot].octets
    for index in before.indices {
      let written = index == offset ? 0xaa : index - 1 == offset ? 0xbb : before[index]
      #expect(after[index] == written)
    }
  }

  /// A descriptor and its record are torn apart by writing: the slot is never given out twice.
  @Test func aRecordThatLostItsDescriptorIsForgotten() throws {
    var peer = Peer()
    try peer.establish()
    try write(0, to: .descriptor, &peer)
    try peer.send(.rst, 5001, nil)
    #expect(peer.connection == nil)
    #expect(try peer.call(.close(4)) == .failed(.badDescriptor))
    try peer.call(.socket(.stream))
    try peer.call(.socket(.stream))
    #expect(Set(peer.host.memory.used).count == 3 && peer.host.memory.count == 3)
  }

  // MARK: anything at all

  private static let calls: [SocketCall] = [
    .send(3, [UInt8](repeating: 1, count: 3000)), .send(4, [UInt8](repeating: 2, count: 500)),
    .receive(3, limit: 5000), .receive(4, limit: 70_000), .accept(3), .shutdown(3, .sending),
    .shutdown(4, .both), .close(4), .close(5), .abort(4), .socket(.stream), .socket(.datagram),
    .listen(5, backlog: 3), .bind(5, SocketAddress(.any, 99)),
    .connect(4, SocketAddress(Pair.serverAddress, 80)),
    .connect(5, SocketAddress(Pair.serverAddress, 80)),
    .sendTo(5, [9], SocketAddress(Pair.serverAddress, 99)), .receiveFrom(5, limit: 10),
  ]

  private static func octets(_ random: inout RandomSource) -> [UInt8] {
    (0..<Int.random(in: 1...8, using: &random)).map { _ in
      switch random.next() % 4 {
      case 0: 0
      case 1: 0xff
      case 2: UInt8.random(in: 0...11, using: &random)
      default: UInt8(truncatingIfNeeded: random.next())
      }
    }
  }

  /// Random octets at random places, between calls, frames and timers: nothing traps, everything ends.
  @Test(arguments: UInt64(0)..<60) func anyOctetsAnywhere(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let settings: TCPSettings = seed % 2 == 0 ? .book : .modern
    let isObserved = seed % 3 == 0
    var pair = Pair(
      seed: seed,
      client: {
        $0.tcp = settings
        $0.isObserved = isObserved
      },
      server: {
        $0.tcp = settings
        $0.isObserved = isObserved
      })
    try pair.connect()
    for _ in 0..<120 {
      let host = Int(random.next() % 2)
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        guard let slot = pair.hosts[host].memory.used.randomElement(using: &random) else { break }
        let offset = Int.random(in: 0..<ControlBlock.size, using: &random)
        try pair.hosts[host].write(
          Self.octets(&random), at: offset, slot: slot, at: pair.now, &pair.journal)
      }
      try pair.call(host, Self.calls[Int(random.next() % UInt64(Self.calls.count))])
      try carry(&pair, atMost: 200)
      if random.next() % 3 == 0, let next = pair.hosts.compactMap(\.nextDeadline).min() {
        pair.now = max(pair.now, min(next, pair.now + .seconds(100)))
        for host in 0...1 { try pair.hosts[host].advance(to: pair.now, &pair.journal) }
        try carry(&pair, atMost: 200)
      }
      for host in pair.hosts {
        for slot in host.memory.used {
          for row in Field.table { _ = host.memory[slot].content(row.field) }
        }
      }
      pair.journal = Journal(isLooking: true)
    }
  }

  /// Carries so many frames and loses the rest.
  private func carry(_ pair: inout Pair, atMost limit: Int) throws {
    var carried = 0
    var busy = true
    while busy {
      busy = false
      for host in 0...1 {
        while let frame = pair.hosts[host].takeFrame() {
          busy = true
          carried += 1
          if carried <= limit {
            try pair.hosts[1 - host].receive(frame, at: pair.now, &pair.journal)
          }
        }
      }
    }
    pair.collect()
  }
}
