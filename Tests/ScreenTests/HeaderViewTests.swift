import Course
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

@Suite struct HeaderViewTests {
  static let runs = [Run.loss(), Run.datagrams()]

  /// The octets of a picture: those of lines that hold nothing but octets and brackets.
  private func octets(_ lines: [String]) -> [UInt8] {
    lines.flatMap { line -> [UInt8] in
      let words = line.split { " []".contains($0) }
      let numbers = words.map { $0.count == 2 ? UInt8($0, radix: 16) : nil }
      return numbers.contains { $0 == nil } ? [] : numbers.compactMap { $0 }
    }
  }

  private func picture(
    _ run: Timeline, _ frame: FrameRecord, _ choice: HeaderChoice, _ size: Size
  ) -> ViewPicture {
    ViewPicture(HeaderView.self, run, at: run.momentCount, size) {
      $0.frame = frame.number
      $0.header = choice
    }
  }

  @Test(arguments: 0..<2)
  func theStripIsTheFrame(_ run: Int) {
    let timeline = Self.runs[run]
    for frame in timeline.frames {
      let dissection = Dissection(frame: frame.octets)
      for (choice, layer) in zip([HeaderChoice.ethernet, .network, .tcp], dissection.layers) {
        let shown = picture(timeline, frame, choice, Size(width: 118, height: 40))
        #expect(octets(shown.lines) == Array(frame.octets[layer.range]))
      }
    }
  }

  @Test(arguments: 0..<2)
  func theNarrowStripIsTheFrame(_ run: Int) {
    let timeline = Self.runs[run]
    for frame in timeline.frames {
      let dissection = Dissection(frame: frame.octets)
      for (choice, layer) in zip([HeaderChoice.ethernet, .network, .tcp], dissection.layers) {
        let shown = picture(timeline, frame, choice, Size(width: 51, height: 40))
        let beside = shown.lines.map { line in String(line.suffix(14)) }.filter {
          !$0.contains("─")
        }
        let rows = beside.prefix(2 * ((layer.range.count + 3) / 4) + 1)
        #expect(octets(Array(rows)) == Array(frame.octets[layer.range]))
      }
    }
  }

  @Test func dataIsShownOctetByOctet() throws {
    let timeline = Self.runs[0]
    let frame = try #require(timeline.frames.first { $0.octets.count > 1_000 })
    let payload = Dissection(frame: frame.octets).payload
    var seen: [UInt8] = []
    var state = ViewState()
    state.frame = frame.number
    state.header = .data
    let size = Size(width: 78, height: 4)
    for line in stride(from: 0, to: payload.count, by: 16) {
      let lines = picture(timeline, frame, .data, Size(width: 78, height: 200)).lines
      let words = lines[1 + line / 16].split(separator: " ")
      seen += words.dropFirst().prefix(min(16, payload.count - line)).compactMap {
        UInt8($0, radix: 16)
      }
    }
    #expect(seen == Array(frame.octets[payload]))
    let view = HeaderView(timeline.scene(at: timeline.momentCount), state, isFocused: true)
    #expect(view.moved(.up, size: size) == nil)
    #expect(view.moved(.down, size: size)?.scroll == 1)
  }

  @Test func valuesAreThoseOfTheHeader() throws {
    let timeline = Self.runs[0]
    for frame in timeline.frames {
      let layer = try #require(Dissection(frame: frame.octets).layer(.tcp))
      let header = try TCPHeader(parsing: frame.octets.span.bytes.extracting(layer.range))
      let shown = picture(timeline, frame, .tcp, Size(width: 78, height: 40)).text
      for value in [
        "0x" + header.sequence.value.hexadecimal,
        "0x" + header.acknowledgment.value.hexadecimal, "0x\(header.checksum.hexadecimal) ok",
        " \(header.window) │", " \(header.destinationPort) │",
      ] {
        #expect(shown.contains(value), "\(value)")
      }
      let letters: [(TCPFlags, Character)] = [
        (.cwr, "c"), (.ece, "e"), (.urg, "u"), (.ack, "a"), (.psh, "p"), (.rst, "r"), (.syn, "s"),
        (.fin, "f"),
      ]
      let flags = letters.map { header.flags.contains($0.0) ? $0.1.uppercased() : "\($0.1)" }
      #expect(shown.contains("│" + flags.joined(separator: " ") + "│"))
    }
  }

  /// A flipped bit that the FCS does not see: the checksum tells.
  @Test(arguments: [(40, "tcp", HeaderChoice.tcp), (22, "ip", .network)])
  func aBadChecksumIsSaid(_ octet: Int, _ kind: String, _ choice: HeaderChoice) {
    let fault = ScriptedFault(
      .flipBit(octet: octet, bit: 0, beforeFCS: true),
      on: FrameMatch(from: .client, transport: .tcp))
    let timeline = Run.connected([fault])
    let arrival = timeline.moment(.frameReceived)
    let shown = ViewPicture(
      HeaderView.self, timeline, at: arrival, Size(width: 78, height: 18)
    ) { $0.header = choice }
    #expect(shown.text.contains("! bad"))
    let sent = ViewPicture(
      HeaderView.self, timeline, at: timeline.moment(.frameSent), Size(width: 78, height: 18)
    ) { $0.header = choice }
    #expect(sent.text.contains(" ok │") && !sent.text.contains("! bad"))
  }

  @Test func onlyHeadersThatExistAreThere() {
    let timeline = Self.runs[0]
    func choices(_ event: Event) -> [HeaderChoice] {
      let scene = timeline.scene(at: timeline.moment(event))
      return HeaderView(scene, ViewState(), isFocused: true).subject?.choices ?? []
    }
    #expect(choices(.segmentBuilt) == [.tcp, .sizes])
    #expect(choices(.packetBuilt) == [.network, .tcp, .sizes])
    #expect(choices(.frameBuilt) == [.ethernet, .network, .tcp, .sizes])
    let before = HeaderView(timeline.scene(at: 2), ViewState(), isFocused: true)
    #expect(before.subject == nil)
  }

  @Test(arguments: [(78, 18), (51, 17)])
  func everyFieldCanBeReached(_ width: Int, _ height: Int) {
    let timeline = Self.runs[0]
    let scene = timeline.scene(at: timeline.moment(.frameSent))
    for choice in [HeaderChoice.ethernet, .network, .tcp] {
      var state = ViewState()
      state.header = choice
      let all = HeaderView(scene, state, isFocused: true).fields
      state.selection = all.first.map { .headerField(id: $0.id) }
      var seen: Set<String> = []
      for _ in 0..<100 {
        let view = HeaderView(scene, state, isFocused: true)
        if let id = view.selected?.id { seen.insert(id) }
        guard let next = view.moved(.right, size: Size(width: width, height: height)) else { break }
        state = next
      }
      #expect(seen == Set(all.map(\.id)))
    }
  }

  @Test func upAndDownStayInTheColumn() {
    let timeline = Self.runs[0]
    let scene = timeline.scene(at: timeline.moment(.frameSent))
    var state = ViewState()
    state.selection = .headerField(id: "tcp.dstport")
    func go(_ motion: Motion) -> String? {
      guard
        let next = HeaderView(scene, state, isFocused: true)
          .moved(motion, size: Size(width: 78, height: 18))
      else { return nil }
      state = next
      return HeaderView(scene, state, isFocused: true).selected?.id
    }
    #expect(go(.down) == "tcp.seq")
    #expect(go(.down) == "tcp.ack")
    #expect(go(.down) == "tcp.doff")
    #expect(go(.down) == "tcp.checksum")
    #expect(go(.up) == "tcp.doff")
    #expect(go(.pageUp) == "ip.src")
    #expect(go(.pageUp) == "ethernet.type")
    #expect(go(.pageUp) == nil)
  }

  @Test func theSourceIsTheMemory() {
    let timeline = Self.runs[0]
    func words(_ id: String, _ frame: UInt32) -> String {
      ViewPicture(HeaderView.self, timeline, at: timeline.momentCount, Size(width: 118, height: 30))
      {
        $0.frame = frame
        $0.selection = .headerField(id: id)
      }.text
    }
    #expect(words("tcp.seq", 1).contains("from  client iss 0x"))
    #expect(words("tcp.ack", 1).contains("not used while ACK is 0"))
    #expect(words("tcp.ack", 2).contains("from  server rcv.nxt 0x"))
    #expect(words("tcp.seq", 4).contains("from  client snd.nxt 0x"))
    #expect(words("tcp.seq", 9).contains("from  client snd.una 0x"))
    #expect(words("tcp.window", 7).contains("from  server rcv.wnd 64075"))
  }

  @Test func aFieldIsFoundByItsName() {
    let timeline = Self.runs[0]
    let view = HeaderView(
      timeline.scene(at: timeline.moment(.frameSent)), ViewState(), isFocused: true)
    #expect(view.found("window")?.selection == .headerField(id: "tcp.window"))
    #expect(view.found("ttl")?.header == .network)
    #expect(view.found("윈도우")?.selection == .headerField(id: "tcp.window"))
    #expect(view.found("no such field") == nil)
  }

  @Test func coveredValuesAreNowhere() {
    let timeline = Self.runs[0]
    let moment = timeline.moment(.frameReceived, nth: 2)
    let octets = timeline.frames[1].octets
    let number = "0x" + octets[42..<46].hexadecimal()
    let covers: Set<Cover> = [
      .header(frame: 2, id: "tcp.ack"), .field(MemoryReference(host: .server, socket: 4), .rcvNxt),
    ]
    for size in [Size(width: 78, height: 18), Size(width: 51, height: 17)] {
      let shown = ViewPicture(HeaderView.self, timeline, at: moment, size, covers: covers) {
        $0.selection = .headerField(id: "tcp.ack")
      }
      #expect(!shown.text.contains(number))
      #expect(!shown.text.contains(octets[42..<46].hexadecimal(separator: " ")))
      #expect(shown.text.contains("[?? ?? ?? ??]"))
      let ladder = ViewPicture(LadderView.self, timeline, at: moment, size, covers: covers)
      #expect(ladder.text.contains("SYN ACK  s, ?"))
    }
  }
}
