import Testing

@testable import Course

/// A state made of values by their paths.
struct Values: StateReading {
  var values: [String: Value] = [:]
  func value(of path: Path) -> Value { values[Path(path.subject).description] ?? .unset }
}

private let context = PathContext(hosts: ["client", "server"])
private let state = Values(values: [
  "client.socket.iss": .sequence(0xffff_ffff),
  "client.socket.state": .name("SYN-SENT"),
  "server.socket.4.irs": .sequence(7),
  "client.sockets.count": .number(2),
  "frames.count": .number(3),
  "frame.2.tcp.ack": .sequence(0),
  "frame.1.tcp.flags": .name("SYN ACK"),
  "client.socket.rto": .duration(1_000_000_000),
  "time": .duration(20_057_600),
])

@Suite struct ExpressionTests {
  @Test(arguments: [
    ("client.socket.state", Value.name("SYN-SENT")),
    ("client.socket.iss + 1", .sequence(0)),
    ("client.socket.iss+1", .sequence(0)),
    ("frame.2.tcp.ack - client.socket.iss", .number(1)),
    ("server.socket.4.irs - 8", .sequence(0xffff_ffff)),
    ("frame.2.tcp.ack == client.socket.iss + 1", .truth(true)),
    ("client.socket.state == SYN-SENT", .truth(true)),
    ("frame.1.tcp.flags == ACK+SYN", .truth(true)),
    ("frame.1.tcp.flags == SYN", .truth(false)),
    ("frames.count * 2 - 1", .number(5)),
    ("(frames.count + 1) * 2", .number(8)),
    ("frames.count > 2 and client.sockets.count <= 2", .truth(true)),
    ("client.socket.rto == 1000 ms", .truth(true)),
    ("server.socket.irs", .unset),
    ("server.socket.irs + 1", .unset),
    ("server.socket.irs == unset", .truth(true)),
    ("0x9a3c1f20", .sequence(0x9a3c_1f20)),
    ("frame.2.tcp.ack == 0", .truth(true)),
    ("before.frames.count == frames.count - 3", .truth(true)),
    ("192.0.2.80:80", .name("192.0.2.80:80")),
    ("\"a b\"", .name("a b")),
    ("-3 + 5", .number(2)),
  ])
  func values(text: String, expected: Value) throws {
    let expression = try Expression(text, in: context)
    let before = Values(values: ["frames.count": .number(0)])
    #expect(try expression.value(in: Situation(now: state, before: before)) == expected)
  }

  @Test(arguments: [
    ("client.socket.sate", "state", 0),
    ("1 + clent.socket.state", "client", 4),
    ("server.socket.snd.nex", "snd.nxt", 0),
    ("frame.1.tcp.sek", "tcp.seq", 0),
    ("client.scoket.state", "socket", 0),
    ("frames.cuont", "count", 0),
    ("frames.count = 3", "==", 13),
  ])
  func unknownNames(text: String, suggestion: String, offset: Int) {
    let problem = #expect(throws: ExpressionProblem.self) { try Expression(text, in: context) }
    #expect(problem?.suggestion == suggestion)
    #expect(problem?.offset == offset)
  }

  @Test(arguments: [
    "", "1 +", "(1", "1 2", "* 3", "client", "frame.0.tcp.seq", "0x1ffffffff", "a.", "#", "\"x",
    String(repeating: "(", count: 5000),
  ])
  func noExpressions(text: String) {
    if text == "client" {
      #expect((try? Expression(text, in: context))?.root == .literal(.name("client")))
    } else {
      #expect(throws: ExpressionProblem.self) { try Expression(text, in: context) }
    }
  }

  @Test(arguments: [
    "client.socket.state + 1", "client.socket.iss < 3", "1 and 2",
    "9223372036854775807 + 1", "9223372036854775807 * 2",
  ])
  func meaninglessSums(text: String) throws {
    let expression = try Expression(text, in: context)
    #expect(throws: ExpressionProblem.self) {
      try expression.value(in: Situation(now: state))
    }
  }

  @Test(arguments: [
    (Value.sequence(0x20), "0x00000020"), (.duration(0), "0 s"),
    (.duration(20_057_600), "20.057 ms"),
    (.duration(1_000_000_000), "1 s"), (.duration(1_500_000_000), "1.5 s"),
    (.duration(57_600), "57.6 µs"), (.duration(12), "12 ns"), (.unset, "–"),
  ])
  func texts(value: Value, text: String) {
    #expect(value.text == text)
  }

  @Test func pathsAreWrittenAsTheyAreRead() throws {
    for text in [
      "client.socket.snd.nxt", "server.listener.state", "server.socket.4.irs",
      "client.sockets.count",
      "client.call.error", "client.mtu", "frames.lost", "frame.last.tcp.flags.syn",
      "frame.3.sent-at",
      "segment.tcp.flags", "time", "before.client.socket.local.port",
    ] {
      #expect(try Path(text, in: context).description == text)
    }
  }

  @Test func narration() throws {
    let text = "SYN [segment] has [client.socket.iss + 1], not [server.socket.irs]; [now] ["
    let narration = try Narration(text, in: context)
    #expect(
      narration.text(in: Situation(now: state)) == "SYN [segment] has 0x00000000, not –; [now] [")
    #expect(narration.expressions.map(\.source) == ["client.socket.iss + 1", "server.socket.irs"])
    #expect(throws: ExpressionProblem.self) {
      try Narration("see [client.socket.nothing]", in: context)
    }
  }
}
