import Course
import Session
import Stack

/// The lesson's text at the left, the time line and the keys at the bottom.
extension LessonScreen {
  // MARK: The lesson

  func drawLessonPane(on canvas: inout Canvas) {
    let width = layout.lessonWidth
    let isFocused = model.focus == .lesson
    let opened = model.run.steps.count - model.lessonSteps
    let count =
      model.isInBranch
      ? "⑂ \(model.position.step + 1 - model.lessonSteps)/\(opened)"
      : "\(model.position.step + 1)/\(model.lessonSteps)"
    canvas.titleRule(
      TitleRule(
        [[StyledText(say("수업", "Lesson"), isFocused ? Style.accent.inBold : .plain)]],
        facts: [StyledText(count)], isFocused: isFocused), at: 0, 1, width: width)
    let margin = layout.isLarge ? 2 : 1
    let height = layout.closingRule - 2
    let room = Rectangle(x: margin, y: 2, width: width - 2 * margin, height: height)
    let lines = lessonLines(width: room.width, height: room.height)
    let first = min(model.lessonScroll, max(0, lines.count - room.height))
    canvas.within(room) { inside in
      for (row, line) in lines.dropFirst(first).prefix(room.height).enumerated() {
        inside.text(line, at: 0, row)
      }
    }
    if lines.count - first > room.height {
      canvas.text("▾", at: width - 2, layout.closingRule - 1, .accent)
    }
  }

  /// The step's text, what it points at, its words, and in a large window the list of steps.
  private func lessonLines(width: Int, height: Int) -> [[StyledText]] {
    let step = model.step.step
    var lines: [[StyledText]] = [[]]
    let narration = model.narration.text(model.language, in: model.situation)
    for paragraph in narration.split(separator: "\n", omittingEmptySubsequences: false) {
      let isItem = paragraph.hasPrefix("* ")
      for line in String(paragraph).wrapped(to: width, hanging: isItem ? 2 : 0) {
        lines.append([StyledText(line)])
      }
    }
    lines += questionLines(width)
    let words = step.words.flatMap { wordLines($0, width) }
    if !words.isEmpty {
      lines.append([])
      if layout.isLarge { lines.append([StyledText(say("낱말", "Words"), .bold)]) }
      lines += words
    }
    let list = layout.isLarge ? stepList(width) : []
    if !list.isEmpty, lines.count + list.count + 2 <= height {
      lines += Array(repeating: [], count: height - lines.count - list.count - 1)
      lines += list
    }
    return lines
  }

  private func questionLines(_ width: Int) -> [[StyledText]] {
    var lines: [[StyledText]] = []
    for question in model.step.questions {
      let id = question.question.id
      if let answer = model.answered[id] {
        let isOver = model.position.moment == model.step.last
        let open = isOver ? say("a로 답할 수 있습니다", "a answers it") : say("보고 있습니다", "watching it")
        let text = answer.isRight ? say("✓ 맞혔습니다", "✓ answered") : open
        lines.append([StyledText(text, .accent)])
      } else {
        let text =
          question.isPrediction
          ? say("? 예측할 것이 있습니다", "? something to predict")
          : say("? 질문이 있습니다", "? a question for you")
        lines.append([StyledText(text, Style.accent.inBold)])
      }
    }
    return lines.isEmpty ? [] : [[]] + lines
  }

  private func wordLines(_ word: LessonWord, _ width: Int) -> [[StyledText]] {
    let indent = String(repeating: " ", count: layout.isLarge ? 2 : 0)
    let room = word.term.displayWidth + 2
    let meaning = word.meaning.text(model.language)
    let wrapped = meaning.wrapped(to: width - indent.count - room)
    return wrapped.enumerated().map { row, line in
      let term = (row == 0 ? word.term : "").padded(to: room)
      return [StyledText(indent + term, .bold), StyledText(line)]
    }
  }

  private func stepList(_ width: Int) -> [[StyledText]] {
    var lines: [[StyledText]] = [[StyledText(say("단계", "Steps"), .bold)]]
    let digits = "\(model.lessonSteps)".count
    for (index, step) in model.run.steps.prefix(model.lessonSteps).enumerated() {
      let number = String(repeating: " ", count: digits - "\(index + 1)".count) + "\(index + 1)"
      let title = "\(number)  \(step.step.title.text(model.language))".truncated(to: width - 4)
      if index < model.position.step {
        lines.append([StyledText("  ✓ \(title)", .dim)])
      } else if index == model.position.step {
        lines.append([StyledText(" ▸  \(title)", Style.accent.inBold)])
      } else {
        lines.append([StyledText("    \(title)")])
      }
    }
    for (index, step) in model.run.steps.enumerated().dropFirst(model.lessonSteps) {
      let name = model.run.runs[step.run].name
      let title = "⑂ \(name) · \(step.step.title.text(model.language))".truncated(to: width - 4)
      let isHere = index == model.position.step
      lines.append([StyledText(isHere ? " ▸  \(title)" : "    \(title)", isHere ? .accent : .plain)]
      )
    }
    return lines
  }

  // MARK: Time line

  func drawTimeLine(on canvas: inout Canvas) {
    let total = max(1, model.runLength)
    let count = "\(model.position.moment)/\(model.runLength)"
    let width = canvas.width - 4 - max(count.displayWidth, 6)
    func column(_ moment: Int) -> Int { 1 + moment * (width - 1) / total }
    let now = column(model.position.moment)
    let y = layout.timeRow
    for x in 1...width {
      canvas.put(x < now ? "━" : "─", at: x, y, x < now ? .accent : .dim)
    }
    for step in model.run.steps where step.run == model.step.run && step.last > step.first {
      let x = column(step.first)
      canvas.put(x < now ? "┻" : "┴", at: x, y, x < now ? .accent : .dim)
    }
    canvas.put("╋", at: now, y, Style.accent.inBold)
    canvas.text(count, endingBefore: canvas.width - 1, y)
  }

  // MARK: Keys

  func drawKeys(on canvas: inout Canvas) {
    // An open box takes every key, and names its own.
    guard model.overlay == nil else { return }
    var x = 1
    for (label, text) in footer {
      let piece = [StyledText(label, Style(.accent)), StyledText(" \(text)", .dim)]
      guard x + piece.displayWidth <= canvas.width - 1 else { break }
      canvas.text(piece, at: x, layout.keyRow)
      x += piece.displayWidth + (layout.isLarge ? 3 : 2)
    }
  }

  /// The keys that act here, most useful first: what opens a question comes before everything.
  private var footer: [(String, String)] {
    if model.comparison != nil { return comparisonKeys }
    var actions: [Action] = []
    var lead: [(String, String)] = []
    if model.focus == .why, model.whyMoment != nil, model.whyMoment != model.position.moment {
      lead = [("enter", say("그 순간으로", "go there"))]
      actions = [.nextMoment, .previousMoment]
    } else if let question = model.dueQuestion {
      let act = question.isPrediction ? say("예측하기", "predict") : say("답하기", "answer")
      lead = [(model.enterAsks ? "enter" : "a", act)]
      if model.position.moment == model.step.first { actions = [.previousStep] }
    } else if model.position.moment == model.step.last, !isAtEnd, !model.isInBranch {
      lead = [(model.focus == .lesson ? "enter" : ".", say("다음 단계", "next step"))]
      actions = [.previousMoment, .previousStep]
    } else if model.isInBranch {
      lead = [("{", say("갈라지기 전으로", "back to before"))]
      actions = [.compare, .nextMoment, .previousMoment, .nextPacket, .nextPane, .why, .rename]
    } else if isAtEnd {
      lead = [("q", model.hasMap ? say("지도로", "back to the map") : say("끝", "quit"))]
      actions = [.previousMoment, .previousStep]
    } else if model.isPlaying {
      lead = [("space", say("멈춤", "pause"))]
      actions = [.slower, .faster, .nextMoment, .previousMoment]
    } else {
      actions = [.run, .nextMoment, .previousMoment, .nextPacket, .nextStep]
    }
    // Breaking is offered where something is on the wire.
    if !scene.world.frames.isEmpty, !model.cannotFork, model.dueQuestion == nil {
      actions.insert(.fault, at: min(1, actions.count))
    }
    // Writing is offered where a field is chosen.
    if model.focusedView == .memory, model.viewState(.memory).selection != nil {
      actions += [.why, .write, .readers]
    }
    if let view = model.focusedView, view == .buffers || view == .plot {
      actions += [.finer, .coarser]
    }
    actions += [.nextPane, .why, .zoom, .help, .quit].filter { !actions.contains($0) }
    if model.nextBranch != nil, model.position.moment == model.step.last, model.dueQuestion == nil {
      lead.append(("}", say("다음 갈래 ⑂", "next branch ⑂")))
    }
    // Nothing is offered twice, nor what leads nowhere.
    if lead.first?.0 == "q" { actions.removeAll { $0 == .quit } }
    if model.position == model.beginning { actions.removeAll { $0 == .previousStep } }
    return lead
      + actions.compactMap { action in
        KeyTable.binding(of: action).map { ($0.label, $0.short.text(model.language)) }
      }
  }

  private var isAtEnd: Bool { model.after(model.position) == nil }
}

/// Below the least size: only what size is needed.
func renderTooSmall(_ size: Size, _ language: Language) -> CellGrid {
  var canvas = Canvas(size)
  let needed = "80 × 24"
  let now = "\(size.width) × \(size.height)"
  guard size.width >= 24 else {
    canvas.text(now, at: 0, 0)
    canvas.text(needed, at: 0, 1)
    return canvas.grid
  }
  let x = min(3, max(0, size.width - 24))
  let lines =
    language == .ko
    ? ["화면이 조금 작습니다.", "", "지금  \(now)", "필요  \(needed)", "", "창을 키우면 그 자리에서 이어집니다.   q 끝"]
    : [
      "The screen is too small.", "", "now   \(now)", "need  \(needed)", "",
      "Enlarge it to go on.   q quit",
    ]
  let top = max(0, min(2, size.height - lines.count))
  for (row, line) in lines.enumerated() {
    canvas.text(line, at: x, top + row, width: size.width - x)
  }
  return canvas.grid
}
