import Capture
import Course
import Foundation
import PseudoTerminal
import Session
import Testing

@testable import Screen

/// What a learner writes to the memory: recorded with its branch, and replayed in another process.
@Suite struct HandmadeBranchTests {
  /// The keys that write SND.NXT + 1000 into the record at work at moment 50, and go on to the branch's end.
  private static let keys =
    [Key.character("g"), .character("5"), .character("0"), .enter, .character("3")]
    + [.character("/")] + "snd.nxt".map { Key.character($0) } + [.enter, .character("e")]
    + "+1000".map { Key.character($0) } + [.enter, .end]

  /// L05 with these keys pressed, in this process.
  private static func model(_ keys: [Key] = keys) throws -> LessonModel {
    let run = LessonRunner(seed: 7).run(try Lesson(yaml: LessonFiles.text("L05")))
    var model = LessonModel(run, language: .en, seed: 7)
    model.size = Size(width: 80, height: 24)
    for key in keys { _ = model.update(.key(key)) }
    return model
  }

  private static func lines(_ run: LessonRun) -> String {
    let parts = run.recording
    return parts.indices.map { Recording.lines(of: $0, in: parts).joined(separator: "\n") + "\n" }
      .joined()
  }

  /// The first lines of two texts that are not equal: whole texts would be too long to read.
  private static func firstDifference(_ one: String, _ other: String) -> [String]? {
    let one = one.split(separator: "\n")
    let other = other.split(separator: "\n")
    if let pair = zip(one, other).first(where: { $0 != $1 }) {
      return [String(pair.0), String(pair.1)]
    }
    return one.count == other.count ? nil : ["\(one.count) lines", "\(other.count) lines"]
  }

  /// Opens L05 in a terminal with a recording, and presses the keys one after another.
  private static func driven(_ file: URL, _ keys: [Key] = keys) throws -> DrivenProgram {
    let program = try ProgramOnTerminalTests.start(
      "lesson", "L05", "--lang", "en", "--seed", "7", "--record", file.path)
    try program.waitFor("Three segments")
    for key in keys {
      switch key {
      case .character(let character): try program.type(String(character))
      case .enter: try program.type("\r")
      case .end: try program.type("\u{1b}[F")
      default: Issue.record("\(key) has no octets here")
      }
    }
    return program
  }

  private static func withFile<Result>(_ body: (URL) throws -> Result) throws -> Result {
    try Program.withFolder { try body($0.appending(path: "run.pcapng")) }
  }

  @Test func theReplayOfAPokeIsTheRun() throws {
    let model = try Self.model()
    #expect(model.isInBranch && model.position.moment == model.step.last)
    let expected = Self.lines(model.run)
    #expect(expected.contains("\"step\":\"write-1\",\"branch\":\"write-1\""))
    try Self.withFile { file in
      let program = try Self.driven(file)
      try program.waitFor("⑂ write-1")
      try program.wait("the branch's end") {
        $0.shows("\(model.step.last)/\(model.step.last)")
      }
      try program.type("q")
      #expect(try program.waitForEnd() == .exited(0))
      let replay = try Program.run("replay", file.path, "--json", "--lessons", "/nonexistent")
      #expect(replay.status == 0, "\(replay.complaint)")
      #expect(Self.firstDifference(replay.output, expected) == nil)
      // The same by a script.
      let place = try #require(model.run.runs.last?.origin)
      let write = try #require(model.timeline.moment(model.step.first + 1))
      let change = try #require(model.timeline.changes[write.changes].first)
      let host = model.timeline.configuration.hosts[Int(change.host.index)].name
      let script = try Program.run(
        "lesson", "L05", "--json", "--seed", "7", "--poke",
        "\(place.moment): \(host) \(change.socket).snd.nxt +1000")
      #expect(Self.firstDifference(script.output, expected) == nil)
    }
  }

  /// Of all runs every frame is a packet, and tshark finds no fault in one.
  @Test func theFramesOfTheBranchAreRecorded() throws {
    let more = ["--poke", "syn: client snd.nxt +1000", "--poke", "write-1/70: server rcv.nxt -5"]
    try RecordTests.withRecording("L05", more) { file in
      let names = Set(try RecordTests.tshark(file, "frame", ["frame.interface_name"]).map { $0[0] })
      #expect(names == Set(try Self.model([]).run.runs.map(\.name) + ["write-1", "write-2"]))
      let bad =
        "_ws.malformed || ip.checksum.status == 0 || tcp.checksum.status == 0"
        + " || udp.checksum.status == 0 || icmp.checksum.status == 0"
      #expect(try RecordTests.tshark(file, bad, ["frame.number"]).isEmpty)
      let run = try Program.finish(Program.url, ["lesson", "L05", "--json"] + more)
      let sent = run.lines.filter { $0.contains("\"event\":\"frame-sent\"") }
      let comments = try RecordTests.tshark(file, "frame", ["frame.comment"])
      #expect(comments.count == sent.count)
      #expect(comments.contains { $0[0].hasPrefix("L05 · write-2 · moment ") })
      let replay = try Program.run("replay", file.path, "--json")
      #expect(Self.firstDifference(replay.output, run.output) == nil)
    }
  }

  /// The file is whole at any time: before anything is done, after each branch, and when the program is killed.
  @Test func nothingIsLostWhenTheProgramEnds() throws {
    try Self.withFile { file in
      let program = try Self.driven(file, [])
      let runs = try Self.model([]).run.runs.map(\.name)
      let before = try Recording.parts(in: ReplayTests.octets(of: file))
      #expect(before.map(\.name) == runs)
      for key in Self.keys.dropLast() {
        if case .character(let character) = key { try program.type(String(character)) }
        if key == .enter { try program.type("\r") }
      }
      try program.waitFor("⑂ write-1")
      program.send(signal: SIGKILL)
      #expect(try program.waitForEnd() == .signalled(SIGKILL))
      let after = try Recording.parts(in: ReplayTests.octets(of: file))
      #expect(after.map(\.name) == runs + ["write-1"])
      #expect(after.last?.origin?.parent == "main")
      let names = try FileManager.default.contentsOfDirectory(
        atPath: file.deletingLastPathComponent().path)
      #expect(names == ["run.pcapng"])
    }
  }

  /// In the replay the branch stands behind the lesson's steps, and leads back to where it was opened.
  @Test(arguments: Language.allCases) func theReplayHasTheBranchOnItsScreen(language: Language)
    throws
  {
    let live = try Self.model()
    let parts = try Recording.parts(in: Recording.octets(of: live.run.recording))
    var replay = try #require(ReplayModel(parts, name: "run.pcapng", language: language))
    _ = replay.update(.resize(Size(width: 120, height: 40)))
    #expect(replay.lesson.lessonSteps == live.lessonSteps)
    #expect(replay.lesson.run.steps.count == live.run.steps.count)
    for _ in 0...(2 * live.lessonSteps) where !replay.lesson.isInBranch {
      _ = replay.update(.key(.character("}")))
    }
    #expect(replay.lesson.isInBranch)
    #expect(replay.lesson.position.moment == live.step.first + 1)
    let text = replay.render(Size(width: 120, height: 40)).text
    #expect(text.contains("⑂ write-1"))
    #expect(text.contains(language == .en ? "You wrote" : "적었습니다"))
    #expect(replay.lesson.narration == live.narration)
    _ = replay.update(.key(.character("{")))
    #expect(!replay.lesson.isInBranch)
    #expect(replay.lesson.position == live.run.runs.last?.origin)
  }

  @Test func itOpensOnTheTerminalWithoutLessons() throws {
    try Self.withFile { file in
      try Data(Recording.octets(of: try Self.model().run.recording)).write(to: file)
      let program = try ProgramOnTerminalTests.start(
        "replay", file.path, "--lang", "en", "--lessons", "/nonexistent")
      try program.waitFor("Made again from the recording")
      // Twice for each step: to its end, and on.
      for _ in 0...(2 * (try Self.model().lessonSteps)) { try program.type("}") }
      try program.waitFor("⑂ write-1")
      try program.waitFor("You wrote")
      try program.type("q")
      #expect(try program.waitForEnd() == .exited(0))
      #expect(program.unrestored.isEmpty)
    }
  }

  @Test(arguments: [
    ("syn", "say where and what"), ("nowhere: client snd.nxt 1", "there is no step “nowhere”"),
    ("syn: clint snd.nxt 1", "did you mean “client”"), ("syn: client snd.nxx 1", "snd.nxt"),
    ("syn: client snd.nxt x", "write 0x…"), ("syn: client 99.snd.nxt 1", "no such socket"),
    ("9999999: client snd.nxt 1", "the moments of main are 0 to"),
    ("else/3: client snd.nxt 1", "there is no run “else”"),
    ("0: client snd.nxt 1", "no such socket"),
  ])
  func aPokeThatCannotBe(text: String, sentence: String) throws {
    try ErrorTests.expect(2, [sentence], "lesson", "L05", "--json", "--poke", text)
  }
}
