import Simulation
import Stack
import Yams

extension LessonReader {
  /// Hosts that a world can have.
  static let knownHosts = SampleHost.allCases.map(\.rawValue)

  /// Changes a world as the file says; what it does not name stays.
  mutating func read(_ world: inout LessonWorld, from node: Node) {
    let keys =
      ["hosts", "link", "rate", "delay", "far-rate", "far-delay", "arp", "profile", "seed"]
      + ["programs"] + Self.knownHosts
    guard let entries = entries(node, of: "a world", known: keys) else { return }
    if let node = entries["hosts"] { world.hosts = hosts(node, world.hosts) }
    context = PathContext(hosts: world.hosts)
    if let node = entries["link"] {
      world.link = choice(node, for: "link", in: LessonWorld.Link.self) ?? world.link
    }
    if let node = entries["rate"] { world.lan.rate = rate(node, for: "rate") }
    if let node = entries["delay"] { world.lan.delay = delay(node, for: "delay") }
    if let node = entries["far-rate"] { world.beyond.rate = rate(node, for: "far-rate") }
    if let node = entries["far-delay"] { world.beyond.delay = delay(node, for: "far-delay") }
    checkPlaces(of: world, hosts: entries["hosts"], link: entries["link"], world: node)
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

  /// Hosts that nothing joins to the client make no world.
  private mutating func checkPlaces(
    of world: LessonWorld, hosts: Node?, link: Node?, world node: Node
  ) {
    let members = world.hosts.compactMap { SampleHost(rawValue: $0) }
    let place = (hosts ?? node).place
    if !members.contains(.client) { report("a world has a “client”", at: place) }
    if members.count < 2 {
      report("a world has another host besides the client, such as “server”", at: place)
    }
    if members.contains(.far), !members.contains(.router) {
      report("“far” is not on the client’s link; add the “router” that leads there", at: place)
    }
    let onLAN = members.filter(\.isOnLAN).count
    if world.link == .wire, onLAN > 2 {
      report(
        "a wire has two ends, and \(onLAN) hosts are on the client’s link; write “link: hub”",
        at: (link ?? hosts ?? node).place)
    }
  }

  /// The hosts in the order that every world has them in.
  private mutating func hosts(_ node: Node, _ before: [String]) -> [String] {
    var hosts: [String] = []
    var isKnown = true
    for node in list(node) {
      guard let name = string(node, for: "host") else { continue }
      if !Self.knownHosts.contains(name) {
        isKnown = false
        unknown(name, for: "host", known: Self.knownHosts, at: node.place)
      } else if hosts.contains(name) {
        report("“\(name)” is there twice", at: node.place)
      } else {
        hosts.append(name)
      }
    }
    return hosts.isEmpty || !isKnown ? before : Self.knownHosts.filter { hosts.contains($0) }
  }

  private mutating func readSettings(_ world: inout LessonWorld, of host: String, from node: Node) {
    let known = HostParameter.allCases.map(\.name) + ["profile"]
    guard let entries = entries(node, of: "the host “\(host)”", known: known) else { return }
    if let node = entries["profile"] {
      world.hostProfiles[host] = choice(node, for: "profile", in: LessonWorld.Profile.self)
    }
    for (key, node, mark) in entries.list {
      guard let kind = HostParameter(name: key) else { continue }
      if !world.hosts.contains(host) { report("“\(host)” is not in this world", at: mark) }
      if kind.isRouters, host != SampleHost.router.rawValue {
        report("only a router has “\(key)”", at: mark)
      }
      guard let value = value(of: kind, node, for: key) else { continue }
      world.settings.removeAll { $0.host == host && $0.kind == kind }
      world.settings.append(HostSetting(host: host, kind: kind, value: value))
    }
  }

  private mutating func value(of kind: HostParameter, _ node: Node, for key: String) -> Int? {
    if let word = node.string, let named = kind.namedValues.first(where: { $0.word == word }) {
      return named.value
    }
    guard !kind.takesNumbers else { return integer(node, for: key, in: kind.range) }
    guard let word = string(node, for: key) else { return nil }
    unknown(word, for: key, known: kind.namedValues.map(\.word), at: node.place)
    return nil
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
