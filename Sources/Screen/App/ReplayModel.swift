import Course
import Session

/// A recording on the screen: the lesson's screen without the lesson's texts.
public struct ReplayModel: Sendable {
  public internal(set) var lesson: LessonModel

  /// Nil when the recording is of no lesson.
  ///
  /// - Parameter name: the file's name.
  public init?(_ parts: [Recording.Part], name: String, language: Language) {
    let title = Phrase(ko: "다시 보기 · \(name)", en: "replay · \(name)")
    guard let run = LessonRun(replaying: parts, title: title) else { return nil }
    lesson = LessonModel(run, language: language, seed: run.lesson.world.seed)
    let seed = run.lesson.world.seed
    lesson.notice = Phrase(
      ko: "녹화에서 다시 만들었습니다 · seed \(seed)", en: "Made again from the recording · seed \(seed)")
  }

  public mutating func update(_ input: Input) -> Effect {
    lesson.update(input) == .closed ? .quit : .redraw
  }

  /// Milliseconds until a tick is wanted.
  public var nextWake: Int? { lesson.nextWake }

  public func render(_ size: Size) -> CellGrid { renderLesson(lesson, size) }
}
