/// The headers that this module reads and writes.
public enum HeaderKind: UInt8, CaseIterable, Sendable {
  /// Ethernet II.
  case ethernet
  /// Address resolution, RFC 826.
  case arp
  /// IPv4, RFC 791.
  case ipv4
  /// ICMP, RFC 792.
  case icmp
  /// UDP, RFC 768.
  case udp
  /// TCP, RFC 9293.
  case tcp
}

extension HeaderKind: CustomStringConvertible {
  /// The protocol's name as the RFCs write it.
  public var description: String {
    switch self {
    case .ethernet: "Ethernet"
    case .arp: "ARP"
    case .ipv4: "IPv4"
    case .icmp: "ICMP"
    case .udp: "UDP"
    case .tcp: "TCP"
    }
  }
}
