import Course
import Session
import Stack

/// Boxes over the panes: question, help, input lines.
extension LessonScreen {
  func draw(_ overlay: LessonModel.Overlay, on canvas: inout Canvas) {
    switch overlay {
    case .help(let page): drawHelp(page, on: &canvas)
    case .question(let ask): drawQuestion(ask, on: &canvas)
    case .search(let text):
      drawLine(say("찾기", "Search"), say("필드 이름", "field name"), text, on: &canvas)
    case .goTo(let text):
      drawLine(say("이동", "Go to"), say("순간이나 시각", "moment or time"), text, on: &canvas)
    case .write(let state): drawWriting(state, on: &canvas)
    case .glossary(let state): drawGlossary(state, on: &canvas)
    case .readers(let field, let readers): drawReaders(field, readers, on: &canvas)
    }
  }

  private func drawLine(
    _ title: String, _ label: String, _ text: String, on canvas: inout Canvas
  ) {
    let frame = canvas.bounds.centred(Size(width: 52, height: 5))
    canvas.openBox(frame, title: [StyledText(title, .bold)], .accent) { inside in
      inside.text("\(label)  > \(text)", at: 2, 0)
      inside.put(" ", at: 6 + label.displayWidth + text.displayWidth, 0, .cursor)
      inside.text(
        [
          StyledText("enter", .accent), StyledText(say(" 확인   ", " do it   "), .dim),
          StyledText("esc", .accent), StyledText(say(" 나가기", " leave"), .dim),
        ], at: 2, 2)
    }
  }

  // MARK: Questions

  /// The least height of a question's box.
  private static let questionHeight = 11

  private func drawQuestion(_ ask: AskState, on canvas: inout Canvas) {
    guard let question = model.question(ask.id) else { return }
    let width = 64
    let body = questionBody(question, ask, width: width - 6)
    let height = min(max(body.lines.count + 4, Self.questionHeight), canvas.height - 2)
    // The box grows downwards, so that the question stays where it was first read.
    var frame = canvas.bounds.centred(Size(width: width, height: Self.questionHeight))
    frame.y = max(0, min(frame.y, canvas.height - 1 - height))
    frame.height = height
    let place = "\(model.run.lesson.id) · \(model.position.step + 1)/\(model.lessonSteps)"
    canvas.openBox(
      frame, title: questionTitle(question, ask), facts: [StyledText(place, .dim)], .accent
    ) { inside in
      for (row, line) in body.lines.prefix(height - 4).enumerated() {
        inside.text(line, at: 2, row + 1, width: width - 5)
      }
      if let cursor = body.cursor { inside.put(" ", at: 2 + cursor.x, cursor.row + 1, .cursor) }
      inside.text(body.keys, at: 2, height - 3, width: width - 5)
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
    var keys: [StyledText] = []
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
      labelled(say("엔진", "engine"), "= \(right)", .bold, &body, width)
      if let explanation = question.question.explanation {
        indented(explanation.text(model.language, in: model.run.end(of: model.step)), &body, width)
      }
    }
    for hint in question.question.hints.prefix(ask.hints) where !isRight(ask) {
      body.lines.append([])
      let text = say("힌트  ", "hint  ") + hint.text(model.language, in: model.situation)
      for line in text.wrapped(to: width, hanging: 6) { body.lines.append([StyledText(line)]) }
    }
    body.lines.append([])
    body.keys = questionKeys(question, ask)
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
    case .choose(let choices):
      for (index, choice) in choices.enumerated() {
        let text = choice.text.text(model.language, in: model.situation)
        listLine(text, index, ask, &body, width)
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
    case (.choice(let place), .choose(let choices)):
      return choices.indices.contains(place)
        ? choices[place].text.text(model.language, in: model.situation) : ""
    case (.order(let places), _): return places.map { "\($0 + 1)" }.joined(separator: " ")
    default: return ""
    }
  }

  private func questionKeys(_ question: QuestionRun, _ ask: AskState) -> [StyledText] {
    var keys: [(String, String)] = []
    let hints = question.question.hints.count
    let hint = (
      "tab",
      ask.hints == 0
        ? say("힌트", "hint") : say("힌트 \(ask.hints)/\(hints)", "hint \(ask.hints)/\(hints)")
    )
    switch ask.stage {
    case .asking, .unreadable:
      keys = [("enter", say("답하기", "answer"))]
      switch question.question.kind {
      case .choose, .point: keys.append(("↑↓", say("고르기", "choose")))
      case .order: keys += [("↑↓", say("고르기", "choose")), ("space", say("다음 차례로", "comes next"))]
      case .predict: break
      }
      if hints > 0 { keys.append(hint) }
      keys.append(("esc", say("나중에", "later")))
    case .wrong:
      let watch = ("space", say("실행해서 보기", "run it and see"))
      let again = ("enter", say("다시 답하기", "answer again"))
      keys = ask.tries >= 2 ? [watch, again] : [again, watch]
      if hints > 0 { keys.insert(hint, at: 1) }
    case .right: keys = [("enter", say("이어서", "go on"))]
    }
    return keys.flatMap { key, text in
      [StyledText(key, .accent), StyledText(" \(text)   ", .dim)]
    }
  }

  // MARK: Help

  private func drawHelp(_ page: Int, on canvas: inout Canvas) {
    let frame = canvas.bounds.centred(
      Size(width: min(80, canvas.width), height: min(24, canvas.height)))
    canvas.openBox(
      frame, title: [StyledText(say("도움", "Help"), .bold)],
      facts: [StyledText("\(page + 1)/2", .dim)], .accent
    ) { inside in
      if page == 0 {
        drawBindings([.time], say("시간", "Time"), at: 2, on: &inside)
        drawBindings([.look], say("보기", "Look"), at: 40, on: &inside)
      } else {
        drawBindings([.views], say("뷰", "Views"), at: 2, on: &inside)
        drawBindings([.program], say("프로그램", "Program"), at: 40, on: &inside)
        drawSigns(at: 2, 9, on: &inside)
      }
      inside.text(
        [
          StyledText("tab", .accent), StyledText(say(" 다른 쪽   ", " other page   "), .dim),
          StyledText("esc", .accent), StyledText(say(" 닫기", " close"), .dim),
        ], at: 2, inside.height - 1)
    }
  }

  private func drawBindings(
    _ groups: [KeyBinding.Group], _ title: String, at x: Int, on canvas: inout Canvas
  ) {
    canvas.text(title, at: x, 1, .bold)
    for (row, binding) in KeyTable.all.filter({ groups.contains($0.group) }).enumerated() {
      canvas.text(binding.label, at: x + 2, 2 + row, .accent)
      canvas.text(binding.long.text(model.language), at: x + 13, 2 + row, width: 24)
    }
  }

  private func drawSigns(at x: Int, _ y: Int, on canvas: inout Canvas) {
    let signs: [(String, String, String)] = [
      ("*", "이 순간에 바뀜", "changed at this moment"), ("▸", "여기", "here"),
      ("–", "아직 값이 없음", "no value yet"), ("?", "모름, 또는 답할 때까지 가림", "not known, or covered"),
      ("✗", "잃음", "lost"), ("↻", "다시 보냄", "sent again"), ("!", "여기를 보세요", "look here"),
      ("⑂", "갈래", "branch"), ("[20]", "고른 바이트", "chosen bytes"),
      ("‹20›", "바뀐 바이트", "changed bytes"),
    ]
    canvas.text(say("기호", "Signs"), at: x, y, .bold)
    for (row, sign) in signs.enumerated() {
      canvas.text(sign.0, at: x + 2, y + 1 + row, .accent)
      canvas.text(say(sign.1, sign.2), at: x + 13, y + 1 + row)
    }
  }
}
