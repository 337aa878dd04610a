import Stack
import Wire

/// Two hosts whose adapters hand their frames straight to each other.
struct HostPair {
  var client: Host
  var server: Host
  var now = Instant.zero
  var journal: Journal
  /// Moments written down so far; the journal is emptied now and then as a live run's is.
  private(set) var moments = 0
  private(set) var framesToServer = 0
  private(set) var framesToClient = 0

  static let process = ProcessID(1)
  static let serverAddress = SocketAddress(IPv4Address(192, 0, 2, 80), 80)
  /// An observed run keeps so many moments.
  private static let momentsKept = 100_000

  init(_ mode: Options.Mode, acknowledgesEach: Bool = false) {
    var client = HostConfiguration(
      id: HostID(0), name: "client", hardwareAddress: MACAddress(2, 0, 0, 0, 0, 0x0a),
      address: IPv4Address(192, 0, 2, 10))
    var server = HostConfiguration(
      id: HostID(1), name: "server", hardwareAddress: MACAddress(2, 0, 0, 0, 0, 0x50),
      address: Self.serverAddress.address)
    client.knownNeighbours = [server.address: server.hardwareAddress]
    server.knownNeighbours = [client.address: client.hardwareAddress]
    for way in [\HostConfiguration.socketLimit, \.descriptorLimit] {
      client[keyPath: way] = 1 << 20
      server[keyPath: way] = 1 << 20
    }
    if acknowledgesEach {
      client.tcp.acknowledgmentDelay = Nanoseconds(0)
      server.tcp.acknowledgmentDelay = Nanoseconds(0)
    }
    client.isObserved = mode == .observed
    server.isObserved = mode == .observed
    self.client = Host(client)
    self.server = Host(server)
    journal = Journal(isLooking: mode == .observed)
  }

  mutating func clientCalls(_ call: SocketCall) throws -> CallResult {
    try client.call(call, by: Self.process, at: now, &journal)
  }

  mutating func serverCalls(_ call: SocketCall) throws -> CallResult {
    try server.call(call, by: Self.process, at: now, &journal)
  }

  /// A call that must return a number at once.
  mutating func serverGets(_ call: SocketCall) throws -> Int {
    guard case .returned(let number) = try serverCalls(call) else {
      throw WrongResult(description: "\(call.name) failed")
    }
    return number
  }

  /// A call that must return a number at once.
  mutating func clientGets(_ call: SocketCall) throws -> Int {
    guard case .returned(let number) = try clientCalls(call) else {
      throw WrongResult(description: "\(call.name) failed")
    }
    return number
  }

  /// Carries the frames that wait at either adapter; false when there was none.
  mutating func exchange() throws -> Bool {
    var busy = false
    while let frame = client.takeFrame() {
      busy = true
      framesToServer += 1
      try server.receive(frame, at: now, &journal)
      client.giveBack(frame)
    }
    while let frame = server.takeFrame() {
      busy = true
      framesToClient += 1
      try client.receive(frame, at: now, &journal)
      server.giveBack(frame)
    }
    forgetOldMoments()
    return busy
  }

  /// Time passes; what is due is done.
  mutating func pass(_ span: Nanoseconds) throws {
    now = now + span
    if let due = client.nextDeadline, due <= now { try client.advance(to: now, &journal) }
    if let due = server.nextDeadline, due <= now { try server.advance(to: now, &journal) }
  }

  private mutating func forgetOldMoments() {
    guard journal.moments.count >= Self.momentsKept else { return }
    moments += journal.moments.count
    journal.moments.removeAll(keepingCapacity: true)
    journal.changes.removeAll(keepingCapacity: true)
    journal.calls.removeAll(keepingCapacity: true)
  }

  var momentCount: Int { moments + journal.moments.count }

  /// The server listens.
  mutating func listen(on port: UInt16 = serverAddress.port) throws -> Descriptor {
    let listening = try serverGets(.socket(.stream))
    _ = try serverGets(.bind(listening, SocketAddress(.any, port)))
    _ = try serverGets(.listen(listening, backlog: 5))
    return listening
  }

  /// A connection to a socket that listens: the client's descriptor and the server's.
  mutating func connect(
    to listening: Descriptor, at address: SocketAddress = serverAddress
  ) throws -> (client: Int, server: Int) {
    let connecting = try clientGets(.socket(.stream))
    _ = try clientCalls(.connect(connecting, address))
    while try exchange() {}
    guard case .returned? = client.takeCompletion()?.result,
      case .accepted(let accepted, _) = try serverCalls(.accept(listening))
    else { throw WrongResult(description: "no connection") }
    return (connecting, accepted)
  }
}
