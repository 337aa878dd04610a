import Stack
import Wire

// The way of a frame from one adapter to the other.
extension World {
  /// An adapter has a frame for the line: it goes at once, or waits until the line is free.
  mutating func take(_ frame: LinkFrame, from port: Int, _ journal: inout Journal) throws(Stop) {
    if ports[port].waiting.isEmpty && ports[port].freeAt <= now {
      try send(frame, from: port, &journal)
      return
    }
    if let limit = ports[port].queueLimit, ports[port].waiting.count >= limit {
      return try dropTail(frame, from: port, &journal)
    }
    ports[port].waiting.append(frame)
    if ports[port].waiting.count == 1 {
      queue.schedule(.lineFree(port: port), at: ports[port].freeAt)
    }
  }

  /// Nothing more may wait: the newest frame is thrown away.
  private func dropTail(_ frame: LinkFrame, from port: Int, _ journal: inout Journal)
    throws(Stop)
  {
    guard journal.isLooking else { return }
    let host = HostID(ports[port].host)
    journal.unit = UnitInHand(
      octets: frame.octets, range: 0..<frame.octets.count, direction: .down, layer: .adapter,
      host: host)
    try journal.record(
      Moment(
        time: now, host: host, layer: .adapter, event: .frameDropped, reason: .queueFull,
        unit: UnitSummary(frame: frame.octets)))
  }

  /// The line is free: the oldest waiting frame goes.
  mutating func sendWaiting(_ port: Int, _ journal: inout Journal) throws(Stop) {
    guard !ports[port].waiting.isEmpty else { return }
    let frame = ports[port].waiting.removeFirst()
    try send(frame, from: port, &journal)
    if !ports[port].waiting.isEmpty {
      queue.schedule(.lineFree(port: port), at: ports[port].freeAt)
    }
  }

  private mutating func send(_ frame: LinkFrame, from port: Int, _ journal: inout Journal)
    throws(Stop)
  {
    let forged = armedForgeries(before: frame.octets, from: ports[port].host)
    for segment in forged.segments { try inject(segment, &journal) }
    let number = launch(frame.octets, from: port)
    ports[port].counters.sent += 1
    try note(.frameSent, frame: number, host: HostID(ports[port].host), .down, &journal)
    guard ports[port].link != nil else {
      return try lose(number, .linkCut, &journal)
    }
    moveSwapped(behind: number, from: port)
    for effect in forged.others { try strike(number, effect, &journal) }
    try applyChance(to: number, from: port, &journal)
  }

  /// Puts a frame on the line; gives its number.
  private mutating func launch(_ octets: [UInt8], from port: Int) -> UInt32 {
    let taken = EthernetLine.octetTimes(frame: octets.count)
    let link = ports[port].link.map { configuration.links[$0] }
    let onLine = link?.duration(octets: taken) ?? Nanoseconds(0)
    let gap = link?.duration(octets: EthernetLine.interframeGap) ?? Nanoseconds(0)
    ports[port].freeAt = now + onLine + gap
    lastFrame += 1
    var frame = FrameInFlight(
      number: lastFrame, octets: octets, from: HostID(ports[port].host), port: port,
      to: addressee(of: octets, from: port), sentAt: now)
    frame.arrivesAt = now + onLine + (link?.propagationDelay ?? Nanoseconds(0))
    enter(frame)
    return frame.number
  }

  /// A frame is on its way from now on.
  mutating func enter(_ frame: FrameInFlight) {
    frames.append(frame)
    touchedFrames.append(frame)
    if let arrival = frame.arrivesAt {
      queue.schedule(.arrival(frame: frame.number), at: arrival)
    }
  }

  /// A frame's last bit has come to the other end, or to all other ends of a hub.
  mutating func deliver(_ number: UInt32, _ journal: inout Journal) throws(Stop) {
    guard let place = place(ofFrame: number) else { return }
    let port = frames[place].port
    guard ports[port].peer != nil || !receivers(from: port).isEmpty else {
      return try lose(number, .noReceiver, &journal)
    }
    var frame = frames.remove(at: place)
    frame.fate = .delivered
    touchedFrames.append(frame)
    let sender = frame.port
    ports[sender].counters.delivered += 1
    if frame.copyOf == nil {
      if number < ports[sender].newestArrived { ports[sender].counters.reordered += 1 }
      ports[sender].newestArrived = max(number, ports[sender].newestArrived)
    }
    if let peer = ports[sender].peer {
      try hand(frame, to: peer, &journal)
    } else {
      for port in receivers(from: sender) { try hand(frame, to: port, &journal) }
    }
  }

  private mutating func hand(_ frame: FrameInFlight, to port: Int, _ journal: inout Journal)
    throws(Stop)
  {
    let host = ports[port].host
    try note(.frameReceived, frame, host: HostID(host), .up, &journal)
    // What becomes of it outside is not ours to see.
    if HostID(host) == configuration.outside { return }
    let received = LinkFrame(
      octets: frame.octets, frameCheckSequence: frame.oldCheckSequence,
      interface: ports[port].interface)
    try hosts[host].receive(received, at: now, &journal)
    try settle(host, &journal)
  }

  /// Where a frame that is on its way stands in the list. O(log frames).
  func place(ofFrame number: UInt32) -> Int? {
    var low = 0
    var high = frames.count
    while low < high {
      let middle = (low + high) / 2
      if frames[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < frames.count && frames[low].number == number ? low : nil
  }
}

extension World {
  /// Writes a moment of the wire down.
  func note(
    _ event: Event, _ frame: FrameInFlight, host: HostID, _ direction: UnitInHand.Direction,
    reason: DropReason? = nil, value: UInt64 = 0, _ journal: inout Journal
  ) throws(Stop) {
    guard journal.isLooking else { return }
    journal.unit = UnitInHand(
      octets: frame.octets, range: 0..<frame.octets.count, direction: direction, layer: .wire,
      host: host)
    try journal.record(
      Moment(
        time: now, host: host, layer: .wire, event: event, reason: reason, value: value,
        unit: UnitSummary(frame: frame.octets, number: frame.number)))
  }

  /// Writes a moment about a frame that is on its way down.
  func note(
    _ event: Event, frame number: UInt32, host: HostID, _ direction: UnitInHand.Direction,
    value: UInt64 = 0, _ journal: inout Journal
  ) throws(Stop) {
    guard journal.isLooking, let place = place(ofFrame: number) else { return }
    try note(event, frames[place], host: host, direction, value: value, &journal)
  }
}
