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

  /// Only a router has it.
  public var isRouters: Bool { self == .icmp || self == .farMTU }

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
    case .sockets: 1...65_535
    case .receiveBuffer, .sendBuffer: 1...1_048_576
    case .mssOption, .tcp, .icmp: 0...1
    case .firewall: 0...65_535
    case .msl: 1...240
    }
  }

  /// Its value is on or off, stored as 1 or 0.
  public var isSwitch: Bool { range == 0...1 }
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
