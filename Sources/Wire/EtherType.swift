/// What an Ethernet frame carries: the type field of the Ethernet II header (RFC 894, IANA "IEEE 802 Numbers").
public struct EtherType: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
  /// The number on the wire.
  public var rawValue: UInt16

  /// The type with this number.
  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// IPv4, 0x0800.
  @inlinable public static var ipv4: EtherType { EtherType(rawValue: 0x0800) }
  /// ARP, 0x0806.
  @inlinable public static var arp: EtherType { EtherType(rawValue: 0x0806) }
  /// IPv6, 0x86dd.
  @inlinable public static var ipv6: EtherType { EtherType(rawValue: 0x86dd) }

  /// True when the number is an IEEE 802.3 length (at most 1500) and no type.
  @inlinable
  public var isLength: Bool { rawValue <= 1500 }
}

extension EtherType: CustomStringConvertible {
  /// The type's name, or its number in hexadecimal.
  public var description: String {
    switch self {
    case .ipv4: "IPv4"
    case .arp: "ARP"
    case .ipv6: "IPv6"
    case .vlan, .serviceVLAN: "VLAN"
    default: "0x" + rawValue.hexadecimal
    }
  }
}
