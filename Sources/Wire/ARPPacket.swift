/// An address resolution packet for IPv4 over Ethernet (RFC 826): 28 octets.
public struct ARPPacket: HeaderCoding, BitwiseCopyable {
  /// What the packet says: ar$op.
  public struct Operation: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public var rawValue: UInt16

    /// The operation with this number.
    @inlinable
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Who has the target address? 1.
    @inlinable public static var request: Operation { Operation(rawValue: 1) }
    /// I have it, 2.
    @inlinable public static var reply: Operation { Operation(rawValue: 2) }
  }

  /// Request, reply, or another number.
  public var operation: Operation
  /// The sender's Ethernet address, ar$sha.
  public var senderMAC: MACAddress
  /// The sender's IPv4 address, ar$spa.
  public var senderIP: IPv4Address
  /// The Ethernet address asked for or told, ar$tha; zero in a request.
  public var targetMAC: MACAddress
  /// The IPv4 address asked for, ar$tpa.
  public var targetIP: IPv4Address

  public static var kind: HeaderKind { .arp }
  /// 28 octets.
  @inlinable public static var minimumLength: Int { 28 }
  /// 28 octets.
  @inlinable public var headerLength: Int { 28 }

  /// The packet with these fields; the hardware is Ethernet, the protocol IPv4.
  @inlinable
  public init(
    operation: Operation, senderMAC: MACAddress, senderIP: IPv4Address, targetMAC: MACAddress,
    targetIP: IPv4Address
  ) {
    self.operation = operation
    self.senderMAC = senderMAC
    self.senderIP = senderIP
    self.targetMAC = targetMAC
    self.targetIP = targetIP
  }

  /// Reads the packet.
  ///
  /// - Throws: `ParseError` on `arp` below 28 octets; on `arp.htype`, `arp.ptype`, `arp.hlen`,
  ///   `arp.plen` for other hardware or protocols than Ethernet and IPv4.
  @inlinable
  public init(parsing octets: RawSpan) throws(ParseError) {
    // The four numbers stand in the first six octets; anything else has another layout.
    guard octets.byteCount >= 28 else {
      throw ParseError(.arp, "arp", .truncated(needed: 28, have: octets.byteCount))
    }
    try Self.require("arp.htype", Int(octets.uint16(at: 0)), 1)
    try Self.require("arp.ptype", Int(octets.uint16(at: 2)), 0x0800)
    try Self.require("arp.hlen", Int(octets.octet(at: 4)), 6)
    try Self.require("arp.plen", Int(octets.octet(at: 5)), 4)
    operation = Operation(rawValue: octets.uint16(at: 6))
    senderMAC = octets.macAddress(at: 8)
    senderIP = octets.ipv4Address(at: 14)
    targetMAC = octets.macAddress(at: 18)
    targetIP = octets.ipv4Address(at: 24)
  }

  /// Throws unless a field has the one value that is understood.
  @inlinable
  static func require(_ field: String, _ value: Int, _ expected: Int) throws(ParseError) {
    guard value == expected else {
      throw ParseError(.arp, field, .unsupported(value: value, expected: expected))
    }
  }

  /// Writes 28 octets at an offset.
  @inlinable
  public func write(into octets: inout [UInt8], at offset: Int) {
    var elements = octets.mutableSpan
    var bytes = elements.mutableBytes
    bytes.put(UInt16(1), at: offset)
    bytes.put(EtherType.ipv4.rawValue, at: offset + 2)
    bytes.put(UInt16(0x0604), at: offset + 4)
    bytes.put(operation.rawValue, at: offset + 6)
    bytes.put(senderMAC, at: offset + 8)
    bytes.put(senderIP, at: offset + 14)
    bytes.put(targetMAC, at: offset + 18)
    bytes.put(targetIP, at: offset + 24)
  }
}
