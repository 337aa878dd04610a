import Course
import Session
import Stack
import Wire

/// View 4: the chosen header as its grid of 32 bits, with the values that its octets hold.
public struct HeaderView: PaneView {
  let scene: Scene
  let state: ViewState
  let isFocused: Bool
  let subject: HeaderSubject?
  /// The header shown: the chosen one, else the innermost there is.
  let choice: HeaderChoice
  let layer: Dissection.Layer?
  let fields: [HeaderField]

  public init(_ scene: Scene, _ state: ViewState, isFocused: Bool) {
    self.init(HeaderSubject.of(scene, frame: state.frame), scene, state, isFocused: isFocused)
  }

  init(_ subject: HeaderSubject?, _ scene: Scene, _ state: ViewState, isFocused: Bool) {
    self.scene = scene
    self.state = state
    self.isFocused = isFocused
    self.subject = subject
    let choices = subject?.choices ?? []
    let innermost = choices.last { $0 != .data && $0 != .sizes } ?? choices.last ?? state.header
    choice = choices.contains(state.header) ? state.header : innermost
    layer = subject?.layer(choice)
    if let subject, let layer { fields = subject.fields(layer) } else { fields = [] }
  }

  /// The chosen field, if this header has it; else what the step points at, else what the header is known for.
  var selected: HeaderField? {
    if case .headerField(let id) = state.selection, let field = field(id) { return field }
    if let field = state.pointedHeader.flatMap({ field($0) }) { return field }
    return fields.first { Self.leading.contains($0.id) } ?? fields.first
  }

  private func field(_ id: String) -> HeaderField? {
    if let field = fields.first(where: { $0.id == id }) { return field }
    guard let layer, let subject else { return nil }
    let octets = subject.octets.span.bytes.extracting(layer.range)
    return HeaderFormat.field(id, in: octets, layer.kind)
  }

  private static let leading: Set<String> = [
    "tcp.seq", "ip.src", "ethernet.type", "udp.length", "arp.op", "icmp.type",
  ]

  // MARK: The title rule

  public var subtitle: String {
    guard let subject else { return "" }
    let kind = layer.map { $0.kind == .ipv4 ? "IP" : "\($0.kind)" }
    let other = choice == .sizes ? scene.say("길이", "sizes") : scene.say("데이터", "data")
    let name = kind ?? other
    if subject.isCaptured { return name }
    let from = scene.hostName(subject.sender)
    guard let frame = subject.frame else {
      return "\(name) · \(from) · " + scene.say("만드는 중", "being built")
    }
    let to = subject.receiver.map { " → " + scene.hostName($0) } ?? ""
    return "\(name) · " + scene.say("프레임", "frame") + " \(frame.number) · \(from)\(to)"
  }

  public var owner: String {
    guard let subject, !subject.isCaptured else { return "" }
    guard let frame = subject.frame else { return scene.say("만드는 중", "being built") }
    return scene.say("프레임", "frame") + " \(frame.number) · \(scene.hostName(subject.sender))"
  }

  public var facts: [StyledText] {
    guard let subject else { return [] }
    let rest = choice == .sizes ? subject.packetLength : subject.payload.count
    let count = layer?.range.count ?? rest
    var facts = [StyledText(scene.say("\(count)바이트", "\(count) bytes"))]
    if let flags {
      facts.insert(StyledText(flags + "   ", Style(scene.role(subject.sender))), at: 0)
    }
    return facts
  }

  private var flags: String? {
    guard let subject, let layer, layer.kind == .tcp, !isCovered("tcp.flags"),
      let header = try? TCPHeader(
        parsing: subject.octets.span.bytes.extracting(layer.range))
    else { return nil }
    return header.flags.joined
  }

  func isCovered(_ id: String) -> Bool {
    let isAsked = scene.isCovered(frame: subject?.frame?.number ?? 0, header: id)
    let whole = id.hasPrefix("tcp.flags.") && isCovered("tcp.flags")
    return isAsked || whole
  }

  // MARK: Choosing

  public var target: Int? {
    guard let subject, !subject.isCaptured else { return nil }
    return subject.buildMoment(scene) ?? subject.frame?.sentMoment
  }

  public func moved(_ motion: Motion, size: Size) -> ViewState? {
    guard let subject else { return nil }
    var next = state
    next.header = choice
    if motion == .pageUp || motion == .pageDown {
      let choices = subject.choices
      guard let place = choices.firstIndex(of: choice) else { return nil }
      let other = place + (motion == .pageDown ? 1 : -1)
      guard choices.indices.contains(other) else { return nil }
      next.header = choices[other]
      next.scroll = 0
      return next
    }
    if choice == .data { return scrolled(motion, size) }
    guard let field = neighbour(motion) else { return nil }
    next.selection = .headerField(id: field.id)
    return next
  }

  /// The field beside, above or below the chosen one.
  private func neighbour(_ motion: Motion) -> HeaderField? {
    guard let selected, let place = fields.firstIndex(where: { $0.bits == selected.bits }) else {
      return fields.first
    }
    switch motion {
    case .left: return place > 0 ? fields[place - 1] : nil
    case .right: return place + 1 < fields.count ? fields[place + 1] : nil
    case .up, .down:
      let start = selected.bits.lowerBound
      let bit =
        motion == .up ? start - 32 : max(start + 32, (selected.bits.upperBound - 1) / 32 * 32)
      if let hit = fields.first(where: { $0.bits.contains(bit) && $0 != selected }) { return hit }
      return motion == .up ? fields[..<place].first : fields[place...].dropFirst().last
    case .pageUp, .pageDown: return nil
    }
  }

  private func scrolled(_ motion: Motion, _ size: Size) -> ViewState? {
    guard motion == .up || motion == .down, let subject else { return nil }
    let each = PayloadForm(width: size.width).octets
    let lines = (subject.payload.count + each - 1) / each
    let scroll = state.scroll + (motion == .down ? 1 : -1)
    guard scroll >= 0, scroll < max(1, lines - size.height + 4) else { return nil }
    var next = state
    next.header = choice
    next.scroll = scroll
    return next
  }

  public func found(_ text: String) -> ViewState? {
    guard let subject else { return nil }
    let wanted = text.lowercased()
    func fits(_ field: HeaderField) -> Bool {
      [field.id, field.name, field.abbreviation, HeaderNames.name(field, .ko)]
        .contains { $0.lowercased().contains(wanted) }
    }
    let ordered = [choice] + subject.choices.filter { $0 != choice }
    for choice in ordered {
      guard let layer = subject.layer(choice) else { continue }
      let fields = subject.fields(layer)
      let hit = fields.first { $0.id == wanted || $0.name == wanted } ?? fields.first(where: fits)
      guard let hit else { continue }
      var next = state
      next.header = choice
      next.selection = .headerField(id: hit.id)
      return next
    }
    return nil
  }

  // MARK: Drawing

  public func draw(on canvas: inout Canvas) {
    canvas.withinMargin { inner in
      guard let subject else {
        let text = scene.say(
          "아직 만든 조각도, 지나간 프레임도 없습니다.", "No unit has been built and no frame has passed yet.")
        inner.wrappedText(text, at: 2, 1, width: inner.width - 4, .dim)
        return
      }
      if let layer {
        drawHeader(subject, layer, on: &inner)
      } else if choice == .sizes {
        drawSizes(subject, on: &inner)
      } else {
        drawPayload(subject, on: &inner)
      }
    }
  }

  private func drawHeader(
    _ subject: HeaderSubject, _ layer: Dissection.Layer, on canvas: inout Canvas
  ) {
    let grid = HeaderGrid(fields)
    let isNarrow = HeaderForm.isNarrow(canvas.width)
    let strip = isNarrow ? [] : stripLines(layer, width: canvas.width)
    let row = (selected?.bits.lowerBound ?? 0) / 32
    let needed = 2 * grid.rowCount + 2 + strip.count
    let lines = closingLines
    // An open grid is worth more than a second row of words.
    let spare = canvas.height - needed
    let closing = canvas.closingLines(
      lines, at: isNarrow ? 1 : 2, most: spare >= lines.count ? spare : 4)
    let room = canvas.height - closing - strip.count
    let form = HeaderForm(
      width: canvas.width, height: room, rows: grid.rowCount, selectedRow: row)
    drawGrid(grid, form, subject, layer, on: &canvas)
    if isNarrow {
      drawSideStrip(form, subject, layer, on: &canvas)
    } else {
      let y = canvas.height - closing - strip.count
      for (index, range) in strip.enumerated() {
        drawStrip(range, subject, layer, at: 2, y + index, on: &canvas)
      }
    }
  }
}
