import Session

/// What a learner does with `f`, as a script says it: `syn: drop frame`, `37: delay frame 2 by 50 ms`,
/// `drop-1/120: server reboot`. Behind the place stands a command as in a lesson.
public struct LearnerFault: Hashable, Sendable {
  public let text: String
  fileprivate let place: PlaceWords
  fileprivate let command: String

  /// - Throws: when the text has not this form. Whether it fits a lesson is found out when it is done.
  public init(_ text: String) throws(CommandProblem) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[1].contains(where: { !$0.isWhitespace }) else {
      throw CommandProblem(
        "say where and what, such as “syn: drop frame”, not “\(text)”", word: text)
    }
    self.text = text
    place = PlaceWords(parts[0])
    command = String(parts[1].drop { $0.isWhitespace })
  }
}

extension LessonRun {
  /// Does what a learner could have done; the run that it opens stands behind the others.
  ///
  /// - Returns: the place of its step.
  /// - Throws: when this lesson has no such place, or the command cannot be there.
  @discardableResult
  public mutating func perform(_ fault: LearnerFault) throws(CommandProblem) -> Int {
    try open(fault.command, at: fault.place.place(in: self, fault.text))
  }
}
