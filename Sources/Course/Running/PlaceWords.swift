import Session

/// A place in a lesson as a script says it: a step's name for its end, `37`, `lost-ack/120`.
enum PlaceWords: Hashable, Sendable {
  /// After so many moments of a run; nil: the main one.
  case moment(Int, run: String?)
  /// At the end of the step with this name.
  case step(String)

  init(_ text: String) {
    let place = text.split(separator: " ").joined(separator: " ")
    let parts = place.split(separator: "/", maxSplits: 1).map(String.init)
    if let last = parts.last, let number = Int(last) {
      self = .moment(number, run: parts.count == 2 ? parts[0] : nil)
    } else {
      self = .step(place)
    }
  }

  /// - Parameter text: what the place is part of, for the sentence.
  /// - Throws: when the lesson has no such place.
  func place(in run: LessonRun, _ text: String) throws(CommandProblem) -> LessonPlace {
    switch self {
    case .step(let id):
      guard let step = run.steps.firstIndex(where: { $0.step.id == id }) else {
        throw CommandProblem(
          "“\(text)”: there is no step “\(id)”",
          suggestion: Suggestion.nearest(to: id, in: run.steps.map(\.step.id)), word: id)
      }
      return LessonPlace(step: step, moment: run.steps[step].last)
    case .moment(let number, let name):
      let names = run.runs.map(\.name)
      guard let index = name.map({ names.firstIndex(of: $0) }) ?? 0 else {
        throw CommandProblem(
          "“\(text)”: there is no run “\(name ?? "")”",
          suggestion: name.flatMap { Suggestion.nearest(to: $0, in: names) }, word: name)
      }
      let count = run.runs[index].timeline.momentCount
      guard 0...count ~= number, let place = run.place(ofMoment: number, inRun: index) else {
        throw CommandProblem("“\(text)”: the moments of \(names[index]) are 0 to \(count)")
      }
      return place
    }
  }
}
