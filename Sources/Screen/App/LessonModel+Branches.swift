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

  mutating func openWriting() {
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
      if let number = number(state) {
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

  /// `0x9a3c1f21`, `80`, `+1000`, `-1`, `LISTEN`, `192.0.2.9`.
  private func number(_ state: WriteState) -> UInt64? {
    guard let block = scene.block(state.memory) else { return nil }
    let text = state.text.split(separator: " ").joined()
    let old = block.raw(state.field)
    func plain(_ digits: some StringProtocol) -> UInt64? {
      digits.hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
    }
    if text.hasPrefix("+") { return plain(text.dropFirst()).map { old &+ $0 } }
    if text.hasPrefix("-") { return plain(text.dropFirst()).map { old &- $0 } }
    if let number = plain(text) { return number }
    switch state.field.description.form {
    case .state:
      return TCPState.known.first { $0.name == text.uppercased() }.map { UInt64($0.octet) }
    case .address: return IPv4Address(text).map { UInt64($0.value) }
    default: return nil
    }
  }

  /// The octets go into the memory at this moment; what follows is a run of its own.
  private mutating func write(_ number: UInt64, _ state: WriteState) {
    guard let slot = scene.slot(state.memory), var block = scene.block(state.memory) else { return }
    block.write(number, to: state.field)
    let octets = block.octets(of: state.field)
    let branch = timeline.branch(
      at: position.moment,
      doing: .write(
        host: state.memory.host, slot: slot, offset: state.field.description.offset,
        octets: octets))
    let origin = position
    let name = "write-\(run.steps.count - lessonSteps + 1)"
    let value = scene.text(state.field, raw: block.raw(state.field), block)
    let field = state.field.name
    let place = run.add(
      branch, named: name, title: Phrase(ko: "\(field)에 적음", en: "\(field) written"),
      text: Phrase(
        ko: """
          \(field)에 \(value)을(를) 적었습니다.

          스택은 모르는 채 이 값을 읽고 움직입니다. .으로 따라가 보세요.

          {를 누르면 적기 전으로 돌아갑니다. 원래 흐름은 그대로 있습니다.
          """,
        en: """
          You wrote \(value) into \(field).

          The stack does not know, and obeys. Follow it with .

          { goes back to before; the first run is as it was.
          """), show: [shownView == .memory ? .ladder : shownView, .memory])
    origins[place] = origin
    let selection = viewStates[.memory]
    go(Position(step: place, moment: branch.fork + 1))
    viewStates[.memory] = selection
    shownView = .memory
    focus = .view(.memory)
  }

  /// The rules that next read the chosen field, found by trying other numbers on copies of the run.
  mutating func openReaders() {
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
