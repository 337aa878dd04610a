import Course
import Testing

@testable import Screen

/// The map of a whole chapter: sections, the lessons beyond the book, and the way the arrows go.
@Suite struct MapTests {
  private static let sections = [3, 3, 6, 2, 5, 1]

  private static func lesson(_ id: String, _ section: String, needs: String = "") throws -> Lesson {
    try Lesson(
      yaml: """
        lesson: \(id)
        section: "\(section)"
        title: {ko: "제목 \(id)", en: "Title \(id)"}
        summary: {ko: 요약입니다., en: A summary.}
        minutes: 7
        needs: [\(needs)]
        steps:
          - {id: a, kind: break, title: {ko: 사라진 ACK, en: A lost ACK}, ko: 가., en: A., show: [stage, plot]}
          - {id: b, ko: 나., en: B., show: [ladder]}
        """)
  }

  /// Twenty lessons of six sections, ten beyond the book, and an experiment.
  private static func whole() throws -> [Lesson] {
    var lessons: [Lesson] = []
    for (section, count) in sections.enumerated() {
      for place in 1...count {
        let number = lessons.count + 1
        let needs = number > 1 ? "L\(number - 1)" : ""
        lessons.append(
          try lesson("L\(number)", "\(section + 1).\(place)", needs: needs))
      }
    }
    for number in 1...10 { lessons.append(try lesson("A\(number)", "A")) }
    return lessons + [try lesson("X2-1", "2.1")]
  }

  private func map(_ lessons: [Lesson], _ chosen: String, _ language: Language = .en) -> AppModel {
    var progress = LearnerProgress()
    if let id = LessonID("L01") { progress.note(id, step: 1, of: 2) }
    if let id = LessonID("A02") { progress.note(id, step: 0, of: 2) }
    var model = AppModel(
      lessons: lessons, opened: nil, language: language, seed: 1, profile: nil, progress: progress)
    model.map = MapModel(chosen: LessonID(chosen))
    return model
  }

  @Test(arguments: Language.allCases, [smallScreen, largeScreen])
  func everyLessonIsOnIt(_ language: Language, _ size: Size) throws {
    let lessons = try Self.whole()
    let text = map(lessons, "L05", language).render(size).text
    for lesson in lessons where !lesson.isExperiment { #expect(text.contains("\(lesson.id)")) }
    for section in ChapterSection.allCases { #expect(text.contains(section.title.text(language))) }
    #expect(text.contains(AdvancedPart.title.text(language)))
    #expect(text.contains(language == .ko ? "끝낸 수업 1 / 30" : "lessons done 1 / 30"))
    #expect(!text.contains("X2-01") && !text.contains("…"), "\(text)")
  }

  @Test(arguments: [smallScreen, largeScreen])
  func theChosenOneIsDescribed(_ size: Size) throws {
    let lines = map(try Self.whole(), "L05").render(size).lines
    let below = lines.drop { !$0.hasPrefix("━━") }.joined(separator: "\n")
    for words in [
      "▸L05 Title L5", "section 2.2 · 7 min · 2 steps", "A summary.", "Stage · Ladder · Plot",
      "A lost ACK", "L04 Title L4",
    ] {
      #expect(below.contains(words), "\(words)\n\(below)")
    }
    let advanced = map(try Self.whole(), "A02").render(size).text
    #expect(advanced.contains("beyond the book · 7 min · 1/2 steps"))
  }

  /// On a small screen a section is a row.
  @Test(arguments: [
    ("L05", Motion.right, "L06"), ("L06", .right, "L07"), ("L01", .left, "L01"),
    ("L05", .down, "L08"), ("L12", .down, "L14"), ("L14", .up, "L08"), ("L20", .down, "A01"),
    ("A09", .up, "L20"), ("A10", .right, "A10"), ("A01", .up, "L20"), ("A09", .down, "A10"),
  ])
  func arrowsGoByRows(from: String, motion: Motion, to: String) throws {
    var map = MapModel(chosen: LessonID(from))
    _ = map.update(.key(key(motion)), lessons: try Self.whole(), size: smallScreen)
    #expect(map.chosen?.description == to)
  }

  /// On a large one the lessons stand below each other in two columns.
  @Test(arguments: [
    ("L05", Motion.down, "L06"), ("L12", .down, "L13"), ("L01", .up, "L01"),
    ("L01", .right, "L13"), ("L13", .left, "L01"), ("A10", .left, "L12"), ("A10", .right, "A10"),
  ])
  func arrowsGoByColumns(from: String, motion: Motion, to: String) throws {
    var map = MapModel(chosen: LessonID(from))
    _ = map.update(.key(key(motion)), lessons: try Self.whole(), size: largeScreen)
    #expect(map.chosen?.description == to)
  }

  private func key(_ motion: Motion) -> Key {
    switch motion {
    case .up: .up
    case .down: .down
    case .left: .left
    default: .right
    }
  }

  /// Whoever looks at the experiments of a section comes back to the lesson.
  @Test func experimentsAndBack() throws {
    let lessons = try Self.whole()
    var model = map(lessons, "L05")
    _ = model.update(.key(.character("x")))
    #expect(model.map.chosen?.description == "X2-01")
    #expect(model.render(smallScreen).text.contains("Connecting to the server: what if"))
    _ = model.update(.key(.character("x")))
    #expect(model.map.chosen?.description == "L05")
    var advanced = map(lessons, "A01")
    _ = advanced.update(.key(.character("x")))
    #expect(advanced.map.chosen?.description == "A01")
  }

  /// A library of one's own may have more lessons in a section than there are rows for.
  @Test(arguments: Language.allCases, [smallScreen, largeScreen])
  func aLongMapShowsTheChosenOne(_ language: Language, _ size: Size) throws {
    let lessons = try (1...99).map { try Self.lesson("L\($0)", "3.1") }
    for chosen in ["L01", "L50", "L99"] {
      let lines = map(lessons, chosen, language).render(size).lines
      let above = lines.prefix { !$0.hasPrefix("━━") }.joined(separator: "\n")
      #expect(above.contains("▸\(chosen)"), "\(above)")
    }
  }
}

@Suite struct PlotChoiceTests {
  /// The plot of a step about cwnd begins with cwnd; what the learner chooses then stays.
  @Test func aPlotBeginsWithWhatTheStepPointsAt() throws {
    var model = try Lessons.solved("A01", .en, smallScreen)
    let slow = try #require(model.run.steps.firstIndex { $0.step.id == "slow" })
    model.go(.init(step: slow, moment: model.run.steps[slow].last))
    #expect(model.viewState(.plot).curve == .congestion)
    let unlimited = try #require(model.run.steps.firstIndex { $0.step.id == "unlimited" })
    model.go(.init(step: unlimited, moment: model.run.steps[unlimited].last))
    #expect(model.viewState(.plot).curve == .sequence)
  }
}
