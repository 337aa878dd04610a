import Stack
import Wire

/// The hosts that a lesson's world can have: two on a LAN, its router, one beyond it, one that only listens.
public enum SampleHost: String, CaseIterable, Sendable {
  case client, server
  /// Joins the LAN and the link of `far`.
  case router
  /// A server that is not on the client's link.
  case far
  /// Somebody on the LAN whom nothing concerns.
  case bystander

  /// Whether the host is on the client's LAN.
  public var isOnLAN: Bool { self != .far }
}

extension WorldConfiguration {
  /// A world of some of the sample hosts, in their own order: the LAN 192.0.2.0/24, and behind the router
  /// 198.51.100.0/24.
  ///
  /// Two on the LAN are joined by a line, more by a hub. Numbers that are drawn for a host are the same
  /// whatever others there are.
  ///
  /// - Parameter arpKnown: All know the Ethernet addresses on their links from the start.
  public static func sample(
    _ members: Set<SampleHost>, seed: UInt64, profile: TCPSettings = .book, arpKnown: Bool = true
  ) -> WorldConfiguration {
    var seeds = RandomSource(seed: seed)
    var hosts: [HostConfiguration] = []
    var onLAN: [LinkEnd] = []
    var beyond: [LinkEnd] = []
    for member in SampleHost.allCases {
      let own = seeds.next()
      guard members.contains(member) else { continue }
      var host = member.configuration(HostID(hosts.count))
      host.seed = own
      host.tcp = profile
      if members.contains(.router) { host.gateway = member.gateway }
      if member.isOnLAN { onLAN.append(LinkEnd(host.id)) } else { beyond.append(LinkEnd(host.id)) }
      if member == .router { beyond.append(LinkEnd(host.id, interface: 1)) }
      hosts.append(host)
    }
    let links = [onLAN, beyond].filter { !$0.isEmpty }.map { LinkConfiguration(joining: $0) }
    var world = WorldConfiguration(seed: seed, hosts: hosts, links: links)
    if arpKnown { world.introduceNeighbours() }
    return world
  }

  /// Tells every host the Ethernet addresses of the others on its links.
  private mutating func introduceNeighbours() {
    let adapters = hosts.map(\.interfaces)
    for link in links {
      for end in link.ends {
        for other in link.ends where other != end {
          let adapter = adapters[Int(other.host.index)][other.interface]
          hosts[Int(end.host.index)].knownNeighbours[adapter.address] = adapter.hardwareAddress
        }
      }
    }
  }
}

extension SampleHost {
  /// CURRICULUM's addresses: documentation networks (RFC 5737), locally administered adapters.
  fileprivate func configuration(_ id: HostID) -> HostConfiguration {
    switch self {
    case .client: host(id, lan(0x0a), IPv4Address(192, 0, 2, 10))
    case .server: host(id, lan(0x50), IPv4Address(192, 0, 2, 80))
    case .router: router(id)
    case .far: host(id, MACAddress(2, 0, 0, 0, 1, 0x50), IPv4Address(198, 51, 100, 80))
    case .bystander: host(id, lan(0x14), IPv4Address(192, 0, 2, 20))
    }
  }

  private func host(_ id: HostID, _ hardware: MACAddress, _ address: IPv4Address)
    -> HostConfiguration
  {
    HostConfiguration(id: id, name: rawValue, hardwareAddress: hardware, address: address)
  }

  private func router(_ id: HostID) -> HostConfiguration {
    var router = host(id, lan(0x01), IPv4Address(192, 0, 2, 1))
    router.otherInterfaces = [
      InterfaceConfiguration(
        hardwareAddress: MACAddress(2, 0, 0, 0, 1, 0x01), address: IPv4Address(198, 51, 100, 1))
    ]
    router.forwards = true
    return router
  }

  private func lan(_ last: UInt8) -> MACAddress { MACAddress(2, 0, 0, 0, 0, last) }

  /// The router's address on the host's link; nil for the router itself.
  fileprivate var gateway: IPv4Address? {
    switch self {
    case .router: nil
    case .far: IPv4Address(198, 51, 100, 1)
    default: IPv4Address(192, 0, 2, 1)
    }
  }
}
