import Course
import Session
import Stack

/// View 5: the exchange as a sequence diagram, up to now.
public struct LadderView: PaneView {
  let scene: Scene
  let state: ViewState
  let isFocused: Bool
  let ladder: LadderRows

  public init(_ scene: Scene, _ state: ViewState, isFocused: Bool) {
    self.scene = scene
    self.state = state
    self.isFocused = isFocused
    var anchor: Int?
    if case .row(let moment) = state.selection { anchor = moment }
    ladder = LadderRows(scene, around: anchor)
  }

  var rows: [LadderRow] { ladder.rows }

  /// The row that was chosen, else the newest.
  var chosen: LadderRow? {
    if case .row(let moment) = state.selection,
      let row = rows.first(where: { $0.isChoosable && $0.moment == moment })
    {
      return row
    }
    return rows.last { $0.isChoosable }
  }

  // MARK: The title rule

  public var subtitle: String { "" }

  public var facts: [StyledText] {
    let word = scene.say("순간", "moment")
    var facts = [StyledText("\(word) \(scene.index)/\(scene.length)")]
    // The rule has no room for more.
    for origin in ladder.origins.prefix(8) {
      facts.append(StyledText("   \(origin.name) = "))
      let number = isCovered(origin) ? "?" : scene.hexadecimal(origin.iss)
      facts.append(StyledText(number, Style(scene.role(origin.host))))
    }
    return facts
  }

  /// An initial sequence number that is asked for, in a record or in the SYN that bore it.
  private func isCovered(_ origin: Scene.Origin) -> Bool {
    guard !scene.covers.isEmpty else { return false }
    let inMemory = scene.records(of: origin.host).contains { record in
      record.block.initialSendSequence == origin.iss
        && scene.isCovered(
          MemoryReference(host: origin.host, socket: record.block.number), .iss)
    }
    if inMemory { return true }
    return scene.frames.contains { frame in
      let unit = UnitSummary(frame: frame.octets)
      return frame.from == origin.host && unit.flags.contains(.syn) && unit.sequence == origin.iss
        && scene.isCovered(frame: frame.number, header: "tcp.seq")
    }
  }

  public var badge: String? {
    let count = rows.reduce(0) { $0 + $1.notes.values.filter { $0.moment == scene.index }.count }
    return count == 0 ? nil : "*\(count)"
  }

  // MARK: Choosing

  public var target: Int? { chosen?.moment }

  public var why: WhySubject? {
    guard let row = chosen else { return nil }
    return .moment(reason(of: row) ?? row.moment)
  }

  /// The moment whose rule made the frame, or the event itself.
  private func reason(of row: LadderRow) -> Int? { row.builtAt ?? row.tookAt }

  public func moved(_ motion: Motion, size: Size) -> ViewState? {
    let step: Int
    switch motion {
    case .up: step = -1
    case .down: step = 1
    case .pageUp: step = -max(1, size.height / 2)
    case .pageDown: step = max(1, size.height / 2)
    case .left, .right: return nil
    }
    let choices = rows.filter { $0.isChoosable }
    guard let chosen, let place = choices.firstIndex(where: { $0.moment == chosen.moment }) else {
      return nil
    }
    let next = min(max(0, place + step), choices.count - 1)
    guard next != place else { return nil }
    var moved = state
    // The newest row is not held on to: it follows the time.
    let isNewest = next == choices.count - 1 && isAtEnd
    moved.selection = isNewest ? nil : .row(choices[next].moment)
    return moved
  }

  /// Whether the rows that were read go up to now.
  private var isAtEnd: Bool {
    guard let last = scene.frames.last else { return true }
    return rows.contains { $0.frame?.number == last.number }
  }

  // MARK: Drawing

  public func draw(on canvas: inout Canvas) {
    canvas.withinMargin { inner in
      let hosts = scene.isPair ? [] : scene.diagramHosts
      let form = LadderForm(width: inner.width, hosts: hosts)
      let picture = LadderPicture(
        scene: scene, origins: ladder.origins, form: form, chosen: chosen?.moment)
      let closing = inner.closingLines(closingLines, most: inner.height >= 12 ? 4 : 2)
      let room = Rectangle(x: 0, y: 0, width: inner.width, height: inner.height - closing)
      inner.within(room) { drawRows(picture, on: &$0) }
    }
  }

  private func drawRows(_ picture: LadderPicture, on canvas: inout Canvas) {
    guard canvas.height > 1 else { return }
    picture.drawHeader(at: 0, on: &canvas, way: SequenceDirection(rows))
    guard !rows.isEmpty else {
      let form = picture.form
      let lines = form.columns.isEmpty ? [form.leftLine, form.rightLine] : form.columns.map(\.x)
      for x in lines { canvas.put("│", at: x, 1, .dim) }
      picture.drawEnd(at: 2, on: &canvas)
      let text = scene.say("아직 오간 것이 없습니다.", "Nothing has been sent yet.")
      canvas.wrappedText(text, at: 2, 4, width: canvas.width - 4, .dim)
      return
    }
    let height = canvas.height - 1
    var lines = picture.lines(rows)
    if lines.count > height - 1 {
      // Pauses go first.
      lines.removeAll { if case .pause = $0.row.kind { true } else { false } }
    }
    let start = firstLine(lines, height: height)
    let shown = lines[start..<min(lines.count, start + height)]
    for (y, line) in shown.enumerated() { picture.draw(line, at: 1 + y, on: &canvas) }
    if start + shown.count == lines.count {
      picture.drawEnd(at: 1 + shown.count, on: &canvas)
    } else {
      canvas.put("▾", at: canvas.width - 1, height, .dim)
    }
    if start > 0 {
      // Never in place of a number's last digit: the head has room beside it.
      let isFree = canvas.character(at: canvas.width - 1, 1) == " "
      canvas.put("▴", at: canvas.width - 1, isFree ? 1 : 0, .dim)
    }
  }

  /// The first line shown: the end of the picture, or further up to have the chosen row in view.
  private func firstLine(_ lines: [LadderPicture.Line], height: Int) -> Int {
    // The end of the two lines of life is worth a row while everything fits.
    guard lines.count > height else { return 0 }
    let last = lines.count - height
    guard let chosen, let place = lines.firstIndex(where: { $0.row.moment == chosen.moment }) else {
      return last
    }
    return min(last, max(0, place - 2))
  }

  /// What the chosen row did where it arrived, and why it was sent.
  private var closingLines: [ClosingLine] {
    guard let row = chosen else { return [] }
    var lines = [
      ClosingLine(label: StyledText("▸", .accent), text: [StyledText(outcome(row))], gap: 1)
    ]
    if let number = reason(of: row), let rule = scene.timeline.moment(number)?.rule {
      lines.append(
        ClosingLine(
          label: StyledText(scene.say("왜", "why"), .dim),
          text: [StyledText(RuleProse.text(rule, scene.language))],
          reference: rule.reference.description, hasWhy: true))
    }
    return lines
  }

  private func outcome(_ row: LadderRow) -> String {
    if let frame = row.frame {
      let name = "#\(frame.number)  " + sackText(frame)
      if !scene.hasEnded(frame) {
        return name + scene.say("아직 선로 위에 있습니다.", "It is on the line.")
      }
      if frame.fate == .lost {
        return name + scene.say("선로에서 사라졌습니다.", "It was lost on the line.")
      }
      if let rule = row.tookAt.flatMap({ scene.timeline.moment($0)?.rule }) {
        return name + RuleProse.text(rule, scene.language)
      }
      return name + scene.say("도착했습니다.", "It has arrived.")
    }
    let host = row.notes.keys.min { $0.index < $1.index }
    let note = row.notes.values.map(\.text).first ?? ""
    return (host.map { scene.hostName($0) + "  " } ?? "") + note
  }

  /// `SACK c+4345–c+7241  `: what an acknowledgment says that it holds behind a gap.
  private func sackText(_ frame: FrameRecord) -> String {
    let blocks = LadderLabel.blocks(frame)
    guard !blocks.isEmpty, !scene.isCovered(frame: frame.number, header: "tcp.sack") else {
      return ""
    }
    let host = scene.host(ofPacket: frame).listener
    let texts = blocks.map { block in
      [block.left, block.right].map { scene.relative($0, of: host, from: ladder.origins) }
        .joined(separator: "–")
    }
    return "SACK \(texts.joined(separator: ", "))  "
  }
}
