import Course
import Session
import Stack
import Testing

@testable import Screen

/// Where a step begins and ends, the views show what its text speaks of.
@Suite struct PointingTests {
  /// A lesson whose questions have been answered, at the end of a step.
  private func atEnd(_ lesson: String, _ step: String, _ language: Language, _ size: Size) throws
    -> LessonModel
  {
    var model = try Lessons.solved(lesson, language, size)
    let place = try #require(model.run.steps.firstIndex { $0.step.id == step })
    model.go(.init(step: place, moment: model.run.steps[place].last))
    return model
  }

  /// The record that a step points at is the one on the screen, and a field of it can be read there.
  @Test(arguments: Lessons.all) func memoryOpensOnWhatIsPointedAt(_ name: String) throws {
    var model = try Lessons.solved(name, .en, smallScreen)
    for place in model.run.steps.indices {
      let step = model.run.steps[place]
      guard model.isShowing(.memory, place) else { continue }
      model.go(.init(step: place, moment: step.last))
      model.shownView = .memory
      let state = model.viewState(.memory)
      guard let memory = state.memory else { continue }
      #expect(!state.pointed.isEmpty)
      let host = model.scene.hostName(memory.host)
      let lines = model.screen.lines
      #expect(lines[1].contains("\(host) socket \(memory.socket)"), "\(step.step.id)")
      let names = state.pointed.map(\.name)
      let isShown = lines.contains { line in
        names.contains { line.contains(" \($0) ") || line.contains("*\($0) ") }
      }
      #expect(isShown, "\(step.step.id): \(names)\n\(model.screen.text)")
    }
  }

  @Test(arguments: [smallScreen, largeScreen])
  func memoryMarksWhatIsPointedAt(_ size: Size) throws {
    var model = try atEnd("L07", "waits", .en, size)
    #expect(model.screen.text.contains(size == smallScreen ? "▸009c" : "▸ send.unsent"))
    // The learner's own choice goes before, until the next step.
    model.press(.character("3"), .character("/"))
    model.type("local.port")
    model.press(.enter)
    #expect(model.viewStates[.memory]?.selection != nil)
    #expect(model.screen.text.contains("[local.port]"))
    model.press(.character("}"))
    #expect(model.viewStates.isEmpty)
  }

  /// What the step points at together is seen together, though a page would part it.
  @Test func memoryShowsAllThatIsPointedAt() throws {
    let model = try atEnd("L10", "formula", .en, largeScreen)
    let text = model.screen.text
    #expect(text.contains("▸ srtt") || text.contains("▸*srtt"))
    #expect(text.contains("▸ rttvar") || text.contains("▸*rttvar"))
  }

  /// Between a step's first and last moment Memory goes with the work.
  @Test func memoryFollowsTheWorkInBetween() throws {
    var model = try Lessons.solved("A01", .en, smallScreen)
    let step = model.run.steps[0]
    model.go(.init(step: 0, moment: step.last))
    #expect(model.viewState(.memory).memory?.host.index == 0)
    model.go(.init(step: 0, moment: step.last - 1))
    #expect(model.viewState(.memory).memory == nil && model.viewState(.memory).pointed.isEmpty)
  }

  @Test func headerOpensOnTheFieldPointedAt() throws {
    let model = try atEnd("A03", "blocks", .ko, smallScreen)
    let path = try #require(model.step.step.point.first)
    guard case .frame(_, .header(let id)) = path.subject else {
      Issue.record("the step points at no header field")
      return
    }
    let view = HeaderView(model.scene, model.viewState(.header), isFocused: false)
    #expect(view.selected?.id == id)
    let text = model.screen.text
    #expect(text.contains("왼쪽 끝 1") && text.contains("오른쪽 끝 2"))
  }

  /// Ten confirmed octets and ninety in flight share a cell: it is named as it is drawn.
  @Test func aCellIsNamedAsItIsDrawn() throws {
    let model = try atEnd("L07", "together", .en, largeScreen)
    let lines = model.screen.lines
    let bar = try #require(lines.firstIndex { $0.contains("▓░░░") })
    #expect(lines[bar + 1].contains("in flight"))
    #expect(!lines[bar + 1].contains("confirmed"))
  }

  /// Where the record was deleted in this moment, that is what Memory says.
  @Test func aDeletedRecordIsNotPassedOver() throws {
    var model = try atEnd("L14", "row", .en, smallScreen)
    model.press(.character("3"))
    #expect(model.screen.text.contains("record was deleted"))
    // At its start the step is about the other end's record, whatever was deleted right before.
    model.go(.init(step: model.position.step, moment: model.step.first))
    #expect(model.screen.text.contains("server socket 4"))
    #expect(model.screen.text.contains("▸0068"))
  }

  /// A list has room for a number of eight octets, if not for its octets.
  @Test func timesAreReadInAList() throws {
    var model = try atEnd("L12", "merged", .en, smallScreen)
    model.press(.character("3"), .character("/"))
    model.type("first.sent.at")
    model.press(.enter)
    let row = try #require(model.screen.lines.first { $0.contains("first.sent.at") })
    #expect(row.contains("…") && row.contains(" ms"))
  }

  /// A wait at a step's end has been waited when its text says so.
  @Test func theClockHasWaited() throws {
    var model = try Lessons.solved("A08", .ko, smallScreen)
    model.go(.init(step: 0, moment: model.run.steps[0].last))
    #expect(model.screen.lines[0].contains("t 1800."), "\(model.screen.lines[0])")
    model.go(.init(step: 0, moment: model.run.steps[0].last - 1))
    #expect(model.screen.lines[0].contains("t 0.030"), "\(model.screen.lines[0])")
  }

  /// A RST in the window is not kept off by the state: it is asked about.
  @Test func aNearMissIsAskedBack() throws {
    let model = try atEnd("A07", "near", .ko, smallScreen)
    #expect(model.screen.text.contains("! 되물음"))
  }

  /// `w`, then `enter`: the field is looked at where it was asked about.
  @Test func theWayToAReasonKeepsTheView() throws {
    var model = try atEnd("A02", "third", .en, largeScreen)
    model.press(.character("3"), .character("/"))
    model.type("owner")
    model.press(.enter, .character("w"), .enter)
    #expect(model.position.step == 0)
    #expect(model.focus == .view(.memory))
  }

  /// What the footer says of `enter` is what it does, in a view as well.
  @Test func enterOpensTheQuestionThatIsDue() throws {
    var model = try #require(Lessons.runs["A01"].map { LessonModel($0, language: .en, seed: 1) })
    _ = model.update(.resize(smallScreen))
    let place = try #require(model.run.steps.firstIndex { $0.step.id == "overflow" })
    model.go(.init(step: place, moment: model.run.steps[place].first))
    model.press(.character("9"))
    #expect(model.focus == .view(.plot) && model.pane(.plot).target != nil)
    #expect(
      model.screen.lines.last?.contains("enter answer") == true
        || model.screen.lines.last?.contains("enter predict") == true)
    model.press(.enter)
    guard case .question = model.overlay else {
      Issue.record("no question\n\(model.screen.text)")
      return
    }
    // With the answer to “why” open, enter goes to its moment, and the question has another key.
    model.press(.escape, .character("w"))
    #expect(!model.enterAsks)
    let keys = try #require(model.screen.lines.last)
    #expect(!keys.contains("enter predict") && !keys.contains("enter answer"))
  }
}

extension LessonModel {
  fileprivate func isShowing(_ view: LessonView, _ place: Int) -> Bool {
    run.steps[place].step.show.prefix(2).contains(view)
  }
}
