/// The IPv4 header (RFC 791 §3.1; DSCP RFC 2474, ECN RFC 3168): 20 octets and options.
public struct IPv4Header: HeaderCoding {
  /// Differentiated services code point, 6 bits.
  public var dscp: UInt8
  /// Explicit congestion notification, 2 bits.
  public var ecn: UInt8
  /// Octets of the packet, header and payload.
  public var totalLength: UInt16
  /// The number that fragments of one packet share.
  public var identification: UInt16
  /// The first of the three flag bits, which must be zero; kept as it came.
  public var reservedFlag: Bool
  /// The packet may not be cut up.
  public var dontFragment: Bool
  /// More fragments of the packet follow.
  public var moreFragments: Bool
  /// Where the fragment belongs in the packet, in units of 8 octets, 13 bits.
  public var fragmentOffset: UInt16
  /// Routers that the packet may still pass.
  public var timeToLive: UInt8
  /// What the packet carries.
  public var `protocol`: IPProtocol
  /// The checksum of the header as it stands there.
  public var checksum: UInt16
  /// The sender's address.
  public var source: IPv4Address
  /// The receiver's address.
  public var destination: IPv4Address
  /// The options as octets, their padding included; at most 40.
  public var options: [UInt8]

  public static var kind: HeaderKind { .ipv4 }
  /// 20 octets.
  @inlinable public static var minimumLength: Int { 20 }
  /// Octets of the header: 20 and the options, rounded up to 4.
  @inlinable public var headerLength: Int { 20 + (options.count + 3) & ~3 }

  /// The header with these fields.
  @inlinable
  public init(
    dscp: UInt8 = 0, ecn: UInt8 = 0, totalLength: UInt16, identification: UInt16,
    dontFragment: Bool = false, moreFragments: Bool = false, fragmentOffset: UInt16 = 0,
    timeToLive: UInt8 = 64, protocol: IPProtocol, checksum: UInt16 = 0, source: IPv4Address,
    destination: IPv4Address, options: [UInt8] = []
  ) {
    self.dscp = dscp
    self.ecn = ecn
    self.totalLength = totalLength
    self.identification = identification
    self.reservedFlag = false
    self.dontFragment = dontFragment
    self.moreFragments = moreFragments
    self.fragmentOffset = fragmentOffset
    self.timeToLive = timeToLive
    self.protocol = `protocol`
    self.checksum = checksum
    self.source = source
    self.destination = destination
    self.options = options
  }

  /// Reads the header from the first octet of a packet.
  ///
  /// The octets may end before the total length does, as in a packet quoted by ICMP:
  /// `payloadRange(in:)` tells. The checksum is read, not checked: `verify(_:)` does.
  ///
  /// - Throws: `ParseError` on `ip` (fewer than 20 octets), `ip.version`, `ip.ihl` (below 5, or
  ///   beyond the octets) or `ip.length` (below the header's own length).
  @inlinable
  public init(parsing octets: RawSpan) throws(ParseError) {
    let length = try Self.checkedLength(octets)
    let traffic = octets.octet(at: 1)
    dscp = traffic >> 2
    ecn = traffic & 3
    totalLength = octets.uint16(at: 2)
    identification = octets.uint16(at: 4)
    let fragment = octets.uint16(at: 6)
    reservedFlag = fragment & 0x8000 != 0
    dontFragment = fragment & 0x4000 != 0
    moreFragments = fragment & 0x2000 != 0
    fragmentOffset = fragment & 0x1fff
    timeToLive = octets.octet(at: 8)
    `protocol` = IPProtocol(rawValue: octets.octet(at: 9))
    checksum = octets.uint16(at: 10)
    source = octets.ipv4Address(at: 12)
    destination = octets.ipv4Address(at: 16)
    options = length == 20 ? [] : octets.array(20..<length)
  }

  /// The header's length in octets, once version, IHL and total length are known to fit.
  @inlinable
  static func checkedLength(_ octets: RawSpan) throws(ParseError) -> Int {
    guard octets.byteCount >= 20 else {
      throw ParseError(.ipv4, "ip", .truncated(needed: 20, have: octets.byteCount))
    }
    let first = Int(octets.octet(at: 0))
    guard first >> 4 == 4 else {
      throw ParseError(.ipv4, "ip.version", .unsupported(value: first >> 4, expected: 4))
    }
    let words = first & 0xf
    guard words >= 5 else {
      throw ParseError(.ipv4, "ip.ihl", .tooSmall(value: words, minimum: 5))
    }
    let length = words * 4
    guard length <= octets.byteCount else {
      throw ParseError(.ipv4, "ip.ihl", .truncated(needed: length, have: octets.byteCount))
    }
    let total = Int(octets.uint16(at: 2))
    guard total >= length else {
      throw ParseError(.ipv4, "ip.length", .tooSmall(value: total, minimum: length))
    }
    return length
  }

  /// Writes the header at an offset, IHL from the options' length.
  @inlinable
  public func write(into octets: inout [UInt8], at offset: Int) {
    var elements = octets.mutableSpan
    var bytes = elements.mutableBytes
    write(into: &bytes, at: offset)
  }

  /// Writes the same into octets that are lent.
  @inlinable
  public func write(into bytes: inout MutableRawSpan, at offset: Int) {
    precondition(options.count <= 40, "IPv4 options are at most 40 octets")
    let length = headerLength
    let versionAndTraffic = UInt16(0x40 | length / 4) << 8 | UInt16(dscp << 2 | ecn & 3)
    let flags: UInt16 =
      (reservedFlag ? 0x8000 : 0) | (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0)
    let lifeAndProtocol = UInt16(timeToLive) << 8 | UInt16(`protocol`.rawValue)
    // The words of RFC 791 figure 4: a store for each checks the bounds half as often as one a field.
    bytes.put(versionAndTraffic, totalLength, at: offset)
    bytes.put(identification, flags | fragmentOffset & 0x1fff, at: offset + 4)
    bytes.put(lifeAndProtocol, checksum, at: offset + 8)
    bytes.put(source, at: offset + 12)
    bytes.put(destination, at: offset + 16)
    for index in 20..<length {
      let option = index - 20 < options.count ? options[index - 20] : 0
      bytes.put(option, at: offset + index)
    }
  }
}

extension IPv4Header {
  /// True for a part of a packet: a fragment is whole only when it is first and last.
  @inlinable
  public var isFragment: Bool { moreFragments || fragmentOffset != 0 }

  /// Where the payload lies in the octets the header was read from.
  ///
  /// - Parameter available: how many octets there are, from the header's first one.
  /// - Throws: `ParseError` on `ip.length` when the packet is longer than that.
  @inlinable
  public func payloadRange(in available: Int) throws(ParseError) -> Range<Int> {
    guard Int(totalLength) <= available else {
      throw ParseError(
        .ipv4, "ip.length", .truncated(needed: Int(totalLength), have: available))
    }
    return headerLength..<max(headerLength, Int(totalLength))
  }

  /// The checksum that a header should have; its checksum field counts as zero.
  ///
  /// - Parameter header: exactly the header's octets, at least 20.
  @inlinable
  public static func checksum(of header: RawSpan) -> UInt16 {
    ~InternetChecksum.sum(header, withoutFieldAt: 10)
  }

  /// Whether the header that begins with the first octet has the right checksum (RFC 1122 §3.2.1.2).
  /// False for octets that hold no whole header.
  @inlinable
  public static func verify(_ octets: RawSpan) -> Bool {
    guard octets.byteCount >= 20 else { return false }
    let length = Int(octets.octet(at: 0) & 0xf) * 4
    guard length >= 20, length <= octets.byteCount else { return false }
    return InternetChecksum.sum(octets.extracting(0..<length)) == 0xffff
  }
}
