import Wire

/// Finds the socket that an incoming unit belongs to.
///
/// Made from the control blocks and made anew when a learner writes to them; the look-up never grows with
/// the number of sockets.
struct SocketIndex: Sendable {
  struct FourTuple: Equatable, Sendable {
    var transport: UInt8
    var local: SocketAddress
    var remote: SocketAddress

    @inline(__always)
    var key: FlatKey {
      FlatKey(
        upper: UInt64(local.address.value) << 32 | UInt64(remote.address.value),
        lower: UInt64(transport) << 32 | UInt64(local.port) << 16 | UInt64(remote.port))
    }
  }

  struct LocalPort: Sendable {
    var transport: UInt8
    var port: UInt16

    @inline(__always)
    var key: FlatKey { FlatKey(upper: UInt64(transport), lower: UInt64(port)) }
  }

  /// Slots of the sockets with a peer.
  private var connections: FlatTable
  /// How many sockets use a port.
  private var users: FlatTable
  /// For a port on which sockets have waited: where in `waitingSlots` they are.
  private var waitingPlaces: FlatTable
  /// Sockets with a port and no peer: bound, listening, or UDP; oldest first.
  private var waitingSlots: [[Int]] = []
  /// The connection found last: segments come in trains.
  private var latest = (key: FlatKey(upper: 0, lower: 0), slot: -1)

  /// - Parameter seed: makes the tables' secret; it shows in nothing that the host does.
  init(seed: UInt64) {
    var random = RandomSource(seed: ~seed)
    connections = FlatTable(secret: (random.next(), random.next()))
    users = FlatTable(secret: (random.next(), random.next()))
    waitingPlaces = FlatTable(secret: (random.next(), random.next()))
  }

  /// The slot of the connection with exactly these four.
  func connection(_ tuple: FourTuple) -> Int? { connections[tuple.key] }

  /// The same, remembered for the next segment of the connection.
  @inline(__always)
  mutating func connection(remembering tuple: FourTuple) -> Int? {
    let key = tuple.key
    if latest.slot >= 0, latest.key == key { return latest.slot }
    guard let slot = connections[key] else { return nil }
    latest = (key, slot)
    return slot
  }

  /// Sockets on the port that have no peer, oldest first.
  func waiting(on port: LocalPort) -> [Int] {
    waitingPlaces[port.key].map { waitingSlots[$0] } ?? []
  }

  /// Whether any socket uses the port.
  func isUsed(_ port: LocalPort) -> Bool { users.place(of: port.key) != nil }

  mutating func insert(_ slot: Int, _ block: ControlBlock) {
    guard block.localPort != 0, !block.isFree else { return }
    let port = LocalPort(transport: block.transport, port: block.localPort).key
    if let place = users.place(of: port) {
      users[place: place] += 1
    } else {
      users.insert(port, 1)
    }
    if block.remotePort == 0 {
      addWaiting(slot, port)
    } else {
      latest = (block.fourTuple.key, slot)
      connections.insert(latest.key, slot)
    }
  }

  /// A port keeps its place: there are no more of them than ports, and a server waits on few.
  private mutating func addWaiting(_ slot: Int, _ port: FlatKey) {
    if let place = waitingPlaces[port] {
      waitingSlots[place].append(slot)
    } else {
      waitingPlaces.insert(port, waitingSlots.count)
      waitingSlots.append([slot])
    }
  }

  mutating func remove(_ slot: Int, _ block: ControlBlock) {
    guard block.localPort != 0, !block.isFree else { return }
    if latest.slot == slot { latest.slot = -1 }
    let port = LocalPort(transport: block.transport, port: block.localPort).key
    if block.remotePort == 0 {
      if let place = waitingPlaces[port] { waitingSlots[place].removeAll { $0 == slot } }
    } else if let place = connections.place(of: block.fourTuple.key),
      connections[place: place] == slot
    {
      connections.remove(at: place)
    }
    guard let place = users.place(of: port) else { return }
    users[place: place] -= 1
    if users[place: place] == 0 { users.remove(at: place) }
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
