import Course
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

/// A run with a real host on the screen: what cannot be seen is said to be so.
@Suite struct OutsideScreenTests {
  /// A client that has sent its SYN to a host outside, as a recording has it.
  private static func model(_ language: Language = .en) throws -> LessonModel {
    var timeline = Timeline(.clientAndServer(seed: 4).with(outside: .server))
    let server = SocketAddress(IPv4Address(192, 0, 2, 80), 80)
    timeline.perform(.call(.socket(.stream), host: .client))
    timeline.perform(.call(.connect(SocketCall.latest, server), host: .client))
    timeline.perform(.run(.milliseconds(1)))
    let count = timeline.momentCount
    let part = Recording.Part(
      timeline, lesson: "L05", steps: [RecordedStep(id: "syn", place: 0, first: 0, last: count)])
    let run = try #require(
      LessonRun(replaying: [part], title: Phrase(ko: "시험", en: "test")))
    var model = LessonModel(run, language: language, seed: 4)
    _ = model.update(.resize(largeScreen))
    model.goToMoment(count)
    return model
  }

  @Test(arguments: [
    (Language.en, "The kernel's memory cannot be seen from here."),
    (.ko, "커널의 메모리는 여기서 볼 수 없습니다."),
  ])
  func theSocketTableSaysThatItCannotBeSeen(language: Language, text: String) throws {
    for size in [smallScreen, largeScreen] {
      var model = try Self.model(language)
      _ = model.update(.resize(size))
      model.press(.character("2"))
      #expect(model.screen.text.contains("? \(text)"), "\(model.screen.text)")
    }
  }

  @Test func theStageShowsNoStateOfTheKernel() throws {
    var model = try Self.model()
    model.press(.character("1"))
    #expect(model.screen.text.contains("kernel ?"))
    #expect(!model.screen.text.contains("LISTEN"))
  }

  @Test(arguments: ["e", "u", "f"]) func aRunWithARealHostDoesNotFork(key: String) throws {
    var model = try Self.model()
    model.press(.character("3"))
    var state = ViewState()
    let memory = MemoryReference(host: .client, socket: 3)
    state.memory = memory
    state.selection = .field(memory, .sndNxt)
    model.viewStates[.memory] = state
    model.press(.character(Character(key)))
    #expect(model.overlay == nil && !model.isInBranch)
    #expect(model.notice?.en.contains("cannot be rewound") == true)
    #expect(model.screen.text.contains("cannot be rewound"))
  }
}
