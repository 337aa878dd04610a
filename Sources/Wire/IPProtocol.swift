/// What an IPv4 packet carries: the protocol field (RFC 791 §3.1, IANA "Protocol Numbers").
public struct IPProtocol: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
  /// The number on the wire.
  public var rawValue: UInt8

  /// The protocol with this number.
  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// ICMP, 1.
  @inlinable public static var icmp: IPProtocol { IPProtocol(rawValue: 1) }
  /// TCP, 6.
  @inlinable public static var tcp: IPProtocol { IPProtocol(rawValue: 6) }
  /// UDP, 17.
  @inlinable public static var udp: IPProtocol { IPProtocol(rawValue: 17) }
}

extension IPProtocol: CustomStringConvertible {
  /// The protocol's name, or its number in decimal.
  public var description: String {
    switch self {
    case .icmp: "ICMP"
    case .tcp: "TCP"
    case .udp: "UDP"
    default: String(rawValue)
    }
  }
}
