import Course
import Stack
import Testing

@testable import Screen

/// Back is exact: whatever way the learner walks, a place of the lesson always looks the same.
@Suite struct StepTests {
  static let walks = Lessons.names.flatMap { name in
    Language.allCases.flatMap { language in
      [smallScreen, largeScreen].map { Walk(lesson: name, language: language, size: $0) }
    }
  }

  /// At least 1,000 walks in all, each from a place of its own.
  @Test(arguments: walks) func everyScreenReturns(_ walk: Walk) throws {
    var model = try Lessons.solved(walk.lesson, walk.language, walk.size)
    let places = model.spread(8)
    var seen: [LessonModel.Position: CellGrid] = [:]
    for seed in 0..<1000 / Self.walks.count + 1 {
      var random = RandomSource(seed: UInt64(seed))
      model.go(places[seed % places.count])
      wander(&model, seed, &random, &seen)
    }
    #expect(seen.count > 20)
  }

  /// Some moments forth and back, in a view where one is named; what has been seen before must be the same.
  private func wander(
    _ model: inout LessonModel, _ seed: Int, _ random: inout RandomSource,
    _ seen: inout [LessonModel.Position: CellGrid], in view: LessonView? = nil
  ) {
    let length = 4 + Int(random.next() % 12)
    let forward = random.next() % 3
    for _ in 0..<length {
      model.press(.character(random.next() % 3 <= forward ? "." : ","))
      if let view { model.press(.character(Character("\(view.number)"))) }
      model.notice = nil
      let screen = model.screen
      if let earlier = seen[model.position] {
        #expect(earlier == screen, "seed \(seed) at \(model.position)")
      }
      seen[model.position] = screen
    }
  }

  /// The same with a view that the lesson does not name.
  @Test(arguments: [LessonView.buffers, .plot], ["L05", "X2-04"])
  func everyViewReturns(_ view: LessonView, _ lesson: String) throws {
    var model = try Lessons.solved(lesson, .ko, lesson == "L05" ? largeScreen : smallScreen)
    var seen: [LessonModel.Position: CellGrid] = [:]
    for seed in 0..<40 {
      var random = RandomSource(seed: UInt64(seed))
      wander(&model, seed, &random, &seen, in: view)
    }
    #expect(seen.count > 20)
  }

  struct Walk: Sendable, CustomTestStringConvertible {
    var lesson: String
    var language: Language
    var size: Size
    var testDescription: String { "\(lesson) \(language) \(size.width)×\(size.height)" }
  }

  @Test(arguments: Lessons.names) func everyMomentCanBeReachedAndLeft(_ name: String) throws {
    var model = try Lessons.solved(name, .en, smallScreen)
    var places = [model.position]
    while model.goOn() { places.append(model.position) }
    #expect(model.position.step == model.run.steps.count - 1)
    for place in places.reversed() {
      #expect(model.position == place)
      model.goBack()
    }
    #expect(model.position == places[0])
  }

  @Test(arguments: Lessons.names) func packetsAndStepsGoThereAndBack(_ name: String) throws {
    var model = try Lessons.solved(name, .ko, largeScreen)
    model.press(.character("}"), .character("}"), .character("}"))
    let there = model.position
    model.press(.character("{"), .character("{"), .character("{"))
    #expect(model.position.step == 0)
    model.press(.character("}"), .character("}"), .character("}"))
    #expect(model.position == there)
    model.press(.end)
    #expect(model.after(model.position) == nil)
    model.press(.home)
    #expect(model.position == .init(step: 0, moment: model.run.steps[0].first))
  }

  @Test func theCursorGoesToATimeOrAMoment() throws {
    var model = try Lessons.solved("L05", .en, smallScreen)
    model.press(.character("g"))
    model.type("30")
    model.press(.enter)
    #expect(model.position.moment == 30)
    model.press(.character("g"))
    model.type("10 ms")
    model.press(.enter)
    let moment = try #require(model.timeline.moment(model.position.moment))
    #expect(moment.time >= Instant(nanoseconds: 10_000_000))
    model.press(.character("g"))
    model.type("soon")
    model.press(.enter)
    #expect(model.notice != nil)
  }

  @Test func playingStopsAtTheStepsEnd() throws {
    var model = try Lessons.solved("L05", .en, smallScreen)
    model.press(.character(" "))
    #expect(model.nextWake != nil)
    for _ in 0..<200 { _ = model.update(.tick(elapsed: 400)) }
    #expect(model.nextWake == nil)
    #expect(model.position.moment == model.step.last)
  }

  @Test func aPlaceLooksTheSameAfterBeingTooSmall() throws {
    var model = try Lessons.solved("L05", .ko, smallScreen)
    for _ in 0..<12 { model.press(.character(".")) }
    let before = model.screen
    _ = model.update(.resize(Size(width: 46, height: 10)))
    #expect(model.screen.text.contains("46 × 10"))
    model.press(.character("."))
    _ = model.update(.resize(smallScreen))
    #expect(model.screen == before)
  }
}
