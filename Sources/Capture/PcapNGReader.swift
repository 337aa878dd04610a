import Wire

/// Reads the blocks of a pcapng file one by one.
struct PcapNGReader {
  /// The byte order of the current section.
  var order = ByteOrder.little
  /// The index in `CaptureFile.interfaces` of the section's first interface.
  var firstInterface = 0
  /// The time scales of the section's interfaces.
  var scales: [TimeScale] = []

  /// Where the fields of a block lie, its type and lengths left out.
  struct Body {
    var type: UInt32
    /// The octet at which the block begins.
    var start: Int
    /// The octets between its two lengths.
    var range: Range<Int>
  }

  /// The block at an offset. Of a section header the byte order is taken, for its own length is
  /// written in it.
  mutating func block(_ octets: RawSpan, at start: Int) throws(CaptureFault) -> Body {
    let have = octets.byteCount - start
    guard have >= PcapNGBlock.minimumLength else {
      throw CaptureFault(
        offset: start, .truncated(needed: PcapNGBlock.minimumLength, have: have))
    }
    // The section header's type reads the same both ways.
    let type = order.uint32(octets, at: start)
    var minimum = PcapNGBlock.minimumLength
    if type == PcapNGBlock.sectionHeader {
      let magic = ByteOrder.big.uint32(octets, at: start + 8)
      switch magic {
      case PcapNGBlock.byteOrderMagic: order = .big
      case PcapNGBlock.byteOrderMagic.byteSwapped: order = .little
      default: throw CaptureFault(offset: start + 8, .noByteOrder(magic: magic))
      }
      minimum = 28
    }
    let length = order.uint32(octets, at: start + 4)
    guard Int(length) >= minimum, length % 4 == 0 else {
      throw CaptureFault(offset: start + 4, .badBlockLength(length))
    }
    guard Int(length) <= have else {
      throw CaptureFault(offset: start, .truncated(needed: Int(length), have: have))
    }
    let end = start + Int(length)
    let again = order.uint32(octets, at: end - 4)
    guard again == length else {
      throw CaptureFault(
        offset: end - 4, .unequalBlockLengths(first: length, second: again))
    }
    return Body(type: type, start: start, range: (start + 8)..<(end - 4))
  }

  /// One option of a block.
  struct Option {
    var code: UInt16
    var value: Range<Int>
  }

  /// The options from an offset to the end of a block, and what ends them too early.
  func options(
    _ octets: RawSpan, _ range: Range<Int>
  ) -> (options: [Option], fault: CaptureFault?) {
    var options: [Option] = []
    var offset = range.lowerBound
    while range.upperBound - offset >= 4 {
      let code = order.uint16(octets, at: offset)
      let length = order.uint16(octets, at: offset + 2)
      if code == PcapNGBlock.Option.end { break }
      let value = (offset + 4)..<(offset + 4 + Int(length))
      guard value.upperBound <= range.upperBound else {
        return (options, CaptureFault(offset: offset, .badOption(code: code, length: length)))
      }
      options.append(Option(code: code, value: value))
      offset = (value.upperBound + 3) & ~3
    }
    return (options, nil)
  }

  /// An option's octets as text; what is no UTF-8 is shown as such.
  func text(_ octets: RawSpan, _ option: Option) -> String {
    String(decoding: octets.array(option.value), as: UTF8.self)
  }
}
