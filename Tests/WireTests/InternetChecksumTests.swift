import Testing
import Wire

@Suite struct InternetChecksumTests {
  /// Word by word, as RFC 1071 §4.1 states it.
  static func plainSum(_ octets: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for (index, octet) in octets.enumerated() {
      sum += index % 2 == 0 ? UInt32(octet) << 8 : UInt32(octet)
      if sum > 0xffff { sum = (sum & 0xffff) + 1 }
    }
    return UInt16(sum)
  }

  static func sum(_ octets: [UInt8]) -> UInt16 { InternetChecksum.sum(octets.span.bytes) }

  @Test func exampleOfRFC1071() {
    #expect(Self.sum([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]) == 0xddf2)
    let checksum = InternetChecksum.checksum(
      ([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7] as [UInt8]).span.bytes)
    #expect(checksum == 0x220d)
  }

  @Test func sumsOfFewOctets() {
    #expect(Self.sum([]) == 0)
    #expect(Self.sum([0xab]) == 0xab00)
    #expect(Self.sum([0xff, 0xff]) == 0xffff)
    #expect(Self.sum([0xff, 0xff, 0x00, 0x01]) == 1)
  }

  @Test func agreesWithThePlainSumAtEveryLengthAndAlignment() {
    var generator = SeededGenerator(seed: 1071)
    let octets = generator.octets(340)
    for start in 0..<9 {
      for count in 0...320 {
        let part = octets.span.bytes.extracting(start..<(start + count))
        let sum = InternetChecksum.sum(part)
        #expect(sum == Self.plainSum(Array(octets[start..<(start + count)])))
      }
    }
  }

  @Test(arguments: [65_535, 400_000]) func carriesAreNeverLost(count: Int) {
    let octets = [UInt8](repeating: 0xff, count: count)
    #expect(Self.sum(octets) == Self.plainSum(octets))
  }

  @Test func partsCombineAtOddAndEvenOffsets() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<500 {
      let whole = generator.octets(Int.random(in: 1...100, using: &generator))
      let cut = Int.random(in: 0...whole.count, using: &generator)
      let combined = InternetChecksum.combine(
        Self.sum(Array(whole[..<cut])), Self.sum(Array(whole[cut...])),
        atOddOffset: cut % 2 == 1)
      #expect(combined == Self.plainSum(whole))
    }
  }

  @Test func pseudoHeaderIsTheSumOfItsOctets() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let source = generator.ip()
      let destination = generator.ip()
      let length = Int(generator.any(UInt16.self))
      let sum = InternetChecksum.pseudoHeaderSum(
        source: source, destination: destination, protocol: .tcp, length: length)
      let octets = [
        source.a, source.b, source.c, source.d, destination.a, destination.b, destination.c,
        destination.d, 0, 6, UInt8(length >> 8), UInt8(length & 0xff),
      ]
      #expect(sum == Self.plainSum(octets))
    }
  }

  @Test func updateEqualsANewSum() {
    var generator = SeededGenerator(seed: 1624)
    for _ in 0..<1000 {
      var header = generator.ipv4()
      let first = header.octets
      header.checksum = IPv4Header.checksum(of: first.span.bytes)
      let old = UInt16(header.timeToLive) << 8 | UInt16(header.protocol.rawValue)
      header.timeToLive &-= 1
      let new = UInt16(header.timeToLive) << 8 | UInt16(header.protocol.rawValue)
      header.checksum = InternetChecksum.updated(header.checksum, replacing: old, by: new)
      let good = IPv4Header.verify(header.octets.span.bytes)
      #expect(good)
    }
  }
}

@Suite struct TransportChecksumTests {
  static let client = KnownFrame.client
  static let server = KnownFrame.server

  @Test func synAckOfTheHeaderView() {
    let header = TCPHeader(
      sourcePort: 80, destinationPort: 49152, sequence: SequenceNumber(0x41d7_a0c4),
      acknowledgment: SequenceNumber(0x9a3c_1f21), flags: [.syn, .ack], window: 65535,
      options: TCPOptions(maximumSegmentSize: 1460))
    let checksum = TCPHeader.checksum(
      of: header.octets.span.bytes, source: Self.server, destination: Self.client)
    #expect(checksum == 0xb771)
    #expect(header.flags.description == "SYN ACK")
  }

  @Test func everyFlippedBitOfASegmentIsSeen() {
    let segment = Array(KnownFrame.syn[34...])
    for bit in 0..<(segment.count * 8) {
      var damaged = segment
      damaged[bit / 8] ^= 0x80 >> (bit % 8)
      let good = TCPHeader.verify(
        damaged.span.bytes, source: Self.client, destination: Self.server)
      #expect(!good, "bit \(bit)")
    }
  }

  @Test func addressesAreUnderTheChecksum() {
    let segment = Array(KnownFrame.syn[34...])
    let good = TCPHeader.verify(
      segment.span.bytes, source: Self.client, destination: Self.client)
    #expect(!good)
  }

  @Test func udpWithoutChecksumIsGoodAndAZeroSumIsSentAsOnes() {
    var datagram = UDPHeader(sourcePort: 0, destinationPort: 0, length: 10).octets + [0, 0]
    let none = UDPHeader.verify(
      datagram.span.bytes, source: Self.client, destination: Self.server)
    #expect(none)
    // Data that make the sum of everything else 0xffff, so that its complement is zero.
    let before = UDPHeader.checksum(
      of: datagram.span.bytes, source: Self.client, destination: Self.server)
    datagram[8] = UInt8(before >> 8)
    datagram[9] = UInt8(before & 0xff)
    let checksum = UDPHeader.checksum(
      of: datagram.span.bytes, source: Self.client, destination: Self.server)
    #expect(checksum == 0xffff)
    datagram[6] = 0xff
    datagram[7] = 0xff
    let good = UDPHeader.verify(
      datagram.span.bytes, source: Self.client, destination: Self.server)
    #expect(good)
    datagram[9] ^= 1
    let bad = UDPHeader.verify(
      datagram.span.bytes, source: Self.client, destination: Self.server)
    #expect(!bad)
  }

  @Test func icmpCoversTheWholeMessage() {
    var message = ICMPMessage(.echoRequest(identifier: 7, sequence: 1)).octets + [1, 2, 3]
    let checksum = ICMPMessage.checksum(of: message.span.bytes)
    message[2] = UInt8(checksum >> 8)
    message[3] = UInt8(checksum & 0xff)
    let good = ICMPMessage.verify(message.span.bytes)
    #expect(good)
    message[10] ^= 1
    let bad = ICMPMessage.verify(message.span.bytes)
    #expect(!bad)
  }

  @Test(arguments: 0..<20) func tooFewOctetsAreNeverGood(count: Int) {
    let octets = [UInt8](repeating: 0, count: count)
    let ip = IPv4Header.verify(octets.span.bytes)
    let tcp = TCPHeader.verify(octets.span.bytes, source: .any, destination: .any)
    #expect(!ip && !tcp)
    guard count < 8 else { return }
    let udp = UDPHeader.verify(octets.span.bytes, source: .any, destination: .any)
    let icmp = ICMPMessage.verify(octets.span.bytes)
    #expect(!udp && !icmp)
  }
}
