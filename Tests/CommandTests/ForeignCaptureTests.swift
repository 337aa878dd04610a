import Capture
import Foundation
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
    let json = try ReplayTests.replay(file, ["--json"])
    #expect(json.status == 2)
    #expect(json.complaint.contains("use --print"))
    let cooked = try ReplayTests.replay(Self.pcap(link: 113))
    #expect(cooked.status == 2)
    #expect(cooked.complaint.contains("Linux cooked; only Ethernet"))
    let empty = try ReplayTests.replay(Self.pcap(link: 1))
    #expect(empty.status == 0)
    #expect(empty.output.contains("0 frames · 0 connections"))
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
