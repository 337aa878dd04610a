import Simulation
import Stack
import Testing
import Wire

@Suite struct WorldTests {
  static func bad(_ seed: UInt64) -> WorldConfiguration {
    var configuration = WorldConfiguration.clientAndServer(seed: seed, profile: .modern)
    configuration.links[0].chance.loss = 100_000
    configuration.links[0].chance.duplication = 100_000
    configuration.links[0].chance.reordering = 100_000
    configuration.links[0].chance.corruption = 100_000
    return configuration
  }

  static func print(_ journal: Journal) -> [String] {
    journal.moments.map { "\($0)" } + journal.changes.map { "\($0)" }
      + journal.calls.map { "\($0)" }
  }

  @Test(arguments: [UInt64(1), 2, 3]) func oneSeedTwoRunsTheSameMoments(seed: UInt64) throws {
    var one = try Visit(Self.bad(seed))
    var other = try Visit(Self.bad(seed))
    try one.run()
    try other.run()
    #expect(Self.print(one.journal) == Self.print(other.journal))
    #expect(one.journal.moments.count > 300)
  }

  @Test func twoSeedsDifferInNumbersAndPorts() throws {
    let first = try [UInt64(1), 2].map { seed in
      var visit = try Visit(.clientAndServer(seed: seed))
      try visit.run()
      return try #require(visit.journal.moments.first { $0.event == .frameSent }).unit
    }
    #expect(first[0].sequence != first[1].sequence)
    #expect(first[0].sourcePort != first[1].sourcePort)
  }

  /// A copy in the midst goes the same way as the original, and neither disturbs the other.
  @Test func aCopyIsIndependent() throws {
    var visit = try Visit(Self.bad(4))
    try visit.run(events: 15)
    let copy = visit
    let frames = visit.world.frames
    try visit.run()
    #expect(copy.world.frames == frames)
    var second = copy
    try second.run()
    #expect(Self.print(second.journal) == Self.print(visit.journal))
    #expect(copy.journal.moments.count < visit.journal.moments.count)
  }

  /// Looking changes nothing: a quiet run has the same frames at the same times.
  @Test(arguments: [UInt64(5), 6]) func aQuietRunIsTheSameRun(seed: UInt64) throws {
    var looked = try Visit(Self.bad(seed))
    var quiet = try Visit(Self.bad(seed))
    quiet.journal = Journal(isLooking: false)
    for _ in 0..<20_000 {
      let more = try looked.world.step(&looked.journal)
      #expect(try quiet.world.step(&quiet.journal) == more)
      #expect(quiet.world.frames == looked.world.frames)
      #expect(quiet.world.now == looked.world.now)
      if !more { break }
    }
    #expect(quiet.world.counters == looked.world.counters)
    #expect(quiet.journal.moments.isEmpty)
  }

  /// `Stop` at every single moment of an event leaves a world that can be read.
  @Test func aStoppedWorldCanBeRead() throws {
    var visit = try Visit(.clientAndServer(seed: 8))
    var stops = 0
    while true {
      var whole = visit.world
      var journal = Journal(isLooking: true)
      guard try whole.step(&journal) else { break }
      for limit in 0..<journal.moments.count {
        stops += 1
        var world = visit.world
        var part = Journal(isLooking: true, limit: limit + 1)
        #expect(throws: Stop.self) { try world.step(&part) }
        #expect("\(part.moments)" == "\(journal.moments[...limit].map { $0 })")
        try Self.read(world)
      }
      visit.world = whole
    }
    #expect(stops > 200)
  }

  /// Everything that a screen shows of a world.
  static func read(_ world: World) throws {
    for host in world.hosts {
      for slot in host.memory.used {
        let block = host.memory[slot]
        #expect(block.octets.count == ControlBlock.size)
        #expect(host.receiveBuffer(slot).count == Int(block.receiveQueue))
        #expect(host.sendBuffer(slot).count == Int(block.sendQueue))
      }
    }
    for frame in world.frames { #expect(frame.octets.count >= 60) }
  }

  /// Simultaneous events go in the order in which they were scheduled.
  @Test func programsStartInTheirOrder() throws {
    let world = World(.clientAndServer(seed: 8))
    for order in [[1, 2, 3], [3, 1, 2]] {
      var world = world
      var journal = Journal(isLooking: true)
      for process in order {
        try world.perform(
          .start(
            .script([.call(.socket(.stream))]), host: .client, process: ProcessID(UInt32(process))),
          &journal)
      }
      while try world.step(&journal) {}
      let owners = world.hosts[0].memory.used.map { Int(world.hosts[0].memory[$0].owner) }
      #expect(owners == order)
    }
  }

  @Test func aBusyLineMakesFramesWait() throws {
    let configuration = WorldConfiguration.clientAndServer(seed: 2)
    var world = World(configuration)
    var journal = Journal(isLooking: true)
    let server = SocketAddress(configuration.hosts[1].address, 80)
    var toServer = Transfer(.connect(to: server), data: .pattern(count: 6000, seed: 1))
    toServer.writeLimit = 6000
    let toClient = Transfer(.accept(port: 80, backlog: 1), data: .octets([]))
    try world.perform(.start(.transfer(toClient), host: .server, process: ProcessID(1)), &journal)
    try world.perform(.start(.transfer(toServer), host: .client, process: ProcessID(1)), &journal)
    var mostWaiting = 0
    while try world.step(&journal) {
      mostWaiting = max(mostWaiting, world.waitingFrames(at: .client).count)
    }
    #expect(mostWaiting > 0)
    let full = journal.moments.filter { $0.event == .frameSent && $0.unit.payload == 1460 }
    #expect(full.count == 4)
    // (8 + 1514 + 4 + 12) octets at 10 Mb/s.
    let gaps = zip(full, full.dropFirst()).map { $1.time.since($0.time).count }
    #expect(gaps.allSatisfy { $0 == 1_230_400 })
  }

  @Test func aLessonsOwnCallsUseTheLatestDescriptor() throws {
    let configuration = WorldConfiguration.clientAndServer(seed: 2)
    var world = World(configuration)
    var journal = Journal(isLooking: true)
    func call(_ host: HostID, _ call: SocketCall) throws {
      try world.perform(.call(host: host, process: ProcessID(5), call), &journal)
      while try world.step(&journal) {}
    }
    let latest = SocketCall.latest
    try call(.server, .socket(.stream))
    try call(.server, .bind(latest, SocketAddress(.any, 80)))
    try call(.server, .listen(latest, backlog: 3))
    try call(.server, .accept(latest))
    try call(.client, .socket(.stream))
    try call(.client, .connect(latest, SocketAddress(configuration.hosts[1].address, 80)))
    try call(.client, .send(latest, [7, 8, 9]))
    try call(.server, .receive(latest, limit: 100))
    let server = try #require(world.process(ProcessID(5), of: .server))
    #expect(server.lastSocket == 3)
    #expect(server.lastAccepted == 4)
    #expect(server.lastData == [7, 8, 9])
    try call(.client, .bind(99, SocketAddress(.any, 1)))
    #expect(world.process(ProcessID(5), of: .client)?.lastError == .badDescriptor)
  }

  @Test func aKilledProgramIsGone() throws {
    var visit = try Visit(.clientAndServer(seed: 2))
    try visit.run(events: 10)
    try visit.world.perform(.exit(host: .client, process: Visit.browser), &visit.journal)
    try visit.run()
    #expect(visit.world.process(Visit.browser, of: .client)?.outcome == .killed)
    #expect(visit.world.hosts[0].memory.count == 0)
  }
}
