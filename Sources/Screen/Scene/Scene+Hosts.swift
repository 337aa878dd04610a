import Session
import Simulation
import Stack
import Wire

/// Who is who in worlds of more than two hosts.
extension Scene {
  /// Client and server alone: the other one is always meant.
  var isPair: Bool {
    world.hosts.count <= 2 && !world.hosts.contains { $0.configuration.forwards }
  }

  func isRouter(_ host: HostID) -> Bool {
    world.hosts.indices.contains(Int(host.index))
      && world.hosts[Int(host.index)].configuration.forwards
  }

  /// A host that has no part in connections: a router, or one that only listens.
  func isBeside(_ host: HostID) -> Bool {
    isRouter(host) || hostName(host) == SampleHost.bystander.rawValue
  }

  /// The host whose connection has this one at its other end.
  func peer(of host: HostID) -> HostID {
    if isPair { return host.other }
    guard host == .client else { return .client }
    let servers = world.hosts.map(\.configuration.id).filter { $0 != host && !isBeside($0) }
    if servers.count == 1 { return servers[0] }
    let used = servers.last { server in
      frames.contains { self.host(ofPacket: $0).speaker == server }
    }
    return used ?? servers.first ?? host.other
  }

  /// The host that wrote the packet in a frame, and the one that it is for: a router between them only passes
  /// it on.
  func host(ofPacket frame: FrameRecord) -> (speaker: HostID, listener: HostID) {
    let others = (speaker: frame.from, listener: isPair ? frame.from.other : frame.to)
    let start = EthernetHeader.minimumLength
    guard !isPair, (try? EthernetHeader(parsing: frame.octets.span.bytes))?.type == .ipv4,
      let ip = try? IPv4Header(
        parsing: frame.octets.span.bytes.extracting(start..<frame.octets.count))
    else { return others }
    return (host(at: ip.source) ?? others.speaker, host(at: ip.destination) ?? others.listener)
  }

  /// The host with this address.
  func host(at address: IPv4Address) -> HostID? {
    world.hosts.map(\.configuration).first { configuration in
      configuration.address == address
        || configuration.otherInterfaces.contains { $0.address == address }
    }?.id
  }

  /// The address that a host has on its way to another: a router has several.
  func address(of host: HostID, toward other: HostID) -> IPv4Address {
    let interfaces = world.hosts[Int(host.index)].configuration.interfaces
    let link = timeline.configuration.links.first { link in
      [host, other].allSatisfy { one in link.ends.contains { $0.host == one } }
    }
    let place = link?.ends.first { $0.host == host }?.interface ?? 0
    return interfaces[interfaces.indices.contains(place) ? place : 0].address
  }

  /// The hosts that hear a frame, in the world's order: those on the link of the adapter that sent it.
  func hearers(of frame: FrameRecord) -> [HostID] {
    let source = (try? EthernetHeader(parsing: frame.octets.span.bytes))?.source
    let interfaces = world.hosts[Int(frame.from.index)].configuration.interfaces
    let place = interfaces.firstIndex { $0.hardwareAddress == source } ?? 0
    let end = LinkEnd(frame.from, interface: place)
    let ends = timeline.configuration.links.first { $0.ends.contains(end) }?.ends ?? []
    return world.hosts.map(\.configuration.id).filter { host in
      host != frame.from && ends.contains { $0.host == host }
    }
  }

  /// The other hosts on a host's links, in the world's order.
  func neighbours(of host: HostID) -> [HostID] {
    let ends = timeline.configuration.links.filter { link in
      link.ends.contains { $0.host == host }
    }.flatMap { $0.ends.map(\.host) }
    return world.hosts.map(\.configuration.id).filter { $0 != host && ends.contains($0) }
  }

  /// Of more than four hosts the one that only listens is left out of diagrams.
  var diagramHosts: [HostID] {
    let all = world.hosts.map(\.configuration.id)
    let most = 4
    return all.count <= most
      ? all : Array(all.filter { !isBeside($0) || isRouter($0) }.prefix(most))
  }
}
