import ArgumentParser
import Course
import Screen

/// The options that every command takes.
struct SharedOptions: ParsableArguments {
  @Option(help: "Language of the lessons; else what LC_ALL, LC_MESSAGES or LANG says.")
  var lang: Language?

  @Option(
    help: ArgumentHelp("Take the lessons of this folder.", valueName: "dir"),
    completion: .directory)
  var lessons: String?

  @Flag(help: "Draw with ASCII signs only.")
  var ascii = false

  @Option(help: "Colours for a light or a dark terminal.")
  var theme: Appearance?

  var language: Language { lang ?? Surroundings.language() }

  /// One of two sayings.
  func say(_ ko: String, _ en: String) -> String { language == .ko ? ko : en }

  /// The text as the learner's terminal can show it.
  func shown(_ text: String) -> String { ascii ? asciiForm(of: text) : text }
}

extension Language: ExpressibleByArgument {}
extension Appearance: ExpressibleByArgument {}
extension LessonWorld.Profile: ExpressibleByArgument {}
