import Course
import Session
import Simulation
import Stack

/// What is kept to be sent again, what the application got, and what the cursor is on.
extension BuffersPicture {
  // MARK: Kept segments

  func drawKept(_ lines: Int, at y: Int, on canvas: inout Canvas) {
    guard stream.hasSender else { return }
    let list = KeptList(stream: stream, view: view, kept: kept)
    let indent = form.isWide ? 2 : 1
    guard lines > 2, !kept.isEmpty else {
      list.drawLine(at: indent, y, on: &canvas)
      return
    }
    for (row, pieces) in list.lines(isWide: form.isWide, most: lines).enumerated() {
      canvas.text(pieces, at: indent, y + row, width: canvas.width - indent - 1)
    }
  }

  // MARK: The application

  func drawApplication(_ lines: Int, at y: Int, on canvas: inout Canvas) {
    guard let end = stream.receiver, stream.hasReceiver else { return }
    let indent = form.isWide ? 2 : 1
    let reading = ApplicationReading(stream)
    var x = indent
    x += canvas.text(scene.say("앱 메모리", "program's memory"), at: x, y, .dim) + 2
    let sentence = reading.sentence(scene, end, width: canvas.width - x - 1) {
      view.numberText($0, stream)
    }
    guard lines > 1, !reading.octets.isEmpty else {
      let used = canvas.text([sentence], at: x, y, width: canvas.width - x - 1)
      let room = canvas.width - x - used - 6
      if room >= 4, !reading.octets.isEmpty {
        let text = printable(reading.octets.prefix(room))
        canvas.text("  “\(text)”", at: x + used, y)
      }
      return
    }
    canvas.text([sentence], at: x, y, width: canvas.width - x - 1)
    let each = ApplicationReading.octets(width: canvas.width)
    for row in 0..<(lines - 1) {
      let part = Array(reading.octets.dropFirst(row * each).prefix(each))
      guard !part.isEmpty else { break }
      canvas.text(
        hexadecimal(part).padded(to: 3 * each + 1) + printable(part), at: form.margin, y + 1 + row)
    }
  }

  // MARK: The cursor

  func drawClosing(on canvas: inout Canvas) {
    let y = canvas.height - 2
    drawCursor(at: y, on: &canvas)
    guard let number = view.target, let rule = scene.timeline.moment(number)?.rule else {
      let text =
        view.isFocused
        ? scene.say("←→ 바이트, ↑↓ 방향, + - 축척", "←→ byte, ↑↓ direction, + - scale")
        : scene.say("tab으로 이 칸에 오면 바이트를 고를 수 있습니다.", "tab comes here to choose a byte.")
      canvas.text(text, at: 2, y + 1, .dim, width: canvas.width - 3)
      return
    }
    canvas.closingLines(
      [
        ClosingLine(
          label: StyledText(scene.say("왜", "why"), .dim),
          text: [StyledText(RuleProse.text(rule, scene.language))],
          reference: rule.reference.description, hasWhy: true)
      ], at: form.isWide ? 2 : 1, most: 1)
  }

  /// `[SND.UNA] c+1461   61 64 64 72   addr`.
  private func drawCursor(at y: Int, on canvas: inout Canvas) {
    guard let place = view.cursor else { return }
    var x = form.isWide ? 2 : 1
    let number = view.numberText(place, stream)
    if let mark = view.chosenMark {
      let name = mark.isEdge ? mark.names[1] : mark.names[0]
      x += canvas.text("[\(name)]", at: x, y, Style.accent.inBold) + 1
      x += canvas.text(number, at: x, y, Style(scene.role(stream.from))) + 3
    } else {
      x += canvas.text("[\(number)]", at: x, y, Style.accent.inBold) + 3
    }
    let room = canvas.width - x - 1
    switch stream.content(at: place, most: max(1, (room - 3) / 4)) {
    case .octets(let octets):
      let shown = octets.prefix(max(1, min((room - 3) / 4, scale.octets == 1 ? 16 : 64)))
      x += canvas.text(hexadecimal(shown), at: x, y) + 3
      canvas.text(printable(shown), at: x, y)
    case .syn:
      canvas.text(scene.say("SYN: 번호 하나를 씁니다", "SYN: it takes a number"), at: x, y, width: room)
    case .fin:
      canvas.text(scene.say("FIN: 번호 하나를 씁니다", "FIN: it takes a number"), at: x, y, width: room)
    case .nothing:
      canvas.text(
        scene.say("– 아직 쓴 것이 없습니다", "– nothing written there yet"), at: x, y, .dim, width: room)
    }
  }
}

/// Octets as text: what cannot be shown is a dot.
func printable(_ octets: some Sequence<UInt8>) -> String {
  String(octets.map { (32..<127).contains($0) ? Character(Unicode.Scalar($0)) : "·" })
}

/// What an application has got from the receive buffer last, and what it waits for.
struct ApplicationReading {
  /// The process, and the call that it sleeps in.
  let process: ProcessID?
  let pending: SocketCall?
  /// Octets read last, and the number of the first of them.
  let count: Int
  let place: Int
  let octets: [UInt8]
  /// Octets read so far.
  let total: Int

  init(_ stream: OctetStream) {
    guard let end = stream.receiver, stream.hasReceiver else {
      (process, pending, count, place, octets, total) = (nil, nil, 0, 0, [], 0)
      return
    }
    let block = end.block
    process = block.owner == 0 ? nil : ProcessID(block.owner)
    let record = process.flatMap { stream.scene.world.process($0, of: end.memory.host) }
    let call = record?.pending
    pending = call.flatMap { call in
      if case .receive(let descriptor, _) = call, descriptor == block.descriptor { return call }
      return nil
    }
    count = Int(stream.lastRead?.value ?? 0)
    place = stream.unread - count
    octets = count > 0 ? stream.octets(from: place, count: min(count, 512)) : []
    total = max(0, stream.unread - stream.start)
  }

  /// Octets in a line of a dump.
  static func octets(width: Int) -> Int { width >= 72 ? 16 : 8 }

  func lines(width: Int) -> Int {
    let each = Self.octets(width: width)
    return octets.isEmpty ? 1 : 1 + (octets.count + each - 1) / each
  }

  /// `waits in receive(4, 4096) · read 3000, last 1460 from c+1541`, as much of it as there is room for.
  func sentence(
    _ scene: Scene, _ end: OctetStream.End, width: Int, numbers: (Int) -> String
  ) -> StyledText {
    if scene.isCovered(end.memory, .receiveQueue) || scene.isCovered(end.memory, .rcvNxt) {
      return StyledText("?")
    }
    let waits = waiting(scene, end)
    guard count > 0 else {
      return StyledText(waits ?? scene.say("아직 읽은 것이 없음", "nothing read yet"))
    }
    let read = scene.say("읽은 것 \(total), 마지막 \(count)", "read \(total), last \(count)")
    let from = scene.say(" (\(numbers(place))부터)", " from \(numbers(place))")
    let short = scene.say("읽은 것 \(total)", "read \(total)")
    let forms = [
      [waits, read + from], [waits, read], [waits, short], [read], [short],
    ].map { $0.compactMap { $0 }.joined(separator: " · ") }
    return StyledText(forms.first { $0.displayWidth <= width } ?? short)
  }

  private func waiting(_ scene: Scene, _ end: OctetStream.End) -> String? {
    if let pending {
      return scene.say("\(pending.text)에서 기다림", "waits in \(pending.text)")
    }
    guard end.block.descriptor == nil else { return nil }
    return process == nil && end.block.parent != 0 && end.block.closing.isEmpty
      ? scene.say("아직 accept()하지 않음", "accept() has not been called yet")
      : scene.say("디스크립터가 없음", "no descriptor any more")
  }
}
