import Testing

@testable import Course

@Suite struct LearnerProgressTests {
  private let five = LessonID("L05")

  @Test func whatIsNotedComesBack() throws {
    let lesson = try #require(five)
    var progress = LearnerProgress()
    progress.note(lesson, step: 3, of: 10)
    #expect(progress.entries[lesson] == .init(step: 3, isDone: false))
    progress.note(lesson, step: 9, of: 10)
    progress.note(lesson, step: 2, of: 10)
    #expect(progress.entries[lesson] == .init(step: 2, isDone: true))
    #expect(LearnerProgress(parsing: progress.text) == progress)
    progress.restart(lesson)
    #expect(progress.entries[lesson] == .init(step: 0, isDone: true))
  }

  /// A damaged file costs its own lines and nothing else.
  @Test(arguments: [
    "L05 step 0", "L05 step 100", "L05 step", "L05", "", "latest", "latest X9", "\u{0}\u{7f}",
    "X05 step 3",
    "L05 step -1 done",
  ])
  func damagedLinesArePassedOver(_ line: String) throws {
    let lesson = try #require(LessonID("L02"))
    let progress = LearnerProgress(parsing: line + "\nL02 step 4 done\nlatest L02\n" + line)
    #expect(progress.entries == [lesson: .init(step: 3, isDone: true)])
    #expect(progress.latest == lesson)
  }
}
