import Session
import Stack
import Wire

/// What deserves a mark at its end of a row: timers by their purpose, repetitions by their reason, windows.
extension LadderRows {
  /// What a timer's row says: which timer it was.
  func expiry(_ moment: Moment, _ number: Int) -> LadderNote {
    let memory = MemoryReference(host: moment.host, socket: moment.socket)
    switch moment.rule {
    case .timeWaitEnds: return word("TIME-WAIT 끝", "2 MSL over", .expired, number)
    case .retransmit:
      let timeout = timeouts[memory] ?? timeoutBefore(number, memory)
      let length = scene.isCovered(memory, .rto) ? "?" : timeout.map { span($0) } ?? ""
      return word("RTO \(length) 만료", "RTO \(length) over", .expired, number)
    case .delayAcknowledgment: return word("지연 ACK", "delayed ACK", .expired, number)
    case .probeWindow: return word("윈도우 확인", "window probe", .expired, number)
    case .overrideSends: return word("그만 기다림", "wait is over", .expired, number)
    case .keepAliveAsks: return word("생존 확인", "keep-alive", .expired, number)
    default: return word("타이머 만료", "timer over", .expired, number)
    }
  }

  /// Rules that say more of a row than the variables that they change.
  mutating func mark(_ moment: Moment, _ number: Int) {
    switch (moment.event, moment.rule) {
    case (.ruleApplied, .ackDuplicate) where moment.value > 0:
      let memory = MemoryReference(host: moment.host, socket: moment.socket)
      let count = scene.isCovered(memory, .dupAcks) ? "?" : "\(moment.value)"
      attach(word("중복 ACK \(count)", "dup ACK \(count)", .duplicate, number), moment.host)
    case (.ruleApplied, .duplicateSack):
      attach(word("D-SACK", "D-SACK", .mark, number), moment.host)
    case (.segmentRetransmitted, .fastRetransmit):
      attach(word("빠른 재전송", "fast resend", .mark, number), moment.host, toUnit: true)
    case (.segmentRetransmitted, .partialAck), (.segmentRetransmitted, .resendsLost):
      attach(word("회복 중", "recovering", .mark, number), moment.host, toUnit: true)
    case (.segmentRetransmitted, .probeWindow):
      attach(word("윈도우 확인", "window probe", .mark, number), moment.host, toUnit: true)
    case (.segmentBuilt, .keepAliveAsks):
      attach(word("생존 확인", "keep-alive", .mark, number), moment.host, toUnit: true)
    default: break
    }
  }

  /// A window that shuts outranks the number that came with it; one that only changes does not.
  mutating func window(_ change: FieldChange, _ memory: MemoryReference, _ number: Int) {
    guard !scene.isCovered(memory, .sndWnd) else {
      return attach(covered("", memory, .sndWnd, .window, number), change.host)
    }
    if change.new == 0 {
      attach(word("! 윈도우 0", "! window 0", .shut, number), change.host)
    } else {
      let rank: LadderNote.Rank = change.old == 0 ? .mark : .window
      attach(word("WND \(change.new)", "WND \(change.new)", rank, number), change.host)
    }
  }

  /// What came twice because it was sent twice: it had arrived already.
  func hadIt(_ reason: DropReason, _ moment: Moment) -> String? {
    guard reason == .oldDuplicate, let frame = scene.timeline.frame(moment.unit.frame),
      frame.isRetransmission
    else { return nil }
    return scene.say("! 이미 받음", "! had it")
  }
}

extension LadderRows {
  /// How long the row of a closed connection is still to stay: a row of its own while it does.
  mutating func appendCountdowns() {
    let now = scene.time
    for host in scene.world.hosts.map(\.configuration.id) {
      for (_, block) in scene.records(of: host) where block.timer == .timeWait {
        let memory = MemoryReference(host: host, socket: block.number)
        guard !scene.isCovered(memory, .state), !scene.isCovered(memory, .timerDue) else {
          continue
        }
        // Thousandths of a second are written as those of a millisecond are.
        let rest = block.timerDue.since(now).count / 1_000
        let seconds = scene.milliseconds(Instant(nanoseconds: rest)) + " s"
        var row = LadderRow(kind: .countdown, moment: 0, first: now, last: now)
        row.notes[host] = LadderNote(
          text: scene.say("2 MSL 남음", "2 MSL left"), rank: .state, moment: 0)
        row.words = (host, seconds)
        append(row)
      }
    }
  }
}
