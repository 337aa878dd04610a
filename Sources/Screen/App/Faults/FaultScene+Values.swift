import Course
import Session
import Stack
import Wire

/// Changing the values of a row.
extension FaultScene {
  /// The value that ←→ and digits change; nil where the row has none.
  func knob(_ state: FaultState) -> FaultKnob? {
    let rows = rows(state)
    guard rows.indices.contains(state.row) else { return nil }
    let knobs = rows[state.row].knobs
    return knobs.isEmpty ? nil : knobs[min(state.place, knobs.count - 1)]
  }

  /// One on or back.
  func turn(_ state: inout FaultState, by step: Int) {
    guard let knob = knob(state) else { return }
    state.typed = ""
    let old = state.settings
    switch knob {
    case .delay: state.settings.delay = Self.next(old.delay, step, in: Self.delays)
    case .octet:
      guard let count = frame(state)?.octets.count else { return }
      state.settings.octet = (old.octet + step + count) % count
    case .bit: state.settings.bit = (old.bit + step + 8) % 8
    case .check: state.settings.renewsCheck.toggle()
    case .field: turnField(&state, by: step)
    case .number:
      guard let frame = frame(state), let field = field(old, of: frame) else { return }
      let number = (old.number ?? field.other) &+ UInt64(bitPattern: Int64(step))
      state.settings.number = number & field.mask
    case .size: state.settings.size = Int(Self.next(UInt64(old.size), step, in: Self.sizes))
    case .process:
      let count = processes(of: state.host).count
      state.settings.process = (min(old.process, count - 1) + step + count) % count
    }
  }

  private func turnField(_ state: inout FaultState, by step: Int) {
    guard let frame = frame(state) else { return }
    let fields = Self.fields(of: frame).map(\.field.id)
    guard let place = fields.firstIndex(of: state.settings.field) else { return }
    state.settings.field = fields[(place + step + fields.count) % fields.count]
    state.settings.number = nil
  }

  private static let delays: [UInt64] = [
    1, 5, 10, 20, 50, 100, 200, 500, 1_000, 1_500, 2_000, 5_000, 10_000,
  ]
  private static let sizes: [UInt64] = [
    1, 10, 100, 500, 1_000, 1_460, 2_920, 4_096, 8_192, 16_384, 32_768, 65_535, 131_072, 1_048_576,
  ]

  /// The neighbour of a number in a list that it need not be part of.
  private static func next(_ number: UInt64, _ step: Int, in list: [UInt64]) -> UInt64 {
    step > 0
      ? list.first { $0 > number } ?? list[list.count - 1] : list.last { $0 < number } ?? list[0]
  }

  /// Takes what was typed over into the value. False when it is no number, or none that the value can have.
  func take(_ state: inout FaultState) -> Bool {
    guard let knob = knob(state), knob.takesDigits, let number = Self.number(state.typed) else {
      return false
    }
    switch knob {
    case .delay where (1...1_000_000).contains(number): state.settings.delay = number
    case .octet where number < UInt64(frame(state)?.octets.count ?? 0):
      state.settings.octet = Int(number)
    case .bit where number < 8: state.settings.bit = Int(number)
    case .size where (1...1_048_576).contains(number): state.settings.size = Int(number)
    case .number:
      guard let frame = frame(state), let field = field(state.settings, of: frame),
        number <= field.mask
      else { return false }
      state.settings.number = number
    default: return false
    }
    return true
  }

  /// `38`, `0x26`, `192.0.2.1`.
  private static func number(_ text: String) -> UInt64? {
    if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16) }
    return UInt64(text) ?? IPv4Address(text).map { UInt64($0.value) }
  }
}

extension FaultScene.FrameField {
  /// The greatest number that it can hold.
  var mask: UInt64 { field.bits.count >= 64 ? .max : (1 << UInt64(field.bits.count)) - 1 }

  /// A number that it does not have: the next sequence number, the other flag, else none.
  var other: UInt64 {
    if field.bits.count == 32 { return number &+ 1 & mask }
    return number == 0 ? 1 : 0
  }
}
