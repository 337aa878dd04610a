import Foundation
import Testing

/// `lesson --list --json`: what the lessons hold of the chapter.
@Suite struct ListTests {
  private struct Row: Decodable {
    var lesson: String
    var section: String
    var statements: [String]
    var questions: [String]
    var figures: [String]
  }

  private static func rows(_ arguments: String...) throws -> [Row] {
    let finished = try Program.finish(Program.url, ["lesson"] + arguments + ["--list", "--json"])
    #expect(finished.status == 0 && finished.complaint.isEmpty)
    return try finished.lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
  }

  /// The 49 statements of the chapter's first two sections.
  @Test func theStatementsAreAllThere() throws {
    let counts = [("1.1", 6), ("1.2", 7), ("1.3", 7), ("2.1", 6), ("2.2", 9), ("2.3", 14)]
    let all = counts.flatMap { part, count in (1...count).map { "\(part)-\($0)" } }
    #expect(all.count == 49)
    let listed = try Self.rows().flatMap(\.statements)
      .filter { $0.hasPrefix("1.") || $0.hasPrefix("2.") }
    #expect(Set(listed) == Set(all))
  }

  @Test func theQuestionsAreAllThere() throws {
    let all = (1...8).map { "Q1-\($0)" } + (1...10).map { "Q2-\($0)" }
    let listed = try Self.rows().flatMap(\.questions)
      .filter { $0.hasPrefix("Q1-") || $0.hasPrefix("Q2-") }
    #expect(Set(listed) == Set(all))
  }

  @Test func theFiguresAreThere() throws {
    let figures = Set(try Self.rows().flatMap(\.figures))
    #expect(figures.isSuperset(of: ["stack-layers", "encapsulation", "tcp-header"]))
  }

  @Test func oneLessonOrASection() throws {
    #expect(try Self.rows("L05").map(\.lesson) == ["L05"])
    let second = try Self.rows("2")
    let experiments = (1...14).map { "X2-" + ($0 < 10 ? "0" : "") + "\($0)" }
    #expect(second.map(\.lesson) == ["L04", "L05", "L06"] + experiments)
    #expect(second.allSatisfy { $0.section.hasPrefix("2.") })
  }
}
