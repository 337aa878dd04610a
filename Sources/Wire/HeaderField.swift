/// One field of a header: where its bits are, and how its value is written.
public struct HeaderField: Hashable, Sendable, Identifiable {
  /// The name in scripts, such as `tcp.seq`; part of the stable interface.
  public var id: String
  /// The RFC's name for it, such as `sequence number`.
  public var name: String
  /// A name of at most three or four letters for narrow places, such as `off`.
  public var abbreviation: String
  /// Its bits, counted from the header's first one.
  public var bits: Range<Int>
  /// How its value is written.
  public var form: Form

  /// How a value is written.
  public enum Form: Hashable, Sendable {
    /// Decimal.
    case number
    /// `0x` and hexadecimal digits.
    case hex
    /// An IPv4 address.
    case ipv4
    /// An Ethernet address.
    case mac
    /// One bit.
    case flag
    /// Octets as they come.
    case octets
  }

  /// A field.
  public init(
    _ id: String, _ name: String, bits: Range<Int>, _ form: Form = .number,
    abbreviation: String? = nil
  ) {
    self.id = id
    self.name = name
    self.abbreviation = abbreviation ?? name
    self.bits = bits
    self.form = form
  }

  /// The octets that hold its bits, counted from the header's first one.
  public var octets: Range<Int> { (bits.lowerBound / 8)..<((bits.upperBound + 7) / 8) }

  /// Its value in a header's octets. A field that is not wholly there gives the octets of it that
  /// are, perhaps none.
  public func value(in header: RawSpan) -> FieldValue {
    let range = octets
    guard range.upperBound <= header.byteCount, range.lowerBound >= 0 else {
      let end = min(max(0, range.upperBound), header.byteCount)
      return .octets(header.array(min(max(0, range.lowerBound), end)..<end))
    }
    switch form {
    case .ipv4 where bits.count == 32: return .ipv4(header.ipv4Address(at: range.lowerBound))
    case .mac where bits.count == 48: return .mac(header.macAddress(at: range.lowerBound))
    case .octets: return .octets(header.array(range))
    default: break
    }
    guard range.count <= 8 else { return .octets(header.array(range)) }
    var number: UInt64 = 0
    for offset in range { number = number << 8 | UInt64(header.octet(at: offset)) }
    number >>= UInt64(range.upperBound * 8 - bits.upperBound)
    if bits.count < 64 { number &= (1 << UInt64(bits.count)) - 1 }
    return .number(number)
  }
}

/// The value that a field has in some octets.
public enum FieldValue: Hashable, Sendable {
  /// A number, or a flag as 0 or 1.
  case number(UInt64)
  /// An IPv4 address.
  case ipv4(IPv4Address)
  /// An Ethernet address.
  case mac(MACAddress)
  /// Octets as they come.
  case octets([UInt8])
}
