import Wire

extension CaptureFile {
  /// Adds the frame of an enhanced packet block, or of the packet block before it.
  mutating func readPacket(
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
  mutating func readSimplePacket(
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
  mutating func readCustom(
    _ octets: RawSpan, _ body: PcapNGReader.Body, _ reader: PcapNGReader
  ) throws(CaptureFault) {
    try require(4, body)
    let start = body.range.lowerBound
    records.append(
      .custom(
        CustomBlock(
          carrier: .block, enterprise: reader.order.uint32(octets, at: start),
          data: octets.array((start + 4)..<body.range.upperBound),
          isCopyable: body.type == PcapNGBlock.custom, order: reader.order, offset: body.start)))
  }

  /// Adds the custom options of an interface statistics block, one record for each enterprise.
  mutating func readStatistics(
    _ octets: RawSpan, _ body: PcapNGReader.Body, _ reader: PcapNGReader
  ) throws(CaptureFault) {
    try require(12, body)
    var blocks: [CustomBlock] = []
    let first = body.range.lowerBound + 12
    for option in options(octets, first..<body.range.upperBound, reader) {
      let isCopyable = option.code == PcapNGBlock.Option.customOctets
      guard isCopyable || option.code == PcapNGBlock.Option.customOctetsNotCopied else { continue }
      guard option.value.count >= 4 else {
        let problem = CaptureFault.Problem.badOption(
          code: option.code, length: UInt16(option.value.count))
        faults.append(CaptureFault(offset: option.value.lowerBound - 4, problem))
        continue
      }
      let enterprise = reader.order.uint32(octets, at: option.value.lowerBound)
      let data = octets.array((option.value.lowerBound + 4)..<option.value.upperBound)
      if let last = blocks.last, last.enterprise == enterprise, last.isCopyable == isCopyable {
        blocks[blocks.count - 1].data += data
      } else {
        blocks.append(
          CustomBlock(
            carrier: .options, enterprise: enterprise, data: data, isCopyable: isCopyable,
            order: reader.order, offset: body.start))
      }
    }
    records += blocks.map(Record.custom)
  }
}
