import Session

/// A lesson run to its end with the right answers: what every step did, and what is right in it.
public struct LessonRun: Sendable {
  public let lesson: Lesson
  /// The main run first, then the others in the order of the lesson.
  public internal(set) var runs: [NamedTimeline] = []
  /// One for each step of the lesson, in its order.
  public internal(set) var steps: [StepRun] = []
  /// What did not come out as the lesson says: commands that cannot be, ends that are never
  /// reached, expectations that do not hold, questions without one right answer.
  public internal(set) var problems: [LessonProblem] = []
  /// What was different where a host was outside; nil where none was.
  public internal(set) var outside: OutsideReport?

  public struct NamedTimeline: Sendable {
    public internal(set) var name: String
    public internal(set) var timeline: Timeline
    /// Moments that the world's own programs had before the first step.
    public internal(set) var setupEnd: Int
    /// Where the learner opened it; nil for the lesson's own runs.
    public internal(set) var origin: LessonPlace?
  }

  public func timeline(of step: StepRun) -> Timeline { runs[step.run].timeline }
}

/// What one step did.
public struct StepRun: Sendable {
  public internal(set) var step: LessonStep
  /// The run it happens in, as a place in `LessonRun.runs`.
  public let run: Int
  /// The state it begins at: so many moments have passed.
  public let first: Int
  /// The state it ends at.
  public internal(set) var last: Int
  public internal(set) var questions: [QuestionRun] = []
  public internal(set) var expectations: [ExpectationRun] = []

  /// The numbers of the step's own moments.
  public var moments: Range<Int> { (first + 1)..<(last + 1) }
}

/// An expectation and what became of it.
public struct ExpectationRun: Sendable {
  public let expectation: Expectation
  public let actual: Value
  public let expected: Value
  public var holds: Bool { actual.matches(expected) }
}

extension LessonRun {
  /// What paths in a step's texts mean when so many moments have passed.
  public func situation(of step: StepRun, at moment: Int) -> Situation {
    let timeline = timeline(of: step)
    return Situation(
      now: MomentReading(timeline, at: moment), before: MomentReading(timeline, at: step.first))
  }

  /// The same at the step's end.
  public func end(of step: StepRun) -> Situation { situation(of: step, at: step.last) }

  /// The step that a moment of a run belongs to; in a branch's shared past that of the run which it left. Nil
  /// before the first.
  public func step(ofMoment number: Int, inRun run: Int) -> StepRun? {
    if let own = steps.last(where: { $0.run == run && $0.first < number }) { return own }
    guard let origin = runs[run].origin, steps[origin.step].run < run else { return nil }
    return step(ofMoment: number, inRun: steps[origin.step].run)
  }
}
