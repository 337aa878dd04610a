import Course
import Session
import Stack

/// The box of a question: what is asked, what was answered, what is said to it.
extension LessonScreen {
  /// The least height of a question's box.
  private static let questionHeight = 11

  private static let questionWidth = 64

  /// The rows that all of a question's box takes, its border included.
  func height(of question: QuestionRun, _ ask: AskState) -> Int {
    let body = questionBody(question, ask, width: Self.questionWidth - 6)
    let keys = rows(of: questionKeys(question, ask), width: Self.questionWidth - 5)
    return max(body.lines.count + 3 + keys.count, Self.questionHeight)
  }

  func drawQuestion(_ ask: AskState, on canvas: inout Canvas) {
    guard let question = model.question(ask.id) else { return }
    let width = Self.questionWidth
    let body = questionBody(question, ask, width: width - 6)
    let keys = rows(of: questionKeys(question, ask), width: width - 5)
    let height = min(height(of: question, ask), canvas.height - 2)
    // The box grows downwards, so that the question stays where it was first read.
    var frame = canvas.bounds.centred(Size(width: width, height: Self.questionHeight))
    frame.y = max(0, min(frame.y, canvas.height - 1 - height))
    frame.height = height
    let place = "\(model.run.lesson.id) · \(model.position.step + 1)/\(model.lessonSteps)"
    canvas.openBox(
      frame, title: questionTitle(question, ask), facts: [StyledText(place, .dim)], .accent
    ) { inside in
      for (row, line) in body.lines.prefix(height - 3 - keys.count).enumerated() {
        inside.text(line, at: 2, row + 1, width: width - 5)
      }
      if let cursor = body.cursor { inside.put(" ", at: 2 + cursor.x, cursor.row + 1, .cursor) }
      for (row, line) in keys.enumerated() {
        inside.text(line, at: 2, height - 2 - keys.count + row, width: width - 5)
      }
    }
  }

  private func questionTitle(_ question: QuestionRun, _ ask: AskState) -> [StyledText] {
    let name = question.isPrediction ? say("예측", "Predict") : say("질문", "Question")
    let title = StyledText(name, .bold)
    switch ask.stage {
    case .asking: return [title]
    case .wrong, .unreadable:
      return [title, StyledText(say(" · 아직 아니에요", " · not yet"), Style.warning.inBold)]
    case .right:
      return [title, StyledText(say(" · 맞았습니다", " · right"), Style.accent.inBold)]
    }
  }

  private struct QuestionBody {
    var lines: [[StyledText]] = []
    var cursor: (x: Int, row: Int)?
  }

  private func questionBody(_ question: QuestionRun, _ ask: AskState, width: Int) -> QuestionBody {
    var body = QuestionBody()
    let prompt = question.question.prompt.text(model.language, in: model.situation)
    body.lines = prompt.wrapped(to: width).map { [StyledText($0)] }
    body.lines.append([])
    let mine = question.isPrediction ? say("내 예측", "my answer") : say("내 답", "my answer")
    switch ask.stage {
    case .asking, .unreadable: askLines(question, ask, &body, width)
    case .wrong(let given, let feedback):
      labelled(mine, "! \(given)", Style.warning.inBold, &body, width)
      for phrase in feedback { indented(phrase.text(model.language), &body, width) }
    case .right(let given):
      labelled(mine, "✓ \(given)", Style.accent.inBold, &body, width)
      let right = rightText(question)
      // What is long and the same is not said twice.
      if right != given || right.displayWidth <= width - 14 {
        labelled(say("엔진", "engine"), "= \(right)", .bold, &body, width)
      }
      if let explanation = question.question.explanation {
        indented(explanation.text(model.language, in: model.run.end(of: model.step)), &body, width)
      }
    }
    for hint in question.question.hints.prefix(ask.hints) where !isRight(ask) {
      body.lines.append([])
      let text = hint.text(model.language, in: model.situation)
      labelled(say("힌트", "hint"), text, .plain, &body, width)
    }
    body.lines.append([])
    return body
  }

  private func isRight(_ ask: AskState) -> Bool {
    if case .right = ask.stage { true } else { false }
  }

  private func labelled(
    _ label: String, _ text: String, _ style: Style, _ body: inout QuestionBody, _ width: Int
  ) {
    for (row, line) in text.wrapped(to: width - 12).enumerated() {
      let name = (row == 0 ? label : "").padded(to: 12)
      body.lines.append([StyledText(name, .dim), StyledText(line, style)])
    }
  }

  private func indented(_ text: String, _ body: inout QuestionBody, _ width: Int) {
    for line in text.wrapped(to: width - 12) {
      body.lines.append([StyledText(String(repeating: " ", count: 12) + line)])
    }
  }

  private func askLines(
    _ question: QuestionRun, _ ask: AskState, _ body: inout QuestionBody, _ width: Int
  ) {
    switch question.question.kind {
    case .predict:
      let label = question.question.label?.text(model.language) ?? say("답", "answer")
      let shown = ask.text + String(repeating: "_", count: max(0, 20 - ask.text.displayWidth))
      body.cursor = (label.displayWidth + 5 + ask.text.displayWidth, body.lines.count)
      body.lines.append([StyledText("\(label)   > ", .bold), StyledText(shown)])
      body.lines.append([])
      if case .unreadable(let phrase) = ask.stage {
        body.lines.append([StyledText("! \(phrase.text(model.language))", .warning)])
      } else if case .sequence? = question.value {
        body.lines.append([StyledText(numberHelp, .dim)])
      }
    case .choose, .next:
      for (index, option) in question.question.options.enumerated() {
        listLine(option.text(model.language, in: model.situation), index, ask, &body, width)
      }
    case .point(let paths):
      let candidates = model.pointCandidates(paths)
      let first = min(max(0, ask.cursor - 4), max(0, candidates.count - 9))
      for index in candidates.indices.dropFirst(first).prefix(9) {
        listLine(candidates[index].fieldName, index, ask, &body, width)
      }
      let below = candidates.count - first - 9
      body.lines.append([
        StyledText(below > 0 ? say("  ▾ \(below)칸 더", "  ▾ \(below) more") : "", .dim)
      ])
    case .order(let items):
      for (index, item) in items.enumerated() {
        let place = ask.order.firstIndex(of: index).map { "\($0 + 1)  " } ?? "–  "
        listLine(
          place + item.text.text(model.language, in: model.situation), index, ask, &body, width)
      }
      if case .unreadable(let phrase) = ask.stage {
        body.lines += [[], [StyledText("! \(phrase.text(model.language))", .warning)]]
      }
    }
  }

  private var numberHelp: String {
    let origin = scene.origins.first { $0.name == "c" }
    let known = origin.map { "   c = \(scene.hexadecimal($0.iss))" } ?? ""
    return say(
      "0x로 쓰기, 십진수, c+숫자 모두 됩니다.\(known)", "As 0x…, in decimal, or as c+number.\(known)")
  }

  private func listLine(
    _ text: String, _ index: Int, _ ask: AskState, _ body: inout QuestionBody, _ width: Int
  ) {
    let isHere = index == ask.cursor
    for (row, line) in text.wrapped(to: width - 2).enumerated() {
      let mark = isHere && row == 0 ? "▸ " : "  "
      body.lines.append([
        StyledText(mark, Style.accent.inBold), StyledText(line, isHere ? .bold : .plain),
      ])
    }
  }

  private func rightText(_ question: QuestionRun) -> String {
    switch (question.right, question.question.kind) {
    case (.typed(let text), _): return text
    case (_, .point(let paths)):
      return paths.map(\.fieldName).joined(separator: say(" 또는 ", " or "))
    case (.choice(let place), _):
      let options = question.question.options
      return options.indices.contains(place)
        ? options[place].text(model.language, in: model.situation) : ""
    case (.order(let places), .order(let items)):
      return model.text(of: places, in: items.map(\.text))
    default: return ""
    }
  }

  /// The keys that act in the box, and what help there is.
  private func questionKeys(_ question: QuestionRun, _ ask: AskState) -> [[StyledText]] {
    func key(_ name: String, _ ko: String, _ en: String) -> [StyledText] {
      [StyledText(name, .accent), StyledText(" " + say(ko, en), .dim)]
    }
    let choose = key("↑↓", "고르기", "choose")
    let hint = hintKey(question, ask).map { [$0] } ?? []
    switch ask.stage {
    case .asking, .unreadable:
      let answer = key("enter", "답하기", "answer")
      let later = key("esc", "나중에", "later")
      switch question.question.kind {
      case .predict: return [answer] + hint + [later]
      case .choose, .point, .next: return [answer, choose] + hint + [later]
      case .order:
        let order = key("space", "다음 차례로", "comes next")
        // An order can be judged when it is whole.
        return [choose, order, answer] + hint + [later]
      }
    case .wrong:
      let watch = key("space", "실행해서 보기", "run it and see")
      let again = key("enter", "다시 답하기", "answer again")
      return (ask.tries >= 2 ? [watch] + hint + [again] : [again] + hint + [watch])
    case .right: return [key("enter", "이어서", "go on")]
    }
  }

  /// How many hints were seen and how many there are for this learner, or when there will be one.
  private func hintKey(_ question: QuestionRun, _ ask: AskState) -> [StyledText]? {
    let all = question.question.hints.count
    let open = model.hintsOpen(question, ask)
    guard all > 0 else { return nil }
    guard open > 0 else {
      return [StyledText(say("힌트는 한 번 답한 뒤에", "a hint after your first try"), .dim)]
    }
    let count = say("힌트 \(ask.hints)/\(open)", "hint \(ask.hints)/\(open)")
    // With all of them on the screen the key would do nothing.
    if ask.hints >= open { return [StyledText(count, .dim)] }
    return [StyledText("tab", .accent), StyledText(" " + count, .dim)]
  }

  /// Keys in as many rows as they need.
  private func rows(of keys: [[StyledText]], width: Int) -> [[StyledText]] {
    var rows: [[StyledText]] = [[]]
    for key in keys {
      let gap = rows[rows.count - 1].isEmpty ? [] : [StyledText("   ")]
      if rows[rows.count - 1].displayWidth + gap.displayWidth + key.displayWidth <= width {
        rows[rows.count - 1] += gap + key
      } else {
        rows.append(key)
      }
    }
    return rows
  }
}
