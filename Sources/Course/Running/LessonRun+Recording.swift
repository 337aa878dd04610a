import Session
import Stack

extension LessonRun {
  /// Every run with its steps as a recording keeps it: every frame with a comment that says where in the lesson it
  /// was sent.
  public var recording: [Recording.Part] {
    runs.enumerated().map { place, named in
      let origin = named.origin.map { origin in
        RecordedOrigin(
          parent: runs[steps[origin.step].run].name, step: origin.step, moment: origin.moment,
          fork: named.setupEnd)
      }
      let own = steps.enumerated().filter { $0.element.run == place }.map { index, done in
        RecordedStep(id: done.step.id, place: index, first: done.first, last: done.last)
      }
      return Recording.Part(
        name: named.name, named.timeline, lesson: lesson.id.description, steps: own,
        origin: origin
      ) { [comment($0, place)] }
    }
  }

  /// `L05 · syn · moment 37`.
  private func comment(_ frame: FrameRecord, _ place: Int) -> String {
    let step = step(ofMoment: frame.sentMoment, inRun: place)?.step.id
    let parts = ["\(lesson.id)", step, "moment \(frame.sentMoment)"]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }

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
      let origin = part.origin.map { LessonPlace(step: $0.step, moment: $0.moment) }
      runs.append(
        NamedTimeline(
          name: part.name, timeline: part.timeline, setupEnd: part.steps.first?.first ?? 0,
          origin: origin))
      for recorded in part.steps {
        let step =
          BranchWords(part, among: parts).map {
            LessonStep(opened: $0, named: recorded.id, show: [.ladder, .memory])
          } ?? LessonStep(recorded, of: part, lesson: id)
        let done = StepRun(step: step, run: index, first: recorded.first, last: recorded.last)
        steps.append((recorded.place, done))
      }
    }
    steps.sort { ($0.place, $0.done.run) < ($1.place, $1.done.run) }
    lesson.steps = steps.map(\.done).filter { parts[$0.run].origin == nil }.map(\.step)
    self.init(lesson: lesson)
    self.runs = runs
    self.steps = steps.map(\.done)
    guard isWhole else { return nil }
  }

  /// Whether the lesson has steps, its branches stand behind them, and each leads back into what stands before it.
  private var isWhole: Bool {
    let own = lessonSteps
    guard own > 0 else { return false }
    for (place, step) in steps.enumerated() {
      guard let origin = runs[step.run].origin else {
        if place >= own { return false }
        continue
      }
      guard (0..<place).contains(origin.step), steps[origin.step].run < step.run else {
        return false
      }
      let parent = steps[origin.step]
      guard (parent.first...parent.last).contains(origin.moment) else { return false }
    }
    return true
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
