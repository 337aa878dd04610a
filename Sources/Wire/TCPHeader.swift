/// The TCP header (RFC 9293 §3.1): 20 octets and options.
public struct TCPHeader: HeaderCoding, BitwiseCopyable {
  /// The sender's port.
  public var sourcePort: UInt16
  /// The receiver's port.
  public var destinationPort: UInt16
  /// SEG.SEQ: the number of the first octet of data, or of SYN.
  public var sequence: SequenceNumber
  /// SEG.ACK: the next number the sender expects; significant with ACK only.
  public var acknowledgment: SequenceNumber
  @usableFromInline var words: UInt8
  /// The four bits that must be zero and are ignored; kept as they came.
  public var reserved: UInt8
  /// The control bits.
  public var flags: TCPFlags
  /// SEG.WND: the octets the sender takes from SEG.ACK on, before scaling.
  public var window: UInt16
  /// The checksum as it stands there.
  public var checksum: UInt16
  /// How far behind SEG.SEQ the urgent data end; significant with URG only.
  public var urgentPointer: UInt16
  /// What the options say.
  public var options: TCPOptions {
    didSet { words = UInt8(5 + options.encodedLength / 4) }
  }

  public static var kind: HeaderKind { .tcp }
  /// The header's length in units of 4 octets, 5 to 15. Setting `options` sets it.
  @inlinable public var dataOffset: UInt8 { words }
  /// 20 octets.
  @inlinable public static var minimumLength: Int { 20 }
  /// Octets of the header, options and padding included: where the data begin.
  @inlinable public var headerLength: Int { Int(dataOffset) * 4 }

  /// The header with these fields; its length is that of the options.
  @inlinable
  public init(
    sourcePort: UInt16, destinationPort: UInt16, sequence: SequenceNumber,
    acknowledgment: SequenceNumber = SequenceNumber(0), reserved: UInt8 = 0, flags: TCPFlags,
    window: UInt16, checksum: UInt16 = 0, urgentPointer: UInt16 = 0,
    options: TCPOptions = TCPOptions()
  ) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.words = UInt8(truncatingIfNeeded: 5 + options.encodedLength / 4)
    self.reserved = reserved
    self.flags = flags
    self.window = window
    self.checksum = checksum
    self.urgentPointer = urgentPointer
    self.options = options
  }

  /// The header with these fields and without options.
  @inlinable @inline(__always)
  init(
    plain sourcePort: UInt16, _ destinationPort: UInt16, _ sequence: SequenceNumber,
    _ acknowledgment: SequenceNumber, reserved: UInt8, _ flags: TCPFlags, window: UInt16,
    checksum: UInt16, urgentPointer: UInt16
  ) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    words = 5
    self.reserved = reserved
    self.flags = flags
    self.window = window
    self.checksum = checksum
    self.urgentPointer = urgentPointer
    options = TCPOptions()
  }

  /// Reads the header from the first octet of a segment. The checksum is read, not checked:
  /// `verify(_:source:destination:)` does.
  ///
  /// - Throws: `ParseError` on `tcp` (fewer than 20 octets), `tcp.doff` (below 5, or beyond the
  ///   octets) or `tcp.options` (an option whose length is wrong).
  @inlinable
  public init(parsing octets: RawSpan) throws(ParseError) {
    guard octets.byteCount >= 20 else {
      throw ParseError(.tcp, "tcp", .truncated(needed: 20, have: octets.byteCount))
    }
    let offset = octets.octet(at: 12)
    guard offset >= 0x50 else {
      throw ParseError(.tcp, "tcp.doff", .tooSmall(value: Int(offset >> 4), minimum: 5))
    }
    let length = Int(offset >> 4) * 4
    guard length <= octets.byteCount else {
      throw ParseError(.tcp, "tcp.doff", .truncated(needed: length, have: octets.byteCount))
    }
    sourcePort = octets.uint16(at: 0)
    destinationPort = octets.uint16(at: 2)
    sequence = SequenceNumber(octets.uint32(at: 4))
    acknowledgment = SequenceNumber(octets.uint32(at: 8))
    words = offset >> 4
    reserved = offset & 0xf
    flags = TCPFlags(rawValue: octets.octet(at: 13))
    window = octets.uint16(at: 14)
    checksum = octets.uint16(at: 16)
    urgentPointer = octets.uint16(at: 18)
    options =
      length == 20 ? TCPOptions() : try TCPOptions(parsing: octets, headerLength: length)
  }

  /// Writes the header at an offset: the five words of RFC 9293 figure 1, then the options.
  @inlinable
  public func write(into octets: inout [UInt8], at offset: Int) {
    var elements = octets.mutableSpan
    var bytes = elements.mutableBytes
    write(into: &bytes, at: offset)
  }

  /// Writes the same into octets that are lent.
  @inlinable
  public func write(into bytes: inout MutableRawSpan, at offset: Int) {
    let controls = UInt16(dataOffset << 4 | reserved & 0xf) << 8 | UInt16(flags.rawValue)
    bytes.put(sourcePort, destinationPort, at: offset)
    bytes.put(sequence.value, at: offset + 4)
    bytes.put(acknowledgment.value, at: offset + 8)
    bytes.put(controls, window, at: offset + 12)
    bytes.put(checksum, urgentPointer, at: offset + 16)
    if dataOffset > 5 {
      options.write(into: &bytes, at: offset + 20, length: headerLength - 20)
    }
  }
}

extension TCPHeader {
  /// The checksum that a segment should have; its checksum field counts as zero.
  ///
  /// - Parameter segment: exactly the segment, header and data, at least 20 octets.
  @inlinable
  public static func checksum(
    of segment: RawSpan, source: IPv4Address, destination: IPv4Address
  ) -> UInt16 {
    let pseudo = InternetChecksum.pseudoHeaderSum(
      source: source, destination: destination, protocol: .tcp, length: segment.byteCount)
    return ~InternetChecksum.combine(pseudo, InternetChecksum.sum(segment, withoutFieldAt: 16))
  }

  /// Whether a segment has the right checksum (RFC 9293 §3.1, MUST-3); false below 20 octets.
  ///
  /// - Parameter segment: exactly the segment, header and data.
  @inlinable
  public static func verify(
    _ segment: RawSpan, source: IPv4Address, destination: IPv4Address
  ) -> Bool {
    guard segment.byteCount >= 20 else { return false }
    let pseudo = InternetChecksum.pseudoHeaderSum(
      source: source, destination: destination, protocol: .tcp, length: segment.byteCount)
    return InternetChecksum.combine(pseudo, InternetChecksum.sum(segment)) == 0xffff
  }
}
