import Capture
import Foundation
import PseudoTerminal
import Screen
import Testing

/// `replay` of own recordings: the same run again, in another process.
@Suite struct ReplayTests {
  static func octets(of file: URL) throws -> [UInt8] { Array(try Data(contentsOf: file)) }

  /// Runs the program over changed octets of a recording.
  static func replay(
    _ octets: [UInt8], _ arguments: [String] = ["--print"]
  ) throws -> Program.Finished {
    let file = Program.temporaryFile("pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(octets).write(to: file)
    return try Program.finish(Program.url, ["replay", file.path] + arguments)
  }

  /// Where the version of the first run stands: behind the mark, the run's name and the run's length.
  static func versionPlace(_ octets: [UInt8]) throws -> Int {
    let mark = try #require(octets.firstRange(of: Array("Sockscope run\n".utf8)))
    var place = mark.upperBound + Int(octets[mark.upperBound])
    while octets[place] & 0x80 != 0 { place += 1 }
    return place + 1
  }

  @Test(arguments: LessonFiles.ids, ["book", "modern"])
  func theReplayIsTheRun(id: String, profile: String) throws {
    let run = try Program.run("lesson", id, "--json", "--profile", profile)
    try RecordTests.withRecording(id, ["--profile", profile]) { file in
      let replay = try Program.run("replay", file.path, "--json", "--lessons", "/nonexistent")
      #expect(replay.status == 0, "\(replay.complaint)")
      #expect(replay.output == run.output)
    }
  }

  @Test func thePrintHasLaddersAndFrames() throws {
    try RecordTests.withRecording("L05") { file in
      let capture = CaptureFile.parse(try Self.octets(of: file))
      let printed = try Program.run("replay", file.path)
      #expect(printed.status == 0)
      #expect(printed.output.contains("── SYN  c ─"))
      for word in ["⑂ main", "⑂ lost-ack", "✗ lost"] { #expect(printed.output.contains(word)) }
      let places = printed.output.matches(of: #/ · moment \d+\n/#).count
      #expect(places == capture.frames.count)
      for line in printed.lines { #expect(line.count <= 78, "\(line)") }
      #expect(try Program.run("replay", file.path, "--lang", "ko").output.contains("프레임"))
    }
  }

  @Test func aNewerVersionIsRefused() throws {
    try RecordTests.withRecording("L05") { file in
      var octets = try Self.octets(of: file)
      let place = try Self.versionPlace(octets)
      #expect(octets[place] == 1)
      octets[place] = 2
      let finished = try Self.replay(octets)
      #expect(finished.status == 2)
      #expect(finished.output.isEmpty)
      #expect(finished.complaint.contains("version 2, and this program reads version 1"))
    }
  }

  @Test func anotherSeedIsRefused() throws {
    try RecordTests.withRecording("L05") { file in
      var octets = try Self.octets(of: file)
      let place = try Self.versionPlace(octets) + 1
      #expect(octets[place] == 7)
      octets[place] = 8
      let finished = try Self.replay(octets, ["--json"])
      #expect(finished.status == 2)
      #expect(finished.output.isEmpty)
      #expect(finished.complaint.contains("was altered after it was recorded"))
    }
  }

  @Test func anotherFrameIsRefused() throws {
    try RecordTests.withRecording("L05") { file in
      var octets = try Self.octets(of: file)
      let frame = CaptureFile.parse(octets).frames[2]
      let place = try #require(octets.firstRange(of: frame.octets)).lowerBound
      octets[place + 40] ^= 1
      #expect(try Self.replay(octets).status == 2)
    }
  }

  /// What is whole is shown, and the octet is told at which the damage begins.
  @Test func aFileThatEndsTooEarly() throws {
    try RecordTests.withRecording("L05") { file in
      let octets = try Self.octets(of: file)
      let last = try #require(CaptureFile.parse(octets).frames.last)
      let finished = try Self.replay(Array(octets.prefix(last.offset + 20)))
      #expect(finished.status == 1)
      #expect(finished.output.contains("── SYN  c ─"))
      #expect(finished.complaint.contains("octet \(last.offset): "), "\(finished.complaint)")
      for length in stride(from: 0, to: octets.count, by: octets.count / 12) {
        let cut = try Self.replay(Array(octets.prefix(length)))
        #expect([1, 2].contains(cut.status), "\(length): \(cut.status)")
        #expect(!cut.complaint.isEmpty)
      }
    }
  }

  @Test func itOpensOnTheTerminal() throws {
    try RecordTests.withRecording("L05") { file in
      let program = try ProgramOnTerminalTests.start(
        "replay", file.path, "--lang", "en", "--lessons", "/nonexistent")
      try program.waitFor("Made again from the recording")
      try program.type(".")
      try program.waitFor("replay · sockscope")
      try program.type("q")
      #expect(try program.waitForEnd() == .exited(0))
      #expect(program.unrestored.isEmpty)
    }
  }
}
