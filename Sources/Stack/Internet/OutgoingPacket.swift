import Wire

/// A frame in the making: room for the Ethernet and the IP header in front of what a transport builds.
///
/// Each layer writes its own header into the same octets; nothing is copied on the way down.
struct OutgoingPacket {
  static let transportOffset = EthernetHeader.minimumLength + IPv4Header.minimumLength

  var octets: [UInt8]
  /// Where the unpadded frame ends.
  let end: Int

  /// Room for `transportLength` octets of segment, datagram or message, and for the least frame.
  init(transportLength: Int) {
    end = Self.transportOffset + transportLength
    // `Array(repeating:count:)` looks its storage's type up anew at each call, for 40 ns.
    octets = Array(repeatElement(0, count: max(end, EthernetLine.minimumFrame)))
  }

  var transportRange: Range<Int> { Self.transportOffset..<end }
  var packetRange: Range<Int> { EthernetHeader.minimumLength..<end }

  /// Writes a TCP header in front of text that is in place, with its checksum (RFC 9293 §3.1).
  mutating func write(_ header: TCPHeader, from source: IPv4Address, to destination: IPv4Address) {
    header.write(into: &octets, at: Self.transportOffset)
    putChecksum(
      TCPHeader.checksum(
        of: octets.span.bytes.extracting(transportRange), source: source, destination: destination),
      at: Self.transportOffset + 16)
  }

  mutating func putChecksum(_ checksum: UInt16, at offset: Int) {
    var elements = octets.mutableSpan
    var bytes = elements.mutableBytes
    bytes.put(checksum, at: offset)
  }
}
