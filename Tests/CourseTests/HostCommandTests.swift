import Session
import Simulation
import Stack
import Testing

@testable import Course

/// A world that is led by command lines.
private struct Play {
  var timeline: Timeline
  let context = PathContext(hosts: LessonWorld().hosts)

  init(seed: UInt64 = 4, _ settings: [HostSetting] = []) {
    var world = LessonWorld()
    world.settings = settings
    timeline = Timeline(world.configuration(seed: seed))
  }

  mutating func perform(_ lines: String...) throws {
    for line in lines {
      let command = try CommandLine(line, in: context)
      let reading = MomentReading(timeline, at: timeline.momentCount)
      timeline.perform(try command.command(in: reading))
    }
  }

  /// The client is connected with a web server.
  mutating func connect() throws {
    try perform(
      "server start web-server", "client socket tcp", "client connect 192.0.2.80:80", "wait 1 s")
    #expect(try value("client.socket.state") == .name("ESTABLISHED"))
  }

  func value(_ text: String) throws -> Value {
    let now = MomentReading(timeline, at: timeline.momentCount)
    return try Expression(text, in: context).value(in: Situation(now: now))
  }

  func moments(_ rule: Rule) -> [Moment] { timeline.moments.filter { $0.rule == rule } }
}

@Suite struct HostCommandTests {
  /// RFC 9293 §3.5.1: a host that has lost its memory answers the other's segments with RST, and the other
  /// end was half-open until then.
  @Test func aRebootForgetsEverything() throws {
    var play = Play()
    try play.connect()
    let before = try play.value("server.socket.iss")
    try play.perform("server reboot", "wait 1 s")
    #expect(try play.value("server.sockets.count") == .number(0))
    #expect(play.timeline.live.hosts[1].neighbours.entries.isEmpty)
    #expect(play.moments(.hostRebooted).filter { $0.event == .socketDeleted }.count == 2)
    #expect(try play.value("client.socket.state") == .name("ESTABLISHED"))
    #expect(try play.value("frames.count") == .number(3))
    try play.perform("client send \"hello\"", "client receive 100", "wait 1 s")
    #expect(try play.value("client.call.error") == .name("ECONNRESET"))
    #expect(play.moments(.closedReset).count == 1)
    #expect(play.moments(.arpAsk).count == 1)
    // It can be started anew, and its numbers are others.
    try play.perform(
      "server start web-server", "client socket tcp", "client connect 192.0.2.80:80", "wait 1 s")
    #expect(try play.value("server.socket.state") == .name("ESTABLISHED"))
    #expect(try play.value("server.socket.iss") != before)
  }

  @Test func aRebootEndsWhatWasUnderWay() throws {
    var play = Play()
    try play.perform(
      "server start web-server", "client socket tcp", "client connect 192.0.2.99:80",
      "client reboot", "wait 300 s")
    #expect(try play.value("client.sockets.count") == .number(0))
    #expect(play.timeline.live.processes.allSatisfy { $0.pending == nil || $0.host == .server })
    #expect(throws: CommandProblem.self) { try play.perform("client connect 192.0.2.80:80") }
  }

  /// A program that stands still reads nothing: data waits, the window shrinks; then it goes on.
  @Test func aPausedProgramReadsNothing() throws {
    var play = Play()
    try play.connect()
    try play.perform("server pause", "client send 3000 bytes", "wait 1 s")
    #expect(try play.value("server.socket.receive.queue") == .number(3000))
    #expect(try play.value("client.socket.snd.wnd") == .number(65_535 - 3000))
    try play.perform("server resume", "wait 1 s")
    #expect(try play.value("server.socket.receive.queue") == .number(0))
    #expect(play.moments(.processPaused).count == 1)
    #expect(play.moments(.processResumed).count == 1)
  }

  /// A call that the program would have made while it stood still is made when it goes on.
  @Test func aPausedProgramGoesOnWhereItWas() throws {
    var play = Play()
    try play.perform("server start web-server", "server pause", "wait 1 s")
    #expect(try play.value("server.sockets.count") == .number(0))
    try play.perform("server resume", "wait 1 s")
    #expect(try play.value("server.listener.state") == .name("LISTEN"))
    try play.perform("server pause", "server exit", "wait 1 s")
    #expect(try play.value("server.sockets.count") == .number(0))
    try play.perform("server start web-server", "wait 1 s")
    #expect(try play.value("server.listener.state") == .name("LISTEN"))
  }

  /// A smaller buffer takes nothing back that was offered (RFC 9293 §3.8.6): the right edge stays.
  @Test func aBufferShrinksWhileTheConnectionRuns() throws {
    var play = Play()
    try play.connect()
    let edge = try play.value("server.socket.rcv.nxt + server.socket.rcv.wnd")
    try play.perform("server set receive-buffer 4096")
    #expect(try play.value("server.socket.receive.buffer") == .number(4096))
    try play.perform("client send 1000 bytes", "wait 1 s")
    #expect(try play.value("client.socket.snd.wnd") == .number(64_535))
    #expect(try play.value("server.socket.rcv.nxt + server.socket.rcv.wnd") == edge)
    try play.perform("client process 2 socket tcp", "client process 2 connect 192.0.2.80:80")
    try play.perform("wait 1 s")
    #expect(try play.value("client.socket.snd.wnd") == .number(4096))
  }

  /// Eff.snd.MSS is bounded by the own link, RFC 9293 §3.7.1.
  @Test func anMTUThatShrinksBoundsSegments() throws {
    var play = Play()
    try play.connect()
    #expect(try play.value("client.socket.mss.eff") == .number(1460))
    try play.perform("client set mtu 576", "client send 1000 bytes", "wait 1 s")
    #expect(try play.value("client.socket.mss.eff") == .number(536))
    #expect(try play.value("frame.4.payload") == .number(536))
    #expect(play.moments(.packetTooLarge).isEmpty)
  }

  @Test func aFirewallDropsAndCounts() throws {
    var play = Play()
    try play.perform(
      "server start web-server", "server process 2 start web-server on 8080",
      "server set firewall 80",
      "client socket tcp", "client connect 192.0.2.80:80", "wait 4 s")
    let dropped = play.moments(.firewallDrops)
    #expect(dropped.map(\.value) == [1, 2, 3])
    #expect(dropped.allSatisfy { $0.reason == .filtered && $0.layer == .ip })
    #expect(try play.value("frames.count") == .number(3))
    try play.perform("server set firewall off", "wait 10 s")
    #expect(try play.value("client.socket.state") == .name("ESTABLISHED"))
  }

  /// RFC 1122 §3.2.2.1: a protocol that is not there is told of.
  @Test func withoutTCPThereIsAnAnswer() throws {
    for atFirst in [true, false] {
      var play = Play(atFirst ? [HostSetting(host: "server", kind: .tcp, value: 0)] : [])
      if !atFirst { try play.perform("server set tcp off") }
      try play.perform("client socket tcp", "client connect 192.0.2.80:80", "wait 1 s")
      #expect(try play.value("frame.2.icmp.type") == .number(3))
      #expect(try play.value("frame.2.icmp.code") == .number(2))
      #expect(try play.value("client.call.error") == .name("EPROTONOSUPPORT"))
      try play.perform("server socket tcp")
      #expect(try play.value("server.call.error") == .name("EPROTONOSUPPORT"))
      try play.perform("server socket udp")
      #expect(try play.value("server.call.error") == .name("none"))
    }
  }

  /// `+1000` counts from what is there, modulo the field's width; the engine obeys.
  @Test func pokesMayBeRelative() throws {
    var play = Play()
    try play.connect()
    let next = try play.value("client.socket.snd.nxt + 1000")
    try play.perform("client poke snd.nxt +1000", "client send \"x\"")
    #expect(try play.value("frame.last.tcp.seq") == next)
    try play.perform("client poke retries -1")
    #expect(try play.value("client.socket.retries") == .number(255))
    try play.perform("client poke retries +2", "client poke snd.wnd 5")
    #expect(try play.value("client.socket.retries") == .number(1))
    #expect(try play.value("client.socket.snd.wnd") == .number(5))
  }

  @Test func aHeldFrameIsReleased() throws {
    var play = Play()
    try play.perform(
      "server start web-server", "fault hold client SYN", "client socket tcp",
      "client connect 192.0.2.80:80", "wait 500 ms")
    #expect(try play.value("server.sockets.count") == .number(1))
    let other = #expect(throws: CommandProblem.self) { try play.perform("release client data") }
    #expect(other?.message.contains("no such frame is held") == true)
    try play.perform("release client SYN", "wait 100 ms")
    #expect(try play.value("client.socket.state") == .name("ESTABLISHED"))
    #expect(try play.value("frames.count") == .number(3))
    #expect(throws: CommandProblem.self) { try play.perform("release client SYN") }
  }

  /// RFC 5927 §4.1 and §5.2: an error ends an attempt only, and only one about a number in flight counts.
  @Test func aForgedErrorDoesNotEndAConnection() throws {
    var play = Play()
    #expect(throws: CommandProblem.self) {
      try play.perform("inject server icmp port-unreachable about frame 1")
    }
    try play.connect()
    try play.perform("inject server icmp port-unreachable about frame 1", "wait 1 s")
    #expect(try play.value("client.socket.state") == .name("ESTABLISHED"))
    #expect(play.moments(.icmpNotAboutUs).count == 1)
    try play.perform(
      "fault drop client data", "client send \"hello\"",
      "inject server icmp protocol-unreachable about frame last", "wait 100 ms")
    #expect(try play.value("client.socket.state") == .name("ESTABLISHED"))
    #expect(try play.value("client.socket.soft.error") == .name("EPROTONOSUPPORT"))
  }

  /// What goes before a frame has its ports, in either direction.
  @Test func whatIsInjectedHasItsFramesPorts() throws {
    var play = Play()
    try play.perform(
      "server start web-server", "inject client SYN seq 90 before client SYN",
      "inject server RST seq 7 before client data", "client socket tcp",
      "client connect 192.0.2.80:80", "wait 3 s", "client send \"hello\"", "wait 1 s")
    #expect(try play.value("frame.1.tcp.srcport") == play.value("frame.2.tcp.srcport"))
    #expect(try play.value("frame.1.tcp.dstport") == .number(80))
    let forged = play.timeline.frames.filter(\.isInjected)
    #expect(forged.count == 2)
    let number = try #require(forged.last).number
    #expect(try play.value("frame.\(number).tcp.srcport") == .number(80))
    #expect(
      try play.value("frame.\(number).tcp.dstport") == play.value("frame.2.tcp.srcport"))
  }
}

/// What stands under `fault`, and settings of the world.
@Suite struct FaultReadingTests {
  private static func text(_ lines: String) -> String {
    """
    lesson: L01
    section: "1.1"
    title: {ko: 가, en: a}
    summary: {ko: 가, en: a}
    minutes: 5
    world:
      server: {firewall: 81, mss-option: no, tcp: on}
    steps:
      - id: one
        ko: 가
        en: a

    """ + lines
  }

  @Test func anyCommandMayBeTheFault() throws {
    let lesson = try Lesson(
      yaml: Self.text(
        "    fault: [drop client SYN, server exit, inject client SYN seq 90 before client SYN]\n"
          + "    do: client socket tcp"))
    let commands = lesson.steps[0].commands
    #expect(commands.map(\.isFault) == [true, true, true, false])
    #expect(commands[1].verb == .exit(host: "server"))
    #expect(lesson.withoutFaults.steps[0].commands.map(\.text) == ["client socket tcp"])
    #expect(
      lesson.world.settings == [
        HostSetting(host: "server", kind: .firewall, value: 81),
        HostSetting(host: "server", kind: .mssOption, value: 0),
        HostSetting(host: "server", kind: .tcp, value: 1),
      ])
    let server = lesson.world.configuration().hosts[1]
    #expect(server.filteredPorts == [81])
    #expect(!server.tcp.announcesMaximumSegmentSize)
    #expect(server.speaksTCP)
  }

  @Test(arguments: [
    ("    fault: server exti", 19, "exit"),
    ("    fault: [drop client SYN, servr exit]", 30, "server"),
    ("    do: server set firwall 80", 20, "firewall"),
    ("    fault: server set mss-option of", 34, "off"),
    ("    do: client poke snd.nx +1000", 21, "snd.nxt"),
    ("    fault: inject server icmp host-unreachible about frame 1", 31, "host-unreachable"),
  ])
  func mistakes(lines: String, column: Int, suggestion: String) throws {
    let problem = try #require(
      #expect(throws: LessonProblems.self) { try Lesson(yaml: Self.text(lines)) }?.problems.first)
    #expect(problem.line == 12)
    #expect(problem.column == column, "\(problem)")
    #expect(problem.suggestion == suggestion)
  }

  @Test(arguments: [
    ("firewall: 81", "firewall: 70000", "“firewall” is a whole number"),
    ("mss-option: no", "mss-option: none", "“none” is no mss-option"),
    ("tcp: on", "tpc: on", "the host “server” has no “tpc”"),
  ])
  func mistakesInAWorld(good: String, bad: String, message: String) throws {
    let text = Self.text("").replacing(good, with: bad)
    let problem = try #require(
      #expect(throws: LessonProblems.self) { try Lesson(yaml: text) }?.problems.first)
    #expect(problem.line == 7)
    #expect(problem.message.hasPrefix(message), "\(problem)")
  }
}
