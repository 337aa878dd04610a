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
    for (place, setting) in zip(world.links.indices, [lan, beyond]) {
      if let rate = setting.rate { world.links[place].bitRate = rate }
      if let delay = setting.delay { world.links[place].propagationDelay = delay }
    }
    for (name, profile) in hostProfiles {
      guard let id = world.host(named: name) else { continue }
      world.hosts[Int(id.index)].tcp = profile.settings
    }
    for setting in settings {
      guard let id = world.host(named: setting.host) else { continue }
      world.hosts[Int(id.index)].set(setting.kind, to: setting.value)
    }
    return world
  }
}
