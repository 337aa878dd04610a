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

  /// In a small window the words “on its way” give way before a number does.
  @Test(arguments: ["L08", "L09", "X3-14"])
  func numbersOnTheirWayAreWhole(_ name: String) throws {
    let timeline = try #require(Lessons.runs[name]?.runs.first).timeline
    var count = 0
    for moment in stride(from: 0, through: timeline.momentCount, by: 5) {
      let scene = timeline.scene(at: moment)
      guard scene.frames.contains(where: { !scene.hasEnded($0) }) else { continue }
      let size = Size(width: 51, height: 17)
      let lines = ViewPicture(LadderView.self, timeline, at: moment, size, .ko).lines
      for line in lines where line.contains("▸ ") || line.contains("◂─ ACK") {
        count += 1
        #expect(!line.contains("c+") || !line.contains("…"), "\(moment): \(line)")
      }
    }
    #expect(count > 0)
  }

  /// At any virtual time, at both sizes, the lines of life are whole and each time has its first digits.
  @Test(arguments: [
    9_999, 10_000, 10_800, 86_400, 123_456, 9_876_543, 987_654_321, 18_000_000_000,
  ])
  func longTimesHaveAUnit(_ seconds: UInt64) throws {
    var timeline = Run.listening()
    timeline.perform(.run(Nanoseconds.seconds(seconds)))
    timeline.perform(.call(.connect(3, Run.server), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.seconds(1)))
    let unit = seconds < 10_000 ? "" : seconds < 1_000_000_000 ? " s" : " h"
    let first = seconds < 10_000 ? "\(seconds)" : unit == " s" ? "\(seconds)" : "\(seconds / 3_600)"
    for size in [
      Size(width: 51, height: 18), Size(width: 80, height: 20), smallScreen, largeScreen,
    ] {
      let picture = ViewPicture(LadderView.self, timeline, at: timeline.momentCount, size)
      let form = LadderForm(width: size.width - (size.width >= 80 ? 2 : 0))
      let margin = size.width >= 80 ? 1 : 0
      let rows = picture.lines.filter { $0.contains("──") }
      #expect(rows.count == 3)
      for row in rows {
        let cells = Array(row)
        #expect(
          cells[form.leftLine + margin] == "│" && cells[form.rightLine + margin] == "│", "\(row)")
        let text = String(cells[..<(form.leftLine + margin)])
        #expect(text.contains(first), "\(text)")
        if !unit.isEmpty { #expect(text.contains(unit), "\(text)") }
      }
      // A note does not stand on the time at the right.
      let right = rows[0].suffix(24)
      if form.isWide { #expect(right.contains(" SYN-RECE") && right.contains(first)) }
    }
  }

  @Test func timesFitTheirCells() {
    for cells in 7...12 {
      var time: UInt64 = 1
      while time < .max / 3 {
        for value in [time, time - 1, time + 1] {
          let text = ClockText.fitting(value, cells: cells)
          #expect(text.count <= max(cells, 9), "\(text)")
        }
        time += time / 2 + 1
      }
    }
    #expect(ClockText.fitting(9_999_999_999_499) == "9999999.999")
    #expect(ClockText.fitting(10_000_000_000_000) == "10000.000 s")
    #expect(ClockText.fitting(12_345_678_900_000) == "12345.679 s")
    #expect(ClockText.fitting(123_456_789_000_000) == "123456.79 s")
    #expect(ClockText.fitting(12_345_678_900_000, cells: 8) == "12346 s")
    #expect(ClockText.fitting(20_115_000) == "20.115")
    #expect(ClockText.fitting(1_234_567_890_000, cells: 9) == "1234567.8")
    #expect(ClockText.fitting(1_234_567_890_000, cells: 8) == "1234567")
    #expect(ClockText.fitting(.max) == "5124095.6 h")
    #expect(ClockText.span(7_200_000_000_000) == "7200.000 s")
    #expect(ClockText.span(14_400_000_000_000) == "14400.000 s")
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
