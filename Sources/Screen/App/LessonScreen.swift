import Course
import Session
import Stack

/// A lesson's screen: a pure function of the model.
public func renderLesson(_ model: LessonModel, _ size: Size) -> CellGrid {
  var model = model
  model.size = size
  guard !model.isTooSmall else { return renderTooSmall(size, model.language) }
  var canvas = Canvas(size)
  let screen = LessonScreen(model)
  screen.draw(on: &canvas)
  if let overlay = model.overlay {
    canvas.stepBack()
    screen.draw(overlay, on: &canvas)
  }
  return canvas.grid
}

struct LessonScreen {
  let model: LessonModel
  let layout: LessonLayout
  let scene: Scene

  init(_ model: LessonModel) {
    self.model = model
    layout = LessonLayout(model)
    scene = model.scene
  }

  func say(_ ko: String, _ en: String) -> String { scene.say(ko, en) }

  func draw(on canvas: inout Canvas) {
    drawHeader(on: &canvas)
    if let comparison = ComparisonScene(model) {
      draw(comparison, on: &canvas)
      if let row = layout.nowRow { drawNow(row, on: &canvas) }
      drawTimeLine(on: &canvas)
      drawKeys(on: &canvas)
      return
    }
    if !layout.isZoomed { drawLessonPane(on: &canvas) }
    if model.focus == .why, !layout.isLarge {
      drawWholeWhy(on: &canvas)
    } else {
      for view in layout.isZoomed || !layout.isLarge ? [layout.shown] : layout.views {
        draw(view, on: &canvas)
      }
      if layout.hasWhyPane { drawWhyPane(on: &canvas) }
    }
    drawClosing(on: &canvas)
    if let row = layout.nowRow { drawNow(row, on: &canvas) }
    drawTimeLine(on: &canvas)
    drawKeys(on: &canvas)
  }

  // MARK: First row

  private func drawHeader(on canvas: inout Canvas) {
    let right = headerFacts
    canvas.text(right, endingBefore: canvas.width - 1, 0)
    let title = "\(model.run.lesson.id) \(model.run.lesson.title.text(model.language))"
    canvas.text(title, at: 1, 0, .bold, width: canvas.width - 4 - right.displayWidth)
  }

  /// When the moment at hand was. Where a step begins or ends, and at the run's end, the time counts, too,
  /// in which nothing happens any more.
  private var shownTime: Instant {
    if let comparison = model.comparison { return comparison.time }
    return model.isAtEdge ? scene.world.now : scene.time
  }

  private var headerFacts: [StyledText] {
    let running =
      model.isPlaying
      ? StyledText(say("재생", "running"), .accent) : StyledText(say("멈춤", "paused"), .dim)
    let name = model.run.runs[model.step.run].name
    let moment = "\(model.position.moment)/\(model.runLength)"
    let gap = layout.isLarge ? "   " : "  "
    return [
      running, StyledText(gap),
      StyledText("t \(scene.seconds(shownTime))"), StyledText(gap),
      StyledText(layout.isLarge ? say("순간 ", "moment ") + moment : moment), StyledText(gap),
      StyledText("⑂ \(name)", name == LessonRunPlan.main ? .dim : .accent),
    ]
  }

  // MARK: Views

  private func draw(_ view: LessonView, on canvas: inout Canvas) {
    guard let frame = layout.frame(of: view) else { return }
    let pane = model.pane(view)
    let isFocused = model.focus == .view(view)
    canvas.titleRule(
      titleRule(view, pane, isFocused), at: layout.viewX, frame.title, width: layout.viewWidth)
    canvas.within(frame.inside) { pane.draw(on: &$0) }
  }

  private func titleRule(_ view: LessonView, _ pane: any PaneView, _ isFocused: Bool) -> TitleRule {
    let style: Style = isFocused ? Style.accent.inBold : .bold
    if layout.isLarge || layout.isZoomed {
      let subtitle = pane.subtitle.isEmpty ? "" : " · \(pane.subtitle)"
      let facts = pane.facts(width: layout.viewWidth)
      let key = StyledText("\(facts.isEmpty ? "" : "   ")\(view.number)", .dim)
      return TitleRule(
        [[StyledText(view.name.text(model.language) + subtitle, style)]],
        facts: facts + [key], isFocused: isFocused)
    }
    // The folded views are words in the rule of the one that is shown.
    var names: [[StyledText]] = []
    var current = 0
    for other in layout.views {
      if other == view { current = names.count }
      let badge = other == view ? nil : model.pane(other).badge
      var pieces = [StyledText(other.name.text(model.language), other == view ? style : .plain)]
      if let badge { pieces.append(StyledText(" \(badge)", Style.changed.inBold)) }
      names.append(pieces)
    }
    if !layout.views.contains(view) {
      current = names.count
      names.append([StyledText(view.name.text(model.language), style)])
    }
    if model.why != nil { names.append([StyledText(say("왜", "Why"), .accent)]) }
    let owner = pane.owner
    return TitleRule(
      names, current: current, facts: owner.isEmpty ? [] : [StyledText(owner)],
      isFocused: isFocused)
  }

  private func drawClosing(on canvas: inout Canvas) {
    let y = layout.closingRule
    canvas.horizontalLine(at: 0, y, length: canvas.width)
    if layout.nowRow == nil, let notice = model.notice {
      // Without a line about now the rule has room for what the program has to say.
      let text = " \(notice.text(model.language)) "
      canvas.text(text, at: layout.viewX + 2, y, .accent, width: layout.viewWidth - 4)
    }
    if !layout.isZoomed {
      canvas.verticalLine(at: layout.lessonWidth, 2, length: y - 2)
      for row in 1...y { canvas.join(at: layout.lessonWidth, row) }
    }
  }

  // MARK: Why

  private func drawWhyPane(on canvas: inout Canvas) {
    let top = layout.closingRule - LessonLayout.whyHeight
    let isFocused = model.focus == .why
    canvas.titleRule(
      TitleRule(
        [[StyledText(whyTitle, isFocused ? Style.accent.inBold : .bold)]],
        facts: [StyledText("w", .dim)], isFocused: isFocused),
      at: layout.viewX, top, width: layout.viewWidth)
    let room = Rectangle(
      x: layout.viewX + 2, y: top + 1, width: layout.viewWidth - 4,
      height: LessonLayout.whyHeight - 1)
    canvas.within(room) { draw(whyLines, on: &$0) }
  }

  /// In a small window Why takes the view's place.
  private func drawWholeWhy(on canvas: inout Canvas) {
    canvas.titleRule(
      TitleRule([[StyledText(whyTitle, Style.accent.inBold)]], isFocused: true), at: layout.viewX,
      1, width: layout.viewWidth)
    let room = Rectangle(
      x: layout.viewX + 2, y: 3, width: layout.viewWidth - 4, height: layout.closingRule - 3)
    canvas.within(room) { draw(whyLines, on: &$0) }
  }

  func draw(_ lines: [[StyledText]], on canvas: inout Canvas) {
    var y = 0
    for line in lines {
      let text = line.map(\.text).joined()
      if line.count == 1, text.displayWidth > canvas.width {
        y += canvas.wrappedText(text, at: 0, y, width: canvas.width, line[0].style)
      } else {
        canvas.text(line, at: 0, y, width: canvas.width)
        y += 1
      }
    }
  }

  private var whyTitle: String { whyTitle(model.why) }

  func whyTitle(_ subject: WhySubject?) -> String {
    if case .field(_, let field) = subject { return say("왜 · ", "Why · ") + field.name }
    return say("왜", "Why")
  }

  /// What was written, what the rule says, and where it stands.
  var whyLines: [[StyledText]] {
    whyLines(model.why, at: model.whyMoment, scene, width: layout.viewWidth - 4)
  }

  /// The same about anything of a scene.
  func whyLines(
    _ subject: WhySubject?, at number: Int?, _ scene: Scene, width: Int
  ) -> [[StyledText]] {
    guard let number, let moment = scene.timeline.moment(number) else {
      return [[StyledText(say("아직 아무도 적지 않았습니다.", "Nobody has written here yet."))]]
    }
    var lines: [[StyledText]] = []
    if case .field(let memory, let field) = subject {
      let changes = scene.timeline.changes[moment.changes]
      if let change = changes.first(where: { $0.field == field && $0.socket == memory.socket }),
        let block = scene.block(memory)
      {
        let old = change.wasSet ? scene.text(field, raw: change.old, block) : say("없음", "nothing")
        let new = change.isSet ? scene.text(field, raw: change.new, block) : "–"
        lines.append([StyledText("\(old) → \(new)", .changed)])
      }
    } else {
      lines.append([StyledText(scene.momentText(moment))])
    }
    if let rule = moment.rule {
      lines.append([StyledText(RuleProse.text(rule, model.language))])
      let place = say("순간 \(number)", "moment \(number)")
      let source = [
        StyledText("\(place) · \(scene.hostName(moment.host)) \(moment.layer.name) · ", .dim),
        StyledText(rule.reference.description),
      ]
      let key = StyledText(say("enter 그 순간으로", "enter go there"), .dim)
      if source.displayWidth + 3 + key.displayWidth <= width {
        lines.append(source + [StyledText("   "), key])
      } else {
        lines += [source, [key]]
      }
    }
    return lines
  }

  // MARK: The line about now

  private func drawNow(_ y: Int, on canvas: inout Canvas) {
    if let notice = model.notice {
      canvas.text(notice.text(model.language), at: 1, y, .accent, width: canvas.width - 2)
      return
    }
    if model.why != nil {
      let lines = whyLines
      let text = lines.count > 2 ? lines[1] : lines.first ?? []
      let reference = lines.count > 2 && lines[2].count > 1 ? lines[2][1].text : ""
      canvas.text(reference + " ", endingBefore: canvas.width - 1, y)
      canvas.text(
        [StyledText(say("왜   ", "why  "), .dim)] + text, at: 1, y,
        width: canvas.width - 4 - reference.displayWidth)
      return
    }
    guard let moment = scene.moment else {
      canvas.text(
        [
          StyledText(say("지금 ", "now  "), .dim),
          StyledText(say("아직 아무 일도 없었습니다.", "Nothing has happened yet.")),
        ], at: 1, y)
      return
    }
    let reference = moment.rule?.reference.description ?? ""
    canvas.text(reference + " ", endingBefore: canvas.width, y)
    let wait = model.skippedWait.map { wait in
      StyledText(
        say(
          "\(ClockText.span(wait.count)) 뒤 · ", "\(ClockText.span(wait.count)) later: "), .dim)
    }
    canvas.text(
      [StyledText(say("지금 ", "now  "), .dim)] + [wait].compactMap(\.self)
        + [StyledText(scene.momentText(moment))], at: 1, y,
      width: canvas.width - 3 - reference.displayWidth)
  }
}
