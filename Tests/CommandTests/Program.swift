import Foundation
import PseudoTerminal
import Testing

/// The built program, run as a user or a script runs it.
enum Program {
  struct Finished {
    /// As a shell's `$?`.
    var status: Int32
    var output: String
    var complaint: String

    var lines: [Substring] { output.split(separator: "\n") }
  }

  static let url = DrivenProgram.builtProducts.appending(path: "sockscope")

  /// What the program is given to know: a plain environment, so that the tester's own does not count.
  static let environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/dev/null"]

  /// Runs it to its end; standard input is empty, nothing is a terminal.
  static func run(
    _ arguments: String..., environment: [String: String] = environment, program: URL = url,
    folder: URL? = nil
  ) throws -> Finished {
    try finish(program, arguments, environment: environment, folder: folder)
  }

  static func finish(
    _ program: URL, _ arguments: [String], environment: [String: String] = environment,
    folder: URL? = nil, output: FileHandle? = nil
  ) throws -> Finished {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = output ?? pipe
    // A file, for a full second pipe would stop the program while the first one is read.
    let complaints = temporaryFile("txt")
    try Data().write(to: complaints)
    defer { try? FileManager.default.removeItem(at: complaints) }
    process.standardError = try FileHandle(forWritingTo: complaints)
    try process.run()
    try pipe.fileHandleForWriting.close()
    let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Finished(
      status: process.terminationStatus + (isSignal ? 128 : 0),
      output: String(decoding: text, as: UTF8.self),
      complaint: try String(contentsOf: complaints, encoding: .utf8))
  }

  static func temporaryFile(_ ending: String) -> URL {
    FileManager.default.temporaryDirectory.appending(
      path: "sockscope-\(UUID().uuidString).\(ending)")
  }

  /// A folder that is gone after the body.
  static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "sockscope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}

/// The lessons of the repository.
enum LessonFiles {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Lessons")

  static let ids: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.prefix(3)) }.sorted()

  static func text(_ id: String) throws -> String {
    try String(contentsOf: folder.appending(path: "\(id).yaml"), encoding: .utf8)
  }
}
