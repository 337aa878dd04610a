import Session
import Simulation
import Stack

/// Runs lessons without a learner: commands are performed, time passes until each step's end.
public struct LessonRunner: Sendable {
  /// What a learner may choose for all runs; nil: what the lesson says.
  public var seed: UInt64?
  public var profile: LessonWorld.Profile?

  public init(seed: UInt64? = nil, profile: LessonWorld.Profile? = nil) {
    self.seed = seed
    self.profile = profile
  }

  /// Virtual time that a step may take to its end.
  public var longestStep = Nanoseconds.seconds(600)
  /// Moments that a step may take to its end.
  public var mostMoments = 200_000

  public func run(_ lesson: Lesson) -> LessonRun {
    var run = LessonRun(lesson: lesson)
    let names = [LessonRunPlan.main] + lesson.runs.map(\.name)
    for name in names {
      let world = lesson.runs.first { $0.name == name }?.world ?? lesson.world
      run.runs.append(start(name, world, &run.problems))
    }
    var ends = run.runs.map(\.setupEnd)
    for step in lesson.steps {
      let place = names.firstIndex(of: step.run) ?? 0
      var done = StepRun(step: step, run: place, first: ends[place], last: ends[place])
      perform(step, &done, &run)
      ends[place] = done.last
      judge(step, &done, &run)
      run.steps.append(done)
    }
    return run
  }

  /// A fresh run in which the world's programs have come to their first wait.
  private func start(
    _ name: String, _ world: LessonWorld, _ problems: inout [LessonProblem]
  ) -> LessonRun.NamedTimeline {
    var timeline = Timeline(world.configuration(seed: seed, profile: profile))
    for line in world.programs { carryOut(line, &timeline, &problems) }
    while timeline.live.nextEventTime == .zero, timeline.momentCount < mostMoments {
      _ = timeline.advance()
    }
    return LessonRun.NamedTimeline(
      name: name, timeline: timeline, setupEnd: timeline.momentCount, origin: nil)
  }

  private func carryOut(
    _ line: CommandLine, _ timeline: inout Timeline, _ problems: inout [LessonProblem]
  ) {
    do {
      let reading = MomentReading(timeline, at: timeline.momentCount)
      timeline.perform(try line.command(in: reading))
    } catch {
      problems.append(
        LessonProblem(
          line: max(1, line.line), column: 1, message: error.message,
          suggestion: error.suggestion))
    }
  }

  private func perform(_ step: LessonStep, _ done: inout StepRun, _ run: inout LessonRun) {
    for line in step.commands {
      carryOut(line, &run.runs[done.run].timeline, &run.problems)
    }
    switch step.until {
    case nil:
      if !step.commands.isEmpty { done.last = run.runs[done.run].timeline.momentCount }
    case .quiet:
      runToQuiet(&run.runs[done.run].timeline)
      done.last = run.runs[done.run].timeline.momentCount
    case .moment(let pattern):
      if let end = find(pattern, from: done.first, in: &run.runs[done.run].timeline) {
        done.last = end
      } else {
        done.last = run.runs[done.run].timeline.momentCount
        run.problems.append(
          LessonProblem(
            line: pattern.line, column: 1,
            message: "step “\(step.id)” never reaches the moment that “until” asks for"))
      }
    }
  }

  /// Runs everything that happens by itself within the longest time of a step.
  private func runToQuiet(_ timeline: inout Timeline) {
    let end = timeline.live.now + longestStep
    let most = timeline.momentCount + mostMoments
    while let next = timeline.live.nextEventTime, next <= end, timeline.momentCount < most {
      _ = timeline.advance()
    }
  }

  /// The number of the moment that fits, running on as far as it takes.
  private func find(
    _ pattern: MomentPattern, from first: Int, in timeline: inout Timeline
  ) -> Int? {
    let start = MomentReading(timeline, at: first)
    var number = first
    var count = 0
    return timeline.run(
      after: first, until: timeline.live.now + longestStep, momentLimit: mostMoments
    ) { moment, timeline in
      number += 1
      guard pattern.fits(moment, number: number, in: timeline, start: start) else { return false }
      count += 1
      return count == pattern.nth
    }
  }

  func judge(_ step: LessonStep, _ done: inout StepRun, _ run: inout LessonRun) {
    let situation = run.end(of: done)
    for expectation in step.expectations {
      do {
        let actual = try expectation.path.value(in: situation)
        let expected = try expectation.value.value(in: situation)
        let result = ExpectationRun(
          expectation: expectation, actual: actual, expected: expected)
        done.expectations.append(result)
        if !result.holds {
          let text = "\(expectation.path.source) is \(actual.text), not \(expected.text)"
          run.problems.append(LessonProblem(line: expectation.line, column: 1, message: text))
        }
      } catch {
        run.problems.append(
          LessonProblem(line: expectation.line, column: 1, message: error.message))
      }
    }
    let timeline = run.runs[done.run].timeline
    for question in step.questions {
      do {
        done.questions.append(try QuestionRun(question, of: done, in: timeline, situation))
      } catch {
        run.problems.append(
          LessonProblem(line: question.line, column: 1, message: error.message))
      }
    }
  }
}
