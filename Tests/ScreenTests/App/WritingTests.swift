import Course
import Session
import Stack
import Testing
import Wire

@testable import Screen

/// The learner writes to the memory; the stack, unaware, obeys.
@Suite struct WritingTests {
  /// L05 right after the client's connection is made, with snd.nxt chosen.
  private func model(_ language: Language = .en) throws -> LessonModel {
    var model = try Lessons.solved("L05", language, smallScreen)
    let made = try #require(
      model.timeline.moments.firstIndex { $0.rule == .synSentTakesSyn })
    model.goToMoment(made - 10)
    model.press(.character("3"))
    var state = ViewState()
    let memory = MemoryReference(host: HostID(0), socket: 3)
    state.memory = memory
    state.selection = .field(memory, .sndNxt)
    model.viewStates[.memory] = state
    return model
  }

  @Test func aWrittenNumberOpensABranchAndGoesOut() throws {
    var model = try model()
    let before = model.screen
    let place = model.position
    let memory = MemoryReference(host: HostID(0), socket: 3)
    let old = try #require(model.scene.block(memory)).sendNext
    model.press(.character("e"))
    model.type("+1000")
    model.press(.enter)
    #expect(model.isInBranch)
    #expect(model.screen.text.contains("⑂ write-1"))
    #expect(model.scene.block(memory)?.sendNext == old + 1000)
    // The ACK of the handshake carries it, and w names the learner.
    let sent = model.timeline.frames.filter {
      $0.from == HostID(0) && $0.sentMoment > model.position.moment
    }
    let ack = try #require(sent.first)
    #expect(UnitSummary(frame: ack.octets).sequence == old + 1000)
    model.press(.character("w"))
    #expect(model.screen.text.contains("Sockscope") || model.screen.text.contains("You wrote"))
    model.press(.escape)
    // Back to before: everything as it was.
    model.press(.character("{"))
    #expect(!model.isInBranch && model.position == place)
    model.press(.character("3"))
    #expect(model.screen == before)
  }

  @Test(arguments: ["LISTN", "0xzz", "", "1.5"]) func whatIsNoNumberIsRefused(_ text: String) throws
  {
    var model = try model()
    model.press(.character("e"))
    model.type(text)
    model.press(.enter)
    #expect(!model.isInBranch)
    guard case .write = model.overlay else {
      Issue.record("the box has closed")
      return
    }
  }

  @Test func withoutAFieldTheKeySaysWhatToDo() throws {
    var model = try Lessons.solved("L05", .ko, smallScreen)
    model.press(.character("e"))
    #expect(model.overlay == nil && model.notice != nil)
    model.press(.character("u"))
    #expect(model.overlay == nil && model.notice != nil)
  }

  /// A field that no rule reads; the sentence is held in both languages.
  @Test(arguments: Language.allCases, [Field.owner, .askedAt, .answered])
  func nobodyReadsIt(_ language: Language, _ field: Field) throws {
    var model = try model(language)
    var state = try #require(model.viewStates[.memory])
    state.selection = .field(MemoryReference(host: HostID(0), socket: 3), field)
    model.viewStates[.memory] = state
    model.press(.character("u"))
    let text = model.screen.text
    #expect(text.contains(field.name))
    #expect(
      text.contains(
        language == .ko ? "여기서부터는 아무도 읽지 않습니다." : "From here on nobody reads it"))
  }

  @Test func readersAreNamed() throws {
    var model = try model()
    model.press(.character("u"))
    let text = model.screen.text
    #expect(text.contains("Rules that read snd.nxt next"))
    #expect(text.contains("RFC"))
    model.press(.escape)
    #expect(model.overlay == nil)
  }
}
