import Wire

/// The way down where nobody looks: in one go what `sendSegment`, `sendPacket`, `resolve` and `sendFrame` do
/// floor by floor. The octets are the same; a test compares them.
extension Services {
  /// Sends a segment at once if the plain case is given: one adapter, a neighbour whose hardware address is
  /// known, a packet that fits the link. Else nothing is done and the floors have to.
  mutating func sendAtOnce(
    _ header: TCPHeader, _ text: borrowing SendBuffer, offset: Int, count: Int,
    from source: IPv4Address, to destination: IPv4Address
  ) -> Bool {
    guard !looked, routes.isEmpty, let nextHop = nextHop(to: destination), !isBroadcast(nextHop),
      let hardware = neighbours.lookUp(nextHop, at: now)
    else { return false }
    let start = OutgoingPacket.transportOffset
    let length = header.headerLength + count
    let packet = IPv4Header.minimumLength + length
    guard packet <= configuration.maximumTransmissionUnit else { return false }
    identification &+= 1
    let end = start + length
    var frame = frames.take(max(end, EthernetLine.minimumFrame))
    var elements = frame.mutableSpan
    var bytes = elements.mutableBytes
    EthernetHeader(
      destination: hardware, source: configuration.hardwareAddress, type: .ipv4
    ).write(into: &bytes, at: 0)
    IPv4Header(
      totalLength: UInt16(truncatingIfNeeded: packet), identification: identification,
      dontFragment: true, protocol: .tcp, source: source, destination: destination
    ).write(into: &bytes, at: EthernetHeader.minimumLength)
    bytes.put(
      IPv4Header.checksum(
        of: bytes.bytes.extracting(EthernetHeader.minimumLength..<start)),
      at: EthernetHeader.minimumLength + 10)
    header.write(into: &bytes, at: start)
    let textStart = start + header.headerLength
    var sum = InternetChecksum.pseudoHeaderSum(
      source: source, destination: destination, protocol: .tcp, length: length)
    if count > 0 {
      // A header ends at an even offset, so the text's sum needs no turning.
      sum = InternetChecksum.combine(
        sum, text.copyAndSum(from: offset, count: count, into: &bytes, at: textStart))
    }
    sum = InternetChecksum.combine(
      sum, InternetChecksum.sum(bytes.bytes.extracting(start..<textStart)))
    bytes.put(~sum, at: start + 16)
    for padding in end..<max(end, EthernetLine.minimumFrame) { bytes.put(UInt8(0), at: padding) }
    outgoing.append(LinkFrame(octets: frame))
    return true
  }
}
