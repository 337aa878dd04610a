/// A tag between the Ethernet header and what the frame carries: the number of a virtual LAN (IEEE 802.1Q cl. 9).
public struct VLANTag: Hashable, Sendable, BitwiseCopyable {
  /// 0 to 7.
  public var priority: UInt8
  /// The frame may be dropped first where there is no room.
  public var isDropEligible: Bool
  /// 1 to 4094; 0 for a tag that has a priority only.
  public var id: UInt16
  /// What follows the tag.
  public var type: EtherType

  /// Octets of a tag: its control information and the type behind it.
  public static let length = 4

  /// Reads a tag from the octet behind the type that announces it; nil when there are fewer than four octets.
  init?(parsing octets: RawSpan, at offset: Int) {
    guard offset + Self.length <= octets.byteCount else { return nil }
    let control = octets.uint16(at: offset)
    priority = UInt8(control >> 13)
    isDropEligible = control & 0x1000 != 0
    id = control & 0x0fff
    type = EtherType(rawValue: octets.uint16(at: offset + 2))
  }
}

extension EtherType {
  /// A VLAN tag follows, 0x8100.
  @inlinable public static var vlan: EtherType { EtherType(rawValue: 0x8100) }
  /// A provider's VLAN tag follows, 0x88a8.
  @inlinable public static var serviceVLAN: EtherType { EtherType(rawValue: 0x88a8) }

  /// Whether a VLAN tag follows.
  var announcesTag: Bool { self == .vlan || self == .serviceVLAN }
}

extension HeaderFormat {
  /// The fields of the tags behind an Ethernet header.
  static func tagFields(_ octets: RawSpan) -> [HeaderField] {
    guard let header = try? EthernetHeader(parsing: octets) else { return [] }
    var fields: [HeaderField] = []
    var type = header.type
    var offset = EthernetHeader.minimumLength
    while type.announcesTag, let tag = VLANTag(parsing: octets, at: offset) {
      let bit = offset * 8
      fields += [
        HeaderField("vlan.priority", "VLAN priority", bits: bit..<(bit + 3), abbreviation: "pcp"),
        HeaderField("vlan.dei", "drop eligible", bits: (bit + 3)..<(bit + 4), .flag),
        HeaderField(
          "vlan.id", "VLAN identifier", bits: (bit + 4)..<(bit + 16), abbreviation: "vid"),
        HeaderField("vlan.type", "type behind the tag", bits: (bit + 16)..<(bit + 32), .hex),
      ]
      type = tag.type
      offset += VLANTag.length
    }
    return fields
  }
}
