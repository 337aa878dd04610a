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
