import Session
import Stack
import Testing

/// Every field of the record: either some rule acts otherwise when another number stands there, or nothing does.
@Suite struct FieldReaderTests {
  /// Where a field is read, and by which rule.
  struct Reading: Sendable, CustomTestStringConvertible {
    var field: Field
    var situation: String
    var rule: Rule

    var testDescription: String { "\(field.name) in \(situation)" }

    init(_ field: Field, _ situation: String, _ rule: Rule) {
      self.field = field
      self.situation = situation
      self.rule = rule
    }
  }

  static let readings: [Reading] = [
    Reading(.state, "ESTABLISHED", .listenRefusesAck),
    Reading(.proto, "ESTABLISHED", .closedReset),
    Reading(.options, "ESTABLISHED", .timestampMissing),
    Reading(.localAddress, "ESTABLISHED", .closedReset),
    Reading(.localAddress, "UDP client", .udpNoPort),
    Reading(.localPort, "retransmitting", .retransmit),
    Reading(.remotePort, "SYN-RECEIVED", .listenRefusesAck),
    Reading(.remoteAddress, "retransmitting", .noRoute),
    Reading(.mssEffective, "ESTABLISHED", .sendSegment),
    Reading(.mssReceive, "silence", .retransmit),
    Reading(.timer, "retransmitting", .timeWaitEnds),
    Reading(.retries, "retransmitting", .giveUp),
    Reading(.closing, "ESTABLISHED", .closeUnread),
    Reading(.opened, "SYN again", .resetInSynReceived),
    Reading(.rto, "retransmitting", .backOff),
    Reading(.iss, "SYN-SENT", .synSentCheckAck),
    Reading(.irs, "SYN again", .answerUnacceptable),
    Reading(.sndUna, "ESTABLISHED", .ackOfUnsent),
    Reading(.sndNxt, "SYN-RECEIVED", .synReceivedBadAck),
    Reading(.sndWnd, "idle", .sendWindowFull),
    Reading(.rcvNxt, "ESTABLISHED", .checkSequence),
    Reading(.rcvWnd, "ESTABLISHED", .trimToWindow),
    Reading(.sendQueue, "window shut", .sendSegment),
    Reading(.sndWl1, "accepted", .windowUpdate),
    Reading(.sndWl2, "accepted", .windowUpdate),
    Reading(.sndWndMax, "old ACK", .ackOfUnsent),
    Reading(.receiveQueue, "ESTABLISHED", .receiveCall),
    Reading(.receiveQueue, "UDP client", .udpBufferFull),
    Reading(.descriptor, "retransmitting", .giveUp),
    Reading(.number, "half open", .resetAnswer),
    Reading(.parent, "SYN-RECEIVED", .resetAnswer),
    Reading(.backlog, "LISTEN", .backlogFull),
    Reading(.waiting, "LISTEN", .backlogFull),
    Reading(.error, "ESTABLISHED", .errorReported),
    Reading(.sndShift, "ESTABLISHED modern", .windowUpdate),
    Reading(.rcvShift, "ESTABLISHED modern", .acknowledgeText),
    Reading(.softError, "silence", .giveUp),
    Reading(.timerDue, "retransmitting", .retransmit),
    Reading(.rttSequence, "ESTABLISHED", .timerRestarts),
    Reading(.srtt, "ESTABLISHED", .measureRoundTrip),
    Reading(.rttAt, "ESTABLISHED", .measureRoundTrip),
    Reading(.rttvar, "ESTABLISHED", .computeTimeout),
    Reading(.sendBuffer, "ESTABLISHED", .sendCall),
    Reading(.receiveBuffer, "ESTABLISHED", .acknowledgeText),
    Reading(.tsRecent, "ESTABLISHED modern", .oldTimestamp),
    Reading(.firstSentAt, "retransmitting", .retransmit),
    Reading(.lastAckSent, "ESTABLISHED modern", .windowUpdate),
    Reading(.unsent, "ESTABLISHED", .sendSegment),
    Reading(.ackDue, "ACK waits", .delayAcknowledgment),
    Reading(.switches, "small sent", .sendSegment),
    Reading(.probes, "window shut", .probeWindow),
    Reading(.userTimeout, "retransmitting", .userTimeoutEnds),
    Reading(.cwnd, "recovering", .congestionWindowFull),
    Reading(.ssthresh, "recovering", .recoveryEnds),
    Reading(.recover, "recovering", .partialAck),
    Reading(.rexmitNext, "recovering by SACK", .resendsLost),
    Reading(.rescueNext, "recovering at the end", .retransmit),
    Reading(.pathMTU, "narrow path", .sendSegment),
    Reading(.mssLink, "narrow path", .pathMTURises),
    Reading(.dupAcks, "recovering", .ackDuplicate),
    Reading(.recovery, "recovering", .fastRetransmit),
    Reading(.ackedOctets, "recovered", .windowUpdate),
    Reading(.cubicMax, "cubic", .cubicGrowth),
    Reading(.cubicK, "cubic", .cubicGrowth),
    Reading(.cubicEpoch, "cubic", .cubicGrowth),
    Reading(.cubicEstimate, "cubic", .cubicGrowth),
    Reading(.lastSmall, "small sent", .sendSegment),
    Reading(.lastSentAt, "pause", .sendSegment),
    Reading(.urgent, "urgent sender", .probeWindow),
    Reading(.sndUp, "urgent sender", .probeWindow),
    Reading(.rcvUp, "urgent receiver", .urgentRemains),
  ]

  /// Told to whoever looks, read by no rule: whose socket it is, when its request was made, that an answer came;
  /// and the gaps.
  static let unread: [Field] = [
    .owner, .askedAt, .answered, .reserved, .reservedTwo, .reservedFive,
  ]

  @Test func everyFieldIsReadOrIsNot() {
    let read = Set(Self.readings.map(\.field))
    #expect(read.isDisjoint(with: Self.unread))
    #expect(read.union(Self.unread) == Set(Field.allCases))
  }

  /// The situations are what their names say.
  @Test func theSituationsAreThere() {
    for state in TCPState.known where state != .closing {
      for suffix in ["", " modern"] {
        #expect(Situation.all[state.name + suffix]?.block.state == state, "\(state.name)\(suffix)")
      }
    }
    #expect(Situation.all["window shut"]?.block.sendWindow == 0)
    #expect((Situation.all["retransmitting"]?.block.retries ?? 0) > 1)
    #expect((Situation.all["silence"]?.block.retries ?? 0) > 1)
    #expect(Situation.all["ESTABLISHED modern"]?.block.options.contains(.timestamps) == true)
  }

  @Test(arguments: readings) func anotherNumberIsReadThere(_ reading: Reading) throws {
    let situation = try #require(Situation.all[reading.situation])
    let readers = situation.timeline.readers(
      of: reading.field, host: situation.host, slot: situation.slot, at: situation.index)
    #expect(readers.contains { $0.rule == reading.rule }, "\(readers)")
    #expect(readers.allSatisfy { $0.distance > 0 })
  }

  @Test(arguments: unread) func nobodyReadsItAnywhere(_ field: Field) {
    #expect(Situation.all.count > 25)
    for situation in Situation.all.values {
      let readers = situation.timeline.readers(
        of: field, host: situation.host, slot: situation.slot, at: situation.index)
      #expect(readers.isEmpty, "\(situation.name): \(readers)")
    }
  }
}
