import Testing

@testable import Course

/// The lessons beyond the book.
@Suite struct AdvancedLessonTests {
  private static let files = Shipped.files.filter { $0.hasPrefix("A") }

  @Test func theFirstEightAreThere() {
    #expect(Self.files == (1...8).map { "A0\($0).yaml" })
  }

  /// They belong to no section, prove no statement of the chapter, and ask the catalogue's QA-1 to QA-6.
  @Test func theirQuestionsAreAllAsked() throws {
    let lessons = try Self.files.map { try Shipped.lesson($0) }
    #expect(lessons.allSatisfy { $0.section == AdvancedPart.name && $0.statements.isEmpty })
    let names = lessons.flatMap(\.steps).flatMap(\.questions).compactMap(\.name)
    #expect(Set(names.map(\.description)) == Set((1...6).map { "QA-\($0)" }))
  }

  /// Each breaks something and looks what follows; what it is about is set in its own world, so that a learner
  /// with another profile sees the same.
  @Test(arguments: files) func itsWorldIsItsOwn(file: String) throws {
    let lesson = try Shipped.lesson(file)
    #expect(lesson.steps.contains { $0.kind == .break })
    let plain = LessonRunner(seed: 3).run(lesson)
    let modern = LessonRunner(seed: 3, profile: .modern).run(lesson)
    #expect(plain.steps.map(\.last) == modern.steps.map(\.last))
  }
}
