import Simulation
import Stack
import Testing

/// A cable that is cut and mended again.
@Suite struct CableTests {
  @Test(arguments: [HostID.client, .server], [HostID.client, .server])
  func aMendedCableCarriesAgain(cut: HostID, mended: HostID) throws {
    var visit = try Visit(WorldConfiguration.clientAndServer(seed: 5))
    while visit.world.frames.isEmpty { _ = try visit.world.step(&visit.journal) }
    try visit.world.perform(.cut(host: cut), &visit.journal)
    #expect(visit.world.isCut(.client) && visit.world.isCut(.server))
    try visit.world.perform(.mend(host: mended), &visit.journal)
    #expect(!visit.world.isCut(.client) && !visit.world.isCut(.server))
    try visit.run()
    // The SYN was on the cable: it came again after a second, and nothing else was lost.
    #expect(visit.world.counters.lost == 1)
    let syns = visit.journal.moments.filter { $0.event == .frameSent && $0.unit.flags == .syn }
    #expect(syns.map(\.time.nanoseconds) == [0, 1_000_000_000])
    #expect(visit.browserRun?.body == WebDocument.welcome.body)
  }

  /// On a hub only the host's own cable is mended.
  @Test func aHubsCablesAreMendedOneByOne() throws {
    var world = World(.sample([.client, .server, .bystander], seed: 2))
    var journal = Journal(isLooking: true)
    for host in [HostID.client, .server] { try world.perform(.cut(host: host), &journal) }
    try world.perform(.mend(host: .server), &journal)
    #expect(world.isCut(.client) && !world.isCut(.server) && !world.isCut(HostID(2)))
    // Whoever is not there has no cable.
    try world.perform(.mend(host: HostID(9)), &journal)
    #expect(!world.isCut(HostID(9)))
  }
}
