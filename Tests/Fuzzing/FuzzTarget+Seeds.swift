import Capture
import Course
import Session
import Simulation
import Stack
import Wire

extension FuzzTarget {
  /// Good octets to begin with, the same on every machine.
  public var seeds: [[UInt8]] {
    switch self {
    case .lesson: Seeds.lessons.map { Array($0.utf8) }
    case .expression: Seeds.expressions.map { Array($0.utf8) }
    case .command: Seeds.commands.map { Array($0.utf8) }
    case .ethernet: Seeds.headers(.ethernet)
    case .arp: Seeds.headers(.arp)
    case .ipv4: Seeds.headers(.ipv4)
    case .icmp: Seeds.headers(.icmp) + Seeds.messages
    case .udp: Seeds.headers(.udp)
    case .tcp: Seeds.headers(.tcp)
    case .dissection: Seeds.frames
    case .pcap: Seeds.pcaps
    case .pcapng: Seeds.pcapngs
    case .observation: Seeds.scripts
    case .run: Seeds.runs.map { RecordedRun.octets(of: $0) }
    case .host: Seeds.scripts
    }
  }

  /// Octets that mean something to the target: libFuzzer's dictionary.
  public var words: [[UInt8]] {
    switch self {
    case .lesson, .expression, .command:
      Seeds.words(in: seeds.map { String(decoding: $0, as: UTF8.self) }).map { Array($0.utf8) }
    case .pcap, .pcapng:
      [
        [0xa1, 0xb2, 0xc3, 0xd4], [0x0a, 0x0d, 0x0d, 0x0a], [0x1a, 0x2b, 0x3c, 0x4d],
        [0x4d, 0x3c, 0x2b, 0x1a], Array("Sockscope run\n".utf8),
      ]
    default:
      [
        [0x08, 0x00], [0x08, 0x06], [0x45, 0x00], [0xff, 0xff], [0x80, 0, 0, 0], [2, 4], [3, 3],
        [4, 2], [5, 10], [8, 10],
      ]
    }
  }
}

/// Where the seeds come from.
private enum Seeds {
  /// A visit with its names asked for, a datagram each way and one that nobody wants, a connection with a loss.
  static let runs: [Timeline] = [visit(.book, arpKnown: false), visit(.modern), datagrams, loss]

  private static func visit(_ profile: TCPSettings, arpKnown: Bool = true) -> Timeline {
    var timeline = Timeline(.clientAndServer(seed: 5, profile: profile, arpKnown: arpKnown))
    let server = SocketAddress(timeline.configuration.hosts[1].address, 80)
    timeline.perform(.start(.webServer(WebServer()), host: .server, process: ProcessID(1)))
    timeline.perform(
      .start(.browser(Browser(server: server, path: "/")), host: .client, process: ProcessID(2)))
    timeline.perform(.run(.seconds(20)))
    return timeline
  }

  private static var datagrams: Timeline {
    var timeline = Timeline(.clientAndServer(seed: 7))
    let server = timeline.configuration.hosts[1].address
    timeline.perform(.start(.datagramEcho(port: 7), host: .server, process: ProcessID(1)))
    timeline.perform(.call(.socket(.datagram), host: .client, process: ProcessID(2)))
    for port: UInt16 in [7, 9] {
      timeline.perform(
        .call(
          .sendTo(3, [1, 2, 3], SocketAddress(server, port)), host: .client,
          process: ProcessID(2)))
      timeline.perform(.run(.milliseconds(100)))
    }
    return timeline
  }

  private static var loss: Timeline {
    var world = WorldConfiguration.clientAndServer(seed: 9, profile: .modern)
    world.faults = [
      ScriptedFault(.drop, on: FrameMatch(from: .client, transport: .tcp, hasData: true), nth: 2)
    ]
    let server = SocketAddress(world.hosts[1].address, 80)
    var timeline = Timeline(world)
    for call: SocketCall in [
      .socket(.stream), .bind(3, SocketAddress(.any, 80)), .listen(3, backlog: 5),
    ] {
      timeline.perform(.call(call, host: .server, process: ProcessID(1)))
    }
    timeline.perform(.call(.socket(.stream), host: .client, process: ProcessID(2)))
    timeline.perform(.call(.connect(3, server), host: .client, process: ProcessID(2)))
    timeline.perform(.run(.milliseconds(100)))
    timeline.perform(
      .call(.send(3, Array(repeating: 65, count: 5_000)), host: .client, process: ProcessID(2)))
    timeline.perform(.run(.seconds(2)))
    timeline.perform(.call(.close(3), host: .client, process: ProcessID(2)))
    timeline.perform(.run(.seconds(2)))
    return timeline
  }

  /// The frames of all runs.
  static let frames = runs.flatMap { $0.frames.map(\.octets) }

  static func headers(_ kind: HeaderKind) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return frames.compactMap { frame in
      Dissection(frame: frame).layer(kind).map { Array(frame[$0.range.lowerBound...].prefix(120)) }
    }.filter { seen.insert($0).inserted }
  }

  /// Messages of ICMP that no run has.
  static var messages: [[UInt8]] {
    let meanings: [ICMPMessage.Meaning] = [
      .echoRequest(identifier: 1, sequence: 2), .echoReply(identifier: 1, sequence: 2),
      .destinationUnreachable(code: .fragmentationNeeded, mtu: 1400),
      .redirect(code: 1, gateway: FuzzFrame.peer), .timeExceeded(code: 0),
      .parameterProblem(code: 0, pointer: 20), .other(type: 13, code: 0, rest: 5),
    ]
    return meanings.map { ICMPMessage($0).octets + frames[0].dropFirst(14) }
  }

  // MARK: Files

  /// The same few frames in every form that pcap has.
  static var pcaps: [[UInt8]] {
    let magics: [UInt32] = [0xa1b2_c3d4, 0xa1b2_3c4d, 0xa1b2_cd34]
    return magics.flatMap { magic in [true, false].map { pcap(magic, isBig: $0) } }
  }

  private static func pcap(_ magic: UInt32, isBig: Bool) -> [UInt8] {
    func word(_ number: UInt32) -> [UInt8] {
      withUnsafeBytes(of: isBig ? number.bigEndian : number.littleEndian) { Array($0) }
    }
    var octets = word(magic) + word(isBig ? 0x0002_0004 : 0x0004_0002)
    for number: UInt32 in [0, 0, 65_535, 1] { octets += word(number) }
    for (time, frame) in frames.prefix(4).enumerated() {
      let length = word(UInt32(frame.count))
      octets += word(UInt32(time)) + word(500) + length + length
      if magic == 0xa1b2_cd34 { octets += [UInt8](repeating: 0, count: 8) }
      octets += frame
    }
    return octets
  }

  static var pcapngs: [[UInt8]] {
    var writer = PcapNGWriter()
    writer.sectionHeader(comments: ["a file"])
    writer.interface(name: "eth0")
    writer.packet(frames[0], nanoseconds: 5, comments: ["one", "둘"])
    writer.custom([1, 2, 3])
    writer.hidden([4, 5])
    return [
      writer.octets, foreign, Recording.octets(of: [Recording.Part(datagrams)]),
    ]
  }

  /// Big-endian, with the blocks that our writer does not write.
  private static var foreign: [UInt8] {
    func word(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
    func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
      let length = word(UInt32(body.count + 12))
      return word(type) + length + body + length
    }
    let frame = frames[1].prefix(60)
    let length = word(60)
    let scaled: [UInt8] = [0, 9, 0, 1, 0x83, 0, 0, 0, 0, 14, 0, 8] + word(0) + word(7)
    return block(0x0a0d_0d0a, word(0x1a2b_3c4d) + word(0x0001_0000) + word(.max) + word(.max))
      + block(1, word(0x0001_0000) + word(0) + scaled + word(0))
      + block(6, word(0) + word(0) + word(90) + length + length + frame)
      + block(3, length + frame) + block(2, word(0) + word(0) + word(95) + length + length + frame)
      + block(5, word(0) + word(0) + word(99)) + block(0xbad, word(32_473) + word(9))
  }

  // MARK: Texts

  /// Each lesson's head with each of its steps: short texts that have all there is.
  static var lessons: [String] {
    LessonLibrary.embedded.files.flatMap { file -> [String] in
      var parts = file.text.split(separator: "\n  - id:", omittingEmptySubsequences: false)
      let head = parts.removeFirst()
      return parts.map { "\(head)\n  - id:\($0)\n" }
    }
  }

  static let expressions = [
    "client.socket.snd.nxt", "before.server.listener.state == LISTEN", "frame.2.tcp.ack + 1 * 3",
    "frames.count > 2 and time < 20 ms", "client.socket.3.iss - 0xffffffff", "\"a b\" != –",
    "(server.socket.rcv.wnd >= 5) and 1 <= 2", "segment.tcp.flags == SYN+ACK",
    "client.call.result", "frame.last.sent-at", "packet.ip.src == 192.0.2.10", "client.mtu * -4",
    "server.mac", "the state is [client.socket.state], not [this] but [client.socket.iss + 1].",
    "client.sockets.count", "frame.1.fate",
  ]

  static let commands = [
    "client socket tcp", "client connect 192.0.2.80:80", "server bind 80", "server listen 5",
    "server accept on 3", "client send \"GET / HTTP/1.0\"", "client send 500 bytes",
    "client receive 1000", "client shutdown sending", "client close", "server abort",
    "client sendto \"x\" 192.0.2.80:7", "server receivefrom 100", "client process 2 socket udp",
    "server start web-server on 8080", "client start browser http://192.0.2.80:80/a", "wait 60 ms",
    "client exit", "client write snd.nxt client.socket.iss+1000", "client write state ESTABLISHED",
    "fault drop frame 3", "fault flip frame last octet 38 bit 0 unnoticed", "release frame",
    "fault mend client cable", "fault rewrite frame 1 tcp.window 0",
    "fault drop client ACK", "fault delay server any 30 ms", "fault duplicate client data",
    "fault hold client SYN", "fault flip client any octet 40 bit 3", "fault swap server data",
    "fault rewrite client SYN tcp.seq 5", "inject client RST seq server.socket.rcv.nxt",
    "inject server SYN+ACK before client ACK seq 1 ack 2 window 0 mss 9", "fault cut",
  ]

  /// The words of texts, each once.
  static func words(in texts: [String]) -> [String] {
    var words: Set<String> = ["\n", "  ", ": ", "- ", "{", "}", "[", "]", "|\n", "&a ", "*a", "!!"]
    for text in texts {
      for word in text.split(whereSeparator: { " \n\t{}[],:\"".contains($0) })
      where word.count < 25 && word.allSatisfy(\.isASCII) {
        words.insert(String(word))
      }
    }
    return words.sorted()
  }

  // MARK: Lists of choices

  /// What happens to a host, and segments in which an observer may find a connection.
  static var scripts: [[UInt8]] {
    let shake: [UInt8] = [0, 0, 0, 0, 1, 0, 0x10, 40, 0, 0]
    let data: [UInt8] = [0, 1, 0, 0, 0, 0x18, 40, 0, 9]
    let calls: [UInt8] = [11, 0, 0, 0, 0, 0, 4, 12, 3, 0, 0, 0, 20, 6, 11, 3, 0, 0, 0, 20, 8]
    return [
      shake + data + calls + [9, 9, 9],
      [2] + shake + calls + [10, 200, 20] + data + [13, 0, 32, 3, 9],
      [1, 8, 2, 99, 80, 6, 9, 0, 53, 0, 5, 4, 1, 2, 3, 4, 7, 3, 3, 0, 0, 0, 0, 28],
      [4] + data + data + [14, 0, 0, 0, 0, 0x10, 1, 1, 1, 3, 20, 1, 15, 0, 9, 9],
    ]
  }
}
