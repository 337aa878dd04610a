import Wire

/// Changes in a frame that a receiver cannot tell from the sender's own work.
enum FrameRewriting {
  /// Writes a value over a header's field, by the table of the header's format, and makes the
  /// checksums afresh unless the field is one. A field that the frame does not have changes nothing. An option
  /// whose kind becomes “no operation” is taken out whole, as middleboxes do.
  static func write(_ value: UInt64, to id: String, in octets: inout [UInt8]) {
    for layer in Dissection(frame: octets).layers {
      guard let field = field(id, in: octets, layer) else { continue }
      if id.hasSuffix(".kind"), value == UInt64(TCPOptions.Kind.noOperation) {
        removeOption(id, in: &octets, layer)
        return renewChecksums(&octets)
      }
      let first = layer.range.lowerBound * 8 + field.bits.lowerBound
      write(value, bits: first..<(first + field.bits.count), in: &octets)
      if !id.hasSuffix(".checksum") { renewChecksums(&octets) }
      return
    }
  }

  private static func removeOption(
    _ kind: String, in octets: inout [UInt8], _ layer: Dissection.Layer
  ) {
    let length = String(kind.dropLast("kind".count)) + "length"
    guard let first = field(kind, in: octets, layer), let size = field(length, in: octets, layer)
    else { return }
    let start = layer.range.lowerBound + first.bits.lowerBound / 8
    let count = Int(octets[layer.range.lowerBound + size.bits.lowerBound / 8])
    for place in start..<min(start + count, layer.range.upperBound) {
      octets[place] = TCPOptions.Kind.noOperation
    }
  }

  private static func field(_ id: String, in octets: [UInt8], _ layer: Dissection.Layer)
    -> HeaderField?
  {
    HeaderFormat.field(id, in: octets.span.bytes.extracting(layer.range), layer.kind)
  }

  /// Writes the value's lowest bits; the last bit of the range is the value's lowest.
  private static func write(_ value: UInt64, bits: Range<Int>, in octets: inout [UInt8]) {
    for (place, bit) in bits.reversed().enumerated() where octets.indices.contains(bit / 8) {
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      let isSet = place < 64 && value >> UInt64(place) & 1 == 1
      if isSet { octets[bit / 8] |= mask } else { octets[bit / 8] &= ~mask }
    }
  }

  /// Writes the checksums of the IP packet in a frame as they should be.
  static func renewChecksums(_ octets: inout [UInt8]) {
    let start = EthernetHeader.minimumLength
    guard (try? EthernetHeader(parsing: octets.span.bytes))?.type == .ipv4,
      var ip = try? IPv4Header(parsing: octets.span.bytes.extracting(start..<octets.count)),
      let inside = try? ip.payloadRange(in: octets.count - start)
    else { return }
    let body = (start + inside.lowerBound)..<(start + inside.upperBound)
    let header = start..<(start + ip.headerLength)
    ip.checksum = IPv4Header.checksum(of: octets.span.bytes.extracting(header))
    ip.write(into: &octets, at: start)
    guard !ip.isFragment, let place = checksumPlace(ip.protocol, length: body.count) else { return }
    let sum = transportChecksum(octets.span.bytes.extracting(body), ip)
    octets[body.lowerBound + place] = UInt8(sum >> 8)
    octets[body.lowerBound + place + 1] = UInt8(sum & 0xff)
  }

  /// Where the checksum stands in the header of a transport; nil when there is none to renew.
  private static func checksumPlace(_ transport: IPProtocol, length: Int) -> Int? {
    switch transport {
    case .tcp where length >= TCPHeader.minimumLength: 16
    case .udp where length >= UDPHeader.minimumLength: 6
    case .icmp where length >= ICMPMessage.minimumLength: 2
    default: nil
    }
  }

  private static func transportChecksum(_ octets: RawSpan, _ ip: IPv4Header) -> UInt16 {
    switch ip.protocol {
    case .tcp: TCPHeader.checksum(of: octets, source: ip.source, destination: ip.destination)
    case .udp: UDPHeader.checksum(of: octets, source: ip.source, destination: ip.destination)
    default: ICMPMessage.checksum(of: octets)
    }
  }
}
