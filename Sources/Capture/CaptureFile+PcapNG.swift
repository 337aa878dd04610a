import Wire

extension CaptureFile {
  /// Reads the blocks of a pcapng file. A block whose content is wrong is noted and passed over;
  /// a fault that hides where the next block begins ends the reading.
  mutating func readBlocks(_ octets: RawSpan) throws(CaptureFault) {
    var reader = PcapNGReader()
    var offset = 0
    while offset < octets.byteCount {
      let body = try reader.block(octets, at: offset)
      offset = body.range.upperBound + 4
      if body.type == PcapNGBlock.sectionHeader {
        try readSection(octets, body, &reader)
        continue
      }
      do throws(CaptureFault) {
        switch body.type {
        case PcapNGBlock.interfaceDescription: try readInterface(octets, body, &reader)
        case PcapNGBlock.enhancedPacket, PcapNGBlock.packet:
          try readPacket(octets, body, reader)
        case PcapNGBlock.simplePacket: try readSimplePacket(octets, body, reader)
        case PcapNGBlock.custom, PcapNGBlock.customNotCopied:
          try readCustom(octets, body, reader)
        case PcapNGBlock.interfaceStatistics: try readStatistics(octets, body, reader)
        default: break
        }
      } catch {
        faults.append(error)
      }
    }
  }

  /// Begins a section: its interfaces are numbered from zero again.
  private mutating func readSection(
    _ octets: RawSpan, _ body: PcapNGReader.Body, _ reader: inout PcapNGReader
  ) throws(CaptureFault) {
    let start = body.range.lowerBound
    let major = reader.order.uint16(octets, at: start + 4)
    let minor = reader.order.uint16(octets, at: start + 6)
    // Some writers wrote 1.2 for what is 1.0.
    guard major == 1, minor == 0 || minor == 2 else {
      throw CaptureFault(offset: start + 4, .unsupportedVersion(major: major, minor: minor))
    }
    reader.firstInterface = interfaces.count
    reader.scales = []
    for option in options(octets, (start + 16)..<body.range.upperBound, reader) {
      switch option.code {
      case PcapNGBlock.Option.comment: comments.append(reader.text(octets, option))
      case PcapNGBlock.Option.application where application == nil:
        application = reader.text(octets, option)
      default: break
      }
    }
  }

  /// Adds an interface to the section.
  private mutating func readInterface(
    _ octets: RawSpan, _ body: PcapNGReader.Body, _ reader: inout PcapNGReader
  ) throws(CaptureFault) {
    try require(8, body)
    let start = body.range.lowerBound
    var interface = Interface(
      linkType: LinkType(rawValue: reader.order.uint16(octets, at: start)),
      snapLength: reader.order.uint32(octets, at: start + 4))
    var scale = TimeScale()
    for option in options(octets, (start + 8)..<body.range.upperBound, reader) {
      let value = option.value.lowerBound
      switch (option.code, option.value.count) {
      case (PcapNGBlock.Option.interfaceName, _): interface.name = reader.text(octets, option)
      case (PcapNGBlock.Option.timeResolution, 1): scale.resolution = octets.octet(at: value)
      case (PcapNGBlock.Option.fcsLength, 1):
        interface.fcsLength = Int(octets.octet(at: value))
      case (PcapNGBlock.Option.timeOffset, 8):
        scale.offset = Int64(bitPattern: reader.order.uint64(octets, at: value))
      case (PcapNGBlock.Option.timeResolution, let length),
        (PcapNGBlock.Option.fcsLength, let length), (PcapNGBlock.Option.timeOffset, let length):
        let problem = CaptureFault.Problem.badOption(
          code: option.code, length: UInt16(truncatingIfNeeded: length))
        faults.append(CaptureFault(offset: value - 4, problem))
      default: break
      }
    }
    interfaces.append(interface)
    reader.scales.append(scale)
  }

  /// Throws unless a block has its fixed fields.
  func require(_ length: Int, _ body: PcapNGReader.Body) throws(CaptureFault) {
    guard body.range.count >= length else {
      throw CaptureFault(
        offset: body.start + 4,
        .badBlockLength(UInt32(body.range.count + PcapNGBlock.minimumLength)))
    }
  }

  /// The options of a block; one that does not fit is noted.
  mutating func options(
    _ octets: RawSpan, _ range: Range<Int>, _ reader: PcapNGReader
  ) -> [PcapNGReader.Option] {
    let (options, fault) = reader.options(octets, range)
    if let fault { faults.append(fault) }
    return options
  }
}
