import Capture
import Foundation
import Testing

/// `--record`: the frames for other programs, with tshark as a second opinion. It fails where tshark is missing.
@Suite struct RecordTests {
  /// Records a lesson and hands over the file, which is gone afterwards.
  static func withRecording<Result>(
    _ id: String, _ more: [String] = [], _ body: (URL) throws -> Result
  ) throws -> Result {
    let file = Program.temporaryFile("pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    let finished = try Program.finish(
      Program.url, ["lesson", id, "--json", "--record", file.path] + more)
    try #require(finished.status == 0, "\(finished.complaint)")
    return try body(file)
  }

  /// Rows that tshark prints for the frames that a filter lets through.
  static func tshark(_ file: URL, _ filter: String, _ fields: [String]) throws -> [[String]] {
    // Each frame by itself: what was sent again is no second part of a whole.
    let checks =
      ["ip", "tcp", "udp"].flatMap { ["-o", "\($0).check_checksum:TRUE"] }
      + ["-o", "tcp.desegment_tcp_streams:FALSE"]
    let arguments =
      ["tshark", "-n", "-r", file.path] + checks + ["-Y", filter, "-T", "fields"]
      + fields.flatMap { ["-e", $0] }
    let finished = try Program.finish(
      URL(filePath: "/usr/bin/env"), arguments,
      environment: ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 })
    try #require(finished.status == 0, "\(finished.complaint)")
    return finished.lines.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test(arguments: LessonFiles.ids, ["book", "modern"])
  func theFramesAreThoseOfTheMoments(id: String, profile: String) throws {
    let sent = try MomentLine.run(id, "--profile", profile).filter { $0.event == "frame-sent" }
    try Self.withRecording(id, ["--profile", profile]) { file in
      let capture = CaptureFile.parse(Array(try Data(contentsOf: file)))
      #expect(capture.faults.isEmpty)
      #expect(capture.frames.map(\.octets) == sent.map(\.octets))
    }
  }

  @Test(arguments: LessonFiles.ids, ["book", "modern"])
  func tsharkFindsNothingWrong(id: String, profile: String) throws {
    try Self.withRecording(id, ["--profile", profile]) { file in
      let all = try Self.tshark(file, "frame", ["frame.number", "frame.comment"])
      let bad =
        "_ws.malformed || ip.checksum.status == 0 || tcp.checksum.status == 0"
        + " || udp.checksum.status == 0 || icmp.checksum.status == 0"
      #expect(try Self.tshark(file, bad, ["frame.number"]).isEmpty)
      let transport = ["tcp", "udp", "icmp"].map { "\($0).checksum.status == 1" }
        .joined(separator: " || ")
      let good = "(ip.checksum.status == 1 && (\(transport))) || arp"
      #expect(try Self.tshark(file, good, ["frame.number"]).count == all.count)
      for row in all { #expect(row[1].hasPrefix("\(id) · "), "\(row)") }
    }
  }

  /// A frame's comment names the step and the moment at which it was sent.
  @Test func theCommentsSayWhere() throws {
    let sent = try MomentLine.run("L05").filter { $0.event == "frame-sent" }
    #expect(sent.count > 3)
    try Self.withRecording("L05") { file in
      let rows = try Self.tshark(file, "frame", ["frame.comment", "frame.interface_name"])
      let expected = sent.map { line in
        ["L05", line.step, "moment \(line.moment)"].compactMap { $0 }.joined(separator: " · ")
      }
      #expect(rows.map { $0[0] } == expected)
      #expect(rows.map { $0[1] } == sent.map(\.branch))
    }
  }
}
