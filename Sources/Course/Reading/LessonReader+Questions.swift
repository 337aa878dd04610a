import Yams

extension LessonReader {
  private static let kinds = ["predict", "choose", "point", "order", "next"]
  private static let questionKeys =
    ["id"] + kinds + ["ko", "en", "label", "within", "near", "hints", "right"]

  /// `ask` is one question or a list of them.
  mutating func questions(_ node: Node, step: String) -> [Question] {
    let nodes = list(node)
    return nodes.enumerated().compactMap { index, node in
      question(node, id: nodes.count == 1 ? step : "\(step).\(index + 1)")
    }
  }

  private mutating func question(_ node: Node, id: String) -> Question? {
    guard let entries = entries(node, of: "a question", known: Self.questionKeys) else {
      return nil
    }
    let prompt = narration(in: entries)
    let label = entries["label"].flatMap { phrase($0, for: "label") }
    let kind = kind(of: entries)
    let near = entries["near"].map { list($0).compactMap { nearAnswer($0) } } ?? []
    let hints =
      entries["hints"].map { node in list(node).compactMap { narration($0, for: "hints") } } ?? []
    let right = entries["right"].flatMap { narration($0, for: "right") }
    guard let prompt, let kind else { return nil }
    return Question(
      id: id, name: entries["id"].flatMap { questionName($0) }, prompt: prompt, label: label,
      kind: kind, tolerance: entries["within"].flatMap { tolerance($0) } ?? 0, near: near,
      hints: hints,
      explanation: right, line: entries.place?.line ?? 1)
  }

  /// `within: 1 ms`, `within: 10`.
  private mutating func tolerance(_ node: Node) -> Int? {
    guard let expression = expression(node, for: "within") else { return nil }
    switch expression.root {
    case .literal(.number(let number)) where number >= 0: return number
    case .literal(.duration(let span)): return span
    default:
      report("“within” is a number or a time such as 1 ms", at: node.place)
      return nil
    }
  }

  private mutating func questionName(_ node: Node) -> QuestionName? {
    guard let word = string(node, for: "id") else { return nil }
    if let name = QuestionName(word) { return name }
    report("“\(word)” is no question’s name; write it like Q1-7", at: node.place)
    return nil
  }

  private mutating func kind(of entries: NodeEntries) -> Question.Kind? {
    let present = entries.list.filter { Self.kinds.contains($0.key) }
    guard let first = present.first else {
      report(
        "the question has no answer; add predict, choose, point, order or next", at: entries.place)
      return nil
    }
    if present.count > 1 {
      report(
        "a question has one kind of answer, and “\(first.key)” is there already",
        at: present[1].place)
    }
    switch first.key {
    case "predict":
      guard let expression = expression(first.node, for: first.key) else { return nil }
      if expression.paths.isEmpty {
        report(
          "the answer is read from the engine: name a place such as client.socket.state",
          at: first.node.place)
      }
      return .predict(expression)
    case "choose": return .choose(choices(first.node))
    case "point": return .point(paths(first.node, for: first.key))
    case "next": return .next(nextEvents(first.node))
    default: return .order(order(first.node))
    }
  }

  private mutating func choices(_ node: Node) -> [Question.Choice] {
    let nodes = list(node)
    if nodes.count < 2 { report("a choice needs at least two answers", at: node.place) }
    let choices = nodes.compactMap { choice($0) }
    if choices.count == nodes.count, choices.count(where: { $0.condition == nil }) > 1 {
      report("only one answer can be right “otherwise”", at: node.place)
    }
    return choices
  }

  private mutating func choice(_ node: Node) -> Question.Choice? {
    let keys = ["ko", "en", "when", "feedback", "misconception"]
    guard let entries = entries(node, of: "an answer", known: keys) else { return nil }
    let text = narration(in: entries)
    let feedback = entries["feedback"].flatMap { narration($0, for: "feedback") }
    let misconception = entries["misconception"].flatMap { self.misconception($0) }
    guard let when = entries["when"] else {
      report(
        "this answer does not say when it is right; add “when”, or “when: otherwise”",
        at: entries.place)
      return nil
    }
    var condition: Expression?
    if case .scalar(let scalar) = when, scalar.string == "otherwise" {
      condition = nil
    } else {
      condition = expression(when, for: "when")
      if let condition, condition.paths.isEmpty {
        report("“when” asks the engine: compare a place with a value", at: when.place)
      }
      if condition == nil { return nil }
    }
    return text.map {
      Question.Choice(
        text: $0, condition: condition, feedback: feedback, misconception: misconception)
    }
  }

  private mutating func order(_ node: Node) -> [Question.OrderItem] {
    let nodes = list(node)
    if nodes.count < 2 { report("an order needs at least two things", at: node.place) }
    return nodes.compactMap { orderItem($0) }
  }

  private mutating func orderItem(_ node: Node) -> Question.OrderItem? {
    let keys = ["ko", "en", "at"]
    guard let entries = entries(node, of: "a thing to put in order", known: keys) else {
      return nil
    }
    let text = narration(in: entries)
    let pattern = required("at", in: entries).flatMap { self.pattern($0) }
    guard let text, let pattern else { return nil }
    return Question.OrderItem(text: text, pattern: pattern)
  }

  private mutating func nearAnswer(_ node: Node) -> Question.NearAnswer? {
    let keys = ["is", "ko", "en", "misconception"]
    guard let entries = entries(node, of: "a near answer", known: keys) else { return nil }
    let value = required("is", in: entries).flatMap { expression($0, for: "is") }
    let feedback = narration(in: entries)
    let misconception = entries["misconception"].flatMap { self.misconception($0) }
    guard let value, let feedback else { return nil }
    return Question.NearAnswer(value: value, feedback: feedback, misconception: misconception)
  }

  private mutating func nextEvents(_ node: Node) -> [Question.NextEvent] {
    let nodes = list(node)
    if nodes.count < 2 {
      report("“next” offers at least two events", at: node.place)
    }
    return nodes.compactMap { nextEvent($0) }
  }

  private mutating func nextEvent(_ node: Node) -> Question.NextEvent? {
    let keys = ["ko", "en", "at", "feedback", "misconception"]
    guard let entries = entries(node, of: "an event that may come next", known: keys) else {
      return nil
    }
    let text = narration(in: entries)
    let pattern = required("at", in: entries).flatMap { self.pattern($0) }
    let feedback = entries["feedback"].flatMap { narration($0, for: "feedback") }
    let misconception = entries["misconception"].flatMap { self.misconception($0) }
    guard let text, let pattern else { return nil }
    return Question.NextEvent(
      text: text, pattern: pattern, feedback: feedback, misconception: misconception)
  }

  /// `misconception: M2.2a`.
  private mutating func misconception(_ node: Node) -> Misconception? {
    guard let word = string(node, for: "misconception") else { return nil }
    if let found = Misconception(word) { return found }
    report(
      "“\(word)” is no misconception of the chapter", at: node.place,
      suggestion: Suggestion.nearest(to: word, in: Misconception.all.map(\.description)))
    return nil
  }
}
