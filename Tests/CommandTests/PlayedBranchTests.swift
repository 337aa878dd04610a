import Course
import Foundation
import PseudoTerminal
import Session
import Stack
import Testing

@testable import Screen

/// The learner plays the network: by keys, by a script, on a terminal; recorded and played again.
@Suite struct PlayedBranchTests {
  /// L05 as it is run with seed 7.
  private static func run() throws -> LessonRun {
    LessonRunner(seed: 7).run(try Lesson(yaml: LessonFiles.text("L05")))
  }

  /// The moment at which the client's SYN is on the wire.
  private static func synSent(_ run: LessonRun) throws -> Int {
    try #require(run.runs[0].timeline.moments.firstIndex { $0.event == .frameSent }) + 1
  }

  private static func lines(_ run: LessonRun) -> [String] {
    let parts = run.recording
    return parts.indices.flatMap { Array(Recording.lines(of: $0, in: parts)) }
  }

  private static func lines(_ output: String) -> [String] {
    output.split(separator: "\n").map(String.init)
  }

  /// Keys that do the row of the box so many rows down.
  private static func keys(down rows: Int) -> [Key] {
    [.character("f")] + Array(repeating: .down, count: rows) + [.enter]
  }

  /// What a key does, a command does as well, and the replay of both is the run.
  @Test(arguments: [
    (0, "drop frame 1"), (1, "duplicate frame 1"), (2, "delay frame by 50 ms"),
    (3, "hold frame last"), (4, "swap frame 1"), (5, "flip frame 1 octet 38 bit 0"),
    (6, "rewrite frame 1 tcp.window 0"),
  ])
  func keysAndScriptsDoTheSame(rows: Int, command: String) throws {
    let run = try Self.run()
    let moment = try Self.synSent(run)
    var model = LessonModel(run, language: .en, seed: 7)
    model.goToMoment(moment)
    for key in Self.keys(down: rows) { _ = model.update(.key(key)) }
    let expected = Self.lines(model.run)
    let file = Program.temporaryFile("pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    let script = try Program.run(
      "lesson", "L05", "--json", "--seed", "7", "--record", file.path, "--fault",
      "\(moment): \(command)")
    #expect(script.status == 0, "\(script.complaint)")
    #expect(Self.lines(script.output) == expected)
    let replay = try Program.run("replay", file.path, "--json", "--lessons", "/nonexistent")
    #expect(Self.lines(replay.output) == expected)
    let text = try Program.run("replay", file.path, "--print", "--lang", "en")
    let name = try #require(model.run.runs.last?.name)
    #expect(text.status == 0 && text.output.contains(name))
  }

  /// At the SYN in flight `f`, drop; a second of virtual time later the retransmission; both branches side by side;
  /// back to before the fault, the other path; nothing lost; all of it in the recording.
  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 40)])
  func theNetworkIsPlayedOnATerminal(size: Size) throws {
    let file = Program.temporaryFile("pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try Self.run()
    let moment = try Self.synSent(run)
    let program = try ProgramOnTerminalTests.start(
      "lesson", "L05", "--lang", "en", "--seed", "7", "--record", file.path, size: size)
    try program.waitFor("Three segments")
    try program.type("g\(moment)\r")
    try program.waitFor("\(moment)/")
    try program.type("f")
    try program.waitFor("Fault · frame 1 in flight")
    try program.waitFor("Opens branch ⑂ drop-1.")
    try program.type("\r")
    try program.waitFor("✗ lost")
    try program.waitFor("⑂ drop-1")
    // A second later.
    try program.type("g1 s\r")
    try program.waitFor("t 1.000 000 s")
    try program.type("]")
    try program.waitFor("↻─ SYN")
    // Side by side: the first SYN arrived in one and was lost in the other.
    try program.type("b")
    try program.waitFor("Two ladders · main | drop-1")
    try program.wait("both ladders") { screen in
      screen.text.contains("⑂     0.000") && screen.text.contains("✗ lost")
        && screen.text.contains("1000.000 │↻─ SYN") && screen.text.contains("20.115 │── ACK")
    }
    try program.type("b{")
    try program.waitFor("⑂ main")
    try program.waitFor("t 0.000 000 s")
    // The other path.
    try program.type("f")
    try program.waitFor("Opens branch ⑂ drop-2.")
    try program.type("jj")
    try program.waitFor("Opens branch ⑂ delay-1.")
    try program.type("\r")
    try program.waitFor("⑂ delay-1")
    try program.type("b")
    try program.waitFor("Two ladders · main | delay-1")
    try program.type("qq")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.unrestored.isEmpty)
    try Self.expectAll(in: file, of: run, at: moment)
  }

  /// The lesson's own runs as without the learner, and both branches.
  private static func expectAll(in file: URL, of run: LessonRun, at moment: Int) throws {
    let parts = try Recording.parts(in: ReplayTests.octets(of: file))
    #expect(parts.map(\.name) == run.runs.map(\.name) + ["drop-1", "delay-1"])
    #expect(parts.suffix(2).map(\.origin?.parent) == ["main", "main"])
    #expect(parts.suffix(2).map(\.origin?.moment) == [moment, moment])
    let replay = try Program.run("replay", file.path, "--json", "--lessons", "/nonexistent")
    let all = lines(replay.output)
    let before = lines(run)
    #expect(Array(all.prefix(before.count)) == before)
    let script = try Program.run(
      "lesson", "L05", "--json", "--seed", "7", "--fault", "\(moment): drop frame", "--fault",
      "\(moment): delay frame by 50 ms")
    #expect(lines(script.output) == all)
  }

  @Test(arguments: [
    ("syn", "say where and what"), ("nowhere: drop frame", "there is no step “nowhere”"),
    ("down: dorp frame", "did you mean “drop”"), ("down: drop frame 9", "these are: 1"),
    ("down: drop", "host is missing"), ("0: drop frame", "no such frame is on its way"),
    ("down: wait 1 s", "time passes by itself"), ("down: flip frame octet 99", "60 bytes"),
    ("9999999: drop frame", "the moments of main are 0 to"),
    ("else/3: drop frame", "there is no run “else”"),
    ("down: router reboot", "router"),
  ])
  func aFaultThatCannotBe(text: String, sentence: String) throws {
    try ErrorTests.expect(2, [sentence], "lesson", "L05", "--json", "--fault", text)
  }

  @Test func aRealPeerCannotBeRewound() throws {
    try ErrorTests.expect(
      64, ["--fault opens a branch"], "lesson", "L05", "--link", "tap", "--fault",
      "down: drop frame")
    try ErrorTests.expect(64, ["leave"], "lesson", "--list", "--fault", "down: drop frame")
  }
}
