/// An Ethernet (MAC) address: six octets in the order in which they go on the wire (IEEE 802-2014 cl. 8).
public struct MACAddress: Hashable, Sendable, BitwiseCopyable {
  /// The six octets; `a` is sent first.
  public var a, b, c, d, e, f: UInt8

  /// The address with these octets, the first to be sent first.
  @inlinable
  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, _ e: UInt8, _ f: UInt8) {
    (self.a, self.b, self.c, self.d, self.e, self.f) = (a, b, c, d, e, f)
  }

  /// The address written as six pairs of hexadecimal digits with `:` or `-` between them; nil for
  /// anything else.
  public init?(_ text: String) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "-" }
    guard parts.count == 6 else { return nil }
    var octets: [UInt8] = []
    for part in parts {
      guard part.utf8.count == 2, part.allSatisfy(\.isHexDigit), let octet = UInt8(part, radix: 16)
      else { return nil }
      octets.append(octet)
    }
    self.init(octets[0], octets[1], octets[2], octets[3], octets[4], octets[5])
  }

  /// ff:ff:ff:ff:ff:ff, every station on the LAN.
  @inlinable public static var broadcast: MACAddress {
    MACAddress(0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
  }
  /// 00:00:00:00:00:00, which ARP writes where an address is not known yet (RFC 826).
  @inlinable public static var zero: MACAddress { MACAddress(0, 0, 0, 0, 0, 0) }

  /// One comparison and not six: an adapter looks at every frame's address.
  @inlinable @inline(__always)
  public static func == (left: MACAddress, right: MACAddress) -> Bool { left.value == right.value }

  /// The address as a number, `a` being its most significant octet.
  @inlinable @inline(__always)
  public var value: UInt64 {
    let high = UInt64(a) << 40 | UInt64(b) << 32
    return high | UInt64(c) << 24 | UInt64(d) << 16 | UInt64(e) << 8 | UInt64(f)
  }

  /// True for broadcast and multicast addresses: the first bit sent is 1.
  @inlinable
  public var isGroup: Bool { a & 1 != 0 }
}

extension MACAddress: CustomStringConvertible {
  /// Six pairs of hexadecimal digits, such as `02:00:00:00:00:0a`.
  public var description: String { [a, b, c, d, e, f].hexadecimal(separator: ":") }
}

extension RawSpan {
  /// The six octets from an offset as an Ethernet address.
  @inlinable @inline(__always)
  public func macAddress(at offset: Int) -> MACAddress {
    let high = uint16(at: offset)
    let low = uint32(at: offset + 2)
    return MACAddress(
      UInt8(truncatingIfNeeded: high >> 8), UInt8(truncatingIfNeeded: high),
      UInt8(truncatingIfNeeded: low >> 24), UInt8(truncatingIfNeeded: low >> 16),
      UInt8(truncatingIfNeeded: low >> 8), UInt8(truncatingIfNeeded: low))
  }
}

extension MutableRawSpan {
  /// Writes an Ethernet address, six octets.
  @inlinable
  public mutating func put(_ address: MACAddress, at offset: Int) {
    storeBytes(of: address, toByteOffset: offset, as: MACAddress.self)
  }
}
