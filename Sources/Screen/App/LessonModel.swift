import Course
import Session
import Stack

/// A lesson on the screen: where the learner is in it, what is chosen, what is open.
public struct LessonModel: Sendable {
  public internal(set) var run: LessonRun
  /// The lesson's own steps; behind them stand runs that the learner opened.
  let lessonSteps: Int
  public var language: Language
  public let seed: UInt64
  /// Whether leaving the lesson leads to the map, or out.
  var hasMap = true
  /// The terminal's size as last told.
  public var size = Size(width: 80, height: 24)

  /// Where in the lesson: a step, and a moment of its run between the step's first and last state.
  public internal(set) var position: Position
  public internal(set) var state: MomentState
  var cache = StepCache()
  /// What the step's texts call `before`.
  var stepStart: MomentReading

  public internal(set) var focus = Focus.lesson
  /// Views that the learner chose instead of the step's own.
  var chosenViews: [LessonView]?
  var viewStates: [LessonView: ViewState] = [:]
  /// The view shown where only one fits.
  var shownView: LessonView
  var isZoomed = false
  var why: WhySubject?
  var isPlaying = false
  /// Milliseconds between two moments while playing.
  var pace = 400
  var playedFor = 0
  var showsPlainNumbers = false
  var lessonScroll = 0
  public internal(set) var overlay: Overlay?
  /// Two runs side by side in place of the panes.
  var comparison: Comparison?
  var answered: [String: AnsweredQuestion] = [:]
  /// What hints there are for this learner.
  var help = LearnerProgress.Help.ready
  var postponed: Set<String> = []
  var lastSearch = ""
  /// A line about what just happened or why a key did nothing.
  var notice: Phrase?

  public typealias Position = LessonPlace

  public enum Focus: Hashable, Sendable {
    case lesson
    case view(LessonView)
    case why
  }

  /// What is open over the panes and takes the keys.
  public enum Overlay: Hashable, Sendable {
    case help(page: Int)
    case question(AskState)
    case search(String)
    case goTo(String)
    case write(WriteState)
    case fault(FaultState)
    case rename(RenameState)
    case glossary(GlossaryState)
    case readers(Field, [FieldReader])
  }

  struct AnsweredQuestion: Hashable, Sendable {
    var isRight: Bool
    var tries: Int
    /// Hints that were seen before.
    var hints = 0

    /// Right at once, and without help.
    var isRightAtFirst: Bool { isRight && tries == 1 && hints == 0 }
  }

  public init(_ run: LessonRun, language: Language, seed: UInt64, startingAt step: Int = 0) {
    self.run = run
    lessonSteps = run.lessonSteps
    self.language = language
    self.seed = seed
    let place = run.steps.indices.contains(step) ? step : 0
    let first = run.steps[place]
    position = Position(step: place, moment: first.first)
    state = run.timeline(of: first).state(at: first.first)
    stepStart = MomentReading(run.timeline(of: first), at: first.first)
    notice = Phrase(
      ko: "seed \(seed) · 같은 번호를 다시 보려면 --seed \(seed)",
      en: "seed \(seed) · --seed \(seed) brings the same numbers again.")
    shownView = first.step.show.first { LessonView.built.contains($0) } ?? .stage
  }
}

extension LessonModel {
  public var step: StepRun { run.steps[position.step] }
  public var timeline: Timeline { run.timeline(of: step) }

  /// The views of the step, at most two, or those that the learner chose.
  var views: [LessonView] {
    let own = step.step.show.filter { LessonView.built.contains($0) }
    return chosenViews ?? (own.isEmpty ? [.stage, .memory] : Array(own.prefix(2)))
  }

  /// Moments of the run that the lesson goes through; the event at its end may have brought some more.
  var runLength: Int {
    run.steps.filter { $0.run == step.run }.map(\.last).max() ?? timeline.momentCount
  }

  var isLarge: Bool { size.width >= 120 && size.height >= 30 }
  var isTooSmall: Bool { size.width < 80 || size.height < 24 }

  /// The panes in the order of `tab`.
  var panes: [Focus] {
    [.lesson] + views.map { .view($0) } + (why == nil ? [] : [.why])
  }

  /// The view that the keys act on, if a view has them.
  var focusedView: LessonView? {
    if case .view(let view) = focus { return view }
    return nil
  }

  var scene: Scene {
    Scene(
      timeline: timeline, state: state, language: language, covers: covers,
      showsPlainNumbers: showsPlainNumbers, length: runLength)
  }

  func pane(_ view: LessonView) -> any PaneView {
    view.pane(scene, viewState(view), isFocused: focus == .view(view))
  }

  /// What paths in texts mean here.
  var situation: Situation {
    Situation(now: MomentReading(timeline, state), before: stepStart)
  }

  /// What the step says here: something else once it has come to its end and nothing is asked any more.
  var narration: BilingualNarration {
    let isOver = position.moment == step.last && dueQuestion == nil && !isFreshStart
    return isOver ? step.step.afterword ?? step.step.narration : step.step.narration
  }

  /// A step that has just been entered, and in which something is still to happen.
  private var isFreshStart: Bool { position.moment == step.first && step.last > step.first }

  // MARK: Questions

  /// The questions of the step that wait for an answer.
  var openQuestions: [QuestionRun] {
    step.questions.filter { answered[$0.question.id]?.isRight != true }
  }

  /// The question that comes before anything runs, or again at the step's end.
  var dueQuestion: QuestionRun? {
    openQuestions.first { question in
      let id = question.question.id
      if answered[id] != nil { return false }
      return !postponed.contains(id) || (position.moment == step.last && step.last > step.first)
    }
  }

  /// Values that open questions ask for.
  var covers: Set<Cover> {
    var result: Set<Cover> = []
    let reading = MomentReading(timeline, state)
    for question in openQuestions where answered[question.question.id] == nil {
      for path in question.question.covers { result.formUnion(covered(by: path, reading)) }
    }
    return result
  }

  private func covered(by path: Path, _ reading: MomentReading) -> [Cover] {
    switch path.subject {
    case .socket(_, _, let field): return path.record(in: reading).map { [.field($0, field)] } ?? []
    case .frame(.number(let number), .header(let id)):
      let sent = Scene(timeline: timeline, state: state, language: language).frames.count
      let frame = Cover.header(frame: UInt32(clamping: number), id: id)
      return number > sent ? [frame, .unitHeader(id: id)] : [frame]
    case .frame(.last, .header(let id)), .unit(let id): return [.unitHeader(id: id)]
    case .frameCount: return [.frameCount]
    default: return []
    }
  }
}
