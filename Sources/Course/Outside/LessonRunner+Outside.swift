import Session
import Simulation
import Stack

extension LessonRunner {
  /// Runs a lesson with its server outside: the same engine, commands and ends of steps, but real frames and real
  /// time. Every run of the lesson gets a line of its own, so that nothing of one is left in the next.
  ///
  /// What would have to be known of the server's memory is left out, and the steps' texts say so.
  ///
  /// - Parameters:
  ///   - reference: The same lesson on the built-in wire.
  ///   - open: Makes a line to such a host.
  /// - Throws: `OutsideFailure`, which says what the line's own problem was or why the lesson cannot be run so.
  public func run<Link: OutsideLink>(
    outside reference: LessonRun,
    over open: (OutsideHost) throws(Link.Problem) -> Link
  ) throws(OutsideFailure<Link.Problem>) -> LessonRun {
    guard reference.problems.isEmpty else {
      throw .refused(OutsideRefusal(.broken, reference.lesson.world.hosts.last ?? ""))
    }
    let plan: OutsideLesson
    do { plan = try OutsideLesson(reference, host: .server) } catch { throw .refused(error) }
    do {
      return try run(plan, reference, over: open)
    } catch {
      throw .link(error)
    }
  }

  private func run<Link: OutsideLink>(
    _ plan: OutsideLesson, _ reference: LessonRun,
    over open: (OutsideHost) throws(Link.Problem) -> Link
  ) throws(Link.Problem) -> LessonRun {
    var run = LessonRun(lesson: plan.lesson)
    var done: [Int: StepRun] = [:]
    var report = OutsideReport()
    for (place, named) in reference.runs.enumerated() {
      let world = named.timeline.configuration.with(outside: plan.host)
      let port = plan.ports.indices.contains(place) ? plan.ports[place] : nil
      let link = try open(OutsideHost(world, plan.host, port: port))
      var part = OutsidePart(run: OutsideRun(world, over: link), name: named.name, place: place)
      try part.perform(plan, &run.problems)
      run.runs.append(
        LessonRun.NamedTimeline(
          name: named.name, timeline: part.run.timeline, setupEnd: part.setupEnd))
      done.merge(part.steps) { $1 }
      report.take(part.run, reference: named.timeline, hasServer: port != nil)
    }
    for place in plan.lesson.steps.indices {
      guard var step = done[place] else { continue }
      judge(step.step, &step, &run)
      run.steps.append(step)
    }
    run.addReport(report)
    return run
  }
}

/// Why there is no run.
public enum OutsideFailure<Problem: Error>: Error {
  /// The line could not be made, or broke.
  case link(Problem)
  /// The lesson needs what no host outside gives.
  case refused(OutsideRefusal)
}

/// One run of a lesson while it goes on.
private struct OutsidePart<Link: OutsideLink> {
  var run: OutsideRun<Link>
  let name: String
  let place: Int
  var setupEnd = 0
  /// The steps that happened in this run, by their place in the lesson.
  var steps: [Int: StepRun] = [:]

  init(run: OutsideRun<Link>, name: String, place: Int) {
    self.run = run
    self.name = name
    self.place = place
  }

  mutating func perform(
    _ plan: OutsideLesson, _ problems: inout [LessonProblem]
  ) throws(Link.Problem) {
    let lesson = plan.lesson
    let world = lesson.runs.first { $0.name == name }?.world ?? lesson.world
    for line in world.programs { try carryOut(line, &problems) }
    setupEnd = run.timeline.momentCount
    var last = setupEnd
    for (index, step) in lesson.steps.enumerated() where step.run == name {
      var done = StepRun(step: step, run: place, first: last, last: last)
      for line in step.commands { try carryOut(line, &problems) }
      if let end = try end(of: step, plan.ends[index], after: last, plan.spans[index]) {
        done.last = end
      } else {
        done.last = run.timeline.momentCount
        problems.append(
          LessonProblem(
            line: step.line, column: 1,
            message: "step “\(step.id)” did not come to its end in time over this link"))
      }
      last = done.last
      steps[index] = done
    }
    try finish()
  }

  private mutating func carryOut(
    _ line: CommandLine, _ problems: inout [LessonProblem]
  ) throws(Link.Problem) {
    let reading = MomentReading(run.timeline, at: run.timeline.momentCount)
    let command: Command
    do {
      command = try line.command(in: reading)
    } catch {
      problems.append(
        LessonProblem(
          line: max(1, line.line), column: 1, message: error.message,
          suggestion: error.suggestion))
      return
    }
    try run.perform(command)
  }

  /// The number of the moment at which a step ends; nil where that takes much longer than on the built-in wire.
  private mutating func end(
    of step: LessonStep, _ end: OutsideEnd, after first: Int, _ span: Nanoseconds
  ) throws(Link.Problem) -> Int? {
    let deadline = run.link.now + span + Self.patience
    let done = step.commands.isEmpty ? first : run.timeline.momentCount
    switch (end, step.until) {
    case (.frame(let kind, let nth), _):
      let arrival = try run.find(nth: nth, after: first, until: deadline) {
        moment, number, timeline in
        moment.event == .frameReceived && moment.host == timeline.configuration.outside
          && OutsideEnd.kind(ofMoment: number, in: timeline) == kind
      }
      guard let arrival, try run.awaitSilence(of: OutsideEnd.quietTime, until: deadline) else {
        return nil
      }
      return arrival
    case (.silence, _):
      return try run.awaitSilence(of: OutsideEnd.quietTime, until: deadline) ? done : nil
    case (.asWritten, nil): return done
    case (.asWritten, .quiet?):
      guard try run.goOn(untilSilent: Self.quiet, deadline: deadline) else { return nil }
      return run.timeline.momentCount
    case (.asWritten, .moment(let pattern)?):
      let start = MomentReading(run.timeline, at: first)
      return try run.find(nth: pattern.nth, after: first, until: deadline) {
        moment, number, timeline in
        pattern.fits(moment, number: number, in: timeline, start: start)
      }
    }
  }

  /// What has come by the run's end belongs to it: a kernel that objects to the last frame must not go unheard.
  private mutating func finish() throws(Link.Problem) {
    _ = try run.goOn(untilSilent: OutsideEnd.quietTime, deadline: run.link.now + Self.patience)
  }

  /// Real time that a step may take beyond what it takes on the built-in wire.
  private static var patience: Nanoseconds { .seconds(5) }
  /// So long a silence is the end of a step that ends when nothing more happens.
  private static var quiet: Nanoseconds { .milliseconds(300) }
}
