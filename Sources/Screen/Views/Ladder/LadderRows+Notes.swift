import Session
import Stack
import Wire

/// What a moment leaves at its host's end of a row.
extension LadderRows {
  mutating func note(_ moment: Moment, _ number: Int) {
    for place in moment.changes { note(scene.timeline.changes[place], moment, number) }
    if let reason = moment.reason, moment.layer != .wire {
      let text = hadIt(reason, moment) ?? "! " + (askedBack(moment) ?? reasonWord(reason))
      attach(LadderNote(text: text, rank: .drop, moment: number), moment.host)
    }
    mark(moment, number)
    switch (moment.event, moment.rule) {
    case (.dataArrived, .textHeld):
      let text = relative(moment.unit.sequence, scene.peer(of: moment.host))
      attach(
        LadderNote(
          text: scene.say("먼저 ", "early ") + text, rank: .early, moment: number,
          counts: scene.peer(of: moment.host)), moment.host)
    case (.neighbourLearnt, _):
      attach(word("MAC 배움", "MAC learnt", .learnt, number), moment.host)
    case (.socketDeleted, _):
      attach(word("지움", "deleted", .learnt, number), moment.host)
    case (.hostChanged, .hostRebooted):
      attach(word("! 재부팅", "! restart", .drop, number), moment.host)
    case (.hostChanged, .processPaused):
      attach(word("! 앱 멈춤", "! app stops", .drop, number), moment.host)
    case (.hostChanged, .processResumed):
      attach(word("앱 다시 감", "app goes on", .learnt, number), moment.host)
    case (.hostChanged, _):
      attach(word("! 설정", "! setting", .drop, number), moment.host)
    default: break
    }
  }

  private mutating func note(_ change: FieldChange, _ moment: Moment, _ number: Int) {
    let memory = MemoryReference(host: change.host, socket: change.socket)
    let isTCP = moment.unit.transport != IPProtocol.udp.rawValue && moment.layer != .udp
    let sends = isBuilding(moment.event)
    switch change.field {
    case .state where isTCP:
      guard case .text(let name) = scene.timeline.meaning(of: change, change.new) else { return }
      attach(covered(name, memory, .state, .state, number), change.host, toUnit: sends)
    case .sndNxt where change.wasSet && change.isSet:
      numbers("NXT", change, memory, change.host, .next, number, toUnit: sends)
    case .sndUna where change.wasSet && change.isSet && change.old != change.new:
      numbers("UNA", change, memory, change.host, .una, number, toUnit: false)
    case .rcvNxt where change.wasSet && change.isSet && change.old != change.new:
      let rank: LadderNote.Rank = moment.unit.payload > 0 ? .text : .next
      numbers("NXT", change, memory, scene.peer(of: change.host), rank, number, toUnit: false)
    case .rcvUp where change.isSet && change.old != change.new:
      numbers("UP", change, memory, scene.peer(of: change.host), .mark, number, toUnit: false)
    case .sndWnd where change.wasSet && change.isSet && change.old != change.new:
      window(change, memory, number)
    case .rto:
      timeouts[memory] = change.new
      guard change.wasSet, change.old != change.new else { return }
      let text = "RTO " + span(change.new)
      attach(covered(text, memory, .rto, .timeout, number), change.host)
    case .error where change.new != 0:
      guard case .text(let name) = scene.timeline.meaning(of: change, change.new) else { return }
      attach(LadderNote(text: name, rank: .error, moment: number), change.host)
    case .receiveQueue where !isTCP && change.new > change.old:
      let text = scene.say("수신 큐 +", "queue +") + "\(change.new - change.old)"
      attach(covered(text, memory, .receiveQueue, .queue, number), change.host)
    default: break
    }
  }

  private func isBuilding(_ event: Event) -> Bool {
    switch event {
    case .segmentBuilt, .segmentRetransmitted, .datagramBuilt, .messageBuilt: true
    default: false
    }
  }

  /// `NXT c+1461`.
  private mutating func numbers(
    _ name: String, _ change: FieldChange, _ memory: MemoryReference, _ counts: HostID,
    _ rank: LadderNote.Rank, _ number: Int, toUnit: Bool
  ) {
    let value = SequenceNumber(UInt32(truncatingIfNeeded: change.new))
    let text = scene.isCovered(memory, change.field) ? "?" : relative(value, counts)
    attach(
      LadderNote(text: "\(name) \(text)", rank: rank, moment: number, counts: counts),
      change.host, toUnit: toUnit)
  }

  func covered(
    _ text: String, _ memory: MemoryReference, _ field: Field, _ rank: LadderNote.Rank,
    _ number: Int
  ) -> LadderNote {
    LadderNote(
      text: scene.isCovered(memory, field) ? "?" : text, rank: rank, moment: number)
  }

  func relative(_ number: SequenceNumber, _ host: HostID) -> String {
    scene.relative(number, of: host, from: origins)
  }

  /// `1 s`, or `1500 ms` where the seconds are not whole.
  func span(_ milliseconds: UInt64) -> String {
    milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000) s" : "\(milliseconds) ms"
  }

  /// The timeout that had run out: the next moment that doubles it tells what it was before.
  func timeoutBefore(_ number: Int, _ memory: MemoryReference) -> UInt64? {
    for later in number..<(number + 16) {
      guard let moment = scene.timeline.moment(later) else { return nil }
      let change = scene.timeline.changes[moment.changes].first {
        $0.field == .rto && $0.host == memory.host && $0.socket == memory.socket
      }
      if let change { return change.old }
    }
    return nil
  }

  /// A RST or SYN whose number does not settle the matter: the state has nothing against it.
  private func askedBack(_ moment: Moment) -> String? {
    let isAsked = moment.rule == .resetChallenge || moment.rule == .synChallenge
    return isAsked ? scene.say("되물음", "asked back") : nil
  }

  private func reasonWord(_ reason: DropReason) -> String {
    switch reason {
    case .frameCheckSequence: scene.say("FCS 틀림", "bad FCS")
    case .notMyAddress: scene.say("남의 MAC", "other MAC")
    case .noHandler, .noProtocol: scene.say("모르는 종류", "no handler")
    case .headerMalformed: scene.say("헤더 틀림", "bad header")
    case .ipChecksum, .tcpChecksum, .udpChecksum, .icmpChecksum:
      scene.say("체크섬", "checksum")
    case .notMyIPAddress: scene.say("남의 IP", "other IP")
    case .fragment: scene.say("조각", "fragment")
    case .sourceInvalid: scene.say("출발지 틀림", "bad source")
    case .noSocket: scene.say("소켓 없음", "no socket")
    case .bufferFull: scene.say("버퍼 참", "no room")
    case .backlogFull: scene.say("줄 꽉 참", "queue full")
    case .outsideWindow: scene.say("윈도우 밖", "outside")
    case .oldDuplicate: scene.say("옛 조각", "old copy")
    case .unacceptableAck: scene.say("ACK 틀림", "bad ACK")
    case .stateForbids: scene.say("상태 다름", "wrong state")
    case .neighbourUnanswered: scene.say("답 없음", "no answer")
    case .noRoute: scene.say("길 없음", "no route")
    case .tooLarge: scene.say("너무 큼", "too large")
    case .timeToLive: scene.say("TTL 다함", "TTL over")
    case .lostOnTheWire: scene.say("잃음", "lost")
    case .queueFull: scene.say("대기열 참", "queue full")
    case .linkCut: scene.say("끊김", "cut")
    case .noReceiver: scene.say("아무도 없음", "nobody there")
    case .filtered: scene.say("방화벽", "firewall")
    }
  }
}

extension HostID {
  /// The other one of the ladder's two hosts.
  var other: HostID { HostID(index == 0 ? 1 : 0) }
}
