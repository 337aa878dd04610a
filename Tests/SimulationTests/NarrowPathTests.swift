import Simulation
import Stack
import Testing

/// A link behind the router that is narrower than the ones at both ends know: path MTU discovery, RFC 1191.
@Suite struct NarrowPathTests {
  private func run(
    mtu: Int, profile: TCPSettings, loss: UInt32 = 0, isReporting: Bool = true
  ) throws -> (received: [UInt8], data: [UInt8], world: World) {
    var configuration = WorldConfiguration.sample([.client, .router, .far], seed: 4)
    for index in configuration.hosts.indices {
      configuration.hosts[index].isObserved = false
      configuration.hosts[index].tcp = profile
    }
    let router = try #require(configuration.host(named: "router"))
    configuration.hosts[Int(router.index)].set(.farMTU, to: mtu)
    configuration.hosts[Int(router.index)].set(.icmp, to: isReporting ? 1 : 0)
    for index in configuration.links.indices { configuration.links[index].chance.loss = loss }
    let far = try #require(configuration.host(named: "far"))
    let address = SocketAddress(configuration.hosts[Int(far.index)].address, 80)
    let data = Payload.pattern(count: 40_000, seed: 3).all
    let receiver = Transfer(.accept(port: 80, backlog: 1), data: .octets([]))
    let sender = Transfer(.connect(to: address), data: .octets(data))
    var world = World(configuration)
    var journal = Journal(isLooking: false)
    try world.perform(.start(.transfer(receiver), host: far, process: ProcessID(1)), &journal)
    try world.perform(.start(.transfer(sender), host: .client, process: ProcessID(1)), &journal)
    for _ in 0..<20_000 where try !world.step(&journal) { break }
    return (world.process(ProcessID(1), of: far)?.program?.received ?? [], data, world)
  }

  @Test(arguments: [1400, 1006, 576, 296, 128], [TCPSettings.book, .modern])
  func everythingArrives(mtu: Int, profile: TCPSettings) throws {
    let (received, data, world) = try run(mtu: mtu, profile: profile)
    #expect(received == data)
    // No timer had to find out: it would have taken a second in the book's profile.
    #expect(world.counters.lost == 0)
    let (lossy, _, _) = try run(mtu: mtu, profile: profile, loss: 50_000)
    #expect(lossy == data)
  }

  /// RFC 1191 §6.2: what was found serves the next connection between the same two, so that the router has nothing
  /// to report; after ten minutes (§6.3) it has again.
  @Test(arguments: [(wait: UInt64(0), reports: false), (601, true)])
  func theNextTransferNeedsNoReport(_ row: (wait: UInt64, reports: Bool)) throws {
    var configuration = WorldConfiguration.sample([.client, .router, .far], seed: 4)
    let router = try #require(configuration.host(named: "router"))
    let far = try #require(configuration.host(named: "far"))
    configuration.hosts[Int(router.index)].set(.farMTU, to: 576)
    let address = configuration.hosts[Int(far.index)].address
    var world = World(configuration)
    var reports: [Int] = []
    for number in UInt16(1)...2 {
      var journal = Journal(isLooking: true)
      let receiver = Transfer(.accept(port: 80 + number, backlog: 1), data: .octets([]))
      let sender = Transfer(
        .connect(to: SocketAddress(address, 80 + number)), data: .pattern(count: 4_000, seed: 3))
      let process = ProcessID(UInt32(number))
      try world.perform(.start(.transfer(receiver), host: far, process: process), &journal)
      try world.perform(.start(.transfer(sender), host: .client, process: process), &journal)
      for _ in 0..<20_000 where try !world.step(&journal) { break }
      #expect(world.process(process, of: far)?.program?.received.count == 4_000)
      reports.append(
        journal.moments.count { $0.event == .messageBuilt && $0.rule == .fragmentationNeeded })
      try world.perform(.wait(.seconds(row.wait)), &journal)
    }
    #expect(reports.map { $0 > 0 } == [true, row.reports])
  }

  /// The first test must be able to fail: a router that says nothing is a black hole (RFC 2923 §2.1).
  @Test func withoutReportsNothingArrives() throws {
    #expect(try run(mtu: 576, profile: .modern, isReporting: false).received.isEmpty)
  }
}
