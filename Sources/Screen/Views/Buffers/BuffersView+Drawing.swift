import Course
import Session
import Stack

extension BuffersView {
  static func innerWidth(_ width: Int) -> Int { width >= 80 ? width - 2 : width }

  func scale(_ stream: OctetStream, width: Int) -> BufferScale {
    let form = BuffersForm(width: width, height: 18, kept: 1, read: 1)
    return BufferScale(stream, cells: form.cells, zoom: state.zoom, focus: cursor)
  }

  public func draw(on canvas: inout Canvas) {
    canvas.withinMargin { inner in
      guard let stream else {
        inner.wrappedText(nothing, at: 2, 2, width: inner.width - 4, .dim)
        return
      }
      guard !state.showsNumberLines else {
        return BuffersPicture.drawNumberLines(self, on: &inner)
      }
      let picture = BuffersPicture(view: self, stream: stream, size: inner.size)
      picture.draw(on: &inner)
    }
  }

  /// Why there is no picture.
  private var nothing: String {
    let hasListener = scene.world.hosts.contains { host in
      host.memory.used.contains { host.memory[$0].state == .listen }
    }
    return hasListener
      ? scene.say(
        "기다리는 소켓에는 버퍼가 없습니다. 연결이 생기면 두 버퍼가 여기 보입니다.",
        "A listening socket has no buffers. Once there is a connection both of its buffers are here."
      )
      : scene.say(
        "아직 TCP 연결이 없습니다. 연결이 생기면 두 버퍼가 여기 보입니다.",
        "There is no TCP connection yet. Once there is one both of its buffers are here.")
  }
}

/// Both buffers as lines of cells.
struct BuffersPicture {
  let view: BuffersView
  let stream: OctetStream
  let form: BuffersForm
  let scale: BufferScale
  let kept: [KeptSegment]
  private let sender: BufferHalf
  private let receiver: BufferHalf

  var scene: Scene { view.scene }

  init(view: BuffersView, stream: OctetStream, size: Size) {
    self.view = view
    self.stream = stream
    sender = view.sending(stream)
    receiver = view.receiving(stream)
    kept = sender.hidesKept ? [] : stream.kept
    let read = ApplicationReading(stream)
    form = BuffersForm(
      width: size.width, height: size.height, kept: kept.isEmpty ? 1 : kept.count + 1,
      read: read.lines(width: size.width))
    scale = view.scale(stream, width: size.width)
  }

  func draw(on canvas: inout Canvas) {
    var y = 0
    for row in form.rows {
      draw(row, at: y, on: &canvas)
      y += row.height
    }
    if form.closing > 0 { drawClosing(on: &canvas) }
  }

  private func half(_ side: BuffersForm.Side) -> BufferHalf {
    side == .sender ? sender : receiver
  }

  private func draw(_ row: BuffersForm.Row, at y: Int, on canvas: inout Canvas) {
    switch row {
    case .blank: break
    case .title(let side): drawTitle(half(side), at: y, on: &canvas)
    case .facts(let side):
      let half = half(side)
      guard half.remark == nil else { return }
      canvas.text(facts(of: half), at: form.margin, y, width: canvas.width - form.margin)
    case .names(let side): drawNames(half(side), at: y, on: &canvas)
    case .marks(let side): drawMarks(half(side), at: y, on: &canvas)
    case .bar(let side): drawBar(half(side), at: y, on: &canvas)
    case .labels(let side): drawLabels(half(side), at: y, on: &canvas)
    case .window(let side): drawWindow(half(side), at: y, on: &canvas)
    case .kept(let lines): drawKept(lines, at: y, on: &canvas)
    case .application(let lines): drawApplication(lines, at: y, on: &canvas)
    }
  }

  private func facts(of half: BufferHalf) -> [StyledText] {
    [StyledText(half.facts.joined(separator: "   "))]
  }

  private func drawTitle(_ half: BufferHalf, at y: Int, on canvas: inout Canvas) {
    let indent = form.isWide ? 2 : 1
    let used = canvas.text(
      half.title, at: indent, y, Style(half.host, bold: true), width: canvas.width - indent)
    guard half.remark == nil else { return }
    if form.isWide {
      canvas.text(facts(of: half), endingBefore: canvas.width - 2, y)
    } else if half.title == sender.title {
      let text = scale.text(scene)
      if indent + used + 2 + text.displayWidth < canvas.width {
        canvas.text(text, endingBefore: canvas.width - 1, y, .dim)
      }
    }
  }

  // MARK: Marks

  /// A number that is also that of the window's end stands with it, above the last octet inside.
  private func x(_ mark: BufferMark, _ half: BufferHalf) -> Int {
    let isEnd = half.marks.contains { $0.isEnd && $0.place == mark.place }
    return form.margin + scale.cell(isEnd ? mark.place - 1 : mark.place)
  }

  private var inside: Range<Int> { form.margin..<(form.margin + form.cells) }

  private func drawNames(_ half: BufferHalf, at y: Int, on canvas: inout Canvas) {
    guard half.remark == nil else { return }
    let chosen = view.chosenMark
    let groups = Dictionary(
      grouping: half.marks.filter { inside.contains(x($0, half)) }, by: { x($0, half) })
    // All names long, or all of them short where one would not find room.
    var labels = BufferLabels(width: canvas.width, rows: 1)
    for level in 0..<3 {
      labels = BufferLabels(width: canvas.width, rows: 1)
      for x in groups.keys.sorted() {
        let marks = (groups[x] ?? []).sorted { $0.place < $1.place }
        let isChosen = marks.contains { $0.field == chosen?.field && $0.memory == chosen?.memory }
        let isChanged = marks.contains { view.isChanged($0) }
        let style: Style =
          isChosen ? Style.accent.inBold : isChanged ? Style.changed.inBold : .plain
        let names = names(of: marks, chosen: chosen, isChanged: isChanged)
        labels.add(
          Array(names.suffix(max(1, names.count - level))), at: x, style,
          endsThere: marks.allSatisfy(\.isEnd))
      }
      if labels.labels.count == groups.count { break }
    }
    for label in labels.labels { canvas.text(label.text, at: label.x, y, label.style) }
  }

  /// The names of marks in one cell, longest form first: `SND.UNA = SND.NXT`.
  private func names(of marks: [BufferMark], chosen: BufferMark?, isChanged: Bool) -> [String] {
    let forms = marks.map(\.names.count).max() ?? 0
    return (0..<forms).map { form in
      var text = isChanged ? "*" : ""
      for (index, mark) in marks.enumerated() {
        if index > 0 { text += marks[index - 1].place == mark.place ? " = " : " < " }
        let name = mark.names[min(form, mark.names.count - 1)]
        let isChosen = mark.field == chosen?.field && mark.memory == chosen?.memory
        text += isChosen ? "[\(name)]" : name
      }
      return text
    }
  }

  private func drawMarks(_ half: BufferHalf, at y: Int, on canvas: inout Canvas) {
    guard half.remark == nil else { return }
    for mark in half.marks where inside.contains(x(mark, half)) {
      let style: Style = view.isChanged(mark) ? Style.changed.inBold : .plain
      canvas.put("▾", at: x(mark, half), y, style)
    }
    if case .octet = view.state.selection, let cursor = view.cursor {
      let column = form.margin + scale.cell(cursor)
      if inside.contains(column) { canvas.put("▾", at: column, y, Style.accent.inBold) }
    }
    let beyond = half.marks.filter { abs($0.place) < 1 << 30 }
    if let mark = beyond.first(where: { x($0, half) >= inside.upperBound }) {
      canvas.text("\(mark.names.last ?? "")→", endingBefore: canvas.width, y, .dim)
    }
    if let mark = beyond.first(where: { x($0, half) < inside.lowerBound }) {
      canvas.text("←\(mark.names.last ?? "")", at: 0, y, .dim, width: form.margin + 6)
    }
  }

  // MARK: The row of octets

  /// The cells of a stretch that are in the row; one at least where any of it is.
  private func columns(_ range: Range<Int>) -> Range<Int>? {
    let low = max(range.lowerBound, scale.base)
    let high = min(range.upperBound, scale.end)
    guard low < high else { return nil }
    let first = form.margin + scale.cell(low)
    return first..<max(first + 1, form.margin + scale.cell(high))
  }

  private func drawBar(_ half: BufferHalf, at y: Int, on canvas: inout Canvas) {
    if let remark = half.remark {
      canvas.text(remark, at: form.margin, y, .dim, width: canvas.width - form.margin)
      return
    }
    for stretch in half.stretches {
      guard let columns = columns(stretch.range) else { continue }
      for x in columns { canvas.put(stretch.sign, at: x, y, stretch.style) }
    }
    let low = half.stretches.map(\.range.lowerBound).min() ?? scale.base
    let high = half.stretches.map(\.range.upperBound).max() ?? scale.end
    if low < scale.base { canvas.put("◂", at: form.margin - 1, y, .dim) }
    if high > scale.end { canvas.put("▸", at: inside.upperBound, y, .dim) }
    if let cursor = view.cursor, case .octet = view.state.selection {
      let column = form.margin + scale.cell(cursor)
      if inside.contains(column) {
        canvas.restyle(Rectangle(x: column, y: y, width: 1, height: 1)) {
          $0 = Style.accent.inBold
        }
      }
    }
  }

  private func drawLabels(_ half: BufferHalf, at y: Int, on canvas: inout Canvas) {
    guard half.remark == nil else { return }
    // A stretch's name may reach into what follows as long as that begins no name of its own there.
    var free = 0
    for stretch in half.stretches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard let columns = columns(stretch.range), isSeen(stretch, half) else { continue }
      let start = max(columns.lowerBound, free)
      let name = stretch.names.first { name in
        name.displayWidth <= max(columns.count, 0) && start + name.displayWidth <= canvas.width
          || (columns.count >= 1 && start == columns.lowerBound
            && !isTaken(start..<(start + name.displayWidth), besides: stretch, half)
            && start + name.displayWidth <= canvas.width)
      }
      guard let name, start == columns.lowerBound else { continue }
      canvas.text(name, at: start, y, stretch.style == .warning ? .warning : .dim)
      free = start + name.displayWidth + 1
    }
  }

  /// Whether any cell of a stretch is left to it by those that are drawn over it.
  private func isSeen(_ stretch: BufferHalf.Stretch, _ half: BufferHalf) -> Bool {
    guard let own = columns(stretch.range),
      let place = half.stretches.firstIndex(where: { $0.range == stretch.range })
    else { return false }
    let later = half.stretches[(place + 1)...].compactMap { columns($0.range) }
    return own.contains { cell in !later.contains { $0.contains(cell) } }
  }

  /// Whether another stretch begins within columns.
  private func isTaken(
    _ range: Range<Int>, besides own: BufferHalf.Stretch, _ half: BufferHalf
  ) -> Bool {
    half.stretches.contains { other in
      guard other.range != own.range, let columns = columns(other.range) else { return false }
      return columns.lowerBound > range.lowerBound && columns.lowerBound <= range.upperBound
    }
  }

  /// `╰──── window 7300 = 2920 + 4380 ────╯`.
  private func drawWindow(_ half: BufferHalf, at y: Int, on canvas: inout Canvas) {
    guard half.remark == nil, let window = half.window else { return }
    guard !half.isShut else {
      let x = min(
        max(form.margin + scale.cell(window.lowerBound), form.margin), inside.upperBound - 1)
      let text = scene.say("! 윈도우 0: 닫힘", "! window 0: shut")
      let start = min(x, canvas.width - text.displayWidth - 1)
      canvas.text(text, at: max(0, start), y, .warning)
      return
    }
    guard let columns = columns(window) else { return }
    let isOpenLeft = window.lowerBound < scale.base
    let isOpenRight = window.upperBound > scale.end
    for x in columns { canvas.put("─", at: x, y, .dim) }
    canvas.put(isOpenLeft ? "◂" : "╰", at: columns.lowerBound, y, .dim)
    if columns.count > 1 {
      canvas.put(isOpenRight ? "▸" : "╯", at: columns.upperBound - 1, y, .dim)
    }
    if let text = half.windowTexts.first(where: { $0.displayWidth + 6 <= columns.count }) {
      let start = columns.lowerBound + (columns.count - text.displayWidth - 2) / 2
      canvas.text(" \(text) ", at: start, y)
    } else if let text = half.windowTexts.last {
      let after = columns.upperBound + 1
      let fits = after + text.displayWidth <= canvas.width
      let before = columns.lowerBound - 1 - text.displayWidth
      canvas.text(text, at: fits ? after : max(0, before), y)
    }
  }
}
