#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes the lesson files into a Swift file as string literals, so that the program has them
/// wherever it goes.
///
/// Arguments: the Swift file to write, then the folder with the lessons.
@main
enum LessonEmbedder {
  static func main() throws {
    guard CommandLine.arguments.count == 3 else { return }
    let (output, folder) = (CommandLine.arguments[1], CommandLine.arguments[2])
    let names = try names(in: folder)
    var source = "/// Written at build time from the folder Lessons.\n"
    source += "enum EmbeddedLessons {\n  static let files: [LessonFile] = [\n"
    for name in names {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let fence = fence(for: text)
      source += "    LessonFile(\n      name: \"\(name)\",\n      text: \(fence)\"\"\"\n"
      source += text
      source += "\n\"\"\"\(fence)),\n"
    }
    source += "  ]\n}\n"
    try source.write(toFile: output, atomically: true, encoding: .utf8)
  }

  /// The lessons, then the experiments in the folder below.
  private static func names(in folder: String) throws -> [String] {
    let experiments = "\(folder)/experiments"
    let below =
      FileManager.default.fileExists(atPath: experiments)
      ? try FileManager.default.contentsOfDirectory(atPath: experiments) : []
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return (names + below.sorted().map { "experiments/" + $0 }).filter { $0.hasSuffix(".yaml") }
  }

  /// So many `#` that nothing in the text ends the literal or escapes from it.
  private static func fence(for text: String) -> String {
    var fence = "#"
    while text.contains("\"\"\"" + fence) || text.contains("\\" + fence) { fence += "#" }
    return fence
  }
}
