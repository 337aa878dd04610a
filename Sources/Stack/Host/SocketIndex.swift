import Wire

/// Finds the socket that an incoming unit belongs to.
///
/// Made from the control blocks and made anew when a learner writes to them; the look-up never grows with
/// the number of sockets.
struct SocketIndex: Sendable {
  struct FourTuple: Hashable, Sendable {
    var transport: UInt8
    var local: SocketAddress
    var remote: SocketAddress

    /// Two words for the hasher: member by member it would be asked eleven times.
    func hash(into hasher: inout Hasher) {
      hasher.combine(UInt64(local.address.value) << 32 | UInt64(remote.address.value))
      hasher.combine(
        UInt64(transport) << 32 | UInt64(local.port) << 16 | UInt64(remote.port))
    }
  }

  struct LocalPort: Hashable, Sendable {
    var transport: UInt8
    var port: UInt16
  }

  private var connections: [FourTuple: Int] = [:]
  /// Sockets with a local port and no peer: bound, listening, or UDP.
  private var waiting: [LocalPort: [Int]] = [:]
  private var users: [LocalPort: Int] = [:]
  /// The connection found last: segments come in trains, and hashing costs 50 ns for each.
  private var latest: (tuple: FourTuple, slot: Int)?

  /// The slot of the connection with exactly these four.
  func connection(_ tuple: FourTuple) -> Int? { connections[tuple] }

  /// The same, remembered for the next segment of the connection.
  mutating func connection(remembering tuple: FourTuple) -> Int? {
    if let latest, latest.tuple == tuple { return latest.slot }
    guard let slot = connections[tuple] else { return nil }
    latest = (tuple, slot)
    return slot
  }

  /// Sockets on the port that have no peer, oldest first.
  func waiting(on port: LocalPort) -> [Int] { waiting[port] ?? [] }

  /// Whether any socket uses the port.
  func isUsed(_ port: LocalPort) -> Bool { users[port] != nil }

  mutating func insert(_ slot: Int, _ block: ControlBlock) {
    guard block.localPort != 0, !block.isFree else { return }
    latest = nil
    let port = LocalPort(transport: block.transport, port: block.localPort)
    users[port, default: 0] += 1
    if block.remotePort != 0 {
      connections[block.fourTuple] = slot
    } else {
      waiting[port, default: []].append(slot)
    }
  }

  mutating func remove(_ slot: Int, _ block: ControlBlock) {
    guard block.localPort != 0, !block.isFree else { return }
    latest = nil
    let port = LocalPort(transport: block.transport, port: block.localPort)
    if let count = users[port] { users[port] = count > 1 ? count - 1 : nil }
    if block.remotePort != 0, connections[block.fourTuple] == slot {
      connections[block.fourTuple] = nil
    }
    if var list = waiting[port] {
      list.removeAll { $0 == slot }
      waiting[port] = list.isEmpty ? nil : list
    }
  }
}

extension ControlBlock {
  var local: SocketAddress { SocketAddress(localAddress, localPort) }
  var remote: SocketAddress { SocketAddress(remoteAddress, remotePort) }
  var fourTuple: SocketIndex.FourTuple {
    SocketIndex.FourTuple(transport: transport, local: local, remote: remote)
  }
}
