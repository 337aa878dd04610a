import Foundation
import PseudoTerminal
import Screen
import Testing

/// `doctor`: every line is fine or has the command that mends it, and after that command it is fine.
@Suite struct DoctorTests {
  private static func text(_ program: DrivenProgram) -> String {
    String(decoding: program.output, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  @Test func everythingHasALine() throws {
    let finished = try Program.run("doctor")
    #expect(finished.status == 0, "\(finished.output)")
    #expect(finished.complaint.isEmpty)
    for word in ["locale", "terminal", "size", "colours", "lessons", "TAP", "namespaces"] {
      #expect(finished.output.contains(try Regex("[✓–] \(word) +\\S")), "\(finished.output)")
    }
    for id in LessonFiles.ids { #expect(finished.output.contains(id)) }
    #expect(try Program.run("doctor", "--lang", "ko").output.contains("✓ 수업"))
  }

  /// A line that is not fine is followed by a command.
  @Test func aCommandFollowsWhatDoesNotWork() throws {
    for environment in [[:], ["LC_ALL": "xx_YY.UTF-8", "TERM": "nonsense"], ["LC_ALL": "C"]] {
      let lines = try Program.run("doctor", environment: environment).lines
      for (line, next) in zip(lines, lines.dropFirst()) {
        let isFine = line.hasPrefix("✓")
        let isFinding = isFine || line.hasPrefix("✗") || line.hasPrefix("–")
        if isFinding { #expect(next.contains("  $ ") != isFine, "\(line)\n\(next)") }
      }
    }
  }

  @Test(arguments: ["C", "xx_YY.UTF-8"]) func aLocaleWithoutUTF8(name: String) throws {
    let lines = try Program.run("doctor", environment: ["LC_ALL": name]).lines
    #expect(lines[0].hasPrefix("– locale      \(name)"), "\(lines)")
    #expect(lines[1].hasSuffix("$ export LC_ALL=C.UTF-8"))
    let mended = try Program.run("doctor", environment: ["LC_ALL": "C.UTF-8"]).lines
    #expect(mended[0] == "✓ locale      C.UTF-8 · UTF-8")
  }

  @Test(arguments: ["nonsense", "", "dumb"]) func aTerminalWithoutADescription(type: String) throws
  {
    let program = try ProgramOnTerminalTests.start("doctor", environment: ["TERM": type])
    #expect(try program.waitForEnd() == .exited(1))
    #expect(Self.text(program).contains("$ export TERM=xterm-256color\n"))
    let mended = try ProgramOnTerminalTests.start(
      "doctor", environment: ["TERM": "xterm-256color"])
    #expect(try mended.waitForEnd() == .exited(0))
    #expect(Self.text(mended).contains("✓ terminal    TERM=xterm-256color\n"))
    #expect(Self.text(mended).contains("✓ size        80×24\n"))
  }

  @Test func aWindowThatIsTooSmall() throws {
    let program = try ProgramOnTerminalTests.start("doctor", size: Size(width: 79, height: 24))
    #expect(try program.waitForEnd() == .exited(1))
    #expect(Self.text(program).contains("✗ size        79×24 is smaller than 80×24\n"))
    #expect(Self.text(program).contains(#"$ printf '\033[8;24;80t'"#))
  }

  @Test func lessonsThatCannotBeRead() throws {
    try Program.withFolder { folder in
      try CheckedLesson.text.replacing("minutes:", with: "minuts:").write(
        to: folder.appending(path: "L05.yaml"), atomically: true, encoding: .utf8)
      let finished = try Program.run("doctor", "--lessons", folder.path)
      #expect(finished.status == 1)
      #expect(finished.output.contains("$ sockscope check \(folder.path)\n"))
      try CheckedLesson.text.write(
        to: folder.appending(path: "L05.yaml"), atomically: true, encoding: .utf8)
      #expect(try Program.run("doctor", "--lessons", folder.path).status == 0)
    }
    #expect(try Program.run("doctor", "--lessons", "/nonexistent").status == 1)
  }
}
