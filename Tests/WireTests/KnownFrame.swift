import Testing
import Wire

/// The SYN of lesson L05, its octets worked out apart from this module.
enum KnownFrame {
  static let syn: [UInt8] = octets(
    """
    020000000050 02000000000a 0800
    4500002c 00014000 4006b670 c000020a c0000250
    c0000050 9a3c1f20 00000000 6002ffff 9a1e0000 020405b4
    """)

  /// The octets written as hexadecimal digits; anything else between them is skipped.
  static func octets(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    precondition(digits.count % 2 == 0)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }

  static let clientMAC = MACAddress(2, 0, 0, 0, 0, 0x0a)
  static let serverMAC = MACAddress(2, 0, 0, 0, 0, 0x50)
  static let client = IPv4Address(192, 0, 2, 10)
  static let server = IPv4Address(192, 0, 2, 80)
}

@Suite struct KnownFrameTests {
  /// The frame built header by header, as a stack does it.
  static func build() -> [UInt8] {
    let ethernet = EthernetHeader(
      destination: KnownFrame.serverMAC, source: KnownFrame.clientMAC, type: .ipv4)
    var ip = IPv4Header(
      totalLength: 44, identification: 1, dontFragment: true, protocol: .tcp,
      source: KnownFrame.client, destination: KnownFrame.server)
    var tcp = TCPHeader(
      sourcePort: 49152, destinationPort: 80, sequence: SequenceNumber(0x9a3c_1f20), flags: .syn,
      window: 65535, options: TCPOptions(maximumSegmentSize: 1460))
    var frame = [UInt8](repeating: 0, count: 58)
    ethernet.write(into: &frame, at: 0)
    tcp.write(into: &frame, at: 34)
    tcp.checksum = TCPHeader.checksum(
      of: frame.span.bytes.extracting(34..<58), source: ip.source, destination: ip.destination)
    tcp.write(into: &frame, at: 34)
    ip.write(into: &frame, at: 14)
    ip.checksum = IPv4Header.checksum(of: frame.span.bytes.extracting(14..<34))
    ip.write(into: &frame, at: 14)
    #expect(tcp.checksum == 0x9a1e)
    #expect(ip.checksum == 0xb670)
    return frame
  }

  @Test func synComesOutOctetByOctet() {
    let frame = Self.build()
    #expect(frame == KnownFrame.syn)
    let ipIsGood = IPv4Header.verify(frame.span.bytes.extracting(14..<58))
    #expect(ipIsGood)
    let tcpIsGood = TCPHeader.verify(
      frame.span.bytes.extracting(34..<58), source: KnownFrame.client,
      destination: KnownFrame.server)
    #expect(tcpIsGood)
  }

  @Test func lineCarriesPaddingAndFCS() {
    let line = EthernetLine.octets(of: KnownFrame.syn)
    #expect(line.count == 72)
    #expect(line.prefix(8) == [0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xd5])
    #expect(line[8..<66].elementsEqual(KnownFrame.syn))
    #expect(line[66..<68] == [0, 0])
    #expect(line.suffix(4) == [0xb5, 0x6c, 0x93, 0x5c])
    #expect(FrameCheckSequence.check(Array(line.dropFirst(8))))
    #expect(EthernetLine.octetTimes(frame: KnownFrame.syn.count) == 72)
  }

  @Test func headersReadAsTheyWereWritten() throws {
    let frame = KnownFrame.syn
    let ethernet = try EthernetHeader(parsing: frame)
    #expect(ethernet.destination.description == "02:00:00:00:00:50")
    #expect(ethernet.type == .ipv4)
    let ip = try IPv4Header(parsing: frame.span.bytes.extracting(14..<58))
    #expect(ip.dontFragment && !ip.moreFragments && ip.fragmentOffset == 0)
    #expect(ip.source == KnownFrame.client && ip.destination == KnownFrame.server)
    #expect(try ip.payloadRange(in: 46) == 20..<44)
    let tcp = try TCPHeader(parsing: frame.span.bytes.extracting(34..<58))
    #expect(tcp.sequence == SequenceNumber(0x9a3c_1f20))
    #expect(tcp.flags == .syn && tcp.flags.description == "SYN")
    #expect(tcp.options == TCPOptions(maximumSegmentSize: 1460))
    #expect(tcp.headerLength == 24 && tcp.dataOffset == 6)
  }

  @Test func dissectionFindsLayersAndPadding() {
    let dissection = Dissection(frame: EthernetLine.padded(KnownFrame.syn))
    #expect(dissection.problem == nil)
    #expect(dissection.layers.map(\.kind) == [.ethernet, .ipv4, .tcp])
    #expect(dissection.layers.map(\.range) == [0..<14, 14..<34, 34..<58])
    #expect(dissection.payload == 58..<58)
    #expect(dissection.padding == 58..<60)
  }
}
