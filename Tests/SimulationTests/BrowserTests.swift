import Simulation
import Stack
import Testing
import Wire

/// A world with a browser at the client and a web server, run until nothing happens any more.
struct Visit {
  static let browser = ProcessID(412)
  static let server = ProcessID(80)
  var world: World
  var journal = Journal(isLooking: true)

  init(
    _ configuration: WorldConfiguration, browser: Browser? = nil,
    documents: [WebDocument] = [.welcome]
  ) throws {
    world = World(configuration)
    let browser =
      browser ?? Browser(server: SocketAddress(configuration.hosts[1].address, 80))
    try world.perform(
      .start(.webServer(WebServer(documents: documents)), host: .server, process: Self.server),
      &journal)
    try world.perform(.start(.browser(browser), host: .client, process: Self.browser), &journal)
  }

  /// Runs to the end, or for so many events.
  mutating func run(events: Int = 20_000) throws {
    for _ in 0..<events where try !world.step(&journal) { return }
  }

  var browserRun: BrowserRun? {
    guard case .browser(let run) = world.process(Self.browser, of: .client)?.program else {
      return nil
    }
    return run
  }
}

extension Visit {
  var firstFin: HostID? {
    journal.moments.first { $0.event == .frameSent && $0.unit.flags.contains(.fin) }?.host
  }

  /// Where a record has waited for 2 MSL.
  var hostsInTimeWait: Set<HostID> {
    Set(journal.moments.filter { $0.rule == .timeWaitStarts }.map(\.host))
  }
}

@Suite struct BrowserTests {
  @Test(arguments: [TCPSettings.book, .modern], [true, false])
  func readsTheServersDocument(profile: TCPSettings, arpKnown: Bool) throws {
    var visit = try Visit(.clientAndServer(seed: 5, profile: profile, arpKnown: arpKnown))
    try visit.run()
    #expect(visit.world.process(Visit.browser, of: .client)?.outcome == .done)
    #expect(visit.browserRun?.head?.startLine == "HTTP/1.1 200 OK")
    #expect(visit.browserRun?.body == WebDocument.welcome.body)
    #expect(visit.world.frames.isEmpty)
    #expect(visit.world.hosts[0].memory.count == 0)
    #expect(visit.world.hosts[1].memory.count == 1)
  }

  @Test func readsALongDocumentWhole() throws {
    let body = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let long = WebDocument(path: "/long", contentType: "text/plain", body: body)
    let configuration = WorldConfiguration.clientAndServer(seed: 9)
    let browser = Browser(
      server: SocketAddress(configuration.hosts[1].address, 80), path: "/long", version: .http10)
    var visit = try Visit(configuration, browser: browser, documents: [.welcome, long])
    try visit.run()
    #expect(visit.browserRun?.body == body)
  }

  /// RFC 1945 §1.3: the server's close is the answer's end, so its FIN is the first.
  @Test func withTheOldVersionTheServerClosesFirst() throws {
    let configuration = WorldConfiguration.clientAndServer(seed: 9)
    let server = SocketAddress(configuration.hosts[1].address, 80)
    var visit = try Visit(configuration, browser: Browser(server: server, version: .http10))
    try visit.run()
    #expect(visit.browserRun?.body == WebDocument.welcome.body)
    #expect(visit.firstFin == .server)
    #expect(visit.hostsInTimeWait == [.server])
  }

  /// RFC 9112 §9.3: nobody closes between two requests; then it is the browser that has enough.
  @Test func withTheNewVersionTheConnectionStays() throws {
    let configuration = WorldConfiguration.clientAndServer(seed: 9)
    let server = SocketAddress(configuration.hosts[1].address, 80)
    let persistence = Browser.Persistence(requests: 3, idle: .seconds(2))
    var visit = try Visit(
      configuration, browser: Browser(server: server, persistence: persistence))
    try visit.run()
    #expect(visit.browserRun?.answers == 3)
    #expect(visit.browserRun?.body == WebDocument.welcome.body)
    #expect(visit.browserRun?.head?.value("connection") == nil)
    let moments = visit.journal.moments
    #expect(moments.count { $0.event == .frameSent && $0.unit.flags.contains(.syn) } == 2)
    let fin = try #require(
      moments.first { $0.event == .frameSent && $0.unit.flags.contains(.fin) })
    #expect(fin.host == .client && fin.time > Instant(nanoseconds: 6_000_000_000))
    #expect(visit.hostsInTimeWait == [.client])
    guard case .webServer(let run) = visit.world.process(Visit.server, of: .server)?.program
    else { return }
    #expect(run.answered == 3)
  }

  @Test func asksForWhatIsNotThere() throws {
    let configuration = WorldConfiguration.clientAndServer(seed: 9)
    let browser = Browser(
      server: SocketAddress(configuration.hosts[1].address, 80), path: "/nowhere")
    var visit = try Visit(configuration, browser: browser)
    try visit.run()
    #expect(visit.browserRun?.head?.startLine == "HTTP/1.1 404 Not Found")
  }

  @Test func isRefusedWhereNobodyListens() throws {
    let configuration = WorldConfiguration.clientAndServer(seed: 9)
    let browser = Browser(server: SocketAddress(configuration.hosts[1].address, 81))
    var visit = try Visit(configuration, browser: browser)
    try visit.run()
    #expect(visit.world.process(Visit.browser, of: .client)?.outcome == .failed(.refused))
  }

  @Test func twoVisitsAreBothServed() throws {
    var visit = try Visit(.clientAndServer(seed: 3))
    let again = Browser(server: SocketAddress(visit.world.configuration.hosts[1].address, 80))
    try visit.world.perform(
      .start(.browser(again), host: .client, process: ProcessID(413)), &visit.journal)
    try visit.run()
    #expect(visit.world.process(Visit.browser, of: .client)?.outcome == .done)
    #expect(visit.world.process(ProcessID(413), of: .client)?.outcome == .done)
  }

  /// SCREENS §4: 8 + 64 octets at 10 Mb/s and 10 ms make 10.0576 ms; the ACK waits for nothing.
  @Test func handshakeTakesTheTimesOfTheLine() throws {
    var visit = try Visit(.clientAndServer(seed: 5))
    try visit.run()
    let sent = visit.journal.moments.filter { $0.event == .frameSent }
    #expect(sent[0].unit.flags == .syn)
    #expect(sent[0].time == .zero)
    #expect(sent[1].unit.flags == [.syn, .ack])
    #expect(sent[1].time.nanoseconds == 10_057_600)
    #expect(sent[2].unit.flags == .ack)
    #expect(sent[2].time.nanoseconds == 20_115_200)
    // The request follows behind the ACK's 72 octet times and the gap of 12.
    #expect(sent[3].unit.payload > 0)
    #expect(sent[3].time.nanoseconds == 20_115_200 + 57_600 + 9_600)
    #expect(sent.map(\.unit.frame) == Array(1...UInt32(sent.count)))
  }

  @Test func anEchoSendsDatagramsBack() throws {
    let configuration = WorldConfiguration.clientAndServer(seed: 4, arpKnown: false)
    var world = World(configuration)
    var journal = Journal(isLooking: false)
    try world.perform(
      .start(.datagramEcho(port: 7), host: .server, process: ProcessID(7)), &journal)
    let steps: [ScriptStep] = [
      .call(.socket(.datagram)),
      .call(
        .sendTo(SocketCall.latest, [1, 2, 3], SocketAddress(configuration.hosts[1].address, 7))),
      .call(.receiveFrom(SocketCall.latest, limit: 100)),
      .call(.close(SocketCall.latest)),
    ]
    try world.perform(.start(.script(steps), host: .client, process: ProcessID(9)), &journal)
    for _ in 0..<1000 where try !world.step(&journal) { break }
    let client = try #require(world.process(ProcessID(9), of: .client))
    #expect(client.outcome == .done)
    #expect(client.lastData == [1, 2, 3])
  }
}
