/// How far a learner has come: for each lesson the step they were at last, and whether they have finished it.
public struct LearnerProgress: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// The step that the learner was at last, from 0.
    public var step: Int
    public var isDone: Bool
  }

  public private(set) var entries: [LessonID: Entry] = [:]
  /// For each lesson the questions that were answered right at once, without a hint.
  public private(set) var rightAtFirst: [LessonID: Set<String>] = [:]
  /// The lesson that was open last.
  public private(set) var latest: LessonID?

  public init() {}

  /// Notes a place. Being at a lesson's last step is having finished it; that is not lost by going back.
  public mutating func note(_ lesson: LessonID, step: Int, of count: Int) {
    let wasDone = entries[lesson]?.isDone ?? false
    entries[lesson] = Entry(step: step, isDone: wasDone || step == count - 1)
    latest = lesson
  }

  /// The learner begins the lesson anew.
  public mutating func restart(_ lesson: LessonID) {
    entries[lesson]?.step = 0
  }

  /// Notes a question that was answered right at once. It counts once, however often the lesson is taken.
  public mutating func note(_ lesson: LessonID, rightAtFirst question: String) {
    guard !question.isEmpty, !question.contains(where: \.isWhitespace) else { return }
    rightAtFirst[lesson, default: []].insert(question)
  }

  // MARK: As text

  /// One line a lesson, `L05 step 4` or `L05 step 4 done`, one for its questions that were answered right
  /// at once, `L05 right syn answer`, and one for the lesson open last.
  public var text: String {
    var lines = entries.sorted { $0.key < $1.key }.map { lesson, entry in
      "\(lesson) step \(entry.step + 1)\(entry.isDone ? " done" : "")"
    }
    lines += rightAtFirst.sorted { $0.key < $1.key }.map { lesson, questions in
      "\(lesson) right " + questions.sorted().joined(separator: " ")
    }
    if let latest { lines.append("latest \(latest)") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Reads such a text. A line that says something else is passed over: a damaged file costs its own lines.
  public init(parsing text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ").map(String.init)
      if words.count == 2, words[0] == "latest" {
        latest = LessonID(words[1]) ?? latest
      } else if words.count >= 3, words[1] == "right", let lesson = LessonID(words[0]) {
        rightAtFirst[lesson, default: []].formUnion(words.dropFirst(2).prefix(99))
      } else if words.count >= 3, words[1] == "step", let lesson = LessonID(words[0]),
        let step = Int(words[2]), (1...99).contains(step)
      {
        entries[lesson] = Entry(step: step - 1, isDone: words.dropFirst(3).first == "done")
      }
    }
  }
}
