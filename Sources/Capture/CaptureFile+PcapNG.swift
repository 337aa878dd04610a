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

  /// Adds the frame of an enhanced packet block, or of the packet block before it.
  private mutating func readPacket(
    _ octets: RawSpan, _ body: PcapNGReader.Body, _ reader: PcapNGReader
  ) throws(CaptureFault) {
    try require(20, body)
    let order = reader.order
    let start = body.range.lowerBound
    let id =
      body.type == PcapNGBlock.packet
      ? UInt32(order.uint16(octets, at: start)) : order.uint32(octets, at: start)
    guard Int(id) < reader.scales.count else {
      throw CaptureFault(offset: start, .unknownInterface(id))
    }
    let captured = order.uint32(octets, at: start + 12)
    guard Int(captured) <= body.range.count - 20 else {
      throw CaptureFault(offset: start + 12, .badFrameLength(captured))
    }
    let high = order.uint32(octets, at: start + 4)
    let low = order.uint32(octets, at: start + 8)
    let time = reader.scales[Int(id)].nanoseconds(UInt64(high) << 32 | UInt64(low))
    if time == nil { faults.append(CaptureFault(offset: start + 4, .timeOutOfRange)) }
    let end = start + 20 + Int(captured)
    let padded = (end + 3) & ~3
    let comments = options(octets, padded..<body.range.upperBound, reader)
      .filter { $0.code == PcapNGBlock.Option.comment }
    records.append(
      .frame(
        Frame(
          octets: octets.array((start + 20)..<end),
          originalLength: Int(order.uint32(octets, at: start + 16)), nanoseconds: time,
          interface: reader.firstInterface + Int(id),
          comments: comments.map { reader.text(octets, $0) }, offset: body.start)))
  }

  /// Adds the frame of a simple packet block: of the section's first interface, without a time.
  private mutating func readSimplePacket(
    _ octets: RawSpan, _ body: PcapNGReader.Body, _ reader: PcapNGReader
  ) throws(CaptureFault) {
    try require(4, body)
    let start = body.range.lowerBound
    guard !reader.scales.isEmpty else {
      throw CaptureFault(offset: body.start, .unknownInterface(0))
    }
    let original = reader.order.uint32(octets, at: start)
    let snapLength = interfaces[reader.firstInterface].snapLength
    let captured = snapLength == 0 ? original : min(original, snapLength)
    guard Int(captured) <= body.range.count - 4 else {
      throw CaptureFault(offset: start, .badFrameLength(captured))
    }
    records.append(
      .frame(
        Frame(
          octets: octets.array((start + 4)..<(start + 4 + Int(captured))),
          originalLength: Int(original), nanoseconds: nil, interface: reader.firstInterface,
          comments: [], offset: body.start)))
  }

  /// Adds a custom block.
  private mutating func readCustom(
    _ octets: RawSpan, _ body: PcapNGReader.Body, _ reader: PcapNGReader
  ) throws(CaptureFault) {
    try require(4, body)
    let start = body.range.lowerBound
    records.append(
      .custom(
        CustomBlock(
          enterprise: reader.order.uint32(octets, at: start),
          data: octets.array((start + 4)..<body.range.upperBound),
          isCopyable: body.type == PcapNGBlock.custom, order: reader.order, offset: body.start)))
  }

  /// Throws unless a block has its fixed fields.
  private func require(_ length: Int, _ body: PcapNGReader.Body) throws(CaptureFault) {
    guard body.range.count >= length else {
      throw CaptureFault(
        offset: body.start + 4,
        .badBlockLength(UInt32(body.range.count + PcapNGBlock.minimumLength)))
    }
  }

  /// The options of a block; one that does not fit is noted.
  private mutating func options(
    _ octets: RawSpan, _ range: Range<Int>, _ reader: PcapNGReader
  ) -> [PcapNGReader.Option] {
    let (options, fault) = reader.options(octets, range)
    if let fault { faults.append(fault) }
    return options
  }
}
