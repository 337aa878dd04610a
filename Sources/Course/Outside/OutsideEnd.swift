import Session
import Simulation
import Stack
import Wire

/// Where a step ends when one host is outside.
enum OutsideEnd: Hashable, Sendable {
  /// As the lesson says, for it can be seen.
  case asWritten
  /// The lesson asks for something inside the host. What brings it about can be seen: the so-manieth frame of this
  /// kind since the step's start reaches the host; then it is given time to work.
  case frame(FrameKind, nth: Int)
  /// The same, but the frame has reached the host before the step's start.
  case silence

  /// How long the wire must be silent for the host's work to count as done.
  static let quietTime = Nanoseconds.milliseconds(50)
}

/// What tells a frame from others of its sender.
struct FrameKind: Hashable, Sendable {
  var transport: UInt8
  var flags: TCPFlags
  var hasData: Bool

  init(_ octets: [UInt8]) {
    let unit = UnitSummary(frame: octets)
    transport = unit.transport
    flags = unit.flags.intersection([.syn, .ack, .fin, .rst])
    hasData = unit.payload > 0
  }

  /// `SYN+ACK`, `ACK+5`: a word for it.
  var name: String {
    let words = flags.description.split(separator: " ").joined(separator: "+")
    let name = words.isEmpty ? "IP" : words
    return hasData ? name + "+data" : name
  }
}

extension OutsideEnd {
  /// The end of a step, as a run on the built-in wire shows what leads to it. Nil when no frame does.
  init?(of done: StepRun, in timeline: Timeline, outside: String, _ id: HostID) {
    guard case .moment(let pattern) = done.step.until, pattern.looksInto(outside) else {
      self = .asWritten
      return
    }
    let time = timeline.moment(done.last)?.time
    let received = (1..<(done.last + 1)).filter { number in
      guard let moment = timeline.moment(number) else { return false }
      return moment.event == .frameReceived && moment.host == id
    }
    guard let last = received.last, timeline.moment(last)?.time == time,
      let kind = Self.kind(ofMoment: last, in: timeline)
    else { return nil }
    guard last > done.first else {
      self = .silence
      return
    }
    let same = received.count {
      $0 > done.first && Self.kind(ofMoment: $0, in: timeline) == kind
    }
    self = .frame(kind, nth: same)
  }

  static func kind(ofMoment number: Int, in timeline: Timeline) -> FrameKind? {
    timeline.moment(number).flatMap { timeline.frame($0.unit.frame) }.map {
      FrameKind($0.damagedOctets ?? $0.octets)
    }
  }
}

extension MomentPattern {
  /// Whether it is about what goes on inside a host, which nobody outside can see.
  func looksInto(_ host: String) -> Bool {
    let isOnTheWire = event.map { Self.wireEvents.contains($0) } ?? (layer == .wire)
    let isInside = self.host == host && (!isOnTheWire || rule != nil || call != nil)
    let paths =
      unit.flatMap { $0.value.paths } + state.flatMap { $0.left.paths + $0.right.paths }
    return isInside || paths.contains { $0.memoryHost == host }
  }

  private static let wireEvents: Set<Event> = [
    .frameSent, .frameReceived, .frameLost, .frameDamaged, .frameDuplicated, .frameDelayed,
  ]
}
