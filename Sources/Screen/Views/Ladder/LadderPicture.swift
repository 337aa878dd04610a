import Session
import Stack

/// The sequence diagram as lines of cells, for the view and for plain text.
struct LadderPicture {
  let scene: Scene
  let origins: Origins
  let form: LadderForm
  /// The moment of the row with the mark; nil for none.
  let chosen: Int?

  /// A line of the picture: one of a row's lines.
  struct Line {
    var row: LadderRow
    /// The line below an arrow that says what the row changed.
    var isNotes = false
  }

  var left: HostID { HostID(0) }
  var right: HostID { HostID(1) }

  func lines(_ rows: [LadderRow]) -> [Line] {
    rows.flatMap { row -> [Line] in
      let hasNotes =
        form.columns.isEmpty
        ? !form.isWide && row.frame != nil && !row.notes.isEmpty : hasNotesBelow(row)
      return hasNotes ? [Line(row: row), Line(row: row, isNotes: true)] : [Line(row: row)]
    }
  }

  // MARK: Ends

  func drawHeader(at y: Int, on canvas: inout Canvas, way: SequenceDirection?) {
    guard form.columns.isEmpty else { return drawColumnHeader(at: y, on: &canvas) }
    let names = [left, right].map { host -> String in
      let name = scene.hostName(host)
      guard form.isWide, let way else { return name }
      return name + (way.sender == host ? " · SND" : " · RCV")
    }
    canvas.text("ms", endingBefore: form.isWide ? 9 : 5, y, .dim)
    canvas.put("┬", at: form.leftLine, y, .dim)
    canvas.put("┬", at: form.rightLine, y, .dim)
    if form.isWide {
      canvas.text(
        names[0], at: 10, y, Style(.client, bold: true), width: LadderForm.noteWidth)
    } else {
      canvas.text(names[0], endingBefore: form.leftLine - 1, y, Style(.client, bold: true))
    }
    let room = form.isWide ? 16 : 8
    canvas.text(names[1], at: form.rightLine + 2, y, Style(.server, bold: true), width: room)
    canvas.text("ms", endingBefore: form.width - 1, y, .dim)
  }

  func drawEnd(at y: Int, on canvas: inout Canvas) {
    for column in form.columns { canvas.put("┴", at: column.x, y, .dim) }
    guard form.columns.isEmpty else { return }
    canvas.put("┴", at: form.leftLine, y, .dim)
    canvas.put("┴", at: form.rightLine, y, .dim)
  }

  // MARK: Lines

  func draw(_ line: Line, at y: Int, on canvas: inout Canvas) {
    guard form.columns.isEmpty else { return drawInColumns(line, at: y, on: &canvas) }
    let row = line.row
    let isSilence = if case .silence = row.kind { true } else { false }
    canvas.put(isSilence ? "⋮" : "│", at: form.leftLine, y, .dim)
    canvas.put(isSilence ? "⋮" : "│", at: form.rightLine, y, .dim)
    if line.isNotes {
      drawNotes(row, at: y, on: &canvas)
      return
    }
    switch row.kind {
    case .pause: break
    case .silence(let microseconds): drawSilence(microseconds, at: y, on: &canvas)
    case .opening: drawNotes(row, at: y, on: &canvas)
    case .frame(let frame):
      drawFrame(frame, row, at: y, on: &canvas)
      if form.isWide { drawNotes(row, at: y, on: &canvas) }
    case .event, .countdown: drawEvent(row, at: y, on: &canvas)
    }
    if row.isChoosable, row.moment == chosen {
      canvas.put("▸", at: form.gutter, y, Style.accent.inBold)
    }
  }

  private func drawSilence(_ microseconds: UInt64, at y: Int, on canvas: inout Canvas) {
    let length = ClockText.span(microseconds * 1_000)
    let text = scene.say("\(length) 조용함", "\(length) quiet")
    let x = form.leftLine + 1 + max(0, form.inside - text.displayWidth) / 2
    canvas.text(text, at: x, y, .dim)
  }

  func end(of frame: FrameRecord) -> LadderArrow.End {
    if scene.hasEnded(frame) { return frame.fate == .lost ? .lost : .arrives }
    return scene.world.frame(frame.number)?.fate == .held ? .held : .flying
  }

  private func drawFrame(
    _ frame: FrameRecord, _ row: LadderRow, at y: Int, on canvas: inout Canvas
  ) {
    let end = end(of: frame)
    let isChosen = row.moment == chosen
    let toRight = frame.from == left
    let arrow = LadderArrow(
      label: LadderLabel(frame, scene, origins), toRight: toRight, end: end,
      isAgain: frame.isRetransmission, style: Style(scene.role(frame.from), bold: isChosen))
    var x = form.leftLine + 1
    for var piece in arrow.pieces(width: form.inside, scene) {
      if isChosen { piece.style = piece.style.inBold }
      x += canvas.text(piece.text, at: x, y, piece.style)
    }
    drawTime(frame.sentAt, at: frame.from, y, isChosen, on: &canvas)
    if end == .arrives, let arrival = frame.receivedAt {
      drawTime(arrival, at: frame.from.other, y, isChosen, on: &canvas)
    }
  }

  /// A timer, or a call that sends nothing: its time and note at one end.
  private func drawEvent(_ row: LadderRow, at y: Int, on canvas: inout Canvas) {
    let isChosen = row.moment == chosen
    for host in [left, right] {
      guard let note = row.notes[host] else { continue }
      drawTime(row.first, at: host, y, isChosen, on: &canvas)
      let beside = row.words?.text
      let isShort = form.isWide && note.text.displayWidth <= LadderForm.noteWidth
      if isShort {
        let end = host == left ? leftTimeEnd(row) : 0
        drawNote(note, at: host, y, isChosen, timeEnd: end, row, on: &canvas)
      }
      let inside =
        isShort ? beside : [note.text, beside].compactMap { $0 }.joined(separator: " · ")
      if let inside {
        let style = isShort ? Style(bold: isChosen) : style(of: note, isChosen)
        let mark = !isShort && note.moment == scene.index ? "*" : " "
        let text = (mark + inside).truncated(to: form.inside - 1)
        if host == left {
          canvas.text(text, at: form.leftLine + 1, y, style)
        } else {
          canvas.text(text, endingBefore: form.rightLine - 1, y, style)
        }
      }
    }
  }

  /// The time at an end.
  private func drawTime(
    _ time: Instant, at host: HostID, _ y: Int, _ isChosen: Bool, on canvas: inout Canvas
  ) {
    let text = ClockText.fitting(time.nanoseconds)
    let style: Style = isChosen ? .bold : .plain
    guard host == left else {
      if form.isWide {
        canvas.text(text, endingBefore: form.rightTimeEnd, y, style)
      } else {
        canvas.text(text, at: form.rightLine + 2, y, style)
      }
      return
    }
    canvas.text(text, endingBefore: timeEnd(text, isChosen), y, style)
  }

  private func drawNotes(_ row: LadderRow, at y: Int, on canvas: inout Canvas) {
    for host in [left, right] {
      guard let note = row.notes[host] else { continue }
      let timeEnd = host == left ? leftTimeEnd(row) : 0
      drawNote(note, at: host, y, row.moment == chosen, timeEnd: timeEnd, row, on: &canvas)
    }
  }

  /// The column after a row's time at the left: a long time may not cover the mark.
  private func leftTimeEnd(_ row: LadderRow) -> Int {
    var time = row.first
    if let frame = row.frame, frame.from != left { time = frame.receivedAt ?? frame.sentAt }
    let isChosen = row.moment == chosen
    return timeEnd(ClockText.fitting(time.nanoseconds), isChosen)
  }

  /// Cells for a note before a row's time at the right.
  private func rightNoteWidth(_ row: LadderRow) -> Int {
    var time = row.first
    if let frame = row.frame, frame.from == left { time = frame.receivedAt ?? frame.sentAt }
    let room = form.rightTimeEnd - ClockText.fitting(time.nanoseconds).count - form.rightLine - 2
    return !form.isWide || room >= LadderForm.noteWidth ? LadderForm.noteWidth : room - 1
  }

  private func timeEnd(_ text: String, _ isChosen: Bool) -> Int {
    max(form.leftTimeEnd, text.count + (isChosen ? form.gutter + 1 : 0))
  }

  private func drawNote(
    _ note: LadderNote, at host: HostID, _ y: Int, _ isChosen: Bool, timeEnd: Int,
    _ row: LadderRow, on canvas: inout Canvas
  ) {
    let style = style(of: note, isChosen)
    let width = host == left ? LadderForm.noteWidth : rightNoteWidth(row)
    var text = note.text.truncated(to: width)
    var x = form.rightLine + 2
    if host == left {
      x = form.isWide ? max(10, timeEnd + 1) : form.leftLine - 1 - text.displayWidth
      text = text.truncated(to: form.leftLine - x)
    }
    canvas.text(text, at: x, y, style)
    if note.moment == scene.index, note.moment > 0 {
      canvas.put("*", at: x - 1, y, Style.changed.inBold)
    }
  }

  func style(of note: LadderNote, _ isChosen: Bool) -> Style {
    if note.isWarning { return .warning }
    if note.moment == scene.index, note.moment > 0 { return Style.changed.inBold }
    if let host = note.counts { return Style(scene.role(host), bold: isChosen) }
    return isChosen ? .bold : .plain
  }
}

/// The one direction in which data has gone so far.
struct SequenceDirection {
  var sender: HostID

  /// Nil while there is no data, or when both send some.
  init?(_ rows: [LadderRow]) {
    var senders: Set<HostID> = []
    for row in rows {
      guard let frame = row.frame else { continue }
      let unit = UnitSummary(frame: frame.octets)
      if unit.transport == 6, unit.payload > 0 { senders.insert(frame.from) }
    }
    guard senders.count == 1, let sender = senders.first else { return nil }
    self.sender = sender
  }
}
