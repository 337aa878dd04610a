import Stack
import Wire

/// One host and, on the other end of its cable, nobody but the test: segments made by hand go in, the
/// host's answers are read as they come out.
struct Peer {
  static let address = IPv4Address(192, 0, 2, 99)
  static let hardware = MACAddress(2, 0, 0, 0, 0, 0x63)
  static let hostAddress = IPv4Address(192, 0, 2, 80)
  static let hostHardware = MACAddress(2, 0, 0, 0, 0, 0x50)
  static let port: UInt16 = 4000
  static let process = ProcessID(7)

  /// What the host puts on the wire in answer.
  struct Answer {
    var header: TCPHeader
    var text: [UInt8]
    var ip: IPv4Header
    var frame: [UInt8]
  }

  var host: Host
  var now = Instant(nanoseconds: 1_000_000_000)
  var journal = Journal(isLooking: true)
  var completions: [Completion] = []
  /// The port that the host's side of the connection has.
  var hostPort: UInt16 = 80
  /// The number of the host's SYN+ACK, where the host keeps no record of it.
  var cookie: UInt32?
  /// The window in every segment that is not told another.
  var window: UInt16 = 10_000

  init(_ configure: (inout HostConfiguration) -> Void = { _ in }) {
    var configuration = HostConfiguration(
      id: HostID(1), name: "host", hardwareAddress: Self.hostHardware, address: Self.hostAddress)
    configuration.knownNeighbours = [Self.address: Self.hardware]
    configuration.seed = 11
    configuration.tcp = .book.answeringAtOnce
    configure(&configuration)
    host = Host(configuration)
  }

  // MARK: The application's side

  @discardableResult
  mutating func call(_ call: SocketCall) throws -> CallResult {
    let result = try host.call(call, by: Self.process, at: now, &journal)
    collect()
    return result
  }

  /// A listening socket on port 80: descriptor 3, socket number 3.
  mutating func listen(backlog: Int = 5) throws {
    try call(.socket(.stream))
    try call(.bind(3, SocketAddress(.any, 80)))
    try call(.listen(3, backlog: backlog))
  }

  /// An active open: descriptor 3, socket number 3. Returns the SYN.
  mutating func connect() throws -> TCPHeader {
    try call(.socket(.stream))
    try call(.connect(3, SocketAddress(Self.address, Self.port)))
    let syn = try answers()[0].header
    hostPort = syn.sourcePort
    return syn
  }

  /// A passive open up to ESTABLISHED and accepted: descriptor 4, socket number 4.
  mutating func establish(irs: UInt32 = 5000, options: TCPOptions = TCPOptions()) throws {
    try listen()
    let synAck = try send(.syn, irs, nil, options: options)[0].header
    var echo = TCPOptions()
    if let stamps = synAck.options.timestamps {
      echo.timestamps = TCPTimestamps(value: options.timestamps?.value ?? 0, echo: stamps.value)
    }
    try send(.ack, irs &+ 1, synAck.sequence.value &+ 1, options: echo)
    try call(.accept(3))
  }

  mutating func collect() {
    while let completion = host.takeCompletion() { completions.append(completion) }
  }

  // MARK: The wire's side

  /// Sends one segment and returns what comes back; without `acknowledgment` its field is 0.
  @discardableResult
  mutating func send(
    _ flags: TCPFlags, _ sequence: UInt32, _ acknowledgment: UInt32?, text: [UInt8] = [],
    window: UInt16? = nil, urgent: UInt16 = 0, options: TCPOptions = TCPOptions(),
    from port: UInt16 = Peer.port
  ) throws -> [Answer] {
    let header = TCPHeader(
      sourcePort: port, destinationPort: hostPort, sequence: SequenceNumber(sequence),
      acknowledgment: SequenceNumber(acknowledgment ?? 0), flags: flags,
      window: window ?? self.window, urgentPointer: urgent, options: options)
    return try deliver(Self.frame(header, text: text))
  }

  @discardableResult
  mutating func deliver(_ octets: [UInt8]) throws -> [Answer] {
    try host.receive(LinkFrame(octets: octets), at: now, &journal)
    return try answers()
  }

  /// Everything that lies in the adapter, as TCP segments; other frames are left out.
  mutating func answers() throws -> [Answer] {
    collect()
    var result: [Answer] = []
    while let frame = host.takeFrame() {
      guard try EthernetHeader(parsing: frame.octets).type == .ipv4 else { continue }
      let ip = try IPv4Header(parsing: Array(frame.octets[14...]))
      guard ip.protocol == .tcp else { continue }
      let segment = Array(frame.octets[34..<(14 + Int(ip.totalLength))])
      let header = try TCPHeader(parsing: segment)
      result.append(
        Answer(
          header: header, text: Array(segment[header.headerLength...]), ip: ip,
          frame: frame.octets))
    }
    return result
  }

  /// Moves the clock to the host's next deadline and fires it; nil when no timer runs.
  mutating func fireNext() throws -> [Answer]? {
    guard let due = host.nextDeadline else { return nil }
    return try wait(until: due)
  }

  mutating func wait(_ span: Nanoseconds) throws -> [Answer] { try wait(until: now + span) }

  private mutating func wait(until due: Instant) throws -> [Answer] {
    now = max(now, due)
    try host.advance(to: now, &journal)
    return try answers()
  }

  /// Writes a number over a field of the connection's record.
  mutating func write(_ number: UInt64, to field: Field) throws {
    guard let slot = connectionSlot else { return }
    var block = host.memory[slot]
    block.write(number, to: field)
    try host.write(
      block.octets(of: field), at: field.description.offset, slot: slot, at: now, &journal)
  }

  // MARK: Looking

  /// The record of the connection with the peer's port.
  var connection: ControlBlock? {
    host.memory.used.map { host.memory[$0] }.first { $0.remotePort == Self.port }
  }

  var connectionSlot: Int? { host.memory.used.first { host.memory[$0].remotePort == Self.port } }

  func block(_ number: Int) -> ControlBlock? {
    host.memory.slot(number: number).map { host.memory[$0] }
  }

  var rules: [Rule] { journal.moments.compactMap(\.rule) }

  // MARK: Frames by hand

  static func frame(_ header: TCPHeader, text: [UInt8] = []) -> [UInt8] {
    var segment = [UInt8](repeating: 0, count: header.headerLength) + text
    header.write(into: &segment, at: 0)
    put(
      TCPHeader.checksum(of: segment.span.bytes, source: address, destination: hostAddress),
      into: &segment, at: 16)
    return packet(segment, .tcp)
  }

  static func datagram(
    _ text: [UInt8], from port: UInt16 = Peer.port, to hostPort: UInt16, withChecksum: Bool = true
  ) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: 8) + text
    UDPHeader(sourcePort: port, destinationPort: hostPort, length: UInt16(octets.count))
      .write(into: &octets, at: 0)
    if withChecksum {
      put(
        UDPHeader.checksum(of: octets.span.bytes, source: address, destination: hostAddress),
        into: &octets, at: 6)
    }
    return packet(octets, .udp)
  }

  static func message(_ message: ICMPMessage, _ data: [UInt8]) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: 8) + data
    message.write(into: &octets, at: 0)
    put(ICMPMessage.checksum(of: octets.span.bytes), into: &octets, at: 2)
    return packet(octets, .icmp)
  }

  /// An ICMP error about a frame of the host's: it quotes the IP header and 8 octets.
  static func error(_ meaning: ICMPMessage.Meaning, about frame: [UInt8]) -> [UInt8] {
    message(ICMPMessage(meaning), Array(frame[14..<42]))
  }

  static func packet(
    _ payload: [UInt8], _ transport: IPProtocol, change: (inout IPv4Header) -> Void = { _ in }
  ) -> [UInt8] {
    var ip = IPv4Header(
      totalLength: UInt16(20 + payload.count), identification: 1, protocol: transport,
      source: address, destination: hostAddress)
    change(&ip)
    var octets = [UInt8](repeating: 0, count: 14 + ip.headerLength) + payload
    EthernetHeader(destination: hostHardware, source: hardware, type: .ipv4)
      .write(into: &octets, at: 0)
    ip.write(into: &octets, at: 14)
    put(
      IPv4Header.checksum(of: octets.span.bytes.extracting(14..<(14 + ip.headerLength))),
      into: &octets, at: 24)
    return EthernetLine.padded(octets)
  }

  static func put(_ checksum: UInt16, into octets: inout [UInt8], at offset: Int) {
    octets[offset] = UInt8(checksum >> 8)
    octets[offset + 1] = UInt8(truncatingIfNeeded: checksum)
  }
}

extension TCPSettings {
  /// The same without delayed acknowledgments: for tests that look at each answer by itself.
  var answeringAtOnce: TCPSettings {
    var settings = self
    settings.acknowledgmentDelay = Nanoseconds(0)
    return settings
  }
}
