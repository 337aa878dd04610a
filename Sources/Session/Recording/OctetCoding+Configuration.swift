import Simulation
import Stack
import Wire

/// What one octet says about a recorded host.
private enum HostFlag {
  static let observed: UInt8 = 1
  /// It has further adapters, routes, or forwards.
  static let ways: UInt8 = 2
  /// It is not simulated.
  static let outside: UInt8 = 4
  /// It speaks no TCP, or has a firewall.
  static let guarded: UInt8 = 8
  /// How its TCP waits and recovers is told.
  static let patience: UInt8 = 16
  /// How its TCP opens, waits in TIME-WAIT and takes back a window is told.
  static let lifetimes: UInt8 = 32
  /// Not everything may wait for its further links.
  static let queues: UInt8 = 64
}

extension OctetWriter {
  mutating func write(_ configuration: WorldConfiguration) {
    write(configuration.seed)
    let outside = configuration.outside
    write(each: configuration.hosts) { $0.write($1, isOutside: $1.id == outside) }
    write(each: configuration.links) { $0.write($1) }
    write(each: configuration.faults) { $0.write($1) }
  }

  private mutating func write(_ link: LinkConfiguration) {
    write(each: link.ends) { $0.write($1) }
    write(link.bitRate)
    write(link.propagationDelay)
    write(link.chance.loss)
    write(link.chance.duplication)
    write(link.chance.reordering)
    write(link.chance.corruption)
    write(link.chance.longestDelay)
  }

  /// The first adapter of a host is its number alone.
  private mutating func write(_ end: LinkEnd) {
    write(UInt64(end.host.index) | UInt64(end.interface) << 8)
  }

  private mutating func write(_ host: HostConfiguration, isOutside: Bool) {
    write(host.id)
    write(host.name)
    write(host.hardwareAddress)
    write(host.address)
    write(host.prefixLength)
    write(host.gateway) { $0.write($1) }
    write(host.maximumTransmissionUnit)
    write(host.socketLimit)
    write(host.descriptorLimit)
    // A dictionary has no order of its own.
    let known = host.knownNeighbours.sorted { $0.key.value < $1.key.value }
    write(each: known) { writer, entry in
      writer.write(entry.key)
      writer.write(entry.value)
    }
    write(host.tcp)
    write(host.seed)
    // A host with one adapter is written as before there were others.
    let isPlain = host.otherInterfaces.isEmpty && host.routes.isEmpty && !host.forwards
    let hasQueues = host.otherInterfaces.contains { $0.queueLimit != nil }
    let isOpen = host.speaksTCP && host.filteredPorts.isEmpty
    tag(
      (host.isObserved ? HostFlag.observed : 0) | (isPlain ? 0 : HostFlag.ways)
        | (isOutside ? HostFlag.outside : 0) | (isOpen ? 0 : HostFlag.guarded)
        | HostFlag.patience | HostFlag.lifetimes | (hasQueues ? HostFlag.queues : 0))
    let rules = Rule.allCases.filter { host.rulesNotFollowed.contains($0) }
    write(each: rules) { $0.write($1.id) }
    if !isPlain { writeWays(host) }
    if !isOpen {
      write(host.speaksTCP)
      write(each: host.filteredPorts) { $0.write($1) }
    }
    writeWaiting(host.tcp)
    writeLifetimes(host.tcp)
    guard hasQueues else { return }
    for interface in host.otherInterfaces { write(interface.queueLimit) { $0.write($1) } }
  }

  private mutating func writeWays(_ host: HostConfiguration) {
    write(each: host.otherInterfaces) { writer, interface in
      writer.write(interface.hardwareAddress)
      writer.write(interface.address)
      writer.write(interface.prefixLength)
      writer.write(interface.maximumTransmissionUnit)
    }
    write(each: host.routes) { writer, route in
      writer.write(route.network)
      writer.write(route.prefixLength)
      writer.write(route.gateway)
    }
    write(host.forwards)
  }

  private mutating func write(_ tcp: TCPSettings) {
    write(tcp.windowScale)
    write(tcp.timestamps)
    write(tcp.selectiveAcknowledgment)
    write(tcp.minimumTimeout)
    write(tcp.initialTimeout)
    write(tcp.maximumTimeout)
    write(tcp.maximumSegmentLifetime)
    write(tcp.sendBuffer)
    write(tcp.receiveBuffer)
    write(tcp.giveUpAfter)
    write(tcp.giveUpConnectingAfter)
    write(tcp.giveUpRetries)
    write(tcp.announcesMaximumSegmentSize)
  }
}

extension OctetReader {
  mutating func configuration() throws(RecordingError) -> WorldConfiguration {
    let seed = try number()
    var outside: HostID?
    let hosts = try each { (reader) throws(RecordingError) in
      try reader.hostConfiguration(&outside)
    }
    for (index, host) in hosts.enumerated() where host.id != HostID(index) {
      throw .unreadable("host \(index)")
    }
    let links = try each { (reader) throws(RecordingError) in try reader.link() }
    var configuration = WorldConfiguration(seed: seed, hosts: hosts, links: links)
    configuration.outside = outside
    configuration.faults = try each { (reader) throws(RecordingError) in try reader.fault() }
    return configuration
  }

  private mutating func link() throws(RecordingError) -> LinkConfiguration {
    var link = LinkConfiguration(between: HostID(0), and: HostID(0))
    link.ends = try each { (reader) throws(RecordingError) in
      let end = try reader.unsigned(UInt16.self)
      return LinkEnd(HostID(Int(end & 0xff)), interface: Int(end >> 8))
    }
    link.bitRate = try number()
    link.propagationDelay = try span()
    link.chance.loss = try unsigned(UInt32.self)
    link.chance.duplication = try unsigned(UInt32.self)
    link.chance.reordering = try unsigned(UInt32.self)
    link.chance.corruption = try unsigned(UInt32.self)
    link.chance.longestDelay = try span()
    return link
  }

  private mutating func hostConfiguration(
    _ outside: inout HostID?
  ) throws(RecordingError) -> HostConfiguration {
    var host = HostConfiguration(
      id: try host(), name: try text(), hardwareAddress: try mac(), address: try ipv4(),
      prefixLength: try int(0...32))
    host.gateway = try optional { (reader) throws(RecordingError) in try reader.ipv4() }
    host.maximumTransmissionUnit = try int(68...65_535)
    host.socketLimit = try int(0...(1 << 20))
    host.descriptorLimit = try int(0...(1 << 20))
    let known = try each { (reader) throws(RecordingError) in
      (key: try reader.ipv4(), value: try reader.mac())
    }
    for entry in known { host.knownNeighbours[entry.key] = entry.value }
    host.tcp = try tcp()
    host.seed = try number()
    let flags = try tag()
    guard flags < 128 else { throw .unreadable("host") }
    host.isObserved = flags & HostFlag.observed != 0
    if flags & HostFlag.outside != 0 { outside = host.id }
    for id in try each({ (reader) throws(RecordingError) in try reader.text() }) {
      guard let rule = Rule(id: id) else { throw .unreadable(id) }
      host.rulesNotFollowed.insert(rule)
    }
    if flags & HostFlag.ways != 0 { try readWays(&host) }
    if flags & HostFlag.guarded != 0 {
      host.speaksTCP = try flag()
      host.filteredPorts = try each { (reader) throws(RecordingError) in
        try reader.unsigned(UInt16.self)
      }
    }
    if flags & HostFlag.patience != 0 {
      try readWaiting(&host.tcp)
    } else {
      host.tcp.beforePatience()
    }
    if flags & HostFlag.lifetimes != 0 {
      try readLifetimes(&host.tcp)
    } else {
      host.tcp.beforeLifetimes()
    }
    if flags & HostFlag.queues != 0 {
      for place in host.otherInterfaces.indices {
        host.otherInterfaces[place].queueLimit = try optional { (reader) throws(RecordingError) in
          try reader.int(1...10_000)
        }
      }
    }
    return host
  }

  private mutating func readWays(_ host: inout HostConfiguration) throws(RecordingError) {
    host.otherInterfaces = try each { (reader) throws(RecordingError) in
      var interface = InterfaceConfiguration(
        hardwareAddress: try reader.mac(), address: try reader.ipv4(),
        prefixLength: try reader.int(0...32))
      interface.maximumTransmissionUnit = try reader.int(68...65_535)
      return interface
    }
    host.routes = try each { (reader) throws(RecordingError) in
      StaticRoute(
        to: try reader.ipv4(), prefixLength: try reader.int(0...32), through: try reader.ipv4())
    }
    host.forwards = try flag()
  }

  private mutating func tcp() throws(RecordingError) -> TCPSettings {
    var tcp = TCPSettings.book
    tcp.windowScale = try flag()
    tcp.timestamps = try flag()
    tcp.selectiveAcknowledgment = try flag()
    tcp.minimumTimeout = try unsigned(UInt32.self)
    tcp.initialTimeout = try unsigned(UInt32.self)
    tcp.maximumTimeout = try unsigned(UInt32.self)
    tcp.maximumSegmentLifetime = try span()
    tcp.sendBuffer = try int(1...(1 << 30))
    tcp.receiveBuffer = try int(1...(1 << 30))
    tcp.giveUpAfter = try span()
    tcp.giveUpConnectingAfter = try span()
    tcp.giveUpRetries = try unsigned(UInt8.self)
    tcp.announcesMaximumSegmentSize = try flag()
    return tcp
  }
}

// When the sender waits, and what keeps it from filling the network.
extension OctetWriter {
  fileprivate mutating func writeWaiting(_ tcp: TCPSettings) {
    write(tcp.adviseRetries)
    tag(tcp.nagle.rawValue)
    write(tcp.acknowledgmentDelay)
    write(tcp.overrideTimeout)
    write(tcp.keepAliveIdle)
    write(tcp.keepAliveInterval)
    write(tcp.keepAliveProbes)
    write(tcp.fastRetransmit)
    tag(tcp.congestionControl.rawValue)
    write(tcp.initialWindowSegments)
    write(tcp.limitedTransmit)
  }
}

extension OctetReader {
  fileprivate mutating func readWaiting(_ tcp: inout TCPSettings) throws(RecordingError) {
    tcp.adviseRetries = try unsigned(UInt8.self)
    let nagle = try tag()
    guard let known = Nagle(rawValue: nagle) else { throw .unreadable("Nagle \(nagle)") }
    tcp.nagle = known
    tcp.acknowledgmentDelay = try span()
    tcp.overrideTimeout = try span()
    tcp.keepAliveIdle = try span()
    tcp.keepAliveInterval = try span()
    tcp.keepAliveProbes = try unsigned(UInt8.self)
    tcp.fastRetransmit = try flag()
    let control = try tag()
    guard let kind = CongestionControl(rawValue: control) else {
      throw .unreadable("congestion control \(control)")
    }
    tcp.congestionControl = kind
    tcp.initialWindowSegments = try unsigned(UInt8.self)
    tcp.limitedTransmit = try flag()
  }
}

extension TCPSettings {
  /// Recordings that tell nothing of it come from a stack that sent at once and knew the timer alone.
  fileprivate mutating func beforePatience() {
    nagle = .off
    fastRetransmit = false
    limitedTransmit = false
  }
}
