import Stack
import Testing

@testable import Course

private func problems(_ text: String) -> [LessonProblem] {
  do {
    _ = try Lesson(yaml: text)
    return []
  } catch {
    return error.problems
  }
}

private let whole = """
  lesson: L05
  section: "2.3"
  title: {ko: "조각 셋, 번호 넷", en: "Three segments, four numbers"}
  summary: {ko: 요약, en: Summary}
  minutes: 9
  needs: [L04]
  world: {hosts: [client, server], link: wire, arp: known, profile: book, seed: 7}
  runs:
    lost-ack: {title: {ko: 잃어버린 ACK, en: A lost ACK}, world: {client: {mtu: 576}}}
  steps:
    - id: syn
      kind: run
      ko: SYN을 보냅니다. [client.socket.iss]
      en: |
        The client sends SYN.

        * state is [client.socket.state]
      show: [stage, memory]
      point: [client.socket.state, segment.tcp.flags]
      ask:
        predict: client.socket.state
        ko: 직후 상태는?
        en: The state right after?
        near:
          - {is: before.client.socket.state, ko: 아직, en: not any more}
      do: client connect 192.0.2.80:80
      until: {event: frame-sent, tcp.flags: SYN}
      expect: {client.socket.state: SYN-SENT}
      words: [{term: SYN, ko: 시작, en: start}]
    - id: lost
      kind: break
      run: lost-ack
      fault: drop client ACK
      do: [client socket tcp, client connect 192.0.2.80:80]
      until: quiet
      ko: 버립니다.
      en: It is dropped.
  """

@Suite struct LessonReaderTests {
  @Test func wholeLesson() throws {
    let lesson = try Lesson(yaml: whole)
    #expect(lesson.id.description == "L05")
    #expect(lesson.title.ko == "조각 셋, 번호 넷")
    #expect(lesson.chapterSection == 2)
    #expect(lesson.world.seed == 7)
    #expect(lesson.steps.map(\.run) == ["main", "lost-ack"])
    #expect(lesson.runs[0].world.settings == [HostSetting(host: "client", kind: .mtu, value: 576)])
    let step = lesson.steps[0]
    #expect(step.show == [.stage, .memory])
    #expect(step.point.map(\.description) == ["client.socket.state", "segment.tcp.flags"])
    #expect(step.questions[0].id == "syn")
    #expect(step.questions[0].covers.map(\.description) == ["client.socket.state"])
    #expect(step.expectations[0].line == 28)
    guard case .moment(let pattern)? = step.until else {
      Issue.record("no moment")
      return
    }
    #expect(pattern.event == .frameSent)
    #expect(pattern.unit.map(\.header) == ["tcp.flags"])
    #expect(lesson.steps[1].commands.map(\.text).first == "fault drop client ACK")
  }

  /// One word of the whole lesson is spoilt; the problem is found at its place.
  @Test(arguments: [
    ("minutes: 9", "minuts: 9", "minuts", "minutes"),
    ("link: wire", "link: wir", "wir,", "wire"),
    ("arp: known", "arp: knwon", "knwon", "known"),
    ("[client, server]", "[client, sever]", "sever]", "server"),
    ("show: [stage, memory]", "show: [stage, memmory]", "memmory", "memory"),
    ("client.socket.state, segment", "client.socket.stat, segment", "client.socket.stat,", "state"),
    ("[client.socket.iss]", "[client.socket.is]", "[client.socket.is]", "iss"),
    ("is [client.socket.state]", "is [client.soket.state]", "[client.soket", "socket"),
    ("event: frame-sent", "event: frame-snt", "frame-snt", "frame-sent"),
    ("tcp.flags: SYN}", "tcp.flag: SYN}", "tcp.flag:", "tcp.flags"),
    ("do: client connect", "do: client conect", "conect", "connect"),
    ("fault: drop client", "fault: dorp client", "dorp", "drop"),
    ("run: lost-ack", "run: lots-ack", "lots-ack", "lost-ack"),
    ("kind: break", "kind: brake", "brake", "break"),
    ("predict: client", "predikt: client", "predikt", "predict"),
    ("{is: before.client", "{is: befor.client", "befor.", "before"),
    ("expect: {client.socket", "expect: {clint.socket", "clint.", "client"),
    ("until: quiet", "until: quite", "quite", nil),
  ])
  func spoiltWord(good: String, bad: String, place: String, suggestion: String?) throws {
    let range = try #require(whole.firstRange(of: good))
    let spoilt = whole.replacingCharacters(in: range, with: bad)
    let start = try #require(spoilt.firstRange(of: place)).lowerBound
    let lines = spoilt[..<start].split(separator: "\n", omittingEmptySubsequences: false)
    let found = problems(spoilt)
    let problem = found.first {
      $0.line == lines.count && $0.column == lines[lines.count - 1].count + 1
    }
    #expect(problem?.suggestion == suggestion, "\(found)")
    #expect(problem != nil, "\(found)")
  }

  @Test func missingThings() {
    let text = """
      lesson: L99x
      title: {ko: 하나}
      minutes: long
      steps:
        - id: a
          ko: 하나
        - id: b
          ko: 둘
          en: two
          ask: {ko: 물음, en: question}
        - id: b
          ko: " "
          en: three
          show: [stage, memory, ladder]
          ask:
            choose:
              - {ko: 가, en: a}
              - {ko: 나, en: b, when: otherwise}
            ko: 물음
            en: question
      """
    let found = problems(text)
    let lines = found.map { "\($0.line) \($0.message)" }
    #expect(lines.contains { $0.hasPrefix("1 “L99x” is no lesson") })
    #expect(lines.contains { $0.hasPrefix("1 a lesson needs “section”") })
    #expect(lines.contains { $0.hasPrefix("1 a lesson needs “summary”") })
    #expect(lines.contains { $0.hasPrefix("2 “title” has no English text") })
    #expect(lines.contains { $0.hasPrefix("3 “minutes” is a whole number") })
    #expect(lines.contains { $0.hasPrefix("5 a step has no English text") })
    #expect(lines.contains { $0.hasPrefix("10 the question has no answer") })
    #expect(lines.contains { $0.hasPrefix("12 “ko” is empty") })
    #expect(lines.contains { $0.hasPrefix("14 a step shows at most two views") })
    #expect(lines.contains { $0.hasPrefix("17 this answer does not say when") })
    #expect(found == found.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
  }

  @Test func duplicates() throws {
    let step = "\n- id: a\n  ko: 하나\n  en: one"
    let head =
      "lesson: L01\nsection: '1'\ntitle: {ko: 가, en: a}\nsummary: {ko: 가, en: a}\nminutes: 1"
    let twice = problems("\(head)\nsteps:\(step)\(step)")
    #expect(twice.map(\.message) == ["there is already a step “a”"])
    #expect(twice.first?.line == 10)
    let keys = problems("\(head)\nminutes: 2\nsteps:\(step)")
    #expect(keys.count == 1)
    #expect(keys.first?.message.contains("minutes") == true)
  }

  @Test(arguments: [
    "", "[", "a: [1", "- 1", "just words", "lesson: {a: b}", "steps: 3", "? [a]\n: b", "a: *x",
    "{lesson: [], steps: [[], {}, 3, {id: {}}]}", "lesson: &a [*a]", "\u{0}", "%YAML 9.9\n---\n",
    String(repeating: "[", count: 100_000),
  ])
  func hostileFiles(text: String) {
    #expect(!problems(text).isEmpty)
  }

  /// Every prefix of a lesson gets problems or is a lesson; none ends the program.
  @Test func prefixes() {
    var count = 0
    for length in stride(from: 0, to: whole.count, by: 7) {
      if !problems(String(whole.prefix(length))).isEmpty { count += 1 }
    }
    #expect(count > 100)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
