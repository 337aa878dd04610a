import Stack

/// Connections that carry one octet: connect, send, read, close on both sides, and the wait after that.
///
/// 20 ms of virtual time lie between two of them, so that some 500 stay in TIME-WAIT.
struct ShortConnections {
  let mode: Options.Mode
  let count: Int

  func run(_ repetitions: Int) throws {
    var rates: [Double] = []
    for number in 0...repetitions {
      var pair = HostPair(mode)
      let listening = try pair.listen()
      let cost = try measured {
        for _ in 0..<count { try oneConnection(&pair, listening) }
      }
      if number > 0 { rates.append(Double(count) * 1e9 / cost.cpu) }
    }
    report(
      "connect + 1 octet + close \(mode.rawValue)", Sample(rates), "a CPU second",
      "\(count) connections")
  }

  private func oneConnection(_ pair: inout HostPair, _ listening: Descriptor) throws {
    let (client, server) = try pair.connect(to: listening)
    _ = try pair.clientGets(.send(client, [0x21]))
    while try pair.exchange() {}
    guard case .data([0x21]) = try pair.serverCalls(.receive(server, limit: 100)) else {
      throw WrongResult(description: "the octet did not arrive")
    }
    _ = try pair.clientGets(.close(client))
    while try pair.exchange() {}
    guard case .data([]) = try pair.serverCalls(.receive(server, limit: 100)) else {
      throw WrongResult(description: "the end did not arrive")
    }
    _ = try pair.serverGets(.close(server))
    while try pair.exchange() {}
    try pair.pass(.milliseconds(20))
  }
}
