import Session
import Simulation
import Stack
import Testing

@testable import Course

/// How fast and how long the links of a lesson's world are, and how much may wait at its router.
@Suite struct LinkSettingTests {
  private static func lesson(_ world: String) throws(LessonProblems) -> Lesson {
    try Lesson(
      yaml: """
        lesson: L01
        section: "1.1"
        title: {ko: 가, en: a}
        summary: {ko: 가, en: a}
        minutes: 1
        world: \(world)
        steps:
          - id: one
            ko: 가.
            en: A.
        """)
  }

  @Test func ratesAndDelaysAreThoseOfTheLinks() throws {
    let world = try Self.lesson(
      "{hosts: [client, router, far], rate: 100 Mb/s, delay: 50 ms, far-rate: 64 kb/s}"
    ).world.configuration()
    #expect(world.links.map(\.bitRate) == [100_000_000, 64_000])
    #expect(world.links.map(\.propagationDelay) == [.milliseconds(50), .milliseconds(10)])
    let plain = try Self.lesson("{hosts: [client, server]}").world.configuration()
    #expect(plain.links.map(\.bitRate) == [10_000_000])
  }

  @Test(arguments: [
    ("rate: fast", "“rate” is a bit rate"), ("rate: 0 Mb/s", "“rate” is a bit rate"),
    ("far-rate: 5 Mbit", "“far-rate” is a bit rate"), ("delay: 50", "“delay” is a time"),
    ("far-delay: 11 s", "“far-delay” is a time"), ("server: {queue: 8}", "only a router has"),
  ])
  func mistakes(_ words: String, _ message: String) {
    let problems = #expect(throws: LessonProblems.self) {
      try Self.lesson("{hosts: [client, server], \(words)}")
    }
    #expect(problems?.problems.first?.message.hasPrefix(message) == true)
  }

  /// Two may wait for the slow link, one is on it: of six in a row three are thrown away, without a word.
  @Test(arguments: [2, 0]) func aQueueEnds(limit: Int) throws {
    let context = PathContext(hosts: ["client", "router", "far"])
    var world = LessonWorld()
    world.hosts = context.hosts
    world.beyond.rate = 100_000
    world.settings = [HostSetting(host: "router", kind: .queue, value: limit)]
    var timeline = Timeline(world.configuration(seed: 4))
    for line in [
      "far socket tcp", "far bind 80", "far listen 5", "client socket tcp",
      "client connect 198.51.100.80:80", "wait 200 ms", "client send 8760 bytes", "wait 60 ms",
    ] {
      let reading = MomentReading(timeline, at: timeline.momentCount)
      timeline.perform(try CommandLine(line, in: context).command(in: reading))
    }
    let dropped = timeline.moments.filter { $0.reason == .queueFull }
    #expect(dropped.count == (limit == 0 ? 0 : 3))
    #expect(dropped.allSatisfy { $0.event == .frameDropped && $0.layer == .adapter })
    #expect(dropped.allSatisfy { $0.unit.payload == 1460 })
    // Its recording tells of the queue.
    let parts = [Recording.Part(timeline)]
    let read = try Recording.parts(in: Recording.octets(of: parts))
    #expect(read[0].timeline.moments.count { $0.reason == .queueFull } == dropped.count)
  }

  /// What a middlebox takes out of a SYN was never offered.
  @Test func anOptionIsTakenOut() throws {
    let context = PathContext(hosts: ["client", "server"])
    var world = LessonWorld()
    world.profile = .modern
    var timeline = Timeline(world.configuration(seed: 4))
    for line in [
      "server socket tcp", "server bind 80", "server listen 5",
      "fault rewrite server SYN+ACK tcp.wscale.kind 1", "client socket tcp",
      "client connect 192.0.2.80:80", "wait 100 ms",
    ] {
      let reading = MomentReading(timeline, at: timeline.momentCount)
      timeline.perform(try CommandLine(line, in: context).command(in: reading))
    }
    let now = MomentReading(timeline, at: timeline.momentCount)
    func value(_ path: String) throws -> Value { now.value(of: try Path(path, in: context)) }
    #expect(try value("client.socket.state") == .name("ESTABLISHED"))
    #expect(try value("client.socket.options") == .name("timestamps+sack"))
    #expect(try value("server.socket.options") == .name("window-scale+timestamps+sack"))
  }

  /// A forged segment may carry timestamps and data.
  @Test func aForgeryCarriesTimestamps() throws {
    let context = PathContext(hosts: ["client", "server"])
    var timeline = Timeline(LessonWorld().configuration(seed: 4))
    let line = "inject client ACK seq 7 ack 9 tsval 5 tsecr 6 bytes 30 srcport 1 dstport 2"
    let reading = MomentReading(timeline, at: 0)
    timeline.perform(try CommandLine(line, in: context).command(in: reading))
    let now = MomentReading(timeline, at: timeline.momentCount)
    func value(_ path: String) throws -> Value { now.value(of: try Path(path, in: context)) }
    #expect(try value("frame.1.tcp.tsval") == .number(5))
    #expect(try value("frame.1.tcp.tsecr") == .number(6))
    #expect(try value("frame.1.payload") == .number(30))
    let read = try Recording.parts(in: Recording.octets(of: [Recording.Part(timeline)]))
    #expect(read[0].timeline.frames.first?.octets == timeline.frames.first?.octets)
  }
}
