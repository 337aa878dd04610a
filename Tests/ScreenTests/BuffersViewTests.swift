import Course
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

/// View 6 says what the engine's records and buffers hold, at every moment.
@Suite struct BuffersViewTests {
  static let bulk = Run.bulk()
  static let modern = Run.bulk(.modern, room: 14_600)
  static let wide = Size(width: 78, height: 18)

  private func record(_ timeline: Timeline, _ moment: Int, _ host: HostID, _ socket: UInt16)
    -> (block: ControlBlock, slot: Int, host: Host)?
  {
    let world = timeline.state(at: moment).world
    let own = world.hosts[Int(host.index)]
    return own.memory.slot(number: Int(socket)).map { (own.memory[$0], $0, own) }
  }

  private func count(_ sign: Character, _ line: String) -> Int {
    line.filter { $0 == sign }.count
  }

  private func number(_ pattern: Regex<(Substring, Substring)>, _ text: String) -> Int? {
    text.firstMatch(of: pattern).flatMap { Int($0.output.1) }
  }

  /// The textures are as long as the records say, to a cell, and the facts say it to the octet.
  @Test(arguments: [false, true])
  func stretchesAreThoseOfTheRecords(_ isModern: Bool) throws {
    let timeline = isModern ? Self.modern : Self.bulk
    var islandsSeen = 0
    for moment in stride(from: 100, through: timeline.momentCount, by: 13) {
      guard let client = record(timeline, moment, .client, 3),
        let server = record(timeline, moment, .server, 4),
        client.block.state == .established, server.block.state == .established
      else { continue }
      let picture = ViewPicture(BuffersView.self, timeline, at: moment, Self.wide) {
        $0.stream = StreamChoice(
          record: MemoryReference(host: .client, socket: 3), sends: true)
      }
      let scene = timeline.scene(at: moment)
      let view = BuffersView(scene, ViewState(), isFocused: true)
      let cell = view.stream.map { view.scale($0, width: 78).octets } ?? 0
      let flight = Int(client.block.sendNext.distance(from: client.block.sendUnacknowledged))
      let usable = max(0, Int(client.block.sendWindow) - flight)
      let unread = Int(server.block.receiveQueue)
      let early = server.host.earlyStretches(server.slot).reduce(0) { $0 + $1.octets.count }
      let lines = picture.lines
      let (sending, receiving) = (lines[4], lines[12])
      #expect(abs(count("▓", sending) * cell - flight) <= cell || flight < cell)
      // A flight of less than a cell takes one all the same.
      let slack = flight > 0 && flight < cell ? 2 * cell : cell
      #expect(abs(count("░", sending) * cell - usable) <= slack)
      // What reaches beyond the row is not counted.
      guard !sending.contains("◂"), !receiving.contains("◂") else { continue }
      #expect(abs(count("█", receiving) * cell - unread) <= cell)
      #expect(abs(count("▓", receiving) * cell - early) <= cell)
      #expect(number(/in flight (\d+)/, lines[0]) == flight)
      #expect(number(/may go (\d+)/, lines[0]) == usable)
      #expect(number(/unread (\d+)/, lines[8]) == unread)
      #expect(number(/early (\d+)/, lines[8]) == early)
      #expect(number(/window (\d+)/, lines[8]) == Int(server.block.receiveWindow))
      islandsSeen += early > 0 ? 1 : 0
    }
    #expect(islandsSeen > 1)
  }

  /// The columns of a sign in a line.
  private func columns(_ sign: Character, _ line: String) -> [Int] {
    var column = 0
    var found: [Int] = []
    for character in line {
      if character == sign { found.append(column) }
      column += character.displayWidth
    }
    return found
  }

  /// Marks stand where their numbers belong on one scale for both buffers: recomputed from the control blocks.
  @Test func marksStandAtTheirNumbers() throws {
    let timeline = Self.bulk
    var seen = 0
    for moment in stride(from: 100, through: timeline.momentCount, by: 11) {
      guard let client = record(timeline, moment, .client, 3)?.block,
        let server = record(timeline, moment, .server, 4)?.block,
        client.state == .established, server.state == .established
      else { continue }
      let lines = ViewPicture(BuffersView.self, timeline, at: moment, Self.wide).lines
      let (above, below) = (columns("▾", lines[3]), columns("▾", lines[11]))
      let first = client.sendUnacknowledged
      // 146 octets a cell: a segment is ten cells.
      func cells(_ number: SequenceNumber) -> Int {
        Int(number.distance(from: client.initialSendSequence + 1)) / 146
      }
      guard let una = above.first, let next = below.first else {
        Issue.record("no marks at \(moment)")
        continue
      }
      let sentEdge = cells(first + client.sendWindow) - cells(first)
      if above.count > 1, sentEdge > 0 { #expect(abs(above.last! - una - sentEdge) <= 1) }
      #expect(abs(next - una - (cells(server.receiveNext) - cells(first))) <= 1)
      let edge = cells(server.receiveNext + server.receiveWindow) - cells(server.receiveNext)
      if below.count > 1 { #expect(abs(below.last! - next - edge) <= 1) }
      seen += 1
    }
    #expect(seen > 20)
  }

  /// The octets under the cursor are those that were sent, wherever they are held.
  @Test func theCursorReadsTheOctets() throws {
    let timeline = Self.bulk
    let island = timeline.moment(.dataArrived) { $0.rule == .textHeld }
    for moment in [island, island + 40, timeline.momentCount - 60] {
      let scene = timeline.scene(at: moment)
      var state = ViewState()
      state.stream = StreamChoice(record: MemoryReference(host: .client, socket: 3), sends: true)
      var places: Set<Int> = []
      for motion in Array(repeating: Motion.right, count: 90) + Array(repeating: .left, count: 90) {
        let view = BuffersView(scene, state, isFocused: true)
        let stream = try #require(view.stream)
        let place = try #require(view.cursor)
        let offset = place - stream.start
        places.insert(offset)
        if case .octets(let octets) = stream.content(at: place, most: 8) {
          let sent = (offset..<(offset + octets.count)).map {
            UInt8(truncatingIfNeeded: $0 % 26 + 97)
          }
          #expect(octets == sent, "at \(offset) of moment \(moment)")
        } else {
          #expect(offset >= 20_000 || offset < 0)
        }
        if let next = view.moved(motion, size: Self.wide) { state = next }
      }
      #expect(places.count > 20)
    }
  }

  /// What the view says that the application has is what its process got.
  @Test func theProgramsMemoryIsTheProcesss() throws {
    let timeline = Self.bulk
    var reads = 0
    for end in timeline.inputEnds {
      guard let stream = BuffersView(timeline.scene(at: end), ViewState(), isFocused: true).stream,
        stream.from == .client
      else { continue }
      let process = timeline.state(at: end).world.process(ProcessID(97), of: .server)
      guard let data = process?.lastData, !data.isEmpty else { continue }
      let reading = ApplicationReading(stream)
      guard reading.process == ProcessID(97) else { continue }
      #expect(reading.count == data.count)
      #expect(reading.octets == Array(data.prefix(512)))
      reads += 1
    }
    #expect(reads > 5)
  }

  /// The queue is what lies between SND.UNA and SND.NXT, without gap or overlap.
  @Test(arguments: [false, true]) func keptSegmentsAreTheFlight(_ isModern: Bool) throws {
    let timeline = isModern ? Self.modern : Self.bulk
    var fates: Set<String> = []
    for moment in stride(from: 60, through: timeline.momentCount, by: 3) {
      for stream in OctetStream.all(timeline.scene(at: moment)) where stream.hasSender {
        var next = stream.unacknowledged
        for segment in stream.kept {
          #expect(segment.range.lowerBound == next, "at moment \(moment)")
          next = segment.range.upperBound
          fates.insert("\(segment.fate)")
        }
        #expect(next == stream.next, "at moment \(moment)")
      }
    }
    let expected: Set<String> = ["waiting", "flying", "lost", "arrived"]
    #expect(fates == (isModern ? expected.union(["told"]) : expected))
  }

  @Test func aShutWindowIsNamed() throws {
    let timeline = Self.bulk
    let shut = (1...timeline.momentCount).first { moment in
      record(timeline, moment, .client, 3).map {
        $0.block.state == .established && $0.block.sendWindow == 0
      } ?? false
    }
    let picture = ViewPicture(
      BuffersView.self, timeline, at: try #require(shut), Self.wide, .ko)
    #expect(picture.text.contains("! 윈도우 0: 닫힘"))
    #expect(picture.text.contains("SND.UNA"))
  }

  @Test func arrowsTurnTheDirection() throws {
    let scene = Self.bulk.scene(at: 300)
    let view = BuffersView(scene, ViewState(), isFocused: true)
    #expect(view.subtitle == "client → server")
    let turned = try #require(view.moved(.down, size: Self.wide))
    #expect(BuffersView(scene, turned, isFocused: true).subtitle == "server → client")
    let back = try #require(
      BuffersView(scene, turned, isFocused: true).moved(.up, size: Self.wide))
    #expect(BuffersView(scene, back, isFocused: true).subtitle == "client → server")
  }

  @Test func theScaleIsTheLearners() throws {
    let scene = Self.bulk.scene(at: 300)
    var state = ViewState()
    var scales: [Int] = []
    while let next = BuffersView(scene, state, isFocused: true).scaled(1, size: Self.wide) {
      state = next
      let view = BuffersView(scene, state, isFocused: true)
      scales.append(view.scale(try #require(view.stream), width: 78).octets)
    }
    #expect(scales.last == 1)
    #expect(scales == scales.sorted(by: >))
  }

  /// Whatever is written into a record, every line keeps its width and nothing traps.
  @Test(arguments: 0..<60) func anyRecordCanBeDrawn(_ seed: Int) {
    var random = RandomSource(seed: UInt64(seed))
    var timeline = Self.bulk.branch(at: 150 + Int(random.next() % 600))
    for host in [HostID.client, .server] {
      let memory = timeline.live.hosts[Int(host.index)].memory
      guard let slot = memory.used.last else { continue }
      let offset = Int(random.next() % 250)
      let octets = (0..<4).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      timeline.perform(
        .write(Array(octets.prefix(256 - offset)), host: host, slot: slot, offset: offset))
    }
    timeline.perform(.run(.milliseconds(50)))
    for size in [Size(width: 51, height: 17), Self.wide, Size(width: 20, height: 5)] {
      for zoom in [0, 3, -3] {
        let picture = ViewPicture(BuffersView.self, timeline, at: timeline.momentCount, size) {
          $0.zoom = zoom
        }
        for line in picture.lines { #expect(line.displayWidth == size.width) }
      }
    }
  }

  /// A picture of both buffers with some fields asked for, in the midst of the transfer.
  private func picture(_ fields: [Field], _ socket: MemoryReference, at moment: Int) -> [String] {
    ViewPicture(
      BuffersView.self, Self.bulk, at: moment, Self.wide,
      covers: Set(fields.map { .field(socket, $0) })
    ) {
      $0.stream = StreamChoice(record: MemoryReference(host: .client, socket: 3), sends: true)
    }.lines
  }

  /// A question hides the figures that are its answer, and leaves the others of the same buffer.
  @Test(arguments: [
    (Field.sndUna, "UNA", ["in flight ?"], ["NXT", "written 20000"]),
    (.sndNxt, "NXT", ["in flight ?", "may go ?"], ["UNA", "╰", "·"]),
    (.sndWnd, "edge", ["may go ?"], ["UNA", "NXT", "in flight 1460", "▓", "·"]),
    (.sendQueue, "written 2", ["written ?", "in flight ?"], ["UNA", "edge", "╰"]),
  ])
  func onlyTheAnswerIsCovered(_ field: Field, _ gone: String, _ marked: [String], _ left: [String])
    throws
  {
    let client = MemoryReference(host: .client, socket: 3)
    // One segment is on its way, more may go, and some has been confirmed.
    let moment = try #require(
      (1...Self.bulk.momentCount).first { number in
        guard let block = record(Self.bulk, number, .client, 3)?.block, block.isSet(.sndWnd) else {
          return false
        }
        return block.sendNext.distance(from: block.sendUnacknowledged) == 1_460
          && block.sendUnacknowledged != block.initialSendSequence + 1
          && block.usableWindow > 1_460 && block.sendQueue > 10_000
      })
    let plain = picture([], client, at: moment)
    let covered = picture([field], client, at: moment)
    #expect(plain[..<8].joined().contains(gone), "\(plain.joined(separator: "\n"))")
    let upper = covered[..<8].joined(separator: "\n")
    #expect(!upper.contains(gone), "\(upper)")
    for text in marked + left { #expect(upper.contains(text), "\(text)\n\(upper)") }
    #expect(covered[4].contains("???"))
    // The other end's buffer is as it was; what the cursor is on may be another mark.
    #expect(covered[8...14] == plain[8...14])
  }

  @Test(arguments: [
    (Field.rcvNxt, "RCV.NXT", ["unread "], ["window "]),
    (.rcvWnd, "right edge", ["window ?"], ["RCV.NXT", "unread "]),
    (.receiveQueue, "█", ["unread ?"], ["RCV.NXT", "right edge", "╰"]),
  ])
  func onlyTheReceiversAnswerIsCovered(
    _ field: Field, _ gone: String, _ marked: [String], _ left: [String]
  ) throws {
    let server = MemoryReference(host: .server, socket: 4)
    let moment = try #require(
      (1...Self.bulk.momentCount).first {
        record(Self.bulk, $0, .server, 4).map { $0.block.receiveQueue > 2_000 } ?? false
      })
    let plain = picture([], server, at: moment)
    let covered = picture([field], server, at: moment)
    #expect(plain[8..<16].joined().contains(gone), "\(plain.joined(separator: "\n"))")
    let lower = covered[8..<16].joined(separator: "\n")
    #expect(!lower.contains(gone), "\(lower)")
    for text in marked + left { #expect(lower.contains(text), "\(text)\n\(lower)") }
    #expect(covered[..<8] == plain[..<8])
  }

  /// Where an ACK number is asked for the numbers both ways do not say which is expected next; where a SEQ is,
  /// neither the border nor the list of what is kept has it.
  @Test func headersThatAreAskedForAreCovered() throws {
    let moment = Self.bulk.moment(.segmentRetransmitted)
    func lines(_ covers: Set<Cover>, both: Bool) -> String {
      ViewPicture(
        BuffersView.self, Self.bulk, at: moment, Size(width: 118, height: 20), covers: covers
      ) { $0.showsNumberLines = both }.text
    }
    #expect(lines([], both: true).contains("RCV.NXT (ACK)"))
    #expect(!lines([.unitHeader(id: "tcp.ack")], both: true).contains("RCV.NXT"))
    let segment = try #require(
      Self.bulk.segments(from: .client, port: try port(), to: 80).last {
        (Self.bulk.frame($0.frame)?.sentMoment ?? .max) < moment && $0.length > 1
      })
    let scene = Self.bulk.scene(at: moment)
    let number = scene.relative(segment.sequence, of: .client)
    let covers: Set<Cover> = [.header(frame: segment.frame, id: "tcp.seq")]
    for both in [true, false] {
      #expect(lines([], both: both).contains("\(number) "), "\(lines([], both: both))")
      #expect(
        !lines(covers, both: both).contains("\(number) "), "\(number) \(lines(covers, both: both))")
    }
  }

  private func port() throws -> UInt16 {
    try #require(Self.bulk.histories.first { $0.host == .client }?.opening).port
  }

  @Test(arguments: Language.allCases) func plainTextHasEachStretch(_ language: Language) {
    let island = Self.bulk.moment(.dataArrived) { $0.rule == .textHeld }
    let text = BuffersText.lines(Self.bulk.scene(at: island, language)).joined(separator: "\n")
    #expect(text.contains("c+4381 – c+5840"))
    #expect(text.contains(language == .ko ? "먼저 옴" : "early"))
    #expect(text.contains(language == .ko ? "✗ 잃음" : "✗ lost"))
  }
}
