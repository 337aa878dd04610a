/// The format of a header as data: its fields in the order of their bits.
///
/// The tables hold what every header of a kind has; options, whose presence the octets tell, are
/// found by `fields(in:_:)`.
public struct HeaderFormat: Hashable, Sendable {
  /// Which header it is.
  public var kind: HeaderKind
  /// Its fields; they cover every bit of the shortest header once.
  public var fields: [HeaderField]
  /// Fields that name several others together, such as `tcp.flags`.
  public var composites: [HeaderField]

  /// The format of a header without options.
  public static func of(_ kind: HeaderKind) -> HeaderFormat {
    switch kind {
    case .ethernet: ethernet
    case .arp: arp
    case .ipv4: ipv4
    case .icmp: icmp
    case .udp: udp
    case .tcp: tcp
    }
  }

  /// The fields that the header beginning with the first octet has: those of the table, and one
  /// for each part of each option. Never traps; what a damaged header does not hold is left out.
  public static func fields(in octets: RawSpan, _ kind: HeaderKind) -> [HeaderField] {
    var fields = of(kind).fields
    switch kind {
    case .arp, .udp: break
    case .ethernet: fields += tagFields(octets)
    case .icmp: specialize(icmp: &fields, octets)
    case .ipv4:
      guard let length = try? IPv4Header.checkedLength(octets), length > 20 else { break }
      fields.append(
        HeaderField("ip.options", "options", bits: 160..<(length * 8), .octets))
    case .tcp: fields += optionFields(octets)
    }
    return fields.filter { $0.octets.upperBound <= octets.byteCount }
  }

  /// The field with an id: one of `fields(in:_:)`, or one that names several together. Where an
  /// option comes twice, the first.
  public static func field(_ id: String, in octets: RawSpan, _ kind: HeaderKind) -> HeaderField? {
    fields(in: octets, kind).first { $0.id == id }
      ?? composites(in: octets, kind).first { $0.id == id }
  }

  /// The fields that name several others together: `tcp.flags`, and `tcp.sack` for all blocks.
  public static func composites(in octets: RawSpan, _ kind: HeaderKind) -> [HeaderField] {
    var composites = of(kind).composites
    if kind == .tcp {
      let edges = optionFields(octets).filter { $0.id.hasPrefix("tcp.sack.block.") }
      if let first = edges.first, let last = edges.last {
        composites.append(
          HeaderField(
            "tcp.sack", "SACK blocks", bits: first.bits.lowerBound..<last.bits.upperBound, .octets))
      }
    }
    return composites.filter { $0.octets.upperBound <= octets.byteCount }
  }

  /// The value of a field in a header's octets, read by the table.
  public func value(of field: HeaderField, in octets: RawSpan) -> FieldValue {
    field.value(in: octets)
  }

  /// Gives the second word of an ICMP message the names that its type gives it.
  private static func specialize(icmp fields: inout [HeaderField], _ octets: RawSpan) {
    guard let message = try? ICMPMessage(parsing: octets) else { return }
    let parts: [HeaderField]
    switch message.meaning {
    case .echoRequest, .echoReply:
      parts = [
        HeaderField("icmp.id", "identifier", bits: 32..<48),
        HeaderField("icmp.seq", "sequence number", bits: 48..<64, abbreviation: "seq"),
      ]
    case .destinationUnreachable(code: .fragmentationNeeded, _):
      parts = [
        HeaderField("icmp.unused", "unused", bits: 32..<48, .hex),
        HeaderField("icmp.mtu", "next-hop MTU", bits: 48..<64, abbreviation: "mtu"),
      ]
    case .redirect:
      parts = [HeaderField("icmp.gateway", "gateway address", bits: 32..<64, .ipv4)]
    case .parameterProblem:
      parts = [
        HeaderField("icmp.pointer", "pointer", bits: 32..<40),
        HeaderField("icmp.unused", "unused", bits: 40..<64, .hex),
      ]
    case .destinationUnreachable, .timeExceeded, .other: return
    }
    fields.removeAll { $0.id == "icmp.rest" }
    fields += parts
  }
}
