import Course
import Session

/// A lesson's run as a pcapng file: every frame with a comment that says where in the lesson it was sent.
enum LessonRecording {
  static func octets(of run: LessonRun) -> [UInt8] {
    Recording.octets(
      of: run.runs.enumerated().map { place, named in
        Recording.Part(name: named.name, named.timeline) { [comment($0, run, place)] }
      })
  }

  /// `L05 · syn · moment 37`.
  private static func comment(_ frame: FrameRecord, _ run: LessonRun, _ place: Int) -> String {
    let step = run.step(ofMoment: frame.sentMoment, inRun: place)?.step.id
    let parts = ["\(run.lesson.id)", step, "moment \(frame.sentMoment)"]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }
}
