import Simulation
import Stack
import Testing
import Wire

/// A hub reads no address: what one sends all others get.
@Suite struct HubTests {
  static let members: Set<SampleHost> = [.client, .server, .bystander]

  @Test func everyFrameReachesAllOthersAtOnce() throws {
    var visit = try SampleVisit(.sample(Self.members, seed: 5), to: "server")
    try visit.run()
    #expect(visit.body == WebDocument.welcome.body)
    let sent = visit.journal.moments.filter { $0.event == .frameSent }
    let received = visit.journal.moments.filter { $0.event == .frameReceived }
    #expect(sent.count > 8)
    #expect(received.count == 2 * sent.count)
    for frame in sent {
      let ends = received.filter { $0.unit.frame == frame.unit.frame }
      #expect(Set(ends.map(\.host)) == Set([0, 1, 2].map { HostID($0) }).subtracting([frame.host]))
      #expect(Set(ends.map(\.time)).count == 1)
    }
    // The bystander's adapter looks at the address and interrupts nobody.
    let filtered = visit.moments(.frameDropped, at: "bystander")
    #expect(filtered.count == sent.count)
    #expect(filtered.allSatisfy { $0.rule == .addressFilter && $0.reason == .notMyAddress })
    #expect(visit.moments(.interrupt, at: "bystander").isEmpty)
    #expect(visit.world.counters.delivered == sent.count)
  }

  /// A question for all reaches all; the bystander looks at it and learns nothing.
  @Test func aBroadcastIsForAll() throws {
    var visit = try SampleVisit(.sample(Self.members, seed: 5, arpKnown: false), to: "server")
    try visit.run()
    #expect(visit.body == WebDocument.welcome.body)
    #expect(visit.moments(.interrupt, at: "bystander").count == 1)
    #expect(visit.world.hosts[2].neighbours.entries.isEmpty)
  }

  /// A record names the host that the frame is addressed to, or the wire for all of them.
  @Test func aFrameKnowsWhomItIsFor() throws {
    var visit = try SampleVisit(.sample(Self.members, seed: 5, arpKnown: false), to: "server")
    var ends: [[HostID]] = []
    while try visit.world.step(&visit.journal) {
      ends += visit.world.touchedFrames.filter { $0.fate == .flying }.map { [$0.from, $0.to] }
    }
    #expect(ends.first == [.client, .wire])
    #expect(ends.dropFirst().allSatisfy { $0 == [.client, .server] || $0 == [.server, .client] })
  }

  /// The LAN's own traffic is not forwarded, though the router hears it.
  @Test func aRouterOnAHubMindsItsOwn() throws {
    let everybody = Set(SampleHost.allCases)
    var visit = try SampleVisit(.sample(everybody, seed: 5), to: "server")
    try visit.run()
    #expect(visit.body == WebDocument.welcome.body)
    #expect(visit.moments(.packetForwarded, at: "router").isEmpty)
    var off = try SampleVisit(.sample(everybody, seed: 5), to: "far")
    try off.run()
    #expect(off.body == WebDocument.welcome.body)
    #expect(off.moments(.packetForwarded, at: "router").count > 8)
    #expect(off.moments(.interrupt, at: "server").isEmpty)
  }

  /// Pulling one cable out leaves the others in.
  @Test func aCutCableIsOneHosts() throws {
    var visit = try SampleVisit(.sample(Self.members, seed: 5), to: "server")
    try visit.world.perform(.cut(host: HostID(2)), &visit.journal)
    try visit.run()
    #expect(visit.body == WebDocument.welcome.body)
    #expect(visit.moments(.frameReceived, at: "bystander").isEmpty)
    var other = try SampleVisit(.sample(Self.members, seed: 5), to: "server")
    try other.world.perform(.cut(host: .server), &other.journal)
    try other.run(events: 40)
    #expect(other.moments(.frameReceived, at: "server").isEmpty)
    #expect(!other.moments(.frameReceived, at: "bystander").isEmpty)
  }

  /// A damaged frame is damaged for all; a lost one is lost for all.
  @Test func faultsConcernAllEnds() throws {
    var configuration = WorldConfiguration.sample(Self.members, seed: 5)
    let syn = FrameMatch(from: .client, flags: .syn)
    configuration.faults = [
      ScriptedFault(.flipBit(octet: 40, bit: 1, beforeFCS: false), on: syn),
      ScriptedFault(.drop, on: syn, nth: 2),
    ]
    var visit = try SampleVisit(configuration, to: "server")
    try visit.run()
    #expect(visit.body == WebDocument.welcome.body)
    let bad = visit.journal.moments.filter { $0.reason == .frameCheckSequence }
    #expect(bad.map(\.host) == [HostID(1), HostID(2)])
    #expect(visit.world.counters.lost == 1)
  }

  @Test func aCopyOfAHubWorldDoesTheSame() throws {
    var configuration = WorldConfiguration.sample(Set(SampleHost.allCases), seed: 5)
    for link in configuration.links.indices {
      configuration.links[link].chance.loss = 100_000
      configuration.links[link].chance.reordering = 100_000
      configuration.links[link].chance.duplication = 100_000
    }
    var visit = try SampleVisit(configuration, to: "far")
    try visit.run(events: 30)
    var copy = visit
    try visit.run()
    try copy.run()
    #expect(WorldTests.print(visit.journal) == WorldTests.print(copy.journal))
    #expect(visit.body == WebDocument.welcome.body)
  }
}
