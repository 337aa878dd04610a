import Stack
import Wire

/// Two hosts with a perfect wire of no length between them: what one hands to its adapter the other gets.
struct Pair {
  static let clientAddress = IPv4Address(192, 0, 2, 10)
  static let serverAddress = IPv4Address(192, 0, 2, 80)
  static let process = ProcessID(412)

  var hosts: [Host]
  var now = Instant.zero
  var journal = Journal(isLooking: true)
  /// Every frame that went over the wire: who sent it, and its octets.
  var frames: [(from: Int, octets: [UInt8])] = []
  var completions: [[Completion]] = [[], []]
  /// Frames that are lost: asked with the sender and the frame's running number from 0.
  var loses: (Int, Int) -> Bool = { _, _ in false }

  init(
    seed: UInt64 = 1, client: (inout HostConfiguration) -> Void = { _ in },
    server: (inout HostConfiguration) -> Void = { _ in }
  ) {
    var first = HostConfiguration(
      id: HostID(0), name: "client", hardwareAddress: MACAddress(2, 0, 0, 0, 0, 0x0a),
      address: Self.clientAddress)
    var second = HostConfiguration(
      id: HostID(1), name: "server", hardwareAddress: MACAddress(2, 0, 0, 0, 0, 0x50),
      address: Self.serverAddress)
    first.knownNeighbours = [second.address: second.hardwareAddress]
    second.knownNeighbours = [first.address: first.hardwareAddress]
    first.seed = seed
    second.seed = seed
    first.tcp = .book.answeringAtOnce
    second.tcp = .book.answeringAtOnce
    client(&first)
    server(&second)
    hosts = [Host(first), Host(second)]
  }

  @discardableResult
  mutating func call(_ host: Int, _ call: SocketCall) throws -> CallResult {
    let result = try hosts[host].call(call, by: Self.process, at: now, &journal)
    collect()
    return result
  }

  mutating func collect() {
    for host in hosts.indices {
      while let completion = hosts[host].takeCompletion() { completions[host].append(completion) }
    }
  }

  /// Carries frames until both adapters are silent.
  mutating func exchange() throws {
    var busy = true
    while busy {
      busy = false
      for host in hosts.indices {
        while let frame = hosts[host].takeFrame() {
          busy = true
          let number = frames.count
          frames.append((host, frame.octets))
          if loses(host, number) { continue }
          try hosts[1 - host].receive(frame, at: now, &journal)
        }
      }
    }
    collect()
  }

  /// Moves the clock to the next timer and fires it; false when none runs.
  @discardableResult
  mutating func fireNext() throws -> Bool {
    guard let next = hosts.compactMap(\.nextDeadline).min() else { return false }
    now = max(now, next)
    for host in hosts.indices { try hosts[host].advance(to: now, &journal) }
    try exchange()
    return true
  }

  /// Takes what a host has handed to its adapter off the wire, to be delivered when the test wants.
  mutating func take(_ host: Int) -> [LinkFrame] {
    var taken: [LinkFrame] = []
    while let frame = hosts[host].takeFrame() {
      frames.append((host, frame.octets))
      taken.append(frame)
    }
    return taken
  }

  mutating func deliver(_ taken: [LinkFrame], to host: Int) throws {
    for frame in taken { try hosts[host].receive(frame, at: now, &journal) }
    collect()
  }

  /// The host forgets everything but its configuration and the seed.
  mutating func reboot(_ host: Int) { hosts[host] = Host(hosts[host].configuration) }

  /// A server that listens on port 80; its descriptor is 3.
  mutating func listen(backlog: Int = 5) throws {
    try call(1, .socket(.stream))
    try call(1, .bind(3, SocketAddress(.any, 80)))
    try call(1, .listen(3, backlog: backlog))
  }

  /// An established connection: client descriptor 3, server descriptor 4.
  mutating func connect() throws {
    try listen()
    try call(0, .socket(.stream))
    try call(0, .connect(3, SocketAddress(Self.serverAddress, 80)))
    try exchange()
    try call(1, .accept(3))
  }

  /// The control block of a host's socket with this running number.
  func block(_ host: Int, _ number: Int = 3) -> ControlBlock? {
    hosts[host].memory.slot(number: number).map { hosts[host].memory[$0] }
  }

  func segment(_ index: Int) throws -> TCPHeader {
    try TCPHeader(parsing: Array(frames[index].octets[34...]))
  }

  var rules: [Rule] { journal.moments.compactMap(\.rule) }
}
