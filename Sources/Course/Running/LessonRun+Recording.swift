import Session

extension LessonRun {
  /// A lesson's run as its recording has it: every run and every step at its moments, without the lesson's texts.
  /// Nil when the recording is of no lesson.
  public init?(replaying parts: [Recording.Part], title: Phrase) {
    guard let id = parts.first?.lesson.flatMap({ LessonID($0) }), let first = parts.first else {
      return nil
    }
    var lesson = Lesson(
      id: id, section: "", title: title, summary: title, minutes: 1, needs: [],
      world: LessonWorld(), runs: [], steps: [])
    lesson.world.seed = first.timeline.configuration.seed
    var runs: [NamedTimeline] = []
    var steps: [(place: Int, done: StepRun)] = []
    for (index, part) in parts.enumerated() {
      runs.append(
        NamedTimeline(
          name: part.name, timeline: part.timeline, setupEnd: part.steps.first?.first ?? 0))
      for recorded in part.steps {
        let step = LessonStep(recorded, of: part, lesson: id)
        let done = StepRun(step: step, run: index, first: recorded.first, last: recorded.last)
        steps.append((recorded.place, done))
      }
    }
    guard !steps.isEmpty else { return nil }
    steps.sort { ($0.place, $0.done.run) < ($1.place, $1.done.run) }
    lesson.steps = steps.map(\.done.step)
    self.init(lesson: lesson)
    self.runs = runs
    self.steps = steps.map(\.done)
  }
}

extension LessonStep {
  /// A step of which only its place is known.
  fileprivate init(_ step: RecordedStep, of part: Recording.Part, lesson: LessonID) {
    let moments = "\(min(step.first + 1, step.last))–\(step.last)"
    let ko = Narration(
      plain: "\(lesson) 수업의 ‘\(step.id)’ 단계를 녹화한 것입니다.\n\n순간 \(moments)\n\n"
        + ".으로 나아가고 ,로 돌아갑니다. w는 왜 그런지 알려 줍니다.")
    let en = Narration(
      plain: "The step “\(step.id)” of \(lesson), as it was recorded.\n\nMoments \(moments)\n\n"
        + ". goes on and , goes back; w tells why.")
    self.init(
      id: step.id, kind: .look, title: Phrase(ko: step.id, en: step.id),
      narration: BilingualNarration(ko: ko, en: en), afterword: nil, show: [.ladder, .memory],
      point: [], questions: [], run: part.name, commands: [], until: nil, expectations: [],
      words: [], line: 1)
  }
}
