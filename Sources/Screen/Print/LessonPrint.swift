import Course
import Session
import Simulation

/// A lesson as linear text: for pipes, for paper, and for screen readers.
///
/// Everything stands in the order in which it is to be read; no column has to be followed downwards.
public enum LessonPrint {
  /// The whole lesson with what its run made of it: what is told, asked and answered, what happened in both hosts'
  /// memory by which rule, and the exchange as a ladder.
  ///
  /// Lines have at most 78 columns; there are no escape octets in it.
  public static func text(_ run: LessonRun, _ language: Language) -> String {
    var print = LessonPrinter(run: run, language: language)
    print.print()
    return print.text.text
  }
}

/// Writes one lesson down.
struct LessonPrinter {
  /// Columns of the words that begin a question's parts or explain a term.
  static let labelColumn = 13

  let run: LessonRun
  let language: Language
  var text = LinearText()

  init(run: LessonRun, language: Language) {
    self.run = run
    self.language = language
  }

  func say(_ ko: String, _ en: String) -> String { language == .ko ? ko : en }

  mutating func print() {
    heading()
    for place in run.steps.indices {
      step(place)
      // The ladder sums a run up.
      if isLast(run.steps[place]) { ladder(run.steps[place].run) }
    }
  }

  /// Whether the step is the last of its run in which something happens.
  func isLast(_ done: StepRun) -> Bool {
    run.steps.last { $0.run == done.run && !$0.moments.isEmpty }?.step.id == done.step.id
  }

  private mutating func heading() {
    let lesson = run.lesson
    text.line("\(lesson.id)  \(lesson.title.text(language))")
    var facts = [
      lesson.place.text(language),
      say("\(lesson.minutes)분", "\(lesson.minutes) min"),
    ]
    if let world = run.runs.first?.timeline.configuration {
      facts.append("seed \(world.seed)")
      if let profile = profile(of: world) { facts.append("profile \(profile.rawValue)") }
    }
    if let outside = run.outside { facts.append("TAP · \(outside.peer)") }
    text.line(facts.joined(separator: " · "))
    text.gap()
    text.paragraphs(lesson.summary.text(language), indent: 0)
    if !lesson.needs.isEmpty {
      let names = lesson.needs.map(\.description).joined(separator: ", ")
      text.paragraphs(say("먼저 하면 좋은 수업: \(names)", "Good to take first: \(names)"), indent: 0)
    }
  }

  /// The profile whose settings the hosts have, whatever their buffers are.
  private func profile(of world: WorldConfiguration) -> LessonWorld.Profile? {
    guard let tcp = world.hosts.first?.tcp else { return nil }
    return LessonWorld.Profile.allCases.first { profile in
      var settings = profile.settings
      settings.receiveBuffer = tcp.receiveBuffer
      settings.sendBuffer = tcp.sendBuffer
      return settings == tcp
    }
  }

  private mutating func step(_ place: Int) {
    let done = run.steps[place]
    let step = done.step
    text.gap()
    text.rule()
    let count = say(
      "\(run.steps.count)단계 가운데 \(place + 1)", "Step \(place + 1) of \(run.steps.count)")
    text.ends("\(count) · \(kind(step.kind)) · \(step.title.text(language))", runName(done))
    text.gap()
    // What stands before a question must not know how the step ends; without one it may name what comes.
    let start = run.situation(of: done, at: done.first)
    let end = run.end(of: done)
    text.paragraphs(
      step.narration.text(language, in: done.questions.isEmpty ? end : start))
    for (index, question) in done.questions.enumerated() {
      ask(question, number(index, of: done), start)
    }
    if !step.words.isEmpty { text.gap() }
    for word in step.words {
      text.labelled(word.term, word.meaning.text(language), column: Self.labelColumn)
    }
    happenings(of: done)
    pictures(of: done)
    for (index, question) in done.questions.enumerated() {
      answer(question, number(index, of: done), end)
    }
    if let afterword = step.afterword {
      text.gap()
      text.paragraphs(afterword.text(language, in: end))
    }
  }

  /// The title of the run that the step happens in, where it is not the main one.
  private func runName(_ done: StepRun) -> String {
    run.lesson.runs.first { $0.name == done.step.run }
      .map { "⑂ " + $0.title.text(language) } ?? ""
  }

  /// ` 2` for the second of several questions.
  private func number(_ index: Int, of done: StepRun) -> String {
    done.questions.count > 1 ? " \(index + 1)" : ""
  }

  private func kind(_ kind: LessonStep.Kind) -> String {
    switch kind {
    case .predict: say("예측", "predict")
    case .run: say("실행", "run")
    case .look: say("보기", "look")
    case .break: say("고장 내기", "break")
    case .check: say("확인", "check")
    case .takeaway: say("한 줄 정리", "takeaway")
    }
  }

  private mutating func ladder(_ place: Int) {
    let named = run.runs[place]
    guard !named.timeline.frames.isEmpty else { return }
    text.gap()
    text.line("  " + say("사다리", "The ladder") + title(ofRun: place))
    text.gap()
    let end = named.timeline.state(at: named.timeline.momentCount)
    let scene = Scene(timeline: named.timeline, state: end, language: language)
    for line in LadderText.lines(scene) { text.line(line) }
    text.gap()
  }

  private func title(ofRun place: Int) -> String {
    let name = run.runs[place].name
    return run.lesson.runs.first { $0.name == name }.map { " · \($0.title.text(language))" } ?? ""
  }
}
