import Simulation
import Stack

extension LessonWorld.Profile {
  public var settings: TCPSettings {
    switch self {
    case .book: .book
    case .modern: .modern
    }
  }
}

extension LessonWorld {
  /// The world to run, with another seed or profile if the learner asks for one and the world may
  /// have another.
  public func configuration(
    seed: UInt64? = nil, profile: Profile? = nil
  ) -> WorldConfiguration {
    var world = WorldConfiguration.sample(
      Set(hosts.compactMap { SampleHost(rawValue: $0) }), seed: seed ?? self.seed,
      profile: (keepsProfile ? self.profile : profile ?? self.profile).settings,
      arpKnown: arp == .known)
    for (name, profile) in hostProfiles {
      guard let id = world.host(named: name) else { continue }
      world.hosts[Int(id.index)].tcp = profile.settings
    }
    for setting in settings {
      guard let id = world.host(named: setting.host) else { continue }
      let host = Int(id.index)
      switch setting.kind {
      case .mtu: world.hosts[host].maximumTransmissionUnit = setting.value
      case .sockets: world.hosts[host].socketLimit = setting.value
      case .receiveBuffer: world.hosts[host].tcp.receiveBuffer = setting.value
      case .sendBuffer: world.hosts[host].tcp.sendBuffer = setting.value
      case .icmp: if setting.value == 0 { world.hosts[host].keepsSilent() }
      case .farMTU: world.hosts[host].setFurtherMTU(setting.value)
      }
    }
    return world
  }
}

extension HostConfiguration {
  /// It reports nothing of what it drops, as many routers are told to.
  fileprivate mutating func keepsSilent() {
    for rule in [
      Rule.timeExceeded, .networkUnreachable, .hostUnreachable, .fragmentationNeeded,
    ] { rulesNotFollowed.insert(rule) }
  }

  fileprivate mutating func setFurtherMTU(_ octets: Int) {
    for place in otherInterfaces.indices { otherInterfaces[place].maximumTransmissionUnit = octets }
  }
}
