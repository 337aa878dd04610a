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
    guard !looked, routes.isEmpty, let nextHop = plainHop(to: destination),
      let hardware = neighbours.lookUp(nextHop, at: now)
    else { return false }
    let textStart = OutgoingPacket.transportOffset + header.headerLength
    let end = textStart + count
    guard end - EthernetHeader.minimumLength <= configuration.maximumTransmissionUnit else {
      return false
    }
    identification &+= 1
    var octets = frames.take(max(end, EthernetLine.minimumFrame))
    var elements = octets.mutableSpan
    var bytes = elements.mutableBytes
    // A short frame is padded: what its memory was used for before must not go on the wire.
    if end < EthernetLine.minimumFrame { bytes.put(0, 0, at: 56) }
    if end < 56 { bytes.put(0, 0, at: 52) }
    var sum: UInt16 = 0
    if count > 0 {
      sum = text.copyAndSum(from: offset, count: count, into: &bytes, at: textStart)
    }
    SegmentFrame.write(
      header, into: &bytes, from: configuration.hardwareAddress, to: hardware,
      identification: identification, source: source, destination: destination, text: count,
      textSum: sum)
    outgoing.append(LinkFrame(octets: consume octets))
    return true
  }

  /// Where a packet goes next, if that is one neighbour; the answer is kept for the next packet to the same
  /// address, for it depends on nothing that changes.
  @inline(__always)
  private mutating func plainHop(to destination: IPv4Address) -> IPv4Address? {
    if let latestHop, latestHop.destination == destination { return latestHop.next }
    guard let next = nextHop(to: destination), !isBroadcast(next) else { return nil }
    latestHop = (destination, next)
    return next
  }
}
