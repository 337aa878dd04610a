import Session
import Simulation
import Stack
import Testing
import Wire

/// Worlds of more than two hosts are recorded and played again like any other.
@Suite struct SampleWorldRecordingTests {
  /// A world in which everything differs that only a router or a hub has.
  static func configuration(seed: UInt64) -> WorldConfiguration {
    var configuration = WorldConfiguration.sample(Set(SampleHost.allCases), seed: seed)
    configuration.hosts[2].otherInterfaces[0].maximumTransmissionUnit = 576
    configuration.hosts[2].routes = [
      StaticRoute(
        to: IPv4Address(203, 0, 113, 0), prefixLength: 25,
        through: IPv4Address(198, 51, 100, 80))
    ]
    configuration.hosts[2].rulesNotFollowed = [.hostUnreachable]
    configuration.hosts[4].isObserved = false
    configuration.links[0].chance.loss = 50_000
    configuration.links[1].chance.duplication = 200_000
    return configuration
  }

  static func visit(seed: UInt64) -> Timeline {
    let configuration = configuration(seed: seed)
    let far = SocketAddress(configuration.hosts[3].address, 80)
    var timeline = Timeline(configuration)
    timeline.perform(.start(.webServer(WebServer()), host: HostID(3), process: ProcessID(80)))
    timeline.perform(.start(.browser(Browser(server: far)), host: .client, process: ProcessID(1)))
    timeline.perform(.run(.milliseconds(300)))
    timeline.perform(.act(.cut(host: HostID(4))))
    timeline.perform(.run(.seconds(60)))
    return timeline
  }

  @Test(arguments: [UInt64(1), 2, 7]) func theRunReadBackIsTheSame(seed: UInt64) throws {
    let timeline = Self.visit(seed: seed)
    let octets = Recording.octets(of: [Recording.Part(timeline)])
    let again = try #require(try Recording.parts(in: octets).first).timeline
    #expect(Runs.print(again) == Runs.print(timeline))
    let lines = (1...timeline.momentCount).map { JSONLine.of($0, in: timeline) }
    #expect((1...again.momentCount).map { JSONLine.of($0, in: again) } == lines)
    #expect(lines.contains { $0?.contains("\"host\":\"router\"") ?? false })
    #expect(RecordedRun.octets(of: again) == RecordedRun.octets(of: timeline))
  }

  /// Everything that the configuration says comes back.
  @Test func theConfigurationIsReadBack() throws {
    let timeline = Timeline(Self.configuration(seed: 4))
    let again = try RecordedRun.timeline(from: RecordedRun.octets(of: timeline)).configuration
    #expect(again.links == timeline.configuration.links)
    for (one, other) in zip(again.hosts, timeline.configuration.hosts) {
      #expect(one.interfaces == other.interfaces)
      #expect(one.routes == other.routes)
      #expect(one.forwards == other.forwards)
      #expect(one.gateway == other.gateway)
      #expect(one.isObserved == other.isObserved)
      #expect(one.rulesNotFollowed == other.rulesNotFollowed)
      #expect(one.knownNeighbours == other.knownNeighbours)
    }
  }

  /// The client and the server as they were written when a world had no other hosts.
  static let twoHosts = """
    0101030007636c69656e7402000000000a8a8480800c1900dd0b8108810202d08480800c020000000050\
    000000e807e807e0d40380e497d01280800480800480d0dbc3f4028090d8c69e050901c1b989c8c8bd8b\
    85910101010107736572766572020000000050d08480800c1900dd0b81088102028a8480800c02000000\
    000a000000e807e807e0d40380e497d01280800480800480d0dbc3f4028090d8c69e050901e7d8bbac96\
    b4e3f5be0101010203000180ade20480ade204000000008087a70e0101
    """

  @Test func aRecordingOfTwoHostsStillOpens() throws {
    let digits = Array(Self.twoHosts)
    let octets = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
    let found = try RecordedRun.timeline(from: octets).configuration
    let wanted = WorldConfiguration.clientAndServer(seed: 1)
    #expect(found.seed == wanted.seed)
    #expect(found.links == wanted.links)
    #expect(found.hosts.map(\.name) == wanted.hosts.map(\.name))
    #expect(found.hosts.map(\.seed) == wanted.hosts.map(\.seed))
    #expect(found.hosts.map(\.interfaces) == wanted.hosts.map(\.interfaces))
    #expect(found.hosts.map(\.knownNeighbours) == wanted.hosts.map(\.knownNeighbours))
    #expect(found.hosts.allSatisfy { !$0.forwards && $0.isObserved })
  }

  /// The state at each moment of a delivery to several hosts can be reached.
  @Test func everyMomentCanBeReached() throws {
    let timeline = Self.visit(seed: 2)
    for moment in stride(from: 1, through: timeline.momentCount, by: 37) {
      let state = timeline.state(at: moment)
      #expect(state.moment.map { "\($0)" } == timeline.moment(moment).map { "\($0)" })
    }
  }

  /// A frame on a hub ends where it was meant to go, not where it was heard last.
  @Test func aFramesEndIsItsAddressee() throws {
    let timeline = Self.visit(seed: 2)
    let frames = timeline.frames.filter { $0.fate == .delivered && $0.to != .wire }
    #expect(frames.count > 10)
    for frame in frames {
      let end = try #require(frame.receivedMoment.flatMap { timeline.moment($0) })
      #expect(end.host == frame.to)
      #expect(end.event == .frameReceived)
    }
  }
}
