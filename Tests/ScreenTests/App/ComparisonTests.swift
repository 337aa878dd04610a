import Course
import Session
import Stack
import Testing

@testable import Screen

/// `b`: two branches side by side, at the same time.
@Suite struct ComparisonTests {
  /// L05 beside the branch in which the SYN was dropped.
  private static func model(_ language: Language = .en, _ size: Size = smallScreen) throws
    -> LessonModel
  {
    var model = try FaultBoxTests.model(language, size)
    model.press(.character("f"), .enter, .character("b"))
    return model
  }

  private static func scene(_ model: LessonModel) throws -> ComparisonScene {
    try #require(ComparisonScene(model))
  }

  @Test func aSecondLaterTheRetransmissionStandsAlone() throws {
    var model = try Self.model()
    #expect(model.screen.text.contains("Two ladders · main | drop-1"))
    while try #require(model.comparison).time < Instant(nanoseconds: 1_000_000_000) {
      model.press(.character("."))
    }
    let lines = try Self.scene(model).lines()
    let parted = try #require(lines.first { $0.parts })
    #expect(parted.left?.frame?.fate == .delivered && parted.right?.frame?.fate == .lost)
    let last = try #require(lines.last)
    #expect(last.left == nil && last.right?.frame?.isRetransmission == true)
    #expect(lines.contains { $0.silence != nil })
    model.press(.end)
    let values = try Self.scene(model).values(most: 40)
    let iss = try #require(values.first { $0.label == "server iss" })
    #expect(!iss.isEqual && iss.left.hasSuffix("  s") && iss.right.hasSuffix("  s2"))
    #expect(values.first?.label == "connect() done")
    #expect(values.first?.left == "20.115 ms" && values.first?.right == "1020.115 ms")
    #expect(values.first { $0.label == "frames lost" }?.right == "1")
    #expect(values.first { $0.label == "sent again" }?.isEqual == false)
    let rto = values.first { $0.label == "client rto" }
    #expect(rto?.right == "3000 ms")
    // As many octets after each its own first number: no difference.
    #expect(values.first { $0.label == "server snd.nxt" }?.isEqual == true)
  }

  /// At every time of every branch: what stands in a line began at one time, lines go on in time, and every row
  /// of both ladders is there once.
  @Test(arguments: ["drop", "duplicate", "delay", "hold", "swap", "flip", "rewrite", "reboot"])
  func rowsAtOneHeightAreOfOneTime(kind: String) throws {
    var model = try FaultBoxTests.model()
    try FaultBoxTests.carryOut(kind, &model)
    model.press(.character("b"), .home)
    var count = 0
    repeat {
      let scene = try Self.scene(model)
      let lines = scene.lines()
      var latest = Instant.zero
      for line in lines where line.silence == nil {
        let times = [line.left?.first, line.right?.first].compactMap(\.self)
        #expect(Set(times).count == 1)
        #expect(times[0] >= latest)
        latest = times[0]
      }
      for (side, rows) in [
        (scene.left, lines.compactMap(\.left)), (scene.right, lines.compactMap(\.right)),
      ] {
        #expect(
          rows.map(\.moment) == LadderRows(side.scene).rows.filter(\.isChoosable).map(\.moment))
        // Both have come to the same time.
        let time = try #require(model.comparison).time
        if let moment = side.scene.moment { #expect(moment.time <= time) }
        if let next = side.scene.timeline.moment(side.scene.index + 1) { #expect(next.time > time) }
      }
      count += 1
    } while model.stepBoth(1)
    #expect(count >= 4)
  }

  @Test func sidesAndBranches() throws {
    var model = try Self.model()
    #expect(model.run.runs[model.step.run].name == "drop-1")
    model.press(.left)
    #expect(model.run.runs[model.step.run].name == "main")
    #expect(model.screen.text.contains("▸⑂ main"))
    // Another run stands in the place of the side with the keys.
    model.press(.pageDown)
    let name = try Self.scene(model).left.name
    #expect(name != "main" && name != "drop-1")
    model.press(.pageUp, .right, .right)
    #expect(try Self.scene(model).right.hasKeys)
    #expect(try Self.scene(model).left.name == "main")
  }

  @Test func goingOnInABranchAndBackToOne() throws {
    var model = try Self.model()
    model.press(.end, .left, .enter)
    #expect(model.comparison == nil && !model.isInBranch)
    #expect(model.run.runs[model.step.run].name == "main")
    model.press(.character("b"), .right, .character("b"))
    // From main it was opened, to main it goes back.
    #expect(model.comparison == nil && !model.isInBranch)
    model = try Self.model()
    let place = model.position
    model.press(.character("b"))
    #expect(model.position == place)
  }

  /// Times are whole however long they are, with two hosts and with more.
  @Test(arguments: ["L05", "X2-07"], [smallScreen, largeScreen])
  func longTimesAreWhole(_ lesson: String, _ size: Size) throws {
    var model = try Lessons.solved(lesson, .en, size)
    let sent = try #require(model.timeline.moments.firstIndex { $0.event == .frameSent })
    model.goToMoment(sent + 1)
    try FaultBoxTests.carryOut(lesson == "L05" ? "cut" : "drop", &model)
    for isCompared in [false, true] {
      if isCompared { model.press(.character("b")) }
      model.press(.end)
      let last = try #require(LadderRows(model.scene).rows.last { $0.isChoosable })
      #expect(last.first.nanoseconds >= 100_000_000_000)
      let whole = "\(last.first.nanoseconds / 1_000_000)"
      let text = model.screen.text
      #expect(text.contains(" \(whole)") || text.contains("▸\(whole)"), "\(text)")
    }
  }

  /// Nothing but time and sides: what acts on one run asks to choose one.
  @Test func otherKeysAreRefusedWithASentence() throws {
    var model = try Self.model()
    for key in ["f", "e", "5", "z"] {
      model.press(.character(Character(key)))
      #expect(model.comparison != nil && model.overlay == nil)
      #expect(model.notice?.en.contains("side by side") == true)
    }
    model.press(.character("?"))
    #expect(model.overlay != nil)
    model.press(.escape, .character("g"))
    model.type("1 s")
    model.press(.enter)
    #expect(try #require(model.comparison).time.nanoseconds >= 1_000_000_000)
    model.press(.escape)
    #expect(model.comparison == nil)
  }

  /// `w` on a row and on each value: what the side with the keys says, and `enter` brings both there.
  @Test(arguments: [smallScreen, largeScreen], Language.allCases)
  func theReasonIsThatOfTheChosenPlace(_ size: Size, _ language: Language) throws {
    var model = try Self.model(language, size)
    model.press(.end, .character("w"))
    #expect(model.screen.text.contains("RFC 9293"))
    // On the waiting time: the rule that made it 3 s.
    var rto: String?
    for _ in 0..<12 where rto == nil {
      model.press(.down)
      rto = try #require(model.comparison).chosen.flatMap { $0 == "client rto" ? $0 : nil }
    }
    #expect(rto != nil)
    let text = model.screen.text
    #expect(text.contains("RFC 6298 §5.7"), "\(text)")
    #expect(text.contains("→ 3000 ms"))
    #expect(text.contains("⑂ drop-1 ") && text.contains("· rto · ⑂ drop-1"))
    // On the other side it is another story.
    model.press(.left)
    #expect(!model.screen.text.contains("RFC 6298 §5.7"))
    model.press(.right)
    let time = try #require(model.reasonTime)
    model.press(.enter)
    #expect(model.comparison?.time == time && time.nanoseconds < 1_100_000_000)
    // It is closed before the comparison is.
    model.press(.escape)
    #expect(model.comparison?.showsWhy == false)
    #expect(!model.screen.text.contains("· ⑂ drop-1 ─"))
    model.press(.escape)
    #expect(model.comparison == nil)
  }

  /// What is only counted has no rule, and says so.
  @Test func aCountHasNoRule() throws {
    var model = try Self.model(.ko)
    model.press(.end, .character("w"), .down)
    #expect(model.comparison?.chosen == "connect() 끝남")
    #expect(model.screen.text.contains("순간"))
    model.press(.down)
    #expect(model.screen.text.contains("세어 본 수"))
    model.press(.up, .up, .up)
    #expect(model.comparison?.chosen == nil)
  }

  @Test func withoutABranchTheKeySaysWhatOpensOne() throws {
    let run = try #require(Lessons.runs.values.first { $0.runs.count == 1 })
    var model = LessonModel(run, language: .ko, seed: 1)
    model.press(.character("b"))
    #expect(model.comparison == nil && model.notice?.ko.contains("f로") == true)
  }

  /// Whoever wanders about with these keys: every picture is whole and can be said in ASCII, and what was there
  /// before is as it was.
  @Test(arguments: ["L02", "L04", "L05", "X2-05"], Language.allCases)
  func walks(_ lesson: String, _ language: Language) throws {
    for seed in 0..<8 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let size = seed % 2 == 0 ? smallScreen : largeScreen
      var model = try Lessons.solved(lesson, language, size)
      let before = try #require(Lessons.runs[lesson])
      model.goToMoment(random.below(model.runLength + 1))
      let keys: [Key] =
        [
          .enter, .enter, .up, .down, .pageUp, .pageDown, .left, .right, .tab, .escape, .home, .end,
          .backspace,
        ]
        + "fffbb.,][{} 07x5rgz?wwR".map { .character($0) }
      for _ in 0..<50 {
        let key = keys[random.below(keys.count)]
        model.press(key)
        guard model.run.steps.count < model.lessonSteps + 5 else { break }
        let screen = model.screen
        #expect(screen.lines.allSatisfy { $0.displayWidth == size.width }, "seed \(seed)")
        let odd = asciiForm(of: screen).text.unicodeScalars.first {
          !$0.isASCII && !(0xac00...0xd7a3).contains($0.value)
        }
        #expect(odd == nil, "seed \(seed), \(key)")
      }
      for (one, other) in zip(before.runs, model.run.runs) {
        #expect(one.name == other.name && one.timeline.momentCount == other.timeline.momentCount)
        let pairs = zip(one.timeline.moments, other.timeline.moments)
        #expect(
          pairs.allSatisfy { $0.time == $1.time && $0.event == $1.event && $0.unit == $1.unit })
      }
    }
  }

  @Test(arguments: [smallScreen, largeScreen], Language.allCases)
  func theScreensAreTheKeptOnes(_ size: Size, _ language: Language) throws {
    var begin = try Self.model(language, size)
    begin.press(.character("]"))
    var end = try Self.model(language, size)
    end.press(.end)
    for (name, model) in [("begin", begin), ("end", end)] {
      let text = model.screen.text
      let file = "compare-\(name)-\(size.width)x\(size.height)-\(language.rawValue)"
      #expect(try Golden.kept(file, new: text) == text, "\(file)")
    }
  }
}
