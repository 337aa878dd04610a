import Wire

/// The way up where nobody looks: in one go what adapter, driver, Ethernet, IP and TCP's door check floor by
/// floor.
extension Host {
  /// The segment in a frame in which everything is as it should be. Nil where anything is not, or where
  /// somebody looks: then the floors decide, and nothing has been done yet.
  func segmentAtOnce(_ frame: LinkFrame) -> TCPSegment? {
    guard !services.looked, frame.frameCheckSequence == nil, services.routes.isEmpty,
      services.configuration.filteredPorts.isEmpty, services.configuration.speaksTCP
    else { return nil }
    let octets = frame.octets.span.bytes
    guard octets.byteCount >= EthernetLine.minimumFrame,
      let link = try? EthernetHeader(parsing: octets), link.type == .ipv4,
      link.destination == services.configuration.hardwareAddress
    else { return nil }
    let packet = EthernetHeader.minimumLength
    let start = packet + IPv4Header.minimumLength
    // Version 4, five words, whole, and TCP.
    guard octets.octet(at: packet) == 0x45, octets.uint16(at: packet + 6) & 0x3fff == 0,
      octets.octet(at: packet + 9) == IPProtocol.tcp.rawValue
    else { return nil }
    let end = packet + Int(octets.uint16(at: packet + 2))
    let source = octets.ipv4Address(at: packet + 12)
    let destination = octets.ipv4Address(at: packet + 16)
    guard end >= start + TCPHeader.minimumLength, end <= octets.byteCount,
      destination == services.configuration.address, isPlain(source),
      InternetChecksum.sum(octets.extracting(packet..<start)) == 0xffff
    else { return nil }
    let segment = octets.extracting(start..<end)
    guard TCPHeader.verify(segment, source: source, destination: destination),
      let header = try? TCPHeader(parsing: segment)
    else { return nil }
    return TCPSegment(
      header: header, source: source, destination: destination,
      text: (start + header.headerLength)..<end)
  }

  /// An address that a packet may come from (RFC 1122 §3.2.1.3).
  @inline(__always)
  private func isPlain(_ source: IPv4Address) -> Bool {
    !source.isMulticast && !source.isLoopback && source != .any
      && source != services.configuration.address && !services.configuration.isBroadcast(source)
  }
}
