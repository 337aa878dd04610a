import Course
import Session

// The views that have a form in plain text, as they stand at a step's end.
extension LessonPrinter {
  mutating func pictures(of done: StepRun) {
    let timeline = run.timeline(of: done)
    for view in done.step.show {
      let scene = Scene(
        timeline: timeline, state: timeline.state(at: done.last), language: language)
      let lines: [String]
      switch view {
      case .buffers: lines = BuffersText.lines(scene)
      case .plot: lines = PlotText.lines(scene)
      default: continue
      }
      guard let first = lines.first else { continue }
      text.gap()
      text.line("  \(view.name.text(language)) · \(first)")
      for line in lines.dropFirst() { text.line("    " + line) }
    }
  }
}
