import Testing
import Wire

/// The plainest frame, written and read in one go, is what the headers write and read one by one.
@Suite struct SegmentFrameTests {
  static func parse(_ octets: [UInt8]) -> SegmentFrame.Content? {
    SegmentFrame.parse(octets.span.bytes)
  }

  /// A frame made header by header.
  static func plain(
    _ header: TCPHeader, _ text: [UInt8], from: MACAddress, to: MACAddress, number: UInt16,
    source: IPv4Address, destination: IPv4Address
  ) -> [UInt8] {
    let segment = header.headerLength + text.count
    var octets = [UInt8](repeating: 0, count: max(60, 34 + segment))
    EthernetHeader(destination: to, source: from, type: .ipv4).write(into: &octets, at: 0)
    var packet = IPv4Header(
      totalLength: UInt16(20 + segment), identification: number, dontFragment: true,
      protocol: .tcp, source: source, destination: destination)
    packet.write(into: &octets, at: 14)
    packet.checksum = IPv4Header.checksum(of: octets.span.bytes.extracting(14..<34))
    packet.write(into: &octets, at: 14)
    var header = header
    header.checksum = 0
    header.write(into: &octets, at: 34)
    octets.replaceSubrange((34 + header.headerLength)..<(34 + segment), with: text)
    header.checksum = TCPHeader.checksum(
      of: octets.span.bytes.extracting(34..<(34 + segment)), source: source,
      destination: destination)
    header.write(into: &octets, at: 34)
    return octets
  }

  @Test func isWhatTheHeadersWriteAndRead() throws {
    var random = SeededGenerator(seed: 54)
    for round in 0..<2_000 {
      let header = random.tcp()
      let text = random.octets(Int.random(in: 0...200, using: &random))
      let (from, to, number) = (random.mac(), random.mac(), random.any(UInt16.self))
      let (source, destination) = (random.ip(), random.ip())
      let expected = Self.plain(
        header, text, from: from, to: to, number: number, source: source,
        destination: destination)
      var octets = [UInt8](repeating: 0, count: expected.count)
      let start = 34 + header.headerLength
      octets.replaceSubrange(start..<(start + text.count), with: text)
      var elements = octets.mutableSpan
      var bytes = elements.mutableBytes
      SegmentFrame.write(
        header, into: &bytes, from: from, to: to, identification: number, source: source,
        destination: destination, text: text.count, textSum: InternetChecksum.sum(text.span.bytes))
      #expect(octets == expected, "round \(round)")
      let content = Self.parse(expected)
      let read = try #require(content, "round \(round)")
      #expect(read.hardwareDestination == to && read.source == source)
      #expect(read.destination == destination && read.text == start..<(start + text.count))
      let parsed = try TCPHeader(parsing: Array(expected[34...]))
      #expect(read.header == parsed)
    }
  }

  /// One flipped bit of packet or segment, and the frame is not plain any more.
  @Test func damageIsSeen() throws {
    var random = SeededGenerator(seed: 55)
    for _ in 0..<20 {
      let text = random.octets(Int.random(in: 6...40, using: &random))
      let frame = Self.plain(
        random.tcp(), text, from: random.mac(), to: random.mac(), number: random.any(),
        source: random.ip(), destination: random.ip())
      let end = 14 + Int(frame[16]) << 8 + Int(frame[17])
      for bit in (12 * 8)..<(min(end, frame.count) * 8) {
        var damaged = frame
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(Self.parse(damaged) == nil, "bit \(bit)")
      }
    }
  }

  @Test func whatIsNotPlainIsLeftAlone() {
    #expect(Self.parse([]) == nil)
    #expect(Self.parse([UInt8](repeating: 0, count: 59)) == nil)
    var random = SeededGenerator(seed: 56)
    for _ in 0..<5_000 {
      let octets = random.octets(Int.random(in: 0...120, using: &random))
      #expect(Self.parse(octets) == nil)
    }
  }
}

extension InternetChecksumTests {
  @Test func copyingSumsWhatItCopies() {
    var random = SeededGenerator(seed: 1072)
    let octets = random.octets(400)
    for start in 0..<5 {
      for count in 0...200 {
        let part = Array(octets[start..<(start + count)])
        var target = [UInt8](repeating: 0xa5, count: count + 7)
        var elements = target.mutableSpan
        var bytes = elements.mutableBytes
        let sum = InternetChecksum.copy(part.span.bytes, into: &bytes, at: 3)
        #expect(sum == Self.plainSum(part))
        #expect(Array(target[3..<(3 + count)]) == part)
        #expect(
          target[..<3] == [0xa5, 0xa5, 0xa5] && target[(3 + count)...].allSatisfy { $0 == 0xa5 })
      }
    }
  }

  @Test func sumsOfMoreThanTheLanesTake() {
    let octets = [UInt8](repeating: 0xff, count: 3 << 18)
    #expect(Self.sum(octets) == 0xffff)
    var random = SeededGenerator(seed: 5)
    let others = random.octets((1 << 18) + 77)
    #expect(Self.sum(others) == Self.plainSum(others))
  }
}
