import Course
import Session
import Stack

/// Why something is as it is in one of two runs.
extension ComparisonScene {
  /// The side that has the keys.
  var own: Side { left.hasKeys ? left : right }

  /// What the chosen place is, and the moment that made it so: a value under the ladders, else the newest row. No
  /// subject for a value that is only counted.
  func why(
    _ comparison: Comparison?, shownIn screen: LessonScreen
  ) -> (subject: WhySubject?, moment: Int?) {
    let scene = own.scene
    let subject: WhySubject?
    let values =
      comparison?.chosen == nil ? [] : screen.comparedValues(self, besides: lines().count)
    if let value = values.first(where: { $0.label == comparison?.chosen }) {
      subject = left.hasKeys ? value.whyLeft : value.whyRight
    } else {
      subject = LadderView(scene, ViewState(), isFocused: true).why ?? .moment(scene.index)
    }
    switch subject {
    case .field(let memory, let field):
      let moment = scene.timeline.why(
        field, host: memory.host, socket: memory.socket, at: scene.index)
      return (subject, moment)
    case .moment(let number): return (subject, number > 0 ? number : nil)
    case nil: return (nil, nil)
    }
  }
}

extension LessonModel {
  /// One value on or back; before the first one stands the ladder itself.
  mutating func chooseCompared(_ step: Int) {
    guard let scene = ComparisonScene(self) else { return }
    let labels = LessonScreen(self).comparedValues(scene, besides: scene.lines().count)
      .map(\.label)
    let place = labels.firstIndex { $0 == comparison?.chosen } ?? -1
    let next = min(max(-1, place + step), labels.count - 1)
    comparison?.chosen = next < 0 ? nil : labels[next]
  }

  /// When that happened which Why tells of; nil while it is closed.
  var reasonTime: Instant? {
    guard let comparison, comparison.showsWhy, let scene = ComparisonScene(self) else { return nil }
    let number = scene.why(comparison, shownIn: LessonScreen(self)).moment
    return number.flatMap { scene.own.scene.timeline.moment($0)?.time }
  }

  /// Both go to the time that Why tells of. False where they are there, or where it is closed.
  mutating func goToReason() -> Bool {
    guard let time = reasonTime, time != comparison?.time else { return false }
    goBoth(to: time)
    return true
  }
}
