import Stack
import Wire

/// What a socket takes in memory while nothing happens on it.
struct IdleSockets {
  let count: Int

  func run() throws {
    giveFreedMemoryBack()
    let before = residentMemory()
    var pair = HostPair(.quiet)
    let making = try measured { try pair.addIdle(count) }
    let memory = residentMemory() - before
    let sockets = pair.client.memory.count + pair.server.memory.count
    report(
      "idle socket", Double(memory) / Double(sockets), "octets", "\(sockets) sockets on two hosts",
      "\(ControlBlock.size) of them are its control block")
    report("idle connection making", making.cpu / Double(count), "ns", "\(count) connections")
  }
}

extension HostPair {
  /// Connections that fit between one client's address and one port of the server, with ports to spare.
  private static let connectionsPerPort = 8_000

  /// Establishes connections on which nothing happens then.
  mutating func addIdle(_ count: Int) throws {
    var made = 0
    var port: UInt16 = 1_000
    while made < count {
      let address = SocketAddress(Self.serverAddress.address, port)
      let listening = try listen(on: port)
      for _ in 0..<min(Self.connectionsPerPort, count - made) {
        _ = try connect(to: listening, at: address)
        made += 1
      }
      port += 1
    }
  }
}
