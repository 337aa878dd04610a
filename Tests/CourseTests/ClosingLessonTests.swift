import Testing

@testable import Course

/// The chapter's fourth section is there whole: its statements, questions, thoughts and experiments.
@Suite struct ClosingLessonTests {
  private static let statements: Set<String> = {
    let counts = [("4.1", 10), ("4.2", 8), ("4.3", 4)]
    return Set(counts.flatMap { part, count in (1...count).map { "\(part)-\($0)" } })
  }()

  @Test func everyStatementIsProved() throws {
    #expect(Self.statements.count == 22)
    let proved = try Shipped.files.flatMap { try Shipped.lesson($0).statements }
      .map(\.description).filter { $0.hasPrefix("4.") }
    #expect(Self.statements == Set(proved))
  }

  @Test func everyQuestionIsAsked() throws {
    let asked = try Shipped.files.flatMap { try Shipped.lesson($0).steps }.flatMap(\.questions)
      .compactMap(\.name).filter { $0.section == 4 }
    #expect(Set(asked.map(\.description)) == Set((1...9).map { "Q4-\($0)" }))
  }

  @Test func theFigureIsShown() throws {
    #expect(try Shipped.lesson("L13.yaml").steps.contains { $0.figure == .finExchange })
  }

  @Test func everyExperimentIsThere() {
    let names = (1...14).map { $0 < 10 ? "X4-0\($0).yaml" : "X4-\($0).yaml" }
    #expect(Experiments.files.filter { $0.hasPrefix("X4") } == names)
  }

  @Test func everyThoughtHasAName() {
    let names = Misconception.all.map(\.description)
    for (part, letters) in [("4.1", "abcde"), ("4.2", "abcd")] {
      #expect(names.filter { $0.hasPrefix("M\(part)") } == letters.map { "M\(part)\($0)" })
    }
  }
}
