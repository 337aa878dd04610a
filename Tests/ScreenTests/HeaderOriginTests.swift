import Course
import Testing

@testable import Screen

/// Where a number in a header is said to come from, that memory held it.
@Suite struct HeaderOriginTests {
  @Test(arguments: [
    ("A03", "second", "client rexmit.nxt"), ("A08", "probe", "SND.NXT − 1"),
    ("A02", "third", "client snd.una"),
  ])
  func aSequenceNumberComesFromWhereItDid(_ lesson: String, _ step: String, _ origin: String) throws
  {
    var model = try Lessons.solved(lesson, .en, largeScreen)
    let place = try #require(model.run.steps.firstIndex { $0.step.id == step })
    model.go(.init(step: place, moment: model.run.steps[place].last))
    model.press(.character("4"), .character("/"))
    model.type("tcp.seq")
    model.press(.enter)
    #expect(model.screen.text.contains("from  \(origin)"), "\(model.screen.text)")
  }
}
