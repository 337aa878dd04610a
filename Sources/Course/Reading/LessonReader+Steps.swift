import Yams

extension LessonReader {
  private static let stepKeys = [
    "id", "kind", "title", "ko", "en", "after", "show", "point", "ask", "run", "fault", "inject",
    "do", "until", "expect", "words", "proves", "figure",
  ]

  mutating func steps(_ node: Node) -> [LessonStep] {
    guard case .sequence(let sequence) = node, !sequence.isEmpty else {
      report("“steps” is a list of steps, each beginning with “- id:”", at: node.place)
      return []
    }
    var steps: [LessonStep] = []
    var ids: [String] = []
    var run = LessonRunPlan.main
    for node in sequence {
      guard let entries = entries(node, of: "a step", known: Self.stepKeys) else { continue }
      if let node = entries["run"] {
        run = runName(node) ?? run
        // A run may have hosts of its own; its steps speak of these.
        if let hosts = runHosts[run] { context = PathContext(hosts: hosts) }
      }
      guard let step = step(entries, run: run) else { continue }
      if ids.contains(step.id) {
        report("there is already a step “\(step.id)”", at: entries["id"]?.place)
      }
      ids.append(step.id)
      steps.append(step)
    }
    return steps
  }

  private mutating func runName(_ node: Node) -> String? {
    guard let name = string(node, for: "run") else { return nil }
    if runNames.contains(name) { return name }
    unknown(name, for: "run of this lesson", known: runNames, at: node.place)
    return nil
  }

  private mutating func step(_ entries: NodeEntries, run: String) -> LessonStep? {
    let id = required("id", in: entries).flatMap { string($0, for: "id") }
    let kind = entries["kind"].map { choice($0, for: "kind", in: LessonStep.Kind.self) } ?? .run
    let title = entries["title"].flatMap { phrase($0, for: "title") }
    let narration = narration(in: entries)
    let afterword = entries["after"].flatMap { self.narration($0, for: "after") }
    let show = entries["show"].map { views($0) } ?? []
    let point = entries["point"].map { paths($0, for: "point") } ?? []
    let questions = entries["ask"].map { self.questions($0, step: id ?? "step") } ?? []
    let commands = ["fault", "inject", "do"].flatMap { self.commands($0, in: entries) }
    let until = entries["until"].flatMap { stepEnd($0) }
    let expectations = entries["expect"].map { self.expectations($0) } ?? []
    let words = entries["words"].map { self.words($0) } ?? []
    let proves = entries["proves"].map { statements($0) } ?? []
    if !proves.isEmpty, expectations.isEmpty {
      report("a step that proves something needs “expect”", at: entries["proves"]?.place)
    }
    let figure = entries["figure"].flatMap { choice($0, for: "figure", in: Figure.self) }
    guard let id, let kind, let narration else { return nil }
    return LessonStep(
      id: id, kind: kind, title: title ?? Phrase(ko: id, en: id), narration: narration,
      afterword: afterword, show: show, point: point, questions: questions, run: run,
      commands: commands,
      until: until, expectations: expectations, words: words, proves: proves,
      figure: figure, line: entries.place?.line ?? 1)
  }

  /// `proves: [1.2-2, 1.2-4]`.
  private mutating func statements(_ node: Node) -> [Statement] {
    var statements: [Statement] = []
    for node in list(node) {
      guard let word = string(node, for: "proves") else { continue }
      guard let statement = Statement(word) else {
        report("“\(word)” is no statement; write it like 1.2-4", at: node.place)
        continue
      }
      if statements.contains(statement) { report("“\(word)” is there twice", at: node.place) }
      statements.append(statement)
    }
    return statements
  }

  private mutating func views(_ node: Node) -> [LessonView] {
    let nodes = list(node)
    if nodes.count > 2 {
      report("a step shows at most two views beside its text", at: nodes[2].place)
    }
    return nodes.compactMap { choice($0, for: "view", in: LessonView.self) }
  }

  mutating func paths(_ node: Node, for key: String) -> [Path] {
    list(node).compactMap { node in
      guard let expression = expression(node, for: key) else { return nil }
      if let path = expression.path { return path }
      report(
        "“\(expression.source)” is no place; name a field such as client.socket.state",
        at: node.place)
      return nil
    }
  }

  /// The lines of `do`, `fault` or `inject`; the latter two are commands without their first word, but what
  /// is wrong may be any command.
  private mutating func commands(_ key: String, in entries: NodeEntries) -> [CommandLine] {
    guard let node = entries[key] else { return [] }
    return list(node).compactMap { node in
      guard let text = string(node, for: key) else { return nil }
      let isWhole =
        key == "do" || (key == "fault" && CommandLine.isWhole(text, in: context))
      var line = command(isWhole ? text : "\(key) \(text)", at: node.place)
      line?.isFault = key == "fault"
      return line
    }
  }

  /// Reads a command line and reports what is wrong in it.
  mutating func command(_ text: String, at mark: FilePlace?) -> CommandLine? {
    do {
      return try CommandLine(text, line: mark?.line ?? 0, in: context)
    } catch {
      let place = place(of: error.word ?? "", from: mark)
      report(error.message, at: place, suggestion: error.suggestion)
      return nil
    }
  }

  /// `expect: {client.socket.state: SYN-SENT}`.
  private mutating func expectations(_ node: Node) -> [Expectation] {
    guard let entries = entries(node, of: "expect", known: [], isOpen: true) else { return [] }
    return entries.list.compactMap { key, node, mark in
      let path = expression(key, at: mark)
      let value = expression(node, for: key)
      guard let path, let value else { return nil }
      if path.paths.isEmpty { report("“\(key)” names no place in the engine", at: mark) }
      return Expectation(path: path, value: value, line: mark?.line ?? 1)
    }
  }

  private mutating func words(_ node: Node) -> [LessonWord] {
    list(node).compactMap { node in
      guard let entries = entries(node, of: "a word", known: ["term", "ko", "en"]) else {
        return nil
      }
      let term = required("term", in: entries).flatMap { string($0, for: "term") }
      let meaning = phrase(in: entries)
      guard let term, let meaning else { return nil }
      return LessonWord(term: term, meaning: meaning)
    }
  }
}
