/// A header that is read from octets and written to them; `parse(write(x)) == x`.
public protocol HeaderCoding: Hashable, Sendable {
  /// Which header it is.
  static var kind: HeaderKind { get }
  /// The octets of the shortest one.
  static var minimumLength: Int { get }
  /// The octets of this one, options included.
  var headerLength: Int { get }
  /// Reads the header that begins with the first octet. Never traps, whatever the octets.
  init(parsing octets: RawSpan) throws(ParseError)
  /// Writes `headerLength` octets; the array is already large enough. The checksum is written as
  /// given.
  func write(into octets: inout [UInt8], at offset: Int)
}

extension HeaderCoding {
  /// The header alone as octets.
  public var octets: [UInt8] {
    var octets = [UInt8](repeating: 0, count: headerLength)
    write(into: &octets, at: 0)
    return octets
  }

  /// Reads the header that begins with the first octet.
  @inlinable
  public init(parsing octets: [UInt8]) throws(ParseError) {
    try self.init(parsing: octets.span.bytes)
  }
}
