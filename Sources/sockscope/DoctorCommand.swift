import ArgumentParser
import Course

/// `sockscope doctor`: what works here, and the command that mends what does not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check locale, terminal, lessons and TAP, and say how to mend what does not work.",
    discussion: """
      EXIT STATUS:
        0 everything works that the lessons need, 1 something does not

      TAP is needed by --link tap only; without it the status is 0.
      """)

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let findings =
      [Finding.locale(), .terminalType(), .terminalSize(), .colours()]
      + [lessons(), .tapDevice(), .namespaces()]
    for finding in findings { try Console.write(shared.shown(text(finding))) }
    let broken = findings.filter { $0.isNeeded && $0.mend != nil }
    guard broken.isEmpty else {
      try Console.write(
        shared.say(
          "\n명령을 실행한 뒤 sockscope doctor를 다시 실행해 보세요.\n",
          "\nRun the commands, then sockscope doctor again.\n"))
      throw ExitCode(1)
    }
    try Console.write(
      shared.say("\n수업에 필요한 것은 모두 됩니다.\n", "\nEverything that the lessons need works.\n"))
  }

  /// A line, and below it the command where one is needed.
  private func text(_ finding: Finding) -> String {
    let sign = finding.mend == nil ? "✓" : finding.isNeeded ? "✗" : "–"
    let name = finding.name.text(shared.language)
    let column = 12
    let width = name.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
    let blank = String(repeating: " ", count: max(1, column - width))
    var text = "\(sign) \(name)\(blank)\(finding.found.text(shared.language))\n"
    if let mend = finding.mend {
      text += String(repeating: " ", count: column + 2) + "$ \(mend)\n"
    }
    return text
  }

  /// The lessons that the program would take.
  private func lessons() -> Finding {
    let name = Phrase(ko: "수업", en: "lessons")
    do throws(Failure) {
      let library = try LessonFolders.library(shared)
      let (whole, broken) = library.lessons()
      let place: Phrase =
        switch library.origin {
        case .folder(let path): Phrase(ko: path, en: path)
        case .embedded: Phrase(ko: "프로그램에 든 것", en: "built in")
        }
      let ids = whole.map(\.id.description).joined(separator: " ")
      guard broken.isEmpty else {
        return Finding(
          name,
          found: Phrase(
            ko: "\(ids) · 읽을 수 없는 파일 \(broken.count)개 · \(place.ko)",
            en: "\(ids) · \(broken.count) cannot be read · \(place.en)"),
          mend: "sockscope check \(Finding.quoted(place.en))")
      }
      return Finding(name, found: Phrase(ko: "\(ids) · \(place.ko)", en: "\(ids) · \(place.en)"))
    } catch {
      let text = Phrase(ko: error.message, en: error.message)
      return Finding(name, found: text, mend: "sockscope doctor")
    }
  }
}
