import Stack
import Wire

/// What a world is before anything happens in it. With the inputs it is all that a run depends on.
public struct WorldConfiguration: Sendable {
  /// Every number that is drawn in the world comes from it.
  public var seed: UInt64
  /// The hosts; each one's `id` is its place here.
  public var hosts: [HostConfiguration]
  public var links: [LinkConfiguration]
  /// Faults that are armed from the start.
  public var faults: [ScriptedFault] = []

  public init(seed: UInt64, hosts: [HostConfiguration], links: [LinkConfiguration]) {
    self.seed = seed
    self.hosts = hosts
    self.links = links
  }

  /// The client and the on-link server of the lessons, on one line.
  ///
  /// - Parameter arpKnown: Both know the other's Ethernet address from the start.
  public static func clientAndServer(
    seed: UInt64, profile: TCPSettings = .book, arpKnown: Bool = true
  ) -> WorldConfiguration {
    var seeds = RandomSource(seed: seed)
    var client = HostConfiguration(
      id: HostID(0), name: "client", hardwareAddress: MACAddress(2, 0, 0, 0, 0, 0x0a),
      address: IPv4Address(192, 0, 2, 10))
    var server = HostConfiguration(
      id: HostID(1), name: "server", hardwareAddress: MACAddress(2, 0, 0, 0, 0, 0x50),
      address: IPv4Address(192, 0, 2, 80))
    client.seed = seeds.next()
    server.seed = seeds.next()
    client.tcp = profile
    server.tcp = profile
    if arpKnown {
      client.knownNeighbours = [server.address: server.hardwareAddress]
      server.knownNeighbours = [client.address: client.hardwareAddress]
    }
    return WorldConfiguration(
      seed: seed, hosts: [client, server],
      links: [LinkConfiguration(between: client.id, and: server.id)])
  }

  /// The host with this name. O(hosts).
  public func host(named name: String) -> HostID? { hosts.first { $0.name == name }?.id }
}

extension HostID {
  /// The client of `WorldConfiguration.clientAndServer`.
  public static let client = HostID(0)
  /// The server of `WorldConfiguration.clientAndServer`.
  public static let server = HostID(1)
}
