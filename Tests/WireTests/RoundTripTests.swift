import Testing
import Wire

/// parse(write(x)) == x, and what is around a header is left alone.
@Suite struct RoundTripTests {
  static func check<H: HeaderCoding>(_ header: H, _ comment: String) throws {
    let margin = 3
    var octets = [UInt8](repeating: 0xa5, count: header.headerLength + 2 * margin)
    header.write(into: &octets, at: margin)
    #expect(octets.prefix(margin).allSatisfy { $0 == 0xa5 }, "before: \(comment)")
    #expect(octets.suffix(margin).allSatisfy { $0 == 0xa5 }, "behind: \(comment)")
    let read = try H(parsing: octets.span.bytes.extracting(margin..<octets.count))
    #expect(read == header, "\(comment)")
    #expect(read.headerLength == header.headerLength)
    #expect(header.headerLength >= H.minimumLength)
    #expect(header.octets.count == header.headerLength)
  }

  @Test(arguments: HeaderKind.allCases) func headersReadAsWritten(kind: HeaderKind) throws {
    let seed = 100 + UInt64(kind.rawValue)
    var generator = SeededGenerator(seed: seed)
    for round in 0..<1000 {
      let comment = "seed \(seed) round \(round)"
      switch kind {
      case .ethernet: try Self.check(generator.ethernet(), comment)
      case .arp: try Self.check(generator.arp(), comment)
      case .ipv4: try Self.check(generator.ipv4(), comment)
      case .icmp: try Self.check(generator.icmp(), comment)
      case .udp: try Self.check(generator.udp(), comment)
      case .tcp: try Self.check(generator.tcp(), comment)
      }
    }
  }

  @Test func headersOfOtherStacksReadTheSameAgain() throws {
    var generator = SeededGenerator(seed: 793)
    for round in 0..<20_000 {
      let octets = generator.packedTCP()
      let read = try TCPHeader(parsing: octets)
      let again = try TCPHeader(parsing: read.octets)
      #expect(again == read && read.headerLength == octets.count, "round \(round)")
    }
  }

  @Test func meaningsOfICMPGoThereAndBack() {
    let meanings: [ICMPMessage.Meaning] = [
      .echoRequest(identifier: 0x1234, sequence: 0xfffe),
      .echoReply(identifier: 1, sequence: 2),
      .destinationUnreachable(code: .port, mtu: 0),
      .destinationUnreachable(code: .fragmentationNeeded, mtu: 1400),
      .redirect(code: 1, gateway: IPv4Address(192, 0, 2, 1)),
      .timeExceeded(code: 1),
      .parameterProblem(code: 0, pointer: 9),
      .other(type: 13, code: 0, rest: 0xdead_beef),
    ]
    for meaning in meanings { #expect(ICMPMessage(meaning).meaning == meaning) }
    #expect(
      meanings.map { ICMPMessage($0).isError } == [
        false, false, true, true, true, true, true, false,
      ])
    #expect(
      ICMPMessage(.destinationUnreachable(code: .fragmentationNeeded, mtu: 1400)).octets
        == [3, 4, 0, 0, 0, 0, 5, 0x78])
  }

  @Test func optionsOfOddLengthArePaddedWithZero() throws {
    let header = IPv4Header(
      totalLength: 24, identification: 1, protocol: .udp, source: .any, destination: .any,
      options: [1])
    #expect(header.headerLength == 24)
    #expect(Array(header.octets[20...]) == [1, 0, 0, 0])
    #expect(try IPv4Header(parsing: header.octets).options == [1, 0, 0, 0])
  }
}
