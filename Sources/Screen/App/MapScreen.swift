import Course

/// The map as a picture: sections with their lessons, and what the chosen one is about.
func renderMap(
  _ map: MapModel, _ lessons: [Lesson], _ progress: LearnerProgress, _ language: Language,
  _ size: Size
) -> CellGrid {
  guard size.width >= 80, size.height >= 24 else { return renderTooSmall(size, language) }
  var screen = MapScreen(
    map: map, lessons: lessons, progress: progress, language: language, canvas: Canvas(size))
  screen.draw()
  return screen.canvas.grid
}

/// One picture of the map.
struct MapScreen {
  let map: MapModel
  let lessons: [Lesson]
  let progress: LearnerProgress
  let language: Language
  var canvas: Canvas

  func say(_ ko: String, _ en: String) -> String { language == .ko ? ko : en }

  private var chosen: Lesson? { lessons.first { $0.id == map.chosen } }

  mutating func draw() {
    let plan = MapPlan(lessons, canvas.size)
    drawHead(showsLegend: plan.isWide && !map.showsExperiments)
    if map.showsExperiments {
      drawExperiments()
    } else if plan.isWide {
      drawColumns(plan)
    } else {
      drawRows(plan)
    }
    drawChosen(at: canvas.height - 9)
    canvas.horizontalLine(at: 0, canvas.height - 2, length: canvas.width)
    drawKeys(at: canvas.height - 1)
  }

  private mutating func drawHead(showsLegend: Bool) {
    let all = lessons.filter { !$0.isExperiment }
    let done = all.count { progress.entries[$0.id]?.isDone ?? false }
    let count = say("끝낸 수업 \(done) / \(all.count)", "lessons done \(done) / \(all.count)")
    canvas.text("sockscope", at: 1, 0, .bold)
    canvas.text(
      [StyledText(count), StyledText(language == .ko ? "   ko " : "   en ", .dim)],
      endingBefore: canvas.width - 1, 0)
    canvas.horizontalLine(at: 0, 1, length: canvas.width)
    canvas.text(MapPrint.chapter.text(language), at: 3, 3, .bold)
    guard showsLegend else { return }
    canvas.text(
      say("✓ 끝냄   3/9 하는 중   ▸ 고른 것", "✓ done   3/9 begun   ▸ chosen"),
      endingBefore: canvas.width - 4, 3, .dim)
  }

  private mutating func drawKeys(at y: Int) {
    let isBegun = map.chosen.flatMap { progress.entries[$0] } != nil
    var keys = [("enter", isBegun ? say("이어서", "continue") : say("시작", "start"))]
    if isBegun { keys.append(("r", say("처음부터", "from the start"))) }
    keys.append((map.showsExperiments ? "↑↓" : "←↓↑→", say("고르기", "choose")))
    if map.showsExperiments {
      keys.append(("x", say("수업", "lessons")))
    } else if !map.experiments(of: lessons).isEmpty {
      keys.append(("x", say("망가뜨려 보기", "what if")))
    }
    keys += [("F2", say("English", "한국어")), ("q", say("끝", "quit"))]
    canvas.text(
      keys.flatMap { [StyledText($0.0, .accent), StyledText(" \($0.1)  ", .dim)] }, at: 1, y)
  }

  // MARK: The chapter

  private var none: String { say("아직 수업이 없습니다", "no lessons yet") }

  /// A row for each section: its title, and its lessons by their names.
  private mutating func drawRows(_ plan: MapPlan) {
    let rows = MapPlan.rows(of: canvas.size)
    // Of a longer map the part around the chosen lesson is seen.
    let row = plan.spot(of: map.chosen)?.row ?? 0
    let above = max(0, min(row - rows.count / 2, plan.height - rows.count))
    let start = 6 + (plan.parts.map { $0.title.text(language).displayWidth }.max() ?? 0)
    for (part, heading) in zip(plan.parts, plan.headings) {
      let y = rows.lowerBound + heading.row - above
      if rows.contains(y) {
        canvas.text(part.mark, at: 3, y)
        canvas.text(part.title.text(language), at: 5, y)
        if part.lessons.isEmpty { canvas.text(none, at: start + 1, y, .dim) }
      }
      for lesson in part.lessons {
        guard let spot = plan.spot(of: lesson.id) else { continue }
        let y = rows.lowerBound + spot.row - above
        guard rows.contains(y) else { continue }
        drawName(
          lesson, at: start + spot.column * (part.isChain ? 8 : 5), y,
          isLinked: part.isChain && spot.column > 0)
      }
    }
  }

  private mutating func drawName(_ lesson: Lesson, at x: Int, _ y: Int, isLinked: Bool) {
    let isChosen = lesson.id == map.chosen
    let isDone = progress.entries[lesson.id]?.isDone ?? false
    let style: Style = isChosen ? Style.accent.inBold : isDone ? .dim : .plain
    if isLinked { canvas.text("──", at: x - 3, y, .dim) }
    if isChosen || isDone { canvas.text(isChosen ? "▸" : "✓", at: x, y, style) }
    canvas.text("\(lesson.id)", at: x + 1, y, style)
  }

  /// Two columns: sections with their lessons' titles.
  private mutating func drawColumns(_ plan: MapPlan) {
    let rows = MapPlan.rows(of: canvas.size)
    let width = (canvas.width - 2) / 2
    for (part, heading) in zip(plan.parts, plan.headings) {
      let x = heading.column * width
      let y = rows.lowerBound + heading.row
      canvas.text(part.mark, at: x + 3, y, .bold)
      canvas.text(part.title.text(language), at: x + 6, y, .bold)
      if part.lessons.isEmpty { canvas.text(none, at: x + 6, y + 1, .dim) }
      for (place, lesson) in part.lessons.enumerated() {
        drawTitle(lesson, at: x + 3, y + 1 + place, width: width - 3)
      }
    }
  }

  /// A lesson's row: `▸  L05  Three segments, four numbers   9 min  3/9`.
  private mutating func drawTitle(_ lesson: Lesson, at x: Int, _ y: Int, width: Int) {
    let isChosen = lesson.id == map.chosen
    let style: Style = isChosen ? Style.accent.inBold : .plain
    if isChosen { canvas.text("▸", at: x, y, style) }
    canvas.text("\(lesson.id)", at: x + 3, y, style)
    let start = lesson.isExperiment ? 10 : 8
    canvas.text(
      lesson.title.text(language), at: x + start, y, style, width: width - 13 - start)
    let minutes = say("\(lesson.minutes)분", "\(lesson.minutes) min")
    canvas.text(minutes, endingBefore: x + width - 6, y, .dim)
    guard let entry = progress.entries[lesson.id] else { return }
    let state = entry.isDone ? "✓" : "\(entry.step + 1)/\(lesson.steps.count)"
    canvas.text(state, endingBefore: x + width - 1, y, entry.isDone ? .dim : .plain)
  }

  /// A section's experiments in a list; of a longer one the part around the chosen one.
  private mutating func drawExperiments() {
    let rows = MapPlan.rows(of: canvas.size)
    var shown = map.listedExperiments(of: lessons)[...]
    let room = rows.count - 1
    if shown.count > room {
      let place = shown.firstIndex { $0.id == map.chosen } ?? 0
      shown = shown.dropFirst(max(0, min(place - room / 2, shown.count - room))).prefix(room)
    }
    guard let first = shown.first else { return }
    let section = first.chapterSection.flatMap { ChapterSection(rawValue: $0) }
    canvas.text("\(first.id.section)", at: 3, rows.lowerBound, .bold)
    canvas.text(
      (section?.title.text(language) ?? "") + say(" · 망가뜨려 보기", ": what if"), at: 6,
      rows.lowerBound, .bold)
    for (place, lesson) in shown.enumerated() {
      drawTitle(lesson, at: 3, rows.lowerBound + 1 + place, width: canvas.width - 6)
    }
  }

  // MARK: The chosen lesson

  /// What it is about, what the learner watches and breaks, and what comes before it.
  private mutating func drawChosen(at y: Int) {
    guard let lesson = chosen else { return }
    let title = "\(lesson.id) \(lesson.title.text(language))"
    canvas.titleRule(
      TitleRule(title, facts: facts(lesson), isFocused: true), at: 0, y, width: canvas.width)
    let taken = canvas.wrappedText(
      lesson.summary.text(language), at: 3, y + 2, width: canvas.width - 6)
    // A summary of one line leaves room for an empty one.
    var row = y + 2 + max(2, taken)
    let views = LessonView.allCases.filter { view in
      lesson.steps.contains { $0.show.contains(view) }
    }
    let breaks = lesson.steps.filter { $0.kind == .break }.map { $0.title.text(language) }
    let needs = lesson.needs.compactMap { id in lessons.first { $0.id == id } }
    let lines: [(String, String)] = [
      (say("볼 것", "you watch"), views.map { $0.name.text(language) }.joined(separator: " · ")),
      (say("고장 내기", "you break"), breaks.joined(separator: say(", ", "; "))),
      (say("먼저", "first"), needs.map { told($0, alone: needs.count == 1) }.joined(separator: ", ")),
    ]
    for (label, text) in lines where !text.isEmpty && row < y + 7 {
      canvas.text(label, at: 3, row, .dim)
      canvas.text(text, at: 14, row, width: canvas.width - 17)
      row += 1
    }
  }

  /// A lesson to be taken before: with its title where it stands alone.
  private func told(_ lesson: Lesson, alone: Bool) -> String {
    let isDone = progress.entries[lesson.id]?.isDone ?? false
    let name = alone ? "\(lesson.id) \(lesson.title.text(language))" : "\(lesson.id)"
    return name + (isDone ? " ✓" : "")
  }

  private func facts(_ lesson: Lesson) -> String {
    let count = lesson.steps.count
    let steps: String
    switch progress.entries[lesson.id] {
    case let entry? where entry.isDone: steps = say("끝냄", "done")
    case let entry?:
      steps = say("\(entry.step + 1)/\(count)단계", "\(entry.step + 1)/\(count) steps")
    case nil: steps = say("\(count)단계", "\(count) steps")
    }
    let minutes = say("\(lesson.minutes)분", "\(lesson.minutes) min")
    return [lesson.place.text(language), minutes, steps].joined(separator: " · ")
  }
}
