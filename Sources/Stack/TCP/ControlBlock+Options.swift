import Wire

/// TCP options: what is offered, what is agreed on.
extension ControlBlock {
  /// The widest window that 16 bits can offer without scaling, octets.
  static let widestPlainWindow: UInt32 = 65_535

  /// The least shift with which the whole receive buffer can be offered (RFC 7323 §2.2: at most 14).
  static func shift(forBuffer size: UInt32) -> UInt8 {
    var shift: UInt8 = 0
    while shift < 14, size >> UInt32(shift) > widestPlainWindow { shift += 1 }
    return shift
  }

  // Inlined, like what it asks: a call would copy the record, its queues and the services.
  @inline(__always)
  func optionsToSend(
    _ flags: TCPFlags, _ queues: SocketQueues, _ host: Services
  ) -> TCPOptions {
    var result = TCPOptions()
    if flags.contains(.syn) {
      // A SYN+ACK repeats only what the SYN offered (RFC 7323 §2.2, §3.2).
      let answers = flags.contains(.ack)
      if host.settings.announcesMaximumSegmentSize {
        result.maximumSegmentSize = receiveMaximumSegmentSize
      }
      if answers ? options.contains(.windowScale) : host.settings.windowScale {
        result.windowScale = receiveWindowShift
      }
      if answers ? options.contains(.sack) : host.settings.selectiveAcknowledgment {
        result.sackPermitted = true
      }
      if answers ? options.contains(.timestamps) : host.settings.timestamps {
        result.timestamps = timestamps(host)
      }
    } else {
      // RFC 7323 §3.2: MUST in every segment but a reset, SHOULD in a reset.
      if options.contains(.timestamps) { result.timestamps = timestamps(host) }
      if options.contains(.sack), !flags.contains(.rst) {
        if let twice = queues.receive.duplicate { result.sackBlocks.append(twice) }
        for island in queues.receive.islands.prefix(4) { result.sackBlocks.append(island) }
      }
    }
    return result
  }

  /// Octets that the timestamps option takes with its padding (RFC 7323 appendix A).
  static let timestampsLength = 12

  @inline(__always)
  private func timestamps(_ host: Services) -> TCPTimestamps {
    TCPTimestamps(value: host.timestampClock, echo: recentTimestamp)
  }

  /// What the peer's SYN offered, and what of it is in force on this connection.
  mutating func agreeOnOptions(
    _ offered: TCPOptions, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) {
    if host.settings.windowScale, let shift = offered.windowScale {
      options.insert(.windowScale)
      // RFC 7323 §2.3: a shift above 14 counts as 14.
      sendWindowShift = min(shift, 14)
      try host.note(.ruleApplied, .agreeWindowScale, .tcp, self)
    } else {
      receiveWindowShift = 0
      receiveWindow = min(receiveWindow, Self.widestPlainWindow)
    }
    if host.settings.timestamps, let stamps = offered.timestamps {
      options.insert(.timestamps)
      recentTimestamp = stamps.value
      queues.timestampTakenAt = host.now
      try host.note(.ruleApplied, .agreeTimestamps, .tcp, self)
    }
    if host.settings.selectiveAcknowledgment, offered.sackPermitted {
      options.insert(.sack)
      try host.note(.ruleApplied, .agreeSack, .tcp, self)
    }
    let announced = offered.maximumSegmentSize
    setEffectiveMaximumSegmentSize(announced ?? 536, host)
    try host.note(
      .ruleApplied, announced == nil ? .defaultMSS : .learnMSS, .tcp, self,
      value: UInt64(announced ?? 536))
    if let limit = host.paths.limit(to: remoteAddress, at: host.now), followPath(limit) {
      try host.note(.ruleApplied, .pathMTUKnown, .tcp, self, value: UInt64(limit))
    }
  }

  /// Eff.snd.MSS = min(SendMSS+20, MMS_S) − TCPhdrsize − IPoptionsize (RFC 9293 §3.7.1).
  @inline(__always)
  mutating func setEffectiveMaximumSegmentSize(_ announced: UInt16, _ host: Services) {
    let carried = Int(announced) + TCPHeader.minimumLength
    let largestMessage = host.configuration.maximumTransmissionUnit - IPv4Header.minimumLength
    let headerLength =
      TCPHeader.minimumLength + (options.contains(.timestamps) ? Self.timestampsLength : 0)
    sendMaximumSegmentSize = UInt16(clamping: max(min(carried, largestMessage) - headerLength, 1))
  }
}

extension Services {
  /// The timestamp clock ticks once a millisecond (RFC 7323 §5.4: between 1 ms and 1 s).
  @inline(__always)
  var timestampClock: UInt32 { Self.timestampClock(at: now) }

  @inline(__always)
  static func timestampClock(at time: Instant) -> UInt32 {
    UInt32(truncatingIfNeeded: time.nanoseconds / 1_000_000 + 1)
  }
}
