import Stack
import Wire

// What goes wrong on the wire, by chance or because somebody asked for it.
extension World {
  /// Counts a frame against the armed faults and gives what is to be done to it: what goes on the wire before
  /// it, and the rest.
  mutating func armedForgeries(before octets: [UInt8], from host: Int)
    -> (segments: [ForgedSegment], others: [FaultEffect])
  {
    guard !faults.isEmpty else { return ([], []) }
    var segments: [ForgedSegment] = []
    var others: [FaultEffect] = []
    for index in faults.indices {
      switch faults[index].effect(on: octets, from: HostID(host)) {
      case .precede(let segment):
        segments.append(segment.withPorts(of: UnitSummary(frame: octets), from: HostID(host)))
      case let effect?: others.append(effect)
      case nil: break
      }
    }
    faults.removeAll { $0.isSpent }
    return (segments, others)
  }

  /// Does something to a frame on its way.
  mutating func strike(_ number: UInt32, _ effect: FaultEffect, _ journal: inout Journal)
    throws(Stop)
  {
    guard let place = place(ofFrame: number) else { return }
    switch effect {
    case .drop: try lose(number, .lostOnTheWire, &journal)
    case .duplicate: try duplicate(number, &journal)
    case .delay(let span):
      guard let arrival = frames[place].arrivesAt else { return }
      try delay(number, until: arrival + span, &journal)
    case .hold: try delay(number, until: nil, &journal)
    case .swapWithNext:
      frames[place].waitsForNext = true
      try delay(number, until: nil, &journal)
    case .flipBit(let octet, let bit, let beforeFCS):
      guard frames[place].octets.indices.contains(octet) else { return }
      frames[place].flip(octet: octet, bit: bit, beforeFCS: beforeFCS)
      try damaged(number, value: UInt64(octet * 8 + bit & 7), &journal)
    case .rewrite(let field, let value):
      frames[place].rewrite(field: field, value: value)
      try damaged(number, value: 0, &journal)
    case .precede(let segment): try inject(segment, &journal)
    }
  }

  mutating func lose(_ number: UInt32, _ reason: DropReason, _ journal: inout Journal)
    throws(Stop)
  {
    guard let place = place(ofFrame: number) else { return }
    var frame = frames.remove(at: place)
    frame.fate = .lost
    touchedFrames.append(frame)
    queue.remove(.arrival(frame: number))
    ports[frame.port].counters.lost += 1
    try note(.frameLost, frame, host: frame.from, .down, reason: reason, &journal)
  }

  /// A copy of the frame follows it; it has a number of its own.
  private mutating func duplicate(_ number: UInt32, _ journal: inout Journal) throws(Stop) {
    guard let place = place(ofFrame: number) else { return }
    let first = frames[place]
    lastFrame += 1
    var copy = FrameInFlight(
      number: lastFrame, octets: first.octets, from: first.from, port: first.port,
      to: first.to, sentAt: first.sentAt)
    copy.original = first.original
    copy.oldCheckSequence = first.oldCheckSequence
    copy.copyOf = number
    copy.arrivesAt = first.arrivesAt.map { $0 + lineTime(of: first) }
    copy.fate = first.fate
    enter(copy)
    ports[first.port].counters.duplicated += 1
    try note(.frameDuplicated, copy, host: first.from, .down, value: UInt64(number), &journal)
  }

  /// The frame arrives at another time, or not before something else happens. The moment's value is the
  /// delay in nanoseconds, 0 where the end is open.
  private mutating func delay(_ number: UInt32, until arrival: Instant?, _ journal: inout Journal)
    throws(Stop)
  {
    guard let place = place(ofFrame: number) else { return }
    let before = frames[place].arrivesAt
    setArrival(place, arrival)
    let span = arrival.flatMap { later in before.map { later.since($0).count } } ?? 0
    try note(.frameDelayed, frames[place], host: frames[place].from, .down, value: span, &journal)
  }

  private mutating func setArrival(_ place: Int, _ arrival: Instant?) {
    queue.remove(.arrival(frame: frames[place].number))
    frames[place].arrivesAt = arrival
    frames[place].fate = arrival == nil ? .held : .flying
    touchedFrames.append(frames[place])
    if let arrival { queue.schedule(.arrival(frame: frames[place].number), at: arrival) }
  }

  private mutating func damaged(_ number: UInt32, value: UInt64, _ journal: inout Journal)
    throws(Stop)
  {
    guard let place = place(ofFrame: number) else { return }
    touchedFrames.append(frames[place])
    ports[frames[place].port].counters.damaged += 1
    try note(.frameDamaged, frames[place], host: frames[place].from, .down, value: value, &journal)
  }

  /// Frames that waited for this one arrive right behind it.
  mutating func moveSwapped(behind number: UInt32, from port: Int) {
    guard let place = place(ofFrame: number), var arrival = frames[place].arrivesAt else { return }
    for index in frames.indices.prefix(place)
    where frames[index].waitsForNext && frames[index].port == port {
      frames[index].waitsForNext = false
      arrival = arrival + lineTime(of: frames[index])
      setArrival(index, arrival)
    }
  }

  /// Lets a held frame arrive now.
  mutating func release(_ number: UInt32) {
    guard let place = place(ofFrame: number), frames[place].arrivesAt == nil else { return }
    frames[place].waitsForNext = false
    setArrival(place, now)
  }

  /// Puts a segment on the wire that nobody sent. It takes no time from the line of its seeming sender.
  mutating func inject(_ segment: ForgedSegment, _ journal: inout Journal) throws(Stop) {
    guard let way = injection(segment) else { return }
    var segment = segment
    for place in 0..<min(segment.count, ForgedSegment.largestCount) {
      let octets = segment.frame(
        from: configuration.hosts[way.port], to: configuration.hosts[way.receiver],
        through: way.nextHop)
      try inject(octets, from: way.port, behind: place, &journal)
      segment.sourcePort &+= 1
    }
  }

  /// Puts an ICMP error on the wire that nobody sent.
  mutating func inject(_ error: ForgedError, _ journal: inout Journal) throws(Stop) {
    guard let port = place(of: error.from), let address = error.destination,
      let neighbour = neighbour(of: port, toward: address),
      let octets = error.frame(from: configuration.hosts[port], through: neighbour)
    else { return }
    try inject(octets, from: port, &journal)
  }

  /// - Parameter behind: Frames of the same length that arrive one after the other before it.
  private mutating func inject(
    _ octets: [UInt8], from port: Int, behind: Int = 0, _ journal: inout Journal
  ) throws(Stop) {
    guard let link = ports[port].link else { return }
    lastFrame += 1
    var frame = FrameInFlight(
      number: lastFrame, octets: octets, from: HostID(port), port: port,
      to: addressee(of: octets, from: port), sentAt: now)
    frame.isInjected = true
    let span = lineTime(of: frame).count * UInt64(behind + 1)
    frame.arrivesAt = now + Nanoseconds(span) + configuration.links[link].propagationDelay
    enter(frame)
    try note(.frameSent, frame, host: .wire, .down, &journal)
  }

  /// Cuts the cables of a host. Both ends of a line are without one from now on; of a hub the others go on.
  mutating func cut(_ host: HostID, _ journal: inout Journal) throws(Stop) {
    for port in ports(of: host) where ports[port].link != nil {
      let ends = [port, ports[port].peer].compactMap { $0 }
      for end in ends { ports[end].link = nil }
      for frame in frames where ends.contains(frame.port) {
        try lose(frame.number, .linkCut, &journal)
      }
    }
  }

  /// Plugs the cables of a host in again, as they were at the beginning.
  mutating func mend(_ host: HostID) {
    let plugged = World.ports(configuration)
    for port in ports(of: host) where ports[port].link == nil {
      for end in [port, ports[port].peer].compactMap({ $0 }) { ports[end].link = plugged[end].link }
    }
  }

  /// Whether a host has a cable that is cut.
  public func isCut(_ host: HostID) -> Bool {
    let plugged = World.ports(configuration)
    return ports(of: host).contains { ports[$0].link == nil && plugged[$0].link != nil }
  }

  /// How long a frame takes on its sender's line.
  private func lineTime(of frame: FrameInFlight) -> Nanoseconds {
    guard let link = ports[frame.port].link else { return Nanoseconds(0) }
    return configuration.links[link].duration(
      octets: EthernetLine.octetTimes(frame: frame.octets.count))
  }
}

extension World {
  /// What the line does to a frame by chance.
  mutating func applyChance(to number: UInt32, from port: Int, _ journal: inout Journal)
    throws(Stop)
  {
    guard let link = ports[port].link, !configuration.links[link].chance.isNone else { return }
    let chance = configuration.links[link].chance
    if random.happens(perMillion: chance.loss) {
      return try strike(number, .drop, &journal)
    }
    if random.happens(perMillion: chance.duplication) { try strike(number, .duplicate, &journal) }
    if random.happens(perMillion: chance.corruption) {
      try strike(number, chanceFlip(number), &journal)
    }
    if random.happens(perMillion: chance.reordering) {
      let span = 1 + random.below(chance.longestDelay.count)
      try strike(number, .delay(Nanoseconds(span)), &journal)
    }
  }

  private mutating func chanceFlip(_ number: UInt32) -> FaultEffect {
    let octets = place(ofFrame: number).map { frames[$0].octets } ?? []
    let isPacket = (try? EthernetHeader(parsing: octets.span.bytes))?.type == .ipv4
    let beforeFCS = random.below(2) == 1 && isPacket
    let start = beforeFCS ? EthernetHeader.minimumLength : 0
    let octet = start + random.below(octets.count - start)
    return .flipBit(octet: octet, bit: random.below(8), beforeFCS: beforeFCS)
  }
}
