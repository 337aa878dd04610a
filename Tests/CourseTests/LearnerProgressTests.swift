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

/// Hints become fewer as the learner does well.
@Suite struct HelpTests {
  @Test(arguments: [
    (0, LearnerProgress.Help.ready), (5, .ready), (6, .asked), (17, .asked), (18, .scarce),
    (1000, .scarce),
  ])
  func theBetterTheFewer(count: Int, help: LearnerProgress.Help) {
    #expect(LearnerProgress.Help(rightAtFirst: count) == help)
  }

  @Test func neverMoreWithMoreRightAnswers() {
    for tries in 0...3 {
      let open = (0...40).map { LearnerProgress.Help(rightAtFirst: $0).hints(of: 2, tries: tries) }
      #expect(open == open.sorted(by: >))
    }
    #expect(LearnerProgress.Help.ready.bringsFirstHint)
    #expect(!LearnerProgress.Help.asked.bringsFirstHint)
    #expect(LearnerProgress.Help.scarce.hints(of: 2, tries: 0) == 0)
    #expect(LearnerProgress.Help.scarce.hints(of: 2, tries: 1) == 1)
    #expect(LearnerProgress.Help.scarce.hints(of: 0, tries: 1) == 0)
  }

  /// A question counts once, however often its lesson is taken, and comes back from the file.
  @Test func theProgressTellsTheHelp() throws {
    let lesson = try #require(LessonID("L02"))
    var progress = LearnerProgress()
    for _ in 0..<20 { progress.note(lesson, rightAtFirst: "socket") }
    #expect(progress.help == .ready)
    for number in 1...5 { progress.note(lesson, rightAtFirst: "listen.\(number)") }
    #expect(progress.help == .asked)
    progress.note(lesson, rightAtFirst: "two words")
    progress.note(lesson, rightAtFirst: "")
    #expect(LearnerProgress(parsing: progress.text) == progress)
    progress.restart(lesson)
    #expect(progress.help == .asked)
  }

  /// A file of an earlier version says nothing of this; the rest of it counts.
  @Test func anOlderFileIsRead() throws {
    let lesson = try #require(LessonID("L01"))
    let progress = LearnerProgress(parsing: "L01 step 8 done\nlatest L01\n")
    #expect(progress.entries[lesson]?.isDone == true)
    #expect(progress.rightAtFirst.isEmpty)
    #expect(progress.help == .ready)
  }

  @Test(arguments: ["L05 right", "X05 right syn", "right syn", "L05 righ syn"])
  func damagedLinesArePassedOver(_ line: String) throws {
    let lesson = try #require(LessonID("L02"))
    let progress = LearnerProgress(parsing: line + "\nL02 right socket listen\n")
    #expect(progress.rightAtFirst == [lesson: ["socket", "listen"]])
  }
}
