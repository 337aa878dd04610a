import Session

/// What a lesson holds of the chapter, for lists: titles, statements, questions, figures.
public struct LessonContents: Sendable {
  private let lesson: Lesson

  public init(_ lesson: Lesson) { self.lesson = lesson }

  /// The questions that have a name in the chapter's catalogue, sorted.
  private var questions: [QuestionName] {
    Set(lesson.steps.flatMap(\.questions).compactMap(\.name)).sorted()
  }

  /// One JSON object on one line, its keys always in the same order.
  public var json: String {
    let title = "{\"ko\":\(string(lesson.title.ko)),\"en\":\(string(lesson.title.en))}"
    let entries = [
      ("lesson", string(lesson.id.description)), ("title", title),
      ("kind", string(lesson.isExperiment ? "experiment" : "lesson")),
      ("section", string(lesson.section)), ("minutes", "\(lesson.minutes)"),
      ("statements", list(lesson.statements.map(\.description))),
      ("questions", list(questions.map(\.description))),
      ("figures", list(lesson.figures.map(\.rawValue))),
    ]
    return "{" + entries.map { "\(string($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }

  /// A few lines for people.
  public func text(_ language: Language) -> String {
    let minutes = language == .ko ? "\(lesson.minutes)분" : "\(lesson.minutes) min"
    let title = lesson.title.text(language)
    let kind = language == .ko ? "실험 · " : "experiment · "
    let place = (lesson.isExperiment ? kind : "") + lesson.section
    var lines = ["\(lesson.id)  \(title) · \(place) · \(minutes)"]
    let rows: [(ko: String, en: String, things: [String])] = [
      ("사실", "statements", lesson.statements.map(\.description)),
      ("질문", "questions", questions.map(\.description)),
      ("그림", "figures", lesson.figures.map(\.rawValue)),
    ]
    for row in rows where !row.things.isEmpty {
      let name = language == .ko ? row.ko : row.en
      lines.append("     \(name): " + row.things.joined(separator: " "))
    }
    return lines.joined(separator: "\n")
  }

  private func string(_ text: String) -> String { JSONLine.string(text) }

  private func list(_ words: [String]) -> String {
    "[" + words.map { string($0) }.joined(separator: ",") + "]"
  }
}
