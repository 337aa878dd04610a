/// A lesson as its file tells it: a world, and the steps that the learner takes in it.
public struct Lesson: Sendable {
  public var id: LessonID
  /// The book's sub-section, such as `2.3`; `A` for an advanced lesson.
  public var section: String
  public var title: Phrase
  /// One or two sentences for the map.
  public var summary: Phrase
  /// How long it takes a learner.
  public var minutes: Int
  /// Lessons that it builds on: advice, never a lock.
  public var needs: [LessonID]
  public var world: LessonWorld
  /// Runs of the world besides the main one, in the order of the file.
  public var runs: [LessonRunPlan]
  public var steps: [LessonStep]

  /// The number before the section's dot: 1…6 for the chapter's sections; nil if it has none.
  public var chapterSection: Int? { Int(section.prefix { $0 != "." }) }

  /// Where it belongs, in words: `section 2.3`, `beyond the book`.
  public var place: Phrase {
    guard chapterSection == nil else { return Phrase(ko: "\(section)절", en: "section \(section)") }
    return Phrase(ko: "심화", en: "beyond the book")
  }

  /// A short lesson about one thing that goes wrong.
  public var isExperiment: Bool { id.part == .experiment }

  /// The lesson with nothing going wrong in it: what stands under `fault` is left out.
  public var withoutFaults: Lesson {
    var lesson = self
    for place in steps.indices { lesson.steps[place].commands.removeAll { $0.isFault } }
    return lesson
  }

  /// The chapter's statements that its steps prove, in order.
  public var statements: [Statement] { Set(steps.flatMap(\.proves)).sorted() }

  /// The chapter's figures that its steps show, in the order of the steps.
  public var figures: [Figure] {
    var figures: [Figure] = []
    for case let figure? in steps.map(\.figure) where !figures.contains(figure) {
      figures.append(figure)
    }
    return figures
  }

  public func step(_ id: String) -> LessonStep? { steps.first { $0.id == id } }
}

/// A run of the lesson's world of its own: it starts afresh, with the same seed, and something in
/// it is different.
public struct LessonRunPlan: Sendable {
  /// The run that every lesson begins with.
  public static let main = "main"

  public var name: String
  public var title: Phrase
  /// The lesson's world with this run's differences.
  public var world: LessonWorld
}
