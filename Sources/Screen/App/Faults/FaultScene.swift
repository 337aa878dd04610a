import Course
import Session
import Simulation
import Stack
import Wire

/// What a learner can break at a moment, and the words of the command that breaks it.
struct FaultScene {
  /// The moment that is shown.
  let scene: Scene
  /// The world in which the branch will leave: the event at hand is done whole there.
  let world: World
  /// The frames on their way that were so at the moment, too, in the order of their numbers.
  let frames: [FrameInFlight]

  init(_ scene: Scene) {
    self.scene = scene
    world = scene.timeline.state(at: scene.timeline.fork(at: scene.index)).world
    let shown = Set(scene.world.frames.map(\.number))
    frames = world.frames.filter { shown.contains($0.number) }
  }

  /// The box as it opens: at the frame that the moment is about, else at the newest one.
  var opened: FaultState {
    let atHand = scene.moment.map(\.unit.frame)
    let frame = frames.last { $0.number == atHand } ?? frames.last { $0.fate != .held }
    let servers = world.hosts.map(\.configuration.id).filter {
      $0 != .client && !scene.isBeside($0)
    }
    var state = FaultState(
      page: .wire, frame: (frame ?? frames.last)?.number, host: servers.first ?? .client)
    if let frame = frame ?? frames.last { fit(&state.settings, to: frame) }
    return state
  }

  /// Values that the frame has: another frame may be shorter and have other fields.
  func fit(_ settings: inout FaultSettings, to frame: FrameInFlight) {
    settings.octet = min(settings.octet, frame.octets.count - 1)
    settings.number = nil
    let fields = Self.fields(of: frame).map(\.field.id)
    guard !fields.contains(settings.field) else { return }
    let wanted = ["tcp.window", "udp.dstport", "icmp.code", "arp.op", "ip.ttl"]
    settings.field = wanted.first { fields.contains($0) } ?? fields.first ?? "ethernet.type"
  }

  func frame(_ state: FaultState) -> FrameInFlight? {
    frames.first { $0.number == state.frame }
  }

  func rows(_ state: FaultState) -> [FaultRow] {
    switch state.page {
    case .wire: frame(state).map { wireRows(state, $0) } ?? []
    case .hosts: hostRows(state)
    }
  }

  // MARK: Frames

  private func wireRows(_ state: FaultState, _ frame: FrameInFlight) -> [FaultRow] {
    let settings = state.settings
    let name = "frame \(frame.number)"
    func obstacle(_ effect: FaultEffect) -> Phrase? { effect.obstacle(on: frame)?.reason }
    let hold =
      frame.fate == .held
      ? FaultRow(
        "release", ko: "놓아주기", en: "release",
        [.text("붙잡힌 것이 지금 닿습니다", "it is held, and arrives now")],
        command: "release \(name)")
      : FaultRow(
        "hold", ko: "붙잡기", en: "hold", [.text("놓아줄 때까지 닿지 않습니다", "it waits until you release it")],
        command: "hold \(name)")
    return [
      FaultRow(
        "drop", ko: "버리기", en: "drop", [.text("닿지 않습니다", "it never arrives")],
        command: "drop \(name)"),
      FaultRow(
        "duplicate", ko: "복제", en: "duplicate", [.text("두 번 닿습니다", "it arrives twice")],
        command: "duplicate \(name)"),
      FaultRow(
        "delay", ko: "늦추기", en: "delay", [.text("늦게 닿습니다", "it arrives late")],
        more: [.text("", "by "), .value("\(settings.delay) ms", .delay)],
        obstacle: obstacle(.delay(Nanoseconds(1))), command: "delay \(name) by \(settings.delay) ms"
      ),
      hold,
      FaultRow(
        "swap", ko: "순서 바꾸기", en: "swap",
        [.text("다음 프레임 뒤에 닿습니다", "it arrives after the next frame")],
        obstacle: obstacle(.swapWithNext), command: "swap \(name)"),
      flipRow(settings, frame), rewriteRow(settings, frame),
    ]
  }

  private func flipRow(_ settings: FaultSettings, _ frame: FrameInFlight) -> FaultRow {
    let check =
      settings.renewsCheck
      ? scene.say("FCS를 다시 계산", "FCS made anew") : scene.say("FCS는 그대로", "FCS left as it was")
    let effect = FaultEffect.flipBit(octet: settings.octet, bit: settings.bit, beforeFCS: false)
    return FaultRow(
      "flip", ko: "비트 뒤집기", en: "flip a bit",
      [
        .text("바이트 ", "byte "), .value("\(settings.octet)", .octet), .text(", 비트 ", ", bit "),
        .value("\(settings.bit)", .bit),
      ], more: [.value(check, .check)], obstacle: effect.obstacle(on: frame)?.reason,
      command: "flip frame \(frame.number) octet \(settings.octet) bit \(settings.bit)"
        + (settings.renewsCheck ? " unnoticed" : ""))
  }

  private func rewriteRow(_ settings: FaultSettings, _ frame: FrameInFlight) -> FaultRow {
    let field = field(settings, of: frame)
    let isCovered = scene.isCovered(frame: frame.number, header: settings.field)
    let now = field.map { isCovered ? "?" : Self.text($0.number, $0.field) } ?? "–"
    let number = settings.number ?? field.map { isCovered ? 0 : $0.other } ?? 0
    var obstacle = field == nil ? FaultObstacle.hasNoField(settings.field).reason : nil
    if number == field?.number, !isCovered {
      obstacle = Phrase(
        ko: "있던 값과 같습니다. ←→로 바꾸세요", en: "that is its value already; change it with ←→")
    }
    return FaultRow(
      "rewrite", ko: "고쳐 쓰기", en: "rewrite",
      [
        .value(settings.field, .field), .text(" \(now) → ", " \(now) → "),
        .value(field.map { Self.text(number, $0.field) } ?? "–", .number),
      ], obstacle: obstacle,
      command: "rewrite frame \(frame.number) \(settings.field) \(number)")
  }

  /// A field of a frame with its bits counted from its header's first, and its value.
  struct FrameField {
    var field: HeaderField
    var number: UInt64
  }

  /// The fields that hold a number, the innermost header's first.
  static func fields(of frame: FrameInFlight) -> [FrameField] {
    let octets = frame.octets.span.bytes
    return Dissection(frame: frame.octets).layers.reversed().flatMap { layer -> [FrameField] in
      let header = octets.extracting(layer.range)
      return HeaderFormat.fields(in: header, layer.kind).compactMap { field in
        number(field.value(in: header)).map { FrameField(field: field, number: $0) }
      }
    }
  }

  private static func number(_ value: FieldValue) -> UInt64? {
    switch value {
    case .number(let number): number
    case .ipv4(let address): UInt64(address.value)
    case .mac, .octets: nil
    }
  }

  func field(_ settings: FaultSettings, of frame: FrameInFlight) -> FrameField? {
    Self.fields(of: frame).first { $0.field.id == settings.field }
  }

  private static func text(_ number: UInt64, _ field: HeaderField) -> String {
    switch field.form {
    case .ipv4: return IPv4Address(value: UInt32(truncatingIfNeeded: number)).description
    case .hex: return "0x" + String(number, radix: 16)
    default:
      return field.bits.count == 32
        ? "0x" + UInt32(truncatingIfNeeded: number).hexadecimal : "\(number)"
    }
  }
}
