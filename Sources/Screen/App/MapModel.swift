import Course

/// The map: which lesson is chosen. A section's experiments are a list of their own behind the lessons.
public struct MapModel: Hashable, Sendable {
  var chosen: LessonID?
  /// The lesson that was chosen before the experiments came up.
  private var before: LessonID?

  init(chosen: LessonID?) { self.chosen = chosen }

  var showsExperiments: Bool { chosen?.part == .experiment }

  /// What can be chosen now: the lessons, or the experiments of one section.
  func shown(of lessons: [Lesson]) -> [Lesson] {
    guard showsExperiments else { return lessons.filter { !$0.isExperiment } }
    return lessons.filter { $0.isExperiment && $0.id.section == chosen?.section }
  }

  /// The experiments that belong to the chosen lesson's section.
  func experiments(of lessons: [Lesson]) -> [Lesson] {
    let section = lessons.first { $0.id == chosen }?.chapterSection
    return lessons.filter { $0.isExperiment && $0.chapterSection == section }
  }

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
    if keys.contains(.character("x")) { turn(lessons) }
    if key == .enter, let chosen { return .opens(chosen, anew: false) }
    if keys.contains(.character("r")), let chosen { return .opens(chosen, anew: true) }
    if key == .down || key == .right || keys.contains(.character("j"))
      || keys.contains(.character("l"))
    {
      move(1, shown(of: lessons))
    }
    if key == .up || key == .left || keys.contains(.character("k"))
      || keys.contains(.character("h"))
    {
      move(-1, shown(of: lessons))
    }
    return .stays
  }

  /// From the lessons to the experiments of the chosen one's section, and back.
  private mutating func turn(_ lessons: [Lesson]) {
    if showsExperiments {
      let section = chosen.map { Int($0.section) }
      let first = lessons.first { !$0.isExperiment && $0.chapterSection == section }
      chosen = before ?? first?.id ?? lessons.first { !$0.isExperiment }?.id ?? chosen
    } else if let first = experiments(of: lessons).first {
      before = chosen
      chosen = first.id
    }
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
  let all = lessons.filter { !$0.isExperiment }
  let done = all.count { progress.entries[$0.id]?.isDone ?? false }
  let count = say("끝낸 수업 \(done) / \(all.count)", "lessons done \(done) / \(all.count)")
  canvas.text(
    [StyledText(count), StyledText(language == .ko ? "   ko " : "   en ", .dim)],
    endingBefore: size.width - 1, 0)
  canvas.horizontalLine(at: 0, 1, length: size.width)
  canvas.text(
    say("TCP/IP 데이터를 전기 신호로 만들어 보내기", "How TCP/IP turns data into an electric signal"),
    at: 3, 3, .bold)
  let bottom = size.height - 9
  drawList(map, lessons, progress, language, rows: 5..<(bottom - 1), on: &canvas)
  if let lesson = lessons.first(where: { $0.id == map.chosen }) {
    drawChosen(lesson, known: lessons.map(\.id), language, at: bottom, on: &canvas)
  }
  canvas.horizontalLine(at: 0, size.height - 2, length: size.width)
  let isBegun = map.chosen.flatMap { progress.entries[$0] } != nil
  var keys = [("enter", isBegun ? say("이어서", "continue") : say("시작", "start"))]
  if isBegun { keys.append(("r", say("처음부터", "from the start"))) }
  keys.append(("↑↓", say("고르기", "choose")))
  if map.showsExperiments {
    keys.append(("x", say("수업", "lessons")))
  } else if !map.experiments(of: lessons).isEmpty {
    keys.append(("x", say("망가뜨려 보기", "what if")))
  }
  keys += [
    ("F2", say("English", "한국어")), ("q", say("끝", "quit")),
  ]
  canvas.text(
    keys.flatMap { [StyledText($0.0, .accent), StyledText(" \($0.1)   ", .dim)] }, at: 1,
    size.height - 1)
  return canvas.grid
}

/// The lessons under their sections, or a section's experiments; of a longer list the part around the chosen one.
private func drawList(
  _ map: MapModel, _ lessons: [Lesson], _ progress: LearnerProgress, _ language: Language,
  rows: Range<Int>, on canvas: inout Canvas
) {
  var shown = map.shown(of: lessons)[...]
  if map.showsExperiments, shown.count >= rows.count {
    let place = shown.firstIndex { $0.id == map.chosen } ?? 0
    let room = rows.count - 1
    shown = shown.dropFirst(max(0, min(place - room / 2, shown.count - room)))
  }
  var y = rows.lowerBound
  var section: Int?
  for lesson in shown where y < rows.upperBound {
    if lesson.chapterSection != section {
      if section != nil { y += 1 }
      section = lesson.chapterSection
      let part = section.flatMap { ChapterSection(rawValue: $0) }
      var name = (part?.title ?? Phrase(ko: "책 너머로", en: "Beyond the book")).text(language)
      if map.showsExperiments { name += language == .ko ? " · 망가뜨려 보기" : ": what if" }
      canvas.text(part.map { "\($0.rawValue)" } ?? "+", at: 3, y, .bold)
      canvas.text(name, at: 6, y, .bold)
      y += 1
    }
    guard y < rows.upperBound else { return }
    drawRow(lesson, isChosen: lesson.id == map.chosen, progress, language, at: y, on: &canvas)
    y += 1
  }
}

private func drawRow(
  _ lesson: Lesson, isChosen: Bool, _ progress: LearnerProgress, _ language: Language, at y: Int,
  on canvas: inout Canvas
) {
  let width = canvas.width
  let style: Style = isChosen ? Style.accent.inBold : .plain
  if isChosen { canvas.text("▸", at: 4, y, style) }
  canvas.text("\(lesson.id)", at: 6, y, style)
  let start = lesson.isExperiment ? 13 : 11
  canvas.text(lesson.title.text(language), at: start, y, style, width: width - 23 - start)
  let minutes = language == .ko ? "\(lesson.minutes)분" : "\(lesson.minutes) min"
  canvas.text(minutes, endingBefore: width - 12, y, .dim)
  drawState(progress.entries[lesson.id], of: lesson, at: width - 4, y, on: &canvas)
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
