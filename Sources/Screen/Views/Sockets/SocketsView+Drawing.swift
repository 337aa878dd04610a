import Session
import Stack

// MARK: The tables

extension SocketsView {
  /// A line of the upper part.
  private enum Line {
    case blank
    case host(HostID)
    case names
    case row(SocketRow)
    case remark(String)
    case none(HostID)
    /// A host of several without a socket: its name and nothing else.
    case empty(HostID)
    /// The host is a real one: what it holds is not known.
    case unseen
  }

  func drawTables(_ form: SocketsForm, on canvas: inout Canvas) {
    let roomy = tableLines(spacious: true)
    let lines = roomy.count <= canvas.height ? roomy : tableLines(spacious: false)
    let start = firstLine(lines, height: canvas.height)
    for (y, line) in lines.dropFirst(start).prefix(canvas.height).enumerated() {
      draw(line, form, at: y, on: &canvas)
    }
    if start > 0 { canvas.put("▴", at: canvas.width - 1, 0, .dim) }
    if start + canvas.height < lines.count {
      canvas.put("▾", at: canvas.width - 1, canvas.height - 1, .dim)
    }
  }

  /// With room for a row that may come, so that the tables keep their places.
  private func tableLines(spacious: Bool) -> [Line] {
    var lines: [Line] = spacious ? [.blank] : []
    for host in scene.world.hosts {
      let id = host.configuration.id
      let own = rows.filter { $0.memory.host == id }
      if !lines.isEmpty, id.index > 0 { lines.append(.blank) }
      guard scene.isPair || !own.isEmpty else {
        lines.append(.empty(id))
        continue
      }
      lines += [.host(id), .names]
      if own.isEmpty { lines.append(scene.isOutside(id) ? .unseen : .none(id)) }
      var used = max(1, own.count)
      for row in own {
        lines.append(.row(row))
        guard row.memory == chosen?.memory, let remark = remark(row) else { continue }
        lines.append(.remark(remark))
        used += 1
      }
      if spacious, id.index + 1 < scene.world.hosts.count, used < 2 { lines.append(.blank) }
    }
    return lines
  }

  private func withoutSockets(_ host: HostID) -> String {
    scene.isRouter(host)
      ? scene.say("소켓 없음 · 패킷을 중계할 뿐입니다.", "no sockets: it only passes packets on")
      : scene.say("소켓 없음", "no sockets")
  }

  private func remark(_ row: SocketRow) -> String? {
    SocketCells(scene: scene, row: row).remark(acceptQueue: acceptQueue(of: row))
  }

  private func firstLine(_ lines: [Line], height: Int) -> Int {
    guard lines.count > height, let chosen else { return 0 }
    let place =
      lines.firstIndex { line in
        if case .row(let row) = line { return row.memory == chosen.memory }
        return false
      } ?? 0
    return min(lines.count - height, max(0, place - height + 2))
  }

  private func draw(_ line: Line, _ form: SocketsForm, at y: Int, on canvas: inout Canvas) {
    switch line {
    case .blank: break
    case .host(let id):
      let host = scene.world.hosts[Int(id.index)].configuration
      canvas.text(
        [
          StyledText(host.name, Style(scene.role(id), bold: true)),
          StyledText(" \(host.address)", Style(scene.role(id))),
        ], at: form.titleX, y)
    case .empty(let id):
      let host = scene.world.hosts[Int(id.index)].configuration
      canvas.text(
        [
          StyledText(host.name, Style(scene.role(id), bold: true)),
          StyledText(" \(host.address)", Style(scene.role(id))),
          StyledText("  " + withoutSockets(id), .dim),
        ], at: form.titleX, y, width: canvas.width - form.titleX)
    case .names:
      for column in form.columns {
        canvas.text(
          scene.say(column.ko, column.en), at: column.x, y, .dim, width: column.width + 1)
      }
    case .none: canvas.text("–", at: form.columns[0].x, y, .dim)
    case .unseen:
      let x = form.columns[0].x
      canvas.text("?", at: x, y, .warning)
      let text = scene.say(
        "커널의 메모리는 여기서 볼 수 없습니다.", "The kernel's memory cannot be seen from here.")
      canvas.text(text, at: x + 2, y, .dim, width: canvas.width - x - 2)
    case .remark(let text):
      let x = form.isWide ? 7 : 5
      canvas.text(text, at: x, y, .dim, width: canvas.width - x)
    case .row(let row): draw(row, form, at: y, on: &canvas)
    }
  }

  private func draw(_ row: SocketRow, _ form: SocketsForm, at y: Int, on canvas: inout Canvas) {
    let cells = SocketCells(scene: scene, row: row)
    let changed = scene.changedFields(row.memory)
    let isChosen = row.memory == chosen?.memory
    for column in form.columns {
      let fields = fields(of: column)
      let isChanged = !changed.isDisjoint(with: fields) || (row.isDeleted && fields == [.state])
      let text = self.text(column, cells)
      var style: Style = isChosen ? .bold : .plain
      if column.content == .local || column.content == .remote {
        style = addressStyle(row, column, isChosen)
      }
      if row.isDeleted { style = fields == [.state] ? .warning : .dim }
      if isChanged {
        if !row.isDeleted { style = Style.changed.inBold }
        canvas.put("*", at: column.x - 1, y, Style.changed.inBold)
      }
      canvas.text(text, at: column.x, y, style, width: column.width)
    }
    if isChosen { canvas.put("▸", at: form.mark, y, Style.accent.inBold) }
  }

  private func fields(of column: SocketsForm.Column) -> Set<Field> {
    switch column.content {
    case .descriptor: [.descriptor]
    case .owner: [.owner]
    case .transport: [.proto]
    case .state: [.state]
    case .local: [.localAddress, .localPort]
    case .remote: [.remoteAddress, .remotePort]
    }
  }

  private func text(_ column: SocketsForm.Column, _ cells: SocketCells) -> String {
    switch column.content {
    case .descriptor: cells.text(.descriptor)
    case .owner: cells.text(.owner)
    case .transport: cells.text(.proto)
    case .state: cells.state
    case .local: cells.local
    case .remote: cells.remote
    }
  }

  /// An address in the colour of the host whose it is; one that is not set belongs to nobody.
  private func addressStyle(
    _ row: SocketRow, _ column: SocketsForm.Column, _ isChosen: Bool
  ) -> Style {
    let isLocal = column.content == .local
    guard row.block.isSet(isLocal ? .localPort : .remotePort) else { return Style(bold: isChosen) }
    let address = isLocal ? row.block.localAddress : row.block.remoteAddress
    let owner = scene.world.hosts.first { $0.configuration.address == address }
    let role = owner.map { scene.role($0.configuration.id) } ?? .plain
    return Style(isLocal ? scene.role(row.memory.host) : role, bold: isChosen)
  }
}

// MARK: The record

extension SocketsView {
  func drawRecord(_ form: SocketsForm, _ room: RecordRoom, on canvas: inout Canvas) {
    let top = room.hasBlanks ? 1 : 0
    guard let chosen else {
      let text = scene.say("아직 소켓이 없습니다.", "There is no socket yet.")
      canvas.text(text, at: form.titleX, top, .dim)
      return
    }
    canvas.put("▸", at: form.mark, top, Style.accent.inBold)
    canvas.text(recordTitle(chosen, form), at: 3, top, .bold, width: canvas.width - 4)
    let columns = form.recordColumns
    let items = (form.isWide ? RecordItem.all : RecordItem.narrow)
      .prefix(room.itemRows * columns.count)
    for (place, item) in items.enumerated() {
      let x = columns[place % columns.count]
      draw(item, of: chosen, form, at: x, top + 1 + place / columns.count, on: &canvas)
    }
    drawLine(chosen, form, at: canvas.height - 1, on: &canvas)
  }

  /// Where there is no column for them the title says what kind of socket it is and whose.
  private func recordTitle(_ row: SocketRow, _ form: SocketsForm) -> String {
    guard !form.isWide else {
      return scene.say("줄의 기록", "the record behind the row")
    }
    let cells = SocketCells(scene: scene, row: row)
    let owner = row.block.isSet(.owner) ? " · pid \(cells.text(.owner))" : ""
    return scene.say("기록 ", "record ") + address(row) + " · \(cells.text(.proto))" + owner
  }

  private func address(_ row: SocketRow) -> String {
    "0x" + String(SocketMemory.address(ofSlot: row.slot), radix: 16)
  }

  private func draw(
    _ item: RecordItem, of row: SocketRow, _ form: SocketsForm, at x: Int, _ y: Int,
    on canvas: inout Canvas
  ) {
    let label = scene.say(item.ko, item.en)
    guard let field = item.field else {
      canvas.text(label, at: x, y, .dim)
      canvas.text(address(row), at: x + form.valueOffset, y)
      return
    }
    let isChanged = scene.changedFields(row.memory).contains(field)
    let isSelected = field == selectedField
    var style = valueStyle(field, row)
    if isChanged { style = Style.changed.inBold }
    if isSelected { style = Style.accent.inBold }
    canvas.text(label, at: x, y, isSelected ? .accent : .dim)
    let value = scene.text(field, of: row.memory, row.block)
    let width = canvas.text(
      value, at: x + form.valueOffset, y, style, width: (form.isWide ? 24 : 23) - form.valueOffset)
    if isChanged { canvas.put("*", at: x - 1, y, Style.changed.inBold) }
    if isSelected {
      canvas.put("[", at: x + form.valueOffset - 1, y, style)
      canvas.put("]", at: x + form.valueOffset + width, y, style)
    }
  }

  /// Sequence numbers in the colour of the host whose octets they count.
  private func valueStyle(_ field: Field, _ row: SocketRow) -> Style {
    guard row.block.isSet(field) else { return .dim }
    switch field {
    case .iss, .sndUna, .sndNxt, .rcvWnd: return Style(scene.role(row.memory.host))
    case .irs, .rcvNxt, .sndWnd: return Style(scene.role(scene.peer(of: row.memory.host)))
    default: return .plain
    }
  }

  private func drawLine(
    _ row: SocketRow, _ form: SocketsForm, at y: Int, on canvas: inout Canvas
  ) {
    let cells = SocketCells(scene: scene, row: row)
    let x = form.isWide ? 11 : 9
    let room = canvas.width - x
    guard let words = cells.line(acceptQueue: acceptQueue(of: row)) else {
      let text = scene.say("이 소켓은 나오지 않습니다.", "does not list this socket")
      canvas.text(cells.command, at: 1, y, .dim)
      canvas.text(text, at: x, y, .dim, width: room)
      return
    }
    let wide = words.joined(separator: "  ")
    let close = words.joined(separator: " ")
    let fits = close.displayWidth <= room
    // A long line leaves the options of the command out.
    canvas.text(fits ? cells.command : "ss", at: 1, y, .dim)
    canvas.text(
      wide.displayWidth <= room ? wide : close, at: fits ? x : 4, y, .plain,
      width: canvas.width - (fits ? x : 4))
  }
}
