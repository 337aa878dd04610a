import Foundation
import Stack
import Testing

@testable import Course

/// What a step says before and while it runs is about its start. A number that moves on with the run would
/// be wrong under the learner's eyes, or would be what the question asks for.
@Suite struct StandingTextTests {
  @Test(arguments: Shipped.files) func lessonsStand(file: String) throws {
    check(try Shipped.lesson(file))
  }

  @Test(arguments: Experiments.files) func experimentsStand(file: String) throws {
    check(try Experiments.lesson(file))
  }

  private func check(_ lesson: Lesson) {
    let run = LessonRunner().run(lesson)
    for step in run.steps {
      let start = run.situation(of: step, at: step.first)
      let end = run.end(of: step)
      let questions = step.questions.map(\.question)
      let texts = [step.step.narration] + questions.map(\.prompt) + questions.flatMap(\.hints)
      for text in texts {
        for language in [Language.ko, .en] {
          let (said, later) = (text.text(language, in: start), text.text(language, in: end))
          #expect(said == later, "\(lesson.id) \(step.step.id)")
        }
      }
    }
  }
}
