import Capture
import Course
import Session
import Testing

@testable import Screen

/// `R`: the learner's names for branches.
@Suite struct RenamingTests {
  /// L05 in the branch in which the SYN was dropped.
  private static func model(_ language: Language = .ko, _ size: Size = largeScreen) throws
    -> LessonModel
  {
    var model = try FaultBoxTests.model(language, size)
    model.press(.character("f"), .enter)
    return model
  }

  private static func name(_ text: String, _ model: inout LessonModel) {
    model.press(.character("R"))
    model.type(text)
    model.press(.enter)
  }

  @Test(arguments: [smallScreen, largeScreen], Language.allCases)
  func aNameIsWhereTheBranchIs(_ size: Size, _ language: Language) throws {
    var model = try Self.model(language, size)
    Self.name(" 잃어버린 SYN ", &model)
    #expect(model.overlay == nil)
    #expect(model.screen.lines[0].contains("⑂ 잃어버린 SYN"))
    #expect(model.step.step.id == "잃어버린 SYN" && model.step.step.run == "잃어버린 SYN")
    #expect(!model.screen.text.contains("⑂ drop-1 ·"))
    model.press(.character("b"))
    #expect(model.screen.text.contains("main | 잃어버린 SYN"))
    // Beside another run it is the branch with the keys that is named; the lesson's own is not.
    Self.name("둘째", &model)
    #expect(model.comparison != nil && model.screen.text.contains("main | 둘째"))
    model.press(.left, .character("R"))
    #expect(model.overlay == nil && model.notice?.en.contains("keeps its name") == true)
    #expect(model.run.runs[0].name == "main")
  }

  @Test(arguments: ["main", "drop-1", "syn", "  "]) func whatIsTakenIsRefused(_ text: String) throws
  {
    var model = try Self.model()
    Self.name("하나", &model)
    model.press(.character("{"), .character("f"), .enter)
    #expect(model.run.runs[model.step.run].name == "drop-1")
    let names = model.run.runs.map(\.name)
    let other = text == "drop-1" ? "하나" : text
    #expect(model.run.steps.contains { $0.step.id == "syn" })
    Self.name(other, &model)
    #expect(model.run.runs.map(\.name) == names)
    let isEmpty = other.allSatisfy(\.isWhitespace)
    #expect((model.overlay == nil) == isEmpty)
    #expect(model.screen.text.contains("! 다른 갈래") == !isEmpty)
    model.press(.escape)
    #expect(model.overlay == nil && model.run.runs.map(\.name) == names)
  }

  /// Its own name again is no mistake, and a name that was given up is free.
  @Test func namesAreGivenUp() throws {
    var model = try Self.model()
    Self.name("drop-1", &model)
    #expect(model.overlay == nil && model.run.runs.last?.name == "drop-1")
    Self.name("가", &model)
    model.press(.character("{"), .character("f"), .enter)
    #expect(model.run.runs.map(\.name).suffix(2) == ["가", "drop-1"])
  }

  /// A branch, one that left it, both renamed: written, read, and the same tree again.
  @Test func namesSurviveTheRecording() throws {
    var model = try Self.model()
    model.press(.character("."), .character("f"), .tab, .enter)
    try #require(model.run.runs.count >= 3)
    let second = model.step.run
    Self.name("두 번째 – 재부팅", &model)
    model.press(.character("{"))
    Self.name("SYN을 버림", &model)
    let octets = Recording.octets(of: model.run.recording)
    let parts = try Recording.parts(in: octets)
    #expect(parts.map(\.name) == model.run.runs.map(\.name))
    #expect(parts[second].name == "두 번째 – 재부팅")
    #expect(parts[second].origin?.parent == "SYN을 버림")
    let interfaces = CaptureFile.parse(octets).interfaces.map(\.name)
    #expect(interfaces.contains("두 번째 – 재부팅"))
    let replay = try #require(ReplayModel(parts, name: "f", language: .ko))
    #expect(replay.lesson.run.runs.map(\.name) == model.run.runs.map(\.name))
    let ids = replay.lesson.run.steps.suffix(2).map(\.step.id)
    #expect(ids == ["SYN을 버림", "두 번째 – 재부팅"])
  }
}
