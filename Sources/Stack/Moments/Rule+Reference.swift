/// Where a rule is written down.
public struct RuleReference: Hashable, Sendable, CustomStringConvertible {
  /// `RFC 9293`, `IEEE 802.3`, `POSIX`.
  public let document: String
  /// `§3.10.7.4`, or the clause.
  public let section: String

  public var description: String { section.isEmpty ? document : "\(document) \(section)" }
}

extension Rule {
  /// The document and section that state the rule.
  public var reference: RuleReference {
    switch self {
    case .createSocket: rfc(9293, "3.3.1")
    case .bindAddress, .portTaken: rfc(9293, "3.9.1.1")
    case .chooseEphemeralPort: rfc(6335, "6")
    case .passiveOpen, .activeOpen, .alreadyOpen, .insufficientResources: rfc(9293, "3.10.1")
    case .acceptConnection, .backlogFull: rfc(1122, "4.2.2.18")
    case .synCookieSent, .synCookieTaken: rfc(4987, "3.6")
    case .synReceivedGivesUp: rfc(4987, "3.3")
    case .sendCall, .noConnection, .connectionClosing, .urgentMarked: rfc(9293, "3.10.2")
    case .receiveCall, .endOfData, .urgentRemains: rfc(9293, "3.10.3")
    case .closeCall, .shutdownCall: rfc(9293, "3.10.4")
    case .closeUnread, .deadOwner: rfc(9293, "3.6.1")
    case .abortCall: rfc(9293, "3.10.5")
    case .setOption: rfc(9293, "3.9.1")
    case .errorReported: rfc(9293, "3.9.1.8")
    case .challengeLimit: rfc(5961, "7")
    case .chooseISS: rfc(6528, "3")
    case .segmentChecksum: rfc(9293, "3.1")
    case .findSocket: rfc(9293, "3.10.7")
    case .closedReset, .closedIgnore: rfc(9293, "3.10.7.1")
    case .listenIgnoresReset, .listenRefusesAck, .listenTakesSyn, .listenIgnoresRest:
      rfc(9293, "3.10.7.2")
    case .synSentCheckAck, .synSentResetRefuses, .synSentIgnoresReset, .synSentTakesSyn,
      .synSentEstablished, .simultaneousOpen, .synSentIgnoresRest:
      rfc(9293, "3.10.7.3")
    case .checkSequence, .answerUnacceptable, .trimToWindow, .resetInSynReceived, .resetAborts,
      .resetInClosing, .resetChallenge, .synReturnsToListen, .synChallenge, .ackRequired,
      .synReceivedEstablished, .synReceivedBadAck, .ackAdvances, .ackDuplicate, .ackOfUnsent,
      .windowUpdate, .finAcknowledged, .closingToTimeWait, .lastAckDeletes, .timeWaitRestarts,
      .urgentNoted, .urgentKnown, .urgentIgnored, .textAccepted, .textHeld, .textJoined,
      .textIgnored, .acknowledgeText,
      .finIgnored, .finReceived, .finToCloseWait, .finWhileFinWait1, .finToTimeWait:
      rfc(9293, "3.10.7.4")
    case .resetAnswer: rfc(9293, "3.5.2")
    default: otherReference
    }
  }

  private var otherReference: RuleReference {
    switch self {
    case .sendSegment: rfc(9293, "3.7")
    case .sendWindowFull, .windowShrunk, .windowPulledBack: rfc(9293, "3.8.6")
    case .nagleWaits: rfc(9293, "3.7.4")
    case .moreToCome: rfc(9293, "3.9.1.2")
    case .sillyWindowWaits, .overrideSends: rfc(9293, "3.8.6.2.1")
    case .probeWindow: rfc(9293, "3.8.6.1")
    case .delayAcknowledgment: rfc(9293, "3.8.6.3")
    case .acknowledgeAtOnce: rfc(5681, "4.2")
    case .keepAliveAsks, .keepAliveGivesUp: rfc(9293, "3.8.4")
    case .urgentTold, .urgentAdvances, .urgentEnds, .urgentAsked: rfc(9293, "3.8.5")
    case .userTimeoutEnds: rfc(9293, "3.10.8")
    case .sendFin: rfc(9293, "3.6")
    case .windowReopened: rfc(9293, "3.8.6.2.2")
    case .announceMSS, .learnMSS, .defaultMSS: rfc(9293, "3.7.1")
    case .pathMTULowers: rfc(1191, "6.4")
    case .pathMTUKnown: rfc(1191, "6.2")
    case .pathMTURises: rfc(1191, "6.3")
    case .agreeWindowScale: rfc(7323, "2.2")
    case .agreeTimestamps: rfc(7323, "3.2")
    case .timestampRecent: rfc(7323, "4.3")
    case .timestampMissing: rfc(7323, "3.2")
    case .oldTimestamp: rfc(7323, "5.3")
    case .agreeSack: rfc(2018, "2")
    case .timerStarts: rfc(6298, "5.1")
    case .timerStops: rfc(6298, "5.2")
    case .timerRestarts: rfc(6298, "5.3")
    case .measureRoundTrip, .computeTimeout: rfc(6298, "2")
    case .karn: rfc(6298, "3")
    case .retransmit: rfc(6298, "5.4")
    case .backOff: rfc(6298, "5.5")
    case .synTimeoutReset: rfc(6298, "5.7")
    case .giveUp, .negativeAdvice: rfc(9293, "3.8.3")
    case .timeWaitStarts, .timeWaitSkipped, .timeWaitResumes: rfc(9293, "3.6.1")
    case .timeWaitReopens: rfc(6191, "2")
    case .timeWaitIgnoresReset: rfc(1337, "3")
    case .timeWaitEnds: rfc(9293, "3.10.8")
    case .initialWindow, .slowStart, .congestionAvoidance, .congestionWindowFull,
      .timeoutCollapses:
      rfc(5681, "3.1")
    case .idleRestart: rfc(5681, "4.1")
    case .fastRetransmit, .fastRecoveryInflates: rfc(5681, "3.2")
    case .limitedTransmit: rfc(3042, "2")
    case .partialAck, .recoveryEnds: rfc(6582, "3.2")
    case .resendsLost: rfc(6675, "5")
    case .sackNoted, .rescueRetransmit: rfc(6675, "4")
    case .duplicateSack: rfc(2883, "4")
    case .cubicGrowth: rfc(9438, "4.2")
    case .udpSend, .udpReceive, .udpBufferFull: rfc(768, "")
    case .udpChecksum: rfc(1122, "4.1.3.4")
    case .udpNoPort, .portUnreachable: rfc(1122, "4.1.3.1")
    default: internetReference
    }
  }

  private var internetReference: RuleReference {
    switch self {
    case .echoReply: rfc(1122, "3.2.2.6")
    case .icmpChecksum: rfc(792, "")
    case .protocolUnreachable: rfc(1122, "3.2.2.1")
    case .icmpHardError, .icmpSoftError: rfc(9293, "3.9.2.2")
    case .icmpNotAboutUs: rfc(1122, "3.2.2")
    case .buildPacket, .ipHeader: rfc(791, "3.1")
    case .packetTooLarge: rfc(1122, "3.3.3")
    case .chooseRoute, .noRoute: rfc(1122, "3.3.1.1")
    case .ipChecksum: rfc(1122, "3.2.1.2")
    case .ipNotForUs, .ipSourceInvalid: rfc(1122, "3.2.1.3")
    case .ipProtocol: rfc(1122, "3.2.2.1")
    case .ipFragment: rfc(1122, "3.3.2")
    case .arpCacheHit, .arpAsk, .arpAnswer, .arpLearn, .arpMalformed: rfc(826, "")
    case .arpHold, .arpGiveUp: rfc(1122, "2.3.2.2")
    case .arpExpire: rfc(1122, "2.3.2.1")
    case .buildFrame, .etherType: rfc(894, "")
    case .padFrame: RuleReference(document: "IEEE 802.3", section: "cl. 3")
    case .checkFrame: RuleReference(document: "IEEE 802.3", section: "cl. 3.2.9")
    case .addressFilter: RuleReference(document: "IEEE 802.3", section: "cl. 3.2.3")
    case .handToAdapter, .interruptCPU: rfc(1122, "2.4")
    default: routerReference
    }
  }

  private var routerReference: RuleReference {
    switch self {
    case .forwardRoute: rfc(1812, "5.2.4")
    case .forwardNoRoute, .networkUnreachable, .hostUnreachable: rfc(1812, "5.2.7.1")
    case .forwardTimeToLive: rfc(1812, "5.3.1")
    case .forwardChecksum: rfc(1624, "3")
    case .forwardTooLarge, .forwardFragments: rfc(791, "3.2")
    case .forwardSourceInvalid: rfc(1812, "5.3.7")
    case .timeExceeded: rfc(1812, "5.2.7.3")
    case .fragmentationNeeded: rfc(1191, "4")
    case .hostRebooted: rfc(9293, "3.5.1")
    case .firewallDrops: rfc(2979, "3.1")
    default: RuleReference(document: "Sockscope", section: "")
    }
  }

  private func rfc(_ number: Int, _ section: String) -> RuleReference {
    RuleReference(document: "RFC \(number)", section: section.isEmpty ? "" : "§\(section)")
  }
}
