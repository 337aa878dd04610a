import Wire

/// Finds the socket that an incoming unit belongs to.
///
/// Made from the control blocks and made anew when a learner writes to them; the look-up never grows with
/// the number of sockets.
struct SocketIndex: Sendable {
  struct FourTuple: FlatKey {
    var transport: UInt8
    var local: SocketAddress
    var remote: SocketAddress

    @inline(__always)
    var words: (UInt64, UInt64) {
      (
        UInt64(local.address.value) << 32 | UInt64(remote.address.value),
        UInt64(transport) << 32 | UInt64(local.port) << 16 | UInt64(remote.port)
      )
    }

    @inline(__always)
    static func == (left: FourTuple, right: FourTuple) -> Bool { left.words == right.words }
  }

  struct LocalPort: FlatKey {
    var transport: UInt8
    var port: UInt16

    var words: (UInt64, UInt64) { (UInt64(transport), UInt64(port)) }
  }

  /// What is known of a port that somebody uses.
  private struct PortUse: Sendable {
    var users = 1
    /// Sockets with the port and no peer: bound, listening, or UDP; oldest first.
    var waiting: [Int] = []
  }

  private var connections: FlatTable<FourTuple, Int32>
  private var ports: FlatTable<LocalPort, PortUse>
  /// The connection found last: segments come in trains.
  private var latest: (tuple: FourTuple, slot: Int)?

  /// - Parameter seed: makes the tables' secret; it shows in nothing that the host does.
  init(seed: UInt64) {
    var random = RandomSource(seed: ~seed)
    connections = FlatTable(secret: (random.next(), random.next()))
    ports = FlatTable(secret: (random.next(), random.next()))
  }

  /// The slot of the connection with exactly these four.
  func connection(_ tuple: FourTuple) -> Int? { connections[tuple].map { Int($0) } }

  /// The same, remembered for the next segment of the connection.
  mutating func connection(remembering tuple: FourTuple) -> Int? {
    if let latest, latest.tuple == tuple { return latest.slot }
    guard let slot = connection(tuple) else { return nil }
    latest = (tuple, slot)
    return slot
  }

  /// Sockets on the port that have no peer, oldest first.
  func waiting(on port: LocalPort) -> [Int] { ports[port]?.waiting ?? [] }

  /// Whether any socket uses the port.
  func isUsed(_ port: LocalPort) -> Bool { ports.place(of: port) != nil }

  mutating func insert(_ slot: Int, _ block: ControlBlock) {
    guard block.localPort != 0, !block.isFree else { return }
    let port = LocalPort(transport: block.transport, port: block.localPort)
    let waits = block.remotePort == 0
    if let place = ports.place(of: port) {
      ports.update(at: place) {
        $0.users += 1
        if waits { $0.waiting.append(slot) }
      }
    } else {
      ports.insert(port, PortUse(waiting: waits ? [slot] : []))
    }
    if !waits {
      latest = (block.fourTuple, slot)
      connections.insert(block.fourTuple, Int32(truncatingIfNeeded: slot))
    }
  }

  mutating func remove(_ slot: Int, _ block: ControlBlock) {
    guard block.localPort != 0, !block.isFree else { return }
    if latest?.slot == slot { latest = nil }
    if block.remotePort != 0, let place = connections.place(of: block.fourTuple),
      connections[block.fourTuple] == Int32(truncatingIfNeeded: slot)
    {
      connections.remove(at: place)
    }
    let port = LocalPort(transport: block.transport, port: block.localPort)
    guard let place = ports.place(of: port) else { return }
    var isLast = false
    ports.update(at: place) {
      $0.users -= 1
      if !$0.waiting.isEmpty { $0.waiting.removeAll { $0 == slot } }
      isLast = $0.users == 0
    }
    if isLast { ports.remove(at: place) }
  }
}

extension ControlBlock {
  @inline(__always)
  var local: SocketAddress { SocketAddress(localAddress, localPort) }
  @inline(__always)
  var remote: SocketAddress { SocketAddress(remoteAddress, remotePort) }
  @inline(__always)
  var fourTuple: SocketIndex.FourTuple {
    SocketIndex.FourTuple(transport: transport, local: local, remote: remote)
  }
}
