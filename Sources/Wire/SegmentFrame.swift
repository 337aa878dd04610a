/// A TCP segment in the plainest frame: Ethernet II, IPv4 without options and not in fragments.
///
/// Nearly every frame of a connection is one. Its three headers are written and read in one go, 8 octets at
/// a time, their checksums made from the numbers themselves; what is not as plain as this is left to the
/// headers, one by one. A test holds both together.
public enum SegmentFrame {
  /// Where TCP's header begins.
  @inlinable public static var segmentOffset: Int { 34 }

  /// Version 4, five words of header, DSCP and ECN 0.
  @usableFromInline static var plainVersion: UInt64 { 0x0800_4500 }
  /// Time to live 64, TCP.
  @usableFromInline static var lifeAndProtocol: UInt64 { 0x4006 }

  /// Writes the headers before text that is in place, with both checksums and DF set.
  ///
  /// - Parameters:
  ///   - header: TCP's; its checksum is made here.
  ///   - bytes: from the frame's first octet on, at least 60 octets.
  ///   - count: octets of the text behind the headers.
  ///   - textSum: their one's complement sum.
  @inlinable @inline(__always)
  public static func write(
    _ header: TCPHeader, into bytes: inout MutableRawSpan, from hardwareSource: MACAddress,
    to hardwareDestination: MACAddress, identification: UInt16, source: IPv4Address,
    destination: IPv4Address, text count: Int, textSum: UInt16
  ) {
    let options = header.headerLength - TCPHeader.minimumLength
    precondition(
      bytes.byteCount >= 60 && bytes.byteCount - segmentOffset >= header.headerLength + count,
      "there is no room for the frame")
    let segment = UInt64(TCPHeader.minimumLength + options + count)
    let packet = segment &+ 20
    let from = UInt64(source.value)
    let to = UInt64(destination.value)
    let number = UInt64(identification)
    let ends = (from >> 16) &+ (from & 0xffff) &+ (to >> 16) &+ (to & 0xffff)
    let packetSum = 0x4500 &+ packet &+ number &+ 0x4000 &+ lifeAndProtocol &+ ends
    let check = UInt64(~InternetChecksum.fold(packetSum))
    let receiver = hardwareDestination.value
    let sender = hardwareSource.value
    bytes.putWord(receiver << 16 | sender >> 32, uncheckedAt: 0)
    // The first half of this word comes again with the next one.
    bytes.putWord(sender << 32 | plainVersion, uncheckedAt: 8)
    bytes.putWord(plainVersion << 32 | packet << 16 | number, uncheckedAt: 12)
    bytes.putWord(
      0x4000 << 48 | lifeAndProtocol << 32 | check << 16 | from >> 16, uncheckedAt: 20)
    let ports = UInt64(header.sourcePort) << 16 | UInt64(header.destinationPort)
    bytes.putWord(
      (from & 0xffff) << 48 | to << 16 | UInt64(header.sourcePort), uncheckedAt: 28)
    let sequence = UInt64(header.sequence.value)
    let acknowledgment = UInt64(header.acknowledgment.value)
    let controls =
      UInt64(header.dataOffset << 4 | header.reserved & 0xf) << 8
      | UInt64(header.flags.rawValue)
    let window = UInt64(header.window)
    bytes.putWord(
      UInt64(header.destinationPort) << 48 | sequence << 16 | acknowledgment >> 16,
      uncheckedAt: 36)
    var sum = ends &+ 6 &+ segment &+ (ports >> 16) &+ (ports & 0xffff) &+ (sequence >> 16)
    sum = sum &+ (sequence & 0xffff) &+ (acknowledgment >> 16) &+ (acknowledgment & 0xffff)
    sum = sum &+ controls &+ window &+ UInt64(header.urgentPointer) &+ UInt64(textSum)
    if options > 0 {
      header.options.write(into: &bytes, at: 54, length: options)
      sum = sum &+ UInt64(InternetChecksum.sum(bytes.bytes.extracting(54..<(54 + options))))
    }
    let segmentCheck = UInt64(~InternetChecksum.fold(sum))
    bytes.putWord(
      (acknowledgment & 0xffff) << 48 | controls << 32 | window << 16 | segmentCheck,
      uncheckedAt: 44)
    bytes.put(header.urgentPointer, at: 52)
  }

  /// What is read of a frame in which everything is plain.
  public struct Content: Equatable, Sendable {
    /// The adapter that is meant.
    public var hardwareDestination: MACAddress
    /// The sender's address.
    public var source: IPv4Address
    /// The receiver's address.
    public var destination: IPv4Address
    /// TCP's header.
    public var header: TCPHeader
    /// Where the text lies in the frame.
    public var text: Range<Int>

    @inlinable @inline(__always)
    init(
      _ hardwareDestination: MACAddress, _ source: IPv4Address, _ destination: IPv4Address,
      _ header: TCPHeader, _ text: Range<Int>
    ) {
      self.hardwareDestination = hardwareDestination
      self.source = source
      self.destination = destination
      self.header = header
      self.text = text
    }
  }

  /// Reads a frame in which everything is plain and both checksums are right; nil for any other.
  @inlinable @inline(__always)
  public static func parse(_ octets: RawSpan) -> Content? {
    guard octets.byteCount >= 60 else { return nil }
    let first = octets.word(uncheckedAt: 12)
    let second = octets.word(uncheckedAt: 20)
    let third = octets.word(uncheckedAt: 28)
    // IPv4, version 4 with five words; no fragment; TCP.
    guard first >> 40 == 0x08_0045, second >> 48 & 0x3fff == 0, second >> 32 & 0xff == 6 else {
      return nil
    }
    let end = 14 &+ Int(first >> 16 & 0xffff)
    let from = UInt32(truncatingIfNeeded: second & 0xffff) << 16 | UInt32(third >> 48)
    let to = UInt32(truncatingIfNeeded: third >> 16)
    let ends =
      (second & 0xffff) &+ (third >> 48) &+ (third >> 32 & 0xffff) &+ (third >> 16 & 0xffff)
    let packetSum =
      (first >> 32 & 0xffff) &+ (first >> 16 & 0xffff) &+ (first & 0xffff) &+ (second >> 48)
      &+ (second >> 32 & 0xffff) &+ (second >> 16 & 0xffff) &+ ends
    guard end >= 54, end <= octets.byteCount, InternetChecksum.fold(packetSum) == 0xffff else {
      return nil
    }
    let fourth = octets.word(uncheckedAt: 34)
    let fifth = octets.word(uncheckedAt: 42)
    let sixth = octets.word(uncheckedAt: 50)
    var sum = ends &+ 6 &+ UInt64(truncatingIfNeeded: end &- segmentOffset)
    sum = sum &+ fourth.quarters &+ fifth.quarters &+ (sixth >> 48) &+ (sixth >> 32 & 0xffff)
    if end > 54 {
      sum = sum &+ UInt64(InternetChecksum.sum(octets.extracting(unchecked: 54..<end)))
    }
    guard InternetChecksum.fold(sum) == 0xffff,
      let header = header(fourth, fifth, sixth, octets.extracting(unchecked: segmentOffset..<end))
    else { return nil }
    return Content(
      octets.macAddress(at: 0), IPv4Address(value: from), IPv4Address(value: to), header,
      (segmentOffset &+ header.headerLength)..<end)
  }

  /// TCP's header from the three words that hold it, where it has no options; else read by itself.
  @inlinable @inline(__always)
  static func header(
    _ first: UInt64, _ second: UInt64, _ third: UInt64, _ segment: RawSpan
  ) -> TCPHeader? {
    guard second >> 28 & 0xf == 5 else { return try? TCPHeader(parsing: segment) }
    return TCPHeader(
      plain: UInt16(first >> 48), UInt16(truncatingIfNeeded: first >> 32),
      SequenceNumber(UInt32(truncatingIfNeeded: first)), SequenceNumber(UInt32(second >> 32)),
      reserved: UInt8(truncatingIfNeeded: second >> 24) & 0xf,
      TCPFlags(rawValue: UInt8(truncatingIfNeeded: second >> 16)),
      window: UInt16(truncatingIfNeeded: second), checksum: UInt16(third >> 48),
      urgentPointer: UInt16(truncatingIfNeeded: third >> 32))
  }
}

extension UInt64 {
  /// The sum of its four 16-bit quarters.
  @inlinable @inline(__always)
  var quarters: UInt64 {
    (self >> 48) &+ (self >> 32 & 0xffff) &+ (self >> 16 & 0xffff) &+ (self & 0xffff)
  }
}

extension RawSpan {
  /// Eight octets as a number in network order. The caller has looked at the length.
  @inlinable @inline(__always)
  func word(uncheckedAt offset: Int) -> UInt64 {
    UInt64(bigEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }
}

extension MutableRawSpan {
  /// Writes eight octets in network order. The caller has looked at the length.
  @inlinable @inline(__always)
  mutating func putWord(_ value: UInt64, uncheckedAt offset: Int) {
    storeBytes(of: value.bigEndian, toUncheckedByteOffset: offset, as: UInt64.self)
  }
}
