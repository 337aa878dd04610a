import Course

/// The map: which lesson is chosen.
public struct MapModel: Hashable, Sendable {
  var chosen: LessonID?

  enum Outcome: Hashable {
    case stays
    case opens(LessonID, anew: Bool)
    case turnsLanguage, closed
  }

  mutating func update(_ input: Input, lessons: [Lesson]) -> Outcome {
    guard case .key(let key) = input else { return .stays }
    let keys = key.actions
    if key == .function(2) { return .turnsLanguage }
    if keys.contains(.character("q")) { return .closed }
    if key == .enter, let chosen { return .opens(chosen, anew: false) }
    if keys.contains(.character("r")), let chosen { return .opens(chosen, anew: true) }
    if key == .down || key == .right || keys.contains(.character("j"))
      || keys.contains(.character("l"))
    {
      move(1, lessons)
    }
    if key == .up || key == .left || keys.contains(.character("k"))
      || keys.contains(.character("h"))
    {
      move(-1, lessons)
    }
    return .stays
  }

  private mutating func move(_ step: Int, _ lessons: [Lesson]) {
    let place = lessons.firstIndex { $0.id == chosen } ?? 0
    guard lessons.indices.contains(place + step) else { return }
    chosen = lessons[place + step].id
  }
}

/// The map as a picture: sections with their lessons, and what the chosen one is about.
func renderMap(
  _ map: MapModel, _ lessons: [Lesson], _ progress: LearnerProgress, _ language: Language,
  _ size: Size
) -> CellGrid {
  guard size.width >= 80, size.height >= 24 else { return renderTooSmall(size, language) }
  func say(_ ko: String, _ en: String) -> String { language == .ko ? ko : en }
  var canvas = Canvas(size)
  canvas.text("sockscope", at: 1, 0, .bold)
  let done = lessons.count { progress.entries[$0.id]?.isDone ?? false }
  let count = say("끝낸 수업 \(done) / \(lessons.count)", "lessons done \(done) / \(lessons.count)")
  canvas.text(
    [StyledText(count), StyledText(language == .ko ? "   ko " : "   en ", .dim)],
    endingBefore: size.width - 1, 0)
  canvas.horizontalLine(at: 0, 1, length: size.width)
  canvas.text(
    say("TCP/IP 데이터를 전기 신호로 만들어 보내기", "How TCP/IP turns data into an electric signal"),
    at: 3, 3, .bold)
  var y = 5
  var section: Int?
  let bottom = size.height - 9
  for lesson in lessons where y < bottom - 1 {
    if lesson.chapterSection != section {
      if section != nil { y += 1 }
      section = lesson.chapterSection
      let part = section.flatMap { ChapterSection(rawValue: $0) }
      let name = part?.title ?? Phrase(ko: "책 너머로", en: "Beyond the book")
      canvas.text(part.map { "\($0.rawValue)" } ?? "+", at: 3, y, .bold)
      canvas.text(name.text(language), at: 6, y, .bold)
      y += 1
    }
    let isChosen = lesson.id == map.chosen
    let style: Style = isChosen ? Style.accent.inBold : .plain
    if isChosen { canvas.text("▸", at: 4, y, style) }
    canvas.text("\(lesson.id)", at: 6, y, style)
    canvas.text(lesson.title.text(language), at: 11, y, style, width: size.width - 34)
    canvas.text(
      say("\(lesson.minutes)분", "\(lesson.minutes) min"), endingBefore: size.width - 12, y, .dim)
    drawState(progress.entries[lesson.id], of: lesson, at: size.width - 4, y, on: &canvas)
    y += 1
  }
  if let lesson = lessons.first(where: { $0.id == map.chosen }) {
    drawChosen(lesson, known: lessons.map(\.id), language, at: bottom, on: &canvas)
  }
  canvas.horizontalLine(at: 0, size.height - 2, length: size.width)
  let isBegun = map.chosen.flatMap { progress.entries[$0] } != nil
  var keys = [("enter", isBegun ? say("이어서", "continue") : say("시작", "start"))]
  if isBegun { keys.append(("r", say("처음부터", "from the start"))) }
  keys += [
    ("↑↓", say("고르기", "choose")), ("F2", say("English", "한국어")), ("q", say("끝", "quit")),
  ]
  canvas.text(
    keys.flatMap { [StyledText($0.0, .accent), StyledText(" \($0.1)   ", .dim)] }, at: 1,
    size.height - 1)
  return canvas.grid
}

private func drawChosen(
  _ lesson: Lesson, known: [LessonID], _ language: Language, at y: Int, on canvas: inout Canvas
) {
  func say(_ ko: String, _ en: String) -> String { language == .ko ? ko : en }
  canvas.titleRule(
    TitleRule(
      "\(lesson.id) \(lesson.title.text(language))",
      facts: say(
        "\(lesson.section) · \(lesson.minutes)분 · \(lesson.steps.count)단계",
        "section \(lesson.section) · \(lesson.minutes) min · \(lesson.steps.count) steps"),
      isFocused: true), at: 0, y, width: canvas.width)
  let rows = canvas.wrappedText(
    lesson.summary.text(language), at: 3, y + 2, width: canvas.width - 6)
  let needs = lesson.needs.filter { known.contains($0) }.map(\.description).joined(separator: ", ")
  guard !needs.isEmpty, rows < 4 else { return }
  canvas.text(say("먼저", "first"), at: 3, y + 3 + rows, .dim)
  canvas.text(needs, at: 10, y + 3 + rows)
}

/// `✓` for a finished lesson, `3/9` for one that was begun.
private func drawState(
  _ entry: LearnerProgress.Entry?, of lesson: Lesson, at endX: Int, _ y: Int,
  on canvas: inout Canvas
) {
  guard let entry else { return }
  let text = entry.isDone ? "✓" : "\(entry.step + 1)/\(lesson.steps.count)"
  canvas.text(text, endingBefore: endX, y, entry.isDone ? .dim : .plain)
}
