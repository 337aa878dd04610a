import Foundation
import Session
import Simulation
import Stack
import Testing

@testable import Course

/// Lessons whose server lies outside, here played by a host of our own: no system is needed, and time is virtual.
@Suite struct OutsideLessonTests {
  private static func reference(
    _ id: String, _ profile: LessonWorld.Profile? = nil
  ) throws -> LessonRun {
    LessonRunner(profile: profile).run(try Shipped.lesson("\(id).yaml"))
  }

  private static func run(
    _ id: String, _ profile: LessonWorld.Profile? = nil,
    _ change: (inout HostConfiguration) -> Void = { _ in }
  ) throws -> LessonRun {
    try LessonRunner().run(outside: reference(id, profile)) { host throws(SimulatedPeer.Problem) in
      do { return try SimulatedPeer(host, change) } catch { throw .none }
    }
  }

  @Test(arguments: LessonWorld.Profile.allCases)
  func theHandshakeComesOutAsItSays(profile: LessonWorld.Profile) throws {
    let run = try Self.run("L05", profile)
    #expect(run.problems.isEmpty, "\(run.problems)")
    #expect(run.runs.map(\.name) == ["main"] + run.lesson.runs.map(\.name))
    #expect(run.runs.count > 3)
    #expect(run.runs.allSatisfy { $0.timeline.configuration.outside == .server })
    for step in run.steps {
      #expect(step.expectations.count == step.step.expectations.count)
      #expect(step.questions.count == step.step.questions.count)
    }
  }

  /// What speaks of the server's memory is not counted as held but taken out, and said to be.
  @Test func statementsAboutTheServersMemoryAreCounted() throws {
    let lesson = try Shipped.lesson("L05.yaml")
    let run = try Self.run("L05")
    var unseen = 0
    for (whole, done) in zip(lesson.steps, run.steps) {
      let hidden = whole.expectations.filter { expectation in
        "\(expectation.path.source) \(expectation.value.source)"
          .contains(/server\.(socket|sockets|listener|call)\./)
      }
      unseen += hidden.count
      #expect(done.expectations.count == whole.expectations.count - hidden.count)
      let said = (done.step.afterword ?? done.step.narration).en.source
      let count = hidden.count == 1 ? "One statement" : "\(hidden.count) statements"
      #expect(said.contains("\(count) about the server’s memory") == !hidden.isEmpty, "\(said)")
    }
    #expect(unseen > 10)
  }

  @Test func aQuestionAboutTheServersWorkIsLeftOut() throws {
    let names = try Self.run("L05").steps.flatMap(\.questions).compactMap(\.question.name)
    #expect(names.contains { "\($0)" == "Q2-1" } && !names.contains { "\($0)" == "Q2-5" })
    let text = try Self.run("L05").steps.map { ($0.step.afterword ?? $0.step.narration).ko.source }
    #expect(text.contains { $0.contains("질문 1개는 답이 server 안에 있어 뺐습니다.") })
  }

  @Test func theServersMemoryReadsAsUnknown() throws {
    let run = try Self.run("L05")
    let end = try run.end(of: #require(run.steps.first { $0.step.id == "third" }))
    let context = PathContext(hosts: ["client", "server"])
    func value(_ text: String) throws -> Value { try Expression(text, in: context).value(in: end) }
    for text in [
      "server.socket.iss", "server.sockets.count", "server.call.result", "server.socket.iss + 1",
    ] {
      #expect(try value(text) == .unknown, "\(text)")
      #expect(try value(text).text == "?")
    }
    #expect(try value("server.mtu") == .number(1500))
    #expect(try value("client.socket.state") == .name("ESTABLISHED"))
    #expect(try value("server.socket.iss < 5") == .truth(false))
  }

  /// The times are the link's: the SYN's answer takes two of its steps.
  @Test func theReportSaysWhatWasSeen() throws {
    let run = try Self.run("L05") { $0.tcp.receiveBuffer = 9_000 }
    let report = try #require(run.outside)
    #expect(report.peer == "Linux of the test")
    let count = run.runs.count
    #expect(report.foreignFrames == 2 * count)
    let text = try #require(run.steps.last).step.narration
    #expect(text.en.source.contains("Its window was 9000; the built-in server’s is 65535."))
    #expect(text.en.source.contains("The options of its SYN+ACK were the same: MSS 1460."))
    #expect(text.en.source.contains("It used no option that our SYN had not offered."))
    #expect(text.en.source.contains("took 5 µs"), "\(text.en.source)")
    #expect(text.en.source.contains("In all \(count) runs the segments"))
    #expect(text.en.source.contains("\(2 * count) frames that have nothing to do with the lesson"))
    #expect(text.ko.source.contains("윈도우는 9000입니다."))
    let same = try Self.run("L05").outside
    #expect(same?.sentences.contains { $0.en.contains("window was") } == false)
  }

  /// A peer that announces nothing about its size is told apart.
  @Test func anotherPeerIsAnotherReport() throws {
    let run = try Self.run("L05") { $0.tcp.announcesMaximumSegmentSize = false }
    let text = try #require(run.steps.last).step.narration.en.source
    #expect(text.contains("The options of its SYN+ACK were –; the built-in server’s are MSS 1460."))
    // The lesson's statement about the announced size does not hold then, and that is said.
    #expect(run.problems.contains { $0.message.contains("frame.2.tcp.mss") })
  }

  @Test func aPeerThatNeverAnswersIsNoticed() throws {
    let run = try LessonRunner().run(outside: Self.reference("L05")) {
      host throws(SimulatedPeer.Problem) in
      do {
        var peer = try SimulatedPeer(host)
        peer.isSilent = true
        return peer
      } catch { throw .none }
    }
    #expect(
      run.problems.contains { $0.message.hasPrefix("step “answer” did not come to its end") })
    // Our own stack has gone on meanwhile: its SYN was sent again.
    #expect(run.runs[0].timeline.frames.contains { $0.isRetransmission })
  }

  @Test func theRunCanBeMadeAgainFromItsInputs() throws {
    for named in try Self.run("L05").runs {
      let again = try RecordedRun.timeline(from: RecordedRun.octets(of: named.timeline))
      #expect(again.configuration.outside == .server)
      #expect(again.moments.map { "\($0)" } == named.timeline.moments.map { "\($0)" })
      #expect(again.frames == named.timeline.frames)
    }
  }

  @Test(arguments: [
    ("L02", "gives the server an order"), ("L03", "gives the server an order"),
    ("L06", "s of real time"),
  ])
  func aLessonThatNeedsMoreIsRefused(id: String, reason: String) throws {
    do {
      _ = try Self.run(id)
      Issue.record("\(id) was run")
    } catch let failure as OutsideFailure<SimulatedPeer.Problem> {
      guard case .refused(let refusal) = failure else { throw failure }
      #expect(refusal.text.en.contains(reason), "\(refusal.text.en)")
      #expect(!refusal.text.ko.isEmpty)
    }
  }

  @Test func aDamagedLessonIsRefused() throws {
    let text = try String(
      contentsOf: Shipped.folder.appending(path: "L05.yaml"), encoding: .utf8)
    let broken = try Lesson(yaml: text.replacing("frames.count: 3", with: "frames.count: 4"))
    #expect(throws: OutsideFailure<SimulatedPeer.Problem>.self) {
      try LessonRunner().run(outside: LessonRunner().run(broken)) {
        host throws(SimulatedPeer.Problem) in
        do { return try SimulatedPeer(host) } catch { throw .none }
      }
    }
  }
}
