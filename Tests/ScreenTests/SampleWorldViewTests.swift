import Course
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

/// The views of worlds with more than two hosts.
@Suite struct SampleWorldViewTests {
  /// A connection to a server behind the router, nobody knowing any Ethernet address.
  static let routed = timeline([.client, .router, .far], to: IPv4Address(198, 51, 100, 80))
  /// A connection on a hub with a router and a bystander beside it.
  static let hub = timeline(
    [.client, .server, .router, .bystander], to: IPv4Address(192, 0, 2, 80))
  /// Nobody is behind the router.
  static let nobody = timeline([.client, .router], to: IPv4Address(198, 51, 100, 80))

  static func timeline(_ members: Set<SampleHost>, to address: IPv4Address) -> Timeline {
    let world = WorldConfiguration.sample(members, seed: 7, arpKnown: false)
    var timeline = Timeline(world)
    if let server = world.hosts.first(where: { $0.address == address }) {
      timeline.perform(.start(.webServer(WebServer()), host: server.id, process: ProcessID(97)))
    }
    timeline.perform(.run(.milliseconds(1)))
    timeline.perform(
      .start(
        .browser(Browser(server: SocketAddress(address, 80))), host: .client,
        process: ProcessID(412)))
    timeline.perform(.run(.seconds(4)))
    return timeline
  }

  private func ladder(_ timeline: Timeline, width: Int, _ language: Language = .en) -> [String] {
    ViewPicture(
      LadderView.self, timeline, at: timeline.momentCount, Size(width: width, height: 200),
      language
    ).lines
  }

  /// The cells of the hosts' lines.
  private func columns(_ lines: [String]) -> [Int] {
    let header = lines.first { $0.contains("┬") } ?? ""
    return header.enumerated().filter { $0.element == "┬" }.map(\.offset)
  }

  /// Each arrow lies between the two hosts that the frame went between, at every width.
  @Test(arguments: [48, 52, 80, 120]) func framesLieBetweenTheirHosts(width: Int) {
    let timeline = Self.routed
    let lines = ladder(timeline, width: width)
    let columns = columns(lines)
    #expect(columns.count == 3)
    let arrows = lines.filter { $0.contains("▸│") || $0.contains("│◂") }
    let frames = timeline.frames
    #expect(arrows.count == frames.count)
    for (line, frame) in zip(arrows, frames) {
      let letters = Array(line)
      let (low, high) = (
        min(frame.from.index, frame.to.index), max(frame.from.index, frame.to.index)
      )
      guard frame.to != .wire, high < 3 else { continue }
      let (left, right) = (columns[Int(low)], columns[Int(high)])
      let isToRight = frame.from.index < frame.to.index
      #expect(letters[isToRight ? right - 1 : left + 1] == (isToRight ? "▸" : "◂"), "\(line)")
      #expect(letters[left] == "│" && letters[right] == "│", "\(line)")
    }
  }

  /// A forwarded segment's numbers count from its writer's first one, not from the router's.
  @Test func numbersAreTheirWriters() {
    let lines = ladder(Self.routed, width: 120)
    #expect(lines.filter { $0.contains("── SYN  c ") }.count == 2)
    #expect(lines.filter { $0.contains("SYN ACK  s, c+1 ") }.count == 2)
    #expect(Self.routed.scene(at: Self.routed.momentCount).origins.map(\.name) == ["c", "s"])
    #expect(!lines.contains { $0.contains("dup ACK") })
  }

  /// What a hub carries past a host is no news of it; the row is told by whom it was meant for.
  @Test func aBystanderHearsWithoutAPart() throws {
    let timeline = Self.hub
    let rows = LadderRows(timeline.scene(at: timeline.momentCount)).rows
    let bystander = try #require(timeline.configuration.host(named: "bystander"))
    for row in rows {
      guard let frame = row.frame, frame.to != .wire else { continue }
      #expect(row.notes[bystander]?.text == "! other MAC")
      let told = row.tookAt.flatMap { timeline.moment($0) }
      #expect(told?.host == frame.to, "\(frame.number)")
    }
    let lines = ladder(timeline, width: 80)
    #expect(columns(lines).count == 4)
    #expect(lines.contains { $0.contains("bystander") })
  }

  /// A question on a link where nobody is ends beside the router; the error comes back.
  @Test func nobodyIsBehindTheRouter() {
    let text = LadderText.lines(Self.nobody.scene(at: Self.nobody.momentCount))
    #expect(text.contains { $0.contains("ARP 198.51.100.80?✗") })
    #expect(text.contains { $0.contains("ICMP host unreachable") })
    #expect(text.contains { $0.contains("! no answer") })
  }

  /// The stage shows the two ends of the hop at work, the router with its address on that link.
  @Test(arguments: Language.allCases) func theStageFollowsTheFrame(language: Language) {
    let timeline = Self.routed
    let router = HostID(1)
    for (number, ends) in [
      (timeline.moment(.frameSent) { $0.host == .client && $0.unit.flags == .syn }, "client"),
      (timeline.moment(.frameSent) { $0.host == router && $0.unit.flags == .syn }, "far"),
    ] {
      let picture = ViewPicture(
        StageView.self, timeline, at: number, Size(width: 80, height: 22), language)
      #expect(picture.text.contains(ends))
      #expect(picture.text.contains(ends == "far" ? "198.51.100.1 " : "192.0.2.1"))
      let towers = picture.lines.filter { $0.contains("│ TCP ") }
      #expect(towers.count == 1, "\(picture.text)")
      #expect(picture.text.contains("SYN"))
    }
  }

  /// Every view can be drawn at every moment, small and large.
  @Test func everyMomentCanBeDrawn() {
    for timeline in [Self.routed, Self.hub, Self.nobody] {
      for moment in stride(from: 0, through: timeline.momentCount, by: 5) {
        for size in [Size(width: 51, height: 17), Size(width: 82, height: 20)] {
          let stage = ViewPicture(StageView.self, timeline, at: moment, size)
          #expect(stage.lines.count { $0.contains("┴") || $0.contains("┬") } > 0)
          let ladder = ViewPicture(LadderView.self, timeline, at: moment, size)
          #expect(ladder.text.contains("client"))
          #expect(ladder.text.contains("router"))
        }
      }
    }
  }

  /// CURRICULUM 2.1-6: the list says it in words.
  @Test func aRouterHasNoSockets() {
    let end = Self.routed.momentCount
    let size = Size(width: 80, height: 30)
    let english = ViewPicture(SocketsView.self, Self.routed, at: end, size)
    #expect(english.text.contains("router 192.0.2.1  no sockets"))
    #expect(english.text.contains("far 198.51.100.80"))
    let korean = ViewPicture(SocketsView.self, Self.routed, at: end, size, .ko)
    #expect(korean.text.contains("소켓 없음"))
    let hub = ViewPicture(SocketsView.self, Self.hub, at: end, size)
    #expect(hub.text.contains("bystander 192.0.2.20  no sockets"))
  }

  /// Memory goes through the records of all hosts that have some.
  @Test func memoryPicksAmongAllHosts() throws {
    let connected = Self.routed.moment(.callReturned) {
      Self.routed.calls[$0.callNumber].name == "connect"
    }
    let scene = Self.routed.scene(at: connected)
    let hosts = scene.world.hosts.flatMap { host in
      scene.records(of: host.configuration.id).map { _ in host.configuration.name }
    }
    #expect(hosts == ["client", "far", "far"])
  }

  /// Buffers and Plot find both ends of a connection wherever the other one is, and the way that had more to say.
  @Test(arguments: Language.allCases) func buffersAndPlotFindTheServer(_ language: Language) throws
  {
    for (timeline, server) in [(Self.routed, "far"), (Self.hub, "server")] {
      let moment = timeline.moment(.dataArrived, nth: 2)
      let scene = timeline.scene(at: moment, language)
      let buffers = BuffersView(scene, ViewState(), isFocused: true)
      #expect(buffers.subtitle == "\(server) → client")
      let stream = try #require(buffers.stream)
      #expect(stream.sender != nil && stream.receiver != nil)
      #expect(stream.kept.allSatisfy { $0.range.count > 0 })
      #expect(PlotView(scene, ViewState(), isFocused: true).subtitle == "\(server) → client")
      let request = BuffersView(
        timeline.scene(at: timeline.moment(.dataArrived), language), ViewState(), isFocused: true)
      #expect(request.subtitle == "client → \(server)")
    }
    // Nobody answers: one end has a record, the other has none.
    let moment = Self.nobody.moment(.frameSent)
    let alone = BuffersView(Self.nobody.scene(at: moment, language), ViewState(), isFocused: true)
    #expect(alone.stream?.sender != nil && alone.stream?.receiver == nil)
    let lines = ViewPicture(
      BuffersView.self, Self.nobody, at: moment, Size(width: 78, height: 18), language
    ).lines
    #expect(lines[12].contains("–"))
  }
}
