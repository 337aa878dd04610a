import Testing
import Wire

@testable import Stack

/// What a receiver makes of the urgent pointer: RFC 9293 §3.10.7.4, sixth check, §3.8.5 and §3.10.3.
@Suite struct UrgentReceivingTests {
  /// A connection whose host has RCV.NXT 5001; its SND.NXT.
  private func established(
    irs: UInt32 = 5000, _ configure: (inout HostConfiguration) -> Void = { _ in }
  ) throws -> (peer: Peer, base: UInt32) {
    var peer = Peer(configure)
    try peer.establish(irs: irs)
    let base = try #require(peer.connection?.sendNext.value)
    peer.journal = Journal(isLooking: true)
    return (peer, base)
  }

  private func octets(_ range: Range<UInt8>) -> [UInt8] { Array(range) }

  /// How often the application was told.
  private func signals(_ peer: Peer) -> Int {
    peer.journal.moments.count { $0.event == .urgentSignalled }
  }

  /// Told before it reads; a read ends at the mark (§3.9.1.3); the application can ask (MUST-33).
  @Test(arguments: [TCPSettings.book, .modern])
  func theApplicationIsToldAndReadsUpToTheMark(profile: TCPSettings) throws {
    var (peer, base) = try established { $0.tcp = profile }
    try peer.send([.ack, .urg], 5001, base, text: octets(0..<10), urgent: 6)
    #expect(peer.connection?.content(.rcvUp) == .number(5007))
    #expect(peer.connection?.content(.urgent) == .text("receiving"))
    #expect(signals(peer) == 1 && peer.rules.count { $0 == .urgentNoted } == 2)
    let told = try #require(peer.journal.moments.first { $0.event == .urgentSignalled })
    #expect(told.layer == .application && told.value == 6)
    #expect(
      peer.host.takeUrgentSignal() == UrgentSignal(process: Peer.process, descriptor: 4))
    #expect(peer.host.takeUrgentSignal() == nil)
    #expect(try peer.call(.atMark(4)) == .returned(0))
    #expect(try peer.call(.receive(4, limit: 2)) == .data([0, 1]))
    #expect(peer.journal.moments.last { $0.rule == .urgentRemains }?.value == 4)
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(2..<6)))
    #expect(peer.rules.contains(.urgentEnds))
    #expect(try peer.call(.atMark(4)) == .returned(1))
    #expect(peer.connection?.urgent == .atMark && peer.connection?.isSet(.rcvUp) == true)
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(6..<10)))
    #expect(try peer.call(.atMark(4)) == .returned(0))
    #expect(peer.connection?.urgent == [] && peer.connection?.isSet(.rcvUp) == false)
  }

  /// "If the user has already been signaled … do not signal the user again": one pointer in many segments.
  @Test func onePointerIsToldOnce() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 5001, base, text: octets(0..<10), urgent: 30)
    try peer.send([.ack, .urg], 5011, base, text: octets(10..<20), urgent: 20)
    try peer.send([.ack, .urg], 5021, base, urgent: 10)
    #expect(signals(peer) == 1 && peer.connection?.receiveUrgent.value == 5031)
    #expect(peer.rules.count { $0 == .urgentKnown } == 2)
  }

  /// MUST-32: "or whenever the urgent pointer advances in the data stream".
  @Test func aPointerThatAdvancesIsToldAgain() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 5001, base, text: octets(0..<10), urgent: 10)
    try peer.send([.ack, .urg], 5011, base, text: octets(10..<20), urgent: 10)
    #expect(signals(peer) == 2 && peer.connection?.receiveUrgent.value == 5021)
    #expect(peer.rules.contains(.urgentAdvances))
    // Nobody asked in between: there is one thing to tell.
    #expect(peer.host.takeUrgentSignal() != nil && peer.host.takeUrgentSignal() == nil)
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(0..<20)))
    #expect(try peer.call(.atMark(4)) == .returned(1))
  }

  /// RCV.UP <- max(RCV.UP,SEG.UP): a pointer that lies before it says nothing.
  @Test func aPointerBeforeRcvUpIsIgnored() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 5001, base, text: octets(0..<10), urgent: 30)
    try peer.send([.ack, .urg], 5011, base, text: octets(10..<20), urgent: 5)
    #expect(peer.connection?.receiveUrgent.value == 5031 && signals(peer) == 1)
  }

  /// What has been read cannot be urgent any more.
  @Test func aPointerBeforeWhatWasReadIsIgnored() throws {
    var (peer, base) = try established()
    try peer.send(.ack, 5001, base, text: octets(0..<10))
    try peer.call(.receive(4, limit: 100))
    try peer.send([.ack, .urg], 5011, base, urgent: 0)
    #expect(signals(peer) == 0 && peer.connection?.urgent == [])
    // Of what has come and not been read it can tell.
    try peer.send(.ack, 5011, base, text: octets(10..<20))
    try peer.send([.ack, .urg], 5021, base, urgent: 0)
    #expect(signals(peer) == 1 && peer.connection?.receiveUrgent.value == 5021)
  }

  /// The pointer comes ahead of the data, alone: the receiver's buffer need not have a single octet.
  @Test func thePointerMayComeAlone() throws {
    var (peer, base) = try established()
    #expect(try peer.send([.ack, .urg], 5001, base, urgent: 500).isEmpty)
    #expect(peer.connection?.receiveUrgent.value == 5501 && signals(peer) == 1)
    #expect(try peer.call(.receive(4, limit: 100)) == .blocked)
    try peer.send([.ack, .urg], 5001, base, text: octets(0..<8), urgent: 500)
    #expect(peer.completions.last?.result == .data(octets(0..<8)))
    #expect(peer.journal.moments.last { $0.rule == .urgentRemains }?.value == 492)
  }

  /// MUST-66: "a TCP receiver MUST process the RST and URG fields of all incoming segments, even when the
  /// receive window is zero".
  @Test(arguments: [true, false])
  func aShutWindowLetsThePointerIn(isProbe: Bool) throws {
    var (peer, base) = try established { $0.tcp.receiveBuffer = 100 }
    try peer.send(.ack, 5001, base, text: octets(0..<100))
    #expect(peer.connection?.receiveWindow == 0)
    let answers = try peer.send(
      [.ack, .urg], 5101, base, text: isProbe ? [7] : [], urgent: 40)
    #expect(peer.connection?.receiveUrgent.value == 5141 && signals(peer) == 1)
    #expect(answers.map(\.header.acknowledgment.value) == (isProbe ? [5101] : []))
    #expect(peer.connection?.receiveQueue == 100)
  }

  /// SEG.UP counts from the number that the segment came with, whatever of it is old.
  @Test func thePointerCountsFromTheSegmentsOwnNumber() throws {
    var (peer, base) = try established()
    try peer.send(.ack, 5001, base, text: octets(0..<10))
    try peer.send([.ack, .urg], 4997, base, text: octets(0..<30), urgent: 20)
    #expect(peer.connection?.receiveNext.value == 5027)
    #expect(peer.connection?.receiveUrgent.value == 5017 && signals(peer) == 1)
  }

  /// A segment behind a gap tells at once; what is read before stops at the mark all the same.
  @Test func aPointerBehindAGapIsToldAtOnce() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 5011, base, text: octets(10..<20), urgent: 5)
    #expect(signals(peer) == 1 && peer.connection?.receiveUrgent.value == 5016)
    try peer.send(.ack, 5001, base, text: octets(0..<10))
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(0..<15)))
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(15..<20)))
  }

  @Test func theNumbersWrapAround() throws {
    var (peer, base) = try established(irs: .max &- 4)
    try peer.send([.ack, .urg], .max &- 3, base, text: octets(0..<2), urgent: 12)
    #expect(peer.connection?.receiveUrgent.value == 8)
    try peer.send([.ack, .urg], .max &- 1, base, text: octets(2..<20), urgent: 2)
    #expect(peer.connection?.receiveUrgent.value == 8 && signals(peer) == 1)
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(0..<12)))
    #expect(try peer.call(.atMark(4)) == .returned(1))
  }

  /// A pointer that was read past long ago does not stand in the way of a new one: RCV.UP is not kept.
  @Test func aNewPointerHalfTheNumbersAway() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 5001, base, text: octets(0..<4), urgent: 2)
    try peer.call(.receive(4, limit: 2))
    try peer.call(.receive(4, limit: 2))
    #expect(peer.connection?.urgent == [])
    let far = UInt32(5005) &+ 0x8000_0010
    try peer.write(UInt64(far), to: .rcvNxt)
    try peer.send([.ack, .urg], far, base, text: [9], urgent: 1)
    #expect(peer.connection?.receiveUrgent.value == far &+ 1 && signals(peer) == 2)
  }

  /// A FIN ends the data: there is nothing beyond it to wait for, whatever the pointer says.
  @Test func aPointerBeyondTheFinEndsWithTheData() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg, .fin], 5001, base, text: octets(0..<3), urgent: 50)
    #expect(peer.connection?.state == .closeWait)
    #expect(peer.connection?.receiveUrgent.value == 5004)
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(0..<3)))
    #expect(try peer.call(.atMark(4)) == .returned(1))
    #expect(try peer.call(.receive(4, limit: 100)) == .data([]))
  }

  /// Read before the FIN came: urgent mode ends with it.
  @Test func aFinAloneEndsUrgentMode() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 5001, base, text: octets(0..<3), urgent: 50)
    try peer.call(.receive(4, limit: 100))
    #expect(peer.connection?.urgent == .receiving)
    try peer.send([.fin, .ack], 5004, base)
    #expect(peer.connection?.urgent == .atMark)
    #expect(try peer.call(.atMark(4)) == .returned(1))
  }

  /// What has arrived is read after the connection is over, its mark with it.
  @Test(arguments: [true, false])
  func theMarkOutlivesTheConnection(isClosedByFin: Bool) throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 5001, base, text: octets(0..<10), urgent: 6)
    if isClosedByFin {
      try peer.send([.fin, .ack], 5011, base)
      try peer.call(.shutdown(4, .sending))
      try peer.send(.ack, 5012, base &+ 1)
    } else {
      try peer.call(.send(4, [1]))
      while peer.connection?.state != .closed { _ = try #require(try peer.fireNext()) }
    }
    #expect(peer.connection?.state == .closed)
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(0..<6)))
    #expect(try peer.call(.atMark(4)) == .returned(1))
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(6..<10)))
    #expect(try peer.call(.atMark(4)) == .returned(0))
  }

  /// What the pointer promised never came.
  @Test func aPointerBeyondTheEndOfTheConnectionEndsThere() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 5001, base, text: octets(0..<10), urgent: 30)
    try peer.call(.send(4, [1]))
    while peer.connection?.state != .closed { _ = try #require(try peer.fireNext()) }
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(0..<10)))
    #expect(try peer.call(.atMark(4)) == .returned(1))
  }

  /// Whose socket is gone is told nothing, nor is the next owner of its place.
  @Test func aSignalGoesWithItsSocket() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 5001, base, urgent: 6)
    try peer.call(.abort(4))
    #expect(peer.host.takeUrgentSignal() == nil)
    #expect(peer.host.services.urgentSlots.isEmpty)
    try peer.call(.socket(.stream))
    #expect(peer.host.takeUrgentSignal() == nil)
  }

  // MARK: States

  /// A SYN's URG is processed when the connection is established, as its text is (§3.10.7.2).
  @Test func thePointerOfASynWaits() throws {
    var peer = Peer()
    try peer.listen()
    let answer = try peer.send([.syn, .urg], 5000, nil, text: octets(0..<9), urgent: 5)[0].header
    #expect(peer.connection?.content(.urgent) == .text("early") && signals(peer) == 0)
    #expect(peer.connection?.content(.rcvUp) == .number(5005))
    try peer.send(.ack, 5001, answer.sequence.value &+ 1)
    #expect(peer.connection?.urgent == .receiving)
    try peer.call(.accept(3))
    #expect(signals(peer) == 1)
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(0..<4)))
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(4..<9)))
  }

  /// In SYN-SENT what comes with the SYN goes on to the sixth check; the SYN has the segment's first number.
  @Test func thePointerOfASynAck() throws {
    var peer = Peer()
    let syn = try peer.connect()
    try peer.send(
      [.syn, .ack, .urg], 5000, syn.sequence.value &+ 1, text: octets(0..<9), urgent: 5)
    #expect(peer.connection?.receiveUrgent.value == 5005 && signals(peer) == 1)
    #expect(try peer.call(.receive(3, limit: 100)) == .data(octets(0..<4)))
  }

  @Test func anUnacceptableSegmentPointsToNothing() throws {
    var (peer, base) = try established()
    try peer.send([.ack, .urg], 4900, base, text: octets(0..<9), urgent: 500)
    try peer.send([.ack, .urg], 5001, base &+ 1, text: octets(0..<9), urgent: 500)
    try peer.send(.urg, 5001, nil, text: octets(0..<9), urgent: 500)
    #expect(signals(peer) == 0 && peer.connection?.urgent == [])
  }

  /// The pointer counts only with the flag.
  @Test func aPointerWithoutTheFlagMeansNothing() throws {
    var (peer, base) = try established()
    try peer.send(.ack, 5001, base, text: octets(0..<9), urgent: 5)
    #expect(signals(peer) == 0 && peer.connection?.urgent == [])
    #expect(try peer.call(.receive(4, limit: 100)) == .data(octets(0..<9)))
  }

  /// Who accepts late is told then.
  @Test func aConnectionThatNobodyHasAccepted() throws {
    var peer = Peer()
    try peer.listen()
    let iss = try peer.send(.syn, 5000, nil)[0].header.sequence.value
    try peer.send(.ack, 5001, iss &+ 1)
    try peer.send([.ack, .urg], 5001, iss &+ 1, text: octets(0..<9), urgent: 5)
    #expect(peer.rules.contains(.urgentNoted) && signals(peer) == 0)
    #expect(peer.host.takeUrgentSignal() == nil)
    try peer.call(.accept(3))
    #expect(signals(peer) == 1)
    #expect(
      peer.host.takeUrgentSignal() == UrgentSignal(process: Peer.process, descriptor: 4))
  }

  /// Octets of the record that make no sense stop nobody from reading.
  @Test func whateverTheMemorySays() throws {
    for (mode, end) in [(2, 0), (2, 5001), (2, 0x9000_0000), (4, 7), (255, 5003), (8, 1)] {
      var (peer, base) = try established()
      try peer.send(.ack, 5001, base, text: octets(0..<9))
      try peer.write(UInt64(mode), to: .urgent)
      try peer.write(UInt64(end), to: .rcvUp)
      var read: [UInt8] = []
      for _ in 0..<9 {
        guard case .data(let part) = try peer.call(.receive(4, limit: 100)) else { break }
        read += part
      }
      #expect(read == octets(0..<9), "\(mode), \(end)")
    }
  }
}

/// Both ends together.
@Suite struct UrgentPairTests {
  /// MUST-31: each segment points as far as it can; the receiver's mark ends up where the sender's data ends.
  @Test func urgentDataOfAnyLength() throws {
    let roomy: (inout HostConfiguration) -> Void = {
      $0.tcp.windowScale = true
      $0.tcp.sendBuffer = 300_000
      $0.tcp.receiveBuffer = 300_000
    }
    var pair = Pair(client: roomy, server: roomy)
    try pair.connect()
    try pair.call(0, .send(3, [UInt8](repeating: 1, count: 10)))
    try pair.exchange()
    let data = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    try pair.call(0, .sendUrgent(3, data))
    try pair.call(0, .send(3, [1, 2, 3]))
    try pair.exchange()
    let block = try #require(pair.block(1, 4))
    #expect(block.receiveUrgent == block.initialReceiveSequence + 1 + 10 + data.count)
    #expect(pair.rules.filter { $0 == .urgentAdvances }.count > 50)
    guard case .data(let read) = try pair.call(1, .receive(4, limit: 1_000_000)) else {
      Issue.record("nothing to read")
      return
    }
    #expect(read.count == 10 + data.count && Array(read.dropFirst(10)) == data)
    #expect(try pair.call(1, .atMark(4)) == .returned(1))
    #expect(try pair.call(1, .receive(4, limit: 9)) == .data([1, 2, 3]))
    #expect(pair.block(0)?.urgent == [])
  }

  /// A server that does not read has a full buffer; it is told, reads on, and the urgent data comes.
  @Test(arguments: [TCPSettings.book, .modern])
  func aReaderThatIsFullIsStirred(profile: TCPSettings) throws {
    var pair = Pair(
      client: { $0.tcp = profile },
      server: {
        $0.tcp = profile
        $0.tcp.receiveBuffer = 4_000
      })
    try pair.connect()
    try pair.call(0, .send(3, [UInt8](repeating: 1, count: 6_000)))
    try pair.exchange()
    while pair.block(0)?.sendWindow != 0 { try pair.fireNext() }
    try pair.call(0, .sendUrgent(3, [9]))
    try pair.exchange()
    #expect(pair.block(1, 4)?.urgent == .receiving)
    var read: [UInt8] = []
    while try pair.call(1, .atMark(4)) == .returned(0) {
      guard case .data(let part) = try pair.call(1, .receive(4, limit: 1_000)) else {
        try pair.exchange()
        if let ended = pair.completions[1].popLast(), case .data(let part) = ended.result {
          read += part
        } else if try !pair.fireNext() {
          break
        }
        continue
      }
      read += part
      try pair.exchange()
    }
    #expect(read == [UInt8](repeating: 1, count: 6_000) + [9])
  }
}
