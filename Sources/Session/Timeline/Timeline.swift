import Simulation
import Stack

/// A run of a world: its inputs, the moments that follow from them, and the way back to each.
///
/// Only inputs are recorded; everything else follows from them. The moments have numbers from 1; *at moment n*
/// means after n moments, so that 0 is before the first. Nothing here reads a clock.
public struct Timeline: Sendable {
  public let configuration: WorldConfiguration
  /// The world after all inputs.
  public private(set) var live: World
  var journal = Journal(isLooking: true)
  private(set) var log = InputLog()
  private(set) var keyframes: [Keyframe]
  private var ledger = FrameLedger()
  /// How the numbers of each socket went, in the order of their first numbers.
  public private(set) var histories: [SocketHistory] = []
  private var historyPlaces: [SocketKey: Int] = [:]
  private(set) var transports: [SocketKey: UInt8] = [:]
  private var costSinceKeyframe = 0
  private var changesNoted = 0

  /// A world before the input with this place.
  struct Keyframe: Sendable {
    var input: Int
    var world: World
  }

  struct SocketKey: Hashable, Sendable {
    var host: HostID
    var socket: UInt16
  }

  /// A fresh world, which is the first keyframe.
  public init(_ configuration: WorldConfiguration) {
    self.configuration = configuration
    live = World(configuration)
    keyframes = [Keyframe(input: 0, world: live)]
  }

  public var moments: [Moment] { journal.moments }
  /// The fields written; a moment names its own as a range of these.
  public var changes: [FieldChange] { journal.changes }
  /// The calls; a moment `call` has its place here as its value.
  public var calls: [SocketCall] { journal.calls }
  /// The frames that came on the wire; the frame with number n is at n − 1.
  public var frames: [FrameRecord] { ledger.records }
  /// The numbers of the frames that were lost, in the order in which they were.
  public var losses: [UInt32] { ledger.losses }
  /// The places of the frames in which hosts open connections, in order.
  public var openingPlaces: [Int] { ledger.openings }
  public var momentCount: Int { journal.moments.count }
  public var inputCount: Int { log.count }
  public var keyframeCount: Int { keyframes.count }
  /// The numbers of the moments that are the last of an input, in order.
  public var inputEnds: [Int] {
    (1...max(1, log.count)).map { log.start($0, momentCount: momentCount) }
  }

  /// The moment with this number, from 1.
  public func moment(_ number: Int) -> Moment? {
    journal.moments.indices.contains(number - 1) ? journal.moments[number - 1] : nil
  }

  /// The frame with this number, from 1.
  public func frame(_ number: UInt32) -> FrameRecord? {
    let place = Int(number) - 1
    return ledger.records.indices.contains(place) ? ledger.records[place] : nil
  }

  /// Carries a command out on the live world; what it does becomes part of the run.
  public mutating func perform(_ command: Command) {
    switch command {
    case .act(let action): input(action)
    case .advance: _ = advance()
    case .run(let span):
      let end = live.now + span
      while let next = live.nextEventTime, next <= end { _ = advance() }
      if live.now < end { input(.wait(end.since(live.now))) }
    }
  }

  /// Runs the next event; false when there is none.
  public mutating func advance() -> Bool {
    guard live.nextEventTime != nil else { return false }
    input(nil)
    return true
  }

  /// Runs events until a moment fits; gives its number. Moments after it in the same event have happened then,
  /// too. Nil when nothing fits any more up to the time limit, or when the limit of moments is reached.
  ///
  /// - Parameters:
  ///   - after: Moments up to this number are not asked about; by default the live end.
  ///   - until: The latest time of an event that is run.
  public mutating func run(
    after: Int? = nil, until end: Instant = Instant(nanoseconds: .max),
    momentLimit: Int = 1_000_000, _ fits: (Moment, Timeline) -> Bool
  ) -> Int? {
    var asked = max(0, after ?? momentCount)
    let stop = momentCount + momentLimit
    while true {
      while asked < momentCount {
        asked += 1
        if fits(journal.moments[asked - 1], self) { return asked }
      }
      guard momentCount < stop, let next = live.nextEventTime, next <= end, advance() else {
        return nil
      }
    }
  }

  /// One input: an action, or nil for the next event.
  private mutating func input(_ action: WorldAction?) {
    let before = momentCount
    log.append(action, momentsBefore: before)
    journal.unit = nil
    // The journal has no limit, so that nothing stops half-way.
    try? Self.apply(action, to: &live, &journal)
    ledger.note(live.touchedFrames, journal.moments[before...], first: before + 1)
    noteTransports()
    noteHistories(after: before)
    costSinceKeyframe += Self.cost(
      moments: momentCount - before, frames: live.touchedFrames)
    if costSinceKeyframe >= Self.keyframeSpacing {
      costSinceKeyframe = 0
      keyframes.append(Keyframe(input: log.count, world: live))
    }
  }

  static func apply(_ action: WorldAction?, to world: inout World, _ journal: inout Journal)
    throws(Stop)
  {
    if let action {
      try world.perform(action, &journal)
    } else {
      _ = try world.step(&journal)
    }
  }

  /// Remembers which transport a socket has: a number alone does not say what a state means.
  private mutating func noteTransports() {
    for change in journal.changes[changesNoted...] where change.field == .proto && change.new != 0 {
      let key = SocketKey(host: change.host, socket: change.socket)
      transports[key] = UInt8(truncatingIfNeeded: change.new)
    }
    changesNoted = journal.changes.count
  }

  /// Keeps the numbers that diagrams show.
  private mutating func noteHistories(after count: Int) {
    for place in count..<momentCount {
      let moment = journal.moments[place]
      func point(_ value: UInt64) -> SocketHistory.Point {
        SocketHistory.Point(moment: place + 1, time: moment.time, value: value)
      }
      switch (moment.event, moment.rule) {
      case (.ruleApplied, .measureRoundTrip):
        change(moment.host, moment.socket) { $0.note(.sample, point(moment.value)) }
      case (.dataRead, _):
        change(moment.host, moment.socket) { $0.note(.read, point(moment.value)) }
      case (.segmentBuilt, _) where moment.unit.flags.contains(.syn) && moment.socket != 0:
        let opening = SocketHistory.Opening(
          port: moment.unit.sourcePort, peerPort: moment.unit.destinationPort,
          sequence: moment.unit.sequence, moment: place + 1)
        change(moment.host, moment.socket) { $0.opening = $0.opening ?? opening }
      default: break
      }
      for written in journal.changes[moment.changes] where written.isSet {
        guard let quantity = SocketHistory.Quantity(written.field) else { continue }
        change(written.host, written.socket) { $0.note(quantity, point(written.new)) }
      }
    }
  }

  private mutating func change(
    _ host: HostID, _ socket: UInt16, _ body: (inout SocketHistory) -> Void
  ) {
    let key = SocketKey(host: host, socket: socket)
    if let place = historyPlaces[key] { return body(&histories[place]) }
    historyPlaces[key] = histories.count
    histories.append(SocketHistory(host: host, socket: socket))
    body(&histories[histories.count - 1])
  }

  /// How the numbers of a socket went, up to the live end.
  public func history(host: HostID, socket: UInt16) -> SocketHistory? {
    historyPlaces[SocketKey(host: host, socket: socket)].map { histories[$0] }
  }

  /// The segments that a host has sent from one port to another, up to the live end.
  public func segments(
    from host: HostID, port: UInt16, to destination: UInt16
  ) -> [SentSegment] {
    let flow = SegmentFlow(host: host, sourcePort: port, destinationPort: destination)
    return ledger.segments[flow] ?? []
  }

  /// What a replay of an input is thought to take, in nanoseconds of an ordinary machine. Counted, not
  /// measured, so that keyframes are the same on every run.
  private static func cost(moments: Int, frames: [FrameInFlight]) -> Int {
    frames.reduce(250 + moments * 60) { $0 + $1.octets.count / 2 }
  }

  /// Keyframes are so far apart that a replay between two of them stays well below 2 ms.
  static let keyframeSpacing = 600_000
}
