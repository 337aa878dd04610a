/// What happened at a moment. `name` is the stable kebab-case word of `--json` and of lessons.
public enum Event: UInt8, CaseIterable, Sendable {
  // Calls
  case call, callForwarded, callReturned, callFailed, callBlocked
  // The record
  case socketCreated, socketDeleted, socketBound, memoryWritten
  // TCP
  case ruleApplied, segmentBuilt, segmentReceived, segmentDropped, segmentRetransmitted
  case dataQueued, dataArrived, dataRead, timerStarted, timerStopped, timerFired
  /// The application is told of urgent data, as by SIGURG; the value is how many octets are left up to its end.
  case urgentSignalled
  // UDP and ICMP
  case datagramBuilt, datagramReceived, datagramDropped, messageBuilt, messageReceived
  // IP, ARP, Ethernet
  case routeChosen, packetBuilt, packetReceived, packetForwarded, packetDropped
  case neighbourFound, neighbourAsked, neighbourLearnt, packetHeld, arpDropped
  case frameBuilt, frameDropped, frameDemultiplexed
  // Driver, adapter, wire
  case frameHanded, framePadded, frameSent, frameLost, frameDamaged, frameDuplicated, frameDelayed
  case frameReceived, frameChecked, interrupt
  // Surroundings
  case hostChanged

  /// `frame-sent` for `frameSent`.
  public var name: String { Event.names[Int(rawValue)] }

  private static let names: [String] = allCases.map { "\($0)".kebabCased }

  /// The event with this name. O(number of events).
  public init?(name: String) {
    guard let found = Event.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

extension String {
  /// `kebab-case` for `kebabCase`; an acronym stays one word: `choose-iss` for `chooseISS`.
  public var kebabCased: String {
    let letters = Array(self)
    var result = ""
    for (index, letter) in letters.enumerated() {
      let follows = index > 0 && !letters[index - 1].isUppercase
      let leads = index + 1 < letters.count && letters[index + 1].isLowercase
      if letter.isUppercase, index > 0, follows || leads { result += "-" }
      result += letter.lowercased()
    }
    return result
  }
}

/// Why something was thrown away. `name` is the stable word of `--json`.
public enum DropReason: UInt8, CaseIterable, Sendable {
  case frameCheckSequence, notMyAddress, noHandler, headerMalformed
  case ipChecksum, notMyIPAddress, noProtocol, fragment, sourceInvalid
  case tcpChecksum, udpChecksum, icmpChecksum
  case noSocket, bufferFull, backlogFull, outsideWindow, oldDuplicate, unacceptableAck, stateForbids
  case neighbourUnanswered, noRoute, tooLarge, timeToLive, lostOnTheWire, linkCut, noReceiver
  case filtered, queueFull

  public var name: String { "\(self)".kebabCased }
}
