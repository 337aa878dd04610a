import Foundation
import PseudoTerminal
import Screen
import Testing

/// The program on a terminal: what opens, and what is said when nothing can.
@Suite struct ProgramOnTerminalTests {
  static func start(
    _ arguments: String..., environment: [String: String] = [:],
    size: Size = Size(width: 80, height: 24)
  ) throws -> DrivenProgram {
    // Progress goes into a folder of its own, never into that of whoever runs the tests.
    let state = ["XDG_STATE_HOME": Program.temporaryFile("state").path]
    let all = DrivenProgram.plainEnvironment.merging(state) { $1 }.merging(environment) { $1 }
    return try DrivenProgram(Program.url.path, arguments, environment: all, size: size)
  }

  @Test(arguments: [("en", "One call, five floors down"), ("ko", "한 번의 호출, 다섯 층 아래로")])
  func theMapOpensAndCloses(language: String, title: String) throws {
    let program = try Self.start("--lang", language)
    try program.waitFor(title)
    #expect(program.screen.isAlternate)
    try program.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.unrestored.isEmpty)
  }

  @Test func aLessonOpensAtOnce() throws {
    let program = try Self.start("lesson", "L5", environment: ["LC_ALL": "ko_KR.UTF-8"])
    try program.waitFor("조각 셋, 번호 넷")
    try program.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.unrestored.isEmpty)
  }

  /// `--print` asks for text although there is a terminal.
  @Test func printIsTextOnATerminalToo() throws {
    let program = try Self.start("lesson", "2", "--lang", "en")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(!program.output.contains(0x1b))
    let lesson = try Self.start("lesson", "L05", "--print", "--lang", "en")
    #expect(try lesson.waitForEnd() == .exited(0))
    #expect(!lesson.output.contains(0x1b))
    #expect(String(decoding: lesson.output, as: UTF8.self).contains("Three segments"))
  }

  @Test(arguments: ["nonsense", ""]) func anUnknownTerminal(type: String) throws {
    let program = try Self.start("lesson", "L05", environment: ["TERM": type])
    #expect(try program.waitForEnd() == .exited(1))
    let said = String(decoding: program.output, as: UTF8.self)
    #expect(said.contains("TERM=xterm-256color"))
    #expect(type.isEmpty || said.contains(type))
    #expect(program.unrestored.isEmpty)
  }

  @Test(arguments: [
    Size(width: 40, height: 8), Size(width: 12, height: 3), Size(width: 1, height: 1),
  ])
  func aTerminalThatIsTooSmall(size: Size) throws {
    let program = try Self.start("lesson", "L05", "--lang", "en", size: size)
    try program.wait("the small screen") { $0.isAlternate && !$0.text.allSatisfy(\.isWhitespace) }
    program.resize(to: Size(width: 80, height: 24))
    try program.waitFor("Three segments")
    try program.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.unrestored.isEmpty)
  }

  @Test func aRecordingIsWrittenBeforeTheScreenOpens() throws {
    let file = Program.temporaryFile("pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    let program = try Self.start("lesson", "L05", "--lang", "en", "--record", file.path)
    try program.waitFor("Three segments")
    #expect(try Data(contentsOf: file).count > 1_000)
    try program.type("q")
    #expect(try program.waitForEnd() == .exited(0))

    let refused = try Self.start("lesson", "L05", "--record", "/dev/null/a.pcapng")
    #expect(try refused.waitForEnd() == .exited(1))
    #expect(!refused.output.contains(0x1b))
  }

  /// A lesson is left in its midst and taken up again where it was.
  @Test func progressIsKept() throws {
    let folder = Program.temporaryFile("state")
    defer { try? FileManager.default.removeItem(at: folder) }
    let environment = ["XDG_STATE_HOME": folder.path]
    let first = try Self.start("lesson", "L05", "--lang", "en", environment: environment)
    try first.waitFor("1/12")
    try first.type("}}")
    try first.waitFor("2/12")
    try first.type("q")
    #expect(try first.waitForEnd() == .exited(0))
    let second = try Self.start("--lang", "en", environment: environment)
    try second.waitFor("2/12")
    try second.type("\r")
    try second.waitFor("connect()")
    try second.type("q")
    try second.waitFor("lessons done 0")
    try second.type("q")
    #expect(try second.waitForEnd() == .exited(0))
  }

  /// Where progress cannot be kept the lesson goes on; afterwards it is said what would help.
  @Test(arguments: ["/proc/1/nowhere", "/dev/null"])
  func progressThatCannotBeKept(folder: String) throws {
    let program = try Self.start(
      "lesson", "L05", "--lang", "en", environment: ["XDG_STATE_HOME": folder])
    try program.waitFor("Three segments")
    try program.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    let said = String(decoding: program.output, as: UTF8.self)
    #expect(said.contains("Progress was not kept") && said.contains("XDG_STATE_HOME"))
    #expect(program.unrestored.isEmpty)
  }
}
