import Foundation
import Testing

/// The screens as they are drawn in the design, one file each, named by section and size.
struct Fixture: CustomTestStringConvertible, Sendable {
  let name: String
  let width: Int
  let height: Int
  let lines: [String]

  var text: String { lines.joined(separator: "\n") }
  var testDescription: String { name }

  /// All of them; reading fails loudly where one is missing or misnamed.
  static let all: [Fixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted().map { named(String($0.dropLast(4))) }
  }()

  static func named(_ name: String) -> Fixture {
    let url = folder.appendingPathComponent(name + ".txt")
    guard let text = try? String(contentsOf: url, encoding: .utf8),
      let size = name.split(separator: "-").last?.split(separator: "x").compactMap({ Int($0) }),
      size.count == 2
    else { fatalError("no such screen: \(name)") }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return Fixture(name: name, width: size[0], height: size[1], lines: lines.map(String.init))
  }

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Fixtures")
}
