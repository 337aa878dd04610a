/// An IPv4 address: four octets, in memory in network order (RFC 791 §3.1).
public struct IPv4Address: Hashable, Sendable, BitwiseCopyable {
  /// The four octets as they lie in memory: one word, for every packet's addresses are compared several
  /// times.
  @usableFromInline var word: UInt32

  /// The address written a.b.c.d.
  @inlinable @inline(__always)
  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    self.init(value: UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d))
  }

  /// The address as a number, its first octet being the most significant.
  @inlinable @inline(__always)
  public init(value: UInt32) { word = value.bigEndian }

  /// The address as a number, its first octet being the most significant.
  @inlinable @inline(__always)
  public var value: UInt32 { UInt32(bigEndian: word) }

  /// The first octet, which is sent first.
  @inlinable public var a: UInt8 { UInt8(truncatingIfNeeded: value >> 24) }
  /// The second octet.
  @inlinable public var b: UInt8 { UInt8(truncatingIfNeeded: value >> 16) }
  /// The third octet.
  @inlinable public var c: UInt8 { UInt8(truncatingIfNeeded: value >> 8) }
  /// The fourth octet.
  @inlinable public var d: UInt8 { UInt8(truncatingIfNeeded: value) }

  /// The address in dotted decimal; nil for anything else. A leading zero is refused, since some
  /// programs read it as octal.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var octets: [UInt8] = []
    for part in parts {
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let octet = UInt8(part),
        String(octet) == part
      else { return nil }
      octets.append(octet)
    }
    self.init(octets[0], octets[1], octets[2], octets[3])
  }

  /// 0.0.0.0: any address of this host, or none yet (RFC 1122 §3.2.1.3 a).
  @inlinable public static var any: IPv4Address { IPv4Address(0, 0, 0, 0) }
  /// 255.255.255.255: every host on this network (RFC 1122 §3.2.1.3 c).
  @inlinable public static var broadcast: IPv4Address { IPv4Address(255, 255, 255, 255) }

  /// True for 224.0.0.0/4 (RFC 1112 §4).
  @inlinable
  public var isMulticast: Bool { a & 0xf0 == 0xe0 }
  /// True for 127.0.0.0/8 (RFC 1122 §3.2.1.3 g).
  @inlinable
  public var isLoopback: Bool { a == 127 }
}

extension IPv4Address: CustomStringConvertible {
  /// Dotted decimal, such as `192.0.2.10`.
  public var description: String { "\(a).\(b).\(c).\(d)" }
}

extension RawSpan {
  /// The four octets from an offset as an IPv4 address.
  @inlinable @inline(__always)
  public func ipv4Address(at offset: Int) -> IPv4Address {
    IPv4Address(value: uint32(at: offset))
  }
}

extension MutableRawSpan {
  /// Writes an IPv4 address, four octets.
  @inlinable @inline(__always)
  public mutating func put(_ address: IPv4Address, at offset: Int) {
    put(address.value, at: offset)
  }
}
