import Simulation
import Stack
import Wire

/// One long transfer over a line of 100 ms there and back that loses one frame in a hundred.
struct LossyRun {
  static let roundTrip = 0.1
  static let loss = 0.01
  static let segment = 1460

  let count: Int
  private var world: World

  init(octets count: Int, _ control: CongestionControl, sack: Bool, seed: UInt64 = 1) {
    self.count = count
    var configuration = WorldConfiguration.clientAndServer(seed: seed, profile: .modern)
    configuration.links[0].bitRate = 1_000_000_000
    configuration.links[0].propagationDelay = .milliseconds(50)
    configuration.links[0].chance.loss = 10_000
    for index in configuration.hosts.indices {
      configuration.hosts[index].isObserved = false
      configuration.hosts[index].tcp.congestionControl = control
      configuration.hosts[index].tcp.selectiveAcknowledgment = sack
      configuration.hosts[index].tcp.timestamps = false
      configuration.hosts[index].tcp.sendBuffer = 1 << 20
      configuration.hosts[index].tcp.receiveBuffer = 1 << 20
    }
    world = World(configuration)
  }

  /// Another setting on both sides.
  mutating func change(_ change: (inout TCPSettings) -> Void) {
    var configuration = world.configuration
    for index in configuration.hosts.indices { change(&configuration.hosts[index].tcp) }
    world = World(configuration)
  }

  /// Seconds of virtual time until the receiver has everything; nil when it does not get it.
  mutating func seconds() throws(Stop) -> Double? {
    var journal = Journal(isLooking: false)
    let data = Payload.pattern(count: count, seed: 5)
    let address = SocketAddress(world.configuration.hosts[1].address, 80)
    var sender = Transfer(.connect(to: address), data: data)
    sender.writeLimit = 65_536
    var receiver = Transfer(.accept(port: 80, backlog: 1), data: .octets([]))
    receiver.readLimit = 65_536
    receiver.keepsOctets = false
    try world.perform(
      .start(.transfer(receiver), host: .server, process: ProcessID(2)), &journal)
    try world.perform(.start(.transfer(sender), host: .client, process: ProcessID(1)), &journal)
    while received?.count != count {
      guard try world.step(&journal) else { return nil }
    }
    guard received?.digest == ReceivedOctets.digest(data.all) else { return nil }
    return Double(world.now.nanoseconds) / 1e9
  }

  private var received: ReceivedOctets? {
    guard case .transfer(let run)? = world.process(ProcessID(2), of: .server)?.program else {
      return nil
    }
    return run.received
  }

  /// The time that the transfer takes at the rate of M. Mathis and others, "The Macroscopic Behavior of the TCP
  /// Congestion Avoidance Algorithm" (1997): MSS/RTT · C/√p, C = √(3/2) for a receiver that acknowledges each
  /// segment.
  var bound: Double {
    let rate = Double(Self.segment) / Self.roundTrip * 1.22 / Self.loss.squareRoot()
    return Double(count) / rate
  }
}
