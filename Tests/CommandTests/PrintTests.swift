import Course
import Foundation
import Screen
import Testing

/// `--print`: the whole lesson as linear text.
@Suite struct PrintTests {
  static func text(_ id: String, _ language: Language, _ more: String...) throws -> String {
    let arguments = ["lesson", id, "--print", "--lang", language.rawValue] + more
    let finished = try Program.finish(Program.url, arguments)
    try #require(finished.status == 0, "\(finished.complaint)")
    #expect(finished.complaint.isEmpty)
    return finished.output
  }

  @Test func thereAreLessons() {
    #expect(Set(LessonFiles.ids).isSuperset(of: ["L02", "L05"]))
  }

  @Test(arguments: LessonFiles.ids, Language.allCases)
  func isPlainTextThatFits(id: String, language: Language) throws {
    let text = try Self.text(id, language)
    for scalar in text.unicodeScalars where scalar != "\n" {
      let isPlain = scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value)
      #expect(isPlain, "control character \(scalar.value)")
    }
    for line in text.split(separator: "\n") {
      #expect(line.displayWidth <= 78, "\(line)")
      #expect(line.last != " ", "\(line)")
    }
    #expect(!text.contains("\n\n\n"))
    #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
  }

  @Test(arguments: LessonFiles.ids, Language.allCases)
  func tellsAsksAndAnswers(id: String, language: Language) throws {
    let text = try Self.text(id, language)
    // Wrapping may stand between any two words.
    let words = text.split { $0.isWhitespace }.joined(separator: " ")
    let lesson = try Lesson(yaml: try LessonFiles.text(id))
    #expect(words.contains(lesson.title.text(language)))
    for step in lesson.steps {
      #expect(words.contains(step.title.text(language)))
      for text in [step.narration, step.afterword].compactMap({ $0?.narration(language) }) {
        for case .text(let piece) in text.pieces {
          #expect(words.contains(piece.split { $0.isWhitespace }.joined(separator: " ")))
        }
      }
    }
    let questions = lesson.steps.flatMap(\.questions).count
    #expect(questions > 0)
    #expect(text.split(separator: "\n").count { $0.hasPrefix("  ✓ ") } == questions)
    let foreign = language == .ko ? "Question" : "질문"
    #expect(!text.contains(foreign))
    #expect(text.contains(language == .ko ? "사다리" : "ladder") || id == "L02")
  }

  /// Every field that the main run writes stands in a line with its host, its socket and its rule.
  @Test(arguments: LessonFiles.ids, Language.allCases)
  func showsTheFieldsWithTheirRules(id: String, language: Language) throws {
    let lines = try Self.text(id, language).split(separator: "\n")
    let moments = try MomentLine.run(id).filter { $0.branch == "main" }
    var shown = 0
    for moment in moments {
      for change in moment.changes where change.old != nil || change.new != nil {
        let parts = change.memory.split(separator: ".")
        let start = "      \(parts[0]) \(parts[2]) \(change.field) "
        // Where a line has no room for its rule, the rule is on the next one.
        let found = lines.indices.contains { place in
          lines[place].hasPrefix(start) && lines[place].contains(" → ")
            && lines[place...].prefix(2).contains { $0.hasSuffix(moment.rule ?? "") }
        }
        #expect(found, "\(change.memory) \(change.field) \(moment.rule ?? "")")
        shown += 1
      }
    }
    #expect(shown > 10)
  }

  @Test func theLadderShowsTheThreeSegments() throws {
    let text = try Self.text("L05", .en)
    let ladder = try #require(text.range(of: "The ladder\n"))
    let rows = text[ladder.upperBound...].prefix(1_500)
    let syn = try #require(rows.range(of: "SYN"))
    let answer = try #require(rows.range(of: "SYN ACK"))
    #expect(syn.lowerBound < answer.lowerBound)
  }

  @Test func withoutATerminalALessonIsPrinted() throws {
    #expect(try Program.run("lesson", "L05").output == Self.text("L05", .en))
  }

  @Test func anIDMayLackItsZeroAndBeSmall() throws {
    let text = try Self.text("L05", .en)
    #expect(try Self.text("l5", .en) == text)
    #expect(try Self.text("L5", .en) == text)
  }

  @Test func withASCIIThereAreNoOtherSigns() throws {
    let text = try Self.text("L05", .en, "--ascii")
    #expect(!text.unicodeScalars.contains { !$0.isASCII })
    let plain = try Self.text("L05", .en)
    let lines = (text.split(separator: "\n"), plain.split(separator: "\n"))
    #expect(lines.0.map(\.displayWidth) == lines.1.map(\.displayWidth))
  }

  @Test func theModernProfileShowsItsOptions() throws {
    let book = try Self.text("L04", .en)
    let modern = try Self.text("L04", .en, "--profile", "modern")
    #expect(!book.contains("window-scale+timestamps+sack"))
    #expect(modern.contains("window-scale+timestamps+sack"))
  }

  @Test func seedsGiveOtherNumbersAndTheSeedIsShown() throws {
    let one = try Self.text("L05", .en, "--seed", "41")
    let other = try Self.text("L05", .en, "--seed", "42")
    #expect(one != other)
    #expect(one.contains("seed 41"))
    #expect(other.contains("seed 42"))
  }

  /// A reader that goes away early ends the program without a word.
  @Test(arguments: ["--print", "--json"]) func aClosedPipeIsNoError(form: String) throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let finished = try Program.finish(
      Program.url, ["lesson", "L05", form], output: pipe.fileHandleForWriting)
    #expect(finished.status == 128 + 13)
    #expect(finished.complaint.isEmpty)
  }
}
