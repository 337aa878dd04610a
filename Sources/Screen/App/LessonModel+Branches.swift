import Course
import Session
import Simulation
import Stack
import Wire

/// Writing to the memory, and asking who reads it.
extension LessonModel {
  /// Steps of the lesson itself; behind them stand the runs that the learner opened.
  var isInBranch: Bool { position.step >= lessonSteps }

  /// The field that `e` and `u` are about: what is chosen in Memory.
  private var chosenField: (MemoryReference, Field, Int)? {
    guard case .field(let memory, let field) = viewState(.memory).selection,
      let slot = scene.slot(memory)
    else { return nil }
    return (memory, field, slot)
  }

  private static let chooseFirst = Phrase(
    ko: "먼저 메모리에서 칸을 고르세요: 3, 그다음 화살표.",
    en: "First choose a field in Memory: 3, then the arrows.")

  /// A run with a real host cannot fork: the host's past cannot be brought back.
  var cannotFork: Bool { timeline.configuration.outside != nil }

  private static let noFork = Phrase(
    ko: "상대가 진짜 커널이라 지난 순간으로 되돌릴 수 없습니다. --link 없이 열면 적을 수 있습니다.",
    en: "The peer is a real kernel and cannot be rewound. Without --link you can write.")

  mutating func openWriting() {
    if cannotFork {
      notice = Self.noFork
      return
    }
    guard let (memory, field, _) = chosenField else {
      notice = Self.chooseFirst
      return
    }
    overlay = .write(WriteState(memory: memory, field: field))
  }

  mutating func updateWriting(_ key: Key, _ current: WriteState) {
    var state = current
    switch key {
    case .escape: overlay = nil
    case .enter:
      guard !state.text.isEmpty else { return }
      if let number = scene.block(state.memory)?.number(state.text, for: state.field) {
        overlay = nil
        write(number, state)
      } else {
        state.isUnreadable = true
        overlay = .write(state)
      }
    default:
      state.isUnreadable = false
      state.text = edited(state.text, key)
      overlay = .write(state)
    }
  }

  /// The octets go into the memory at this moment; what follows is a run of its own.
  private mutating func write(_ number: UInt64, _ state: WriteState) {
    guard let slot = scene.slot(state.memory),
      let place = run.write(
        number, to: state.field, host: state.memory.host, slot: slot, at: position,
        show: [shownView == .memory ? .ladder : shownView, .memory])
    else { return }
    go(Position(step: place, moment: run.steps[place].first + 1))
    shownView = .memory
    focus = .view(.memory)
  }

  /// The rules that next read the chosen field, found by trying other numbers on copies of the run.
  mutating func openReaders() {
    if cannotFork {
      notice = Self.noFork
      return
    }
    guard let (memory, field, slot) = chosenField else {
      notice = Self.chooseFirst
      return
    }
    let readers = timeline.readers(
      of: field, host: memory.host, slot: slot, at: position.moment)
    overlay = .readers(field, readers)
  }
}

/// A number on its way into a field.
public struct WriteState: Hashable, Sendable {
  public var memory: MemoryReference
  public var field: Field
  public var text = ""
  public var isUnreadable = false
}
