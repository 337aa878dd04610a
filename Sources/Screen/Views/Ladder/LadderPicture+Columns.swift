import Session
import Stack

/// The sequence diagram of more than two hosts: a line for each, and each frame between the two that it
/// went between.
extension LadderPicture {
  /// Which columns an arrow goes over: from the sender's to that of the host it is for.
  private struct Reach {
    let from: Int
    let to: Int
    var low: Int { min(from, to) }
    var high: Int { max(from, to) }
  }

  func drawColumnHeader(at y: Int, on canvas: inout Canvas) {
    canvas.text("ms", endingBefore: timeEnd, y, .dim)
    for (place, column) in form.columns.enumerated() {
      canvas.put("┬", at: column.x, y, .dim)
      canvas.text(
        scene.hostName(column.host), at: column.x + 2, y,
        Style(scene.role(column.host), bold: true), width: room(at: place))
    }
  }

  private var timeEnd: Int { form.leftLine - 1 }

  /// Cells for a note at the right of a column's line.
  private func room(at place: Int) -> Int {
    // Where it is narrow a note may stand close to the next line.
    let gap = form.width >= 72 ? 1 : 0
    let end = place + 1 < form.columns.count ? form.columns[place + 1].x - gap : form.width
    return max(0, end - form.columns[place].x - 2)
  }

  // MARK: Where a frame went

  private func reach(of frame: FrameRecord) -> Reach? {
    let hosts = form.columns.map(\.host)
    guard let from = hosts.firstIndex(of: frame.from) else { return nil }
    if let to = hosts.firstIndex(of: frame.to) { return Reach(from: from, to: to) }
    // A frame for all goes as far as it is heard.
    let heard = scene.hearers(of: frame).compactMap { hosts.firstIndex(of: $0) }
    let far = heard.max { abs($0 - from) < abs($1 - from) }
    return far.map { Reach(from: from, to: $0) }
  }

  /// The note stands on the arrow's own line where the arrow does not pass.
  private func isBeside(_ place: Int, _ reach: Reach?) -> Bool {
    guard let reach else { return true }
    return place >= reach.high || place < reach.low
  }

  /// It has a line below the arrow where the arrow passes, unless the frame did not concern the host.
  private func isBelow(_ place: Int, _ frame: FrameRecord?, _ reach: Reach?) -> Bool {
    guard let frame, !isBeside(place, reach) else { return false }
    return [frame.from, frame.to].contains(form.columns[place].host) || frame.to == .wire
  }

  func hasNotesBelow(_ row: LadderRow) -> Bool {
    guard let frame = row.frame else { return false }
    let reach = reach(of: frame)
    return form.columns.indices.contains {
      row.notes[form.columns[$0].host] != nil && isBelow($0, frame, reach)
    }
  }

  // MARK: Lines

  func drawInColumns(_ line: Line, at y: Int, on canvas: inout Canvas) {
    let row = line.row
    let isSilence = if case .silence = row.kind { true } else { false }
    for column in form.columns { canvas.put(isSilence ? "⋮" : "│", at: column.x, y, .dim) }
    let reach = row.frame.flatMap { self.reach(of: $0) }
    switch row.kind {
    case .pause: break
    case .silence(let microseconds):
      let length = ClockText.span(microseconds * 1_000)
      let long = scene.say("\(length) 조용함", "\(length) quiet")
      let text = long.displayWidth <= room(at: 0) ? long : length
      canvas.text(text, at: form.columns[0].x + 2, y, .dim, width: room(at: 0))
    case .opening: drawNotes(row, at: y, on: &canvas) { _ in true }
    case .event, .countdown:
      drawTime(row, at: y, on: &canvas)
      drawNotes(row, at: y, on: &canvas) { _ in true }
    case .frame where line.isNotes:
      drawNotes(row, at: y, on: &canvas) { isBelow($0, row.frame, reach) }
      return
    case .frame(let frame):
      drawTime(row, at: y, on: &canvas)
      if let reach {
        draw(frame, reach, row, at: y, on: &canvas)
      } else {
        drawUnheard(frame, row, at: y, on: &canvas)
      }
      drawNotes(row, at: y, on: &canvas) { isBeside($0, reach) }
    }
    if row.isChoosable, row.moment == chosen {
      canvas.put("▸", at: 0, y, Style.accent.inBold)
    }
  }

  private func drawTime(_ row: LadderRow, at y: Int, on canvas: inout Canvas) {
    // The mark keeps its cell.
    let isChosen = row.moment == chosen
    let text = ClockText.fitting(row.first.nanoseconds, cells: timeEnd - (isChosen ? 1 : 0))
    canvas.text(text, endingBefore: timeEnd, y, isChosen ? .bold : .plain)
  }

  private func draw(
    _ frame: FrameRecord, _ reach: Reach, _ row: LadderRow, at y: Int, on canvas: inout Canvas
  ) {
    let isChosen = row.moment == chosen
    let speaker = scene.host(ofPacket: frame).speaker
    let style = Style(scene.role(speaker), bold: isChosen)
    let start = form.columns[reach.low].x
    let width = form.columns[reach.high].x - start - 1
    let arrow = LadderArrow(
      label: LadderLabel(frame, scene, origins), toRight: reach.from < reach.to,
      end: end(of: frame), isAgain: frame.isRetransmission, style: style)
    // A line that the arrow passes stays to be seen where there is only arrow.
    let passed = form.columns[reach.low...reach.high].dropFirst().dropLast().map(\.x)
    var x = start + 1
    for piece in arrow.pieces(width: width, scene) {
      let style = isChosen ? piece.style.inBold : piece.style
      for character in piece.text where x <= start + width {
        let isCrossing = character == "─" && passed.contains(x)
        x += canvas.put(isCrossing ? "┼" : character, at: x, y, style)
      }
    }
  }

  /// A frame on a link where nobody else is: it leaves to the right and ends.
  private func drawUnheard(
    _ frame: FrameRecord, _ row: LadderRow, at y: Int, on canvas: inout Canvas
  ) {
    guard let place = form.columns.firstIndex(where: { $0.host == frame.from }) else { return }
    let label = LadderLabel(frame, scene, origins)
    let style = Style(scene.role(frame.from), bold: row.moment == chosen)
    let sign = end(of: frame) == .lost ? "✗" : "▸"
    let room = room(at: place) - 3
    let pieces = [StyledText("─ ", style)] + label.head(room) + [StyledText(sign, style)]
    canvas.text(pieces, at: form.columns[place].x + 1, y)
  }

  private func drawNotes(
    _ row: LadderRow, at y: Int, on canvas: inout Canvas, where isHere: (Int) -> Bool
  ) {
    for (place, column) in form.columns.enumerated() where isHere(place) {
      guard let note = row.notes[column.host] else { continue }
      let beside = row.words?.host == column.host ? row.words?.text : nil
      let text = [note.text, beside].compactMap { $0 }.joined(separator: " · ")
      canvas.text(
        text.truncated(to: room(at: place)), at: column.x + 2, y,
        style(of: note, row.moment == chosen))
      if note.moment == scene.index, note.moment > 0 {
        canvas.put("*", at: column.x + 1, y, Style.changed.inBold)
      }
    }
  }
}
