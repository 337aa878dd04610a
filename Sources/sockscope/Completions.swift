import ArgumentParser
import Course

/// What a shell may offer behind a command; switched on by `--generate-completion-script`.
enum Completions {
  static let captures = CompletionKind.file(extensions: ["pcapng", "pcap", "cap"])
  static let recordings = CompletionKind.file(extensions: ["pcapng"])
  static let lessonFiles = CompletionKind.file(extensions: ["yaml"])

  /// The lessons that the program would take, and the sections. The shell asks the program itself.
  static let lessons = CompletionKind.custom { words, _, _ in
    let files = (try? LessonFolders.library(folder: folder(in: words), .en))?.lessons().whole ?? []
    return files.map(\.id.description) + ChapterSection.allCases.map { "\($0.rawValue)" }
      + [AdvancedPart.name]
  }

  /// What stands behind `--lessons` in the line that is being typed.
  private static func folder(in words: [String]) -> String? {
    if let place = words.firstIndex(of: "--lessons"), words.indices.contains(place + 1) {
      return words[place + 1]
    }
    let joined = words.last { $0.hasPrefix("--lessons=") }
    return joined.map { String($0.dropFirst("--lessons=".count)) }
  }
}
