import Wire

/// The way up where nobody looks: in one go what adapter, driver, Ethernet, IP and TCP's door check floor by
/// floor.
extension Host {
  /// The segment in a frame in which everything is as it should be. Nil where anything is not, or where
  /// somebody looks: then the floors decide, and nothing has been done yet.
  @inline(__always)
  func segmentAtOnce(_ frame: LinkFrame) -> TCPSegment? {
    guard !services.looked, frame.frameCheckSequence == nil, services.routes.isEmpty,
      services.configuration.filteredPorts.isEmpty, services.configuration.speaksTCP,
      let plain = SegmentFrame.parse(frame.octets.span.bytes),
      plain.hardwareDestination == services.configuration.hardwareAddress,
      plain.destination == services.configuration.address, isPossible(plain.source)
    else { return nil }
    return TCPSegment(
      header: plain.header, source: plain.source, destination: plain.destination,
      text: plain.text)
  }

  /// An address that a packet may come from (RFC 1122 §3.2.1.3).
  @inline(__always)
  private func isPossible(_ source: IPv4Address) -> Bool {
    !source.isMulticast && !source.isLoopback && source != .any
      && source != services.configuration.address && !services.configuration.isBroadcast(source)
  }
}
