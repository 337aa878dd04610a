import Course

/// A name on its way to a branch.
public struct RenameState: Hashable, Sendable {
  /// The branch, by its place among the lesson's runs.
  public let run: Int
  public var text = ""
  /// Another run or step goes by it.
  public var isTaken = false
}

/// Names for the runs that the learner opened.
extension LessonModel {
  /// The branch on the screen, beside another run the one that has the keys.
  mutating func openRenaming() {
    let place = comparison?.own.run ?? step.run
    guard run.runs[place].origin != nil else {
      notice = Phrase(
        ko: "수업의 흐름에는 새 이름을 붙이지 않습니다. f나 e로 연 갈래에 들어가서 누르세요.",
        en: "The lesson's own run keeps its name: R names a branch, which f and e open.")
      return
    }
    overlay = .rename(RenameState(run: place))
  }

  mutating func updateRenaming(_ key: Key, _ current: RenameState) {
    var state = current
    switch key {
    case .escape: overlay = nil
    case .enter:
      let old = run.runs[state.run].name
      if state.text.allSatisfy(\.isWhitespace) {
        overlay = nil
      } else if run.rename(state.run, to: state.text) {
        overlay = nil
        let new = run.runs[state.run].name
        notice = Phrase(ko: "⑂ \(old) → \(new)", en: "⑂ \(old) → \(new)")
      } else {
        state.isTaken = true
        overlay = .rename(state)
      }
    default:
      state.isTaken = false
      state.text = edited(state.text, key)
      overlay = .rename(state)
    }
  }
}
