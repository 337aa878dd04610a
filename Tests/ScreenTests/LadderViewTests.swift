import Course
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

@Suite struct LadderViewTests {
  static let runs = [Run.loss(), Run.datagrams()]

  @Test(arguments: 0..<2)
  func rowsAreTheFramesSoFar(_ run: Int) {
    let timeline = Self.runs[run]
    for moment in 0...timeline.momentCount {
      let scene = timeline.scene(at: moment)
      let rows = LadderRows(scene).rows
      #expect(rows.compactMap { $0.frame?.number } == scene.frames.map(\.number))
      #expect(rows.allSatisfy { $0.moment <= moment })
      #expect(rows.flatMap { $0.notes.values }.allSatisfy { $0.moment <= moment })
    }
  }

  private func notes(_ frame: UInt32, _ run: Int = 0) -> [String?] {
    let timeline = Self.runs[run]
    let rows = LadderRows(timeline.scene(at: timeline.momentCount)).rows
    let row = rows.first { $0.frame?.number == frame }
    return [row?.notes[.client]?.text, row?.notes[.server]?.text]
  }

  @Test func bothEndsSayWhatChanged() {
    #expect(notes(1) == ["SYN-SENT", "SYN-RECEIVED"])
    #expect(notes(2) == ["ESTABLISHED", nil])
    #expect(notes(3) == [nil, "ESTABLISHED"])
    #expect(notes(4) == ["NXT c+1461", "NXT c+1461"])
    #expect(notes(5) == ["NXT c+2921", nil])
    #expect(notes(6) == ["NXT c+4381", "early c+2921"])
    #expect(notes(7) == ["UNA c+1461", nil])
    #expect(notes(8) == ["dup ACK 1", nil])
    #expect(notes(9) == ["RTO 2 s", "NXT c+4381"])
    #expect(notes(12) == ["FIN-WAIT-1", "CLOSE-WAIT"])
    #expect(notes(14) == ["TIME-WAIT", "LAST-ACK"])
    #expect(notes(5, 1) == [nil, "! no socket"])
    #expect(notes(6, 1) == ["ECONNREFUSED", nil])
  }

  /// What answers a probe repeats a number, too.
  @Test(arguments: [("X3-01", 3), ("X3-12", 0), ("X3-14", 0)])
  func duplicatesTellOfALoss(_ name: String, _ count: Int) throws {
    let timeline = try #require(Lessons.runs[name]?.runs.first).timeline
    let rows = LadderRows(timeline.scene(at: timeline.momentCount)).rows
    let notes = rows.compactMap { $0.notes[.client]?.text }
    #expect(notes.count { $0.hasPrefix("dup ACK") } == count)
  }

  /// With however little room an answer to a SYN is not taken for one, nor a SYN for an answer.
  @Test(arguments: ["L05", "A06", "X2-15", "X2-17"])
  func aSYNACKIsNoSYN(_ name: String) throws {
    let timeline = try #require(Lessons.runs[name]?.runs.first).timeline
    let scene = timeline.scene(at: timeline.momentCount)
    var count = 0
    for frame in timeline.frames {
      let flags = UnitSummary(frame: frame.octets).flags
      guard flags.contains(.syn) else { continue }
      let isAnswer = flags.contains(.ack)
      count += isAnswer ? 1 : 0
      let label = LadderLabel(frame, scene, scene.origins)
      // Four hosts leave a head three cells at least.
      for width in (scene.isPair ? 7 : 3)...40 {
        let text = label.head(width).map(\.text).joined()
        let says = text.hasPrefix("SYN ACK") || text.hasPrefix("S+A")
        #expect(says == isAnswer, "\(text), \(width)")
        #expect(text.hasPrefix("S") && text.displayWidth <= width)
      }
    }
    #expect(count > 0)
  }

  @Test func aTimerHasARowOfItsOwn() {
    let timeline = Self.runs[0]
    let rows = LadderRows(timeline.scene(at: timeline.momentCount)).rows
    let events = rows.filter { if case .event = $0.kind { true } else { false } }
    #expect(events.count == 2)
    #expect(events.first?.notes[.client]?.text == "RTO 1 s over")
    #expect(events.last?.words?.text == "2 MSL over")
  }

  /// The silence is the difference of the times that are shown beside it.
  @Test func silenceIsMeasured() throws {
    let timeline = Self.runs[0]
    let text = LadderText.lines(timeline.scene(at: timeline.momentCount))
    let quiet = try #require(text.firstIndex { $0.contains("ms quiet") })
    func number(_ line: String) -> Int? {
      line.split(separator: " ").compactMap { word in
        word.contains(".") ? Int(word.filter { $0 != "." }) : nil
      }.first
    }
    #expect(number(text[quiet]) == 997_539)
    #expect(number(text[quiet + 1])! - number(text[quiet - 1])! == 997_539)
  }

  @Test func lossAndRetransmissionAreSeen() {
    let timeline = Self.runs[0]
    let ko = LadderText.lines(timeline.scene(at: timeline.momentCount, .ko))
    #expect(ko.filter { $0.contains("✗ 잃음") }.count == 1)
    #expect(ko.filter { $0.contains("↻─ c+1461") }.count == 1)
  }

  @Test func choosingMovesOverRowsAndBackToTheNewest() {
    let timeline = Self.runs[0]
    let scene = timeline.scene(at: timeline.momentCount)
    let size = Size(width: 78, height: 18)
    var state = ViewState()
    var targets: [Int] = []
    while let next = LadderView(scene, state, isFocused: true).moved(.up, size: size) {
      state = next
      targets.append(LadderView(scene, state, isFocused: true).target ?? 0)
    }
    #expect(targets == targets.sorted(by: >))
    #expect(targets.last == timeline.frames[0].sentMoment)
    // All frames and two timers, the newest row of which was chosen at the start.
    #expect(targets.count == timeline.frames.count + 2 - 1)
    while let next = LadderView(scene, state, isFocused: true).moved(.down, size: size) {
      state = next
    }
    #expect(state.selection == nil)
    #expect(LadderView(scene, state, isFocused: true).moved(.left, size: size) == nil)
  }

  @Test(arguments: [(78, 18), (51, 17), (51, 8)])
  func theChosenRowIsInView(_ width: Int, _ height: Int) {
    let timeline = Self.runs[0]
    for frame in timeline.frames {
      let lines = ViewPicture(
        LadderView.self, timeline, at: timeline.momentCount, Size(width: width, height: height)
      ) { $0.selection = .row(frame.sentMoment) }.lines
      let marked = lines.dropLast().filter { $0.prefix(3).contains("▸") && $0.contains("│") }
      #expect(marked.count == 1)
      let time = timeline.scene(at: timeline.momentCount).milliseconds(frame.sentAt)
      #expect(marked.first?.contains(time) == true)
    }
  }

  /// A long run is read around the chosen row only; what is read is what the whole would show there.
  @Test func aLongRunIsReadInPart() throws {
    var timeline = Run.connected()
    timeline.perform(.call(.accept(3), host: .server, process: ProcessID(97)))
    for _ in 0..<12 {
      let text = [UInt8](repeating: 0x61, count: 40_000)
      timeline.perform(.call(.send(3, text), host: .client, process: ProcessID(412)))
      timeline.perform(.run(.seconds(1)))
      timeline.perform(.call(.receive(4, limit: 65_535), host: .server, process: ProcessID(97)))
      timeline.perform(.run(.seconds(1)))
    }
    let scene = timeline.scene(at: timeline.momentCount)
    let whole = LadderRows(scene, isWhole: true).rows
    #expect(whole.compactMap { $0.frame }.count == timeline.frames.count)
    #expect(timeline.frames.count > 2 * LadderRows.reach)
    let middle = timeline.frames[timeline.frames.count / 2]
    let part = LadderRows(scene, around: middle.sentMoment).rows
    #expect(part.count < whole.count)
    let own = try #require(part.first { $0.moment == middle.sentMoment })
    let same = try #require(whole.first { $0.moment == middle.sentMoment })
    #expect(own.notes.mapValues(\.text) == same.notes.mapValues(\.text))
    #expect(own.frame == same.frame)
  }

  @Test func forgedAndCopiedFramesAreNamed() {
    let copied = Run.connected([
      ScriptedFault(.duplicate, on: FrameMatch(from: .client, flags: .syn))
    ])
    let text = LadderText.lines(copied.scene(at: copied.momentCount)).joined(separator: "\n")
    #expect(text.contains("copy of #1"))
  }

  @Test func coveredStatesAreNotShown() {
    let timeline = Self.runs[0]
    let covers: Set<Cover> = [
      .field(MemoryReference(host: .server, socket: 4), .state),
      .field(MemoryReference(host: .client, socket: 3), .sndNxt),
    ]
    let shown = ViewPicture(
      LadderView.self, timeline, at: timeline.momentCount, Size(width: 118, height: 34),
      covers: covers)
    #expect(!shown.text.contains("SYN-RECEIVED"))
    #expect(!shown.text.contains("LAST-ACK"))
    #expect(shown.text.contains("NXT ?"))
  }

  @Test func theStartOfNumbersIsCoveredInTheLegend() {
    let timeline = Self.runs[0]
    let moment = timeline.moment(.frameSent)
    let covers: Set<Cover> = [.field(MemoryReference(host: .client, socket: 3), .iss)]
    let shown = ViewPicture(
      LadderView.self, timeline, at: moment, Size(width: 78, height: 18), covers: covers)
    #expect(shown.title.contains("c = ?"))
  }
}
