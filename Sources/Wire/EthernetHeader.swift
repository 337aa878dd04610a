/// The Ethernet II header: 14 octets before every packet on the LAN (RFC 894, IEEE 802.3 cl. 3.2).
public struct EthernetHeader: HeaderCoding, BitwiseCopyable {
  /// Who is to take the frame.
  public var destination: MACAddress
  /// Who sent it.
  public var source: MACAddress
  /// What it carries.
  public var type: EtherType

  public static var kind: HeaderKind { .ethernet }
  /// 14 octets.
  @inlinable public static var minimumLength: Int { 14 }
  /// 14 octets.
  @inlinable public var headerLength: Int { 14 }

  /// The header with these fields.
  @inlinable
  public init(destination: MACAddress, source: MACAddress, type: EtherType) {
    self.destination = destination
    self.source = source
    self.type = type
  }

  /// Reads the header from the first octet of a frame.
  ///
  /// - Throws: `ParseError` on `ethernet` when there are fewer than 14 octets.
  @inlinable
  public init(parsing octets: RawSpan) throws(ParseError) {
    guard octets.byteCount >= 14 else {
      throw ParseError(.ethernet, "ethernet", .truncated(needed: 14, have: octets.byteCount))
    }
    destination = octets.macAddress(at: 0)
    source = octets.macAddress(at: 6)
    type = EtherType(rawValue: octets.uint16(at: 12))
  }

  /// Writes 14 octets at an offset.
  @inlinable
  public func write(into octets: inout [UInt8], at offset: Int) {
    var elements = octets.mutableSpan
    var bytes = elements.mutableBytes
    write(into: &bytes, at: offset)
  }

  /// Writes the same into octets that are lent.
  @inlinable
  public func write(into bytes: inout MutableRawSpan, at offset: Int) {
    bytes.put(destination, at: offset)
    bytes.put(source, at: offset + 6)
    bytes.put(type.rawValue, at: offset + 12)
  }
}
