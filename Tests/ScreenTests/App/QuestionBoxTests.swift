import Course
import Stack
import Testing

@testable import Screen

/// What a question's box says, and that all of it has room.
@Suite struct QuestionBoxTests {
  private func fresh(_ name: String, _ language: Language = .en) throws -> LessonModel {
    var model = LessonModel(try #require(Lessons.runs[name]), language: language, seed: 1)
    _ = model.update(.resize(smallScreen))
    return model
  }

  /// Whatever is answered, with all hints open: nothing of the box is cut off at 80 × 24.
  @Test(arguments: Lessons.all, Language.allCases)
  func everythingFits(_ name: String, _ language: Language) throws {
    var model = try fresh(name, language)
    for place in model.run.steps.indices {
      let step = model.run.steps[place]
      model.go(.init(step: place, moment: step.first))
      for question in step.questions {
        let id = question.question.id
        var states = [AskState(id: id), AskState(id: id, stage: .right(given: "0x00000000"))]
        states += wrongAnswers(question, step, in: model).map {
          AskState(id: id, tries: 1, stage: $0)
        }
        for var state in states {
          for hints in 0...question.question.hints.count {
            state.hints = hints
            model.overlay = .question(state)
            let screen = LessonScreen(model)
            let height = screen.height(of: question, state)
            #expect(height <= smallScreen.height - 2, "\(id): \(state.stage)")
          }
          #expect(!model.screen.text.contains("…  │"), "\(model.screen.text)")
        }
      }
    }
  }

  private func wrongAnswers(
    _ question: QuestionRun, _ step: StepRun, in model: LessonModel
  ) -> [AskState.Stage] {
    let end = model.run.end(of: step)
    var answers: [Answer] = question.question.near.compactMap { near in
      (try? near.value.value(in: end)).map { .typed($0.text) }
    }
    answers += question.question.options.indices.map { .choice($0) }
    return answers.compactMap { answer in
      let hosts = model.run.lesson.world.hosts
      guard
        case .wrong(let feedback, let meaning, let thought) = question.judge(
          answer, in: end, hosts: hosts)
      else { return nil }
      let said = feedback.map { Phrase(ko: $0.text(.ko, in: end), en: $0.text(.en, in: end)) }
      let given = question.question.options.map { $0.text(model.language, in: end) }.max() ?? "0"
      return .wrong(given: given, feedback: [meaning, said, thought?.saying].compactMap(\.self))
    }
  }

  /// The keys of an order, which has the most of them, are all named.
  @Test(arguments: Language.allCases) func noKeyIsCutOff(_ language: Language) throws {
    var model = try Lessons.solved("L01", language, smallScreen)
    let place = try #require(model.run.steps.firstIndex { $0.step.id == "down" })
    let question = try #require(model.run.steps[place].questions.first)
    model.go(.init(step: place, moment: model.run.steps[place].first))
    model.overlay = .question(AskState(id: question.question.id))
    let text = model.screen.text
    for key in ["↑↓", "space", "enter", "tab", "esc"] { #expect(text.contains(key), "\(text)") }
    #expect(text.contains(language == .ko ? "힌트 0/1" : "hint 0/1"))
  }

  @Test func theThoughtBehindAWrongAnswerIsNamed() throws {
    var model = try fresh("L02")
    model.press(.character("."))
    model.type("3")
    model.press(.enter)
    #expect(model.screen.text.contains("Many think so: “socket() contacts the server”."))
    model.press(.escape, .function(2), .character("a"))
    model.type("1")
    model.press(.enter)
    #expect(model.screen.text.contains("흔히들 이렇게 생각합니다: “socket()을 부르면"))
  }

  /// Where it is printed the thoughts stand behind the answer, each with what is said to it.
  @Test func theThoughtsArePrinted() throws {
    let run = try #require(Lessons.runs["L06"])
    let text = LessonPrint.text(run, .en)
    #expect(text.contains("Many think “An ACK is acknowledged too”"))
    #expect(text.contains("✓ Answer 1 c) The server sends its SYN+ACK again."))
    #expect(LessonPrint.text(run, .ko).contains("흔한 생각  “ACK에도 확인이 돌아온다”"))
  }

  /// Which event comes next is asked before it comes, with arrows and enter.
  @Test func whichEventComesNext() throws {
    var model = try fresh("L06")
    let place = try #require(model.run.steps.firstIndex { $0.step.id == "third" })
    model.go(.init(step: place, moment: model.run.steps[place].first))
    model.press(.character("."))
    #expect(model.screen.text.contains("What happens next?"))
    model.press(.enter)
    #expect(model.screen.text.contains("! The client sends its ACK again."))
    #expect(model.screen.text.contains("“An ACK is acknowledged too”"))
    model.press(.enter, .down, .down, .enter)
    #expect(model.screen.text.contains("✓ The server sends its SYN+ACK again."))
  }
}

/// Hints fade as the learner does well.
@Suite struct FadingHintTests {
  private func asked(_ help: LearnerProgress.Help) throws -> LessonModel {
    var model = LessonModel(try #require(Lessons.runs["L05"]), language: .en, seed: 1)
    _ = model.update(.resize(smallScreen))
    model.help = help
    while model.overlay == nil { model.press(.character(".")) }
    return model
  }

  private let first = "The name says what has just been done."
  private let second = "It says in two words"

  @Test func atFirstAHintComesByItself() throws {
    var model = try asked(.ready)
    #expect(model.screen.text.contains("tab hint 0/2"))
    model.type("CLOSED")
    model.press(.enter)
    #expect(model.screen.text.contains(first) && !model.screen.text.contains(second))
    #expect(model.screen.text.contains("tab hint 1/2"))
    model.press(.tab)
    #expect(model.screen.text.contains(second))
  }

  @Test func thenOnlyOnAsking() throws {
    var model = try asked(.asked)
    model.type("CLOSED")
    model.press(.enter)
    #expect(!model.screen.text.contains(first))
    model.press(.tab)
    #expect(model.screen.text.contains(first))
  }

  @Test func atLastOnlyOneAndAfterATry() throws {
    var model = try asked(.scarce)
    #expect(model.screen.text.contains("a hint after your first try"))
    model.press(.tab)
    #expect(!model.screen.text.contains(first))
    model.type("CLOSED")
    model.press(.enter)
    #expect(model.screen.text.contains("tab hint 0/1"))
    model.press(.tab, .tab)
    #expect(model.screen.text.contains(first) && !model.screen.text.contains(second))
  }

  /// Right at once counts; right after a hint or a wrong answer does not.
  @Test(
    arguments: [
      ([], 1), ([.tab], 0),
      ([.character("X"), .enter, .enter], 0),
    ] as [([Key], Int)])
  func whatCounts(before: [Key], count: Int) throws {
    let lesson = try #require(Lessons.runs["L05"]).lesson
    var app = AppModel(lessons: [lesson], opened: lesson.id, language: .en, seed: 1, profile: nil)
    _ = app.update(.resize(smallScreen))
    while app.lesson?.overlay == nil { _ = app.update(.key(.character("."))) }
    for key in before + Array("SYN-SENT").map(Key.character) + [.enter] {
      _ = app.update(.key(key))
    }
    #expect(app.lesson?.answered["syn"]?.isRight == true)
    #expect(app.progress.rightAtFirst[lesson.id]?.count ?? 0 == count)
  }

  /// What was learnt in one lesson counts in the next.
  @Test func theHelpOfALessonIsTheLearners() throws {
    let lesson = try #require(Lessons.runs["L05"]).lesson
    var progress = LearnerProgress()
    let other = try #require(LessonID("L01"))
    for number in 1...6 { progress.note(other, rightAtFirst: "\(number)") }
    let app = AppModel(
      lessons: [lesson], opened: lesson.id, language: .en, seed: 1, profile: nil,
      progress: progress)
    #expect(app.lesson?.help == .asked)
  }
}

/// The figures are drawn from the engine: with another seed they show other numbers.
@Suite struct FigureTests {
  @Test(arguments: Lessons.names) func anotherSeedOtherNumbers(_ name: String) throws {
    let lesson = try #require(Lessons.runs[name]).lesson
    let runs = [21, 22].map { LessonRunner(seed: $0).run(lesson) }
    for place in lesson.steps.indices where lesson.steps[place].figure != nil {
      let pictures = runs.map { run in
        var model = LessonModel(run, language: .en, seed: 1)
        _ = model.update(.resize(largeScreen))
        for question in run.steps[place].questions {
          model.answered[question.question.id] = .init(isRight: true, tries: 1)
        }
        model.go(.init(step: place, moment: run.steps[place].last))
        return model.screen.lines
      }
      #expect(pictures[0].count == pictures[1].count)
      let different = zip(pictures[0], pictures[1]).filter { $0 != $1 }
      #expect(!different.isEmpty, "\(name) \(lesson.steps[place].id)")
      for (one, other) in different {
        #expect(one.contains(where: \.isNumber) && other.contains(where: \.isNumber))
      }
    }
  }
}
