import Stack

/// Hosts, the wires between them, their applications and the time, as one value: a copy is a keyframe.
///
/// It goes on in steps, each one event: a frame's arrival, a timer, an application's next call. Events of the
/// same time come in the order in which they were scheduled. `Stop` may leave a step half done: the
/// world then is as it is at that moment, to be looked at and not to be continued.
public struct World: Sendable {
  public let configuration: WorldConfiguration
  /// The virtual time.
  public internal(set) var now = Instant.zero
  public internal(set) var hosts: [Host]
  /// Frames on their way, in the order of their numbers.
  public internal(set) var frames: [FrameInFlight] = []
  /// The processes, in the order of their first appearance.
  public internal(set) var processes: [ProcessRecord] = []
  /// The frames that the last input sent, changed, lost or delivered; later entries are newer.
  public internal(set) var touchedFrames: [FrameInFlight] = []

  var ports: [Port]
  var queue: EventQueue
  var random: RandomSource
  var faults: [ArmedFault]
  var lastFrame: UInt32 = 0

  public init(_ configuration: WorldConfiguration) {
    self.configuration = configuration
    hosts = configuration.hosts.map { Host($0) }
    ports = World.ports(configuration)
    queue = EventQueue(hosts: configuration.hosts.count)
    random = RandomSource(seed: configuration.seed ^ 0x77_69_72_65)
    faults = configuration.faults.map { ArmedFault($0) }
  }

  /// The time of the next event; nil when nothing will happen by itself.
  public var nextEventTime: Instant? { queue.next?.time }

  /// What became of the frames of one host. O(adapters).
  public func counters(from host: HostID) -> WireCounters {
    ports(of: host).reduce(WireCounters()) { $0 + ports[$1].counters }
  }

  /// What became of all frames.
  public var counters: WireCounters { ports.reduce(WireCounters()) { $0 + $1.counters } }

  /// The frames that wait in a host's adapters for the line, of each adapter the oldest first.
  public func waitingFrames(at host: HostID) -> [LinkFrame] {
    ports(of: host).flatMap { ports[$0].waiting }
  }

  /// The process, once it has done something. O(processes).
  public func process(_ id: ProcessID, of host: HostID) -> ProcessRecord? {
    processes.first { $0.id == id && $0.host == host }
  }

  /// The frame, while it is on its way. O(log frames).
  public func frame(_ number: UInt32) -> FrameInFlight? {
    place(ofFrame: number).map { frames[$0] }
  }

  /// Processes exactly the next event; false when there is none.
  public mutating func step(_ journal: inout Journal) throws(Stop) -> Bool {
    touchedFrames.removeAll(keepingCapacity: true)
    guard let event = queue.popNext() else { return false }
    now = max(now, event.time)
    switch event.kind {
    case .arrival(let number): try deliver(number, &journal)
    case .lineFree(let port): try sendWaiting(port, &journal)
    case .timer(let host): try fireTimers(host, &journal)
    case .resumption(let process): try resume(process, &journal)
    }
    return true
  }

  private mutating func fireTimers(_ host: Int, _ journal: inout Journal) throws(Stop) {
    try hosts[host].advance(to: now, &journal)
    try settle(host, &journal)
    // A host whose deadline does not move on may not stop the time for all.
    if let due = hosts[host].nextDeadline, due <= now {
      queue.setTimer(host: host, now + .milliseconds(1))
    }
  }

  /// Takes from a host what an input has brought forth: frames, ended calls, the next deadline.
  mutating func settle(_ host: Int, _ journal: inout Journal) throws(Stop) {
    while let frame = hosts[host].takeFrame() {
      try take(frame, from: port(of: host, Int(frame.interface)), &journal)
    }
    while let completion = hosts[host].takeCompletion() { end(completion, host: host) }
    while let signal = hosts[host].takeUrgentSignal() { note(signal, host: host) }
    queue.setTimer(host: host, hosts[host].nextDeadline)
  }
}
