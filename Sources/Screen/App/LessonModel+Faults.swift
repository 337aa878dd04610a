import Course
import Session
import Simulation
import Stack

/// Playing the network: a fault on a frame in flight or on a host, in a branch of its own.
extension LessonModel {
  var faultScene: FaultScene { FaultScene(scene) }

  mutating func openFaults() {
    if cannotFork {
      notice = Phrase(
        ko: "상대가 진짜 커널이라 지난 순간으로 되돌릴 수 없습니다. --link 없이 열면 고장을 낼 수 있습니다.",
        en: "The peer is a real kernel and cannot be rewound. Without --link you can break things.")
      return
    }
    overlay = .fault(faultScene.opened)
  }

  mutating func updateFaults(_ key: Key, _ current: FaultState) {
    let faults = faultScene
    var state = current
    if type(key, &state, faults) {
      overlay = .fault(state)
      return
    }
    let keys = key.actions
    let rows = faults.rows(state)
    switch key {
    case .escape: overlay = nil
    case .enter: carryOut(state, faults)
    case .up where state.row > 0: state.row -= 1
    case .down where state.row + 1 < rows.count: state.row += 1
    case .left: faults.turn(&state, by: -1)
    case .right: faults.turn(&state, by: 1)
    case .tab, .shiftTab:
      state.page = state.page == .wire ? .hosts : .wire
      state.row = state.row
    default:
      if keys.contains(.character(" ")), rows.indices.contains(state.row) {
        state.place = (state.place + 1) % max(1, rows[state.row].knobs.count)
        state.typed = ""
      }
      if keys.contains(.character("k")), state.row > 0 { state.row -= 1 }
      if keys.contains(.character("j")), state.row + 1 < rows.count { state.row += 1 }
      if keys.contains(.character("h")) { faults.turn(&state, by: -1) }
      if keys.contains(.character("l")) { faults.turn(&state, by: 1) }
      for (character, step) in [("]", 1), ("[", -1)] as [(Character, Int)]
      where keys.contains(.character(character)) {
        guard turnSubject(&state, faults, by: step) else { return }
      }
    }
    if case .fault = overlay, state != current { overlay = .fault(state) }
  }

  /// Digits go into the chosen value. False when the key is none of them.
  private func type(_ key: Key, _ state: inout FaultState, _ faults: FaultScene) -> Bool {
    guard let knob = faults.knob(state), knob.takesDigits else { return false }
    switch key {
    case .backspace where !state.typed.isEmpty: state.typed.removeLast()
    case .character(let character) where character.isASCII:
      let isHex = state.typed.hasPrefix("0x")
      let isDigit = character.isNumber || (isHex && character.isHexDigit)
      let isPart = (state.typed == "0" && character == "x") || (character == "." && !isHex)
      guard isDigit || (isPart && knob == .number), state.typed.count < 18 else { return false }
      state.typed.append(character)
    default: return false
    }
    _ = faults.take(&state)
    return true
  }

  /// Another frame or another host. With nothing on the wire `]` goes on to the next packet instead; false then.
  private mutating func turnSubject(
    _ state: inout FaultState, _ faults: FaultScene, by step: Int
  ) -> Bool {
    switch state.page {
    case .hosts:
      let count = faults.world.hosts.count
      state.host = HostID((Int(state.host.index) + step + count) % count)
      state.settings.process = 0
    case .wire where faults.frames.isEmpty:
      goToFlight(step)
      return false
    case .wire:
      let count = faults.frames.count
      let place = faults.frames.firstIndex { $0.number == state.frame } ?? 0
      let frame = faults.frames[(place + step + count) % count]
      state.frame = frame.number
      faults.fit(&state.settings, to: frame)
    }
    state.typed = ""
    state.place = 0
    return true
  }

  /// On or back to a moment with a frame on its way; an open question comes first, as everywhere.
  private mutating func goToFlight(_ step: Int) {
    overlay = nil
    if let question = dueQuestion, step > 0 { return ask(question) }
    var before: Position?
    while before != position {
      before = position
      goToPacket(step)
      if !faultScene.frames.isEmpty || dueQuestion != nil { break }
    }
    overlay = .fault(faultScene.opened)
  }

  /// Enter: the fault opens a branch, and the branch is shown at the same moment.
  private mutating func carryOut(_ state: FaultState, _ faults: FaultScene) {
    let rows = faults.rows(state)
    guard rows.indices.contains(state.row), rows[state.row].obstacle == nil else { return }
    var typed = state
    if !state.typed.isEmpty, !faults.take(&typed) { return }
    let other = shownView == .ladder ? views.first { $0 != .ladder } ?? .memory : shownView
    do {
      let place = try run.open(rows[state.row].command, at: position, show: [.ladder, other])
      overlay = nil
      let opened = run.steps[place]
      let timeline = run.timeline(of: opened)
      let fork = timeline.moment(opened.first)?.time
      let isAtOnce = fork != nil && timeline.moment(opened.first + 1)?.time == fork
      go(Position(step: place, moment: opened.first + (isAtOnce ? 1 : 0)))
    } catch {
      overlay = nil
      notice = Phrase(ko: error.message, en: error.message)
    }
  }
}
