/// The first 8 octets of an ICMP message (RFC 792); what follows, such as the quoted packet of an
/// error, is its payload.
public struct ICMPMessage: HeaderCoding, BitwiseCopyable {
  /// The message's type.
  public var type: UInt8
  /// Which of the type's cases it is.
  public var code: UInt8
  /// The checksum over the whole message as it stands there.
  public var checksum: UInt16
  /// The second 32 bits, whose meaning is the type's.
  public var rest: UInt32

  public static var kind: HeaderKind { .icmp }
  /// 8 octets.
  @inlinable public static var minimumLength: Int { 8 }
  /// 8 octets.
  @inlinable public var headerLength: Int { 8 }

  /// The message with these fields.
  @inlinable
  public init(type: UInt8, code: UInt8, checksum: UInt16 = 0, rest: UInt32) {
    self.type = type
    self.code = code
    self.checksum = checksum
    self.rest = rest
  }

  /// Reads the message's first 8 octets.
  ///
  /// - Throws: `ParseError` on `icmp` below 8 octets.
  @inlinable
  public init(parsing octets: RawSpan) throws(ParseError) {
    guard octets.byteCount >= 8 else {
      throw ParseError(.icmp, "icmp", .truncated(needed: 8, have: octets.byteCount))
    }
    type = octets.octet(at: 0)
    code = octets.octet(at: 1)
    checksum = octets.uint16(at: 2)
    rest = octets.uint32(at: 4)
  }

  /// Writes 8 octets at an offset.
  @inlinable
  public func write(into octets: inout [UInt8], at offset: Int) {
    var elements = octets.mutableSpan
    var bytes = elements.mutableBytes
    bytes.put(type, at: offset)
    bytes.put(code, at: offset + 1)
    bytes.put(checksum, at: offset + 2)
    bytes.put(rest, at: offset + 4)
  }

  /// The checksum that a message should have; its checksum field counts as zero.
  ///
  /// - Parameter message: exactly the message, at least 8 octets.
  @inlinable
  public static func checksum(of message: RawSpan) -> UInt16 {
    ~InternetChecksum.sum(message, withoutFieldAt: 2)
  }

  /// Whether a whole message has the right checksum; false for fewer than 8 octets.
  @inlinable
  public static func verify(_ message: RawSpan) -> Bool {
    message.byteCount >= 8 && InternetChecksum.sum(message) == 0xffff
  }
}
