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
  }

  struct LocalPort: Hashable, Sendable {
    var transport: UInt8
    var port: UInt16
  }

  private var connections: [FourTuple: Int] = [:]
  /// Sockets with a local port and no peer: bound, listening, or UDP.
  private var waiting: [LocalPort: [Int]] = [:]
  private var users: [LocalPort: Int] = [:]

  func connection(_ tuple: FourTuple) -> Int? { connections[tuple] }

  /// Sockets on the port that have no peer, oldest first.
  func waiting(on port: LocalPort) -> [Int] { waiting[port] ?? [] }

  /// Whether any socket uses the port.
  func isUsed(_ port: LocalPort) -> Bool { users[port] != nil }

  mutating func insert(_ slot: Int, _ block: ControlBlock) {
    guard block.localPort != 0, !block.isFree else { return }
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
