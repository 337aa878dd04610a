import Course
import Stack
import Testing

@testable import Screen

/// What a learner is told at a place is true there, and the keys do what is said of them.
@Suite struct GuidanceTests {
  private func fresh(_ name: String, _ language: Language = .en) throws -> LessonModel {
    var model = LessonModel(try #require(Lessons.runs[name]), language: language, seed: 1)
    _ = model.update(.resize(smallScreen))
    return model
  }

  /// Values in a text are there when it is read, and it does not change while the step runs.
  @Test(arguments: Lessons.all, Language.allCases)
  func aTextHoldsFromTheStepsBeginning(_ name: String, _ language: Language) throws {
    var model = try Lessons.solved(name, language, smallScreen)
    for place in model.run.steps.indices {
      let step = model.run.steps[place]
      model.go(.init(step: place, moment: step.first))
      let narration = model.narration.narration(language)
      for expression in narration.expressions {
        let value = try expression.value(in: model.situation)
        #expect(value != .unset, "\(step.step.id): \(narration.source)")
      }
      guard step.step.afterword == nil else { continue }
      let before = narration.text(in: model.situation)
      model.go(.init(step: place, moment: step.last))
      let after = model.narration.text(language, in: model.situation)
      #expect(after == before, "\(step.step.id)")
    }
  }

  /// A question is put before its step runs: a value in it that is not there yet would read `–`.
  @Test(arguments: Lessons.all, Language.allCases)
  func aQuestionNamesNoValueToCome(_ name: String, _ language: Language) throws {
    var model = try Lessons.solved(name, language, smallScreen)
    for place in model.run.steps.indices {
      model.go(.init(step: place, moment: model.run.steps[place].first))
      for question in model.step.questions {
        let text = question.question.prompt.narration(language)
        for expression in text.expressions {
          let value = try expression.value(in: model.situation)
          #expect(value != .unset, "\(name) \(model.step.step.id): \(text.source)")
        }
      }
    }
  }

  /// Going on by `space` from a step's end stops where the next step asks something.
  @Test(arguments: Lessons.names) func runningDoesNotPassAQuestion(_ name: String) throws {
    var model = try Lessons.solved(name, .en, smallScreen)
    let asked = try #require(model.run.steps.lastIndex { !$0.questions.isEmpty })
    model.go(.init(step: asked - 1, moment: model.run.steps[asked - 1].last))
    for question in model.run.steps[asked].questions { model.answered[question.question.id] = nil }
    model.press(.character(" "))
    #expect(model.position.step == asked && model.nextWake == nil)
    model.press(.character(" "))
    guard case .question = model.overlay else {
      Issue.record("no question\n\(model.screen.text)")
      return
    }
  }

  /// Who would rather not answer is asked again at the step's end, and then may go on.
  @Test(arguments: Lessons.names) func noQuestionHoldsTheLearner(_ name: String) throws {
    var model = try fresh(name)
    for _ in 0..<400 where model.after(model.position) != nil {
      model.press(.character("}"))
      if model.overlay != nil { model.press(.escape) }
    }
    #expect(model.after(model.position) == nil, "held at \(model.position)")
    let open = try #require(model.run.steps.firstIndex { !$0.questions.isEmpty })
    model.go(.init(step: open, moment: model.run.steps[open].last))
    model.press(.character("a"))
    guard case .question = model.overlay else {
      Issue.record("it can be answered no more\n\(model.screen.text)")
      return
    }
  }

  /// A field that nobody has written has no reason; another moment's is not given instead.
  @Test func whyOfAnEmptyFieldSaysSo() throws {
    var model = try Lessons.solved("L05", .en, smallScreen)
    model.press(.character("}"), .character("3"), .character("/"))
    model.type("snd.nxt")
    model.press(.enter, .character("w"))
    #expect(model.why == nil)
    #expect(model.screen.lines[21].contains("Nobody has written"))
  }

  @Test func aNewAnswerBeginsAnew() throws {
    var model = try fresh("L02")
    model.press(.character("."))
    model.type("3")
    model.press(.enter)
    #expect(model.screen.text.contains("! 3"))
    model.type("0")
    model.press(.enter)
    #expect(model.screen.text.contains("✓ 0"))
  }

  /// The question itself stays in its row while hints and answers come and go below it.
  @Test func theQuestionStaysWhereItIs() throws {
    var model = try fresh("L02")
    model.press(.character("."))
    func row() -> Int? { model.screen.lines.firstIndex { $0.contains("How many frames") } }
    let first = try #require(row())
    model.press(.tab)
    #expect(row() == first)
    model.type("1")
    model.press(.enter)
    #expect(row() == first)
  }

  @Test func whatFitsAPlaceIsNamedWhole() throws {
    var model = try Lessons.solved("L02", .en, smallScreen)
    let place = try #require(model.run.steps.firstIndex { $0.step.id == "record" })
    let question = try #require(model.run.steps[place].questions.first)
    model.go(.init(step: place, moment: model.run.steps[place].first))
    model.overlay = .question(
      AskState(id: question.question.id, stage: .right(given: "remote.port")))
    let text = model.screen.text
    #expect(text.contains("= remote.addr or remote.port"))
    #expect(text.contains("Question · right"))
  }

  /// What may be typed is said whole, the number that `c` stands for included.
  @Test(arguments: Language.allCases) func theNumberHelpIsNotCut(_ language: Language) throws {
    var model = try Lessons.solved("L05", language, smallScreen)
    let place = try #require(model.run.steps.firstIndex { $0.step.id == "answer" })
    let question = try #require(model.run.steps[place].questions.first)
    model.go(.init(step: place, moment: model.run.steps[place].first))
    model.overlay = .question(AskState(id: question.question.id))
    let line = model.screen.lines.first { $0.contains("c = 0x") }
    #expect(line?.contains("…  │") == false, "\(model.screen.text)")
  }

  /// The line about why is about the moment on the screen, whichever way time goes.
  @Test func whyGoesAlong() throws {
    var model = try Lessons.solved("L02", .en, smallScreen)
    model.press(.character("."), .character("."), .character("1"), .character("w"))
    #expect(model.why == .moment(2))
    model.press(.character("."))
    #expect(model.why == .moment(3))
    model.press(.character(","), .character(","))
    #expect(model.why == .moment(1))
  }

  @Test func whereThereIsNoMapNoneIsPromised() throws {
    var model = try Lessons.solved("L02", .en, smallScreen)
    model.press(.end)
    #expect(model.screen.lines[23].contains("q back to the map"))
    model.hasMap = false
    #expect(model.screen.lines[23].contains("q quit"))
    model.press(.character("."))
    #expect(model.screen.lines[21].contains("q quits"))
  }

  @Test func theSearchGoesBothWays() throws {
    var model = try Lessons.solved("L05", .en, smallScreen)
    model.press(.end, .character("3"), .character("/"))
    model.type("snd.")
    model.press(.enter)
    let first = model.viewState(.memory).selection
    model.press(.character("n"))
    let second = model.viewState(.memory).selection
    #expect(first != second)
    model.press(.character("N"))
    #expect(model.viewState(.memory).selection == first)
  }

  /// In the narrow ladder an arrow says what it carries, at least by name.
  @Test(arguments: Language.allCases) func everyArrowHasItsName(_ language: Language) throws {
    var model = try Lessons.solved("L05", language, smallScreen)
    model.press(.character("5"))
    repeat {
      if model.shownView != .ladder { model.press(.character("5")) }
      let odd = model.screen.lines[2..<20].first { $0.contains("──   ") || $0.contains("… ──") }
      #expect(odd == nil, "\(model.position)")
    } while model.goOn()
  }
}
