import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Course

/// A SYN flood as a lesson writes it (RFC 4987 §2): senders who claim addresses that never answer.
@Suite struct FloodTests {
  private struct Play {
    var timeline: Timeline
    let context: PathContext

    init(_ hosts: [String]) {
      var world = LessonWorld()
      world.hosts = hosts
      context = PathContext(hosts: hosts)
      timeline = Timeline(world.configuration(seed: 4))
    }

    mutating func perform(_ lines: String...) throws {
      for line in lines {
        let command = try CommandLine(line, in: context)
        let reading = MomentReading(timeline, at: timeline.momentCount)
        timeline.perform(try command.command(in: reading))
      }
    }

    func value(_ text: String) throws -> Value {
      let now = MomentReading(timeline, at: timeline.momentCount)
      return try Expression(text, in: context).value(in: Situation(now: now))
    }

    func count(_ rule: Rule, _ event: Event) -> Int {
      timeline.moments.filter { $0.rule == rule && $0.event == event }.count
    }

    /// Frames of the server's with these flags.
    func sent(_ flags: TCPFlags) -> Int {
      timeline.moments.filter {
        $0.event == .frameSent && $0.host == .server && $0.unit.flags == flags
      }.count
    }
  }

  private static let flood =
    "inject client SYN src 203.0.113.9 srcport 4000 dstport 80 seq 1 times 8"

  private static func routed() throws -> Play {
    var play = Play(["client", "server", "router"])
    try play.perform(
      "server socket tcp", "server bind 80", "server listen 5", flood, "wait 500 ms")
    return play
  }

  @Test func aFloodFillsTheBacklogUntilItsTimeIsOver() throws {
    var play = try Self.routed()
    #expect(try play.value("server.listener.waiting") == .number(5))
    #expect(try play.value("server.sockets.count") == .number(6))
    #expect(play.count(.backlogFull, .segmentDropped) == 3)
    #expect(play.sent([.syn, .ack]) == 5)
    // Whoever really wants in repeats the SYN until the first records go.
    try play.perform("client socket tcp", "client connect 192.0.2.80:80", "wait 60 s")
    #expect(try play.value("client.socket.state") == .name("SYN-SENT"))
    #expect(play.sent([.syn, .ack]) == 30)
    try play.perform("wait 5 s")
    #expect(play.count(.synReceivedGivesUp, .socketDeleted) == 5)
    #expect(try play.value("server.listener.waiting") == .number(1))
    #expect(try play.value("client.socket.state") == .name("ESTABLISHED"))
  }

  @Test func cookiesNeedNoRecord() throws {
    var play = Play(["client", "server", "router"])
    try play.perform(
      "server set syn-cookies always", "server socket tcp", "server bind 80", "server listen 5",
      Self.flood, "wait 500 ms")
    #expect(try play.value("server.sockets.count") == .number(1))
    #expect(play.count(.synCookieSent, .segmentBuilt) == 8)
    try play.perform("client socket tcp", "client connect 192.0.2.80:80", "wait 1 s")
    #expect(try play.value("client.socket.state") == .name("ESTABLISHED"))
    #expect(try play.value("server.sockets.count") == .number(2))
    #expect(play.count(.synCookieTaken, .ruleApplied) == 2)
  }

  /// Where there is no router the flood's addresses are asked for by ARP, and nobody answers.
  @Test func onALineTheAnswersStayInTheHost() throws {
    var play = Play(["client", "server"])
    try play.perform(
      "server socket tcp", "server bind 80", "server listen 5",
      "inject client SYN src 192.0.2.200 srcport 4000 dstport 80 seq 1 times 8", "wait 500 ms")
    #expect(try play.value("server.listener.waiting") == .number(5))
    #expect(play.sent([.syn, .ack]) == 0)
    try play.perform("wait 70 s")
    #expect(try play.value("server.listener.waiting") == .number(0))
  }

  /// RFC 9293 §3.4.1 MUST-8, RFC 6528: a third party that knows the number needs to see nothing.
  @Test(arguments: [false, true]) func aFixedNumberCanBeGuessed(isFixed: Bool) throws {
    var play = Play(["client", "server", "bystander"])
    try play.perform(
      "server set isn \(isFixed ? "1000" : "off")", "server socket tcp", "server bind 80",
      "server listen 5", "client set firewall 4000",
      "inject bystander SYN src 192.0.2.10 srcport 4000 dstport 80 seq 500", "wait 100 ms",
      "inject bystander ACK src 192.0.2.10 srcport 4000 dstport 80 seq 501 ack 1001",
      "wait 100 ms")
    let state = try play.value("server.socket.state")
    #expect(state == .name(isFixed ? "ESTABLISHED" : "SYN-RECEIVED"))
    #expect(play.timeline.live.hosts[0].memory.used.isEmpty)
  }

  @Test(arguments: ["src", "src nobody", "times 0", "src 1.2.3"])
  func whatIsNoSenderIsTold(words: String) {
    #expect(throws: CommandProblem.self) {
      _ = try CommandLine("inject client SYN \(words)", in: PathContext(hosts: ["client"]))
    }
  }
}
