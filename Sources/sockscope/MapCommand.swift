import ArgumentParser
import Course
import Screen

/// `sockscope` without anything: what there is to learn.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map", abstract: "Show the chapter's map and its lessons.")

  @OptionGroup var shared: SharedOptions

  @Argument(help: .hidden) var words: [String] = []

  func validate() throws {
    guard let word = words.first else { return }
    if LessonID(word) != nil {
      throw ValidationError("A lesson is opened by “sockscope lesson \(word)”.")
    }
    let commands = ["map", "lesson", "replay", "check", "doctor", "help"]
    let hint = Suggestion.nearest(to: word, in: commands).map { "; did you mean “\($0)”?" } ?? "."
    throw ValidationError("There is no command “\(word)”\(hint)")
  }

  func run() throws {
    let library = try LessonFolders.library(shared)
    if Console.isTerminal {
      try TerminalScreens.show(
        library, opened: nil, seed: TerminalScreens.drawnSeed(), profile: nil, shared)
    } else {
      let lessons = LessonFolders.readable(library, shared)
      try Console.write(shared.shown(MapPrint.text(lessons, shared.language)))
    }
  }
}
