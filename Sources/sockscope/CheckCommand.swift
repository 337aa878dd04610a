import ArgumentParser
import Course

/// `sockscope check FILE…`: everything that is wrong with lesson files, in one go.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check lesson files: what is wrong, where, and what was meant.",
    discussion: """
      Each lesson is read and then run without a learner. A folder stands for all *.yaml in it and below it.

      EXAMPLES:
        sockscope check Lessons               all lessons
        sockscope check L05.yaml L06.yaml     these two

      EXIT STATUS:
        0 nothing is wrong, 1 something is, 2 a file cannot be read
      """)

  @Argument(
    help: ArgumentHelp("Lesson files, or folders with them.", valueName: "file"),
    completion: Completions.lessonFiles)
  var files: [String]

  @OptionGroup var shared: SharedOptions

  func run() throws {
    var unreadable: [Failure] = []
    var checked = 0
    var wrong = 0
    for path in files {
      do throws(Failure) {
        for file in try LessonFolders.files(at: path, shared) {
          let problems = LessonCheck.problems(in: file)
          checked += 1
          wrong += problems.count
          let lines = problems.map { "\(file.name):\($0.errorLine)\n" }
          try Console.write(lines.joined())
        }
      } catch {
        unreadable.append(error)
      }
    }
    for failure in unreadable { failure.report() }
    if !unreadable.isEmpty { throw ExitCode(2) }
    if wrong > 0 { throw ExitCode(1) }
    let count = shared.say(
      "수업 파일 \(checked)개", "\(checked) lesson \(checked == 1 ? "file" : "files")")
    try Console.write(count + shared.say(": 잘못된 곳이 없습니다.\n", ": nothing is wrong.\n"))
  }
}

extension LessonProblem {
  /// `12:5: error: unknown key “titel”; did you mean “title”?`: the form that editors jump by.
  fileprivate var errorLine: String {
    let place = "\(line):\(column):"
    return "\(place) error:\(description.dropFirst(place.count))"
  }
}
