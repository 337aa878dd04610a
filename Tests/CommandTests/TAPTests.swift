import Capture
import Foundation
import PseudoTerminal
import Screen
import Testing

/// `--link tap`: the kernel as the server. These tests need /dev/net/tun, user namespaces and python3; where one of
/// them is missing they fail, and say with the program's own words what to do about it.
@Suite(.serialized) struct TAPTests {
  private static let lesson = ["lesson", "L05", "--link", "tap"]

  /// Runs the lesson as the tests' own user in a folder that must be empty afterwards.
  private static func run(_ more: String...) throws -> Program.Finished {
    try TAPMachine.withGuest { program, folder in
      let finished = try TAPMachine.run("exec", program, lesson + more, folder: folder)
      try requireTAP(finished)
      #expect(TAPMachine.isClean(folder))
      return finished
    }
  }

  /// A machine without TAP is told apart from a program that does not work.
  private static func requireTAP(_ finished: Program.Finished) throws {
    let forbids = finished.status == 1 && finished.complaint.contains("Run this command")
    try #require(!forbids, "This machine has no TAP for the tests: \(finished.complaint)")
  }

  @Test(arguments: ["book", "modern"]) func theLessonComesOutWithTheKernel(profile: String) throws {
    let finished = try Self.run("--print", "--profile", profile)
    #expect(finished.status == 0, "\(finished.complaint)")
    #expect(finished.complaint.isEmpty)
    #expect(finished.output.contains("profile \(profile) · TAP · Linux "))
    let report = try #require(
      finished.output.components(separatedBy: "What was different here").last)
    let flat = report.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for sentence in [
      #"The answer to the SYN took [0-9.]+ (µs|ms)\. On the built-in wire it took 20\.1 ms"#,
      "It used no option that our SYN had not offered",
      #"Its window was [0-9]+; the built-in server’s is 65535"#,
      #"It sent its SYN\+ACK again after 1(\.[0-9]+)? s"#,
      #"The forged SYN \(SEQ 90\) was answered with SYN\+ACK, ACK 91"#,
      "In all [0-9]+ runs the segments and their order were those of the built-in server",
    ] {
      #expect(flat.contains(try Regex(sentence)), "\(flat)")
    }
    let options = profile == "book" ? "MSS 1460" : "MSS 1460, SACK, timestamps, window scale"
    #expect(
      flat.contains("SYN+ACK were the same: \(options)") || flat.contains("SYN+ACK were \(options)")
    )
  }

  @Test func inKorean() throws {
    let finished = try Self.run("--print", "--lang", "ko")
    #expect(finished.status == 0, "\(finished.complaint)")
    #expect(finished.output.contains("여기서는 이렇게 달랐습니다"))
    #expect(finished.output.contains("server의 메모리에 관한 진술 2개는 TAP에서 볼 수 없습니다."))
  }

  /// tshark reads what was exchanged, and a new process makes the same moments of it without any TAP.
  @Test func theRecordingIsCleanAndReplays() throws {
    let file = Program.temporaryFile("pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    let finished = try Self.run("--json", "--record", file.path)
    #expect(finished.status == 0, "\(finished.complaint)")
    #expect(CaptureFile.parse(Array(try Data(contentsOf: file))).frames.count >= 17)
    let bad = "_ws.malformed || ip.checksum.status == 0 || tcp.checksum.status == 0"
    #expect(try RecordTests.tshark(file, bad, ["frame.number"]).isEmpty)
    let good = "ip.checksum.status == 1 && tcp.checksum.status == 1"
    let all = try RecordTests.tshark(file, "frame", ["frame.number"])
    #expect(try RecordTests.tshark(file, good, ["frame.number"]).count == all.count)
    // Nothing but the lesson's own frames: no ARP, no IPv6.
    #expect(try RecordTests.tshark(file, "!tcp", ["frame.number"]).isEmpty)
    let again = try Program.run("replay", file.path, "--json")
    #expect(again.status == 0, "\(again.complaint)")
    #expect(again.output == finished.output)
    #expect(finished.lines.count > 100)
  }

  /// Two runs of the same seed: what our stack chooses is the same, what the kernel chooses is not.
  @Test func theKernelChoosesItsOwnNumbers() throws {
    func octets(_ finished: Program.Finished, from host: String, _ range: Range<Int>) throws
      -> [UInt8]
    {
      let lines = try finished.lines.map {
        try JSONDecoder().decode(MomentLine.self, from: Data($0.utf8))
      }
      let sent = lines.first { $0.event == "frame-sent" && $0.host == host }
      return Array(try #require(sent).octets[range])
    }
    let one = try Self.run("--json")
    let other = try Self.run("--json")
    let (ours, oursAgain) = (
      try octets(one, from: "client", 34..<36), try octets(other, from: "client", 34..<36)
    )
    #expect(ours == oursAgain)
    let (theirs, theirsAgain) = (
      try octets(one, from: "server", 38..<42), try octets(other, from: "server", 38..<42)
    )
    #expect(theirs != theirsAgain)
  }

  /// Whatever ends the program, nothing stays behind.
  @Test(arguments: [SIGKILL, SIGTERM, SIGINT]) func nothingIsLeftOfARunThatWasEnded(signal: Int32)
    throws
  {
    try TAPMachine.withGuest { program, folder in
      let process = Process()
      process.executableURL = program
      process.arguments = Self.lesson + ["--print"]
      process.environment = Program.environment.merging(["TMPDIR": folder.path]) { $1 }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      var servers: [Int32] = []
      while servers.isEmpty, process.isRunning {
        // The server has its folder among its words.
        servers = TAPMachine.processes(naming: folder)
        usleep(2_000)
      }
      #expect(!servers.isEmpty, "no server was seen")
      // A process started from here may have SIGTERM blocked; then it goes on to its end.
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      #expect(TAPMachine.isClean(folder))
    }
  }

  /// An ordinary user does it as well where the device may be opened.
  @Test func anOrdinaryUserNeedsNoRoot() throws {
    try TAPMachine.withGuest { program, folder in
      let way = TAPMachine.isRoot ? TAPMachine.asNobody(deviceMode: "666") : TAPMachine.asNobody
      let finished = try TAPMachine.run(way, program, Self.lesson + ["--print"], folder: folder)
      #expect(finished.status == 0, "\(finished.complaint)")
      #expect(finished.output.contains("runs the segments and their order"))
      #expect(TAPMachine.isClean(folder))
    }
  }

  @Test func onTheTerminal() throws {
    try Program.withFolder { folder in
      let environment = ["TMPDIR": folder.path, "TERM": "xterm-256color"]
      let program = try ProgramOnTerminalTests.start(
        "lesson", "L05", "--link", "tap", environment: environment)
      try program.waitFor("the server is Linux")
      try program.type("2")
      try program.waitFor("memory cannot be seen from here")
      try program.type("q")
      #expect(try program.waitForEnd() == .exited(0))
      let text = String(decoding: program.output, as: UTF8.self)
      #expect(text.contains(/Running L05 over TAP with Linux [0-9.]+ first/))
    }
  }
}
