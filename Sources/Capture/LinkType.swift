/// What the frames of an interface begin with (the LINKTYPE_ values of tcpdump.org).
public struct LinkType: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
  /// The number in the file.
  public var rawValue: UInt16

  /// The link type with this number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// BSD loopback, 0.
  public static let null = LinkType(rawValue: 0)
  /// Ethernet, 1: the only one whose frames the Wire module reads.
  public static let ethernet = LinkType(rawValue: 1)
  /// IP packets without a link header, 101.
  public static let raw = LinkType(rawValue: 101)
  /// IEEE 802.11, 105.
  public static let ieee80211 = LinkType(rawValue: 105)
  /// Linux "cooked" capture, 113.
  public static let linuxSLL = LinkType(rawValue: 113)
}

extension LinkType: CustomStringConvertible {
  /// The link's name, or its number.
  public var description: String {
    switch self {
    case .null: "BSD loopback"
    case .ethernet: "Ethernet"
    case .raw: "raw IP"
    case .ieee80211: "IEEE 802.11"
    case .linuxSLL: "Linux cooked"
    default: "link type \(rawValue)"
    }
  }
}
