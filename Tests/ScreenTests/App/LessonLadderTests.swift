import Course
import Session
import Stack
import Testing
import Wire

@testable import Screen

/// What a lesson's ladder says of time and of what is sent again.
@Suite struct LessonLadderTests {
  /// A connection from the same ports that begins with the same number is no repetition of the old one.
  @Test func aNewConnectionIsNotSentAgain() throws {
    let model = try Lessons.solved("L14", .en, smallScreen)
    let step = try #require(model.run.steps.first { $0.step.id == "again" })
    let frames = model.run.timeline(of: step).frames.prefix(13)
    let openings = frames.filter { UnitSummary(frame: $0.octets).flags.contains(.syn) }
    #expect(openings.count == 4)
    #expect(openings.allSatisfy { !$0.isRetransmission })
  }

  /// The world's clock may be further on, at a timer that does nothing: no row is later than the moment.
  @Test func nothingOnTheLadderIsYetToCome() throws {
    var model = try Lessons.solved("L14", .en, smallScreen)
    model.go(.init(step: 0, moment: model.run.steps[0].last))
    #expect(model.scene.world.now > model.scene.time)
    #expect(LadderRows(model.scene, isWhole: true).rows.allSatisfy { $0.first <= model.scene.time })
    #expect(model.screen.text.contains("9.990 s"))
  }

  /// The mark that there is more above takes no number's last digit.
  @Test func theMarkAboveHidesNothing() throws {
    var model = try Lessons.solved("L09", .en, smallScreen)
    let place = try #require(model.run.steps.firstIndex { $0.step.id == "repair" })
    model.go(.init(step: place, moment: model.run.steps[place].last))
    let lines = model.screen.lines
    #expect(lines[2].hasSuffix("▴") && lines[3].contains("early c+5841"))
  }
}
