import Session
import Stack
import Wire

/// View 2: both hosts' sockets as `ss` would list them, and the record behind the chosen row.
public struct SocketsView: PaneView {
  let scene: Scene
  let state: ViewState
  let isFocused: Bool
  let rows: [SocketRow]
  /// The chosen row: the one asked for, else the one that the moment works on.
  let chosen: SocketRow?

  public init(_ scene: Scene, _ state: ViewState, isFocused: Bool) {
    self.scene = scene
    self.state = state
    self.isFocused = isFocused
    let rows = scene.world.hosts.flatMap { SocketRow.all(of: $0.configuration.id, in: scene) }
    self.rows = rows
    var wanted = state.memory
    if case .field(let memory, _) = state.selection { wanted = memory }
    chosen =
      rows.first { $0.memory == wanted }
      ?? rows.first { $0.isDeleted }
      ?? scene.recordAtWork.flatMap { work in rows.first { $0.memory == work } }
      ?? rows.first
  }

  /// The chosen field of the chosen record.
  var selectedField: Field? {
    guard case .field(let memory, let field) = state.selection, memory == chosen?.memory else {
      return nil
    }
    return field
  }

  // MARK: The title rule

  public var subtitle: String { "" }

  public var facts: [StyledText] {
    if let frame = scene.arrivalAtWork {
      let words = scene.say("지금 도착한 것: ", "just arrived: ")
      return [StyledText(words), name(frame)]
    }
    guard let frame = scene.flying.last else { return [] }
    return [StyledText(scene.say("선로 위: ", "on the line: ")), name(frame)]
  }

  private func name(_ frame: FrameRecord) -> StyledText {
    StyledText("#\(frame.number) \(scene.unitWord(frame))", Style(scene.role(frame.from)))
  }

  public var badge: String? {
    let count = scene.changes.filter { $0.field.description.origin != .reserved }.count
    return count == 0 ? nil : "*\(count)"
  }

  public var why: WhySubject? {
    guard let chosen else { return nil }
    let changed = scene.changedFields(chosen.memory)
    let shown = [Field.state] + RecordItem.all.compactMap { $0.field }
    let field = selectedField ?? shown.first { changed.contains($0) } ?? .state
    guard
      scene.timeline.why(
        field, host: chosen.memory.host, socket: chosen.memory.socket, at: scene.index) != nil
    else { return nil }
    return .field(chosen.memory, field)
  }

  // MARK: Choosing

  public func moved(_ motion: Motion, size: Size) -> ViewState? {
    let step: Int
    switch motion {
    case .up: step = -1
    case .down: step = 1
    case .pageUp: step = -max(1, size.height / 2)
    case .pageDown: step = max(1, size.height / 2)
    case .left, .right: return nil
    }
    guard let chosen, let place = rows.firstIndex(where: { $0.memory == chosen.memory }) else {
      return nil
    }
    let next = min(max(0, place + step), rows.count - 1)
    guard next != place else { return nil }
    var moved = state
    moved.memory = rows[next].memory
    moved.selection = selectedField.map { .field(rows[next].memory, $0) }
    return moved
  }

  public func found(_ text: String) -> ViewState? {
    guard let chosen else { return nil }
    let wanted = text.lowercased()
    let item = RecordItem.all.first { item in
      [item.ko, item.en, item.field?.name ?? ""].contains { $0.lowercased().contains(wanted) }
    }
    guard let field = item?.field ?? Field(name: wanted) else { return nil }
    var state = state
    state.memory = chosen.memory
    state.selection = .field(chosen.memory, field)
    return state
  }

  // MARK: Drawing

  public func draw(on canvas: inout Canvas) {
    canvas.withinMargin { inner in
      let form = SocketsForm(width: inner.width)
      let room = RecordRoom(form, viewHeight: inner.height)
      let record = min(room.height, inner.height)
      let tables = Rectangle(x: 0, y: 0, width: inner.width, height: inner.height - record)
      inner.within(tables) { drawTables(form, on: &$0) }
      let below = Rectangle(x: 0, y: tables.endY, width: inner.width, height: record)
      inner.within(below) { drawRecord(form, room, on: &$0) }
    }
  }

  /// Connections that a listening socket has ready for `accept()`.
  func acceptQueue(of row: SocketRow) -> Int {
    rows.filter {
      $0.memory.host == row.memory.host && $0.block.parent == row.memory.socket && !$0.isDeleted
        && $0.block.descriptor == nil && $0.block.owner == 0
        && !$0.block.closing.contains(.sending) && $0.block.state.isSynchronized
    }.count
  }
}

extension Scene {
  /// The frame whose arrival a host is about at this moment.
  var arrivalAtWork: FrameRecord? {
    guard let now = moment else { return nil }
    var number = index
    while number > max(0, index - 80), let moment = timeline.moment(number) {
      guard moment.time == now.time, moment.host == now.host else { return nil }
      switch moment.event {
      case .frameReceived: return timeline.frame(moment.unit.frame)
      case .call, .timerFired, .frameSent, .frameLost: return nil
      default: number -= 1
      }
    }
    return nil
  }

  /// `SYN+ACK`, `ACK`, `UDP`, `ARP`: a frame in a word.
  func unitWord(_ frame: FrameRecord) -> String {
    let unit = UnitSummary(frame: frame.octets)
    switch unit.transport {
    case IPProtocol.tcp.rawValue: return unit.flags.joined
    case IPProtocol.udp.rawValue: return "UDP"
    case IPProtocol.icmp.rawValue: return "ICMP"
    default:
      let type = (try? EthernetHeader(parsing: frame.octets.span.bytes))?.type
      return type == .arp ? "ARP" : "IP"
    }
  }
}

extension TCPFlags {
  /// The names of the flags joined: `SYN+ACK`.
  var joined: String { description.split(separator: " ").joined(separator: "+") }
}
