import Session
import Stack

/// A question in a run: its right answer as the engine gives it.
public struct QuestionRun: Sendable {
  public let question: Question
  public let right: Answer
  /// The value asked for by `predict`.
  public let value: Value?

  /// Reads the right answer off the step's end; the problem says why there is not exactly one.
  init(
    _ question: Question, of step: StepRun, in timeline: Timeline, _ situation: Situation
  ) throws(ExpressionProblem) {
    self.question = question
    switch question.kind {
    case .predict(let expression):
      let value = try expression.value(in: situation)
      guard value != .unset else {
        throw ExpressionProblem("“\(expression.source)” has no value at the step’s end")
      }
      self.value = value
      right = .typed(value.text)
    case .choose(let choices):
      value = nil
      right = .choice(try QuestionRun.rightChoice(choices, situation))
    case .point(let paths):
      value = nil
      guard let path = paths.first else { throw ExpressionProblem("there is nothing to point at") }
      right = .place(path)
    case .order(let items):
      value = nil
      right = .order(try QuestionRun.order(items, of: step, in: timeline))
    case .next(let events):
      value = nil
      right = .choice(try QuestionRun.first(of: events, in: step, timeline))
    }
  }

  private static func rightChoice(
    _ choices: [Question.Choice], _ situation: Situation
  ) throws(ExpressionProblem) -> Int {
    var right: [Int] = []
    for (index, choice) in choices.enumerated() {
      guard let condition = choice.condition else { continue }
      guard case .truth(let truth) = try condition.value(in: situation) else {
        throw ExpressionProblem("“\(condition.source)” is neither true nor false")
      }
      if truth { right.append(index) }
    }
    if right.isEmpty, let other = choices.firstIndex(where: { $0.condition == nil }) {
      return other
    }
    guard right.count == 1, let only = right.first else {
      throw ExpressionProblem("\(right.count) answers of this question are right at the step’s end")
    }
    return only
  }

  /// The places of the items in the order in which they first happened in the run, up to the step's
  /// end.
  private static func order(
    _ items: [Question.OrderItem], of step: StepRun, in timeline: Timeline
  ) throws(ExpressionProblem) -> [Int] {
    var places: [(moment: Int, item: Int)] = []
    for (index, item) in items.enumerated() {
      guard let found = item.pattern.moment(in: timeline, after: 0, upTo: step.last) else {
        throw ExpressionProblem("“\(item.text.en.source)” has not happened by the step’s end")
      }
      if places.contains(where: { $0.moment == found }) {
        throw ExpressionProblem("“\(item.text.en.source)” happens together with another thing")
      }
      places.append((found, index))
    }
    return places.sorted { $0.moment < $1.moment }.map(\.item)
  }

  /// The place of the event that comes first after the step's start; the others need not come at all.
  private static func first(
    of events: [Question.NextEvent], in step: StepRun, _ timeline: Timeline
  ) throws(ExpressionProblem) -> Int {
    var first: (moment: Int, event: Int)?
    for (index, event) in events.enumerated() {
      // What comes after the first one so far cannot be the answer.
      let last = first?.moment ?? step.last
      guard let found = event.pattern.moment(in: timeline, after: step.first, upTo: last) else {
        continue
      }
      if found == first?.moment {
        throw ExpressionProblem("“\(event.text.en.source)” happens together with another thing")
      }
      first = (found, index)
    }
    guard let first else {
      throw ExpressionProblem("none of these events comes before the step’s end")
    }
    return first.event
  }
}
