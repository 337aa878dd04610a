import Testing

@testable import Course

/// The typical wrong answers of the chapter's questions are met with a word of their own, and where the
/// chapter names the thought behind them, so does the lesson.
@Suite struct NearAnswerTests {
  struct Near: Sendable, CustomTestStringConvertible {
    var question: String
    /// Which of the questions of that name, from 1 in the order of the lessons.
    var nth = 1
    /// As the lesson may name the value, or the place of the choice.
    var answer: String
    var misconception: String?
    var testDescription: String { "\(question) \(answer)" }
  }

  static let all: [Near] =
    ["1", "3"].map { Near(question: "Q1-1", answer: $0, misconception: "M1.3a") }
    + ["source port", "sequence number", "destination port"].map {
      Near(question: "Q1-4", answer: $0, misconception: "M1.3b")
    }
    + [1, 2].flatMap { nth in
      [
        // One for each client: the LISTEN row is forgotten.
        Near(question: "Q1-5", nth: nth, answer: nth == 1 ? "2" : "3"),
        Near(question: "Q1-5", nth: nth, answer: "1", misconception: "M1.2b"),
      ]
    }
    + [
      // Without padding; with the preamble.
      Near(question: "Q1-7", answer: "14 + 20 + 4 * frame.4.tcp.doff + 5 + 4"),
      Near(question: "Q1-7", answer: "frame.4.length + 4 + 8", misconception: "M5.8b"),
      Near(question: "Q2-1", answer: "frame.1.tcp.seq"),
      Near(question: "Q2-1", answer: "frame.1.tcp.seq + frame.1.length"),
      Near(question: "Q2-1", answer: "frame.2.tcp.seq + 1", misconception: "M2.2a"),
      Near(question: "Q2-2", answer: "frame.3.tcp.seq + 1", misconception: "M2.3e"),
      Near(question: "Q2-4", answer: "client.mtu - 40", misconception: "M2.3c"),
      Near(question: "Q2-4", answer: "server.mtu - 20", misconception: "M2.3c"),
      // 1460 though timestamps are on.
      Near(question: "Q2-4", nth: 2, answer: "1460", misconception: "M2.3c"),
      // Three and four times the first timeout.
      Near(question: "Q2-7", answer: "3 s"), Near(question: "Q2-7", answer: "4 s"),
    ]
    + [
      Near(
        question: "Q3-1", answer: "frame.4.tcp.seq + frame.4.payload - 1", misconception: "M3.3a"),
      Near(question: "Q3-1", answer: "frame.4.tcp.seq + 1", misconception: "M2.2a"),
      // The full ones alone.
      Near(question: "Q3-2", answer: "3"),
      Near(question: "Q3-3", answer: "frame.4.tcp.seq + 2", misconception: "M3.2b"),
      // The segment behind the hole, and the byte behind all.
      Near(question: "Q3-4", answer: "frame.6.tcp.seq"),
      Near(question: "Q3-4", answer: "frame.9.tcp.seq + frame.9.payload", misconception: "M3.3b"),
      // SRTT before RTTVAR; twice the mean.
      Near(question: "Q3-6", answer: "270 ms"),
      Near(question: "Q3-6", answer: "2 * client.socket.srtt", misconception: "M3.4a"),
      Near(question: "Q3-7", answer: "client.socket.snd.wnd", misconception: "M3.5d"),
      Near(question: "Q3-10", answer: "6", misconception: "M3.6a"),
    ]

  /// The step that asks, in its run, and the question.
  private func asked(_ near: Near) throws -> (run: LessonRun, step: StepRun, question: QuestionRun)
  {
    var count = 0
    for file in Shipped.files {
      let lesson = try Shipped.lesson(file)
      let run = LessonRunner(seed: 41).run(lesson)
      for step in run.steps {
        for question in step.questions where question.question.name?.description == near.question {
          count += 1
          if count == near.nth { return (run, step, question) }
        }
      }
    }
    throw ExpressionProblem("\(near.question) is not asked so often")
  }

  /// Of closing and the wait.
  static let closing = [
    // The data alone; what follows the FIN is one more.
    Near(question: "Q4-1", answer: "frame.7.tcp.seq", misconception: "M4.1c"),
    Near(question: "Q4-1", nth: 2, answer: "300", misconception: "M4.1c"),
    Near(question: "Q4-2", answer: "At the server.", misconception: "M4.2a"),
    Near(question: "Q4-2", nth: 2, answer: "At the client only.", misconception: "M4.2a"),
    Near(question: "Q4-4", answer: "LAST-ACK", misconception: "M4.1e"),
    Near(question: "Q4-4", answer: "CLOSED", misconception: "M4.1b"),
    // Without the ACKs of the data; with sharing; without it.
    Near(question: "Q4-5", answer: "9"), Near(question: "Q4-5", answer: "7"),
    Near(question: "Q4-5", nth: 2, answer: "11"),
    // One MSL, and 2 MSL from the first FIN on.
    Near(question: "Q4-6", nth: 2, answer: "5 s"),
    Near(
      question: "Q4-6", nth: 2,
      answer: "server.socket.timer.due - time + frame.10.received-at - frame.12.received-at"),
    Near(question: "Q4-7", answer: "10 s"),
    Near(question: "Q4-7", answer: "frame.12.received-at - frame.10.received-at + 5 s"),
    Near(question: "Q4-8", answer: "It is answered with an ACK, and nothing happens."),
    Near(question: "Q4-8", nth: 2, answer: "The new connection starts to close."),
  ]

  @Test(arguments: all + closing) func isAnsweredKindly(_ near: Near) throws {
    let (run, step, question) = try asked(near)
    let end = run.end(of: step)
    let hosts = run.lesson.world.hosts
    let answer: Answer
    switch question.question.kind {
    case .choose(let choices):
      let place = choices.firstIndex { $0.text.en.source == near.answer }
      answer = .choice(try #require(place))
    default:
      let value = try Expression(near.answer, in: PathContext(hosts: hosts)).value(in: end)
      answer = .typed(value.text)
    }
    guard
      case .wrong(let feedback?, _, let misconception) = question.judge(
        answer, in: end, hosts: hosts)
    else {
      Issue.record("\(near.question): \(answer) has no word of its own")
      return
    }
    for language in Language.allCases { #expect(!feedback.text(language, in: end).isEmpty) }
    #expect(misconception?.description == near.misconception)
  }
}

@Suite struct MisconceptionTests {
  @Test func namesAreThoseOfTheChapter() {
    let names = Misconception.all.map(\.description)
    #expect(Set(names).count == names.count)
    #expect(names == names.sorted())
    let letters = [
      "1.1": "abcde", "1.2": "abcd", "1.3": "abcd", "2.1": "abc", "2.2": "abcd", "2.3": "abcdef",
      "3.1": "abcde", "3.2": "abc", "3.3": "abcde", "3.4": "abc", "3.5": "abcde", "3.6": "abc",
      "3.7": "abc",
    ]
    for (part, letters) in letters {
      #expect(names.filter { $0.hasPrefix("M\(part)") } == letters.map { "M\(part)\($0)" })
    }
  }

  /// A thought is told in a few words, and as somebody's thought, not as a fault.
  @Test(arguments: Misconception.all) func isToldKindly(_ misconception: Misconception) {
    #expect(Misconception(misconception.description) == misconception)
    for language in Language.allCases {
      let thought = misconception.thought.text(language)
      #expect((4...44).contains(thought.count))
      #expect(misconception.saying.text(language).contains("“\(thought)”"))
      #expect(thought.last != ".")
    }
    #expect(misconception.thought.ko.contains { ("가"..."힣").contains($0) })
  }
}
