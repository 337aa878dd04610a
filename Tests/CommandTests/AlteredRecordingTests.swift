import Capture
import Course
import Foundation
import Session
import Stack
import Testing
import Wire

@testable import Screen

/// Recordings with octets altered at random: refused with a reason, or opened as what they say; never a trap.
@Suite struct AlteredRecordingTests {
  private static let mark = Array("Sockscope run\n".utf8)

  /// L05 with three branches, the second out of the first.
  private static func recording() throws -> [UInt8] {
    var run = LessonRunner(seed: 7).run(try Lesson(yaml: LessonFiles.text("L05")))
    try run.perform(try Poke("syn: client snd.nxt +1000"))
    try run.perform(try Poke("write-1/70: server rcv.nxt -5"))
    try run.perform(try LearnerFault("down: drop frame"))
    return Recording.octets(of: run.recording)
  }

  /// Where the content of each run stands in the file, behind the mark and with its check sequence.
  private static func contents(_ octets: [UInt8]) -> [Range<Int>] {
    CaptureFile.parse(octets).customBlocks.compactMap { block in
      guard let content = block.content, content.starts(with: mark),
        let place = octets[block.offset...].firstRange(of: content)
      else { return nil }
      return (place.lowerBound + mark.count)..<place.upperBound
    }
  }

  private static func open(_ octets: [UInt8]) -> Bool {
    guard let parts = try? Recording.parts(in: octets) else { return false }
    for language in Language.allCases {
      _ = RecordingPrint.text(parts, name: "x", language)
      guard var model = ReplayModel(parts, name: "x", language: language) else { continue }
      for key in [
        Key.character("}"), .end, .character("}"), .character("{"), .home, .character("."),
      ] {
        _ = model.update(.key(key))
        _ = model.render(Size(width: 120, height: 40))
      }
    }
    return true
  }

  @Test func anyOctetOfTheFile() throws {
    let good = try Self.recording()
    var draw = RandomSource(seed: 11)
    var refused = 0
    for _ in 0..<40 {
      var octets = good
      for _ in 0...draw.below(4) {
        octets[draw.below(octets.count)] = UInt8(truncatingIfNeeded: draw.next())
      }
      if draw.below(4) == 0 { octets.removeLast(draw.below(octets.count)) }
      if !Self.open(octets) { refused += 1 }
    }
    #expect(refused > 10)
  }

  /// The name, the steps and the origin, with a check sequence that fits: nothing but sense can refuse them.
  @Test func whatStandsBehindTheRunWithAGoodCheckSequence() throws {
    let good = try Self.recording()
    let contents = Self.contents(good)
    #expect(contents.count >= 4)
    var draw = RandomSource(seed: 12)
    var refused = 0
    for _ in 0..<40 {
      var octets = good
      let range = contents[draw.below(contents.count)]
      let end = range.upperBound - 4
      for _ in 0...draw.below(2) {
        // Steps, moments and origin stand in the last octets.
        octets[end - 1 - draw.below(60)] = UInt8(truncatingIfNeeded: draw.next())
      }
      let check = FrameCheckSequence.of(Array(octets[range.lowerBound..<end]))
      octets.replaceSubrange(end..<range.upperBound, with: FrameCheckSequence.octets(of: check))
      if !Self.open(octets) { refused += 1 }
    }
    #expect(refused > 10)
  }

  /// A branch altered in its seed or made by a newer version is refused as the main run is.
  @Test(arguments: [(0, UInt8(2), "version 2"), (1, UInt8(9), "was altered after")])
  func aBranchIsCheckedToo(place: Int, value: UInt8, sentence: String) throws {
    var octets = try Self.recording()
    let branch = try #require(Self.contents(octets).last)
    // Behind the run's name and its length.
    var start = branch.lowerBound + Int(octets[branch.lowerBound])
    while octets[start] & 0x80 != 0 { start += 1 }
    octets[start + 1 + place] = value
    let finished = try ReplayTests.replay(octets, ["--json"])
    #expect(finished.status == 2)
    #expect(finished.output.isEmpty)
    #expect(finished.complaint.contains(sentence), "\(finished.complaint)")
  }
}
