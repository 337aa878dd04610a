import Session

extension LessonRun {
  /// A run that the learner opened, as a step of its own behind the lesson's steps.
  ///
  /// - Parameter text: what is said beside it; brackets in it are no expressions.
  /// - Returns: the place of the new step.
  public mutating func add(
    _ branch: TimelineBranch, named name: String, title: Phrase, text: Phrase, show: [LessonView]
  ) -> Int {
    let step = LessonStep(
      id: name, kind: .run, title: title,
      narration: BilingualNarration(ko: Narration(plain: text.ko), en: Narration(plain: text.en)),
      afterword: nil, show: show, point: [], questions: [], run: name, commands: [], until: nil,
      expectations: [], words: [], line: 0)
    runs.append(
      NamedTimeline(name: name, timeline: branch.timeline, setupEnd: branch.fork))
    steps.append(
      StepRun(
        step: step, run: runs.count - 1, first: branch.fork, last: branch.timeline.momentCount))
    return steps.count - 1
  }
}

extension Narration {
  /// A text without values.
  init(plain text: String) {
    source = text
    pieces = [.text(text)]
  }
}
