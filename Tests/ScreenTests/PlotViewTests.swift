import Course
import Foundation
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

/// View 9 draws what the run's records and frames say.
@Suite struct PlotViewTests {
  static let bulk = BuffersViewTests.bulk
  static let modern = BuffersViewTests.modern
  static let wide = Size(width: 78, height: 18)

  private func source(_ timeline: Timeline, _ moment: Int) throws -> PlotSource {
    try #require(PlotView(timeline.scene(at: moment), ViewState(), isFocused: true).source)
  }

  /// The kept numbers are those of the record, at every moment.
  @Test(arguments: [false, true]) func theHistoryIsTheRecords(_ isModern: Bool) throws {
    let timeline = isModern ? Self.modern : Self.bulk
    var seen = 0
    for moment in stride(from: 60, through: timeline.momentCount, by: 17) {
      let host = timeline.state(at: moment).world.hosts[0]
      guard let slot = host.memory.slot(number: 3) else { continue }
      let block = host.memory[slot]
      guard block.state == .established,
        let history = timeline.history(host: .client, socket: 3)
      else { continue }
      func value(_ quantity: SocketHistory.Quantity) -> UInt64? {
        history.value(quantity, at: moment)
      }
      #expect(value(.unacknowledged) == UInt64(block.sendUnacknowledged.value))
      #expect(value(.next) == UInt64(block.sendNext.value))
      #expect(value(.window) == UInt64(block.sendWindow))
      #expect(value(.timeout) == UInt64(block.retransmissionTimeout))
      if block.congestionWindow != 0 {
        #expect(value(.congestionWindow) == UInt64(block.congestionWindow))
        #expect(value(.threshold) == UInt64(block.slowStartThreshold))
      }
      if block.smoothedRoundTrip != 0 {
        #expect(value(.smoothed) == UInt64(block.smoothedRoundTrip))
      }
      seen += 1
    }
    #expect(seen > 20)
  }

  /// The segments are the frames with numbers of their own, and what is lost or sent again is known of each.
  @Test(arguments: [false, true]) func theSegmentsAreTheFrames(_ isModern: Bool) throws {
    let timeline = isModern ? Self.modern : Self.bulk
    for moment in [200, 400, timeline.momentCount] {
      let scene = timeline.scene(at: moment)
      let source = try source(timeline, moment)
      #expect(source.memory.host == .client)
      let frames = scene.frames.filter { frame in
        let unit = UnitSummary(frame: frame.octets)
        return frame.from == .client && unit.transport == 6 && unit.sequenceLength > 0
      }
      #expect(source.segments.map(\.frame) == frames.map(\.number))
      #expect(source.segments.map(\.isRetransmission) == frames.map(\.isRetransmission))
      #expect(
        source.lost.map(\.frame)
          == frames.filter { $0.fate == .lost && scene.hasEnded($0) }.map(\.number))
    }
  }

  /// Each segment is drawn where the axes' own ticks put it.
  @Test func ticksTellWhereASegmentIs() throws {
    let timeline = Self.bulk
    let view = PlotView(timeline.scene(at: timeline.momentCount), ViewState(), isFocused: true)
    let frame = try #require(PlotFrame(view, size: Self.wide))
    let lines = ViewPicture(
      PlotView.self, timeline, at: timeline.momentCount, Self.wide
    ).lines
    // Two labelled ticks of each axis give the scale; nothing else of the frame is used.
    let values = lines.enumerated().compactMap { row, line -> (Int, Double)? in
      guard line.contains("┤"), let word = line.split(separator: " ").first else { return nil }
      return Double(word).map { (row, $0) }
    }
    #expect(values.count >= 2)
    let (top, bottom) = (values[0], values[values.count - 1])
    let perRow = (top.1 - bottom.1) / Double(bottom.0 - top.0)
    let source = try source(timeline, timeline.momentCount)
    for segment in source.segments where segment.length > 1 {
      let offset = Double(source.offset(segment.sequence) + segment.length / 2)
      let row = Double(bottom.0) - (offset - bottom.1) / perRow
      let column = frame.left + frame.column(segment.time)
      let near = (Int(row) - 1)...(Int(row) + 1)
      let signs = near.filter { lines.indices.contains($0) }.map { Array(lines[$0])[column] }
      #expect(
        signs.contains { $0 == "✗" || $0 == "↻" || $0.isBraille }, "\(segment) at \(row), \(column)"
      )
    }
  }

  @Test func lossAndRecoveryHaveSignsOfTheirOwn() throws {
    let book = ViewPicture(
      PlotView.self, Self.bulk, at: Self.bulk.momentCount, Self.wide)
    #expect(book.text.contains("✗ lost 1"))
    #expect(book.text.contains("░ after a timeout"))
    #expect(!book.text.contains("fast recovery"))
    let modern = ViewPicture(
      PlotView.self, Self.modern, at: Self.modern.momentCount, Self.wide, .ko)
    #expect(modern.text.contains("✗ 잃음 1"))
    #expect(modern.text.contains("▓ 빠른 회복"))
    #expect(!modern.text.contains("시간 초과"))
    // The same in ASCII: the four signs differ.
    let signs = Set("✗↻▓░").map { asciiForm(of: String($0)) }
    #expect(Set(signs).count == 4)
  }

  /// The cursor goes over each segment and back; what it says is the frame's.
  @Test func theCursorGoesOverTheSegments() throws {
    let timeline = Self.bulk
    let scene = timeline.scene(at: timeline.momentCount)
    var state = ViewState()
    state.zoom = 8
    var frames: [UInt32] = []
    while true {
      let view = PlotView(scene, state, isFocused: true)
      frames.append(try #require(view.segment).frame)
      guard let next = view.moved(.left, size: Self.wide) else { break }
      state = next
    }
    #expect(frames == frames.sorted(by: >))
    #expect(frames.last == 1)
    while let next = PlotView(scene, state, isFocused: true).moved(.right, size: Self.wide) {
      state = next
    }
    #expect(state.selection == nil)
  }

  /// The mark of the moment stands in the row of the axis's name, and takes no part of it.
  @Test(arguments: [Language.ko, .en]) func theMarkLeavesTheNameAlone(_ language: Language) {
    let timeline = Self.modern
    var marks = 0
    for moment in stride(from: 1, through: timeline.momentCount, by: 7) {
      let picture = ViewPicture(
        PlotView.self, timeline, at: moment, Size(width: 51, height: 17), language
      ) { $0.curve = .roundTrip }
      guard let row = picture.lines.first(where: { $0.contains("▾") }) else { continue }
      marks += 1
      let name = row.prefix { $0 != "▾" }.trimmingCharacters(in: .whitespaces)
      #expect(["", "ms", "ms (로그)", "ms (log)"].contains(name), "\(moment): \(row)")
    }
    #expect(marks > 0)
  }

  @Test func pagesAreCurves() throws {
    let scene = Self.modern.scene(at: 400)
    var state = ViewState()
    var names: [String] = []
    for _ in 0..<4 {
      let view = PlotView(scene, state, isFocused: true)
      names.append(view.facts.map(\.text).joined())
      state = try #require(view.moved(.pageDown, size: Self.wide))
    }
    #expect(names[0] == names[3])
    #expect(Set(names).count == 3)
    #expect(names[1] == "congestion window")
    let book = PlotView(Self.bulk.scene(at: 400), state, isFocused: true)
    #expect(book.facts.map(\.text).joined() == "bytes in flight")
  }

  @Test(arguments: [1.0, 3.7, 20, 65_535, 4_000_000_000], [2, 4, 6])
  func ticksAreRound(_ high: Double, _ most: Int) {
    let axis = PlotAxis(0...high, most: most)
    #expect(axis.ticks.count >= 2 && axis.ticks.count <= most + 1)
    for tick in axis.ticks.dropFirst() {
      let digits = tickText(tick).filter { $0.isNumber && $0 != "0" }
      #expect(digits.count <= 2, "\(tick)")
    }
  }

  @Test func theTableHasTheNumbers() throws {
    let timeline = Self.modern
    let lines = PlotText.lines(timeline.scene(at: timeline.momentCount, .ko))
    #expect(lines.count > 6)
    #expect(lines.allSatisfy { $0.displayWidth <= 76 })
    let host = timeline.history(host: .client, socket: 3)
    let last = try #require(lines.last)
    #expect(last.contains("\(try #require(host?[.congestionWindow].last).value)"))
    #expect(last.contains("\(try #require(host?[.timeout].last).value)"))
  }
}

extension Character {
  fileprivate var isBraille: Bool {
    unicodeScalars.first.map { (0x2801...0x28ff).contains($0.value) } ?? false
  }
}
