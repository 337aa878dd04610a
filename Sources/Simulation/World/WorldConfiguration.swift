import Stack

/// What a world is before anything happens in it. With the inputs it is all that a run depends on.
public struct WorldConfiguration: Sendable {
  /// Every number that is drawn in the world comes from it.
  public var seed: UInt64
  /// The hosts; each one's `id` is its place here.
  public var hosts: [HostConfiguration]
  public var links: [LinkConfiguration]
  /// Faults that are armed from the start.
  public var faults: [ScriptedFault] = []
  /// The host that is not simulated but lies outside: its frames are inputs (`WorldAction.arrive`), those to it
  /// leave the world, and its memory cannot be seen. Nil: there is none.
  public var outside: HostID?

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
    sample([.client, .server], seed: seed, profile: profile, arpKnown: arpKnown)
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
