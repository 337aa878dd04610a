import Testing

@testable import Course

/// “Which event comes next?”: the run alone knows.
@Suite struct NextEventTests {
  private static let head = """
    lesson: L01
    section: "1.1"
    title: {ko: 가, en: a}
    summary: {ko: 가, en: a}
    minutes: 1
    world: {programs: {server: web-server}}
    steps:
      - id: made
        ko: 가
        en: a
        do: [client socket tcp, "client connect 192.0.2.80:80"]
        until: {host: client, event: frame-sent}
      - id: asked
        ko: 가
        en: a
        until: {host: server, rule: syn-received-established}
        ask:
          ko: 가
          en: a
          next:

    """

  private static func event(_ text: String, _ pattern: String) -> String {
    "        - {ko: \(text), en: \(text), at: {\(pattern)}}\n"
  }

  private func run(_ events: String) throws -> LessonRun {
    LessonRunner().run(try Lesson(yaml: Self.head + events))
  }

  private static let serverAnswers = event("answer", "host: server, event: frame-sent")
  private static let clientIsThrough = event(
    "through", "host: client, rule: syn-sent-established")
  private static let clientSendsSyn = event(
    "syn", "host: client, event: frame-sent, tcp.flags: SYN")
  private static let clientSends = event("sends", "host: client, event: frame-sent")

  /// What has happened before the step does not count; the order of the file says nothing.
  @Test(arguments: [
    (clientSendsSyn + clientIsThrough + serverAnswers, 2),
    (serverAnswers + clientIsThrough + clientSendsSyn, 0),
    (clientSends + clientIsThrough + clientSendsSyn, 1),
    (event("second", "host: client, event: frame-sent, nth: 2") + clientSends, 1),
  ])
  func whatReallyComesFirstIsRight(events: String, right: Int) throws {
    let run = try run(events)
    #expect(run.problems.isEmpty, "\(run.problems)")
    let question = try #require(run.steps[1].questions.first)
    #expect(question.right == .choice(right))
    for place in question.question.options.indices {
      let verdict = question.judge(
        .choice(place), in: run.end(of: run.steps[1]), hosts: ["client", "server"])
      #expect(verdict.isRight == (place == right))
    }
  }

  @Test func whereNoneComesThereIsNoAnswer() throws {
    let run = try run(Self.clientSendsSyn + Self.event("lost", "event: frame-lost"))
    let problem = try #require(run.problems.first)
    #expect(problem.message == "none of these events comes before the step’s end")
    #expect(problem.line == 18)
    #expect(run.steps[1].questions.isEmpty)
  }

  @Test func whatComesTogetherCannotBeToldApart() throws {
    let run = try run(
      Self.serverAnswers + Self.event("same", "host: server, tcp.flags: SYN+ACK, event: frame-sent")
    )
    #expect(run.problems.contains { $0.message.contains("together") }, "\(run.problems)")
  }

  /// A wrong expectation is answered with the lesson's word and the thought behind it.
  @Test func aWrongExpectationIsNamed() throws {
    let feedback = """
              - ko: 나
                en: b
                at: {event: frame-lost}
                feedback: {ko: 다, en: c}
                misconception: M2.3e

      """
    let run = try run(feedback + Self.serverAnswers)
    let question = try #require(run.steps[1].questions.first)
    guard
      case .wrong(let feedback?, nil, let misconception?) = question.judge(
        .choice(0), in: run.end(of: run.steps[1]), hosts: ["client", "server"])
    else {
      Issue.record("no feedback")
      return
    }
    #expect(feedback.en.source == "c")
    #expect(misconception.description == "M2.3e")
  }

  /// `«` stands where the mistake is to be found.
  @Test(
    arguments: [
      ("- {ko: 가, en: a, at: {«evnt: frame-sent}}", "a moment has no “evnt”", "event"),
      ("- {ko: 가, en: a, at: {event: «frame-sens}}", "“frame-sens” is no event", "frame-sent"),
      (
        "- {ko: 가, en: a, «when: {event: frame-sent}}",
        "an event that may come next has no “when”", nil
      ),
      ("- «{ko: 가, en: a}", "an event that may come next needs “at”", nil),
      (
        "- «{ko: 가, at: {event: frame-sent}}", "an event that may come next has no English text",
        nil
      ),
      (
        "- {ko: 가, en: a, at: {event: frame-sent}, misconception: «M2.3z}",
        "“M2.3z” is no misconception", "M2.3a"
      ),
      ("«- {ko: 가, en: a, at: {event: frame-sent}}", "“next” offers at least two events", nil),
    ] as [(String, String, String?)])
  func mistakes(event: String, message: String, meant: String?) throws {
    let others = message.contains("at least") ? "" : Self.serverAnswers
    let line = "        " + event
    let before = line.prefix { $0 != "«" }
    do {
      _ = try Lesson(yaml: Self.head + line.replacing("«", with: "") + "\n" + others)
      Issue.record("nothing was found")
    } catch {
      let problem = try #require(error.problems.first { $0.message.hasPrefix(message) })
      #expect(problem.line == Self.head.split(separator: "\n").count + 1)
      #expect(problem.column == before.count + 1)
      #expect(problem.suggestion == meant)
    }
  }

  /// At least one of the lessons' questions is of this kind, and each offers three events or more.
  @Test func theLessonsAskIt() throws {
    let asked = try Shipped.files.flatMap { try Shipped.lesson($0).steps }.flatMap(\.questions)
    let offered = asked.compactMap { question -> Int? in
      if case .next(let events) = question.kind { events.count } else { nil }
    }
    #expect(!offered.isEmpty)
    #expect(offered.allSatisfy { $0 >= 3 })
  }
}
