import Course
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

/// The chapter's figures are drawn from the octets and records of the run.
@Suite struct ViewFigureTests {
  static let runs = [BuffersViewTests.bulk, BuffersViewTests.modern]
  static let sizes = [Size(width: 51, height: 18), Size(width: 78, height: 18)]

  private func dataFrame(_ timeline: Timeline) throws -> FrameRecord {
    try #require(timeline.frames.first { UnitSummary(frame: $0.octets).payload > 1_000 })
  }

  /// MTU and MSS: the slices are the lengths of the real segment, the options one of them.
  @Test(arguments: 0..<2, sizes) func sizesAreTheSegments(_ run: Int, _ size: Size) throws {
    let timeline = Self.runs[run]
    let frame = try dataFrame(timeline)
    let text = ViewPicture(HeaderView.self, timeline, at: timeline.momentCount, size) {
      $0.header = .sizes
      $0.frame = frame.number
    }.text
    let dissection = Dissection(frame: frame.octets)
    let transport = try #require(dissection.layer(.tcp)).range.count
    let lengths = text.split(separator: "\n").first { $0.contains("│ 20 ") }.map(String.init) ?? ""
    let numbers = lengths.split(whereSeparator: { " │".contains($0) }).compactMap { Int($0) }
    let options = transport - 20
    #expect(numbers == [20, 20] + (options > 0 ? [options] : []) + [dissection.payload.count])
    #expect(numbers.reduce(0, +) == 1_500)
    #expect(text.contains("MTU 1500"))
    #expect(text.contains("MSS 1460 = 1500 − 20 − 20"))
    #expect((options > 0) == (run == 1))
  }

  @Test func anAskedSizeIsCovered() throws {
    let timeline = Self.runs[0]
    let picture = ViewPicture(
      HeaderView.self, timeline, at: timeline.momentCount, Self.sizes[1],
      covers: [.header(frame: 1, id: "tcp.mss")]
    ) {
      $0.header = .sizes
      $0.frame = 1
    }
    #expect(picture.text.contains("MSS ? ="))
    #expect(!picture.text.contains("1460"))
  }

  /// Sequence and ACK: one line a direction, with the real ISNs and the numbers where segments begin.
  @Test(arguments: sizes) func numberLinesBearTheRealNumbers(_ size: Size) throws {
    let timeline = Self.runs[0]
    let moment = timeline.moment(.dataArrived, nth: 2)
    let scene = timeline.scene(at: moment)
    let text = ViewPicture(BuffersView.self, timeline, at: moment, size) {
      $0.showsNumberLines = true
    }.text
    for origin in scene.origins {
      #expect(text.contains("\(origin.name) = \(scene.hexadecimal(origin.iss))"))
    }
    #expect(text.contains("client → server") && text.contains("server → client"))
    #expect(text.contains("SYN") && text.contains("1460") && text.contains("c+1461"))
    #expect(text.contains("RCV.NXT"))
  }

  @Test func aFigureOpensItsView() {
    #expect(ViewState(figure: .mtuAndMSS).header == .sizes)
    #expect(ViewState(figure: .sequenceAndACK).showsNumberLines)
    #expect(ViewState(figure: .slidingWindow) == ViewState())
  }
}
