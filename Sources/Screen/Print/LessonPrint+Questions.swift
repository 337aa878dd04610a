import Course

// Questions, and their answers as the engine gave them.
extension LessonPrinter {
  mutating func ask(_ question: QuestionRun, _ number: String, _ situation: Situation) {
    text.gap()
    let prompt = question.question.prompt.text(language, in: situation)
    labelled(say("질문", "Question") + number, prompt)
    switch question.question.kind {
    case .predict, .point: break
    case .choose, .next:
      items(question.question.options.map { $0.text(language, in: situation) })
    case .order(let items):
      self.items(items.map { $0.text.text(language, in: situation) })
    }
  }

  mutating func answer(_ question: QuestionRun, _ number: String, _ situation: Situation) {
    text.gap()
    labelled(say("✓ 답", "✓ Answer") + number, rightAnswer(question, situation))
    if let explanation = question.question.explanation {
      labelled("", explanation.text(language, in: situation))
    }
    for thought in question.question.commonThoughts {
      labelled(say("흔한 생각", "Many think"), "“\(thought.misconception.thought.text(language))”")
      labelled("", thought.feedback.text(language, in: situation))
    }
  }

  private func rightAnswer(_ question: QuestionRun, _ situation: Situation) -> String {
    switch (question.right, question.question.kind) {
    case (.typed(let value), _):
      return [question.question.label?.text(language), value].compactMap { $0 }
        .joined(separator: " = ")
    case (.choice(let place), .choose), (.choice(let place), .next):
      let options = question.question.options
      guard options.indices.contains(place) else { return "–" }
      return "\(Self.letter(place))) " + options[place].text(language, in: situation)
    case (.place, .point(let paths)):
      return paths.map(\.description).joined(separator: say(" 또는 ", " or "))
    case (.order(let places), _):
      return places.map { Self.letter($0) }.joined(separator: " → ")
    default: return "–"
    }
  }

  private mutating func items(_ texts: [String]) {
    for (place, item) in texts.enumerated() {
      let indent = Self.labelColumn
      text.labelled("\(Self.letter(place)))", item, indent: indent, column: indent + 3)
    }
  }

  private mutating func labelled(_ label: String, _ body: String) {
    text.labelled(label, body, column: Self.labelColumn)
  }

  private static func letter(_ place: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return letters.indices.contains(place) ? String(letters[place]) : "\(place + 1)"
  }
}
