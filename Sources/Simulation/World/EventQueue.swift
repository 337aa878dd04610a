import HeapModule
import Stack

/// What the world does next: by time, and at one time in the order in which it was scheduled.
///
/// Order numbers are part of the world, so that a copy does the same in the same order.
struct EventQueue: Sendable {
  /// What happens.
  enum Kind: Hashable, Sendable {
    /// A frame's last bit reaches the other end.
    case arrival(frame: UInt32)
    /// The line of a port is silent again, the gap after the last frame included.
    case lineFree(port: Int)
    /// A timer of a host is due.
    case timer(host: Int)
    /// A program goes on.
    case resumption(process: Int)
  }

  struct Event: Comparable, Sendable {
    var time: Instant
    var order: UInt64
    var kind: Kind

    static func < (left: Event, right: Event) -> Bool {
      left.time == right.time ? left.order < right.order : left.time < right.time
    }
  }

  private var events = Heap<Event>()
  /// One pending deadline a host.
  private var timers: [Event?]
  private var nextOrder: UInt64 = 0

  init(hosts: Int) { timers = Array(repeating: nil, count: hosts) }

  mutating func schedule(_ kind: Kind, at time: Instant) {
    events.insert(Event(time: time, order: takeOrder(), kind: kind))
  }

  /// The host's next deadline is this now. One that has not changed keeps its place.
  mutating func setTimer(host: Int, _ deadline: Instant?) {
    guard timers[host]?.time != deadline else { return }
    timers[host] = deadline.map { Event(time: $0, order: takeOrder(), kind: .timer(host: host)) }
  }

  /// Takes events back, as when a frame is lost under way. O(events).
  mutating func remove(_ kind: Kind) {
    events = Heap(events.unordered.filter { $0.kind != kind })
  }

  /// The next event. O(hosts).
  var next: Event? {
    var best = events.min
    for case let timer? in timers where best.map({ timer < $0 }) ?? true { best = timer }
    return best
  }

  mutating func popNext() -> Event? {
    guard let event = next else { return nil }
    if case .timer(let host) = event.kind {
      timers[host] = nil
    } else {
      _ = events.popMin()
    }
    return event
  }

  private mutating func takeOrder() -> UInt64 {
    defer { nextOrder += 1 }
    return nextOrder
  }
}
