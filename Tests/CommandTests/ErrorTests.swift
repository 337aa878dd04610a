import Foundation
import Testing

/// What goes wrong is said on standard error, with what to do, and with the right exit status.
@Suite struct ErrorTests {
  static func expect(
    _ status: Int32, _ words: [String], _ arguments: String...,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let finished = try Program.finish(Program.url, arguments)
    #expect(finished.status == status, sourceLocation: location)
    #expect(finished.output.isEmpty, sourceLocation: location)
    for word in words {
      #expect(
        finished.complaint.contains(word), "\(finished.complaint)", sourceLocation: location)
    }
    #expect(!finished.complaint.contains("Fatal error"), sourceLocation: location)
  }

  @Test func anUnknownLesson() throws {
    try Self.expect(2, ["L50", "Did you mean L05?"], "lesson", "L50")
    try Self.expect(2, ["L50", "L05인가요?"], "lesson", "L50", "--lang", "ko")
    try Self.expect(2, ["handshake", "The lessons are: L"], "lesson", "handshake", "--json")
    try Self.expect(2, ["1 to 6"], "lesson", "7")
  }

  @Test func wrongUsage() throws {
    try Self.expect(64, ["choose one"], "lesson", "L05", "--print", "--json")
    try Self.expect(64, ["--colour"], "lesson", "L05", "--colour")
    try Self.expect(64, ["'ko' and 'en'"], "lesson", "L05", "--lang", "fr")
    try Self.expect(64, ["'book' and 'modern'"], "lesson", "L05", "--profile", "old")
    try Self.expect(64, ["--seed"], "lesson", "L05", "--seed", "-1")
    try Self.expect(64, ["did you mean “lesson”?"], "lessen")
    try Self.expect(64, ["sockscope lesson L05"], "L05")
  }

  @Test(arguments: ["/dev/null/a.pcapng", "/", "/dev/full"])
  func aRecordingThatCannotBeWritten(path: String) throws {
    let finished = try Program.run("lesson", "L05", "--record", path)
    #expect(finished.status == 1)
    #expect(finished.complaint.contains("“\(path)” cannot be written"))
    #expect(finished.complaint.contains("choose a file"))
    #expect(finished.output.isEmpty)
  }

  @Test func anOutputThatIsFull() throws {
    let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
    let finished = try Program.finish(Program.url, ["lesson", "L05", "--json"], output: full)
    #expect(finished.status == 1)
    #expect(finished.complaint.contains("cannot be written"))
  }

  @Test func aFolderWithoutLessons() throws {
    try Self.expect(2, ["/nonexistent", "after --lessons"], "--lessons", "/nonexistent")
    try Program.withFolder { folder in
      try Self.expect(
        2, ["L05.yaml", "after --lessons"], "lesson", "L05", "--lessons", folder.path)
    }
  }

  @Test func aDamagedLesson() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "L05.yaml")
      let text = try LessonFiles.text("L05").replacing("minutes:", with: "minuts:")
      try text.write(to: file, atomically: true, encoding: .utf8)
      let finished = try Program.run("lesson", "L05", "--lessons", folder.path)
      #expect(finished.status == 1)
      #expect(finished.output.isEmpty)
      let place = try Regex(#"L05\.yaml:\d+:\d+: .*did you mean “minutes”"#)
      #expect(finished.complaint.contains(place), "\(finished.complaint)")

      try Data([0xff, 0xfe, 0x00]).write(to: file)
      let unreadable = try Program.run("lesson", "L05", "--lessons", folder.path)
      #expect(unreadable.status == 1)
      #expect(unreadable.complaint.contains("L05.yaml:1:1: the file cannot be read as text"))
    }
  }

  /// A lesson whose own expectations do not hold is shown, and the program says that it is damaged.
  @Test func aLessonThatDoesNotComeOut() throws {
    try Program.withFolder { folder in
      let text = try LessonFiles.text("L05")
        .replacing("client.socket.state: SYN-SENT", with: "client.socket.state: TIME-WAIT")
      try text.write(
        to: folder.appending(path: "L05.yaml"), atomically: true, encoding: .utf8)
      let finished = try Program.run("lesson", "L05", "--lessons", folder.path)
      #expect(finished.status == 1)
      #expect(finished.output.contains("CLOSED → SYN-SENT"))
      #expect(finished.complaint.contains("is SYN-SENT, not TIME-WAIT"))
    }
  }

  /// Nothing is remembered of a run without a terminal, so it needs no home.
  @Test func withoutAHome() throws {
    for environment in [[:], ["HOME": "/proc", "XDG_STATE_HOME": "/proc/1"], ["LANG": "C"]] {
      let finished = try Program.run("lesson", "L05", environment: environment)
      #expect(finished.status == 0)
      #expect(finished.complaint.isEmpty)
      #expect(finished.output.contains("Three segments"))
    }
  }
}
