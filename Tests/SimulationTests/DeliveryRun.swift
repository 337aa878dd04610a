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
    var draw = RandomNumbers(seed: seed)
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

  private static func data(_ draw: inout RandomNumbers) -> [UInt8] {
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

/// What RFC 9293 promises about the variables, looked at after every event.
struct InvariantCheck {
  var violations: [String] = []
  private var before: [Place: ControlBlock] = [:]
  /// The highest SND.NXT that a socket has had.
  private var sentUpTo: [Place: SequenceNumber] = [:]

  /// Text that arrived whole and inside the window, and that RCV.NXT has not passed yet.
  private var held: [Place: [(from: SequenceNumber, to: SequenceNumber)]] = [:]

  private struct Place: Hashable {
    var host: Int
    var number: UInt16
  }

  mutating func check(_ world: World) {
    for frame in world.touchedFrames where frame.fate == .delivered && !frame.isDamaged {
      noteText(of: frame, world)
    }
    checkHeld(world)
    for (index, host) in world.hosts.enumerated() {
      for slot in host.memory.slots {
        let block = host.memory[slot]
        guard block.transport == IPProtocol.tcp.rawValue, block.state != .closed,
          block.state != .listen
        else { continue }
        check(block, Place(host: index, number: block.number), world.now)
      }
    }
    guard violations.isEmpty else { return }
    checkPairs(world)
  }

  private mutating func check(_ block: ControlBlock, _ place: Place, _ now: Instant) {
    func demand(_ holds: Bool, _ what: String) {
      if !holds { violations.append("\(what) at \(now.nanoseconds) ns, host \(place.host)") }
    }
    let flight = block.sendNext.distance(from: block.sendUnacknowledged)
    demand(block.sendUnacknowledged.isAtOrBefore(block.sendNext), "SND.UNA =< SND.NXT")
    demand(flight <= block.largestSendWindow + 1, "in flight =< largest window")
    demand(block.sendQueue <= block.sendBufferSize, "send queue =< send buffer")
    demand(block.receiveQueue <= block.receiveBufferSize, "receive queue =< receive buffer")
    demand(
      block.receiveWindow + block.receiveQueue <= block.receiveBufferSize,
      "RCV.WND and queue =< receive buffer")
    demand(
      block.sendUnacknowledged.distance(from: block.initialSendSequence) < 1 << 31, "ISS =< SND.UNA"
    )
    if block.retransmissionTimeout != 0 {
      demand(block.retransmissionTimeout <= 60_000, "RTO =< 60 s")
    }
    if block.state.isSynchronized, let old = before[place], old.state.isSynchronized {
      let edge = block.receiveNext + block.receiveWindow
      let oldEdge = old.receiveNext + old.receiveWindow
      demand(block.receiveNext.isAtOrAfter(old.receiveNext), "RCV.NXT only advances")
      demand(
        edge.isAtOrAfter(oldEdge) || block.state == .timeWait, "right edge stays or moves right")
      demand(block.sendUnacknowledged.isAtOrAfter(old.sendUnacknowledged), "SND.UNA only advances")
    }
    before[place] = block
    let highest = sentUpTo[place] ?? block.sendNext
    sentUpTo[place] = block.sendNext.isAfter(highest) ? block.sendNext : highest
    demand(
      block.sendUnacknowledged.isAtOrBefore(sentUpTo[place] ?? block.sendNext),
      "what is acknowledged was sent")
  }

  /// Text that the receiver had to keep when the frame came.
  private mutating func noteText(of frame: FrameInFlight, _ world: World) {
    let unit = UnitSummary(frame: frame.octets)
    let host = Int(frame.to.index)
    let memory = world.hosts[host].memory
    guard unit.payload > 0, unit.transport == IPProtocol.tcp.rawValue,
      let slot = memory.slots.first(where: {
        memory[$0].localPort == unit.destinationPort && memory[$0].remotePort == unit.sourcePort
      }),
      case let place = Place(host: host, number: memory[slot].number),
      let old = before[place], old.state.takesText
    else { return }
    let edge = old.receiveNext + old.receiveWindow
    let end = unit.sequence + Int(unit.payload)
    guard unit.sequence.isBefore(edge), end.isAfter(old.receiveNext) else { return }
    held[place, default: []].append((unit.sequence, end.isAfter(edge) ? edge : end))
  }

  /// Text behind a gap is kept until the gap is filled: SHLD-31, RFC 9293 §3.10.7.4.
  private mutating func checkHeld(_ world: World) {
    for (index, host) in world.hosts.enumerated() {
      for slot in host.memory.slots where host.memory[slot].state.takesText {
        let next = host.memory[slot].receiveNext
        let place = Place(host: index, number: host.memory[slot].number)
        held[place]?.removeAll { $0.to.isAtOrBefore(next) }
        if held[place]?.contains(where: { $0.from.isAtOrBefore(next) }) ?? false {
          violations.append("text that had come is forgotten at \(world.now.nanoseconds) ns")
        }
      }
    }
  }

  /// What one side has received in order, the other has sent.
  private mutating func checkPairs(_ world: World) {
    for (index, host) in world.hosts.enumerated() {
      let other = world.hosts[1 - index]
      for slot in host.memory.slots {
        let block = host.memory[slot]
        guard block.state.isSynchronized, block.transport == IPProtocol.tcp.rawValue else {
          continue
        }
        let peerSlot = other.memory.slots.first {
          other.memory[$0].localPort == block.remotePort
            && other.memory[$0].remotePort == block.localPort
            && other.memory[$0].initialSendSequence == block.initialReceiveSequence
        }
        guard let peerSlot,
          let sent = sentUpTo[Place(host: 1 - index, number: other.memory[peerSlot].number)]
        else { continue }
        if block.receiveNext.isAfter(sent) {
          violations.append("RCV.NXT =< the peer's SND.NXT at \(world.now.nanoseconds) ns")
        }
      }
    }
  }
}
