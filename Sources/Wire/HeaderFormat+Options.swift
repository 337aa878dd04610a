extension HeaderFormat {
  /// The fields of the options of the TCP header that begins with the first octet. The rest of
  /// the options behind a malformed one is one field, `tcp.option.damaged`.
  static func optionFields(_ octets: RawSpan) -> [HeaderField] {
    guard octets.byteCount >= TCPHeader.minimumLength else { return [] }
    let length = Int(octets.octet(at: 12) >> 4) * 4
    guard length >= TCPHeader.minimumLength, length <= octets.byteCount else { return [] }
    var fields: [HeaderField] = []
    var cursor = TCPOptionCursor(headerLength: length)
    do {
      while let option = try cursor.next(in: octets) {
        fields += Self.fields(of: option, headerLength: length)
      }
    } catch {
      fields.append(
        HeaderField(
          "tcp.option.damaged", "damaged options", bits: (cursor.offset * 8)..<(length * 8),
          .octets))
    }
    return fields
  }

  /// The fields of one option: kind, length and its values.
  private static func fields(
    of option: TCPOptionCursor.Option, headerLength: Int
  ) -> [HeaderField] {
    let start = option.range.lowerBound
    let bit = start * 8
    let whole = bit..<(option.range.upperBound * 8)
    switch option.kind {
    case TCPOptions.Kind.end:
      let end = HeaderField("tcp.eol", "end of options", bits: whole, abbreviation: "eol")
      guard start + 1 < headerLength else { return [end] }
      let padding = (bit + 8)..<(headerLength * 8)
      return [end, HeaderField("tcp.padding", "padding", bits: padding, .octets)]
    case TCPOptions.Kind.noOperation:
      return [HeaderField("tcp.nop", "no-operation", bits: whole, abbreviation: "nop")]
    case TCPOptions.Kind.sackPermitted:
      // It has no value: that it is there is what it says.
      return [
        HeaderField("tcp.sackok", "SACK permitted", bits: whole, .octets, abbreviation: "SACK")
      ]
    case TCPOptions.Kind.maximumSegmentSize:
      return named("tcp.mss", bit) + [HeaderField("tcp.mss", "MSS", bits: (bit + 16)..<(bit + 32))]
    case TCPOptions.Kind.windowScale:
      return named("tcp.wscale", bit) + [
        HeaderField(
          "tcp.wscale", "window scale", bits: (bit + 16)..<(bit + 24), abbreviation: "ws")
      ]
    case TCPOptions.Kind.timestamps:
      return named("tcp.timestamps", bit) + [
        HeaderField("tcp.tsval", "timestamp TSval", bits: (bit + 16)..<(bit + 48)),
        HeaderField("tcp.tsecr", "echo reply TSecr", bits: (bit + 48)..<(bit + 80)),
      ]
    case TCPOptions.Kind.sack: return named("tcp.sack", bit) + edges(whole)
    default:
      let kind = named("tcp.option", bit)
      guard option.range.count > 2 else { return kind }
      return kind + [
        HeaderField("tcp.option.data", "data", bits: (bit + 16)..<whole.upperBound, .octets)
      ]
    }
  }

  /// The kind and length octets of an option.
  private static func named(_ id: String, _ bit: Int) -> [HeaderField] {
    [
      HeaderField(id + ".kind", "kind", bits: bit..<(bit + 8)),
      HeaderField(id + ".length", "length", bits: (bit + 8)..<(bit + 16), abbreviation: "len"),
    ]
  }

  /// The edges of SACK blocks, numbered from 1.
  private static func edges(_ option: Range<Int>) -> [HeaderField] {
    let starts = stride(from: option.lowerBound + 16, to: option.upperBound, by: 64)
    return starts.enumerated().flatMap { index, bit in
      [
        HeaderField(
          "tcp.sack.block.\(index + 1).left", "left edge \(index + 1)", bits: bit..<(bit + 32),
          .hex),
        HeaderField(
          "tcp.sack.block.\(index + 1).right", "right edge \(index + 1)",
          bits: (bit + 32)..<(bit + 64), .hex),
      ]
    }
  }
}
