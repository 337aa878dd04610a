import Session
import Simulation
import Stack
import Testing
import Wire

/// Everything of a world that can be seen, and what its future depends on.
struct Sight: Equatable {
  var times: [Instant?]
  var counters: WireCounters
  var blocks: [[UInt8]] = []
  var buffers: [[UInt8]] = []
  var frames: [FrameInFlight]
  var waiting: [[LinkFrame]]
  var processes: [String]
  var unit: UnitInHand?

  init(_ world: World, unit: UnitInHand? = nil) {
    self.unit = unit
    times = [world.now, world.nextEventTime] + world.hosts.map { $0.nextDeadline }
    counters = world.counters
    frames = world.frames
    waiting = world.hosts.map { world.waitingFrames(at: $0.configuration.id) }
    processes = world.processes.map {
      let received = $0.program?.received.count ?? 0
      return "\($0.id) \($0.pending?.name ?? "") \($0.lastError?.name ?? "") \(received)"
        + " \($0.outcome.map { "\($0)" } ?? "")"
    }
    for host in world.hosts {
      for slot in host.memory.slots where !host.memory[slot].isFree {
        blocks.append(host.memory[slot].octets)
        buffers += [host.receiveBuffer(slot), host.sendBuffer(slot)]
      }
    }
  }

  init(_ state: MomentState) { self.init(state.world, unit: state.unit) }
}

/// Runs that the tests below walk through.
enum Runs {
  /// A browser's visit over a line that loses, doubles, damages and delays.
  static func visit(seed: UInt64, bad: Bool = true) -> Timeline {
    var configuration = WorldConfiguration.clientAndServer(
      seed: seed, profile: seed % 2 == 0 ? .book : .modern, arpKnown: seed % 3 == 0)
    if bad {
      configuration.links[0].chance.loss = 100_000
      configuration.links[0].chance.duplication = 100_000
      configuration.links[0].chance.reordering = 100_000
      configuration.links[0].chance.corruption = 50_000
    }
    let body = (0..<9000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let long = WebDocument(path: "/", contentType: "text/plain", body: body)
    let server = SocketAddress(configuration.hosts[1].address, 80)
    var timeline = Timeline(configuration)
    timeline.perform(.start(.webServer(WebServer(documents: [long])), host: .server))
    timeline.perform(.start(.browser(Browser(server: server)), host: .client))
    timeline.perform(.run(.seconds(400)))
    return timeline
  }

  /// A transfer with writes into the memory and faults between its events.
  static func disturbed(seed: UInt64, count: Int = 20_000) -> Timeline {
    var timeline = transfer(seed: seed, count: count, bad: true)
    timeline.perform(.run(.milliseconds(25)))
    let offset = Field.rto.description.offset
    timeline.perform(.write([0xb8, 0x0b, 0, 0], host: .client, slot: 0, offset: offset))
    timeline.perform(.fault(ScriptedFault(.drop, on: FrameMatch(from: .client, hasData: true))))
    timeline.perform(.run(.milliseconds(10)))
    if let frame = timeline.live.frames.first {
      timeline.perform(.act(.strike(frame: frame.number, .delay(.milliseconds(30)))))
    }
    timeline.perform(.run(.seconds(4000)))
    return timeline
  }

  static func transfer(seed: UInt64, count: Int, bad: Bool = false) -> Timeline {
    var configuration = WorldConfiguration.clientAndServer(seed: seed)
    if bad {
      configuration.links[0].chance.loss = 10_000
      configuration.links[0].chance.reordering = 20_000
      configuration.links[0].chance.corruption = 10_000
    }
    let server = SocketAddress(configuration.hosts[1].address, 80)
    var toServer = Transfer(.connect(to: server), data: .pattern(count: count, seed: seed))
    var toClient = Transfer(.accept(port: 80, backlog: 2), data: .octets([1, 2, 3]))
    toServer.keepsOctets = false
    toClient.keepsOctets = false
    var timeline = Timeline(configuration)
    timeline.perform(.start(.transfer(toClient), host: .server))
    timeline.perform(.start(.transfer(toServer), host: .client))
    return timeline
  }

  static func print(_ timeline: Timeline) -> [String] {
    (0..<timeline.momentCount).map { "\(timeline.moments[$0])" }
      + timeline.changes.map { "\($0)" } + timeline.calls.map { "\($0)" }
      + timeline.frames.map { "\($0)" }
  }
}

@Suite struct TimelineTests {
  /// After each input of a live run, the state found by way of the past is the live one.
  @Test(arguments: [UInt64(1), 2, 3, 6]) func thePastIsWhatWasLive(seed: UInt64) {
    let whole = Runs.visit(seed: seed)
    var live = Timeline(whole.configuration)
    var seen: [(index: Int, world: Sight)] = []
    live.perform(
      .start(.webServer(WebServer(documents: Self.documents(of: whole))), host: .server))
    let address = SocketAddress(whole.configuration.hosts[1].address, 80)
    live.perform(.start(.browser(Browser(server: address)), host: .client))
    repeat { seen.append((live.momentCount, Sight(live.live))) } while live.advance()
    // Inputs without moments leave the last of them at the same number.
    let last = Dictionary(seen.map { ($0.index, $0.world) }) { $1 }
    #expect(last.count > 20)
    for (index, world) in last where index < whole.momentCount {
      #expect(Sight(whole.state(at: index).world) == world, "at moment \(index)")
    }
    #expect(whole.momentCount == live.momentCount)
  }

  /// Inside an input, too: a run that is looked at from its beginning and stopped at the moment is as the state
  /// that is found from a keyframe.
  @Test(arguments: [UInt64(1), 2, 3, 6]) func theMidstOfAnInputIsWhatARunStopsAt(seed: UInt64)
    throws
  {
    let timeline = Runs.visit(seed: seed)
    let ends = Set(timeline.inputEnds)
    var draw = RandomSource(seed: seed)
    for _ in 0..<80 {
      let index = 1 + draw.below(timeline.momentCount)
      if ends.contains(index) { continue }
      var world = World(timeline.configuration)
      var journal = Journal(isLooking: true, limit: index)
      let address = SocketAddress(timeline.configuration.hosts[1].address, 80)
      let server = WebServer(documents: Self.documents(of: timeline))
      do {
        try world.perform(
          .start(.webServer(server), host: .server, process: ProcessID(1)), &journal)
        try world.perform(
          .start(.browser(Browser(server: address)), host: .client, process: ProcessID(1)), &journal
        )
        repeat { journal.unit = nil } while try world.step(&journal)
      } catch {}
      #expect(journal.moments.count == index)
      #expect(Sight(world, unit: journal.unit) == Sight(timeline.state(at: index)))
    }
  }

  private static func documents(of timeline: Timeline) -> [WebDocument] {
    guard case .webServer(let run)? = timeline.live.processes.first?.program else { return [] }
    return run.server.documents
  }

  @Test(arguments: [UInt64(1), 2]) func aThousandJumpsFindTheSameStates(seed: UInt64) {
    let timeline = Runs.disturbed(seed: seed, count: 30_000)
    var known: [Int: Sight] = [:]
    var draw = RandomSource(seed: seed)
    var cache = StepCache()
    for _ in 0..<1000 {
      let index = draw.below(timeline.momentCount + 1)
      let state = timeline.state(at: index, &cache)
      #expect(state.index == index)
      #expect(state.moment?.time == timeline.moment(index)?.time)
      let sight = Sight(state)
      if let before = known[index] { #expect(before == sight) }
      known[index] = sight
    }
    for (index, sight) in known where index % 7 == 0 {
      let state = timeline.state(at: index)
      #expect(Sight(state) == sight)
    }
  }

  @Test func stepsForthAndBackMeetTheSameStates() {
    let timeline = Runs.visit(seed: 4)
    var cache = StepCache()
    let states = (0...300).map { Sight(timeline.state(at: $0, &cache).world) }
    for index in stride(from: 300, through: 0, by: -1) {
      #expect(Sight(timeline.state(at: index, &cache).world) == states[index])
    }
    var draw = RandomSource(seed: 11)
    var index = 150
    for _ in 0..<1000 {
      index = min(300, max(0, index + (draw.below(2) == 0 ? 1 : -1)))
      #expect(Sight(timeline.state(at: index, &cache).world) == states[index])
    }
  }

  /// The state at a moment shows what the moment wrote.
  @Test(arguments: [UInt64(5), 6]) func aStateHoldsWhatItsMomentWrote(seed: UInt64) {
    let timeline = Runs.visit(seed: seed)
    var cache = StepCache()
    var checked = 0
    for (place, moment) in timeline.moments.enumerated() where !moment.changes.isEmpty {
      let world = timeline.state(at: place + 1, &cache).world
      for change in moment.changes.map({ timeline.changes[$0] }) {
        let memory = world.hosts[Int(change.host.index)].memory
        guard let slot = memory.slot(number: Int(change.socket)) else { continue }
        #expect(memory[slot].raw(change.field) == change.new, "\(change) at \(place + 1)")
        checked += 1
      }
    }
    #expect(checked > 100)
  }

  @Test(arguments: [UInt64(3), 4]) func aReplayIsTheSameRun(seed: UInt64) {
    let timeline = Runs.disturbed(seed: seed)
    let again = timeline.replay()
    #expect(Runs.print(again) == Runs.print(timeline))
    #expect(Sight(again.live) == Sight(timeline.live))
    #expect(timeline.momentCount > 500)
  }

  /// From every keyframe on, the inputs lead to the live end.
  @Test func everyKeyframeLeadsToTheEnd() {
    let timeline = Runs.disturbed(seed: 8, count: 1_500_000)
    #expect(timeline.keyframeCount > 3)
    for place in 0..<timeline.keyframeCount {
      #expect(
        Sight(timeline.endOfReplay(fromKeyframe: place)) == Sight(timeline.live),
        "keyframe \(place)")
    }
  }

  @Test func whyNamesTheLastWriter() throws {
    let timeline = Runs.visit(seed: 6, bad: false)
    let number = try #require(
      timeline.changes.first { $0.field == .sndNxt && $0.host == .client }?.socket)
    let first = try #require(
      timeline.moments.firstIndex {
        $0.changes.contains {
          timeline.changes[$0].field == .sndNxt && timeline.changes[$0].host == .client
        }
      })
    let field = Field.sndNxt
    #expect(timeline.why(field, host: .client, socket: number, at: first) == nil)
    #expect(timeline.why(field, host: .client, socket: number, at: first + 1) == first + 1)
    #expect(timeline.why(field, host: .client, socket: number, at: first + 2) == first + 1)
    let last = try #require(
      timeline.why(field, host: .client, socket: number, at: timeline.momentCount))
    let written = try #require(timeline.moment(last)).changes.map { timeline.changes[$0] }
    #expect(written.contains { $0.field == field })
    #expect(timeline.moment(last)?.rule != nil)
  }

  @Test func aBranchSharesThePast() {
    let timeline = Runs.visit(seed: 6, bad: false)
    for index in [0, 1, 57, 58, 59, timeline.momentCount] {
      let branch = timeline.branch(at: index)
      #expect(branch.momentCount >= index)
      let shared = Sight(timeline.state(at: index).world)
      #expect(Sight(branch.state(at: index).world) == shared, "\(index)")
      var other = branch
      other.perform(.fault(ScriptedFault(.drop, on: FrameMatch(), count: 3)))
      other.perform(.run(.seconds(400)))
      #expect(Sight(timeline.state(at: index).world) == shared)
      #expect(other.momentCount != timeline.momentCount || index == timeline.momentCount)
    }
  }

  /// A learner's octets are obeyed: the next segment carries them.
  @Test func whatIsWrittenIsObeyed() throws {
    let configuration = WorldConfiguration.clientAndServer(seed: 4)
    var timeline = Timeline(configuration)
    let latest = SocketCall.latest
    timeline.perform(.call(.socket(.stream), host: .client))
    timeline.perform(
      .write([0x12, 0x34], host: .client, slot: 0, offset: Field.localPort.description.offset))
    #expect(timeline.moments.last?.event == .memoryWritten)
    #expect(timeline.moments.last?.rule == .learnerWrote)
    timeline.perform(
      .call(.connect(latest, SocketAddress(configuration.hosts[1].address, 80)), host: .client))
    let sent = try #require(timeline.moments.first { $0.event == .frameSent })
    #expect(sent.unit.flags == .syn)
    #expect(sent.unit.sourcePort == 0x3412)
  }
}
