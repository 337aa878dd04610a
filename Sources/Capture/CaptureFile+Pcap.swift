import Wire

/// What the magic of a pcap file tells.
struct PcapHeader {
  /// The order of the file's numbers.
  var order: ByteOrder
  /// Whether the fraction of a second counts nanoseconds and not microseconds.
  var inNanoseconds: Bool
  /// Octets before each frame.
  var recordHeaderLength = 16

  /// Octets of the header.
  static let length = 24
  /// More octets than any capture has of a frame; libpcap's MAXIMUM_SNAPLEN.
  static let maximumFrame: UInt32 = 262_144

  /// Reads the first four octets as they come; nil when they are no magic of pcap.
  init?(magic: UInt32) {
    order = .big
    inNanoseconds = false
    for (candidate, order) in [(magic, ByteOrder.big), (magic.byteSwapped, .little)] {
      switch candidate {
      case 0xa1b2_c3d4: self.order = order
      case 0xa1b2_3c4d:
        self.order = order
        inNanoseconds = true
      case 0xa1b2_cd34:
        // Kuznetzov's variant: 8 more octets before each frame.
        self.order = order
        recordHeaderLength = 24
      default: continue
      }
      return
    }
    return nil
  }
}

extension CaptureFile {
  /// Reads a pcap file; a fault that hides where the next frame begins ends it.
  mutating func readRecords(_ octets: RawSpan, _ header: PcapHeader) throws(CaptureFault) {
    let order = header.order
    guard octets.byteCount >= PcapHeader.length else {
      throw CaptureFault(
        offset: 0, .truncated(needed: PcapHeader.length, have: octets.byteCount))
    }
    let major = order.uint16(octets, at: 4)
    let minor = order.uint16(octets, at: 6)
    guard major == 2 else {
      throw CaptureFault(offset: 4, .unsupportedVersion(major: major, minor: minor))
    }
    let snapLength = order.uint32(octets, at: 16)
    let link = order.uint32(octets, at: 20)
    // The upper bits may tell the length of the FCS; those between must be zero.
    if link & 0x03ff_0000 != 0 { faults.append(CaptureFault(offset: 20, .reservedLinkBits(link))) }
    interfaces = [
      Interface(
        linkType: LinkType(rawValue: UInt16(truncatingIfNeeded: link)), snapLength: snapLength,
        fcsLength: link & 0x0400_0000 == 0 ? nil : Int(link >> 28) * 2)
    ]
    let limit = max(snapLength, PcapHeader.maximumFrame)
    var offset = PcapHeader.length
    while offset < octets.byteCount {
      let start = offset + header.recordHeaderLength
      guard start <= octets.byteCount else {
        throw CaptureFault(
          offset: offset,
          .truncated(needed: header.recordHeaderLength, have: octets.byteCount - offset))
      }
      var captured = order.uint32(octets, at: offset + 8)
      var original = order.uint32(octets, at: offset + 12)
      // Version 2.3 and before had them the other way round.
      if minor <= 3, captured > original { swap(&captured, &original) }
      guard captured <= limit else {
        throw CaptureFault(offset: offset + 8, .badFrameLength(captured))
      }
      let end = start + Int(captured)
      guard end <= octets.byteCount else {
        throw CaptureFault(
          offset: offset,
          .truncated(needed: end - offset, have: octets.byteCount - offset))
      }
      let time = pcapTime(octets, at: offset, header)
      records.append(
        .frame(
          Frame(
            octets: octets.array(start..<end), originalLength: Int(original), nanoseconds: time,
            interface: 0, comments: [], offset: offset)))
      offset = end
    }
  }

  /// The time of the record at an offset, in nanoseconds.
  private mutating func pcapTime(_ octets: RawSpan, at offset: Int, _ header: PcapHeader) -> UInt64
  {
    let seconds = UInt64(header.order.uint32(octets, at: offset))
    let fraction = header.order.uint32(octets, at: offset + 4)
    let unit: UInt64 = header.inNanoseconds ? 1 : 1000
    if UInt64(fraction) * unit >= 1_000_000_000 {
      faults.append(CaptureFault(offset: offset + 4, .badTimeFraction(fraction)))
    }
    return seconds * 1_000_000_000 + UInt64(fraction) * unit
  }
}
