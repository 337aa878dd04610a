/// A rule that the stack applied: one case for each numbered check or duty, with where it is written down.
///
/// The case's name in kebab-case is the rule's stable id; its prose in two languages belongs to the course.
public enum Rule: UInt8, CaseIterable, Hashable, Sendable {
  // The calls, RFC 9293 §3.10.1–3.10.6
  case createSocket, bindAddress, chooseEphemeralPort, passiveOpen, activeOpen, acceptConnection
  case sendCall, receiveCall, endOfData, closeCall, closeUnread, abortCall, shutdownCall
  case noConnection, connectionClosing, insufficientResources, alreadyOpen, portTaken, deadOwner
  case errorReported, setOption
  case urgentMarked, urgentRemains, urgentEnds, urgentAsked
  // Choosing numbers
  case chooseISS
  // SEGMENT ARRIVES, RFC 9293 §3.10.7
  case segmentChecksum, findSocket
  case closedReset, closedIgnore
  case listenIgnoresReset, listenRefusesAck, listenTakesSyn, listenIgnoresRest, backlogFull
  case synCookieSent, synCookieTaken, synReceivedGivesUp
  case synSentCheckAck, synSentResetRefuses, synSentIgnoresReset, synSentTakesSyn
  case synSentEstablished, simultaneousOpen, synSentIgnoresRest
  case checkSequence, answerUnacceptable, trimToWindow
  case resetInSynReceived, resetAborts, resetInClosing, resetChallenge
  case synReturnsToListen, synChallenge, challengeLimit
  case ackRequired, synReceivedEstablished, synReceivedBadAck
  case ackAdvances, ackDuplicate, ackOfUnsent, windowUpdate
  case finAcknowledged, closingToTimeWait, lastAckDeletes, timeWaitRestarts
  case timeWaitSkipped, timeWaitIgnoresReset, timeWaitReopens, timeWaitResumes
  case urgentNoted, urgentAdvances, urgentKnown, urgentIgnored
  case textAccepted, textHeld, textJoined, textIgnored, acknowledgeText
  case delayAcknowledgment, acknowledgeAtOnce
  case finIgnored, finReceived, finToCloseWait, finWhileFinWait1, finToTimeWait
  case resetAnswer
  // Sending
  case sendSegment, sendWindowFull, sendFin, windowReopened, urgentTold
  case nagleWaits, sillyWindowWaits, overrideSends, probeWindow, windowShrunk
  case windowPulledBack
  case moreToCome
  case keepAliveAsks, keepAliveGivesUp, userTimeoutEnds
  // The network's limit, RFC 5681, RFC 6582, RFC 6675, RFC 9438
  case initialWindow, slowStart, congestionAvoidance, cubicGrowth, congestionWindowFull, idleRestart
  case limitedTransmit, fastRetransmit, fastRecoveryInflates, partialAck, recoveryEnds
  case timeoutCollapses, resendsLost, rescueRetransmit, sackNoted, duplicateSack
  // Options
  case announceMSS, learnMSS, defaultMSS, pathMTULowers, pathMTUKnown, pathMTURises,
    agreeWindowScale, agreeTimestamps,
    agreeSack
  case timestampRecent, timestampMissing, oldTimestamp
  // Retransmission, RFC 6298 and RFC 9293 §3.8
  case timerStarts, timerStops, timerRestarts, measureRoundTrip, computeTimeout, karn
  case retransmit, backOff, synTimeoutReset, negativeAdvice, giveUp, timeWaitEnds, timeWaitStarts
  // UDP, RFC 768
  case udpSend, udpReceive, udpChecksum, udpNoPort, udpBufferFull
  // ICMP, RFC 792 and RFC 1122 §3.2.2
  case echoReply, icmpChecksum, portUnreachable, protocolUnreachable, icmpHardError, icmpSoftError
  case icmpNotAboutUs
  // IPv4, RFC 791 and RFC 1122 §3.2.1
  case buildPacket, chooseRoute, noRoute, ipChecksum, ipHeader, ipNotForUs, ipProtocol, ipFragment
  case ipSourceInvalid, packetTooLarge
  // Routers, RFC 1812 §5
  case forwardRoute, forwardNoRoute, forwardTimeToLive, forwardChecksum, forwardTooLarge
  case forwardFragments, forwardSourceInvalid
  case timeExceeded, networkUnreachable, hostUnreachable, fragmentationNeeded
  // ARP, RFC 826 and RFC 1122 §2.3.2
  case arpCacheHit, arpAsk, arpAnswer, arpLearn, arpHold, arpGiveUp, arpMalformed, arpExpire
  // Ethernet, IEEE 802.3 and RFC 894
  case buildFrame, padFrame, checkFrame, addressFilter, etherType, handToAdapter, interruptCPU
  // The learner
  case learnerWrote, learnerSet
  // Surroundings
  case processPaused, processResumed, hostRebooted, firewallDrops

  /// `check-sequence` for `checkSequence`.
  public var id: String { Rule.ids[Int(rawValue)] }

  private static let ids: [String] = allCases.map { "\($0)".kebabCased }

  /// The rule with this id. O(number of rules).
  public init?(id: String) {
    guard let found = Rule.allCases.first(where: { $0.id == id }) else { return nil }
    self = found
  }
}

/// A set of rules. O(1) membership.
public struct RuleSet: Hashable, Sendable, ExpressibleByArrayLiteral {
  private var low: UInt128 = 0
  private var high: UInt128 = 0

  /// The set of these.
  public init(arrayLiteral rules: Rule...) {
    for rule in rules { insert(rule) }
  }

  /// No rule is in the set. O(1).
  public var isEmpty: Bool { low == 0 && high == 0 }

  /// Adds a rule. O(1).
  public mutating func insert(_ rule: Rule) {
    if rule.rawValue < 128 {
      low |= 1 << UInt128(rule.rawValue)
    } else {
      high |= 1 << UInt128(rule.rawValue - 128)
    }
  }

  /// Takes a rule out. O(1).
  public mutating func remove(_ rule: Rule) {
    if rule.rawValue < 128 {
      low &= ~(1 << UInt128(rule.rawValue))
    } else {
      high &= ~(1 << UInt128(rule.rawValue - 128))
    }
  }

  /// Whether the rule is in the set. O(1).
  public func contains(_ rule: Rule) -> Bool {
    rule.rawValue < 128
      ? low & (1 << UInt128(rule.rawValue)) != 0 : high & (1 << UInt128(rule.rawValue - 128)) != 0
  }
}
