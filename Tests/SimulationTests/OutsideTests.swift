import Simulation
import Stack
import Testing
import Wire

/// A world whose server lies outside: its frames are inputs, those to it leave the world.
@Suite struct OutsideTests {
  private static let configuration = WorldConfiguration.clientAndServer(seed: 3)
    .with(outside: .server)
  private static let server = SocketAddress(IPv4Address(192, 0, 2, 80), 80)

  /// Everything of this instant, with the frames that left.
  private static func settle(_ world: inout World, _ journal: inout Journal) throws -> [[UInt8]] {
    var left: [[UInt8]] = []
    while world.nextEventTime == world.now {
      _ = try world.step(&journal)
      left += world.departures
    }
    return left
  }

  /// A client that connects; gives the SYN that left.
  private static func connected(
    _ world: inout World, _ journal: inout Journal
  ) throws -> [[UInt8]] {
    let process = ProcessID(1)
    try world.perform(.call(host: .client, process: process, .socket(.stream)), &journal)
    try world.perform(
      .call(host: .client, process: process, .connect(SocketCall.latest, server)), &journal)
    return try settle(&world, &journal)
  }

  /// What another stack answers to a SYN.
  private static func answer(to syn: [UInt8]) throws -> [UInt8] {
    var other = World(.clientAndServer(seed: 3))
    var journal = Journal(isLooking: false)
    for call in [
      SocketCall.socket(.stream), .bind(3, SocketAddress(.any, 80)), .listen(3, backlog: 1),
    ] {
      try other.perform(.call(host: .server, process: ProcessID(7), call), &journal)
    }
    var host = other.hosts[1]
    try host.receive(LinkFrame(octets: syn), at: .zero, &journal)
    let frame = host.takeFrame()
    return try #require(frame).octets
  }

  @Test func theSynLeavesAtTheInstantAtWhichItIsSent() throws {
    var world = World(Self.configuration)
    var journal = Journal(isLooking: true)
    let left = try Self.connected(&world, &journal)
    #expect(left.count == 1 && world.now == .zero)
    #expect(UnitSummary(frame: left[0]).flags == .syn)
    // It has reached the host, but of what that one does nothing is known.
    let last = try #require(journal.moments.last)
    #expect(last.event == .frameReceived && last.host == .server)
    #expect(!journal.moments.contains { $0.host == .server && $0.layer != .wire })
    #expect(world.hosts[1].memory.count == 0)
  }

  @Test func whatArrivesIsAFrameLikeAnyOther() throws {
    var world = World(Self.configuration)
    var journal = Journal(isLooking: true)
    let left = try Self.connected(&world, &journal)
    try world.perform(.wait(.milliseconds(3)), &journal)
    try world.perform(.arrive(try Self.answer(to: left[0])), &journal)
    #expect(world.frames.last?.from == .server)
    let acks = try Self.settle(&world, &journal)
    #expect(acks.map { UnitSummary(frame: $0).flags } == [.ack])
    let established = try #require(journal.moments.first { $0.rule == .synSentEstablished })
    #expect(established.time == .zero + .milliseconds(3))
  }

  @Test func faultsWorkAtTheGateBothWays() throws {
    for sender in [HostID.client, .server] {
      var world = World(Self.configuration)
      var journal = Journal(isLooking: true)
      try world.perform(
        .fault(ScriptedFault(.drop, on: FrameMatch(from: sender))), &journal)
      let left = try Self.connected(&world, &journal)
      #expect(left.isEmpty == (sender == .client))
      if let syn = left.first {
        try world.perform(.arrive(try Self.answer(to: syn)), &journal)
        #expect(try Self.settle(&world, &journal).isEmpty)
      }
      #expect(world.counters.lost == 1)
    }
  }

  /// No adapter would take it, and TAP has no FCS that could tell.
  @Test func aFrameWithAWrongCheckSequenceDoesNotLeave() throws {
    for beforeFCS in [true, false] {
      var world = World(Self.configuration)
      var journal = Journal(isLooking: true)
      let fault = ScriptedFault(
        .flipBit(octet: 40, bit: 1, beforeFCS: beforeFCS), on: FrameMatch(from: .client))
      try world.perform(.fault(fault), &journal)
      #expect(try Self.connected(&world, &journal).count == (beforeFCS ? 1 : 0))
    }
  }

  @Test func theHostTakesNoOrders() throws {
    var world = World(Self.configuration)
    var journal = Journal(isLooking: true)
    try world.perform(
      .call(host: .server, process: ProcessID(1), .socket(.stream)), &journal)
    try world.perform(
      .start(.webServer(WebServer(port: 80)), host: .server, process: ProcessID(2)), &journal)
    #expect(world.hosts[1].memory.count == 0 && world.processes.isEmpty)
    #expect(journal.moments.isEmpty && world.nextEventTime == nil)
  }

  @Test(arguments: [[], [1], [UInt8](repeating: 0, count: 13)] as [[UInt8]])
  func whatIsNoFrameDoesNotArrive(octets: [UInt8]) throws {
    var world = World(Self.configuration)
    var journal = Journal(isLooking: true)
    try world.perform(.arrive(octets), &journal)
    #expect(world.frames.isEmpty && journal.moments.isEmpty)
  }

  @Test func withoutAHostOutsideNothingArrives() throws {
    var world = World(.clientAndServer(seed: 3))
    var journal = Journal(isLooking: true)
    try world.perform(.arrive([UInt8](repeating: 0, count: 60)), &journal)
    #expect(world.frames.isEmpty && world.departures.isEmpty)
  }
}
