import Course
import Session

/// A lesson's run as a pcapng file: every frame with a comment that says where in the lesson it was sent.
enum LessonRecording {
  static func octets(of run: LessonRun) -> [UInt8] {
    Recording.octets(
      of: run.runs.enumerated().map { place, named in
        Recording.Part(
          name: named.name, named.timeline, lesson: run.lesson.id.description,
          steps: steps(of: run, place)
        ) { [comment($0, run, place)] }
      })
  }

  private static func steps(of run: LessonRun, _ place: Int) -> [RecordedStep] {
    run.steps.enumerated().filter { $0.element.run == place }.map { index, done in
      RecordedStep(id: done.step.id, place: index, first: done.first, last: done.last)
    }
  }

  /// `L05 · syn · moment 37`.
  private static func comment(_ frame: FrameRecord, _ run: LessonRun, _ place: Int) -> String {
    let step = run.step(ofMoment: frame.sentMoment, inRun: place)?.step.id
    let parts = ["\(run.lesson.id)", step, "moment \(frame.sentMoment)"]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }
}
