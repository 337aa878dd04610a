import Stack
import Wire

// Which adapter is plugged into what, and whom a frame reaches.
extension World {
  /// The first adapter of each host at the host's own index, then the further ones.
  static func ports(_ configuration: WorldConfiguration) -> [Port] {
    let hosts = configuration.hosts
    let further = hosts.indices.flatMap { host in
      hosts[host].otherInterfaces.enumerated().map { place, interface in
        var port = Port(host: host, interface: place + 1)
        port.queueLimit = interface.queueLimit
        return port
      }
    }
    var ports = hosts.indices.map { Port(host: $0, interface: 0) } + further
    for (index, link) in configuration.links.enumerated() {
      let plugged = link.ends.compactMap { end in
        ports.firstIndex { $0.host == Int(end.host.index) && $0.interface == end.interface }
      }
      guard plugged.count == link.ends.count else { continue }
      for place in plugged { ports[place].link = index }
      if plugged.count == 2 {
        ports[plugged[0]].peer = plugged[1]
        ports[plugged[1]].peer = plugged[0]
      }
    }
    return ports
  }

  /// The port of a host's adapter.
  func port(of host: Int, _ interface: Int) -> Int {
    if interface == 0 { return host }
    return ports.firstIndex { $0.host == host && $0.interface == interface } ?? host
  }

  /// The ports of a host.
  func ports(of host: HostID) -> [Int] {
    ports.indices.filter { ports[$0].host == Int(host.index) }
  }

  /// The host that a frame from this port is for: the other end of a line, or on a hub the one that has
  /// the frame's destination address; the wire itself where that is nobody or everybody.
  func addressee(of octets: [UInt8], from port: Int) -> HostID {
    if let peer = ports[port].peer { return HostID(ports[peer].host) }
    let address = (try? EthernetHeader(parsing: octets.span.bytes))?.destination
    let found = receivers(from: port).first { hardwareAddress(of: $0) == address }
    return found.map { HostID(ports[$0].host) } ?? .wire
  }

  /// The address of a port's adapter.
  func hardwareAddress(of port: Int) -> MACAddress {
    let host = configuration.hosts[ports[port].host]
    let interface = ports[port].interface
    return interface == 0
      ? host.hardwareAddress : host.otherInterfaces[interface - 1].hardwareAddress
  }

  /// The ports that a frame from this one reaches, in the order of the link's ends.
  func receivers(from port: Int) -> [Int] {
    guard let link = ports[port].link else { return [] }
    return configuration.links[link].ends.compactMap { end in
      let other = self.port(of: Int(end.host.index), end.interface)
      return other != port && ports[other].link == link ? other : nil
    }
  }

  /// The adapter beside this port that a packet for an address goes to: the only other one, the one that has
  /// the address, or a router's.
  func neighbour(of port: Int, toward address: IPv4Address) -> MACAddress? {
    if let peer = ports[port].peer { return hardwareAddress(of: peer) }
    let others = receivers(from: port)
    let found =
      others.first { configuration.hosts[ports[$0].host].address == address }
      ?? others.first { configuration.hosts[ports[$0].host].forwards }
    return found.map { hardwareAddress(of: $0) }
  }

  /// Where an injected segment goes: its frame leaves as if from this port, and is for this host.
  ///
  /// On a line it is for the other end; through a hub or a router it is for the first of the other hosts,
  /// which is the client unless the client seems to send it. Whose address it claims does not get it either.
  func injection(_ segment: ForgedSegment) -> (port: Int, receiver: Int, nextHop: MACAddress)? {
    guard let sender = place(of: segment.from), ports[sender].link != nil else { return nil }
    let onLink = ports[sender].peer.map { [$0] } ?? receivers(from: sender)
    if let peer = ports[sender].peer, !configuration.hosts[ports[peer].host].forwards {
      return (sender, ports[peer].host, hardwareAddress(of: peer))
    }
    let receiver = hosts.indices.first {
      $0 != sender && !configuration.hosts[$0].forwards
        && configuration.hosts[$0].address != segment.source
    }
    guard let receiver else { return nil }
    let neighbour =
      onLink.first { ports[$0].host == receiver }
      ?? onLink.first { configuration.hosts[ports[$0].host].forwards }
    return neighbour.map { (sender, receiver, hardwareAddress(of: $0)) }
  }
}
