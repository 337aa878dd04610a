import Session
import Stack

/// The numbers of one direction on a line: where each segment begins and ends, and how far both ends are.
///
/// Every segment is equally wide, a SYN as wide as 1460 octets: it is the numbers that are read here.
struct NumberLine {
  let stream: OctetStream
  /// Borders between segments, in rising order; the first is the ISN.
  let bounds: [Int]
  /// Columns of the first border, and of a segment.
  let left: Int
  let pitch: Int
  /// Segments before the first one shown.
  let hidden: Int
  /// There are more behind the last one shown.
  let isCut: Bool

  init(_ stream: OctetStream, width: Int, label: Int) {
    self.stream = stream
    left = 3
    var places: Set<Int> = []
    for segment in stream.segments.suffix(400) {
      let first = stream.place(segment.sequence)
      places.insert(first)
      places.insert(first + segment.length)
    }
    let all = places.sorted()
    let room = max(1, (width - left - label) / (label + 2))
    // What is not acknowledged yet is in view, from the segment before it on.
    let oldest = (all.lastIndex { $0 <= stream.unacknowledged } ?? 0) - 1
    hidden = max(0, min(all.count - 1 - room, oldest))
    bounds = Array(all.dropFirst(hidden).prefix(room + 1))
    isCut = hidden + bounds.count < all.count
    pitch = min(22, max(label + 2, (width - left - label) / max(1, bounds.count - 1)))
  }

  /// The column of a place: between two borders in proportion; nil beyond the line.
  func x(_ place: Int) -> Int? {
    guard let first = bounds.first, let last = bounds.last, place >= first, place <= last else {
      return nil
    }
    let index = bounds.lastIndex { $0 <= place } ?? 0
    guard index + 1 < bounds.count else { return left + index * pitch }
    let span = bounds[index + 1] - bounds[index]
    return left + index * pitch + (place - bounds[index]) * pitch / max(1, span)
  }

  /// Rows that a line takes.
  static let height = 6

  /// The name of the direction, the numbers, the line, and the marks of both ends under it.
  func draw(at y: Int, _ view: BuffersView, on canvas: inout Canvas) {
    let scene = view.scene
    let style = Style(scene.role(stream.from))
    let title = "\(scene.hostName(stream.from)) → \(scene.hostName(stream.to))"
    var x = 2 + canvas.text(title, at: 2, y, Style(scene.role(stream.from), bold: true))
    x += canvas.text("   ISN ", at: x, y, .dim)
    canvas.text(initialNumber(view), at: x, y, style)
    guard bounds.count > 1 else {
      let text = scene.say("아직 보낸 번호가 없습니다.", "No number has been sent yet.")
      canvas.text(text, at: left, y + 2, .dim, width: canvas.width - left)
      return
    }
    let unknown = hiddenBounds(view)
    if isCut { canvas.put("▸", at: left + (bounds.count - 1) * pitch + 1, y + 2, .dim) }
    if hidden > 0 { canvas.put("◂", at: left - 1, y + 2, .dim) }
    for (index, bound) in bounds.enumerated() {
      let column = left + index * pitch
      canvas.text(
        unknown.contains(bound) ? "?" : view.numberText(bound, stream), at: column, y + 1, style)
      let sign: Character =
        index == 0 ? "├" : index == bounds.count - 1 ? "┤" : "┼"
      guard index + 1 < bounds.count else {
        canvas.put(sign, at: column, y + 2, style)
        break
      }
      for cell in column..<(column + pitch) { canvas.put("─", at: cell, y + 2, style) }
      canvas.put(sign, at: column, y + 2, style)
      let words = name(bound, bounds[index + 1])
      let start = column + 1 + max(0, pitch - words.displayWidth - 1) / 2
      canvas.text(" \(words) ", at: start - 1, y + 2, width: pitch - 1)
    }
    drawMarks(at: y + 3, view, on: &canvas)
  }

  /// The borders whose number a question about a segment asks for.
  private func hiddenBounds(_ view: BuffersView) -> Set<Int> {
    let scene = view.scene
    guard !scene.covers.isEmpty else { return [] }
    let asked = stream.segments.suffix(400).filter {
      scene.isCovered(frame: $0.frame, header: "tcp.seq")
    }
    return Set(asked.map { stream.place($0.sequence) })
  }

  /// Whether a question asks for an ACK number: the next number that is expected would be the answer.
  private func asksForACK(_ view: BuffersView) -> Bool {
    view.scene.covers.contains {
      switch $0 {
      case .header(_, let id), .unitHeader(let id): id == "tcp.ack"
      default: false
      }
    }
  }

  private func initialNumber(_ view: BuffersView) -> String {
    let scene = view.scene
    let isCovered =
      stream.sender.map { scene.isCovered($0.memory, .iss) } ?? false
      || stream.receiver.map { scene.isCovered($0.memory, .irs) } ?? false
    let number = stream.number(stream.start - 1)
    let name = view.origins.first { $0.host == stream.from && $0.iss == number }?.name
    let text = isCovered ? "?" : scene.hexadecimal(number)
    return name.map { "\($0) = \(text)" } ?? text
  }

  /// What lies between two borders: `SYN`, `FIN`, or how many octets.
  private func name(_ low: Int, _ high: Int) -> String {
    if low == stream.start - 1, high == stream.start { return "SYN" }
    if high - low == 1, stream.content(at: low, most: 1) == .fin { return "FIN" }
    return "\(high - low)"
  }

  /// SND.UNA and SND.NXT of the sender, and below them what the receiver answers with.
  private func drawMarks(at y: Int, _ view: BuffersView, on canvas: inout Canvas) {
    var labels = BufferLabels(width: canvas.width, rows: 2)
    var columns: [Int] = []
    let marks = (view.sending(stream).marks + view.receiving(stream).marks).filter {
      [.sndUna, .sndNxt, .rcvNxt].contains($0.field)
    }.filter { $0.field != .rcvNxt || !asksForACK(view) }
    let groups = Dictionary(grouping: marks.filter { x($0.place) != nil }) { x($0.place) ?? 0 }
    for column in groups.keys.sorted() {
      let own = (groups[column] ?? []).sorted { $0.place < $1.place }
      let text = own.enumerated().map { index, mark in
        let sign = index == 0 ? "" : own[index - 1].place == mark.place ? " = " : " < "
        // The next number that is expected is the ACK number of whatever is sent back.
        let name = mark.field == .rcvNxt ? "RCV.NXT (ACK)" : mark.names[0]
        return sign + name
      }.joined()
      let isChanged = own.contains { view.isChanged($0) }
      labels.add(
        [(isChanged ? "*" : "") + text], at: column, isChanged ? .changed : .plain, endsThere: false
      )
      columns.append(column)
    }
    for column in columns { canvas.put("▴", at: column, y, .accent) }
    for label in labels.labels {
      canvas.text(label.text, at: label.x, y + 1 + label.row, label.style)
    }
  }
}

extension BuffersPicture {
  /// Both directions of the connection, one line each.
  static func drawNumberLines(_ view: BuffersView, on canvas: inout Canvas) {
    guard let stream = view.stream,
      let place = view.streams.firstIndex(where: { $0.choice == stream.choice })
    else { return }
    let pair = [view.streams[place & ~1], view.streams[place | 1]]
    let label = view.scene.showsPlainNumbers ? 10 : 8
    let height = NumberLine.height + (canvas.height >= 17 ? 2 : canvas.height >= 13 ? 1 : 0)
    for (index, stream) in pair.enumerated() {
      let line = NumberLine(stream, width: canvas.width, label: label)
      line.draw(at: (canvas.height >= 13 ? 1 : 0) + index * height, view, on: &canvas)
    }
    let text = view.scene.say(
      "데이터 한 바이트가 번호 하나, SYN과 FIN도 하나씩 씁니다. ↑↓ 버퍼",
      "Each byte takes a number, and SYN and FIN one each. ↑↓ buffers")
    canvas.text(text, at: 2, canvas.height - 1, .dim, width: canvas.width - 3)
  }
}
