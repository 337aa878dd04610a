import Session
import Stack

/// How the memory is laid out in a given room.
enum MemoryForm: Equatable {
  /// Rows of 16 octets, each of three lines: names, octets, values. So many rows fit.
  case rows(Int)
  /// One field a line. So many lines fit.
  case list(Int)

  init(_ size: Size) {
    if size.width >= 74 {
      // The last row needs no blank below it: two lines about the chosen field follow.
      self = .rows(max(1, (size.height - 1) / 4))
    } else {
      self = .list(max(1, size.height - 3))
    }
  }

  /// How many fields an arrow down passes.
  var fieldsDown: Int {
    switch self {
    case .rows: 4
    case .list: 1
    }
  }
}

extension MemoryView {
  /// Where octets begin and how far groups are apart: a group's four octets and the gaps for its brackets.
  private static let firstColumn = 9
  private static let groupPitch = 17

  /// The first row or line to show. Pages are fixed, so that a field never moves while time is stepped.
  private func pageStart(of count: Int, each page: Int, place: (Field) -> Int) -> Int {
    let last = max(0, count - page)
    if let selected { return min(place(selected) / page * page, last) }
    // What the step points at comes first, else where the moment wrote most.
    let pointed = state.pointed.map(place)
    if let first = pointed.first {
      return start(
        showing: pointed, near: min(first / page * page, last), each: page, upTo: last)
    }
    let pages = Dictionary(grouping: changed, by: { place($0) / page }).mapValues(\.count)
    let best = pages.keys.sorted().max { (pages[$0] ?? 0) < (pages[$1] ?? 0) }
    return min((best ?? state.scroll) * page, last)
  }

  /// The start nearest to a page's from which the first of some places is seen, and most of the others.
  private func start(showing places: [Int], near page: Int, each count: Int, upTo last: Int)
    -> Int
  {
    guard let first = places.first else { return page }
    let starts = max(0, first - count + 1)...min(first, last)
    func seen(_ start: Int) -> Int { places.count { (start..<start + count).contains($0) } }
    return starts.max { (seen($0), -abs($0 - page)) < (seen($1), -abs($1 - page)) } ?? page
  }

  // MARK: Rows of 16 octets

  func drawRows(
    _ rows: Int, _ memory: MemoryReference, _ block: ControlBlock, on canvas: inout Canvas
  ) {
    let start = pageStart(of: ControlBlock.size / 16, each: rows) { $0.description.offset / 16 }
    for row in start..<min(start + rows, ControlBlock.size / 16) {
      let y = (row - start) * 4
      canvas.text(offsetText(row * 16), at: 2, y + 1, .dim)
      for group in MemoryGroup.all where group.offset / 16 == row {
        draw(group, memory, block, at: y, on: &canvas)
      }
    }
  }

  private func draw(
    _ group: MemoryGroup, _ memory: MemoryReference, _ block: ControlBlock, at y: Int,
    on canvas: inout Canvas
  ) {
    let x = MemoryView.firstColumn + group.offset % 16 / 4 * MemoryView.groupPitch
    let isChanged = group.fields.contains { changed.contains($0) }
    if isChanged { canvas.text("*", at: x - 1, y, Style.changed.inBold) }
    if group.fields.contains(where: { state.pointed.contains($0) }) {
      canvas.text("▸", at: x - 2, y, Style.accent.inBold)
    }
    let isChosen = selected.map { group.fields.contains($0) } ?? false
    let isPointed = group.fields.contains { state.pointed.contains($0) }
    // What the step points at is named, though the group is known by its other fields.
    let hidden = group.fields.filter { state.pointed.contains($0) && !group.shown.contains($0) }
    let name = hidden.isEmpty ? group.name : hidden.map(\.name).joined(separator: " · ")
    canvas.text(
      name, at: x, y, isChosen ? .accent : isPointed ? .bold : .dim, width: 15)
    for field in group.fields {
      drawOctets(
        field, memory, block, at: x + (field.description.offset - group.offset) * 3, y + 1,
        on: &canvas)
    }
    let shown = hidden.isEmpty ? group.shown : hidden
    let values = shown.map { valueText($0, memory, block) }
    let room = group.width > 4 ? 32 : 16
    let line = values.joined(separator: group.separator)
    canvas.text(
      line.displayWidth > room ? values.joined(separator: " ") : line, at: x, y + 2,
      isChanged ? .changed : .plain, width: room)
  }

  private func valueText(
    _ field: Field, _ memory: MemoryReference, _ block: ControlBlock
  ) -> String {
    let text = scene.text(field, of: memory, block)
    switch field {
    case .owner where text != "–": return "pid " + text
    case .sendQueue, .receiveQueue: return text + scene.say("바이트", " bytes")
    default: return text
    }
  }

  /// A field's octets with its brackets, which stand in the gaps; of more than `most` only the first.
  private func drawOctets(
    _ field: Field, _ memory: MemoryReference, _ block: ControlBlock, at x: Int, _ y: Int,
    most: Int = 8, on canvas: inout Canvas
  ) {
    let all = block.octets(of: field)
    let octets = all.count > most ? Array(all.prefix(most - 1)) : all
    let text =
      (scene.isCovered(memory, field)
        ? octets.map { _ in "??" }.joined(separator: " ") : hexadecimal(octets))
      + (all.count > most ? " …" : "")
    let style: Style
    if field == selected {
      style = Style.accent.inBold
      canvas.text("[", at: x - 1, y, style)
      canvas.text("]", at: x + text.count, y, style)
    } else if changed.contains(field) {
      style = Style.changed.inBold
      canvas.text("‹", at: x - 1, y, style)
      canvas.text("›", at: x + text.count, y, style)
    } else {
      style = !block.isSet(field) ? .dim : state.pointed.contains(field) ? .bold : .plain
    }
    canvas.text(text, at: x, y, style)
  }

  private func offsetText(_ offset: Int) -> String { "00" + hexadecimal([UInt8(offset)]) }

  // MARK: One field a line

  func drawList(
    _ lines: Int, _ memory: MemoryReference, _ block: ControlBlock, on canvas: inout Canvas
  ) {
    let fields = MemoryView.order
    let start = pageStart(of: fields.count, each: lines) { fields.firstIndex(of: $0) ?? 0 }
    for (y, field) in fields[start..<min(start + lines, fields.count)].enumerated() {
      let isChanged = changed.contains(field)
      if state.pointed.contains(field) { canvas.text("▸", at: 0, y, Style.accent.inBold) }
      canvas.text(offsetText(field.description.offset), at: 1, y, .dim)
      if isChanged { canvas.text("*", at: 6, y, Style.changed.inBold) }
      let name: Style = state.pointed.contains(field) ? .bold : .dim
      canvas.text(
        field.name, at: 7, y, field == selected ? Style.accent.inBold : name, width: 14)
      drawOctets(field, memory, block, at: 23, y, most: 4, on: &canvas)
      canvas.text(
        valueText(field, memory, block), at: 36, y, isChanged ? .changed : .plain,
        width: canvas.width - 37)
    }
  }
}
