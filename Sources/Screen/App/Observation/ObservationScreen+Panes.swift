import Course
import Session
import Stack

/// The list of connections with what is known of one, and the ladder.
extension ObservationScreen {
  // MARK: Connections

  func drawConnections(on canvas: inout Canvas) {
    let isWide = canvas.width >= 72
    let record = recordLines(isWide: isWide, width: canvas.width)
    let each = isWide ? 1 : 2
    let room = max(each, (canvas.height - record.count - 2) / each * each)
    let count = model.observation.connections.count + 1
    let chosen = (model.connection ?? -1) + 1
    let first = max(0, min(chosen - room / each / 2, count - room / each))
    var y = 0
    if isWide {
      drawListHeading(on: &canvas)
      y = 1
    }
    let last = min(count, first + (room - y) / each)
    for row in first..<max(first, last) {
      drawListRow(row, isChosen: row == chosen, isWide: isWide, at: y, on: &canvas)
      y += each
    }
    if first > 0 { canvas.put("▴", at: canvas.width - 1, isWide ? 1 : 0, .dim) }
    if last < count { canvas.put("▾", at: canvas.width - 1, y - 1, .dim) }
    let top = canvas.height - record.count
    for (index, line) in record.enumerated() where top + index > y {
      canvas.text(line, at: 2, top + index, width: canvas.width - 3)
    }
  }

  private func drawListHeading(on canvas: inout Canvas) {
    canvas.text(say("접속", "connection"), at: 9, 0, .dim)
    canvas.text(say("프레임", "frames"), endingBefore: 58, 0, .dim)
    canvas.text(say("바이트", "octets"), endingBefore: 67, 0, .dim)
    canvas.text(say("상태", "state"), at: 68, 0, .dim)
  }

  private func drawListRow(
    _ row: Int, isChosen: Bool, isWide: Bool, at y: Int, on canvas: inout Canvas
  ) {
    let style: Style = isChosen ? Style.accent.inBold : .plain
    if isChosen { canvas.put("▸", at: 0, y, style) }
    guard row > 0 else {
      let count = model.observation.frames.count
      canvas.text(say("모든 프레임", "all frames"), at: isWide ? 9 : 5, y, style)
      canvas.text("\(count)", endingBefore: isWide ? 58 : canvas.width - 1, y, style)
      return
    }
    let connection = model.observation.connections[row - 1]
    let kind = connection.transport == .tcp ? "TCP" : "UDP"
    let state = connection.knowledge[0].state ?? (connection.transport == .tcp ? "?" : "")
    canvas.text("\(connection.number)", endingBefore: isWide ? 4 : 3, y, style)
    if isWide {
      let ends = "\(connection.ends[0]) ↔ \(connection.ends[1])"
      canvas.text(kind, at: 5, y, style)
      canvas.text(ends, at: 9, y, style, width: 44)
      canvas.text("\(connection.frames.count)", endingBefore: 58, y, style)
      canvas.text("\(connection.octets)", endingBefore: 67, y, style)
      canvas.text(state, at: 68, y, style, width: canvas.width - 68)
    } else {
      canvas.text("\(kind) \(connection.ends[0])", at: 4, y, style)
      canvas.text("\(connection.frames.count)", endingBefore: canvas.width - 1, y, style)
      canvas.text("  ↔ \(connection.ends[1])", at: 4, y + 1, style)
      canvas.text(state, endingBefore: canvas.width - 1, y + 1, .dim)
    }
  }

  /// Both ends of the chosen connection with what the frames up to now tell of their records.
  private func recordLines(isWide: Bool, width: Int) -> [[StyledText]] {
    guard let known = model.known else { return [] }
    let explanation = say(
      "?  선로에 오가지 않아 캡처로는 알 수 없는 것입니다.",
      "?  never sent on the wire, so a capture cannot know it.")
    guard known.transport == .tcp else { return wrapped(explanation, width - 3) }
    let cells = known.knowledge.map { ObservationPrint.cells($0) }
    let rest = [[]] + wrapped(explanation, width - 3)
    return (isWide ? wideRecord(known, cells) : narrowRecord(known, cells)) + rest
  }

  private typealias Cells = [[(name: String, value: String)]]

  /// `192.0.2.80:80  ESTABLISHED`.
  private func end(_ side: Int, of known: ObservedConnection) -> [StyledText] {
    [
      StyledText("\(known.ends[side])", (side == 0 ? Style.client : .server).inBold),
      StyledText("  \(known.knowledge[side].state ?? "?")"),
    ]
  }

  /// The two records one below the other, three cells to a row.
  private func wideRecord(_ known: ObservedConnection, _ cells: [Cells]) -> [[StyledText]] {
    [0, 1].flatMap { side -> [[StyledText]] in
      let rows = cells[side].map { row in
        row.flatMap { cell in
          [
            StyledText(cell.name.padded(to: 9), .dim), StyledText(cell.value.padded(to: 16)),
          ]
        }
      }
      return (side == 0 ? [] : [[]]) + [end(side, of: known)] + rows
    }
  }

  /// The two records side by side, one cell of each to a row.
  private func narrowRecord(_ known: ObservedConnection, _ cells: [Cells]) -> [[StyledText]] {
    let rows = (0..<3).flatMap { column in
      (0..<3).map { row -> [StyledText] in
        let own = cells[0][row][column]
        return [
          StyledText(own.name.padded(to: 10), .dim),
          StyledText(own.value.padded(to: 12), .client),
          StyledText(cells[1][row][column].value, .server),
        ]
      }
    }
    return [end(0, of: known), end(1, of: known), []] + rows
  }

  private func wrapped(_ text: String, _ width: Int) -> [[StyledText]] {
    text.wrapped(to: width, hanging: 3).map { [StyledText($0, .dim)] }
  }

  // MARK: Ladder

  func drawLadder(on canvas: inout Canvas) {
    guard let place = model.connection else { return drawFrames(on: &canvas) }
    let connection = model.observation.connections[place]
    let height = canvas.height - 3
    // Some rows may be silence: more frames are asked for than have room.
    let first = max(0, min(model.place - height / 2, model.count - height))
    let range = first..<min(model.count, first + height)
    let ladder = ObservedLadder(
      connection, model.observation, model.language, range, isPlain: model.showsPlainNumbers)
    for (y, line) in ladder.heading.enumerated() { canvas.text(line, at: 2, y, .dim) }
    let top = ladder.heading.count
    let rows = around(ladder.rows, canvas.height - top)
    for (index, row) in rows.enumerated() {
      let isChosen = row.frame == model.place
      let role = row.side == 0 ? Style.client : Style.server
      let style = row.frame == nil ? .dim : isChosen ? role.inBold : role
      canvas.text(row.text, at: 2, top + index, style, width: canvas.width - 3)
      if isChosen { canvas.put("▸", at: 0, top + index, Style.accent.inBold) }
    }
    let isEnd = rows.last?.frame == model.count - 1
    if isEnd, top + rows.count < canvas.height {
      canvas.text(ObservedLadder.end, at: 2, top + rows.count, .dim)
    }
    if rows.first?.frame != 0 { canvas.put("▴", at: canvas.width - 1, top, .dim) }
    if !isEnd { canvas.put("▾", at: canvas.width - 1, canvas.height - 1, .dim) }
  }

  /// As many rows as have room, the frame looked at among them.
  private func around(_ rows: [ObservedLadder.Row], _ room: Int) -> ArraySlice<ObservedLadder.Row> {
    guard rows.count > room else { return rows[...] }
    let chosen = rows.firstIndex { $0.frame == model.place } ?? 0
    let first = max(0, min(chosen - room / 2, rows.count - room))
    return rows[first..<(first + room)]
  }

  /// All frames of the file, one to a line.
  private func drawFrames(on canvas: inout Canvas) {
    let room = canvas.height
    let first = max(0, min(model.place - room / 2, model.count - room))
    for (y, place) in (first..<min(model.count, first + room)).enumerated() {
      guard let frame = model.frame(place) else { continue }
      let isChosen = place == model.place
      if isChosen { canvas.put("▸", at: 0, y, Style.accent.inBold) }
      let style: Style = isChosen ? .bold : .plain
      canvas.text("\(frame.number)", endingBefore: 8, y, .dim)
      canvas.text(ObservationPrint.time(frame.time), endingBefore: 21, y, style)
      canvas.text(Self.words(frame), at: 23, y, style, width: canvas.width - 25)
    }
    if first > 0 { canvas.put("▴", at: canvas.width - 1, 0, .dim) }
    if first + room < model.count { canvas.put("▾", at: canvas.width - 1, room - 1, .dim) }
  }

  // MARK: Boxes

  func draw(_ overlay: ObservationModel.Overlay, on canvas: inout Canvas) {
    switch overlay {
    case .help: drawHelp(on: &canvas)
    case .goTo(let text):
      canvas.inputLine(say("이동", "Go to"), say("프레임 번호", "frame number"), text, model.language)
    case .search(let text):
      canvas.inputLine(say("찾기", "Search"), say("필드 이름", "field name"), text, model.language)
    }
  }

  /// The keys that act here, out of the one table; what they do to moments they do to frames.
  private func drawHelp(on canvas: inout Canvas) {
    let frame = canvas.bounds.centred(
      Size(width: min(80, canvas.width), height: min(24, canvas.height)))
    let bindings = KeyTable.all.filter { ObservationModel.has($0.action) }
    canvas.openBox(
      frame, title: [StyledText(say("도움", "Help"), .bold)],
      facts: [StyledText(say("캡처 · ?는 알 수 없는 것", "a capture · ? is not known"), .dim)], .accent
    ) { inside in
      let half = (bindings.count + 1) / 2
      for (index, binding) in bindings.enumerated() {
        let x = index < half ? 2 : 40
        let y = 1 + index % half
        inside.text(binding.label, at: x, y, .accent)
        let text = name(of: binding.action) ?? binding.long.text(model.language)
        inside.text(text, at: x + 11, y, width: 26)
      }
      inside.text(
        [StyledText("esc", .accent), StyledText(say(" 닫기", " close"), .dim)], at: 2,
        inside.height - 1)
    }
  }

  /// What an action does here where that is not what it does in a lesson.
  private func name(of action: Action) -> String? {
    switch action {
    case .nextMoment, .nextPacket: say("다음 프레임", "one frame on")
    case .previousMoment, .previousPacket: say("앞 프레임", "one frame back")
    case .firstMoment: say("첫 프레임", "first frame")
    case .lastMoment: say("마지막 프레임", "last frame")
    case .goTo: say("프레임 번호로", "go to a frame's number")
    case .jump: say("사다리, 그다음 헤더", "ladder, then header")
    case .quit: say("끝", "quit")
    default: nil
    }
  }
}
