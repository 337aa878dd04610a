import Course
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

/// `f`: a frame in flight or a host is broken by keys, in a branch of its own.
@Suite struct FaultBoxTests {
  /// L05 with the client's SYN on the wire.
  static func model(_ language: Language = .en, _ size: Size = smallScreen) throws -> LessonModel {
    var model = try Lessons.solved("L05", language, size)
    let sent = try #require(model.timeline.moments.firstIndex { $0.event == .frameSent })
    model.goToMoment(sent + 1)
    return model
  }

  private static func state(_ model: LessonModel) throws -> FaultState {
    guard case .fault(let state) = model.overlay else { throw Closed() }
    return state
  }

  private struct Closed: Error {}

  /// Chooses the row of a kind and does it.
  static func carryOut(_ kind: String, _ model: inout LessonModel) throws {
    model.press(.character("f"))
    for _ in 0..<20 {
      let state = try state(model)
      let rows = model.faultScene.rows(state)
      if let place = rows.firstIndex(where: { $0.kind == kind }) {
        while try self.state(model).row < place { model.press(.down) }
        model.press(.enter)
        return
      }
      model.press(.tab)
    }
    Issue.record("no row \(kind)")
  }

  @Test func aDroppedSynIsSentAgain() throws {
    var model = try Self.model()
    model.notice = nil
    let (place, before, lines) = (model.position, model.screen, Self.lines(model))
    model.press(.character("f"))
    #expect(model.screen.text.contains("Fault · frame 1 in flight"))
    #expect(model.screen.text.contains("Opens branch ⑂ drop-1."))
    model.press(.enter)
    #expect(model.isInBranch && model.screen.text.contains("⑂ drop-1"))
    // The same moment, where it is lost now.
    let lost = try #require(model.timeline.moment(model.position.moment))
    #expect(lost.event == .frameLost && lost.unit.frame == 1)
    #expect(lost.time == model.run.runs[0].timeline.moment(place.moment)?.time)
    let again = model.timeline.frames.filter { $0.isRetransmission }
    #expect(again.map(\.sentAt.nanoseconds) == [1_000_000_000])
    // Back to before: the other path is as it was.
    model.press(.character("{"))
    #expect(model.position == place)
    model.notice = nil
    #expect(model.screen == before)
    #expect(Self.lines(model) == lines)
  }

  /// The whole main run as lines of JSON.
  private static func lines(_ model: LessonModel) -> [String] {
    let timeline = model.run.runs[0].timeline
    return (1...timeline.momentCount).compactMap { JSONLine.of($0, in: timeline) }
  }

  /// What the first moment of each branch is, and its name.
  @Test(arguments: [
    ("drop", Event.frameLost), ("duplicate", .frameDuplicated), ("delay", .frameDelayed),
    ("hold", .frameDelayed), ("swap", .frameDelayed), ("flip", .frameDamaged),
    ("rewrite", .frameDamaged), ("pause", .hostChanged), ("buffer", .hostChanged),
    ("reboot", .hostChanged), ("cut", .frameLost),
  ])
  func everyRowOpensItsBranch(kind: String, event: Event) throws {
    for language in Language.allCases {
      var model = try Self.model(language)
      try Self.carryOut(kind, &model)
      #expect(model.overlay == nil && model.notice == nil)
      #expect(model.run.runs.last?.name == "\(kind)-1")
      #expect(model.timeline.moment(model.step.first + 1)?.event == event)
      // It is told beside the picture, and nothing runs over.
      #expect(model.screen.text.contains("⑂ \(kind)-1"))
      let mark = model.screen[26, LessonLayout(model).closingRule - 1].character
      #expect(mark != "▾", "\(model.screen.text)")
    }
  }

  @Test func aHeldFrameIsReleased() throws {
    var model = try Self.model()
    try Self.carryOut("hold", &model)
    model.press(.character("f"))
    #expect(model.screen.text.contains("frame 1, held"))
    // What a held frame cannot is dim and says why.
    let rows = model.faultScene.rows(try Self.state(model))
    #expect(rows.filter { $0.obstacle != nil }.map(\.kind) == ["delay", "swap"])
    model.press(.down, .down, .enter)
    #expect(model.overlay != nil && model.run.runs.last?.name == "hold-1")
    #expect(model.screen.text.contains("! it is held"))
    model.press(.escape)
    try Self.carryOut("release", &model)
    #expect(model.run.runs.last?.name == "release-1")
    let arrival = model.timeline.moments.first { $0.event == .frameReceived }
    #expect(arrival?.time == .zero)
  }

  @Test func aStoppedProgramGoesOnAndAKilledOneIsGone() throws {
    var model = try Self.model()
    model.press(.end)
    model.goToMoment(model.runLength - 2)
    try Self.carryOut("pause", &model)
    try Self.carryOut("resume", &model)
    #expect(model.run.runs.suffix(2).map(\.name) == ["pause-1", "resume-1"])
    try Self.carryOut("kill", &model)
    #expect(model.run.runs.last?.name == "kill-1")
    model.press(.end, .character("f"), .tab)
    let rows = model.faultScene.rows(try Self.state(model))
    #expect(rows.filter { $0.obstacle != nil }.map(\.kind) == ["pause", "kill"])
    #expect(model.screen.text.contains("no process runs here"))
  }

  @Test func aCutCableIsMended() throws {
    var model = try Self.model()
    try Self.carryOut("cut", &model)
    try Self.carryOut("mend", &model)
    #expect(model.run.runs.last?.name == "mend-1")
    let done = model.timeline.moments.contains { $0.rule == .synSentEstablished }
    #expect(done)
  }

  // MARK: Values

  @Test func valuesAreTurnedAndTyped() throws {
    var model = try Self.model()
    model.press(.character("f"), .down, .down, .right)
    #expect(try Self.state(model).settings.delay == 100)
    model.press(.left, .left)
    #expect(try Self.state(model).settings.delay == 20)
    model.type("250")
    #expect(model.screen.text.contains("[250]"))
    model.press(.enter)
    let arrival = try #require(model.timeline.frame(1)?.receivedAt)
    #expect(arrival.nanoseconds == 250_000_000 + 10_057_600)
  }

  @Test func aBitIsChosenByNumbers() throws {
    var model = try Self.model()
    model.press(.character("f"), .down, .down, .down, .down, .down)
    model.press(.character(" "), .left)
    #expect(try Self.state(model).settings.bit == 7)
    model.press(.character(" "), .right, .character(" "))
    model.type("999")
    // A byte that the frame does not have is not taken.
    model.press(.enter)
    #expect(model.run.runs.last?.name != "flip-1" && model.overlay != nil)
    model.press(.backspace, .backspace, .backspace)
    model.type("14")
    model.press(.enter)
    let frame = try #require(model.timeline.frame(1))
    let damaged = try #require(frame.damagedOctets)
    #expect(damaged[14] == frame.octets[14] ^ 0x80)
    // The FCS was made anew, so that the adapter takes it and the header's checksum finds it.
    let dropped = model.timeline.moments.first { $0.reason != nil }
    #expect(dropped?.layer == .ip)
  }

  @Test func aFieldIsRewritten() throws {
    var model = try Self.model()
    model.press(.character("f"))
    for _ in 0..<6 { model.press(.down) }
    #expect(model.screen.text.contains("[tcp.window] 65535 → 0"))
    for _ in 0..<60 where try Self.state(model).settings.field != "tcp.seq" { model.press(.left) }
    model.press(.character(" "))
    model.type("0x10")
    model.press(.enter)
    let frame = try #require(model.timeline.frame(1)?.damagedOctets)
    #expect(UnitSummary(frame: frame).sequence == SequenceNumber(16))
    #expect(model.run.runs.last?.name == "rewrite-1")
  }

  @Test func whatIsInTheWayIsSaid() throws {
    var model = try Self.model()
    model.press(.character("f"))
    for _ in 0..<6 { model.press(.down) }
    model.press(.character(" "))
    model.type("65535")
    #expect(model.screen.text.contains("! that is its value already"))
    model.press(.enter)
    #expect(model.overlay != nil)
  }

  // MARK: Which frame

  @Test func withNothingInFlightTheNextFrameIsOffered() throws {
    var model = try Self.model()
    let there = model.position
    model.press(.home, .character("f"))
    #expect(model.screen.text.contains("nothing in flight"))
    model.press(.enter)
    #expect(model.overlay != nil)
    model.press(.character("]"))
    #expect(model.position.moment == there.moment)
    #expect(try Self.state(model).frame == 1)
  }

  /// A question comes first, as with every way on.
  @Test func anOpenQuestionIsNotSkipped() throws {
    var model = LessonModel(try #require(Lessons.runs["L05"]), language: .en, seed: 1)
    for _ in 0..<40 where model.dueQuestion == nil { model.press(.character(".")) }
    #expect(model.dueQuestion != nil)
    model.press(.character("f"), .character("]"))
    guard case .question = model.overlay else {
      Issue.record("no question")
      return
    }
  }

  @Test func oneOfSeveralFramesIsChosen() throws {
    var model = try Self.model()
    try Self.carryOut("duplicate", &model)
    model.press(.character("f"))
    #expect(try Self.state(model).frame == 2)
    #expect(model.screen.text.contains("2/2 · client → server"))
    model.press(.character("["))
    #expect(try Self.state(model).frame == 1)
    model.press(.enter)
    #expect(model.run.runs.last?.name == "drop-1")
    #expect(model.timeline.frame(1)?.fate == .lost)
    #expect(model.timeline.frame(2)?.fate == .delivered)
  }

  /// In Korean input mode the keys act by their place.
  @Test func hangulActsByItsPlace() throws {
    var model = try Self.model(.ko)
    model.press(.character("ㄹ"))
    #expect(model.screen.text.contains("고장 · 선로 위의 프레임 1"))
    model.press(.escape, .character("ㅠ"))
    #expect(model.comparison != nil)
  }

  // MARK: Pictures

  @Test(arguments: [smallScreen, largeScreen], Language.allCases)
  func theBoxesAreTheKeptOnes(_ size: Size, _ language: Language) throws {
    func shot(_ keys: Key...) throws -> LessonModel {
      var model = try Self.model(language, size)
      for key in keys { model.press(key) }
      return model
    }
    let flip = Array(repeating: Key.down, count: 5)
    var flipping = try shot(.character("f"))
    for key in flip { flipping.press(key) }
    var held = try shot(.character("f"), .down, .down, .down, .enter, .character("f"))
    held.press(.down, .down)
    let shots: [(String, LessonModel)] = [
      ("frame", try shot(.character("f"))), ("flip", flipping), ("held", held),
      ("host", try shot(.character("f"), .tab, .down)),
      ("empty", try shot(.home, .character("f"))),
      ("branch", try shot(.character("f"), .enter)),
    ]
    for (name, model) in shots {
      let text = model.screen.text
      let file = "fault-\(name)-\(size.width)x\(size.height)-\(language.rawValue)"
      #expect(try Golden.kept(file, new: text) == text, "\(file)")
    }
  }
}
