import Session
import Stack
import Wire

/// A row of a host's socket table: a record, or one that this moment deleted.
struct SocketRow {
  var memory: MemoryReference
  var slot: Int
  var block: ControlBlock
  var isDeleted = false
}

extension SocketRow {
  /// The rows of a host in the order in which the sockets were made, so that new ones come at the end.
  static func all(of host: HostID, in scene: Scene) -> [SocketRow] {
    var rows = scene.records(of: host).map { record in
      SocketRow(
        memory: MemoryReference(host: host, socket: record.block.number), slot: record.slot,
        block: record.block)
    }
    if let moment = scene.moment, moment.event == .socketDeleted, moment.host == host,
      let row = deleted(moment, in: scene)
    {
      rows.append(row)
    }
    return rows.sorted { $0.memory.socket < $1.memory.socket }
  }

  /// What the record held before this moment gave its memory back.
  private static func deleted(_ moment: Moment, in scene: Scene) -> SocketRow? {
    let before = scene.timeline.state(at: scene.index - 1).world
    guard before.hosts.indices.contains(Int(moment.host.index)) else { return nil }
    let memory = before.hosts[Int(moment.host.index)].memory
    guard let slot = memory.slot(number: Int(moment.socket)) else { return nil }
    return SocketRow(
      memory: MemoryReference(host: moment.host, socket: moment.socket), slot: slot,
      block: memory[slot], isDeleted: true)
  }
}

/// What a row's cells say.
struct SocketCells {
  let scene: Scene
  let row: SocketRow

  func text(_ field: Field) -> String { scene.text(field, of: row.memory, row.block) }

  var state: String {
    row.isDeleted ? scene.say("지움", "deleted") : text(.state)
  }

  var local: String { address(.localAddress, .localPort) }
  var remote: String { address(.remoteAddress, .remotePort) }

  /// An empty address as `ss` prints it.
  private func address(_ address: Field, _ port: Field) -> String {
    let host = row.block.isSet(address) || scene.isCovered(row.memory, address)
    let number = row.block.isSet(port) || scene.isCovered(row.memory, port)
    return (host ? text(address) : "0.0.0.0") + ":" + (number ? text(port) : "*")
  }

  var isTCP: Bool { row.block.transport != IPProtocol.udp.rawValue }

  // MARK: The line of ss

  /// The command that lists sockets of this kind.
  var command: String { isTCP ? "ss -tan" : "ss -uan" }

  /// The words of the line that this row would be on a real host; nil where its kernel has not put the socket into its
  /// tables yet.
  func line(acceptQueue: Int) -> [String]? {
    guard row.block.localPort != 0, !row.isDeleted else { return nil }
    guard !isTCP || row.block.state != .closed else { return nil }
    let isListening = isTCP && row.block.state == .listen
    let received = isListening ? "\(acceptQueue)" : text(.receiveQueue)
    let sent = isListening ? text(.backlog) : text(.sendQueue)
    return [shortState, received, sent, local, remote]
  }

  /// The state as `ss` shortens it.
  private var shortState: String {
    if scene.isCovered(row.memory, .state) { return "?" }
    guard isTCP else { return row.block.remotePort == 0 ? "UNCONN" : "ESTAB" }
    switch row.block.state {
    case .established: return "ESTAB"
    case .synReceived: return "SYN-RECV"
    case .closed: return "UNCONN"
    default: return row.block.state.name
    }
  }

  // MARK: The line below the chosen row

  /// What `ss` does not say about the row; nil where there is nothing to say.
  func remark(acceptQueue: Int) -> String? {
    guard isTCP, !row.isDeleted, !scene.isCovered(row.memory, .state) else { return nil }
    let block = row.block
    switch block.state {
    case .closed where block.localPort == 0:
      return scene.say("아직 아무 주소도 적히지 않았습니다.", "No address has been written yet.")
    case .listen:
      return scene.say(
        "접속을 기다립니다. accept()할 접속 \(acceptQueue)",
        "Connections ready for accept(): \(acceptQueue)")
    case .synReceived:
      return scene.say(
        "아직 반만 열렸습니다. ACK를 기다립니다.",
        "Half open: the last ACK has still to come.")
    case .timeWait:
      return scene.say(
        "주인은 없지만 늦은 조각을 막으려 남습니다.",
        "No owner; it stays to catch late segments.")
    case _ where block.descriptor == nil && block.closing.contains(.sending):
      return scene.say(
        "close()를 불렀습니다. TCP가 마무리합니다.",
        "No owner after close(); TCP finishes alone.")
    case _ where block.descriptor == nil && block.parent != 0:
      return scene.say(
        "아직 accept()를 부르지 않아 주인이 없습니다.",
        "No owner yet: accept() has not been called.")
    default: return nil
    }
  }
}
