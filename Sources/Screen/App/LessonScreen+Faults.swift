import Course
import Session
import Simulation
import Stack
import Wire

/// The box of faults.
extension LessonScreen {
  func drawFaults(_ state: FaultState, on canvas: inout Canvas) {
    let faults = FaultScene(scene)
    let frame = canvas.bounds.centred(Size(width: 68, height: max(4, faults.rows(state).count) + 9))
    canvas.openBox(frame, title: title(state, faults), facts: facts(state, faults), .accent) {
      inside in
      drawSubject(state, faults, on: &inside)
      let rows = faults.rows(state)
      for (index, row) in rows.enumerated() {
        draw(row, state, isChosen: index == state.row, at: 3 + index, on: &inside)
      }
      drawBranchLine(state, rows, at: inside.height - 3, on: &inside)
      inside.text(keys(state, faults, rows), at: 2, inside.height - 1, width: inside.width - 3)
    }
  }

  private func title(_ state: FaultState, _ faults: FaultScene) -> [StyledText] {
    let word = say("고장 · ", "Fault · ")
    switch state.page {
    case .hosts: return [StyledText(word + scene.hostName(state.host), .bold)]
    case .wire:
      guard let frame = faults.frame(state) else {
        return [StyledText(word + say("선로가 비었습니다", "nothing in flight"), .bold)]
      }
      let number = frame.number
      let text =
        frame.fate == .held
        ? say("붙잡힌 프레임 \(number)", "frame \(number), held")
        : say("선로 위의 프레임 \(number)", "frame \(number) in flight")
      return [StyledText(word + text, .bold)]
    }
  }

  private func facts(_ state: FaultState, _ faults: FaultScene) -> [StyledText] {
    guard state.page == .wire, let frame = faults.frame(state) else { return [] }
    let way = "\(scene.hostName(frame.from)) → \(scene.hostName(frame.to))"
    guard faults.frames.count > 1,
      let place = faults.frames.firstIndex(where: { $0.number == frame.number })
    else { return [StyledText(way, .dim)] }
    return [StyledText("\(place + 1)/\(faults.frames.count) · \(way)", .dim)]
  }

  /// The frame itself or the host is the heading, so that it is plain what will be hit.
  private func drawSubject(_ state: FaultState, _ faults: FaultScene, on canvas: inout Canvas) {
    switch state.page {
    case .wire:
      guard let frame = faults.frame(state) else {
        let text = say(
          "이 순간에는 선로 위에 프레임이 없습니다.\n]를 누르면 다음 프레임이 나가는 순간으로 갑니다.",
          "At this moment no frame is on the wire.\n] goes on to the moment at which the next one leaves."
        )
        for (row, line) in text.split(separator: "\n").enumerated() {
          canvas.text(line, at: 2, 1 + row)
        }
        return
      }
      canvas.text(strip(frame), at: 2, 1, width: canvas.width - 3)
    case .hosts:
      let host = faults.world.hosts[Int(state.host.index)]
      let sockets = host.memory.count
      let processes = faults.processes(of: state.host).count
      canvas.text(
        [
          StyledText(scene.hostName(state.host), Style(scene.role(state.host), bold: true)),
          StyledText("  \(host.configuration.address)  "),
          StyledText(
            say(
              "소켓 \(sockets)개 · 프로세스 \(processes)개",
              "sockets: \(sockets), processes: \(processes)")),
        ], at: 2, 1)
    }
  }

  /// `[ETH 14│IP 20│TCP 24│pad 2│FCS 4]─▸   SYN  c`.
  private func strip(_ frame: FrameInFlight) -> [StyledText] {
    let dissection = Dissection(frame: frame.octets)
    var parts = dissection.layers.map { "\($0.kind.shortName) \($0.range.count)" }
    if !dissection.payload.isEmpty {
      parts.append(say("데이터 ", "data ") + "\(dissection.payload.count)")
    }
    if !dissection.padding.isEmpty {
      parts.append(say("채움 ", "pad ") + "\(dissection.padding.count)")
    }
    let box = "[" + (parts + ["FCS \(EthernetLine.fcsLength)"]).joined(separator: "│") + "]"
    let isToRight = frame.from.index < frame.to.index
    let style = Style(scene.role(frame.from))
    let label = scene.timeline.frame(frame.number).map { record in
      LadderLabel(record, scene, scene.origins).head(24)
    }
    return [StyledText(isToRight ? box + "─▸" : "◂─" + box, style), StyledText("   ")]
      + (label ?? [])
  }

  // MARK: Rows

  private func draw(
    _ row: FaultRow, _ state: FaultState, isChosen: Bool, at y: Int, on canvas: inout Canvas
  ) {
    let isPossible = row.obstacle == nil
    let style: Style = isChosen ? .bold : isPossible ? .plain : .dim
    if isChosen { canvas.put("▸", at: 2, y, Style.accent.inBold) }
    canvas.text(row.label.text(model.language), at: 4, y, style)
    var x = 20
    var knob = 0
    if let obstacle = row.obstacle, row.knobs.isEmpty {
      // A row without values says in its place what is in the way.
      canvas.text(obstacle.text(model.language), at: x, y, style, width: canvas.width - x - 1)
      return
    }
    for part in row.parts { x += draw(part, &knob, state, isChosen, style, at: x, y, on: &canvas) }
    x = max(48, x + 2)
    for part in row.more { x += draw(part, &knob, state, isChosen, style, at: x, y, on: &canvas) }
  }

  private func draw(
    _ part: FaultRow.Part, _ knob: inout Int, _ state: FaultState, _ isChosen: Bool, _ style: Style,
    at x: Int, _ y: Int, on canvas: inout Canvas
  ) -> Int {
    switch part {
    case .text(let phrase): return canvas.text(phrase.text(model.language), at: x, y, style)
    case .value(let value, _):
      defer { knob += 1 }
      guard isChosen, knob == state.place else { return canvas.text(value, at: x, y, style) }
      let text = state.typed.isEmpty ? value : state.typed
      return canvas.text("[\(text)]", at: x, y, Style.accent.inBold)
    }
  }

  /// What enter opens, or what is in the way of the chosen row.
  private func drawBranchLine(
    _ state: FaultState, _ rows: [FaultRow], at y: Int, on canvas: inout Canvas
  ) {
    guard rows.indices.contains(state.row) else { return }
    let row = rows[state.row]
    if let obstacle = row.obstacle {
      canvas.text("! " + obstacle.text(model.language), at: 2, y, .warning, width: canvas.width - 3)
      return
    }
    let name = model.run.freshName(row.kind)
    let here = model.run.runs[model.step.run].name
    canvas.text(
      say(
        "새 갈래: ⑂ \(name) · \(here) 갈래는 그대로 있습니다.",
        "Opens branch ⑂ \(name). Branch \(here) stays as it is."),
      at: 2, y, .dim, width: canvas.width - 3)
  }

  /// The keys that act here.
  private func keys(_ state: FaultState, _ faults: FaultScene, _ rows: [FaultRow]) -> [StyledText] {
    var keys: [(String, String)] = []
    if rows.indices.contains(state.row) {
      let count = rows[state.row].knobs.count
      keys.append(("enter", say("하기", "do it")))
      if count < 2 { keys.append(("↑↓", say("고르기", "choose"))) }
      if count > 0 { keys.append(("←→", say("바꾸기", "change"))) }
      if count > 1 { keys.append(("space", say("다음 값", "next value"))) }
    }
    switch state.page {
    case .wire:
      if faults.frames.isEmpty { keys.append(("]", say("다음 프레임", "next frame"))) }
      if faults.frames.count > 1 { keys.append(("[ ]", say("다른 프레임", "other frame"))) }
      keys.append(("tab", say("호스트", "hosts")))
    case .hosts:
      keys.append(("[ ]", say("다른 호스트", "other host")))
      keys.append(("tab", say("선로", "wire")))
    }
    keys.append(("esc", say("나가기", "leave")))
    return keys.flatMap { key, text in
      [StyledText(key, .accent), StyledText(" \(text)  ", .dim)]
    }
  }
}
