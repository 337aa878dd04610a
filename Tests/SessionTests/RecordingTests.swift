import Capture
import Session
import Simulation
import Stack
import Testing
import Wire

@Suite struct RecordingTests {
  @Test(arguments: [UInt64(1), 2, 3, 6]) func aRunReadBackIsTheSameRun(seed: UInt64) throws {
    let timeline = Runs.visit(seed: seed)
    let again = try RecordedRun.timeline(from: RecordedRun.octets(of: timeline))
    #expect(Runs.print(again) == Runs.print(timeline))
    #expect(Sight(again.live) == Sight(timeline.live))
  }

  /// Every kind of input, fault, program and setting survives.
  @Test func everyInputSurvives() throws {
    let timeline = Self.motley()
    let octets = RecordedRun.octets(of: timeline)
    let again = try RecordedRun.timeline(from: octets)
    #expect(Runs.print(again) == Runs.print(timeline))
    #expect(Sight(again.live) == Sight(timeline.live))
    #expect(RecordedRun.octets(of: again) == octets)
  }

  private static let forged = ForgedSegment(
    from: .client, sourcePort: 5, destinationPort: 80, sequence: SequenceNumber(90), flags: .syn,
    payload: [1], maximumSegmentSize: 100)

  /// The same in the name of somebody else.
  private static var claimed: ForgedSegment {
    var claimed = forged
    claimed.source = IPv4Address(198, 51, 100, 9)
    return claimed
  }

  /// One fault of each kind.
  private static var faults: [ScriptedFault] {
    let match = FrameMatch(
      from: .client, type: .ipv4, transport: .tcp, flags: [.ack], hasData: true)
    let effects: [FaultEffect] = [
      .drop, .duplicate, .delay(.milliseconds(3)), .swapWithNext,
      .rewrite(field: "tcp.urgent", value: 3),
      .flipBit(octet: 60, bit: 3, beforeFCS: true), .precede(forged), .hold,
      .precede(claimed),
    ]
    return effects.enumerated().map { ScriptedFault($1, on: match, nth: $0 + 1) }
  }

  static func motley() -> Timeline {
    var configuration = WorldConfiguration.clientAndServer(seed: 12, profile: .modern)
    unusual(&configuration)
    configuration.faults = faults
    let server = SocketAddress(configuration.hosts[1].address, 80)
    let echo = SocketAddress(configuration.hosts[1].address, 7)
    var timeline = Timeline(configuration)
    let latest = SocketCall.latest
    let steps: [ScriptStep] = [
      .call(.socket(.datagram)), .call(.sendTo(latest, [1, 2], echo)), .wait(.milliseconds(5)),
      .call(.receiveFrom(latest, limit: 50)), .call(.close(latest)), .call(.socket(.stream)),
      .call(.bind(latest, SocketAddress(.any, 4000))), .call(.connect(latest, server)),
      .call(.send(latest, Array("GET / HTTP/1.0\r\n".utf8))),
      .call(.sendUrgent(latest, Array("\r\n".utf8))), .call(.atMark(latest)), .receiveAll,
      .call(.shutdown(latest, .both)), .call(.abort(latest)),
    ]
    timeline.perform(.start(.webServer(WebServer()), host: .server, process: ProcessID(1)))
    timeline.perform(.start(.datagramEcho(port: 7), host: .server, process: ProcessID(2)))
    timeline.perform(.start(.script(steps), host: .client, process: ProcessID(1)))
    timeline.perform(.run(.milliseconds(100)))
    browse(server, &timeline)
    var transfer = Transfer(.connect(to: server), data: .pattern(count: 5000, seed: 3))
    transfer.keepsOctets = false
    timeline.perform(.start(.transfer(transfer), host: .client, process: ProcessID(3)))
    transfer.urgentEvery = 2
    transfer.asksForMark = true
    timeline.perform(.start(.transfer(transfer), host: .client, process: ProcessID(6)))
    timeline.perform(.run(.milliseconds(11)))
    timeline.perform(
      .fault(ScriptedFault(.duplicate, on: FrameMatch(hasData: false), nth: 2, count: 3)))
    timeline.perform(.act(.strike(frame: timeline.live.frames.first?.number ?? 1, .hold)))
    timeline.perform(.act(.inject(forged)))
    var claimed = Self.claimed
    claimed.count = 3
    timeline.perform(.act(.inject(claimed)))
    timeline.perform(.run(.milliseconds(30)))
    timeline.perform(.act(.release(frame: timeline.live.frames.first?.number ?? 1)))
    timeline.perform(
      .write([1, 2, 3], host: .server, slot: 0, offset: Field.sndWl1.description.offset))
    timeline.perform(.call(.socket(.stream), host: .server, process: ProcessID(9)))
    timeline.perform(.call(.listen(latest, backlog: 2), host: .server, process: ProcessID(9)))
    timeline.perform(.call(.accept(latest), host: .server, process: ProcessID(9)))
    timeline.perform(.act(.exit(host: .client, process: ProcessID(3))))
    timeline.perform(.act(.arrive([UInt8](repeating: 0xff, count: 60))))
    surround(&timeline)
    timeline.perform(.act(.cut(host: .client)))
    timeline.perform(.act(.mend(host: .server)))
    timeline.perform(.act(.cut(host: .client)))
    timeline.perform(.run(.seconds(500)))
    return timeline
  }

  private static func browse(_ server: SocketAddress, _ timeline: inout Timeline) {
    let old = Browser(server: server, path: "/x", version: .http10)
    timeline.perform(.start(.browser(old), host: .client, process: ProcessID(2)))
    let persistence = Browser.Persistence(requests: 2, idle: .milliseconds(3))
    let patient = Browser(server: server, persistence: persistence)
    timeline.perform(.start(.browser(patient), host: .client, process: ProcessID(4)))
    timeline.perform(.call(.socket(.stream), host: .client, process: ProcessID(5)))
    timeline.perform(
      .call(
        .setOption(SocketCall.latest, .noPush(true)), host: .client, process: ProcessID(5)))
  }

  private static func unusual(_ configuration: inout WorldConfiguration) {
    configuration.hosts[0].gateway = IPv4Address(192, 0, 2, 1)
    configuration.hosts[0].maximumTransmissionUnit = 576
    configuration.hosts[1].tcp.announcesMaximumSegmentSize = false
    configuration.hosts[1].rulesNotFollowed = [.windowUpdate]
    configuration.hosts[1].filteredPorts = [4711, 22]
    configuration.hosts[0].filteredPorts = [9]
    configuration.links[0].bitRate = 100_000_000
    configuration.links[0].chance.loss = 1000
  }

  /// What befalls hosts.
  private static func surround(_ timeline: inout Timeline) {
    timeline.perform(.act(.pause(host: .server, process: ProcessID(1))))
    timeline.perform(.act(.set(host: .server, .receiveBuffer, 4096)))
    timeline.perform(.act(.set(host: .client, .firewall, 81)))
    timeline.perform(.act(.set(host: .server, .tcp, 0)))
    timeline.perform(.run(.milliseconds(50)))
    timeline.perform(.act(.resume(host: .server, process: ProcessID(1))))
    let octets = timeline.frames.first?.octets ?? []
    timeline.perform(
      .act(.report(ForgedError(from: .server, type: 3, code: 1, about: octets))))
    timeline.perform(.run(.milliseconds(50)))
    timeline.perform(.act(.reboot(host: .client)))
  }

  /// A host without TCP stays one.
  @Test func whatAHostCannotDoSurvives() throws {
    var configuration = WorldConfiguration.clientAndServer(seed: 3)
    configuration.hosts[1].speaksTCP = false
    configuration.hosts[1].filteredPorts = [80]
    let again = try RecordedRun.timeline(from: RecordedRun.octets(of: Timeline(configuration)))
    #expect(again.configuration.hosts.map(\.speaksTCP) == [true, false])
    #expect(again.configuration.hosts.map(\.filteredPorts) == [[], [80]])
  }

  @Test func theFileHasEveryFrameThatWasSent() throws {
    let timeline = Runs.visit(seed: 2)
    let octets = Recording.octets(of: [
      Recording.Part(timeline) { ["L05 · syn · moment \($0.sentMoment)"] }
    ])
    let file = CaptureFile.parse(octets)
    #expect(file.faults.isEmpty)
    let sent = timeline.moments.enumerated().filter { $0.element.event == .frameSent }
    #expect(file.frames.count == sent.count)
    for (frame, (place, moment)) in zip(file.frames, sent) {
      #expect(frame.octets == timeline.frame(moment.unit.frame)?.octets)
      #expect(frame.nanoseconds == moment.time.nanoseconds)
      #expect(frame.comments == ["L05 · syn · moment \(place + 1)"])
      #expect(Dissection(frame: frame.octets).problem == nil)
    }
  }

  @Test func twoRunsInOneFileAreReadBack() throws {
    let parts = [
      Recording.Part(name: "main", Runs.visit(seed: 2)),
      Recording.Part(name: "drop", Runs.disturbed(seed: 3)),
    ]
    let again = try Recording.parts(in: Recording.octets(of: parts))
    #expect(again.map(\.name) == ["main", "drop"])
    for (one, other) in zip(parts, again) {
      #expect(Runs.print(one.timeline) == Runs.print(other.timeline))
    }
  }

  /// The lesson and its steps come back with the run.
  @Test func theStepsAreReadBack() throws {
    let timeline = Runs.visit(seed: 2)
    let steps = [
      RecordedStep(id: "syn", place: 0, first: 0, last: 12),
      RecordedStep(id: "다음", place: 2, first: 12, last: timeline.momentCount),
    ]
    let octets = Recording.octets(of: [Recording.Part(timeline, lesson: "L05", steps: steps)])
    let parts = try Recording.parts(in: octets)
    #expect(parts.map(\.lesson) == ["L05"])
    #expect(parts.map(\.steps) == [steps])
    #expect(parts.map(\.origin) == [nil])
    #expect(Recording.step(ofMoment: 12, of: 0, in: parts)?.id == "syn")
    #expect(Recording.step(ofMoment: 13, of: 0, in: parts)?.id == "다음")
  }

  /// A branch comes back with where it left its parent; one that cannot have left it is refused.
  @Test func aBranchKnowsWhereItCameFrom() throws {
    let main = Runs.visit(seed: 2, bad: false)
    let poke = WorldAction.write(
      host: .client, slot: 0, offset: Field.sndWl1.description.offset, octets: [1])
    let branch = main.branch(at: 40, doing: poke)
    func parts(_ origin: RecordedOrigin, of timeline: Timeline = branch.timeline) -> [UInt8] {
      Recording.octets(of: [
        Recording.Part(main, steps: [RecordedStep(id: "a", place: 0, first: 3, last: 90)]),
        Recording.Part(
          name: "write-1", timeline,
          steps: [
            RecordedStep(id: "b", place: 1, first: branch.fork, last: timeline.momentCount)
          ], origin: origin),
      ])
    }
    let good = RecordedOrigin(parent: "main", step: 0, moment: 40, fork: branch.fork)
    let again = try Recording.parts(in: parts(good))
    #expect(again.map(\.origin) == [nil, good])
    #expect(Runs.print(again[1].timeline) == Runs.print(branch.timeline))
    // In the past that they share a step is the parent's.
    let ids = [3, 4, branch.fork, branch.fork + 1].map {
      Recording.step(ofMoment: $0, of: 1, in: again)?.id
    }
    #expect(ids == [nil, "a", "a", "b"])
    let none = RecordedOrigin(parent: "other", step: 0, moment: 40, fork: branch.fork)
    let late = RecordedOrigin(parent: "main", step: 0, moment: 40, fork: 1 << 30)
    let before = RecordedOrigin(parent: "main", step: 0, moment: branch.fork + 1, fork: branch.fork)
    for origin in [none, late, before] {
      #expect(throws: RecordingError.altered) { try Recording.parts(in: parts(origin)) }
    }
    #expect(throws: RecordingError.altered) {
      try Recording.parts(in: parts(good, of: Runs.visit(seed: 3, bad: false)))
    }
  }

  /// No octet of the run or of a frame can be changed without being refused.
  @Test func anAlteredRecordingIsRefused() throws {
    let good = Recording.octets(of: [Recording.Part(Runs.visit(seed: 2, bad: false))])
    let mark = Array("Sockscope run\n".utf8)
    let start = try #require(good.firstRange(of: mark)).upperBound
    var refused = 0
    for place in stride(from: start, to: good.count, by: 211) {
      var changed = good
      changed[place] ^= 0x10
      let file = CaptureFile.parse(changed)
      guard file.faults.isEmpty,
        file.frames.map(\.comments) == CaptureFile.parse(good).frames.map(\.comments),
        file != CaptureFile.parse(good)
      else { continue }
      #expect(throws: RecordingError.self, "octet \(place)") { try Recording.parts(in: file) }
      refused += 1
    }
    #expect(refused > 20)
  }

  @Test func foreignAndDamagedFilesAreRefused() throws {
    var writer = PcapNGWriter()
    writer.sectionHeader()
    writer.interface(name: "eth0")
    writer.packet([1, 2, 3], nanoseconds: 0)
    #expect(throws: RecordingError.notARecording) { try Recording.parts(in: writer.octets) }
    #expect(throws: RecordingError.notARecording) { try Recording.parts(in: []) }
    #expect(throws: RecordingError.version(77)) { try RecordedRun.timeline(from: [77, 0]) }
    let good = RecordedRun.octets(of: Runs.visit(seed: 2, bad: false))
    for length in stride(from: 0, to: good.count, by: 3) {
      #expect(throws: RecordingError.self) {
        try RecordedRun.timeline(from: Array(good.prefix(length)))
      }
    }
  }

  /// A run that goes on for longer than it should is not run to its end.
  @Test func aLongerRunIsRefused() throws {
    let timeline = Runs.visit(seed: 2, bad: false)
    let octets = RecordedRun.octets(of: timeline)
    let count = timeline.momentCount
    #expect(try RecordedRun.timeline(from: octets, momentLimit: count).momentCount == count)
    #expect(throws: RecordingError.altered) {
      try RecordedRun.timeline(from: octets, momentLimit: count - 1)
    }
  }

  /// Octets changed at random are refused or are another run; they never trap.
  @Test func changedOctetsNeverTrap() {
    let good = RecordedRun.octets(of: Self.motley())
    var draw = RandomSource(seed: 5)
    var refused = 0
    for _ in 0..<400 {
      var octets = good
      for _ in 0...draw.below(3) {
        octets[draw.below(octets.count)] = UInt8(truncatingIfNeeded: draw.next())
      }
      do { _ = try RecordedRun.timeline(from: octets) } catch { refused += 1 }
    }
    #expect(refused > 100)
  }
}
