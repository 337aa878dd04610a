import Capture
import Foundation
import Testing

/// tshark and capinfos as a second opinion; the tests fail where they are not installed.
@Suite struct TsharkTests {
  /// Runs a program on a file of these octets, its last argument, and returns what it writes.
  static func run(_ arguments: [String], on octets: [UInt8]) throws -> String {
    let (status, output, complaint) = try finish(arguments, on: octets)
    try #require(status == 0, "\(arguments[0]): \(complaint)")
    return output
  }

  /// Runs a program on a file of these octets and returns its status, output and errors.
  static func finish(
    _ arguments: [String], on octets: [UInt8]
  ) throws -> (status: Int32, output: String, complaint: String) {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appendingPathComponent("sockscope-\(UUID().uuidString).pcapng")
    let errors = folder.appendingPathComponent("sockscope-\(UUID().uuidString).txt")
    try Data(octets).write(to: file)
    try Data().write(to: errors)
    defer {
      try? FileManager.default.removeItem(at: file)
      try? FileManager.default.removeItem(at: errors)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments + [file.path]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["LC_ALL": "C.UTF-8", "TZ": "UTC"]
    ) { $1 }
    let output = Pipe()
    process.standardOutput = output
    // A file, for a full second pipe would stop the program while the first one is read.
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let complaint = try Data(contentsOf: errors)
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: complaint, as: UTF8.self)
    )
  }

  /// The values of fields, a row for each frame that the filter lets through.
  static func fields(
    _ names: [String], _ octets: [UInt8], filter: String = ""
  ) throws -> [[String]] {
    let checks = ["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"]
    let arguments =
      ["tshark", "-n"] + checks + ["-Y", filter, "-T", "fields"] + names.flatMap { ["-e", $0] }
    return try run(arguments + ["-r"], on: octets).split(separator: "\n")
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test func tsharkSeesFramesTimesInterfacesAndComments() throws {
    let rows = try Self.fields(
      ["frame.time_epoch", "frame.interface_name", "frame.comment", "frame.len"],
      Samples.recording(), filter: "eth")
    #expect(rows.count == 4)
    #expect(rows[0] == ["0.000005600", "client", "L05 syn · moment 37,두 번째 줄", "58"])
    #expect(rows[1] == ["10.000000001", "server", "", "59"])
    #expect(rows[2] == ["1790000000.123456789", "client", "third", "60"])
  }

  @Test func tsharkFindsNothingMalformedAndGoodChecksums() throws {
    let rows = try Self.fields(
      ["tcp.seq_raw", "ip.checksum.status", "tcp.checksum.status", "_ws.malformed"],
      Samples.recording(), filter: "eth")
    #expect(rows == Array(repeating: ["2587631392", "1", "1", ""], count: 4))
  }

  @Test func capinfosAcceptsTheFile() throws {
    let text = try Self.run(["capinfos", "-M", "-c", "-E", "-t", "-I"], on: Samples.recording())
    #expect(text.contains("Number of packets:   4"))
    #expect(text.contains("pcapng"))
    #expect(text.contains("Number of interfaces in file: 2"))
    #expect(text.contains("Time precision = nanoseconds (9)"))
  }

  @Test func hiddenOctetsAreNoRows() throws {
    var writer = PcapNGWriter()
    writer.sectionHeader()
    writer.interface(name: "wire")
    for length in [0, 1, 4, 200_000] {
      writer.hidden([UInt8](repeating: 7, count: length), nanoseconds: 5)
      writer.packet(Samples.syn, nanoseconds: 6)
    }
    #expect(
      try Self.fields(["frame.protocols"], writer.octets).map(\.first)
        == Array(repeating: "eth:ethertype:ip:tcp", count: 4))
  }

  @Test func damagedFileIsRefusedByTsharkToo() throws {
    let damaged = Array(Samples.recording().dropLast(5))
    let (status, _, complaint) = try Self.finish(["tshark", "-r"], on: damaged)
    #expect(status != 0 && complaint.contains("cut short"))
    #expect(CaptureFile.parse(damaged).faults.count == 1)
  }
}
