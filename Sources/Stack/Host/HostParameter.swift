/// A setting of a host that may be another from one moment to the next.
public enum HostParameter: UInt8, CaseIterable, Hashable, Sendable {
  /// Largest IP packet of its link, octets.
  case mtu
  /// Sockets that there is memory for.
  case sockets
  /// Room in the receive buffer of each socket, octets.
  case receiveBuffer
  /// Room in the send buffer of each socket, octets.
  case sendBuffer
  /// Whether a SYN announces an MSS (RFC 9293 §3.7.1).
  case mssOption
  /// Whether the host speaks TCP at all.
  case tcp
  /// A port whose packets are dropped without a word; 0 opens all of them again.
  case firewall
  /// MSL, seconds (RFC 9293 §3.4.2).
  case msl
  /// Whether a router reports by ICMP what it drops.
  case icmp
  /// Largest IP packet of a router's further links, octets.
  case farMTU
  /// When small segments wait (RFC 9293 §3.7.4).
  case nagle
  /// How long an acknowledgment may wait for company, milliseconds (RFC 9293 §3.8.6.3).
  case delayedAck
  /// What keeps the sender from filling the network (RFC 5681, RFC 9438).
  case congestion
  /// Segments of the initial congestion window; 0 as RFC 5681 §3.1 has it (RFC 6928 §2).
  case initialWindow
  /// Three duplicate acknowledgments tell of a loss (RFC 5681 §3.2).
  case fastRetransmit
  /// New data on the first two duplicate acknowledgments (RFC 3042).
  case limitedTransmit
  /// Whether a SYN offers SACK (RFC 2018 §2).
  case sack
  /// Whether a SYN offers timestamps (RFC 7323 §3).
  case timestamps
  /// Whether a SYN offers window scaling (RFC 7323 §2).
  case windowScale
  /// Lower bound of RTO, milliseconds (RFC 6298 §2.4).
  case minRTO
  /// RTO before the first sample, milliseconds (RFC 6298 §2.1).
  case initialRTO
  /// The silence before the first keep-alive question, seconds (RFC 9293 §3.8.4).
  case keepAliveIdle
  /// Between two unanswered keep-alive questions, seconds.
  case keepAliveInterval
  /// Unanswered keep-alive questions that end the connection.
  case keepAliveProbes
  /// Repetitions of a SYN+ACK after which a half-open connection goes; 0 for R2 alone (RFC 4987 §3.3).
  case synAckRepeats
  /// When a SYN makes no record (RFC 4987 §3.6).
  case synCookies
  /// The ISS of each connection; 0 for what RFC 6528 chooses.
  case isn
  /// Whether a connection closed actively waits (RFC 9293 §3.6.1).
  case timeWait
  /// Whether another connection may end the wait (RFC 6191).
  case timeWaitReuse
  /// Whether a reset does not end the wait (RFC 1337 §3).
  case rfc1337
  /// Whether a smaller receive buffer takes back what was offered (RFC 9293 §3.8.6).
  case shrinkWindow
  /// Frames that may wait for a router's further links; 0 for any number.
  case queue

  /// Only a router has it.
  public var isRouters: Bool { self == .icmp || self == .farMTU || self == .queue }

  /// `receive-buffer` for `receiveBuffer`: the stable word of lessons.
  public var name: String { "\(self)".kebabCased }

  /// The parameter with this name. O(number of parameters).
  public init?(name: String) {
    guard let found = HostParameter.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// The values that it takes.
  public var range: ClosedRange<Int> {
    switch self {
    case .mtu, .farMTU: 68...1500
    case .sockets: 1...1_048_576
    case .receiveBuffer, .sendBuffer: 1...1_048_576
    case .mssOption, .tcp, .icmp, .fastRetransmit, .limitedTransmit, .sack, .timestamps,
      .windowScale, .timeWait, .timeWaitReuse, .rfc1337, .shrinkWindow:
      0...1
    case .firewall: 0...65_535
    case .msl: 1...240
    case .nagle, .congestion, .synCookies: 0...words.count - 1
    case .delayedAck: 0...499
    case .initialWindow: 0...64
    case .minRTO, .initialRTO: 1...60_000
    case .keepAliveIdle: 1...86_400
    case .keepAliveInterval: 1...3600
    case .keepAliveProbes: 1...100
    case .synAckRepeats: 0...255
    case .isn: 0...Int(UInt32.max)
    case .queue: 0...10_000
    }
  }

  /// Its value is on or off, stored as 1 or 0.
  public var isSwitch: Bool { words.isEmpty && range == 0...1 }

  /// What its values are called, from 0 on; empty where they are numbers or a switch.
  public var words: [String] {
    switch self {
    case .nagle: ["off", "standard", "modified"]
    case .congestion: ["none", "new-reno", "cubic"]
    case .synCookies: ["off", "on", "always"]
    default: []
    }
  }

  /// Words that stand for a value, the usual one of each value first; empty where only numbers do.
  public var namedValues: [(word: String, value: Int)] {
    switch self {
    case .nagle: words.enumerated().map { ($1, $0) } + [("on", 1)]
    case .congestion: words.enumerated().map { ($1, $0) } + [("off", 0)]
    case .synCookies: words.enumerated().map { ($1, $0) }
    case .firewall, .delayedAck, .queue, .isn, .synAckRepeats: [("off", 0)]
    case _ where isSwitch: [("off", 0), ("on", 1), ("no", 0), ("yes", 1)]
    default: []
    }
  }

  /// Whether a value may be told by its number.
  public var takesNumbers: Bool { words.isEmpty && !isSwitch }

  /// `on`, `cubic`, `4096`.
  public func text(_ value: Int) -> String {
    namedValues.first { $0.value == value }?.word ?? "\(value)"
  }
}

extension HostConfiguration {
  /// Gives a parameter another value, brought into its range.
  public mutating func set(_ parameter: HostParameter, to value: Int) {
    let value = min(max(value, parameter.range.lowerBound), parameter.range.upperBound)
    switch parameter {
    case .mtu: maximumTransmissionUnit = value
    case .sockets: socketLimit = value
    case .receiveBuffer: tcp.receiveBuffer = value
    case .sendBuffer: tcp.sendBuffer = value
    case .mssOption: tcp.announcesMaximumSegmentSize = value != 0
    case .tcp: speaksTCP = value != 0
    case .firewall where value == 0: filteredPorts = []
    case .firewall:
      let port = UInt16(truncatingIfNeeded: value)
      if !filteredPorts.contains(port) { filteredPorts.append(port) }
    case .msl: tcp.maximumSegmentLifetime = .seconds(UInt64(value))
    case .icmp: report(value != 0)
    case .farMTU:
      for place in otherInterfaces.indices {
        otherInterfaces[place].maximumTransmissionUnit = value
      }
    case .queue:
      for place in otherInterfaces.indices {
        otherInterfaces[place].queueLimit = value == 0 ? nil : value
      }
    default: tcp.set(parameter, to: value)
    }
  }

  /// Without it the router reports nothing of what it drops, as many are told to.
  private mutating func report(_ isOn: Bool) {
    for rule in [
      Rule.timeExceeded, .networkUnreachable, .hostUnreachable, .fragmentationNeeded,
    ] {
      if isOn { rulesNotFollowed.remove(rule) } else { rulesNotFollowed.insert(rule) }
    }
  }
}

extension TCPSettings {
  /// Gives one of TCP's switches another value, which is in its range.
  fileprivate mutating func set(_ parameter: HostParameter, to value: Int) {
    let isOn = value != 0
    switch parameter {
    case .nagle: nagle = Nagle(rawValue: UInt8(value)) ?? nagle
    case .delayedAck: acknowledgmentDelay = .milliseconds(UInt64(value))
    case .congestion:
      congestionControl = CongestionControl(rawValue: UInt8(value)) ?? congestionControl
    case .initialWindow: initialWindowSegments = UInt8(value)
    case .fastRetransmit: fastRetransmit = isOn
    case .limitedTransmit: limitedTransmit = isOn
    case .sack: selectiveAcknowledgment = isOn
    case .timestamps: timestamps = isOn
    case .windowScale: windowScale = isOn
    case .minRTO: minimumTimeout = UInt32(value)
    case .initialRTO: initialTimeout = UInt32(value)
    case .keepAliveIdle: keepAliveIdle = .seconds(UInt64(value))
    case .keepAliveInterval: keepAliveInterval = .seconds(UInt64(value))
    case .keepAliveProbes: keepAliveProbes = UInt8(value)
    default: setLifetimes(parameter, to: value)
    }
  }

  /// How connections open, and what is left of them.
  private mutating func setLifetimes(_ parameter: HostParameter, to value: Int) {
    let isOn = value != 0
    switch parameter {
    case .synAckRepeats: synAcknowledgmentRepeats = UInt8(value)
    case .synCookies: synCookies = SynCookies(rawValue: UInt8(value)) ?? synCookies
    case .isn: fixedInitialSequence = isOn ? UInt32(value) : nil
    case .timeWait: keepsTimeWait = isOn
    case .timeWaitReuse: reopensTimeWait = isOn
    case .rfc1337: ignoresResetInTimeWait = isOn
    case .shrinkWindow: shrinksWindow = isOn
    default: break
    }
  }
}
