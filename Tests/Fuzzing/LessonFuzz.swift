import Course
import Session
import Simulation
import Stack

/// The text of a lesson: each problem lies in it, and one that reads well can be run.
enum LessonFuzz {
  static func take(_ octets: [UInt8]) throws(Finding) {
    let text = String(decoding: octets, as: UTF8.self)
    let lesson: Lesson
    do throws(LessonProblems) {
      lesson = try Lesson(yaml: text)
    } catch {
      try require(!error.problems.isEmpty, "refused without a reason")
      for problem in error.problems { try check(problem, text) }
      return
    }
    var runner = LessonRunner()
    runner.longestStep = .seconds(200)
    runner.mostMoments = 3_000
    guard lesson.steps.count <= 12, lesson.runs.count <= 6 else { return }
    let run = runner.run(lesson)
    try require(run.steps.count == lesson.steps.count, "\(run.steps.count) steps were run")
    for step in run.steps {
      try require(step.first <= step.last, "a step from \(step.first) to \(step.last)")
      try require(
        step.last <= run.timeline(of: step).momentCount, "it ends behind the last moment")
      let end = run.end(of: step)
      for language in [Language.ko, .en] {
        _ = step.step.narration.text(language, in: end)
        _ = step.step.afterword?.text(language, in: end)
      }
    }
    for problem in run.problems { try check(problem, text) }
  }

  private static func check(_ problem: LessonProblem, _ text: String) throws(Finding) {
    try require(!problem.message.isEmpty, "a problem without words")
    // YAML takes more characters as the ends of lines than the newline.
    let lines = text.unicodeScalars.count {
      "\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0)
    }
    try require((1...(lines + 2)).contains(problem.line), "line \(problem.line) of \(lines + 1)")
    try require(
      (1...(text.unicodeScalars.count + 2)).contains(problem.column), "column \(problem.column)")
  }
}

/// A run on whose state expressions and commands are tried.
enum FuzzRun {
  static let hosts = ["client", "server"]
  static let context = PathContext(hosts: hosts)

  /// A visit of a browser in its midst, with data on the wire.
  static let visit: Timeline = {
    var timeline = Timeline(.clientAndServer(seed: 5, profile: .modern))
    let server = SocketAddress(timeline.configuration.hosts[1].address, 80)
    timeline.perform(
      .start(.webServer(WebServer()), host: .server, process: CommandLine.process(of: .server)))
    timeline.perform(
      .start(
        .browser(Browser(server: server, path: "/")), host: .client,
        process: CommandLine.process(of: .client)))
    timeline.perform(.run(.milliseconds(45)))
    return timeline
  }()

  static let reading = MomentReading(visit, at: visit.momentCount)
  private static let before = MomentReading(visit, at: 20)
  static var situation: Situation { Situation(now: reading, before: before) }
}

/// Expressions, paths and narrations: read, evaluated and written again.
enum ExpressionFuzz {
  static func take(_ octets: [UInt8]) throws(Finding) {
    let text = String(decoding: octets, as: UTF8.self)
    var paths: [Path] = []
    do throws(ExpressionProblem) {
      let expression = try Expression(text, in: FuzzRun.context)
      paths = expression.paths
      _ = (try? expression.value(in: FuzzRun.situation))?.text
    } catch {
      try check(error, text)
    }
    for path in paths {
      let again = try? Path(path.description, in: FuzzRun.context)
      try require(again == path, "\(path) comes back as \(again.debugDescription)")
    }
    do throws(ExpressionProblem) {
      let narration = try Narration(text, in: FuzzRun.context)
      _ = narration.text(in: FuzzRun.situation)
    } catch {
      try check(error, text)
    }
  }

  private static func check(_ problem: ExpressionProblem, _ text: String) throws(Finding) {
    try require(!problem.message.isEmpty, "a problem without words")
    try require((0...text.count).contains(problem.offset), "\(problem.offset): \(problem.message)")
  }
}

/// A command: read, carried out on a run, and the run goes on for a while.
enum CommandFuzz {
  static func take(_ octets: [UInt8]) throws(Finding) {
    let text = String(decoding: octets, as: UTF8.self)
    do throws(CommandProblem) {
      let line = try CommandLine(text, in: FuzzRun.context)
      var timeline = FuzzRun.visit
      timeline.perform(try line.command(in: FuzzRun.reading))
      let end = timeline.momentCount + 500
      while timeline.momentCount < end, timeline.advance() {}
      _ = MomentReading(timeline, at: timeline.momentCount)
    } catch {
      try require(!error.message.isEmpty, "a problem without words")
      if let word = error.word, !word.isEmpty {
        try require(!text.isEmpty, "“\(word)” of nothing")
      }
    }
  }
}

/// The octets of a recorded run: another run or a refusal.
enum RunFuzz {
  /// A recording tells how many moments its run has; more are not made.
  private static let momentLimit = 100_000

  static func take(_ octets: [UInt8]) throws(Finding) {
    guard let timeline = try? RecordedRun.timeline(from: octets, momentLimit: momentLimit) else {
      return
    }
    try require(timeline.momentCount <= 2 * momentLimit, "\(timeline.momentCount) moments")
    let again = try? RecordedRun.timeline(from: RecordedRun.octets(of: timeline))
    try require(again?.momentCount == timeline.momentCount, "another run comes back")
    try require(again?.frames == timeline.frames, "other frames come back")
  }
}
