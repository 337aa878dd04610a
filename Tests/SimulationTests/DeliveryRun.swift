import Simulation
import Stack
import Wire

/// A scenario's run, looked at after every event.
struct DeliveryRun {
  let scenario: DeliveryScenario
  private(set) var world: World
  private(set) var invariants: InvariantCheck
  private(set) var retransmissions = 0
  private var sentUpTo: [SequenceNumber?] = [nil, nil]

  init(_ scenario: DeliveryScenario) {
    self.scenario = scenario
    world = World(scenario.configuration)
    invariants = InvariantCheck(shrinking: scenario.configuration.hosts.map(\.tcp.shrinksWindow))
  }

  /// Runs to the end.
  mutating func run(_ journal: inout Journal) throws(Stop) {
    for action in scenario.start { try world.perform(action, &journal) }
    var rest = scenario.incidents[...]
    for event in 0..<DeliveryScenario.eventLimit {
      while let next = rest.first, next.event <= event {
        try befall(next.action, &journal)
        rest = rest.dropFirst()
      }
      if try world.step(&journal) {
        look()
        continue
      }
      guard let next = rest.first else { return }
      try befall(next.action, &journal)
      rest = rest.dropFirst()
    }
    invariants.violations.append("it does not end")
  }

  private mutating func befall(_ action: WorldAction, _ journal: inout Journal) throws(Stop) {
    try world.perform(action, &journal)
    switch action {
    case .set(let host, .receiveBuffer, _), .set(let host, .sendBuffer, _):
      invariants.buffersMayBeFull.insert(host)
    default: break
    }
    look()
  }

  private mutating func look() {
    invariants.check(world)
    countRetransmissions()
  }

  private mutating func countRetransmissions() {
    for frame in world.touchedFrames where frame.sentAt == world.now && frame.copyOf == nil {
      let unit = UnitSummary(frame: frame.original ?? frame.octets)
      let end = unit.sequence + Int(unit.payload)
      guard frame.fate == .flying, unit.payload > 0 else { continue }
      let side = Int(frame.from.index)
      if let known = sentUpTo[side], unit.sequence.isBefore(known) { retransmissions += 1 }
      if let known = sentUpTo[side], !end.isAfter(known) { continue }
      sentUpTo[side] = end
    }
  }

  private func run(of process: ProcessID, _ host: HostID) -> (ProcessRecord, TransferRun)? {
    guard let record = world.process(process, of: host), case .transfer(let run)? = record.program
    else { return nil }
    return (record, run)
  }

  enum Ending: Equatable {
    /// Each octet once and in order, and both programs know it.
    case delivered
    /// A call failed.
    case failed(SocketError)
    /// No call failed, but not everything arrived: a side gave up after its program had closed.
    case incomplete
    /// Something else arrived than was sent.
    case corrupted
  }

  /// Ends of urgent data that the receivers were told.
  var markCount: Int {
    [(DeliveryScenario.clientProcess, HostID.client), (DeliveryScenario.serverProcess, .server)]
      .reduce(0) { $0 + (run(of: $1.0, $1.1)?.1.marks.count ?? 0) }
  }

  /// What is wrong with the ends of urgent data that a receiver was told, where everything was delivered: each
  /// lies in an urgent part or at its end, and the end of the last one is told (RFC 9293 §3.8.5).
  var wrongMark: String? {
    guard let (client, toClient) = run(of: DeliveryScenario.clientProcess, .client),
      let (server, toServer) = run(of: DeliveryScenario.serverProcess, .server)
    else { return nil }
    for (sender, record, receiver) in [(toClient, server, toServer), (toServer, client, toClient)] {
      let marks = receiver.marks
      let known = marks.allSatisfy { mark in sender.urgent.contains { $0.contains(mark - 1) } }
      guard known, zip(marks, marks.dropFirst()).allSatisfy({ $0 < $1 }) else {
        return "told of urgent data up to \(marks), not \(sender.urgent)"
      }
      guard let end = sender.urgent.last?.upperBound else { continue }
      guard marks.last == end, record.urgentSignals > 0 else {
        return "told \(record.urgentSignals) times, up to \(marks), not \(end)"
      }
    }
    return nil
  }

  var ending: Ending {
    guard let (client, toClient) = run(of: DeliveryScenario.clientProcess, .client),
      let (server, toServer) = run(of: DeliveryScenario.serverProcess, .server)
    else { return .incomplete }
    let dataToClient = scenario.server.data.all
    let dataToServer = scenario.client.data.all
    guard dataToClient.starts(with: toClient.received.octets),
      dataToServer.starts(with: toServer.received.octets)
    else { return .corrupted }
    for record in [client, server] {
      if case .failed(let error) = record.outcome { return .failed(error) }
    }
    let isWhole =
      toClient.received.count == dataToClient.count
      && toServer.received.count == dataToServer.count
    return isWhole && client.outcome == .done && server.outcome == .done ? .delivered : .incomplete
  }
}
