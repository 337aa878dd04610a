import Course
import Session

/// A lesson's run as JSON Lines.
enum LessonJSON {
  /// The lines of one of its runs, one a moment; what happens before the first step has no step.
  static func lines(of run: LessonRun, run place: Int) -> some Sequence<String> {
    let named = run.runs[place]
    let lesson = run.lesson.id.description
    return (1..<(named.timeline.momentCount + 1)).lazy.compactMap { number in
      let step = run.step(ofMoment: number, inRun: place)?.step.id
      return JSONLine.of(
        number, in: named.timeline,
        at: JSONLine.Place(lesson: lesson, step: step, branch: named.name))
    }
  }
}
