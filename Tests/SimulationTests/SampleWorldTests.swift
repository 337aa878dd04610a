import Simulation
import Stack
import Testing
import Wire

/// A browser at the client and web servers at others, in a world of the sample's hosts.
struct SampleVisit {
  static let browser = ProcessID(412)
  var world: World
  var journal: Journal

  init(
    _ configuration: WorldConfiguration, from client: String = "client", to server: String,
    isLooking: Bool = true
  ) throws {
    world = World(configuration)
    journal = Journal(isLooking: isLooking)
    let one = try #require(configuration.host(named: client))
    let other = try #require(configuration.host(named: server))
    let address = SocketAddress(configuration.hosts[Int(other.index)].address, 80)
    try world.perform(
      .start(.webServer(WebServer()), host: other, process: ProcessID(80)), &journal)
    try world.perform(
      .start(.browser(Browser(server: address)), host: one, process: Self.browser), &journal)
  }

  mutating func run(events: Int = 20_000) throws {
    for _ in 0..<events where try !world.step(&journal) { return }
  }

  var body: [UInt8]? {
    guard case .browser(let run) = world.process(Self.browser, of: .client)?.program else {
      return nil
    }
    return run.body
  }

  func moments(_ event: Event, at host: String) -> [Moment] {
    let id = world.configuration.host(named: host)
    return journal.moments.filter { $0.host == id && $0.event == event }
  }
}

@Suite struct SampleWorldTests {
  static let routed: Set<SampleHost> = [.client, .router, .far]
  static let all = Set(SampleHost.allCases)

  /// Client and server are first and second, and draw what they draw without the others.
  @Test func theHostsHaveTheirPlaces() {
    let two = WorldConfiguration.clientAndServer(seed: 9)
    let five = WorldConfiguration.sample(Self.all, seed: 9)
    #expect(five.hosts.map(\.name) == ["client", "server", "router", "far", "bystander"])
    #expect(five.hosts.enumerated().allSatisfy { $1.id == HostID($0) })
    for host in 0..<2 {
      #expect(five.hosts[host].seed == two.hosts[host].seed)
      #expect(five.hosts[host].address == two.hosts[host].address)
      #expect(five.hosts[host].hardwareAddress == two.hosts[host].hardwareAddress)
    }
    #expect(two.hosts[0].gateway == nil)
    #expect(two.links == [LinkConfiguration(between: .client, and: .server)])
    #expect(five.links.map(\.ends.count) == [4, 2])
    #expect(Set(five.hosts.flatMap { $0.interfaces.map(\.hardwareAddress) }).count == 6)
    let far = WorldConfiguration.sample([.far, .client, .router], seed: 9)
    #expect(far.hosts.map(\.name) == ["client", "router", "far"])
    #expect(far.links.map(\.ends.count) == [2, 2])
  }

  /// A whole exchange with a server that is not on the link.
  @Test(arguments: [TCPSettings.book, .modern], [true, false])
  func theDocumentComesThroughTheRouter(profile: TCPSettings, arpKnown: Bool) throws {
    var visit = try SampleVisit(
      .sample(Self.routed, seed: 5, profile: profile, arpKnown: arpKnown), to: "far")
    try visit.run()
    #expect(visit.body == WebDocument.welcome.body)
    #expect(visit.world.process(SampleVisit.browser, of: .client)?.outcome == .done)
    #expect(visit.world.frames.isEmpty)
    let passed = visit.moments(.packetForwarded, at: "router").count
    #expect(passed > 8)
    #expect(visit.moments(.packetReceived, at: "router").isEmpty)
    // CURRICULUM 2.1-6: what is between keeps no record of a connection.
    #expect(visit.world.hosts[1].memory.count == 0)
    #expect(!visit.journal.changes.contains { $0.host == HostID(1) })
    #expect(visit.moments(.socketCreated, at: "router").isEmpty)
  }

  /// What differs between the two captures of one packet is the MAC header, the TTL and the checksum.
  @Test func theTwoCapturesOfAPacket() throws {
    var visit = try SampleVisit(.sample(Self.routed, seed: 5), to: "far")
    var sent: [[UInt8]] = []
    while try visit.world.step(&visit.journal) {
      sent += visit.world.touchedFrames.filter { $0.fate == .flying }.map(\.octets)
      if sent.count >= 2 { break }
    }
    try #require(sent.count == 2)
    let differing = sent[0].indices.filter { sent[0][$0] != sent[1][$0] }
    #expect(Set(differing).isSubset(of: Set(0..<12).union([22, 24, 25])))
    #expect(sent[0][22] == 64)
    #expect(sent[1][22] == 63)
    let packet = Array(sent[1][14...])
    let isGood = IPv4Header.verify(packet.span.bytes)
    #expect(isGood)
  }

  /// ARP frames do not pass a router: each link asks for itself.
  @Test func questionsStayOnTheirLink() throws {
    var visit = try SampleVisit(.sample(Self.routed, seed: 5, arpKnown: false), to: "far")
    try visit.run()
    let asked = visit.journal.moments.filter { $0.event == .neighbourAsked }
    #expect(asked.map(\.host) == [HostID(0), HostID(1)])
    let clients = asked.first.map { IPv4Address(value: UInt32($0.value)) }
    #expect(clients == IPv4Address(192, 0, 2, 1))
    let known = visit.world.hosts[0].neighbours.entries.map(\.address)
    #expect(known == [IPv4Address(192, 0, 2, 1)])
  }

  /// X2-07: the far host is not there. The SYN goes on being repeated, the error is the soft one.
  @Test func anUnreachableHostIsASoftError() throws {
    var configuration = WorldConfiguration.sample([.client, .router], seed: 5)
    configuration.hosts[0].tcp.giveUpConnectingAfter = .seconds(20)
    configuration.hosts[0].tcp.giveUpRetries = 3
    var world = World(configuration)
    var journal = Journal(isLooking: true)
    let far = SocketAddress(IPv4Address(198, 51, 100, 80), 80)
    let script: [ScriptStep] = [
      .call(.socket(.stream)), .call(.connect(SocketCall.latest, far)),
    ]
    try world.perform(.start(.script(script), host: .client, process: ProcessID(1)), &journal)
    while try world.step(&journal) {}
    let errors = journal.moments.filter { $0.event == .messageBuilt && $0.host == HostID(1) }
    #expect(!errors.isEmpty)
    #expect(errors.allSatisfy { $0.rule == .hostUnreachable && $0.value == 0x301 })
    #expect(journal.moments.contains { $0.rule == .icmpSoftError && $0.host == .client })
    let syns = journal.moments.filter {
      $0.host == .client && $0.event == .frameSent && $0.unit.flags == .syn
    }
    #expect(syns.count > 3)
    let outcome = world.process(ProcessID(1), of: .client)?.outcome
    #expect(outcome == .failed(.hostUnreachable))
  }

  /// A cable that is cut behind the router: the packet leaves, nobody is told.
  @Test func cuttingAHostsCable() throws {
    var visit = try SampleVisit(.sample(Self.routed, seed: 5), to: "far")
    let far = try #require(visit.world.configuration.host(named: "far"))
    try visit.world.perform(.cut(host: far), &visit.journal)
    try visit.run(events: 10)
    let lost = visit.journal.moments.filter { $0.event == .frameLost }
    #expect(Set(lost.map(\.host)) == [HostID(1)])
    #expect(lost.allSatisfy { $0.reason == .linkCut })
    #expect(visit.moments(.frameReceived, at: "router").count > 0)
    #expect(visit.moments(.frameReceived, at: "far").isEmpty)
  }

  /// A forgery in the far server's name goes through the router to the client.
  @Test func anInjectedSegmentIsForwarded() throws {
    var world = World(.sample(Self.routed, seed: 5))
    var journal = Journal(isLooking: true)
    try world.perform(
      .inject(
        ForgedSegment(
          from: HostID(2), sourcePort: 80, destinationPort: 50_000,
          sequence: SequenceNumber(1), flags: .syn)), &journal)
    while try world.step(&journal) {}
    let reset = journal.moments.filter { $0.host == .client && $0.rule == .resetAnswer }
    #expect(reset.count == 1)
    #expect(journal.moments.filter { $0.event == .packetForwarded }.count == 2)
  }
}
