import Foundation

/// The working tree that the tests were built from.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file with its path from the root and its text.
  struct TextFile: Sendable {
    var path: String
    var text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The files under a folder whose name ends in one of these, sorted by path.
  static func files(under folder: String, endings: [String]) -> [TextFile] {
    let start = root.appending(path: folder)
    guard let walk = FileManager.default.enumerator(atPath: start.path) else { return [] }
    let paths = walk.compactMap { $0 as? String }
      .filter { path in endings.contains { path.hasSuffix("." + $0) } }
      .sorted()
    return paths.compactMap { path in
      guard let text = try? text("\(folder)/\(path)") else { return nil }
      return TextFile(path: "\(folder)/\(path)", text: text)
    }
  }

  static func folders(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      at: root.appending(path: folder), includingPropertiesForKeys: [.isDirectoryKey]
    ).filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
      .map(\.lastPathComponent).sorted()
  }

  /// The paths that are part of the repository: what git knows and what it would add. Outside of a
  /// checkout (a source archive) every file counts that `.gitignore` does not name.
  static func ownedPaths() throws -> [String] {
    guard FileManager.default.fileExists(atPath: root.appending(path: ".git").path) else {
      return try pathsOfArchive()
    }
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    // A checkout that belongs to another user is read all the same.
    git.arguments = [
      "git", "-c", "safe.directory=*", "-C", root.path, "ls-files", "-z", "--cached", "--others",
      "--exclude-standard", "--deduplicate",
    ]
    let output = Pipe()
    git.standardOutput = output
    try git.run()
    let octets = output.fileHandleForReading.readDataToEndOfFile()
    git.waitUntilExit()
    guard git.terminationStatus == 0 else { throw GitFailed(status: git.terminationStatus) }
    // A deleted file is still known until the deletion is committed.
    return String(decoding: octets, as: UTF8.self).split(separator: "\0").map(String.init)
      .filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path) }
  }

  struct GitFailed: Error { var status: Int32 }

  private static func pathsOfArchive() throws -> [String] {
    let ignored = try text(".gitignore").split(separator: "\n").map(String.init)
    let entries = try FileManager.default.contentsOfDirectory(atPath: root.path)
    return entries.filter { entry in
      !ignored.contains { $0.hasSuffix("*") ? entry.hasPrefix($0.dropLast()) : entry == $0 }
    }
  }
}
