import Simulation
import Stack
import Testing

/// What TCP promises holds across a router, too: bad lines on both sides of it.
@Suite struct RoutedDeliveryTests {
  static func run(_ seed: UInt64) throws -> (world: World, data: [UInt8]) {
    var draw = RandomSource(seed: seed)
    let data = Payload.pattern(count: 3000 + draw.below(17_000), seed: draw.next()).all
    var configuration = WorldConfiguration.sample(
      seed % 2 == 0 ? [.client, .router, .far] : Set(SampleHost.allCases), seed: seed,
      profile: draw.below(2) == 0 ? .book : .modern, arpKnown: draw.below(2) == 0)
    for link in configuration.links.indices {
      configuration.links[link].chance.loss = UInt32(draw.below(100_001))
      configuration.links[link].chance.duplication = UInt32(draw.below(100_001))
      configuration.links[link].chance.reordering = UInt32(draw.below(100_001))
      configuration.links[link].chance.corruption = UInt32(draw.below(100_001))
    }
    for host in configuration.hosts.indices { configuration.hosts[host].isObserved = false }
    let far = try #require(configuration.host(named: "far"))
    let address = SocketAddress(configuration.hosts[Int(far.index)].address, 80)
    var world = World(configuration)
    var journal = Journal(isLooking: false)
    let receiver = Transfer(.accept(port: 80, backlog: 1), data: .octets([]))
    let sender = Transfer(.connect(to: address), data: .octets(data))
    try world.perform(.start(.transfer(receiver), host: far, process: ProcessID(1)), &journal)
    try world.perform(.start(.transfer(sender), host: .client, process: ProcessID(1)), &journal)
    for _ in 0..<20_000 where try !world.step(&journal) { break }
    return (world, data)
  }

  @Test func everyOctetArrivesOnceAndInOrder() throws {
    var delivered = 0
    var lost = 0
    for seed in UInt64(0)..<120 {
      let (world, data) = try Self.run(seed)
      let far = try #require(world.configuration.host(named: "far"))
      let received = world.process(ProcessID(1), of: far)?.program?.received ?? []
      #expect(data.starts(with: received), "seed \(seed)")
      if received == data { delivered += 1 }
      lost += world.counters.lost
      #expect(
        world.hosts.allSatisfy { !$0.configuration.forwards || $0.memory.count == 0 },
        "seed \(seed)")
    }
    #expect(delivered >= 118)
    #expect(lost > 300)
  }
}
