import Yams

extension LessonReader {
  /// Hosts that a world can have.
  static let knownHosts = ["client", "server"]

  /// Changes a world as the file says; what it does not name stays.
  mutating func read(_ world: inout LessonWorld, from node: Node) {
    let keys = ["hosts", "link", "arp", "profile", "seed", "programs"] + Self.knownHosts
    guard let entries = entries(node, of: "a world", known: keys) else { return }
    if let node = entries["hosts"] { world.hosts = hosts(node) }
    if let node = entries["link"] {
      world.link = choice(node, for: "link", in: LessonWorld.Link.self) ?? world.link
    }
    if let node = entries["arp"] {
      world.arp = choice(node, for: "arp", in: LessonWorld.ARPCache.self) ?? world.arp
    }
    if let node = entries["profile"] {
      world.profile = choice(node, for: "profile", in: LessonWorld.Profile.self) ?? world.profile
    }
    if let node = entries["seed"],
      let seed = integer(node, for: "seed", in: 0...Int(UInt32.max))
    {
      world.seed = UInt64(seed)
    }
    for host in Self.knownHosts {
      if let node = entries[host] { readSettings(&world, of: host, from: node) }
    }
    if let node = entries["programs"] { readPrograms(&world, from: node) }
  }

  private mutating func hosts(_ node: Node) -> [String] {
    var hosts: [String] = []
    for node in list(node) {
      guard let name = string(node, for: "host") else { continue }
      if !Self.knownHosts.contains(name) {
        unknown(name, for: "host", known: Self.knownHosts, at: node.place)
      } else if hosts.contains(name) {
        report("“\(name)” is there twice", at: node.place)
      } else {
        hosts.append(name)
      }
    }
    return hosts.isEmpty ? Self.knownHosts : hosts
  }

  private mutating func readSettings(_ world: inout LessonWorld, of host: String, from node: Node) {
    let kinds = HostSetting.Kind.allCases
    let known = kinds.map(\.rawValue) + ["profile"]
    guard let entries = entries(node, of: "the host “\(host)”", known: known) else { return }
    if let node = entries["profile"] {
      world.hostProfiles[host] = choice(node, for: "profile", in: LessonWorld.Profile.self)
    }
    for (key, node, mark) in entries.list {
      guard let kind = HostSetting.Kind(rawValue: key) else { continue }
      let range =
        switch kind {
        case .mtu: 68...1500
        case .sockets: 1...65_535
        case .receiveBuffer, .sendBuffer: 1...1_048_576
        }
      if !world.hosts.contains(host) { report("“\(host)” is not in this world", at: mark) }
      guard let value = integer(node, for: key, in: range) else { continue }
      world.settings.removeAll { $0.host == host && $0.kind == kind }
      world.settings.append(HostSetting(host: host, kind: kind, value: value))
    }
  }

  /// `programs: {server: web-server}`: what runs at a host from the start.
  private mutating func readPrograms(_ world: inout LessonWorld, from node: Node) {
    guard let entries = entries(node, of: "programs", known: world.hosts) else { return }
    world.programs = []
    for (host, node, mark) in entries.list {
      for node in list(node) {
        guard let text = string(node, for: host) else { continue }
        let line = command("\(host) start \(text)", at: node.place ?? mark)
        if let line { world.programs.append(line) }
      }
    }
  }
}
