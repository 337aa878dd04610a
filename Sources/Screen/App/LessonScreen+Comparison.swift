import Course
import Session
import Stack

/// Two ladders side by side, aligned in time, and below them what differs in the sockets.
extension LessonScreen {
  func draw(_ comparison: ComparisonScene, on canvas: inout Canvas) {
    let middle = (canvas.width - 1) / 2
    let bottom = comparisonBottom
    let left = Rectangle(x: 0, y: 2, width: middle, height: bottom - 2)
    let right = Rectangle(
      x: middle + 1, y: 2, width: canvas.width - middle - 1, height: bottom - 2)
    drawTitle(comparison, on: &canvas)
    let lines = comparison.lines()
    let values = comparedValues(comparison, besides: lines.count)
    let chosen = model.comparison?.chosen
    let rows = left.height - 3 - values.count - 1
    let shown = Array(lines.suffix(max(1, rows)))
    for (side, room) in [(comparison.left, left), (comparison.right, right)] {
      let isLeft = room.x == 0
      canvas.within(room) { inside in
        drawName(of: side, on: &inside)
        let ladder = ComparedLadder(side: side, width: inside.width)
        ladder.drawHeader(on: &inside)
        for (row, line) in shown.enumerated() {
          ladder.draw(line, isLeft ? line.left : line.right, at: 3 + row, on: &inside)
          if line.parts, !isLeft { inside.put("⑂", at: 0, 3 + row, Style.accent.inBold) }
        }
        if side.hasKeys, chosen == nil, bottom < layout.closingRule,
          let row = shown.lastIndex(where: { (isLeft ? $0.left : $0.right) != nil })
        {
          inside.put("▸", at: 0, 3 + row, .accent)
        }
        if shown.count < rows { ladder.drawEnd(at: 3 + shown.count, on: &inside) }
        if lines.count > shown.count { inside.put("▴", at: inside.width - 1, 3, .dim) }
        let top = inside.height - values.count
        for (row, value) in values.enumerated() {
          draw(value, isLeft: isLeft, at: top + row, on: &inside)
          if value.label == chosen, side.hasKeys { inside.put("▸", at: 1, top + row, .accent) }
        }
      }
    }
    canvas.horizontalLine(at: 0, layout.closingRule, length: canvas.width)
    if bottom < layout.closingRule { drawComparedWhy(comparison, at: bottom, on: &canvas) }
    canvas.verticalLine(at: middle, 2, length: bottom - 2)
    canvas.join(at: middle, 1)
    canvas.join(at: middle, bottom)
    if layout.nowRow == nil, let notice = model.notice {
      canvas.text(
        " \(notice.text(model.language)) ", at: 2, layout.closingRule, .accent,
        width: canvas.width - 4)
    }
  }

  /// The row below the two sides: the closing rule, or that of Why.
  private var comparisonBottom: Int {
    layout.closingRule - (model.comparison?.showsWhy == true ? whyHeight : 0)
  }

  private var whyHeight: Int { LessonLayout.whyHeight - (layout.isLarge ? 0 : 1) }

  /// The values under the ladders: as many as there is room for.
  func comparedValues(_ comparison: ComparisonScene, besides rows: Int) -> [ComparedValue] {
    // Three rows above the ladder, its end, and a blank.
    let room = comparisonBottom - 2 - 5 - rows
    let least = layout.isLarge ? 8 : comparisonBottom < layout.closingRule ? 4 : 5
    return comparison.values(most: max(least, min(room, 10)))
  }

  /// What the chosen place of the side with the keys has to say for itself.
  private func drawComparedWhy(
    _ comparison: ComparisonScene, at y: Int, on canvas: inout Canvas
  ) {
    let why = comparison.why(model.comparison, shownIn: self)
    let side = comparison.own
    canvas.titleRule(
      TitleRule(
        [[StyledText("\(whyTitle(why.subject)) · ⑂ \(side.name)", .bold)]],
        facts: [StyledText("w", .dim)], isFocused: false), at: 0, y, width: canvas.width)
    let room = Rectangle(
      x: 2, y: y + 1, width: canvas.width - 4, height: whyHeight - 1)
    canvas.within(room) { inside in
      guard why.subject != nil else {
        let count = say(
          "프레임을 세어 본 수입니다. 이 수를 적은 규칙은 없습니다.",
          "A count of frames: no rule has written this number.")
        inside.text(count, at: 0, 0)
        return
      }
      draw(whyLines(why.subject, at: why.moment, side.scene, width: inside.width), on: &inside)
    }
  }

  private func drawTitle(_ comparison: ComparisonScene, on canvas: inout Canvas) {
    let name = say("사다리 둘", "Two ladders")
    let shared = comparison.shared
    canvas.titleRule(
      TitleRule(
        [
          [
            StyledText(
              "\(name) · \(comparison.left.name) | \(comparison.right.name)", Style.accent.inBold)
          ]
        ],
        facts: [StyledText(say("갈라진 곳 순간 \(shared)", "parted at moment \(shared)"))],
        isFocused: true), at: 0, 1, width: canvas.width)
  }

  private func drawName(of side: ComparisonScene.Side, on canvas: inout Canvas) {
    let style: Style = side.hasKeys ? Style.accent.inBold : .plain
    canvas.text((side.hasKeys ? "▸" : " ") + "⑂ \(side.name)", at: 1, 0, style)
    guard let title = side.title else { return }
    let room = canvas.width - side.name.displayWidth - 8
    canvas.text(title.truncated(to: max(0, room)), endingBefore: canvas.width - 2, 0, .dim)
  }

  private func draw(
    _ value: ComparedValue, isLeft: Bool, at y: Int, on canvas: inout Canvas
  ) {
    let style: Style = value.isEqual ? .dim : .bold
    let start = 2
    if !isLeft { canvas.put(value.isEqual ? "=" : "≠", at: 0, y, style) }
    let column = canvas.width >= 50 ? 26 : 20
    canvas.text(value.label, at: start, y, style, width: column - start - 1)
    canvas.text(
      isLeft ? value.left : value.right, at: column, y, style, width: canvas.width - column - 1)
  }

  /// The keys of the comparison.
  var comparisonKeys: [(String, String)] {
    let isElsewhere = model.reasonTime.map { $0 != model.comparison?.time } ?? false
    return [
      (".", say("다음", "next")), (",", say("이전", "back")), ("←→", say("이쪽저쪽", "side")),
      ("↑↓", say("값", "value")), ("w", say("왜", "why")),
      isElsewhere
        ? ("enter", say("그 순간으로", "go there")) : ("enter", say("이 갈래로", "go on here")),
      ("b", say("하나로", "back to one")), ("PgDn", say("다른 갈래", "other branch")),
      ("R", say("이름", "name")), ("]", say("다음 패킷", "packet")), ("?", say("도움", "help")),
    ]
  }
}

/// One of two ladders: times at the left, arrows, and no notes but what a line of its own says.
struct ComparedLadder {
  let side: ComparisonScene.Side
  let form: LadderForm

  init(side: ComparisonScene.Side, width: Int) {
    self.side = side
    form = LadderForm(beside: width, hosts: side.scene.isPair ? [] : side.scene.diagramHosts)
  }

  private var scene: Scene { side.scene }

  private var picture: LadderPicture {
    LadderPicture(scene: scene, origins: side.origins, form: form, chosen: nil)
  }

  func drawHeader(on canvas: inout Canvas) {
    canvas.text("ms", endingBefore: form.leftTimeEnd, 2, .dim)
    for (place, line) in lines.enumerated() {
      canvas.put("┬", at: line.x, 2, .dim)
      let next = place + 1 < lines.count ? lines[place + 1].x : canvas.width + 3
      let name = scene.hostName(line.host).truncated(to: max(0, next - line.x - 1))
      let x = min(max(0, line.x - 2), canvas.width - name.displayWidth)
      canvas.text(name, at: x, 1, Style(scene.role(line.host), bold: true))
    }
  }

  /// The hosts and where their lines stand.
  private var lines: [LadderColumn] {
    form.columns.isEmpty
      ? [
        LadderColumn(host: picture.left, x: form.leftLine),
        LadderColumn(host: picture.right, x: form.rightLine),
      ] : form.columns
  }

  func drawEnd(at y: Int, on canvas: inout Canvas) { picture.drawEnd(at: y, on: &canvas) }

  func draw(_ line: ComparisonLine, _ row: LadderRow?, at y: Int, on canvas: inout Canvas) {
    let sign: Character = line.silence == nil ? "│" : "⋮"
    let lines = lines.map(\.x)
    for x in lines { canvas.put(sign, at: x, y, .dim) }
    if let microseconds = line.silence {
      let length = ClockText.span(microseconds * 1_000)
      let text = scene.say("\(length) 조용함", "\(length) quiet")
      let x = lines[0] + 1 + max(0, lines[lines.count - 1] - lines[0] - 1 - text.displayWidth) / 2
      canvas.text(text, at: x, y, .dim)
    }
    guard let row else { return }
    guard form.columns.isEmpty else {
      return picture.draw(LadderPicture.Line(row: row), at: y, on: &canvas)
    }
    let time = ClockText.fitting(row.first.nanoseconds, cells: form.leftTimeEnd - 1)
    canvas.text(time, endingBefore: form.leftTimeEnd, y)
    if let frame = row.frame {
      let arrow = LadderArrow(
        label: LadderLabel(frame, scene, side.origins), toRight: frame.from == picture.left,
        end: picture.end(of: frame), isAgain: frame.isRetransmission,
        style: Style(scene.role(frame.from)))
      canvas.text(arrow.pieces(width: form.inside, scene), at: form.leftLine + 1, y)
    } else if let host = row.notes.keys.min(by: { $0.index < $1.index }), let note = row.notes[host]
    {
      let text = [note.text, row.words?.text].compactMap(\.self).joined(separator: " · ")
        .truncated(to: form.inside - 1)
      let style = picture.style(of: note, false)
      if host == picture.left {
        canvas.text(text, at: form.leftLine + 2, y, style)
      } else {
        canvas.text(text, endingBefore: form.rightLine - 1, y, style)
      }
    }
  }
}
