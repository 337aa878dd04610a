import Course
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

/// The ladder's marks are those of the engine's rules and variables.
@Suite struct LadderMarksTests {
  static let runs = [BuffersViewTests.bulk, BuffersViewTests.modern]

  private func rows(_ timeline: Timeline, at moment: Int? = nil) -> [LadderRow] {
    LadderRows(timeline.scene(at: moment ?? timeline.momentCount), isWhole: true).rows
  }

  private func count(_ timeline: Timeline, _ fits: (Moment) -> Bool) -> Int {
    timeline.moments.reduce(0) { $0 + (fits($1) ? 1 : 0) }
  }

  private func notes(_ rows: [LadderRow], _ host: HostID) -> [String] {
    rows.compactMap { $0.notes[host]?.text }
  }

  @Test(arguments: 0..<2) func aShutWindowIsMarkedOnce(_ run: Int) {
    let timeline = Self.runs[run]
    let shut = timeline.changes.filter {
      $0.field == .sndWnd && $0.host == .client && $0.wasSet && $0.isSet && $0.old != 0
        && $0.new == 0
    }
    #expect(notes(rows(timeline), .client).filter { $0 == "! window 0" }.count == shut.count)
    #expect(shut.count > 0)
  }

  @Test(arguments: 0..<2) func repetitionsSayWhy(_ run: Int) {
    let timeline = Self.runs[run]
    let own = notes(rows(timeline), .client)
    let fast = count(timeline) {
      $0.event == .segmentRetransmitted && $0.rule == .fastRetransmit
    }
    #expect(own.filter { $0 == "fast resend" }.count == fast)
    #expect((fast > 0) == (run == 1))
    let probes = count(timeline) { $0.event == .timerFired && $0.rule == .probeWindow }
    #expect(own.filter { $0 == "window probe" }.count >= probes)
    let text = LadderText.lines(timeline.scene(at: timeline.momentCount))
    let again = timeline.frames.filter { $0.isRetransmission && $0.from == .client }
    #expect(text.filter { $0.contains("│↻") }.count == again.count)
  }

  @Test(arguments: 0..<2) func duplicatesAreCountedByTheEngine(_ run: Int) {
    let timeline = Self.runs[run]
    let counted = timeline.moments.filter { $0.rule == .ackDuplicate && $0.value > 0 }.map(\.value)
    let shown = notes(rows(timeline), .client).compactMap { text -> UInt64? in
      text.hasPrefix("dup ACK ") ? UInt64(text.dropFirst(8)) : nil
    }
    #expect(shown == counted)
    #expect(!shown.isEmpty)
  }

  /// An acknowledgment's window is the one that its receiver then has, scaled or not.
  @Test(arguments: 0..<2) func windowsAreScaled(_ run: Int) throws {
    let timeline = Self.runs[run]
    var seen = 0
    for frame in timeline.frames where frame.from == .server && frame.fate == .delivered {
      let unit = UnitSummary(frame: frame.octets)
      guard unit.flags == .ack, unit.payload == 0, let end = frame.receivedMoment else { continue }
      let scene = timeline.scene(at: timeline.momentCount)
      let next = timeline.inputEnds.first { $0 >= end } ?? timeline.momentCount
      let client = timeline.state(at: next).world.hosts[0]
      guard let slot = client.memory.slot(number: 3) else { continue }
      let size = Int(unit.window) << scene.windowShift(of: unit, from: .server)
      #expect(size == Int(client.memory[slot].sendWindow), "frame \(frame.number)")
      seen += 1
    }
    #expect(seen > 5)
  }

  @Test func sackBlocksAreNamed() {
    let timeline = Self.runs[1]
    let scene = timeline.scene(at: timeline.momentCount)
    let blocks = timeline.frames.filter { !LadderLabel.blocks($0).isEmpty }
    #expect(!blocks.isEmpty)
    for frame in blocks {
      let label = LadderLabel(frame, scene, scene.origins)
      let text = label.tails.first?.map(\.text).joined() ?? ""
      let first = LadderLabel.blocks(frame)[0]
      let iss = scene.origins.first { $0.host == .client }?.iss ?? SequenceNumber(0)
      #expect(
        text.contains(
          "SACK c+\(first.left.distance(from: iss))–c+\(first.right.distance(from: iss))"))
    }
  }

  /// Urgent data is marked where its end becomes known, by the number of that end.
  @Test func urgentDataIsMarkedWhereItIsLearnt() throws {
    var timeline = Timeline(.clientAndServer(seed: 7))
    func call(_ host: HostID, _ calls: SocketCall...) {
      for call in calls { timeline.perform(.call(call, host: host, process: ProcessID(1))) }
      timeline.perform(.run(.milliseconds(500)))
    }
    call(.server, .socket(.stream), .bind(3, SocketAddress(.any, 80)), .listen(3, backlog: 1))
    let server = SocketAddress(timeline.configuration.hosts[1].address, 80)
    call(.client, .socket(.stream), .connect(3, server))
    call(.client, .send(3, [1, 2]), .sendUrgent(3, [3]), .send(3, [4, 5]))
    #expect(notes(rows(timeline), .server).filter { $0.hasPrefix("UP") } == ["UP c+4"])
    let text = LadderText.lines(timeline.scene(at: timeline.momentCount))
    #expect(text.contains { $0.contains("ACK URG") }, "\(text)")
  }

  /// TIME-WAIT's row says how long the record still stays: until the timer in the record is due.
  @Test func timeWaitIsCountedDown() throws {
    let timeline = Self.runs[0]
    var seen = 0
    for moment in stride(from: timeline.momentCount - 40, to: timeline.momentCount, by: 1) {
      let scene = timeline.scene(at: moment)
      let client = scene.world.hosts[0]
      let waits = client.memory.used.map { client.memory[$0] }.first { $0.timer == .timeWait }
      let row = rows(timeline, at: moment).last
      let isCountdown = if case .countdown = row?.kind { true } else { false }
      #expect(isCountdown == (waits != nil))
      guard let waits else { continue }
      let rest = waits.timerDue.since(scene.time).count
      let shown = try #require(row?.words?.text)
      let milliseconds = try #require(Int(shown.filter(\.isNumber)))
      #expect(abs(milliseconds - Int(rest / 1_000_000)) <= 1)
      seen += 1
    }
    #expect(seen > 3)
  }
}
