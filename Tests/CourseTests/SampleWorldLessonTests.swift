import Session
import Simulation
import Stack
import Testing

@testable import Course

/// Lessons in worlds with a router, a far server, a bystander, a hub.
@Suite struct SampleWorldLessonTests {
  /// A lesson of one step in such a world.
  static func text(_ world: String, _ step: String) -> String {
    """
    lesson: L06
    section: "2.1"
    title: {ko: 시험, en: Test}
    summary: {ko: 요약, en: Summary}
    minutes: 9
    world: \(world)
    steps:
      - id: only
        kind: run
        ko: 봅니다.
        en: Look.
    \(step.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
    """
  }

  static func run(_ world: String, _ step: String) throws -> LessonRun {
    LessonRunner().run(try Lesson(yaml: text(world, step)))
  }

  static func problems(_ world: String, _ step: String = "do: client socket tcp") -> [String] {
    do {
      _ = try Lesson(yaml: text(world, step))
      return []
    } catch {
      return error.problems.map(\.message)
    }
  }

  static let routed = "{hosts: [client, router, far], link: wire, programs: {far: web-server}}"

  /// CURRICULUM 2.1-6: the router passes everything on and keeps no record.
  @Test func whatIsBetweenKeepsNoRecord() throws {
    let run = try Self.run(
      Self.routed,
      """
      do: [client socket tcp, client connect 198.51.100.80:80]
      until: {event: call-returned, host: client, call: connect}
      expect:
        client.socket.state: ESTABLISHED
        far.socket.state: SYN-RECEIVED
        router.sockets.count: 0
        far.sockets.count: 2
        router.packets.forwarded: 2
        client.packets.forwarded: 0
        frame.1.ethernet.dst: router.mac
        frame.1.ip.dst: far.address
        frame.1.ip.ttl: 64
        frame.2.ip.ttl: 63
        frame.2.from: router
        frame.2.to: far
      """)
    #expect(run.problems.map(\.message) == [])
    #expect(!run.steps[0].expectations.isEmpty)
  }

  /// X2-07: the router answers for a host that is not there; the attempt goes on all the same.
  @Test(arguments: [true, false]) func hostUnreachable(icmp: Bool) throws {
    let run = try Self.run(
      "{hosts: [client, router], arp: known, router: {icmp: \(icmp ? "on" : "off")}}",
      """
      do: [client socket tcp, client connect 198.51.100.80:80]
      until: {event: frame-sent, host: client, tcp.flags: SYN, nth: 4}
      expect:
        client.socket.state: SYN-SENT
        client.socket.soft.error: \(icmp ? "EHOSTUNREACH" : "none")
        router.sockets.count: 0
      """)
    #expect(run.problems.map(\.message) == [])
    #expect(!run.steps[0].expectations.isEmpty)
    let errors = run.runs[0].timeline.moments.filter { $0.rule == .hostUnreachable }
    #expect(errors.isEmpty != icmp)
  }

  /// A hub carries everything to the bystander, whose adapter takes none of it.
  @Test func theBystanderHearsAndIgnores() throws {
    let run = try Self.run(
      "{hosts: [client, server, bystander], link: hub, programs: {server: web-server}}",
      """
      do: [client socket tcp, client connect 192.0.2.80:80]
      until: {event: frame-dropped, host: bystander, nth: 2}
      expect:
        bystander.frames.received: 2
        bystander.frames.dropped: 2
        server.frames.received: 1
        server.frames.dropped: 0
        bystander.sockets.count: 0
      """)
    #expect(run.problems.map(\.message) == [])
    #expect(!run.steps[0].expectations.isEmpty)
  }

  @Test func theRoutersFarMTU() throws {
    let lesson = try Lesson(
      yaml: Self.text(
        "{hosts: [far, router, client], router: {far-mtu: 576, mtu: 1400}}",
        "do: client socket tcp"))
    #expect(lesson.world.hosts == ["client", "router", "far"])
    let router = lesson.world.configuration().hosts[1]
    #expect(router.interfaces.map(\.maximumTransmissionUnit) == [1400, 576])
  }

  /// Worlds that cannot be, and what is said about them.
  @Test(arguments: [
    (
      "{hosts: [client, far]}",
      "“far” is not on the client’s link; add the “router” that leads there"
    ),
    ("{hosts: [server, router]}", "a world has a “client”"),
    ("{hosts: [client]}", "a world has another host besides the client, such as “server”"),
    (
      "{hosts: [client, server, bystander]}",
      "a wire has two ends, and 3 hosts are on the client’s link; write “link: hub”"
    ),
    (
      "{hosts: [client, server, router, far, bystander], link: wire}",
      "a wire has two ends, and 4 hosts are on the client’s link; write “link: hub”"
    ),
    ("{server: {icmp: off}}", "only a router has “icmp”"),
    ("{router: {icmp: off}}", "“router” is not in this world"),
    (
      "{hosts: [client, router], router: {icmp: maybe}}",
      "“maybe” is no icmp; it is one of off, on, no, yes"
    ),
  ])
  func aWorldThatCannotBe(world: String, message: String) {
    #expect(Self.problems(world).contains(message), "\(Self.problems(world))")
  }

  @Test func aCountThatNobodyKeeps() {
    let found = Self.problems(
      "{hosts: [client, server]}",
      "do: client socket tcp\nexpect: {server.frames.droped: 1}")
    #expect(found.count == 1)
    #expect(found.first?.contains("frames.dropped") == true)
  }
}
