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

  /// The 121 statements of the chapter's first four sections.
  @Test func theStatementsAreAllThere() throws {
    let counts = [
      ("1.1", 6), ("1.2", 7), ("1.3", 7), ("2.1", 6), ("2.2", 9), ("2.3", 14), ("3.1", 9),
      ("3.2", 4), ("3.3", 11), ("3.4", 7), ("3.5", 9), ("3.6", 5), ("3.7", 5),
      ("4.1", 10), ("4.2", 8), ("4.3", 4),
    ]
    let all = counts.flatMap { part, count in (1...count).map { "\(part)-\($0)" } }
    #expect(all.count == 121)
    let listed = try Self.rows().flatMap(\.statements).filter { "1234".contains($0.prefix(1)) }
    #expect(Set(listed) == Set(all))
  }

  @Test func theQuestionsAreAllThere() throws {
    let all = [(1, 8), (2, 10), (3, 10), (4, 9)].flatMap { section, count in
      (1...count).map { "Q\(section)-\($0)" }
    }
    let listed = try Self.rows().flatMap(\.questions).filter {
      "1234".contains($0.dropFirst().prefix(1))
    }
    #expect(Set(listed) == Set(all))
  }

  @Test func theFiguresAreThere() throws {
    let figures = Set(try Self.rows().flatMap(\.figures))
    #expect(
      figures.isSuperset(of: [
        "stack-layers", "encapsulation", "tcp-header", "mtu-mss", "sequence-ack", "sliding-window",
      ]))
  }

  @Test func oneLessonOrASection() throws {
    #expect(try Self.rows("L05").map(\.lesson) == ["L05"])
    let second = try Self.rows("2")
    let experiments = (1...17).map { "X2-" + ($0 < 10 ? "0" : "") + "\($0)" }
    #expect(second.map(\.lesson) == ["L04", "L05", "L06"] + experiments)
    #expect(second.allSatisfy { $0.section.hasPrefix("2.") })
  }
}
