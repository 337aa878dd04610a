import Session
import Simulation
import Stack
import Wire

/// A run whose one host is outside: frames and real time are its inputs, frames to that host its outputs.
///
/// What comes waits at the gate, with the time of its coming, until the run goes on. So a command that follows a
/// step's end still finds the world as the step left it, however fast the kernel was.
struct OutsideRun<Link: OutsideLink> {
  private(set) var timeline: Timeline
  private(set) var link: Link
  private var gate: [(frame: [UInt8], time: Instant)] = []
  /// When a frame was handed over last.
  private var handedOver: Instant?
  /// For a frame that came, by its number: the time since the last one was handed over.
  private(set) var answerTimes: [UInt32: Nanoseconds] = [:]

  /// A kernel answers at once: so long its answer is waited for before anything else is done, lest its time be
  /// that of our own work.
  private static var answerTime: Nanoseconds { .milliseconds(1) }

  init(_ configuration: WorldConfiguration, over link: Link) {
    timeline = Timeline(configuration)
    self.link = link
  }

  /// Carries a command out at the present time, or at the end of the last step while something of that instant is
  /// still to come.
  mutating func perform(_ command: Command) throws(Link.Problem) {
    if case .run(let span) = command {
      let end = max(timeline.live.now, link.now) + span
      while try goOn(until: end) {}
      return try catchUp(to: end)
    }
    let isAtOnce = timeline.live.nextEventTime.map { $0 <= timeline.live.now } ?? false
    if gate.isEmpty, !isAtOnce { try catchUp(to: link.now) }
    timeline.perform(command)
    try leave()
  }

  /// One thing that happens: what is due in our world, else the next frame from outside. False when the time came
  /// first.
  mutating func goOn(until deadline: Instant) throws(Link.Problem) -> Bool {
    let due = timeline.live.nextEventTime
    if let first = gate.first, due.map({ first.time < $0 }) ?? true {
      gate.removeFirst()
      try take(first.frame, at: first.time)
      return true
    }
    if let due, due <= link.now {
      try advance()
      return true
    }
    if let frame = try link.receive(until: min(due ?? deadline, deadline)) {
      gate.append((frame, link.now))
      return true
    }
    return link.now < deadline
  }

  private mutating func take(_ frame: [UInt8], at time: Instant) throws(Link.Problem) {
    try catchUp(to: time)
    let answer = handedOver.map { time > $0 ? time.since($0) : Nanoseconds(0) }
    timeline.perform(.act(.arrive(frame)))
    if let number = timeline.frames.last?.number { answerTimes[number] = answer }
  }

  /// Timers fire at their due time, before what comes from outside; then the world's clock stands at the time.
  private mutating func catchUp(to time: Instant) throws(Link.Problem) {
    while let next = timeline.live.nextEventTime, next <= time { try advance() }
    if timeline.live.now < time { timeline.perform(.run(time.since(timeline.live.now))) }
  }

  private mutating func advance() throws(Link.Problem) {
    _ = timeline.advance()
    try handOver()
    try leave()
  }

  /// A frame to the host outside leaves at the instant at which it is sent.
  private mutating func leave() throws(Link.Problem) {
    let now = timeline.live.now
    guard let outside = timeline.configuration.outside else { return }
    while timeline.live.frames.contains(where: { $0.to == outside && $0.arrivesAt == now }),
      timeline.live.nextEventTime == now, timeline.advance()
    {
      try handOver()
    }
  }

  private mutating func handOver() throws(Link.Problem) {
    let frames = timeline.live.departures
    guard !frames.isEmpty else { return }
    for frame in frames { try link.send(frame) }
    let time = link.now
    handedOver = time
    while let frame = try link.receive(until: time + Self.answerTime) {
      gate.append((frame, link.now))
    }
  }
}

// MARK: The ends of steps

extension OutsideRun {
  /// The number of the `nth` moment after a first one that fits, going on until a time; nil when there is none.
  mutating func find(
    nth: Int, after first: Int, until deadline: Instant,
    _ fits: (Moment, _ number: Int, Timeline) -> Bool
  ) throws(Link.Problem) -> Int? {
    var asked = first
    var count = 0
    while true {
      while asked < timeline.momentCount {
        asked += 1
        guard let moment = timeline.moment(asked), fits(moment, asked, timeline) else { continue }
        count += 1
        if count == nth { return asked }
      }
      guard try goOn(until: deadline) else { return nil }
    }
  }

  /// Waits until nothing has come for a time; what comes stays at the gate. False when that did not happen before the
  /// deadline.
  mutating func awaitSilence(
    of span: Nanoseconds, until deadline: Instant
  ) throws(Link.Problem) -> Bool {
    while let frame = try link.receive(until: link.now + span) {
      gate.append((frame, link.now))
      if link.now > deadline { return false }
    }
    return true
  }

  /// Goes on until no frame has come or gone for a time. False when that did not happen before the deadline.
  mutating func goOn(
    untilSilent span: Nanoseconds, deadline: Instant
  ) throws(Link.Problem) -> Bool {
    var count = timeline.frames.count
    var end = link.now + span
    while end <= deadline {
      guard try goOn(until: end) else {
        try catchUp(to: end)
        return true
      }
      guard timeline.frames.count != count else { continue }
      count = timeline.frames.count
      end = link.now + span
    }
    return false
  }
}
