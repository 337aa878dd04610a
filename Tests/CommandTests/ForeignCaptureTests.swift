import Capture
import Foundation
import PseudoTerminal
import Session
import Testing

/// `replay` of what other programs captured: what the frames tell, and nothing else.
@Suite struct ForeignCaptureTests {
  /// The frames of a lesson's recording without our own blocks, as pcapng.
  static func frames(_ id: String) throws -> [CaptureFile.Frame] {
    try RecordTests.withRecording(id) { CaptureFile.parse(try ReplayTests.octets(of: $0)).frames }
  }

  static func pcapng(_ frames: [CaptureFile.Frame]) -> [UInt8] {
    var writer = PcapNGWriter()
    writer.sectionHeader(application: "other")
    writer.interface(name: "eth0")
    for frame in frames { writer.packet(frame.octets, nanoseconds: frame.nanoseconds ?? 0) }
    return writer.octets
  }

  /// A pcap file without frames.
  static func pcap(link: UInt8) -> [UInt8] {
    [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0] + [UInt8](repeating: 0, count: 8)
      + [0, 0, 4, 0, link, 0, 0, 0]
  }

  @Test(arguments: LessonFiles.ids) func itsFramesAreCountedAsCapinfosDoes(id: String) throws {
    let file = Program.temporaryFile("pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(Self.pcapng(try Self.frames(id))).write(to: file)
    let told = try Program.finish(
      URL(filePath: "/usr/bin/env"), ["capinfos", "-T", "-r", "-c", file.path],
      environment: ProcessInfo.processInfo.environment)
    let count = try #require(told.output.split(whereSeparator: \.isWhitespace).last)
    let finished = try Program.run("replay", file.path)
    #expect(finished.status == 0)
    #expect(finished.lines[1].hasPrefix("\(count) frames · "), "\(finished.lines[1])")
  }

  @Test func aConnectionHasItsLadderAndWhatIsKnown() throws {
    let frames = try Self.frames("L05").prefix(3)
    let finished = try ReplayTests.replay(Self.pcapng(Array(frames)), ["--connection", "1"])
    #expect(finished.status == 0)
    for words in [
      "SYN-SENT     │── SYN  c ─", "│◂─ SYN ACK  s, c+1 ─", "ESTABLISHED  │── ACK  c+1, s+1 ─",
      "pid, fd  ?", "RTO      ?", "cwnd     ?",
    ] { #expect(finished.output.contains(words), "\(words)\n\(finished.output)") }
    for line in finished.lines { #expect(line.count <= 78, "\(line)") }
  }

  @Test func withoutTheSYNNothingIsGuessed() throws {
    let frames = try Self.frames("L05").dropFirst(2).prefix(1)
    let finished = try ReplayTests.replay(Self.pcapng(Array(frames)))
    #expect(finished.status == 0)
    #expect(finished.output.contains("ISS      ?"))
    #expect(finished.output.contains("(SYN not seen)"))
    #expect(!finished.output.contains("ESTABLISHED"))
  }

  @Test func whatCannotBeShownIsSaid() throws {
    let file = Self.pcapng(try Self.frames("L05"))
    let none = try ReplayTests.replay(file, ["--connection", "99"])
    #expect(none.status == 2)
    #expect(none.complaint.contains("no connection 99"))
    let cooked = try ReplayTests.replay(Self.pcap(link: 113))
    #expect(cooked.status == 2)
    #expect(cooked.complaint.contains("0 frames of Linux cooked; only Ethernet"))
    let empty = try ReplayTests.replay(Self.pcap(link: 1))
    #expect(empty.status == 0)
    #expect(empty.output.contains("0 frames · 0 connections"))
  }

  /// Each frame is a line of the shape that moments have; what no capture can know is null.
  @Test func everyFrameIsALineOfJSON() throws {
    let frames = try Self.frames("L05").prefix(9)
    let finished = try ReplayTests.replay(Self.pcapng(Array(frames)), ["--json"])
    #expect(finished.status == 0)
    let lines = try finished.lines.map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
    #expect(lines.count == frames.count)
    for (place, (line, frame)) in zip(lines, frames).enumerated() {
      #expect(line["moment"] as? Int == place + 1)
      #expect(line["event"] as? String == "frame-sent")
      #expect(line["layer"] as? String == "wire")
      #expect(line["host"] as? String == FrameWords.source(of: frame.octets))
      #expect((line["changes"] as? [Any])?.isEmpty == true)
      for key in ["rule", "lesson", "step", "branch"] { #expect(line[key] is NSNull, "\(key)") }
      let hex = frame.octets.map { String(format: "%02x", $0) }.joined()
      #expect(line["frame"] as? String == hex)
    }
    #expect(finished.lines[0].contains("\"time\":0.000000000,\"host\":\"192.0.2.10\""))
    let one = try ReplayTests.replay(
      Self.pcapng(try Self.frames("L05")), ["--json", "--connection", "1"])
    #expect(one.lines.allSatisfy { $0.hasSuffix("\"connection\":1}") })
  }

  /// The screens: the list, the ladder of the chosen connection, the headers of a frame.
  @Test(arguments: [("en", "inferred from frames 1–1"), ("ko", "프레임 1–1에서 알아낸 것")])
  func itOpensOnTheTerminal(language: String, inferred: String) throws {
    let file = Program.temporaryFile("pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(Self.pcapng(try Self.frames("L05"))).write(to: file)
    let program = try ProgramOnTerminalTests.start("replay", file.path, "--lang", language)
    try program.waitFor(inferred)
    try program.type("\r")
    try program.waitFor("── SYN  c ─")
    try program.type("]")
    try program.waitFor("seq 0x")
    try program.type("\r")
    try program.waitFor("MSS")
    try program.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.unrestored.isEmpty)
  }

  /// What the file has wrong is said when the screens are closed.
  @Test func aDamagedCaptureOpensAndIsToldOf() throws {
    let file = Program.temporaryFile("pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    let octets = Self.pcapng(try Self.frames("L05"))
    try Data(octets.prefix(octets.count - 10)).write(to: file)
    let program = try ProgramOnTerminalTests.start("replay", file.path, "--lang", "en")
    try program.waitFor("inferred from frames")
    try program.type("q")
    #expect(try program.waitForEnd() == .exited(1))
    #expect(String(decoding: program.output, as: UTF8.self).contains("octets are needed"))
  }

  @Test func whatIsNoCapture() throws {
    for octets in [[], Array("lesson: L05".utf8), [0x0a]] as [[UInt8]] {
      let finished = try ReplayTests.replay(octets)
      #expect(finished.status == 2)
      #expect(finished.complaint.contains("is no pcap or pcapng file"))
      #expect(finished.output.isEmpty)
    }
    try ErrorTests.expect(2, ["no file “/nonexistent.pcap”"], "replay", "/nonexistent.pcap")
    try ErrorTests.expect(2, ["cannot be read"], "replay", "/")
    try ErrorTests.expect(64, ["file"], "replay")
  }
}
