import Foundation
import Testing

/// What lies in the repository.
@Suite struct TreeTests {
  static let topLevel: Set<String> = [
    "LICENSE", "Lessons", "Package.swift", "README.md", "Sources", "Tests",
  ]

  @Test func theTopLevelIsFixed() throws {
    let entries = Set(try Repository.ownedPaths().compactMap { $0.split(separator: "/").first })
    let visible = Set(entries.filter { !$0.hasPrefix(".") }.map(String.init))
    #expect(visible == Self.topLevel)
  }

  @Test func nothingGeneratedIsKept() throws {
    let endings = [
      ".o", ".d", ".swiftmodule", ".pcapng.tmp", ".profraw", ".log", "~", ".orig", ".rej",
    ]
    for path in try Repository.ownedPaths() {
      let parts = path.split(separator: "/")
      #expect(!parts.contains { $0.hasPrefix(".build") || $0 == ".swiftpm" }, "\(path)")
      #expect(parts.last != "Package.resolved", "\(path)")
      #expect(!endings.contains { path.hasSuffix($0) }, "\(path)")
    }
  }

  /// The package says what it needs of the system, so that tools can tell.
  @Test func theManifestNamesTheSystemPackage() throws {
    #expect(try Repository.text("Package.swift").contains(#".apt(["libncursesw5-dev"])"#))
  }

  @Test func theReadmeAndTheCheckRunTheSameCommand() throws {
    let readme = try Repository.text("README.md")
    let check = try Repository.text(".ci/run")
    #expect(readme.contains("swift test"))
    #expect(readme.contains("swift run"))
    let last = try #require(check.split(separator: "\n").last)
    #expect(readme.contains(last.replacing("exec ", with: "")), "\(last)")
  }
}
