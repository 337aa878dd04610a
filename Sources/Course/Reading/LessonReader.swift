import Yams

/// All that is wrong in a lesson file, in the order of the lines.
public struct LessonProblems: Error, Sendable {
  public var problems: [LessonProblem]
}

extension Lesson {
  /// Reads a lesson from its YAML text.
  ///
  /// All problems of the file are found in one go, except that a text which is no YAML ends the
  /// reading.
  public init(yaml text: String) throws(LessonProblems) {
    var reader = LessonReader(text: text)
    let lesson = reader.lesson()
    let problems = reader.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    guard let lesson, problems.isEmpty else { throw LessonProblems(problems: problems) }
    self = lesson
  }
}

/// Walks the nodes of a lesson file and collects what is wrong.
struct LessonReader {
  let text: String
  /// For finding the place of a word inside a longer text.
  let lines: [Substring]
  var problems: [LessonProblem] = []
  var context = PathContext(hosts: LessonWorld().hosts)
  var runNames: [String] = [LessonRunPlan.main]
  /// The hosts of each run's world.
  var runHosts: [String: [String]] = [:]

  init(text: String) {
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static let keys = [
    "lesson", "section", "title", "summary", "minutes", "needs", "world", "runs", "steps",
  ]

  mutating func lesson() -> Lesson? {
    guard let root = document() else { return nil }
    guard let entries = entries(root, of: "a lesson", known: Self.keys) else { return nil }
    let id = required("lesson", in: entries).flatMap { lessonID($0) }
    let section = required("section", in: entries).flatMap { string($0, for: "section") }
    let title = required("title", in: entries).flatMap { phrase($0, for: "title") }
    let summary = required("summary", in: entries).flatMap { phrase($0, for: "summary") }
    let minutes = required("minutes", in: entries).flatMap {
      integer($0, for: "minutes", in: 1...99)
    }
    let needs = entries["needs"].map { list($0).compactMap { lessonID($0) } } ?? []
    var world = LessonWorld()
    if let node = entries["world"] { read(&world, from: node) }
    context = PathContext(hosts: world.hosts)
    let runs = entries["runs"].map { self.runs($0, world: world) } ?? []
    context = PathContext(hosts: world.hosts)
    runNames += runs.map(\.name)
    runHosts = Dictionary(
      runs.map { ($0.name, $0.world.hosts) } + [(LessonRunPlan.main, world.hosts)]
    ) { first, _ in first }
    let steps = required("steps", in: entries).map { self.steps($0) }
    guard let id, let section, let title, let summary, let minutes, let steps else { return nil }
    if id.part == .experiment, !section.hasPrefix("\(id.section).") {
      report("\(id) belongs to section \(id.section)", at: entries["section"]?.place)
    }
    if id.part == .advanced, section != AdvancedPart.name {
      report(
        "\(id) lies beyond the book’s sections", at: entries["section"]?.place,
        suggestion: AdvancedPart.name)
    }
    return Lesson(
      id: id, section: section, title: title, summary: summary, minutes: minutes, needs: needs,
      world: world, runs: runs, steps: steps)
  }

  private mutating func document() -> Node? {
    do {
      // Without the standard resolver every plain word stays a word: `no` is a text, `1.10` a
      // section.
      guard let node = try Yams.compose(yaml: text, .basic) else {
        report("the file is empty", at: FilePlace(line: 1, column: 1))
        return nil
      }
      return node
    } catch {
      report(yaml: error)
      return nil
    }
  }

  private mutating func report(yaml error: any Error) {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      report("this is no YAML: \(problem)", at: FilePlace(mark))
    case YamlError.duplicatedKeysInMapping(let duplicates, let context):
      report(duplicates: duplicates, inMappingAt: FilePlace(context.mark))
    case YamlError.reader(let problem, _, _, _):
      report("the file cannot be read as text: \(problem)", at: FilePlace(line: 1, column: 1))
    default:
      report("this is no YAML", at: FilePlace(line: 1, column: 1))
    }
  }

  private mutating func lessonID(_ node: Node) -> LessonID? {
    guard let word = string(node, for: "lesson") else { return nil }
    if let id = LessonID(word) { return id }
    report("“\(word)” is no lesson’s name; write L01 … L20, A01 … A10 or X1-01", at: node.place)
    return nil
  }

  private mutating func runs(_ node: Node, world: LessonWorld) -> [LessonRunPlan] {
    guard case .mapping(let mapping) = node else {
      report("runs is a list of names, each with a title", at: node.place)
      return []
    }
    return mapping.compactMap { key, value in
      guard let name = string(key, for: "runs") else { return nil }
      if name == LessonRunPlan.main {
        report(
          "“main” is the run that every lesson begins with; choose another name", at: key.place)
      }
      guard
        let entries = entries(value, of: "the run “\(name)”", known: ["title", "world"])
      else { return nil }
      let title = required("title", in: entries).flatMap { phrase($0, for: "title") }
      var runWorld = world
      if let node = entries["world"] {
        read(&runWorld, from: node)
        runWorld.keepsProfile = node.mapping?["profile"] != nil
      }
      return title.map { LessonRunPlan(name: name, title: $0, world: runWorld) }
    }
  }
}
