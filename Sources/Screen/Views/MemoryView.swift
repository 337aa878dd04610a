import Course
import Session
import Stack

/// View 3: a control block's octets as they lie in memory, with what they mean.
public struct MemoryView: PaneView {
  let scene: Scene
  let state: ViewState
  let isFocused: Bool
  let memory: MemoryReference?
  let block: ControlBlock?
  let changed: Set<Field>

  public init(_ scene: Scene, _ state: ViewState, isFocused: Bool) {
    self.scene = scene
    self.state = state
    self.isFocused = isFocused
    memory = state.memory ?? scene.recordAtWork
    block = memory.flatMap { scene.block($0) }
    changed = memory.map { scene.changedFields($0) } ?? []
  }

  /// The chosen field, if it belongs to the record shown.
  var selected: Field? {
    guard case .field(let reference, let field) = state.selection, reference == memory else {
      return nil
    }
    return field
  }

  public var subtitle: String {
    guard let memory else { return "" }
    let place = scene.slot(memory).map { SocketMemory.address(ofSlot: $0) }
    let address = place.map { "0x" + String($0, radix: 16) } ?? scene.say("지움", "deleted")
    return "\(owner) · \(address)"
  }

  public var owner: String {
    guard let memory else { return "" }
    return "\(scene.hostName(memory.host)) \(scene.say("소켓", "socket")) \(memory.socket)"
  }

  private var changedOctets: Int { changed.reduce(0) { $0 + $1.description.width } }

  public var facts: [StyledText] {
    guard !changed.isEmpty else { return [] }
    return [
      StyledText("*", Style.changed.inBold),
      StyledText(
        scene.say(
          " 값 \(changed.count) · \(changedOctets)바이트 바뀜",
          " \(changed.count) \(changed.count == 1 ? "value" : "values") · \(changedOctets) \(changedOctets == 1 ? "byte" : "bytes") changed"
        )),
    ]
  }

  public var badge: String? { changed.isEmpty ? nil : "*\(changed.count)" }

  public var why: WhySubject? {
    guard let memory, let field = selected,
      scene.timeline.why(field, host: memory.host, socket: memory.socket, at: scene.index) != nil
    else { return nil }
    return .field(memory, field)
  }

  public var target: Int? {
    guard let memory, let field = selected else { return nil }
    return scene.timeline.why(field, host: memory.host, socket: memory.socket, at: scene.index)
  }

  // MARK: Moving

  /// Fields in reading order: the gaps are no fields to a learner.
  static let order: [Field] = Field.allCases.filter { $0.description.origin != .reserved }

  public func moved(_ motion: Motion, size: Size) -> ViewState? {
    guard let memory else { return nil }
    if motion == .pageUp || motion == .pageDown {
      if let other = neighbour(motion == .pageDown ? 1 : -1) {
        var next = state
        next.memory = other
        next.selection = selected.map { .field(other, $0) }
        return next
      }
      return nil
    }
    let form = MemoryForm(size)
    let step = motion == .up || motion == .down ? form.fieldsDown : 1
    let sign = motion == .up || motion == .left ? -1 : 1
    let start = selected.flatMap { MemoryView.order.firstIndex(of: $0) }
    let from = start ?? firstOfInterest
    let place = start == nil ? from : from + sign * step
    guard MemoryView.order.indices.contains(place) else { return nil }
    var next = state
    next.selection = .field(memory, MemoryView.order[place])
    next.memory = memory
    return next
  }

  /// Where a first press of an arrow lands: on what this moment wrote.
  private var firstOfInterest: Int {
    let interesting = MemoryView.order.firstIndex { changed.contains($0) }
    return interesting ?? 0
  }

  /// The record before or after this one, over all hosts.
  private func neighbour(_ step: Int) -> MemoryReference? {
    let all = scene.world.hosts.flatMap { host in
      scene.records(of: host.configuration.id).map {
        MemoryReference(host: host.configuration.id, socket: $0.block.number)
      }
    }
    guard let memory, let place = all.firstIndex(of: memory) else { return all.first }
    return all.indices.contains(place + step) ? all[place + step] : nil
  }

  public func found(_ text: String) -> ViewState? {
    guard let memory else { return nil }
    let start = selected.flatMap { MemoryView.order.firstIndex(of: $0) } ?? -1
    let rotated = MemoryView.order[(start + 1)...] + MemoryView.order[..<(start + 1)]
    guard let hit = rotated.first(where: { $0.name.contains(text) }) else { return nil }
    var next = state
    next.memory = memory
    next.selection = .field(memory, hit)
    return next
  }

  // MARK: Drawing

  public func draw(on canvas: inout Canvas) {
    guard let memory, let block else {
      let text =
        memory == nil
        ? scene.say("아직 소켓이 없습니다.", "There is no socket yet.")
        : scene.say(
          "이 소켓의 기록은 지워졌습니다. 메모리는 다시 0입니다.",
          "This socket's record was deleted: its memory is zero again.")
      canvas.wrappedText(text, at: 2, 2, width: canvas.width - 4, .dim)
      return
    }
    let form = MemoryForm(canvas.size)
    switch form {
    case .rows(let rows): drawRows(rows, memory, block, on: &canvas)
    case .list(let lines): drawList(lines, memory, block, on: &canvas)
    }
    drawSelection(memory, block, on: &canvas)
  }

  /// The last two lines: the chosen field, and why it is as it is.
  private func drawSelection(
    _ memory: MemoryReference, _ block: ControlBlock, on canvas: inout Canvas
  ) {
    let y = canvas.height - 2
    guard let field = selected else {
      let hint =
        isFocused
        ? scene.say("화살표로 칸을 고르고 w로 까닭을 보세요.", "Choose a field with the arrows; w says why.")
        : scene.say("tab으로 이 칸에 오면 필드를 고를 수 있습니다.", "tab comes here to choose a field.")
      canvas.text(hint, at: 2, y + 1, .dim, width: canvas.width - 3)
      return
    }
    let row = field.description
    let octets = scene.isCovered(memory, field) ? "?" : hexadecimal(block.octets(of: field))
    let range =
      "0x" + hexadecimal([UInt8(row.offset)])
      + (row.width > 1 ? "–0x" + hexadecimal([UInt8(row.range.upperBound - 1)]) : "")
    let order = scene.say("낮은 자리부터 적힙니다", "low byte first")
    let isNumber = row.form != .address && row.width > 1
    // A stored number that is not the one it stands for says why.
    let isShifted = row.form == .descriptor && block.isSet(field)
    let shift = scene.say("1 크게 적힙니다: 0은 없음", "one is added: 0 means none")
    let line =
      "[\(field.name)] \(range)   \(octets) → \(scene.text(field, of: memory, block))"
      + (isNumber && canvas.width > 60 ? "   \(isShifted ? shift : order)" : "")
    canvas.text(line, at: 2, y, .plain, width: canvas.width - 3)
    guard let number = target, let moment = scene.timeline.moment(number), let rule = moment.rule
    else {
      canvas.text(
        scene.say("아직 아무도 적지 않았습니다.", "Nobody has written here yet."), at: 2, y + 1, .dim)
      return
    }
    let reference = rule.reference.description
    canvas.text(scene.say("왜  ", "why  "), at: 2, y + 1, .dim)
    canvas.text(
      RuleProse.text(rule, scene.language), at: scene.language == .ko ? 6 : 7, y + 1, .plain,
      width: max(0, canvas.width - 14 - reference.displayWidth))
    canvas.text(
      [StyledText(reference + "   ", .dim), StyledText("w ", .accent)],
      endingBefore: canvas.width - 1, y + 1)
  }
}

/// Two hexadecimal digits an octet, blanks between.
func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
  octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}
