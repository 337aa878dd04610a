import Course
import Session
import Stack
import Testing

@testable import Screen

@Suite struct QuestionScreenTests {
  private func model(_ name: String, _ language: Language = .en) throws -> LessonModel {
    var model = LessonModel(try #require(Lessons.runs[name]), language: language, seed: 1)
    _ = model.update(.resize(smallScreen))
    return model
  }

  /// With the keyboard alone, by the keys that the footer names: every step is passed, every question answered.
  @Test(arguments: Lessons.all, Language.allCases)
  func theLessonCanBeFollowed(_ name: String, _ language: Language) throws {
    var model = try model(name, language)
    // Who has thousands of moments before them goes by frames.
    let key: Character = model.run.steps.reduce(0) { $0 + $1.last - $1.first } > 1_500 ? "]" : "."
    var presses = 0
    while model.after(model.position) != nil, presses < 2_000 {
      presses += 1
      guard case .question(let ask) = model.overlay else {
        model.press(.character(key))
        continue
      }
      try answer(ask, &model)
    }
    #expect(model.position.step == model.run.steps.count - 1)
    let asked = model.run.steps.flatMap(\.questions).map(\.question.id)
    for id in asked where id != model.step.questions.last?.question.id {
      #expect(model.answered[id]?.isRight == true, "\(id)")
    }
  }

  private func answer(_ ask: AskState, _ model: inout LessonModel) throws {
    let question = try #require(model.question(ask.id))
    switch (question.right, question.question.kind) {
    case (.typed(let text), _): model.type(text)
    case (.choice(let place), _): for _ in 0..<place { model.press(.down) }
    case (.place(let path), .point(let paths)):
      let place = try #require(model.pointCandidates(paths).firstIndex(of: path))
      for _ in 0..<place { model.press(.down) }
    case (.order(let order), _):
      for item in order {
        model.press(.up, .up, .up, .up, .up, .up, .up, .up)
        for _ in 0..<item { model.press(.down) }
        model.press(.character(" "))
      }
    default: Issue.record("no way to answer \(ask.id)")
    }
    model.press(.enter)
    guard case .question(let judged) = model.overlay, case .right = judged.stage else {
      Issue.record("\(ask.id): the right answer was not taken\n\(model.screen.text)")
      model.press(.escape)
      return
    }
    model.press(.enter)
  }

  @Test func aCoveredValueIsNowhereOnTheScreen() throws {
    var model = try model("L05")
    let asked = try #require(
      model.run.steps.firstIndex { step in
        step.questions.contains { if case .sequence? = $0.value { true } else { false } }
      })
    let step = model.run.steps[asked]
    let question = try #require(
      step.questions.first { if case .sequence? = $0.value { true } else { false } })
    guard case .typed(let value) = question.right else { return }
    model.go(.init(step: asked, moment: step.last))
    _ = model.update(.resize(largeScreen))
    // The number stands in memory, too, where it comes from; the asked header field is what is covered.
    model.press(.character("z"))
    for view in [LessonView.stage, .header, .ladder] where LessonView.built.contains(view) {
      model.press(.character(Character("\(view.number)")))
      let text = model.screen.text
      #expect(!text.contains(value), "\(view) shows \(value)\n\(text)")
      model.overlay = nil
    }
  }

  @Test func aWrongAnswerIsNamedAndTheRightOneStaysCovered() throws {
    var model = try model("L05")
    while model.overlay == nil { model.press(.character(".")) }
    model.type("CLOSED")
    model.press(.enter)
    let text = model.screen.text
    #expect(text.contains("not yet") && text.contains("! CLOSED"))
    model.press(.character(" "))
    #expect(model.overlay == nil && model.nextWake != nil)
  }

  @Test func helpListsEveryKey() throws {
    var model = try model("L02")
    model.press(.character("?"))
    var text = model.screen.text
    model.press(.tab)
    text += model.screen.text
    for binding in KeyTable.all { #expect(text.contains(binding.long.en), "\(binding.label)") }
    model.press(.escape)
    #expect(model.overlay == nil)
  }

  /// Letters typed in Korean input mode act as their Latin keys.
  @Test func koreanInputModeWorks() throws {
    var model = try Lessons.solved("L05", .ko, smallScreen)
    model.press(.character("ㅋ"))
    #expect(model.isZoomed)
    model.press(.character("ㅂ"))
    #expect(!model.isZoomed)
  }
}
