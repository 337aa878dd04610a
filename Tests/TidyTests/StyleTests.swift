import Foundation
import Testing

/// Sizes and words. What is too large today is in a table that may only shrink.
@Suite struct StyleTests {
  static let fileLimit = 400
  static let functionLimit = 60

  /// Files over the limit, with the most lines that each may have. To be emptied, never to be added to.
  static let largeFiles: [String: Int] = [:]
  /// Functions over the limit, as `path name`, with the most lines that each may have. To be emptied.
  static let largeFunctions: [String: Int] = [:]

  static let swiftFiles = ["Sources", "Tests"].flatMap {
    Repository.files(under: $0, endings: ["swift"])
  }
  static let shimFiles = ["Sources", "Tests"].flatMap {
    Repository.files(under: $0, endings: ["c", "h"])
  }

  @Test func filesAreShort() {
    #expect(Self.swiftFiles.count > 100)
    for file in Self.swiftFiles + Self.shimFiles {
      let count = file.text.hasSuffix("\n") ? file.lines.count - 1 : file.lines.count
      let limit = Self.largeFiles[file.path] ?? Self.fileLimit
      #expect(count <= limit, "\(file.path): split where the concept splits")
    }
  }

  @Test func functionsAreShort() {
    var seen = 0
    for file in Self.swiftFiles {
      for function in FunctionScan.functions(in: file.text) {
        seen += 1
        let limit = Self.largeFunctions["\(file.path) \(function.name)"] ?? Self.functionLimit
        #expect(function.lineCount <= limit, "\(file.path):\(function.line) \(function.name)")
      }
    }
    #expect(seen > 1000)
  }

  /// An exception that is no longer needed, or larger than needed, goes.
  @Test func exceptionsOnlyShrink() {
    for (path, limit) in Self.largeFiles {
      let lines = Self.swiftFiles.first { $0.path == path }.map { $0.lines.count - 1 }
      #expect(lines == limit, "\(path): lower its entry")
      #expect(limit > Self.fileLimit, "\(path): remove its entry")
    }
    for (name, limit) in Self.largeFunctions {
      let path = String(name.prefix { $0 != " " })
      let lines = Self.swiftFiles.first { $0.path == path }
        .map { FunctionScan.functions(in: $0.text) }?
        .filter { "\(path) \($0.name)" == name }.map(\.lineCount).max()
      #expect(lines == limit, "\(name): lower its entry")
      #expect(limit > Self.functionLimit, "\(name): remove its entry")
    }
  }

  /// What is delivered is finished. The words are put together here, so that this file may hold them.
  static let unfinished =
    ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "not " + "implemented"]
    + ["un" + "implemented", "place" + "holder", "st" + "ub"]

  @Test func nothingIsCalledUnfinished() throws {
    let pattern = try Regex("\\b(\(Self.unfinished.joined(separator: "|")))s?\\b")
    let lessons = Repository.files(under: "Lessons", endings: ["yaml", "yml", "md"])
    for file in Self.swiftFiles + Self.shimFiles + lessons {
      for (number, line) in zip(1..., file.lines) where line.contains(pattern) {
        Issue.record("\(file.path):\(number): \(line)")
      }
    }
  }

  @Test func nothingIsForced() throws {
    let pattern = #/\b(?:try|as)!/#
    for file in Self.swiftFiles where file.path.hasPrefix("Sources/") {
      let lines = SwiftText.code(of: file.text).split(
        separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in zip(1..., lines) where line.contains(pattern) {
        Issue.record("\(file.path):\(number): \(line)")
      }
    }
  }
}
