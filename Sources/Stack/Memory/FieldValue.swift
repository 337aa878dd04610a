import Wire

/// What a field of a control block holds, as a screen or a line of JSON shows it.
public enum FieldContent: Hashable, Sendable {
  /// Nothing has been written here yet, whatever the octets are.
  case unset
  case number(UInt64)
  case text(String)
}

extension ControlBlock {
  /// The octets of the block as they lie in memory. O(size of the block).
  public var octets: [UInt8] {
    withUnsafeBytes(of: self) { Array($0) }
  }

  /// The octets of one field as they lie in memory.
  public func octets(of field: Field) -> [UInt8] {
    let range = field.description.range
    return withUnsafeBytes(of: self) { Array($0[range]) }
  }

  /// Writes octets over the memory, whatever they mean. Octets that fall outside the block are not written.
  public mutating func write(_ octets: some Sequence<UInt8>, at offset: Int) {
    withUnsafeMutableBytes(of: &self) { memory in
      var index = offset
      for octet in octets where index < memory.count {
        if index >= 0 { memory[index] = octet }
        index += 1
      }
    }
  }

  /// The field's octets as a number: the machine's order for integers, network order for addresses.
  public func raw(_ field: Field) -> UInt64 {
    let description = field.description
    return withUnsafeBytes(of: self) { memory in
      var number: UInt64 = 0
      for place in 0..<description.width {
        let isFirst = description.form == .address
        let offset = isFirst ? place : description.width - 1 - place
        number = number << 8 | UInt64(memory[description.offset + offset])
      }
      return number
    }
  }

  /// Writes a number into a field; its upper octets are cut off at the field's width.
  public mutating func write(_ number: UInt64, to field: Field) {
    let description = field.description
    let octets = (0..<description.width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    write(description.form == .address ? octets.reversed() : octets, at: description.offset)
  }

  /// What the field says: a number, a name or an address, or nothing yet.
  public func content(_ field: Field) -> FieldContent {
    guard isSet(field) else { return .unset }
    return meaning(of: field, raw: raw(field))
  }

  /// What a raw number means in this field, set or not.
  public func meaning(of field: Field, raw: UInt64) -> FieldContent {
    let octet = UInt8(truncatingIfNeeded: raw)
    switch field.description.form {
    case .state:
      return .text(transport == IPProtocol.udp.rawValue ? "UNCONN" : TCPState(octet: octet).name)
    case .transport: return .text(IPProtocol(rawValue: octet).name)
    case .address: return .text(IPv4Address(value: UInt32(truncatingIfNeeded: raw)).description)
    case .timer: return .text(TCPTimer(octet: octet).name)
    case .options: return .text(AgreedOptions(rawValue: octet).name)
    case .closing: return .text(ClosedHalves(rawValue: octet).name)
    case .switches: return .text(SocketSwitches(rawValue: octet).name)
    case .recovery: return .text(LossRecovery(octet: octet).name)
    case .urgent: return .text(UrgentMode(rawValue: octet).name)
    case .error:
      return .text(SocketError(octet: octet)?.name ?? (octet == 0 ? "none" : "?\(octet)"))
    case .descriptor: return raw == 0 ? .unset : .number(raw - 1)
    case .flag, .process, .port, .number, .sequence, .octets, .milliseconds, .microseconds,
      .instant, .timestamp, .hidden:
      return .number(raw)
    }
  }
}

extension ControlBlock {
  /// Whether the field has been given a value at this point of the socket's life.
  ///
  /// This follows from the state, never from a stored flag: a slot's octets are 0 before they are written.
  public func isSet(_ field: Field) -> Bool {
    switch field {
    case .state, .proto, .number, .sendBuffer, .receiveBuffer, .closing, .opened, .timer, .error,
      .softError,
      .answered, .sendQueue, .receiveQueue, .unsent, .switches:
      return true
    case .owner: return owner != 0
    case .descriptor: return descriptorPlusOne != 0
    case .localPort: return localPort != 0
    case .localAddress: return localPort != 0
    case .remotePort: return remotePort != 0
    case .remoteAddress: return remotePort != 0
    case .parent: return parent != 0
    case .backlog, .waiting: return state == .listen
    default: return transport == IPProtocol.tcp.rawValue && isConnectionFieldSet(field)
    }
  }

  private func isConnectionFieldSet(_ field: Field) -> Bool {
    switch state {
    case .closed:
      // A first timeout is settled when an opening is prepared; before that nothing is.
      let isOpening = remotePort != 0 && retransmissionTimeout != 0
      switch field {
      case .mssEffective, .mssReceive, .rto, .rcvWnd, .retries: return isOpening
      case .askedAt: return remotePort != 0 && !wasPassive
      default: return false
      }
    case .listen: return false
    case .unknown: return true
    default: break
    }
    let peerSpoke = state != .synSent || answered
    switch field {
    case .irs, .rcvNxt, .sndWl1, .sndWl2, .sndWnd, .sndWndMax, .lastAckSent: return peerSpoke
    case .options: return peerSpoke
    case .sndShift, .rcvShift: return options.contains(.windowScale)
    case .tsRecent: return options.contains(.timestamps)
    case .timerDue: return timer != .none
    case .ackDue: return acknowledgeDue != .zero
    case .probes: return timer == .persist || timer == .keepAlive
    case .userTimeout: return userTimeout != 0
    case .reserved, .reservedTwo, .reservedFive: return false
    case .urgent: return urgentOctet != 0
    case .sndUp: return urgent.contains(.sending)
    case .rcvUp: return !urgent.isDisjoint(with: [.receiving, .atMark, .early])
    case .cwnd, .ssthresh, .ackedOctets: return congestionWindow != 0
    case .recover, .rexmitNext: return recovery != .none
    case .pathMTU, .mssLink: return pathLimit != 0
    case .rescueNext: return recovery == .fast && options.contains(.sack)
    case .cubicMax, .cubicK, .cubicEpoch, .cubicEstimate:
      return cubicEpoch != .zero
    case .lastSmall, .lastSentAt: return lastSentAt != .zero
    case .retries: return true
    case .rttSequence, .rttAt: return timedAt != .zero
    case .srtt, .rttvar: return smoothedRoundTrip != 0
    case .firstSentAt: return firstSentAt != .zero
    case .askedAt: return !wasPassive
    default: return true
    }
  }
}

extension TCPTimer {
  public var name: String {
    switch self {
    case .none: "none"
    case .retransmission: "retransmission"
    case .timeWait: "time-wait"
    case .persist: "persist"
    case .keepAlive: "keep-alive"
    case .unknown(let octet): "?\(octet)"
    }
  }
}

extension AgreedOptions {
  /// The options' names joined by `+`, or `none`.
  public var name: String {
    var names: [String] = []
    if contains(.windowScale) { names.append("window-scale") }
    if contains(.timestamps) { names.append("timestamps") }
    if contains(.sack) { names.append("sack") }
    return names.isEmpty ? "none" : names.joined(separator: "+")
  }
}

extension LossRecovery {
  public var name: String {
    switch self {
    case .none: "none"
    case .fast: "fast"
    case .afterTimeout: "after-timeout"
    case .unknown(let octet): "?\(octet)"
    }
  }
}

extension SocketSwitches {
  /// The switches' names joined by `+`, or `none`.
  public var name: String {
    var names: [String] = []
    if contains(.noDelay) { names.append("no-delay") }
    if contains(.keepAlive) { names.append("keep-alive") }
    if contains(.abortOnClose) { names.append("abort-on-close") }
    if contains(.reuseAddress) { names.append("reuse-address") }
    if contains(.noPush) { names.append("no-push") }
    return names.isEmpty ? "none" : names.joined(separator: "+")
  }
}

extension ClosedHalves {
  public var name: String {
    var names: [String] = []
    if contains(.sending) { names.append(contains(.finSent) ? "sending+fin" : "sending") }
    if contains(.receiving) { names.append("receiving") }
    return names.isEmpty ? "none" : names.joined(separator: "+")
  }
}

extension IPProtocol {
  /// `tcp`, `udp`, `icmp`, or the number.
  public var name: String {
    switch self {
    case .tcp: "tcp"
    case .udp: "udp"
    case .icmp: "icmp"
    default: "\(rawValue)"
    }
  }
}
