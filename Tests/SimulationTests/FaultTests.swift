import Simulation
import Stack
import Testing
import Wire

@Suite struct FaultTests {
  /// A visit with one scripted fault, run to its end.
  static func visit(_ fault: ScriptedFault, seed: UInt64 = 5) throws -> Visit {
    var configuration = WorldConfiguration.clientAndServer(seed: seed)
    configuration.faults = [fault]
    var visit = try Visit(configuration)
    try visit.run()
    return visit
  }

  static let firstSyn = FrameMatch(from: .client, flags: .syn)

  static let effects: [FaultEffect] = [
    .drop, .duplicate, .delay(.milliseconds(50)), .swapWithNext,
    .flipBit(octet: 38, bit: 0, beforeFCS: false), .flipBit(octet: 38, bit: 0, beforeFCS: true),
    .rewrite(field: "tcp.window", value: 1000), .rewrite(field: "ip.checksum", value: 1),
  ]

  @Test(arguments: effects)
  func theBrowserGetsItsDocumentAllTheSame(effect: FaultEffect) throws {
    let visit = try Self.visit(ScriptedFault(effect, on: Self.firstSyn))
    #expect(visit.browserRun?.body == WebDocument.welcome.body)
  }

  /// CURRICULUM X2-01: the same SYN again after one second.
  @Test func aDroppedSynIsRepeatedAfterASecond() throws {
    let visit = try Self.visit(ScriptedFault(.drop, on: Self.firstSyn))
    let syns = visit.journal.moments.filter { $0.event == .frameSent && $0.unit.flags == .syn }
    #expect(syns.map(\.time.nanoseconds) == [0, 1_000_000_000])
    #expect(Set(syns.map(\.unit.sequence)).count == 1)
    let lost = visit.journal.moments.filter { $0.event == .frameLost }
    #expect(lost.map(\.reason) == [.lostOnTheWire])
    #expect(visit.world.counters.lost == 1)
  }

  @Test func theNthMatchingFrameIsMeant() throws {
    let match = FrameMatch(from: .server, transport: .tcp, hasData: true)
    let visit = try Self.visit(ScriptedFault(.drop, on: match, nth: 2))
    // The answer is one segment: its first copy passes, so that there is no second.
    #expect(visit.world.counters.lost == 0)
    let every = try Self.visit(ScriptedFault(.drop, on: match, nth: 1, count: 3))
    #expect(every.world.counters.lost == 3)
    #expect(every.browserRun?.body == WebDocument.welcome.body)
  }

  /// The FCS betrays a bit that was flipped on the line, and the TCP checksum one that was flipped before.
  @Test(arguments: [(false, DropReason.frameCheckSequence), (true, .tcpChecksum)])
  func aFlippedBitIsDroppedWithItsReason(beforeFCS: Bool, reason: DropReason) throws {
    let visit = try Self.visit(
      ScriptedFault(.flipBit(octet: 38, bit: 0, beforeFCS: beforeFCS), on: Self.firstSyn))
    let dropped = visit.journal.moments.filter { $0.reason != nil }
    #expect(dropped.first?.reason == reason)
    #expect(dropped.first?.host == .server)
    #expect(visit.world.counters.damaged == 1)
  }

  /// A rewritten field is believed: nothing is dropped, and the peer's window is the new one.
  @Test func aRewrittenFieldIsBelieved() throws {
    let visit = try Self.visit(
      ScriptedFault(.rewrite(field: "tcp.window", value: 1000), on: Self.firstSyn))
    #expect(visit.journal.moments.allSatisfy { $0.reason == nil })
    let written = visit.journal.changes.first { $0.field == .sndWnd && $0.host == .server }
    #expect(written?.new == 1000)
  }

  @Test func aDuplicateArrivesBehindItsOriginal() throws {
    let visit = try Self.visit(ScriptedFault(.duplicate, on: Self.firstSyn))
    let arrivals = visit.journal.moments.filter {
      $0.event == .frameReceived && $0.unit.flags == .syn
    }
    #expect(arrivals.map(\.time.nanoseconds) == [10_057_600, 10_057_600 + 57_600])
    #expect(arrivals.map(\.unit.frame) == [1, 2])
  }

  @Test func aHeldFrameArrivesWhenItIsReleased() throws {
    var configuration = WorldConfiguration.clientAndServer(seed: 5)
    configuration.faults = [ScriptedFault(.hold, on: Self.firstSyn)]
    var visit = try Visit(configuration)
    while visit.world.nextEventTime == .zero { _ = try visit.world.step(&visit.journal) }
    #expect(visit.world.frame(1)?.fate == .held)
    try visit.world.perform(.wait(.milliseconds(300)), &visit.journal)
    #expect(visit.world.now.nanoseconds == 300_000_000)
    try visit.world.perform(.release(frame: 1), &visit.journal)
    try visit.run()
    let arrival = visit.journal.moments.first { $0.event == .frameReceived }
    #expect(arrival?.unit.frame == 1)
    #expect(arrival?.time.nanoseconds == 300_000_000)
  }

  /// What is on the cable when it is cut is lost, and so is all that follows; no record notices.
  @Test func aCutCableLosesWhatIsOnIt() throws {
    var visit = try Visit(WorldConfiguration.clientAndServer(seed: 5))
    while visit.world.frames.isEmpty { _ = try visit.world.step(&visit.journal) }
    try visit.world.perform(.cut(host: .server), &visit.journal)
    #expect(visit.world.frames.isEmpty)
    while let next = visit.world.nextEventTime, next.nanoseconds < 2_000_000_000 {
      _ = try visit.world.step(&visit.journal)
    }
    let lost = visit.journal.moments.filter { $0.event == .frameLost }
    #expect(lost.map(\.reason) == [.linkCut, .linkCut])
    #expect(!visit.journal.moments.contains { $0.event == .frameReceived })
    let before = visit.journal.moments.count
    try visit.world.perform(.cut(host: .client), &visit.journal)
    #expect(visit.journal.moments.count == before)
  }

  @Test func swappedFramesArriveTheOtherWayRound() throws {
    // The handshake's ACK, behind which the request follows.
    let match = FrameMatch(from: .client, flags: .ack, hasData: false)
    let visit = try Self.visit(ScriptedFault(.swapWithNext, on: match))
    let arrivals = visit.journal.moments.filter {
      $0.event == .frameReceived && $0.host == .server
    }
    #expect(arrivals.prefix(3).map(\.unit.frame) == [1, 4, 3])
    #expect(visit.world.counters.reordered == 1)
    #expect(visit.browserRun?.body == WebDocument.welcome.body)
  }

  /// RFC 9293 §3.5, figure 8: the answer to an old SYN is reset by the client, and the real one works.
  @Test func anOldSynIsResetAndTheRealOneWorks() throws {
    let old = ForgedSegment(
      from: .client, sourcePort: 60_000, destinationPort: 80, sequence: SequenceNumber(90),
      flags: .syn, maximumSegmentSize: 1460)
    let visit = try Self.visit(ScriptedFault(.precede(old), on: Self.firstSyn))
    let answer = visit.journal.moments.first {
      $0.event == .frameSent && $0.host == .server && $0.unit.acknowledgment == SequenceNumber(91)
    }
    #expect(answer?.unit.flags == [.syn, .ack])
    let reset = visit.journal.moments.first {
      $0.event == .frameSent && $0.unit.flags.contains(.rst)
    }
    #expect(reset?.host == .client)
    #expect(reset?.unit.sequence == SequenceNumber(91))
    #expect(visit.journal.moments.first { $0.event == .frameSent }?.host == .wire)
    #expect(visit.browserRun?.body == WebDocument.welcome.body)
  }

  /// What is done to a frame in flight is the same as if it had been asked for before.
  @Test(arguments: effects)
  func strikingInFlightIsLikeAskingBefore(effect: FaultEffect) throws {
    let before = try Self.visit(ScriptedFault(effect, on: Self.firstSyn))
    var visit = try Visit(.clientAndServer(seed: 5))
    while visit.world.frames.isEmpty { _ = try visit.world.step(&visit.journal) }
    try visit.world.perform(.strike(frame: 1, effect), &visit.journal)
    try visit.run()
    let shape = { (moment: Moment) in
      "\(moment.time.nanoseconds) \(moment.host.index) \(moment.event) \(moment.unit)"
    }
    #expect(visit.journal.moments.map(shape) == before.journal.moments.map(shape))
    #expect(visit.world.counters == before.world.counters)
  }

  @Test func forgeriesHaveGoodChecksums() throws {
    let forged = ForgedSegment(
      from: .client, sourcePort: 60_000, destinationPort: 80, sequence: SequenceNumber(90),
      flags: [.ack, .psh], payload: [1, 2, 3, 4, 5])
    var world = World(.clientAndServer(seed: 1))
    var journal = Journal(isLooking: true)
    try world.perform(.inject(forged), &journal)
    let frame = try #require(world.frames.first)
    #expect(Dissection(frame: frame.octets).problem == nil)
    #expect(frame.octets.count == 60)
    #expect(frame.isInjected)
    #expect(UnitSummary(frame: frame.octets).payload == 5)
  }

  /// Actions that name what does not exist do nothing and never trap.
  @Test func whatDoesNotExistIsNoTrap() throws {
    var world = World(.clientAndServer(seed: 1))
    var journal = Journal(isLooking: true)
    let nobody = HostID(7)
    let actions: [WorldAction] = [
      .strike(frame: 9, .drop), .release(frame: 9), .cut(host: HostID(7)),
      .call(host: nobody, process: ProcessID(1), .socket(.stream)),
      .exit(host: nobody, process: ProcessID(1)),
      .write(host: .client, slot: 5000, offset: 0, octets: [1]),
      .write(host: nobody, slot: 0, offset: 0, octets: [1]),
      .start(.script([]), host: nobody, process: ProcessID(1)),
      .inject(
        ForgedSegment(
          from: nobody, sourcePort: 1, destinationPort: 2, sequence: SequenceNumber(0), flags: .rst)
      ),
    ]
    for action in actions { try world.perform(action, &journal) }
    #expect(journal.moments.isEmpty)
    #expect(try world.step(&journal) == false)
  }
}
