import Stack
import Testing

@testable import Course

/// The question “what will the ACK number be?” of L05, in a run.
private struct Asked {
  let run: LessonRun
  let step: StepRun

  init(_ id: String) throws {
    run = LessonRunner().run(try Shipped.lesson("L05.yaml"))
    step = try #require(run.steps.first { $0.step.id == id })
  }

  func judge(_ answer: Answer, question: Int = 0) -> Verdict {
    step.questions[question].judge(
      answer, in: run.end(of: step), hosts: run.lesson.world.hosts)
  }

  func number(_ path: String) throws -> UInt32 {
    let path = try Path(path, in: PathContext(hosts: run.lesson.world.hosts))
    guard case .sequence(let number) = run.end(of: step).now.value(of: path) else { return 0 }
    return number
  }
}

@Suite struct JudgingTests {
  @Test func everyWayOfWritingTheNumber() throws {
    let asked = try Asked("answer")
    let right = try asked.number("client.socket.iss") &+ 1
    for text in ["\(right)", "0x" + String(right, radix: 16), "c+1", "c + 1", " c+1 ", "1 + c"] {
      #expect(asked.judge(.typed(text)).isRight, "\(text)")
    }
    #expect(asked.judge(.typed("0x" + String(right, radix: 16).uppercased())).isRight)
    for text in ["c", "s+1", "c+2", "0", "4294967296", "c-1"] {
      #expect(!asked.judge(.typed(text)).isRight, "\(text)")
    }
  }

  @Test func wrongNumbersAreNamed() throws {
    let asked = try Asked("answer")
    guard case .wrong(let feedback?, let meaning?, _) = asked.judge(.typed("c")) else {
      Issue.record("no feedback")
      return
    }
    #expect(feedback.en.source.contains("SYN's own number"))
    #expect(meaning.en == "That is the client’s ISS.")
    #expect(meaning.ko == "client의 ISS입니다.")
    guard case .wrong(nil, let other?, nil) = asked.judge(.typed("s")) else {
      Issue.record("not named")
      return
    }
    #expect(other.en == "That is the server’s ISS.")
    guard case .wrong(nil, nil, nil) = asked.judge(.typed("c+77777")) else {
      Issue.record("a number that is nothing was named")
      return
    }
  }

  @Test(arguments: [
    "", "   ", "((", "0xzz", "hello", "c+", "=", String(repeating: "9", count: 4000),
  ])
  func unreadable(text: String) throws {
    guard case .unreadable(let phrase) = try Asked("answer").judge(.typed(text)) else {
      Issue.record("\(text) was read")
      return
    }
    #expect(phrase.en.contains("0x"))
  }

  @Test func names() throws {
    let asked = try Asked("syn")
    for text in ["SYN-SENT", "syn-sent", "SYN SENT", "syn_sent"] {
      #expect(asked.judge(.typed(text)).isRight, "\(text)")
    }
    guard case .wrong(let feedback?, _, _) = asked.judge(.typed("established")) else {
      Issue.record("no feedback")
      return
    }
    #expect(feedback.en.source.contains("the peer's answer"))
  }

  @Test func choicesAndOrders() throws {
    let lost = try Asked("lost")
    #expect(lost.judge(.choice(1)).isRight)
    guard case .wrong(let feedback?, _, _) = lost.judge(.choice(0)) else {
      Issue.record("no feedback")
      return
    }
    #expect(feedback.en.source.contains("never acknowledged"))
    #expect(!lost.judge(.choice(7)).isRight)
    let order = try Asked("first-byte")
    #expect(order.judge(.order([1, 0, 3, 2, 5, 4]), question: 1).isRight)
    #expect(!order.judge(.order([0, 1, 2, 3, 4, 5]), question: 1).isRight)
    #expect(!order.judge(.typed("1"), question: 1).isRight)
  }

  @Test func pointing() throws {
    let run = LessonRunner().run(try Shipped.lesson("L02.yaml"))
    let step = try #require(run.steps.first { $0.step.id == "peer" })
    let context = PathContext(hosts: run.lesson.world.hosts)
    func judge(_ path: String) throws -> Verdict {
      step.questions[0].judge(
        .place(try Path(path, in: context)), in: run.end(of: step), hosts: context.hosts)
    }
    #expect(try judge("client.socket.3.remote.addr").isRight)
    #expect(try judge("client.socket.3.remote.port").isRight)
    #expect(try !judge("server.socket.remote.addr").isRight)
    guard case .wrong(_, let meaning?, _) = try judge("client.socket.3.local.port") else {
      Issue.record("the field was not named")
      return
    }
    #expect(meaning.en.contains("local.port"))
  }
}

private let choose = "{id: a, ko: 가, en: a, ask: {ko: 가, en: a, choose: "

@Suite struct RunnerTests {
  private func lesson(_ steps: String) throws -> LessonRun {
    let head = """
      lesson: L01
      section: "1.1"
      title: {ko: 가, en: a}
      summary: {ko: 가, en: a}
      minutes: 1
      steps:

      """
    return LessonRunner().run(try Lesson(yaml: head + steps))
  }

  @Test(arguments: [
    ("{id: a, ko: 가, en: a, until: {event: frame-sent}}", "never reaches"),
    ("{id: a, ko: 가, en: a, do: \"client connect 192.0.2.80:80\"}", "there is no socket yet"),
    (
      "{id: a, ko: 가, en: a, do: client socket tcp, expect: {client.socket.state: LISTEN}}",
      "is CLOSED, not LISTEN"
    ),
    ("{id: a, ko: 가, en: a, expect: {client.socket.state + 1: 3}}", ""),
    (
      "{id: a, ko: 가, en: a, ask: {ko: 가, en: a, predict: client.socket.iss}}", "has no value"
    ),
    (
      choose
        + "[{ko: 가, en: a, when: frames.count == 0}, {ko: 나, en: b, when: frames.count < 1}]}}",
      "2 answers"
    ),
    (
      choose
        + "[{ko: 가, en: a, when: frames.count == 1}, {ko: 나, en: b, when: frames.count > 1}]}}",
      "0 answers"
    ),
  ])
  func whatIsWrongIsTold(step: String, message: String) throws {
    let run = try lesson("  - " + step)
    if message.isEmpty {
      #expect(run.steps[0].expectations.first?.holds != true)
    } else {
      #expect(run.problems.contains { $0.message.contains(message) }, "\(run.problems)")
      #expect(run.problems.allSatisfy { $0.line == 7 || $0.line == 1 }, "\(run.problems)")
    }
  }

  /// A field that the learner writes is what the stack goes on with.
  @Test func writing() throws {
    let run = try lesson(
      """
        - {id: a, ko: 가, en: a, until: {host: server, rule: syn-received-established},
           do: [server start web-server, client socket tcp, "client connect 192.0.2.80:80"]}
        - {id: b, ko: 가, en: a, do: [client write snd.nxt client.socket.snd.nxt+1000, client send 3 bytes],
           until: {event: frame-sent, host: client, frame.last.payload: 3},
           expect: {frame.last.tcp.seq: before.client.socket.snd.nxt + 1000}}
        - {id: c, ko: 가, en: a, do: [client setsockopt no-delay on, client write remote.port 81, client send 4 bytes],
           until: {event: frame-sent, host: client, frame.last.payload: 4},
           expect: {frame.last.tcp.dstport: 81}}
      """)
    #expect(run.problems.isEmpty, "\(run.problems)")
  }

  @Test func programsFaultsAndQuiet() throws {
    let run = try lesson(
      """
        - {id: a, ko: 가, en: a, until: quiet, expect: {client.sockets.count: 0, frames.lost: 0},
           do: [server start web-server, "client start browser http://192.0.2.80/"]}
        - {id: b, ko: 가, en: a, fault: drop client SYN, until: quiet, expect: {frames.lost: 1},
           do: ["client start browser http://192.0.2.80/"]}
      """)
    #expect(run.problems.isEmpty, "\(run.problems)")
    #expect(run.steps[1].last > run.steps[0].last)
  }
}
