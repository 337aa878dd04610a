/// Walks the options of a TCP header one by one: the one place that knows how long an option is.
struct TCPOptionCursor {
  /// Where the next option begins, in octets from the header's first one.
  var offset: Int
  /// Where the options end.
  let end: Int

  /// One option: its kind, and where it lies from its kind octet on.
  struct Option {
    var kind: UInt8
    var range: Range<Int>
  }

  /// The options of a header whose data offset has been checked.
  init(headerLength: Int) {
    offset = TCPHeader.minimumLength
    end = headerLength
  }

  /// The next option; nil at the end of the header or behind the end-of-list option.
  ///
  /// - Throws: `ParseError` on `tcp.options` for a length that the kind cannot have or that leaves
  ///   the header (RFC 9293 §3.1, MUST-7). The cursor then stays where the bad option begins.
  mutating func next(in octets: RawSpan) throws(ParseError) -> Option? {
    guard offset < end else { return nil }
    let kind = octets.octet(at: offset)
    let start = offset
    if kind == TCPOptions.Kind.end {
      offset = end
      return Option(kind: kind, range: start..<(start + 1))
    }
    if kind == TCPOptions.Kind.noOperation {
      offset += 1
      return Option(kind: kind, range: start..<offset)
    }
    guard start + 1 < end else {
      throw ParseError(.tcp, "tcp.options", .badOption(kind: kind, length: nil))
    }
    let length = Int(octets.octet(at: start + 1))
    guard TCPOptions.Kind.allows(kind, length: length), start + length <= end else {
      throw ParseError(.tcp, "tcp.options", .badOption(kind: kind, length: length))
    }
    offset += length
    return Option(kind: kind, range: start..<offset)
  }
}

extension TCPOptions {
  /// Reads the options of a header whose data offset has been checked. Of an option that comes
  /// twice the last one counts.
  @usableFromInline
  init(parsing octets: RawSpan, headerLength: Int) throws(ParseError) {
    self.init()
    var cursor = TCPOptionCursor(headerLength: headerLength)
    while let option = try cursor.next(in: octets) {
      let value = option.range.lowerBound + 2
      switch option.kind {
      case Kind.maximumSegmentSize: maximumSegmentSize = octets.uint16(at: value)
      case Kind.windowScale: windowScale = octets.octet(at: value)
      case Kind.sackPermitted: sackPermitted = true
      case Kind.timestamps:
        timestamps = TCPTimestamps(
          value: octets.uint32(at: value), echo: octets.uint32(at: value + 4))
      case Kind.sack:
        sackBlocks = SACKBlocks()
        for block in stride(from: value, to: option.range.upperBound, by: 8) {
          sackBlocks.append(
            SACKBlock(
              left: SequenceNumber(octets.uint32(at: block)),
              right: SequenceNumber(octets.uint32(at: block + 4))))
        }
      default: break
      }
    }
  }
}
