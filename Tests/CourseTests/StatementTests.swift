import Testing

@testable import Course

/// What lessons say that they prove, ask and show of the chapter.
@Suite struct StatementTests {
  @Test(arguments: [
    ("1.2-2", true), ("2.3-14", true), ("6.3-1", true), ("7.1-1", false), ("1.2", false),
    ("1.2-0", false), ("1-2", false), ("1.2-2a", false), ("1.+2-2", false), ("", false),
    ("-", false), (".1-1", false),
  ])
  func statementNames(_ text: String, _ isName: Bool) {
    #expect(Statement(text)?.description == (isName ? text : nil))
  }

  @Test(arguments: [
    ("Q1-7", true), ("Q2-10", true), ("QA-6", true), ("QA-0", false), ("QB-1", false),
    ("Q7-1", false), ("q1-7", false), ("1-7", false),
    ("Q1-0", false), ("Q1", false), ("Q", false),
  ])
  func questionNames(_ text: String, _ isName: Bool) {
    #expect(QuestionName(text)?.description == (isName ? text : nil))
  }

  @Test func namesAreSortedByTheirNumbers() throws {
    let names = ["2.3-10", "2.3-9", "1.1-2"].compactMap { Statement($0) }
    #expect(names.sorted().map(\.description) == ["1.1-2", "2.3-9", "2.3-10"])
  }

  /// A step that proves something does so by what it does: without its `do` at least one of its
  /// expectations fails, though its faults and injections stay. A step that only runs on does not run.
  @Test(arguments: Shipped.files)
  func provingStepsFailWithoutTheirDoing(file: String) throws {
    let lesson = try Shipped.lesson(file)
    for place in lesson.steps.indices where !lesson.steps[place].proves.isEmpty {
      var idle = lesson
      let kept = lesson.steps[place].commands.filter(\.isFault)
      if kept.count == lesson.steps[place].commands.count { idle.steps[place].until = nil }
      idle.steps[place].commands = kept
      let expectations = LessonRunner().run(idle).steps[place].expectations
      let failed =
        expectations.count != lesson.steps[place].expectations.count
        || expectations.contains { !$0.holds }
      #expect(failed, "\(file) \(lesson.steps[place].id)")
    }
  }

  /// How many statements each part of the chapter's first three sections has.
  static let counts = [
    ("1.1", 6), ("1.2", 7), ("1.3", 7), ("2.1", 6), ("2.2", 9), ("2.3", 14), ("3.1", 9), ("3.2", 4),
    ("3.3", 11), ("3.4", 7), ("3.5", 9), ("3.6", 5), ("3.7", 5),
  ]

  /// Statement by statement.
  @Test(arguments: counts) func everyStatementIsProved(part: String, count: Int) throws {
    let proved = try Shipped.files.flatMap { try Shipped.lesson($0).statements }
      .map(\.description).filter { $0.hasPrefix(part + "-") }
    #expect(Set(proved) == Set((1...count).map { "\(part)-\($0)" }))
  }

  @Test(arguments: [(1, 8), (2, 10), (3, 10)])
  func everyQuestionIsAsked(section: Int, count: Int) throws {
    let asked = try Shipped.files.flatMap { try Shipped.lesson($0).steps }.flatMap(\.questions)
    let numbers = asked.compactMap(\.name).filter { $0.section == section }.map(\.number)
    #expect(Set(numbers) == Set(1...count))
  }

  @Test func contentsAsJSON() throws {
    let lesson = try Shipped.lesson("L04.yaml")
    let json = LessonContents(lesson).json
    #expect(json.hasPrefix(#"{"lesson":"L04","title":{"ko":"접속하면 무엇이 적힐까","en":"What "#))
    #expect(
      json.contains(#""kind":"lesson","section":"2.1","minutes":9,"statements":["2.1-1","#))
    let experiment = LessonContents(try Experiments.lesson("X1-03.yaml"))
    #expect(experiment.json.contains(#""lesson":"X1-03","#))
    #expect(experiment.json.contains(#""kind":"experiment","section":"1.2","#))
    #expect(experiment.text(.en).contains("· experiment · 1.2 · 2 min"))
    #expect(json.hasSuffix(#""questions":["Q2-3","Q2-8","Q2-9"],"figures":["tcp-header"]}"#))
  }
}

/// Mistakes in these keys are found where they are.
@Suite struct StatementReadingTests {
  private static func problems(_ lines: String) -> [LessonProblem] {
    let text = """
      lesson: L01
      section: "1.1"
      title: {ko: 가, en: a}
      summary: {ko: 가, en: a}
      minutes: 5
      steps:
        - id: one
          ko: 가
          en: a
      """
    do {
      _ = try Lesson(yaml: text + "\n" + lines)
      return []
    } catch {
      return error.problems
    }
  }

  @Test(arguments: [
    ("    proves: [1.2-x]\n    expect: {frames.count: 0}", "“1.2-x” is no statement", 14),
    ("    proves: [1.2-2, 1.2-2]\n    expect: {frames.count: 0}", "“1.2-2” is there twice", 21),
    ("    proves: 1.2-2", "a step that proves something needs “expect”", 13),
    ("    figure: tcp-heder", "“tcp-heder” is no figure", 13),
    ("    ask: {id: Q9-1, predict: frames.count, ko: 가, en: a}", "“Q9-1” is no question", 15),
    ("    fault: cut cabel", "“cabel” is no thing to cut", 16),
    ("    do: client process 0 socket tcp", "the process is a number", 24),
    ("    do: client proces 2 socket tcp", "a host cannot “proces”", 16),
  ])
  func mistakes(_ lines: String, _ message: String, _ column: Int) throws {
    let problem = try #require(Self.problems(lines).first)
    #expect(problem.message.hasPrefix(message))
    #expect(problem.line == 10)
    #expect(problem.column == column)
  }

  @Test func theMeantNameIsGiven() {
    #expect(Self.problems("    figure: tcp-heder").first?.suggestion == "tcp-header")
    #expect(Self.problems("    fault: cut cabel").first?.suggestion == "cable")
    #expect(Self.problems("    do: client proces 2 socket tcp").first?.suggestion == "process")
  }
}
