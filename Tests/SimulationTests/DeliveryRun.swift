import Simulation
import Stack
import Wire

/// One transfer each way over a bad line, everything about it drawn from a seed.
struct DeliveryRun {
  let seed: UInt64
  let dataToServer: [UInt8]
  let dataToClient: [UInt8]
  private(set) var world: World
  private(set) var invariants = InvariantCheck()
  private(set) var retransmissions = 0
  private var sentUpTo: [SequenceNumber?] = [nil, nil]

  static let client = ProcessID(1)
  static let server = ProcessID(2)

  /// - Parameters:
  ///   - isObserved: Whether the hosts write moments down.
  ///   - change: What is different in both hosts.
  init(
    seed: UInt64, isObserved: Bool = false, _ change: (inout HostConfiguration) -> Void = { _ in }
  ) {
    self.seed = seed
    var draw = RandomSource(seed: seed)
    dataToServer = Self.data(&draw)
    dataToClient = Self.data(&draw)
    var configuration = WorldConfiguration.clientAndServer(
      seed: seed, profile: draw.below(2) == 0 ? .book : .modern)
    let most = UInt64(200_001)
    configuration.links[0].chance.loss = UInt32(draw.below(most))
    configuration.links[0].chance.duplication = UInt32(draw.below(most))
    configuration.links[0].chance.reordering = UInt32(draw.below(most))
    configuration.links[0].chance.corruption = UInt32(draw.below(most))
    for index in configuration.hosts.indices {
      configuration.hosts[index].isObserved = isObserved
      change(&configuration.hosts[index])
    }
    world = World(configuration)
    let address = SocketAddress(configuration.hosts[1].address, 80)
    var client = Transfer(.connect(to: address), data: .octets(dataToServer))
    var server = Transfer(.accept(port: 80, backlog: 5), data: .octets(dataToClient))
    client.writeLimit = 500 + draw.below(8000)
    server.writeLimit = 500 + draw.below(8000)
    client.readLimit = 100 + draw.below(8000)
    server.readLimit = 100 + draw.below(8000)
    server.sendsFirst = draw.below(2) == 0
    start = [
      .start(.transfer(server), host: .server, process: Self.server),
      .start(.transfer(client), host: .client, process: Self.client),
    ]
  }

  private let start: [WorldAction]

  private static func data(_ draw: inout RandomSource) -> [UInt8] {
    Payload.pattern(count: 3000 + draw.below(17_000), seed: draw.next()).all
  }

  /// Runs to the end; the events that there may be are far more than a transfer needs.
  mutating func run(_ journal: inout Journal, eventLimit: Int = 20_000) throws(Stop) {
    for action in start {
      try world.perform(action, &journal)
    }
    for _ in 0..<eventLimit {
      guard try world.step(&journal) else { return }
      invariants.check(world)
      countRetransmissions()
    }
    invariants.violations.append("it does not end")
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
    guard let (client, toClient) = run(of: Self.client, .client),
      let (server, toServer) = run(of: Self.server, .server)
    else { return .incomplete }
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
