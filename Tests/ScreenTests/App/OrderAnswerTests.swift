import Course
import Testing

@testable import Screen

/// What was put in order is read as it follows, not as numbers that stand nowhere.
@Suite struct OrderAnswerTests {
  @Test(arguments: [Language.ko, .en]) func theOrderIsReadInWords(_ language: Language) throws {
    for (lesson, id) in [("L13", "second"), ("L12", "wakes")] {
      let run = try #require(Lessons.runs[lesson])
      var model = LessonModel(run, language: language, seed: 1)
      _ = model.update(.resize(smallScreen))
      let place = try #require(run.steps.firstIndex { $0.step.id == id })
      model.go(.init(step: place, moment: run.steps[place].first))
      let question = try #require(run.steps[place].questions.first)
      guard case .order(let right) = question.right, case .order(let items) = question.question.kind
      else {
        Issue.record("\(lesson) \(id) asks for no order")
        return
      }
      model.press(.character("a"))
      for item in right {
        // What is not whole is not judged, and enter says so.
        model.press(.enter)
        #expect(model.screen.text.contains(language == .ko ? "아직 차례가 없는" : "Some have no place"))
        for _ in items { model.press(.up) }
        for _ in 0..<item { model.press(.down) }
        model.press(.character(" "))
        #expect(!model.screen.text.contains(language == .ko ? "아직 차례가 없는" : "have no place"))
      }
      model.press(.enter)
      let text = model.screen.text
      let words = right.map { items[$0].text.text(language, in: model.situation) }
      #expect(text.contains("✓ \(words[0]) → "), "\(text)")
      #expect(text.contains("enter"))
    }
  }
}
