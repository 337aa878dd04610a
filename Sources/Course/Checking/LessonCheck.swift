/// Everything that is wrong with a lesson file: what cannot be read, else what does not come out as it says when it
/// is run.
public enum LessonCheck {
  /// The problems of a file, in the order of its lines; none for a lesson that holds.
  public static func problems(in file: LessonFile) -> [LessonProblem] {
    if let problem = encodingProblem(file.text) { return [problem] }
    let lesson: Lesson
    do throws(LessonProblems) {
      lesson = try Lesson(yaml: file.text)
    } catch {
      return error.problems
    }
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    var problems = nameProblem(lesson, file, lines).map { [$0] } ?? []
    // A run knows its lines, not its columns: the first word of the line is shown.
    problems += LessonRunner().run(lesson).problems.map { problem in
      var placed = problem
      placed.column = lines.indices.contains(problem.line - 1) ? start(lines[problem.line - 1]) : 1
      return placed
    }
    return problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// Octets that are no UTF-8 come as U+FFFD; no lesson needs that sign itself.
  private static func encodingProblem(_ text: String) -> LessonProblem? {
    guard let place = text.firstIndex(of: "\u{fffd}") else { return nil }
    let before = text[..<place]
    let line = before.split(separator: "\n", omittingEmptySubsequences: false)
    return LessonProblem(
      line: line.count, column: (line.last?.count ?? 0) + 1,
      message: "these octets are no text in UTF-8; save the file in that encoding")
  }

  /// A file that bears a lesson's name holds that lesson, for it is found by its name.
  private static func nameProblem(
    _ lesson: Lesson, _ file: LessonFile, _ lines: [Substring]
  ) -> LessonProblem? {
    let name = file.name.split(separator: "/").last ?? ""
    guard name.hasSuffix(".yaml"), let expected = LessonID(String(name.dropLast(5))),
      expected != lesson.id
    else { return nil }
    let line = lines.firstIndex { $0.hasPrefix("lesson:") } ?? 0
    return LessonProblem(
      line: line + 1, column: 1, message: "the file \(name) holds the lesson \(lesson.id)",
      suggestion: "\(expected)")
  }

  /// The column of a line's first word, behind the dash of a list.
  private static func start(_ line: Substring) -> Int {
    line.prefix { $0 == " " || $0 == "-" }.count + 1
  }
}
