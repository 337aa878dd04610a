import Stack
import Wire

/// A host with sockets in many states. The octets say what happens to it: segments that fit its records nearly,
/// other frames, time, calls and pokes.
struct HostFuzz {
  private static let process = ProcessID(7)
  /// More events than this make an input no better.
  private static let mostEvents = 400
  /// More frames than this for one event: the host does not come to an end. A record that was written over may
  /// send bursts of 1,024 segments, and each socket may do so when it is woken, too.
  private static let mostFrames = 12 * 2 * 1_024

  private var host: Host
  private var now = Instant(nanoseconds: 1_000_000_000)
  private var journal: Journal
  private var input: FuzzInput
  /// The last frame that the host sent: what an ICMP error quotes.
  private var lastFrame: [UInt8] = []
  /// Once octets have been written over a record, what the host sends need not make sense.
  private var isPoked = false

  static func take(_ octets: [UInt8]) throws(Finding) {
    var fuzz = HostFuzz(octets)
    do {
      try fuzz.open()
      for _ in 0..<mostEvents where !fuzz.input.isAtEnd {
        try fuzz.event()
        try fuzz.look()
      }
      for _ in 0..<60 {
        try fuzz.passTime(to: fuzz.host.nextDeadline)
        try fuzz.look()
      }
    } catch let finding as Finding {
      throw finding
    } catch {
      throw Finding("the journal has no limit, yet: \(error)")
    }
  }

  private init(_ octets: [UInt8]) {
    input = FuzzInput(octets)
    let setting = input.octet()
    var configuration = HostConfiguration(
      id: HostID(1), name: "host", hardwareAddress: FuzzFrame.hostHardware,
      address: FuzzFrame.host)
    if setting & 1 == 0 {
      configuration.knownNeighbours = [FuzzFrame.peer: FuzzFrame.peerHardware]
    }
    configuration.tcp = setting & 2 == 0 ? .book : .modern
    configuration.isObserved = setting & 4 == 0
    if setting & 8 != 0 { configuration.maximumTransmissionUnit = 68 }
    if setting & 16 != 0 { configuration.tcp.receiveBuffer = 100 }
    configuration.socketLimit = 12
    configuration.seed = 3
    host = Host(configuration)
    journal = Journal(isLooking: configuration.isObserved)
  }

  /// A listener on port 80, a connection that a SYN has opened, one that the host opens, a datagram socket.
  private mutating func open() throws {
    try call(.socket(.stream))
    try call(.bind(3, SocketAddress(.any, 80)))
    try call(.listen(3, backlog: 3))
    try call(.socket(.stream))
    try call(.connect(4, SocketAddress(FuzzFrame.peer, 5000)))
    try call(.socket(.datagram))
    try call(.bind(5, SocketAddress(.any, 53)))
    let syn = TCPHeader(
      sourcePort: 4000, destinationPort: 80, sequence: SequenceNumber(.max - 2), flags: .syn,
      window: 9000,
      options: TCPOptions(
        maximumSegmentSize: 1000, windowScale: 3, sackPermitted: true,
        timestamps: TCPTimestamps(value: 1, echo: 0)))
    try receive(FuzzFrame.tcp(syn, []))
  }

  // MARK: What happens

  private mutating func event() throws {
    switch input.octet() & 15 {
    case 0...4: try receive(segment())
    case 5: try receive(input.octets(Int(input.octet())))
    case 6:
      let data = [UInt8](repeating: 9, count: Int(input.octet()) * 8)
      try receive(FuzzFrame.udp(data, from: input.uint16(), to: 53 + UInt16(input.octet() & 3)))
    case 7:
      let message = ICMPMessage(type: input.octet(), code: input.octet(), rest: input.uint32())
      let quoted = lastFrame.dropFirst(14).prefix(Int(input.octet()))
      try receive(FuzzFrame.icmp(message, Array(quoted)))
    case 8: try receive(arp())
    case 9: try passTime(to: host.nextDeadline)
    case 10: try passTime(to: now + Nanoseconds(UInt64(input.octet()) << (input.octet() & 63)))
    case 11, 12: try call(anyCall())
    case 13: try poke()
    case 14:
      var frame = segment()
      for _ in 0...(input.octet() & 3) {
        frame[Int(input.octet()) % frame.count] ^= input.octet()
      }
      try receive(frame)
    default:
      if input.octet() & 7 == 0 { try host.exit(Self.process, at: now, &journal) }
    }
  }

  /// A segment for one of the sockets, with numbers near those of its record.
  private mutating func segment() -> [UInt8] {
    let sockets = host.memory.used.map { host.memory[$0] }.filter { $0.transport == 6 }
    let choice = Int(input.octet())
    let block = sockets.isEmpty ? ControlBlock() : sockets[choice % sockets.count]
    let isWaiting = block.remotePort == 0
    var options = TCPOptions()
    let kinds = input.octet()
    if kinds & 1 != 0 {
      options.timestamps = TCPTimestamps(value: input.uint32(), echo: input.uint32())
    }
    if kinds & 2 != 0 { options.maximumSegmentSize = input.uint16() }
    if kinds & 4 != 0 { options.windowScale = input.octet() }
    if kinds & 8 != 0 { options.sackPermitted = true }
    if kinds & 16 != 0 {
      let left = block.sendUnacknowledged.value &+ input.sequence().value
      options.sackBlocks = [
        SACKBlock(left: SequenceNumber(left), right: SequenceNumber(left &+ input.uint32()))
      ]
    }
    let start = kinds & 32 == 0 ? block.sendNext : block.sendUnacknowledged
    let header = TCPHeader(
      sourcePort: isWaiting ? 4001 + UInt16(choice >> 6) : block.remotePort,
      destinationPort: block.localPort,
      sequence: SequenceNumber(block.receiveNext.value &+ input.sequence().value),
      acknowledgment: SequenceNumber(start.value &+ input.sequence().value),
      flags: TCPFlags(rawValue: input.octet()), window: input.uint16(),
      urgentPointer: kinds & 64 == 0 ? 0 : input.uint16(), options: options)
    let length = Int(input.octet()) * (kinds & 128 == 0 ? 1 : 5)
    return FuzzFrame.tcp(header, [UInt8](repeating: 7, count: length))
  }

  private mutating func arp() -> [UInt8] {
    let packet = ARPPacket(
      operation: .init(rawValue: UInt16(input.octet() & 3)),
      senderMAC: MACAddress(2, 0, 0, 0, 0, input.octet()),
      senderIP: IPv4Address(192, 0, 2, input.octet()), targetMAC: .zero,
      targetIP: IPv4Address(192, 0, 2, input.octet()))
    let ethernet = EthernetHeader(
      destination: .broadcast, source: FuzzFrame.peerHardware, type: .arp)
    return EthernetLine.padded(ethernet.octets + packet.octets)
  }

  private mutating func anyCall() -> SocketCall {
    let descriptor = 3 + Int(input.octet() & 7)
    let address = SocketAddress(
      IPv4Address(192, 0, 2, [99, 80, 3, 255][Int(input.octet() & 3)]), input.uint16())
    let count = Int(input.octet()) * 64
    switch input.octet() & 15 {
    case 0: return .socket(.stream)
    case 1: return .socket(.datagram)
    case 2: return .bind(descriptor, address)
    case 3: return .listen(descriptor, backlog: count)
    case 4: return .accept(descriptor)
    case 5: return .connect(descriptor, address)
    case 7 where count & 64 != 0:
      return .sendUrgent(descriptor, [UInt8](repeating: 3, count: count))
    case 9 where count == 0: return .atMark(descriptor)
    case 6, 7: return .send(descriptor, [UInt8](repeating: 1, count: count))
    case 8, 9: return .receive(descriptor, limit: count)
    case 10: return .sendTo(descriptor, [UInt8](repeating: 2, count: count), address)
    case 11: return .receiveFrom(descriptor, limit: count)
    case 12:
      return .shutdown(descriptor, [.receiving, .sending, .both, .both][count / 64 & 3])
    case 13, 14: return .close(descriptor)
    default: return .abort(descriptor)
    }
  }

  private mutating func poke() throws {
    let used = host.memory.used
    guard !used.isEmpty else { return }
    let slot = used[Int(input.octet()) % used.count]
    let place = Int(input.octet()) % ControlBlock.size
    let octets = input.octets(1 + Int(input.octet() & 7))
    isPoked = true
    try host.write(octets, at: place, slot: slot, at: now, &journal)
  }

  // MARK: The inputs of a host

  private mutating func call(_ call: SocketCall) throws {
    _ = try host.call(call, by: Self.process, at: now, &journal)
  }

  private mutating func receive(_ octets: [UInt8]) throws {
    try host.receive(LinkFrame(octets: octets), at: now, &journal)
  }

  private mutating func passTime(to time: Instant?) throws {
    guard let time else { return }
    now = max(now, time)
    try host.advance(to: now, &journal)
    if let next = host.nextDeadline, now.nanoseconds < .max {
      try require(next > now, "the timer of \(now) fires without end")
    }
  }

  // MARK: What must hold

  private mutating func look() throws(Finding) {
    var count = 0
    while let frame = host.takeFrame() {
      count += 1
      lastFrame = frame.octets
      try check(frame.octets)
    }
    try require(count <= Self.mostFrames, "\(count) frames for one event")
    while host.takeCompletion() != nil {}
    try require(host.memory.count <= host.configuration.socketLimit, "too many sockets")
    journal.moments.removeAll(keepingCapacity: true)
    journal.changes.removeAll(keepingCapacity: true)
    guard !isPoked else { return }
    try require(host.memory.used.count == host.memory.count, "sockets are counted wrongly")
    for slot in host.memory.used where host.memory[slot].transport == 6 {
      let block = host.memory[slot]
      let waiting = host.receiveBuffer(slot).count
      try require(
        Int(block.receiveQueue) == waiting, "\(block.receiveQueue) octets wait, not \(waiting)")
      guard block.state.isSynchronized else { continue }
      try require(
        block.sendUnacknowledged.isAtOrBefore(block.sendNext),
        "SND.UNA \(block.sendUnacknowledged) is behind SND.NXT \(block.sendNext)")
    }
  }

  private func check(_ frame: [UInt8]) throws(Finding) {
    try require(frame.count >= 60 && frame.count <= 1514, "a frame of \(frame.count) octets")
    let dissection = Dissection(frame: frame)
    try require(dissection.problem == nil, "\(frame): \(dissection.problem.debugDescription)")
    guard !isPoked, let ip = dissection.layer(.ipv4) else { return }
    let header = try? IPv4Header(parsing: Array(frame[ip.range]))
    try require(header?.source == FuzzFrame.host, "sent as \(header.debugDescription)")
    try require(
      Int(header?.totalLength ?? 0) <= host.configuration.maximumTransmissionUnit,
      "a packet larger than the link takes")
  }
}
