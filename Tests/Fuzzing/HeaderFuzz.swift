import Wire

/// Headers: what is read can be written again, and the table says what the typed header says.
enum HeaderFuzz {
  static func ethernet(_ octets: [UInt8]) throws(Finding) {
    guard let header = try read(octets, as: EthernetHeader.self) else { return }
    try sameOctets(header, octets)
    try compare(
      [
        ("ethernet.dst", .mac(header.destination)), ("ethernet.src", .mac(header.source)),
        ("ethernet.type", number(header.type.rawValue)),
      ], .ethernet, octets)
  }

  static func arp(_ octets: [UInt8]) throws(Finding) {
    guard let packet = try read(octets, as: ARPPacket.self) else { return }
    try sameOctets(packet, octets)
    try compare(
      [
        ("arp.htype", .number(1)), ("arp.ptype", .number(0x0800)), ("arp.hlen", .number(6)),
        ("arp.plen", .number(4)), ("arp.op", number(packet.operation.rawValue)),
        ("arp.sha", .mac(packet.senderMAC)), ("arp.spa", .ipv4(packet.senderIP)),
        ("arp.tha", .mac(packet.targetMAC)), ("arp.tpa", .ipv4(packet.targetIP)),
      ], .arp, octets)
  }

  static func ipv4(_ octets: [UInt8]) throws(Finding) {
    guard let ip = try read(octets, as: IPv4Header.self) else {
      _ = IPv4Header.verify(octets.span.bytes)
      return
    }
    try sameOctets(ip, octets)
    var expected: [(String, FieldValue)] = [
      ("ip.version", .number(4)), ("ip.ihl", number(ip.headerLength / 4)),
      ("ip.dscp", number(ip.dscp)), ("ip.ecn", number(ip.ecn)),
      ("ip.length", number(ip.totalLength)), ("ip.id", number(ip.identification)),
      ("ip.rsv", number(ip.reservedFlag ? 1 : 0)), ("ip.df", number(ip.dontFragment ? 1 : 0)),
      ("ip.mf", number(ip.moreFragments ? 1 : 0)), ("ip.offset", number(ip.fragmentOffset)),
      ("ip.ttl", number(ip.timeToLive)), ("ip.protocol", number(ip.protocol.rawValue)),
      ("ip.checksum", number(ip.checksum)), ("ip.src", .ipv4(ip.source)),
      ("ip.dst", .ipv4(ip.destination)),
    ]
    if !ip.options.isEmpty { expected.append(("ip.options", .octets(ip.options))) }
    try compare(expected, .ipv4, octets)
    if let payload = try? ip.payloadRange(in: octets.count) {
      try require(payload.lowerBound == ip.headerLength, "payload begins at \(payload.lowerBound)")
      try require(payload.upperBound <= octets.count, "payload ends at \(payload.upperBound)")
    }
    var right = ip
    right.checksum = IPv4Header.checksum(of: ip.octets.span.bytes)
    try require(IPv4Header.verify(right.octets.span.bytes), "the checksum does not verify")
    _ = try? QuotedPacket(parsing: octets.span.bytes)
  }

  static func icmp(_ octets: [UInt8]) throws(Finding) {
    guard let message = try read(octets, as: ICMPMessage.self) else { return }
    try sameOctets(message, octets)
    var expected: [(String, FieldValue)] = [
      ("icmp.type", number(message.type)), ("icmp.code", number(message.code)),
      ("icmp.checksum", number(message.checksum)),
    ]
    switch message.meaning {
    case .echoRequest(let identifier, let sequence), .echoReply(let identifier, let sequence):
      expected += [("icmp.id", number(identifier)), ("icmp.seq", number(sequence))]
    case .destinationUnreachable(code: .fragmentationNeeded, let mtu):
      expected.append(("icmp.mtu", number(mtu)))
    case .redirect(_, let gateway): expected.append(("icmp.gateway", .ipv4(gateway)))
    case .parameterProblem(_, let pointer): expected.append(("icmp.pointer", number(pointer)))
    default: expected.append(("icmp.rest", number(message.rest)))
    }
    try compare(expected, .icmp, octets)
    let again = ICMPMessage(message.meaning)
    try require(again.meaning == message.meaning, "\(message.meaning) is not what was meant")
    var right = octets
    put(ICMPMessage.checksum(of: octets.span.bytes), into: &right, at: 2)
    try require(ICMPMessage.verify(right.span.bytes), "the checksum does not verify")
  }

  static func udp(_ octets: [UInt8]) throws(Finding) {
    guard let udp = try read(octets, as: UDPHeader.self) else { return }
    try sameOctets(udp, octets)
    try compare(
      [
        ("udp.srcport", number(udp.sourcePort)), ("udp.dstport", number(udp.destinationPort)),
        ("udp.length", number(udp.length)), ("udp.checksum", number(udp.checksum)),
      ], .udp, octets)
    guard let data = try? udp.payloadRange(in: octets.count) else { return }
    try require(data.lowerBound == 8 && data.upperBound <= octets.count, "data at \(data)")
    let (source, destination) = addresses(octets)
    var right = octets
    let sum = UDPHeader.checksum(of: octets.span.bytes, source: source, destination: destination)
    try require(sum != 0, "a checksum of zero means none")
    put(sum, into: &right, at: 6)
    try require(
      UDPHeader.verify(right.span.bytes, source: source, destination: destination),
      "the checksum does not verify")
  }

  static func tcp(_ octets: [UInt8]) throws(Finding) {
    guard let tcp = try read(octets, as: TCPHeader.self) else { return }
    try require(
      tcp.octets.prefix(20).elementsEqual(octets.prefix(20)), "the fixed part was written otherwise"
    )
    var expected: [(String, FieldValue)] = [
      ("tcp.srcport", number(tcp.sourcePort)), ("tcp.dstport", number(tcp.destinationPort)),
      ("tcp.seq", number(tcp.sequence.value)), ("tcp.ack", number(tcp.acknowledgment.value)),
      ("tcp.doff", number(tcp.dataOffset)), ("tcp.rsv", number(tcp.reserved)),
      ("tcp.flags", number(tcp.flags.rawValue)), ("tcp.window", number(tcp.window)),
      ("tcp.checksum", number(tcp.checksum)), ("tcp.urgent", number(tcp.urgentPointer)),
    ]
    expected += try options(tcp.options, octets)
    try compare(expected, .tcp, octets)
    let (source, destination) = addresses(octets)
    var right = octets
    let sum = TCPHeader.checksum(of: octets.span.bytes, source: source, destination: destination)
    put(sum, into: &right, at: 16)
    try require(
      TCPHeader.verify(right.span.bytes, source: source, destination: destination),
      "the checksum does not verify")
  }
}

// MARK: What all have in common

extension HeaderFuzz {
  /// Reads octets; what is taken must be within them and read the same after it has been written.
  private static func read<H: HeaderCoding>(
    _ octets: [UInt8], as type: H.Type
  ) throws(Finding) -> H? {
    let span = octets.span.bytes
    for field in HeaderFormat.fields(in: span, H.kind) + HeaderFormat.composites(in: span, H.kind) {
      _ = field.value(in: span)
      try require(field.octets.upperBound <= octets.count, "\(field.id) reaches over the end")
      try require(!field.bits.isEmpty, "\(field.id) has no bits")
    }
    let header: H
    do {
      header = try H(parsing: octets)
    } catch {
      try require(error.kind == H.kind, "\(H.kind) blames \(error.kind)")
      try require(!error.description.isEmpty, "an error without words")
      return nil
    }
    try require(header.headerLength >= H.minimumLength, "\(header.headerLength) octets")
    try require(header.headerLength <= octets.count, "longer than its octets")
    let written = header.octets
    try require(written.count == header.headerLength, "\(written.count) octets were written")
    try require((try? H(parsing: written)) == header, "it does not come back from \(written)")
    return header
  }

  private static func sameOctets<H: HeaderCoding>(
    _ header: H, _ octets: [UInt8]
  ) throws(Finding) {
    try require(
      header.octets.elementsEqual(octets.prefix(header.headerLength)), "it was written otherwise")
  }

  /// Of an option that comes twice the last one counts.
  private static func compare(
    _ expected: [(String, FieldValue)], _ kind: HeaderKind, _ octets: [UInt8]
  ) throws(Finding) {
    let span = octets.span.bytes
    let fields = HeaderFormat.fields(in: span, kind) + HeaderFormat.composites(in: span, kind)
    for (id, value) in expected {
      let field = fields.last { $0.id == id }
      try require(field?.value(in: span) == value, "\(id) is \(value) by its type")
    }
  }

  private static func options(
    _ options: TCPOptions, _ octets: [UInt8]
  ) throws(Finding) -> [(String, FieldValue)] {
    var expected: [(String, FieldValue)] = []
    var missing: [String] = []
    func add(_ id: String, _ value: FieldValue?) {
      if let value { expected.append((id, value)) } else { missing.append(id) }
    }
    add("tcp.mss", options.maximumSegmentSize.map { number($0) })
    add("tcp.wscale", options.windowScale.map { number($0) })
    add("tcp.sackok", options.sackPermitted ? .octets([4, 2]) : nil)
    add("tcp.tsval", options.timestamps.map { number($0.value) })
    add("tcp.tsecr", options.timestamps.map { number($0.echo) })
    for (index, block) in options.sackBlocks.enumerated() {
      add("tcp.sack.block.\(index + 1).left", number(block.left.value))
      add("tcp.sack.block.\(index + 1).right", number(block.right.value))
    }
    if options.sackBlocks.isEmpty { missing.append("tcp.sack.block.1.left") }
    let ids = Set(HeaderFormat.fields(in: octets.span.bytes, .tcp).map(\.id))
    for id in missing { try require(!ids.contains(id), "\(id) is in the table only") }
    return expected
  }

  private static func number<T: BinaryInteger>(_ value: T) -> FieldValue { .number(UInt64(value)) }

  static func put(_ checksum: UInt16, into octets: inout [UInt8], at offset: Int) {
    octets[offset] = UInt8(checksum >> 8)
    octets[offset + 1] = UInt8(truncatingIfNeeded: checksum)
  }

  /// Any two addresses for a pseudo-header.
  private static func addresses(_ octets: [UInt8]) -> (IPv4Address, IPv4Address) {
    (IPv4Address(octets[0], octets[1], octets[2], octets[3]), IPv4Address(192, 0, 2, octets[4]))
  }
}
