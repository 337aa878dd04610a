import Simulation
import Stack
import Testing
import Wire

@testable import Course

private let context = PathContext(hosts: ["client", "server"])

@Suite struct CommandLineTests {
  @Test(arguments: [
    (
      "client connect 192.0.2.80:80",
      CommandLine.Verb.call(
        host: "client", .connect(SocketAddress(IPv4Address(192, 0, 2, 80), 80)), descriptor: nil)
    ),
    ("client socket tcp", .call(host: "client", .socket(.stream), descriptor: nil)),
    ("server socket udp", .call(host: "server", .socket(.datagram), descriptor: nil)),
    ("server bind 80 on 3", .call(host: "server", .bind(SocketAddress(.any, 80)), descriptor: 3)),
    ("server listen 5", .call(host: "server", .listen(backlog: 5), descriptor: nil)),
    ("client send \"a b\"", .call(host: "client", .send(Array("a b".utf8)), descriptor: nil)),
    ("client send 3 bytes", .call(host: "client", .send(Array("abc".utf8)), descriptor: nil)),
    (
      #"client send "GET /\r\n\r\n""#,
      .call(host: "client", .send(Array("GET /\r\n\r\n".utf8)), descriptor: nil)
    ),
    ("client shutdown sending", .call(host: "client", .shutdown(.sending), descriptor: nil)),
    ("server start web-server", .start(host: "server", .webServer(port: 80))),
    ("server start web-server on 8080", .start(host: "server", .webServer(port: 8080))),
    ("server start reader on 8080", .start(host: "server", .reader(port: 8080))),
    (
      "client start browser http://192.0.2.80/",
      .start(
        host: "client",
        .browser(SocketAddress(IPv4Address(192, 0, 2, 80), 80), path: "/", .http11, nil))
    ),
    (
      "client start browser http://192.0.2.80/a http10",
      .start(
        host: "client",
        .browser(SocketAddress(IPv4Address(192, 0, 2, 80), 80), path: "/a", .http10, nil))
    ),
    (
      "client start browser http://192.0.2.80/ http11 times 2 idle 1 s",
      .start(
        host: "client",
        .browser(
          SocketAddress(IPv4Address(192, 0, 2, 80), 80), path: "/", .http11,
          Browser.Persistence(requests: 2, idle: .seconds(1))))
    ),
    (
      "server setsockopt no-push on",
      .call(host: "server", .setOption(.noPush(true)), descriptor: nil)
    ),
    (
      "client send \"!\" urgent",
      .call(host: "client", .sendUrgent([UInt8(ascii: "!")]), descriptor: nil)
    ),
    (
      "client send \"!\" filled to 2 bytes urgent on 4",
      .call(host: "client", .sendUrgent(Array("!a".utf8)), descriptor: 4)
    ),
    ("server sockatmark", .call(host: "server", .atMark, descriptor: nil)),
    ("wait 1 s", .wait(.seconds(1))),
    ("wait 20ms", .wait(.milliseconds(20))),
    ("client exit", .exit(host: "client")),
    (
      "fault drop client ACK nth 2",
      .fault(
        CommandLine.FaultVerb(
          effect: .drop, frames: CommandLine.FrameChoice(from: "client", kind: .flags([.ack])),
          nth: 2))
    ),
    (
      "fault delay server SYN+ACK by 60 ms",
      .fault(
        CommandLine.FaultVerb(
          effect: .delay(.milliseconds(60)),
          frames: CommandLine.FrameChoice(from: "server", kind: .flags([.syn, .ack]))))
    ),
    (
      "fault flip client data octet 60 bit 3 unnoticed times 2",
      .fault(
        CommandLine.FaultVerb(
          effect: .flip(octet: 60, bit: 3, behindCheck: true),
          frames: CommandLine.FrameChoice(from: "client", kind: .data), times: 2))
    ),
  ])
  func verbs(text: String, verb: CommandLine.Verb) throws {
    #expect(try CommandLine(text, in: context).verb == verb)
  }

  @Test(arguments: [
    ("server set receive-buffer 4096", CommandLine.Verb.set(host: "server", .receiveBuffer, 4096)),
    ("client set mtu 576", .set(host: "client", .mtu, 576)),
    ("server set mss-option off", .set(host: "server", .mssOption, 0)),
    ("server set tcp on", .set(host: "server", .tcp, 1)),
    ("server set firewall 81", .set(host: "server", .firewall, 81)),
    ("server set firewall off", .set(host: "server", .firewall, 0)),
    ("client set sockets 2", .set(host: "client", .sockets, 2)),
    ("client set msl 30", .set(host: "client", .msl, 30)),
    ("server pause", .pause(host: "server")), ("server process 2 resume", .resume(host: "server")),
    ("server reboot", .reboot(host: "server")),
    (
      "inject server icmp port-unreachable about frame 1",
      .report(CommandLine.ReportVerb(from: "server", error: .portUnreachable, about: .number(1)))
    ),
    (
      "inject server icmp host-unreachable about frame last",
      .report(CommandLine.ReportVerb(from: "server", error: .hostUnreachable, about: .last))
    ),
    (
      "release client SYN",
      .release(CommandLine.FrameChoice(from: "client", kind: .flags(.syn)))
    ),
  ])
  func hostVerbs(text: String, verb: CommandLine.Verb) throws {
    #expect(try CommandLine(text, in: context).verb == verb)
  }

  @Test(arguments: [
    ("client poke snd.nxt +1000", CommandLine.Change.raised, "1000"),
    ("client poke snd.nxt -1", .lowered, "1"), ("client poke snd.nxt 7", .replaced, "7"),
    ("client write state LISTEN", .replaced, "LISTEN"),
  ])
  func pokes(text: String, change: CommandLine.Change, value: String) throws {
    guard
      case .write("client", _, let expression, let found) = try CommandLine(text, in: context).verb
    else {
      Issue.record("no write")
      return
    }
    #expect(found == change)
    #expect(expression.source == value)
  }

  /// Every value of every setting can be written, and is said with the word that it is written with.
  @Test(arguments: HostParameter.allCases.filter { !$0.isRouters })
  func everySettingCanBeWritten(_ parameter: HostParameter) throws {
    let context = PathContext(hosts: ["client", "server"])
    for value in [parameter.range.lowerBound, parameter.range.upperBound] {
      let text = "client set \(parameter.name) \(parameter.text(value))"
      #expect(
        try CommandLine(text, in: context).verb == .set(host: "client", parameter, value))
    }
    #expect(throws: CommandProblem.self) {
      try CommandLine("client set \(parameter.name) sometimes", in: context)
    }
  }

  @Test func theCableCanBeCut() throws {
    let line = try CommandLine("fault cut cable", in: context)
    #expect(line.verb == .cut(host: nil))
    let other = try CommandLine("fault cut server cable", in: context)
    #expect(other.verb == .cut(host: "server"))
  }

  @Test func aSecondProcessActs() throws {
    let line = try CommandLine("client process 2 socket tcp", in: context)
    #expect(line.verb == .call(host: "client", .socket(.stream), descriptor: nil))
    #expect(line.process == 2)
    #expect(try CommandLine("client socket tcp", in: context).process == 1)
    let ids = (1...9).flatMap { number in
      [HostID.client, .server].map { CommandLine.process(of: $0, number: number) }
    }
    #expect(Set(ids).count == ids.count)
  }

  @Test func injection() throws {
    let line = try CommandLine("inject client SYN seq 90 before client SYN", in: context)
    guard case .inject(let inject) = line.verb else {
      Issue.record("\(line.verb)")
      return
    }
    #expect(inject.flags == [.syn])
    #expect(inject.numbers.map(\.name) == ["seq"])
    #expect(inject.before?.kind == .flags([.syn]))
  }

  @Test(arguments: [
    ("clint connect 192.0.2.80:80", "client"), ("client conect 192.0.2.80:80", "connect"),
    ("server start web-sever", "web-server"), ("fault dropp client ACK", "drop"),
    ("fault drop clent ACK", "client"), ("client socket tpc", "tcp"),
    ("fault drop client SYM", "SYN"), ("fault rewrite client SYN tcp.windw 0", "tcp.window"),
    ("client write snd.nx 5", "snd.nxt"), ("inject client SYN sek 90", "seq"),
    ("client poke snd.nx +5", "snd.nxt"), ("server set recieve-buffer 1", "receive-buffer"),
    ("server set tcp of", "off"), ("server rebot", "reboot"), ("server pauze", "pause"),
    ("inject server icmp port-unreachabel about frame 1", "port-unreachable"),
    ("relase client SYN", "release"), ("fault servr exit", "server"),
  ])
  func suggestions(text: String, suggestion: String) {
    let problem = #expect(throws: CommandProblem.self) { try CommandLine(text, in: context) }
    #expect(problem?.suggestion == suggestion)
  }

  @Test(arguments: [
    "", "client", "wait", "wait 5", "wait x s", "client connect", "client connect 192.0.2.80",
    "client connect 300.0.0.1:80", "client connect 1.2.3.4:99999", "server listen many",
    "client close now", "client send \"x", "client send", "fault", "fault drop",
    "fault delay client",
    "fault delay client by 3", "fault flip client octet 9999", "inject client",
    "inject client SYN seq",
    "client start browser ftp://x/", "client bind", "wait 99999999999999999999 s",
    "fault drop client ACK nth 0",
    "fault cut", "fault cut cable twice", "client process", "client process 2",
    "client process x exit", "client set", "client set mtu", "client set mtu 40",
    "client set mtu 99999", "server set firewall 70000", "server set mss-option 4",
    "client poke snd.nxt", "client poke snd.nxt +", "inject server icmp",
    "inject server icmp port-unreachable", "inject server icmp port-unreachable about 1",
    "inject server icmp port-unreachable about frame 0", "release", "release frame one",
    "server reboot now", "server set icmp off", "fault cut clent cable",
  ])
  func noCommands(text: String) {
    #expect(throws: CommandProblem.self) { try CommandLine(text, in: context) }
  }
}
