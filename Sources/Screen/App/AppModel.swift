import Course

/// The program on the screen: the map, or a lesson opened from it.
public struct AppModel: Sendable {
  public let lessons: [Lesson]
  public internal(set) var language: Language
  /// The seed of the next lesson that is opened; nil: the lesson's own.
  let seed: UInt64?
  let profile: LessonWorld.Profile?
  var size = Size(width: 80, height: 24)
  public internal(set) var lesson: LessonModel?
  var map: MapModel
  /// How far the learner has come.
  public internal(set) var progress: LearnerProgress
  /// Whether leaving the lesson leads to the map, or out.
  let hasMap: Bool

  /// - Parameters:
  ///   - lessons: in the order of the map.
  ///   - opened: the lesson to begin with; nil begins with the map.
  ///   - prepared: a run of it that cannot be made here, such as one with a host outside.
  public init(
    lessons: [Lesson], opened: LessonID?, language: Language, seed: UInt64?,
    profile: LessonWorld.Profile?, progress: LearnerProgress = LearnerProgress(),
    prepared: LessonRun? = nil
  ) {
    self.lessons = lessons
    self.language = language
    self.seed = seed
    self.profile = profile
    self.progress = progress
    let wanted = opened ?? progress.latest
    map = MapModel(chosen: lessons.first { $0.id == wanted }?.id ?? lessons.first?.id)
    hasMap = opened == nil
    if let opened { open(opened, prepared) }
  }

  mutating func open(_ id: LessonID, _ prepared: LessonRun? = nil) {
    guard let found = lessons.first(where: { $0.id == id }) else { return }
    let run = prepared ?? LessonRunner(seed: seed, profile: profile).run(found)
    let entry = progress.entries[id]
    let step = entry.map { $0.isDone && $0.step == found.steps.count - 1 ? 0 : $0.step } ?? 0
    var model = LessonModel(
      run, language: language, seed: seed ?? found.world.seed, startingAt: step)
    model.size = size
    model.hasMap = hasMap
    model.help = progress.help
    if let outside = run.outside {
      model.notice = Phrase(
        ko: "TAP · server는 \(outside.peer)입니다.", en: "TAP · the server is \(outside.peer).")
    }
    lesson = model
    noteProgress()
  }

  public mutating func update(_ input: Input) -> Effect {
    if case .resize(let size) = input { self.size = size }
    if lesson != nil {
      let outcome = lesson?.update(input)
      language = lesson?.language ?? language
      noteProgress()
      guard outcome == .closed else { return .redraw }
      lesson = nil
      return hasMap ? .redraw : .quit
    }
    switch map.update(input, lessons: lessons, size: size) {
    case .stays: return .redraw
    case .opens(let id, let anew):
      if anew { progress.restart(id) }
      open(id)
      return .redraw
    case .turnsLanguage:
      language = language == .ko ? .en : .ko
      return .redraw
    case .closed: return .quit
    }
  }

  /// Milliseconds until a tick is wanted.
  public var nextWake: Int? { lesson?.nextWake }

  public func render(_ size: Size) -> CellGrid {
    if let lesson { return renderLesson(lesson, size) }
    return renderMap(map, lessons, progress, language, size)
  }

  /// Where the learner is in the lesson; a run of their own is no step of it.
  private mutating func noteProgress() {
    guard let lesson, !lesson.isInBranch else { return }
    let id = lesson.run.lesson.id
    // What a run has behind the lesson's own steps is no further step of it.
    let count = lesson.run.lesson.steps.count
    progress.note(id, step: min(lesson.position.step, count - 1), of: count)
    for (question, answer) in lesson.answered where answer.isRightAtFirst {
      progress.note(id, rightAtFirst: question)
    }
    self.lesson?.help = progress.help
  }
}
