#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes the lesson files into a Swift file as string literals, so that the program has them
/// wherever it goes.
///
/// Arguments: the Swift file to write, then the lesson files.
@main
enum LessonEmbedder {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let output = arguments.first else { return }
    var source = "/// Written at build time from the folder Lessons.\n"
    source += "enum EmbeddedLessons {\n  static let files: [LessonFile] = [\n"
    for path in arguments.dropFirst().sorted() {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let fence = fence(for: text)
      source += "    LessonFile(\n      name: \"\(name)\",\n      text: \(fence)\"\"\"\n"
      source += text
      source += "\n\"\"\"\(fence)),\n"
    }
    source += "  ]\n}\n"
    try source.write(toFile: output, atomically: true, encoding: .utf8)
  }

  /// So many `#` that nothing in the text ends the literal or escapes from it.
  private static func fence(for text: String) -> String {
    var fence = "#"
    while text.contains("\"\"\"" + fence) || text.contains("\\" + fence) { fence += "#" }
    return fence
  }
}
