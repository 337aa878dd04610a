import Testing
import Wire

/// Every way in which a header can be refused, and that nothing else is.
@Suite struct ParseErrorTests {
  /// Reads octets as a header of a kind and says why it is none.
  static func problem(_ octets: [UInt8], _ kind: HeaderKind) -> ParseError? {
    do throws(ParseError) {
      switch kind {
      case .ethernet: _ = try EthernetHeader(parsing: octets)
      case .arp: _ = try ARPPacket(parsing: octets)
      case .ipv4: _ = try IPv4Header(parsing: octets)
      case .icmp: _ = try ICMPMessage(parsing: octets)
      case .udp: _ = try UDPHeader(parsing: octets)
      case .tcp: _ = try TCPHeader(parsing: octets)
      }
      return nil
    } catch {
      return error
    }
  }

  /// A good header of the kind, without options.
  static func good(_ kind: HeaderKind) -> [UInt8] {
    switch kind {
    case .ethernet: Array(KnownFrame.syn[..<14])
    case .arp:
      ARPPacket(
        operation: .request, senderMAC: KnownFrame.clientMAC, senderIP: KnownFrame.client,
        targetMAC: .zero, targetIP: KnownFrame.server
      ).octets
    case .ipv4: Array(KnownFrame.syn[14..<34])
    case .icmp: ICMPMessage(.echoRequest(identifier: 1, sequence: 1)).octets
    case .udp: UDPHeader(sourcePort: 1, destinationPort: 53, length: 8).octets
    case .tcp: Array(KnownFrame.syn[34...])
    }
  }

  @Test(arguments: HeaderKind.allCases) func tooFewOctets(kind: HeaderKind) throws {
    let octets = Self.good(kind)
    #expect(Self.problem(octets, kind) == nil)
    let minimum = [HeaderKind.ethernet: 14, .arp: 28, .ipv4: 20, .icmp: 8, .udp: 8, .tcp: 20]
    let needed = try #require(minimum[kind])
    let field = kind == .ipv4 ? "ip" : kind.description.lowercased()
    for count in 0..<needed {
      #expect(
        Self.problem(Array(octets[..<count]), kind)
          == ParseError(kind, field, .truncated(needed: needed, have: count)))
    }
  }

  /// A good header with one octet changed.
  static func changed(_ kind: HeaderKind, _ offset: Int, _ octet: UInt8) -> ParseError? {
    var octets = good(kind)
    octets[offset] = octet
    return problem(octets, kind)
  }

  @Test func otherHardwareOrProtocolInARP() {
    let cases: [(Int, UInt8, String, Int, Int)] = [
      (1, 6, "arp.htype", 6, 1), (2, 0x86, "arp.ptype", 0x8600, 0x0800), (4, 8, "arp.hlen", 8, 6),
      (5, 16, "arp.plen", 16, 4),
    ]
    for (offset, octet, field, value, expected) in cases {
      #expect(
        Self.changed(.arp, offset, octet)
          == ParseError(.arp, field, .unsupported(value: value, expected: expected)))
    }
  }

  @Test func versionAndLengthsOfIPv4() {
    #expect(
      Self.changed(.ipv4, 0, 0x65)
        == ParseError(.ipv4, "ip.version", .unsupported(value: 6, expected: 4)))
    for words in 0..<5 {
      #expect(
        Self.changed(.ipv4, 0, 0x40 | UInt8(words))
          == ParseError(.ipv4, "ip.ihl", .tooSmall(value: words, minimum: 5)))
    }
    #expect(
      Self.changed(.ipv4, 0, 0x4f)
        == ParseError(.ipv4, "ip.ihl", .truncated(needed: 60, have: 20)))
    #expect(
      Self.changed(.ipv4, 3, 19)
        == ParseError(.ipv4, "ip.length", .tooSmall(value: 19, minimum: 20)))
  }

  @Test func payloadThatIsNotThere() throws {
    let ip = try IPv4Header(parsing: Self.good(.ipv4))
    #expect(throws: ParseError(.ipv4, "ip.length", .truncated(needed: 44, have: 43))) {
      try ip.payloadRange(in: 43)
    }
    let udp = UDPHeader(sourcePort: 1, destinationPort: 2, length: 9)
    #expect(try udp.payloadRange(in: 10) == 8..<9)
    #expect(throws: ParseError(.udp, "udp.length", .truncated(needed: 9, have: 8))) {
      try udp.payloadRange(in: 8)
    }
  }

  @Test func lengthOfUDP() {
    for length in 0..<8 {
      #expect(
        Self.changed(.udp, 5, UInt8(length))
          == ParseError(.udp, "udp.length", .tooSmall(value: length, minimum: 8)))
    }
  }

  @Test func dataOffsetOfTCP() {
    for words in 0..<5 {
      #expect(
        Self.changed(.tcp, 12, UInt8(words) << 4)
          == ParseError(.tcp, "tcp.doff", .tooSmall(value: words, minimum: 5)))
    }
    #expect(
      Self.changed(.tcp, 12, 0x70)
        == ParseError(.tcp, "tcp.doff", .truncated(needed: 28, have: 24)))
  }

  @Test func descriptionsNameFieldAndReason() {
    let cases: [(ParseError.Problem, String)] = [
      (.truncated(needed: 20, have: 3), "20 octets are needed, 3 are there"),
      (.tooSmall(value: 4, minimum: 5), "4 is below the minimum of 5"),
      (.tooLarge(value: 9, maximum: 8), "9 is above the maximum of 8"),
      (.unsupported(value: 6, expected: 4), "6 is not supported, only 4"),
      (.badChecksum(found: 1, expected: 0xb670), "checksum is 0x0001, should be 0xb670"),
      (.badOption(kind: 2, length: 3), "option of kind 2 has the bad length 3"),
      (.badOption(kind: 2, length: nil), "option of kind 2 ends before its length"),
    ]
    for (problem, text) in cases {
      #expect(ParseError(.tcp, "tcp.x", problem).description == "TCP tcp.x: \(text)")
    }
  }
}
