import Wire

/// SplitMix64: the same numbers from the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Any number of a width.
  mutating func any<T: FixedWidthInteger & UnsignedInteger>(_ type: T.Type = T.self) -> T {
    T(truncatingIfNeeded: next())
  }

  mutating func octets(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in any() }
  }

  mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &self) == 0 }
}

// Headers with random fields; those that a parser refuses by rule are kept in their range.
extension SeededGenerator {
  mutating func mac() -> MACAddress { MACAddress(any(), any(), any(), any(), any(), any()) }

  mutating func ip() -> IPv4Address { IPv4Address(value: any()) }

  mutating func ethernet() -> EthernetHeader {
    EthernetHeader(destination: mac(), source: mac(), type: EtherType(rawValue: any()))
  }

  mutating func arp() -> ARPPacket {
    ARPPacket(
      operation: .init(rawValue: any()), senderMAC: mac(), senderIP: ip(), targetMAC: mac(),
      targetIP: ip())
  }

  mutating func ipv4() -> IPv4Header {
    let options = octets(4 * Int.random(in: 0...10, using: &self))
    var header = IPv4Header(
      dscp: any(UInt8.self) & 63, ecn: any(UInt8.self) & 3,
      totalLength: UInt16.random(in: 60...UInt16.max, using: &self), identification: any(),
      dontFragment: chance(2), moreFragments: chance(2), fragmentOffset: any(UInt16.self) & 0x1fff,
      timeToLive: any(), protocol: IPProtocol(rawValue: any()), checksum: any(), source: ip(),
      destination: ip(), options: options)
    header.reservedFlag = chance(2)
    return header
  }

  mutating func icmp() -> ICMPMessage {
    ICMPMessage(
      type: UInt8.random(in: 0...18, using: &self), code: any(UInt8.self) & 7, checksum: any(),
      rest: any())
  }

  mutating func udp() -> UDPHeader {
    UDPHeader(
      sourcePort: any(), destinationPort: any(),
      length: UInt16.random(in: 8...UInt16.max, using: &self), checksum: any())
  }

  mutating func tcp() -> TCPHeader {
    TCPHeader(
      sourcePort: any(), destinationPort: any(), sequence: SequenceNumber(any()),
      acknowledgment: SequenceNumber(any()), reserved: any(UInt8.self) & 15,
      flags: TCPFlags(rawValue: any()), window: any(), checksum: any(), urgentPointer: any(),
      options: tcpOptions())
  }

  /// Options that fit into a header all together.
  mutating func tcpOptions() -> TCPOptions {
    var options = TCPOptions()
    if chance(2) { options.maximumSegmentSize = any() }
    if chance(2) { options.windowScale = any() }
    if chance(2) { options.sackPermitted = true }
    if chance(2) { options.timestamps = TCPTimestamps(value: any(), echo: any()) }
    let wanted = Int.random(in: 0...4, using: &self)
    while options.sackBlocks.count < wanted {
      let before = options
      options.sackBlocks.append(
        SACKBlock(left: SequenceNumber(any()), right: SequenceNumber(any())))
      if options.writtenBlocks < options.sackBlocks.count { return before }
    }
    return options
  }

  /// A TCP header whose options come in any order, any number of times, nothing between them.
  mutating func packedTCP() -> [UInt8] {
    var options: [UInt8] = []
    while !chance(6) {
      let lengths: [(kind: UInt8, length: Int)] = [
        (2, 4), (3, 3), (4, 2), (5, 10), (5, 18), (5, 26), (5, 34), (8, 10), (30, 5), (254, 2),
      ]
      guard let (kind, length) = lengths.randomElement(using: &self) else { break }
      let option = [kind, UInt8(length)] + octets(length - 2)
      if options.count + option.count <= 40 { options += option }
    }
    while options.count % 4 != 0 { options.append(chance(2) ? 0 : 1) }
    var header = Array(tcp().octets[..<20]) + options
    header[12] = UInt8(header.count / 4) << 4
    return header
  }
}
