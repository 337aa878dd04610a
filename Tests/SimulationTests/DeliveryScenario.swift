import Session
import Simulation
import Stack

/// What a seed stands for: two hosts with switches of their own, a bad line, a transfer each way, and what
/// befalls the hosts in its midst.
struct DeliveryScenario: Sendable {
  let seed: UInt64
  private(set) var configuration: WorldConfiguration
  private(set) var client: Transfer
  private(set) var server: Transfer
  /// What befalls the hosts: before the event with this number.
  private(set) var incidents: [(event: Int, action: WorldAction)] = []
  /// How long a host's application waits for acknowledgments, where it says so: that may end the run.
  private(set) var userTimeout: (host: HostID, milliseconds: UInt32)?

  static let clientProcess = ProcessID(1)
  static let serverProcess = ProcessID(2)
  /// Far more events than any of these transfers needs.
  static let eventLimit = 200_000

  /// - Parameters:
  ///   - isObserved: Whether the hosts write moments down.
  ///   - change: What is different in both hosts.
  init(
    seed: UInt64, isObserved: Bool = false, _ change: (inout HostConfiguration) -> Void = { _ in }
  ) {
    self.seed = seed
    var draw = RandomSource(seed: seed)
    configuration = .clientAndServer(seed: seed)
    configuration.links[0] = Self.link(between: configuration.links[0], &draw)
    let share = draw.below(4) == 0 ? nil : draw.pick([576, 576, 1500, 1500, 4470, 9000])
    for index in configuration.hosts.indices {
      configuration.hosts[index].tcp = .drawn(&draw)
      configuration.hosts[index].maximumTransmissionUnit =
        share ?? draw.pick([576, 1006, 1280, 1492, 1500, 9000])
      configuration.hosts[index].isObserved = isObserved
    }
    let toServer = Self.amount(from: configuration.hosts[0], to: configuration.hosts[1], &draw)
    let toClient = Self.amount(from: configuration.hosts[1], to: configuration.hosts[0], &draw)
    configuration.drawInitialNumbers([toServer, toClient], &draw)
    let address = SocketAddress(configuration.hosts[1].address, 80)
    client = Transfer(.connect(to: address), data: .pattern(count: toServer, seed: draw.next()))
    server = Transfer(
      .accept(port: 80, backlog: 1 + draw.below(5)),
      data: .pattern(count: toClient, seed: draw.next()))
    for path in [\Transfer.writeLimit, \Transfer.readLimit] {
      client[keyPath: path] = 1 + max(toServer, toClient) / 300 + draw.below(9000)
      server[keyPath: path] = 1 + max(toServer, toClient) / 300 + draw.below(9000)
    }
    // A server whose SYN cookie's acknowledgment was lost knows of no connection: it cannot speak first.
    let isSilent = configuration.hosts[1].tcp.synCookies != .off
    // Two that both send everything before they read need room for it, or neither would ever read.
    let hasRoom = configuration.hosts[0].tcp.receiveBuffer >= toClient
    server.sendsFirst = draw.below(2) == 0 && hasRoom && !isSilent
    for _ in 0..<draw.below(4) { drawIncident(&draw) }
    if draw.below(5) == 0 { drawUserTimeout(&draw) }
    incidents.sort { $0.event < $1.event }
    for path in [\DeliveryScenario.client, \.server] where draw.isOn {
      self[keyPath: path].urgentEvery = 1 + draw.below(5)
    }
    client.asksForMark = server.urgentEvery > 0
    server.asksForMark = client.urgentEvery > 0
    for index in configuration.hosts.indices { change(&configuration.hosts[index]) }
  }

  /// How the run begins.
  var start: [WorldAction] {
    [
      .start(.transfer(server), host: .server, process: Self.serverProcess),
      .start(.transfer(client), host: .client, process: Self.clientProcess),
    ]
  }

  /// The same run as a timeline, for a recording.
  func timeline() -> Timeline {
    var timeline = Timeline(configuration)
    for action in start { timeline.perform(.act(action)) }
    var rest = incidents[...]
    for event in 0..<Self.eventLimit {
      while let next = rest.first, next.event <= event {
        timeline.perform(.act(next.action))
        rest = rest.dropFirst()
      }
      guard !timeline.advance() else { continue }
      guard let next = rest.first else { break }
      timeline.perform(.act(next.action))
      rest = rest.dropFirst()
    }
    return timeline
  }
}

extension DeliveryScenario {
  private static func link(
    between link: LinkConfiguration, _ draw: inout RandomSource
  ) -> LinkConfiguration {
    var link = link
    link.bitRate = draw.pick([64_000, 1_000_000, 10_000_000, 10_000_000, 1_000_000_000])
    link.propagationDelay = .milliseconds(UInt64(draw.pick([0, 1, 10, 10, draw.below(300)])))
    link.chance.loss = UInt32(draw.below(draw.pick([1, 50_001, 200_001, 300_001])))
    link.chance.duplication = UInt32(draw.below(draw.pick([1, 50_001, 200_001])))
    link.chance.reordering = UInt32(draw.below(draw.pick([1, 50_001, 200_001])))
    link.chance.corruption = UInt32(draw.below(draw.pick([1, 10_001, 50_001])))
    link.chance.longestDelay = .milliseconds(UInt64(1 + draw.below(500)))
    return link
  }

  /// Octets to be sent: not more than tiny buffers carry in a sensible number of segments.
  private static func amount(
    from sender: HostConfiguration, to receiver: HostConfiguration, _ draw: inout RandomSource
  ) -> Int {
    let room = min(sender.tcp.sendBuffer, receiver.tcp.receiveBuffer)
    return min(draw.below(draw.pick([2, 3_000, 20_000, 60_000])), 20 + room * 100)
  }

  /// Something that happens to a host while data is on its way.
  private mutating func drawIncident(_ draw: inout RandomSource) {
    // Before that the server may not even wait for a connection.
    let event = 12 + draw.below(draw.pick([20, 100, 1_000]))
    let side = draw.below(2)
    let host: HostID = side == 0 ? .client : .server
    let process = side == 0 ? Self.clientProcess : Self.serverProcess
    switch draw.below(4) {
    case 0 where !server.sendsFirst:
      let expected = (side == 0 ? server : client).data.count
      let room = max(
        1 + expected / 100, configuration.hosts[side].tcp.receiveBuffer / draw.pick([2, 10, 100]))
      incidents.append((event, .set(host: host, .receiveBuffer, room)))
    case 1:
      incidents.append((event, .pause(host: host, process: process)))
      incidents.append((event + draw.below(60), .resume(host: host, process: process)))
    case 2:
      // Nagle off, keep-alive on: as an application asks for it, and as a learner may write it.
      let offset = Field.switches.description.offset
      incidents.append(
        (event, .write(host: host, slot: side, offset: offset, octets: [UInt8(draw.below(4))])))
    default:
      let parameter = draw.pick([
        HostParameter.nagle, .delayedAck, .congestion, .initialWindow, .fastRetransmit,
        .limitedTransmit, .minRTO, .sendBuffer,
      ])
      let range = parameter == .sendBuffer ? 200...70_000 : parameter.range
      let value = range.lowerBound + draw.below(range.count)
      incidents.append((event, .set(host: host, parameter, value)))
    }
  }

  /// What `setsockopt` of the connection writes, and nothing else. Where the record is not there yet nothing is.
  private mutating func drawUserTimeout(_ draw: inout RandomSource) {
    let side = draw.below(2)
    let host: HostID = side == 0 ? .client : .server
    let milliseconds = UInt32(draw.pick([50, 200, 500, 20_000, 20 + draw.below(3_000)]))
    userTimeout = (host, milliseconds)
    var block = ControlBlock()
    block.userTimeout = milliseconds
    let field = Field.userTimeout
    incidents.append(
      (
        12 + draw.below(30),
        .write(
          host: host, slot: side, offset: field.description.offset,
          octets: block.octets(of: field))
      ))
  }
}

extension TCPSettings {
  /// Each switch by itself.
  ///
  /// Half-open connections end by R2 alone here: no other way to give up is looked for.
  fileprivate static func drawn(_ draw: inout RandomSource) -> TCPSettings {
    var tcp = draw.isOn ? TCPSettings.book : .modern
    tcp.synAcknowledgmentRepeats = 0
    tcp.windowScale = draw.isOn
    tcp.timestamps = draw.isOn
    tcp.selectiveAcknowledgment = draw.isOn
    tcp.minimumTimeout = draw.pick([1, 10, 200, 1000])
    tcp.initialTimeout = draw.pick([100, 1000, 3000])
    tcp.maximumSegmentLifetime = .seconds(UInt64(1 + draw.below(60)))
    tcp.announcesMaximumSegmentSize = draw.below(8) > 0
    tcp.nagle = draw.pick(Nagle.allCases)
    tcp.acknowledgmentDelay = .milliseconds(UInt64(draw.pick([0, 40, 200, draw.below(500)])))
    tcp.overrideTimeout = .milliseconds(UInt64(100 + draw.below(901)))
    tcp.keepAliveIdle = .seconds(UInt64(1 + draw.below(100)))
    tcp.keepAliveInterval = .seconds(UInt64(1 + draw.below(75)))
    tcp.keepAliveProbes = 100
    tcp.fastRetransmit = draw.below(4) > 0
    tcp.limitedTransmit = draw.isOn
    tcp.congestionControl = draw.pick(CongestionControl.allCases)
    tcp.initialWindowSegments = draw.pick([0, 1, 2, 10, 64])
    tcp.synCookies = draw.pick([.off, .off, .off, .whenFull, .always])
    tcp.keepsTimeWait = draw.below(8) > 0
    tcp.reopensTimeWait = draw.isOn
    tcp.ignoresResetInTimeWait = draw.isOn
    tcp.shrinksWindow = draw.isOn
    tcp.receiveBuffer = room(&draw)
    tcp.sendBuffer = room(&draw)
    return tcp
  }

  /// A buffer of one octet, of four million, or anything between.
  private static func room(_ draw: inout RandomSource) -> Int {
    switch draw.below(6) {
    case 0: 1 + draw.below(200)
    case 1: 200 + draw.below(4_000)
    case 2: 4_000 + draw.below(61_536)
    case 3: 65_536 + draw.below(4_194_304 - 65_536)
    default: 65_535
    }
  }
}

extension WorldConfiguration {
  /// Half of the hosts begin right before the numbers wrap around, where the data will do so.
  fileprivate mutating func drawInitialNumbers(_ counts: [Int], _ draw: inout RandomSource) {
    for (index, count) in counts.enumerated() where draw.isOn {
      hosts[index].tcp.fixedInitialSequence = 0 &- UInt32(draw.below(count + 2))
    }
  }
}

extension RandomSource {
  fileprivate var isOn: Bool { mutating get { below(2) == 0 } }

  fileprivate mutating func pick<Element>(_ list: [Element]) -> Element {
    list[below(list.count)]
  }
}
