import Testing
import Wire

@Suite struct DissectionTests {
  /// An IPv4 packet in a frame, its header checksum right.
  static func frame(
    _ number: IPProtocol, _ content: [UInt8], change: (inout IPv4Header) -> Void = { _ in }
  ) -> [UInt8] {
    var ip = IPv4Header(
      totalLength: UInt16(20 + content.count), identification: 7, protocol: number,
      source: KnownFrame.client, destination: KnownFrame.server)
    change(&ip)
    ip.checksum = IPv4Header.checksum(of: ip.octets.span.bytes)
    let ethernet = EthernetHeader(
      destination: KnownFrame.serverMAC, source: KnownFrame.clientMAC, type: .ipv4)
    return ethernet.octets + ip.octets + content
  }

  static func datagram(_ data: [UInt8]) -> [UInt8] {
    var header = UDPHeader(
      sourcePort: 5353, destinationPort: 53, length: UInt16(8 + data.count))
    header.checksum = UDPHeader.checksum(
      of: (header.octets + data).span.bytes, source: KnownFrame.client,
      destination: KnownFrame.server)
    return header.octets + data
  }

  @Test func arpWithPadding() {
    let ethernet = EthernetHeader(
      destination: .broadcast, source: KnownFrame.clientMAC, type: .arp)
    let frame = EthernetLine.padded(ethernet.octets + ParseErrorTests.good(.arp))
    let dissection = Dissection(frame: frame)
    #expect(dissection.layers.map(\.kind) == [.ethernet, .arp])
    #expect(dissection.layer(.arp)?.range == 14..<42)
    #expect(dissection.payload.isEmpty && dissection.padding == 42..<60)
    #expect(dissection.problem == nil)
  }

  @Test func udpWithPadding() {
    let frame = EthernetLine.padded(Self.frame(.udp, Self.datagram([1, 2, 3])))
    let dissection = Dissection(frame: frame)
    #expect(dissection.layers.map(\.kind) == [.ethernet, .ipv4, .udp])
    #expect(dissection.payload == 42..<45 && dissection.padding == 45..<60)
    #expect(dissection.problem == nil)
  }

  @Test func icmpErrorKeepsItsQuoteAsPayload() throws {
    let quote = Array(KnownFrame.syn[14..<42])
    var message =
      ICMPMessage(.destinationUnreachable(code: .port, mtu: 0)).octets + quote
    let checksum = ICMPMessage.checksum(of: message.span.bytes)
    message[2] = UInt8(checksum >> 8)
    message[3] = UInt8(checksum & 0xff)
    let dissection = Dissection(frame: Self.frame(.icmp, message))
    #expect(dissection.layers.map(\.kind) == [.ethernet, .ipv4, .icmp])
    #expect(dissection.payload == 42..<70)
    #expect(dissection.problem == nil)
    let quoted = try QuotedPacket(parsing: quote.span.bytes)
    #expect(quoted.sourcePort == 49152 && quoted.destinationPort == 80)
    #expect(quoted.sequence == SequenceNumber(0x9a3c_1f20))
    #expect(quoted.ip.destination == KnownFrame.server)
  }

  @Test func laterFragmentHasNoTransportHeader() {
    let frame = Self.frame(.udp, Array(repeating: 1, count: 16)) { $0.fragmentOffset = 3 }
    let dissection = Dissection(frame: frame)
    #expect(dissection.layers.map(\.kind) == [.ethernet, .ipv4])
    #expect(dissection.payload == 34..<50)
    #expect(dissection.problem == nil)
  }

  @Test func firstFragmentIsNotCheckedAgainstTheWholeDatagram() {
    var datagram = Self.datagram(Array(repeating: 1, count: 24))
    datagram.removeLast(8)
    let frame = Self.frame(.udp, datagram) { $0.moreFragments = true }
    let dissection = Dissection(frame: frame)
    #expect(dissection.layers.map(\.kind) == [.ethernet, .ipv4, .udp])
    #expect(dissection.payload == 42..<58)
    #expect(dissection.problem == nil)
  }

  @Test func badChecksumsAreNamedAndDoNotStopTheWalk() {
    var frame = KnownFrame.syn
    frame[50] ^= 1
    let tcp = Dissection(frame: frame)
    #expect(
      tcp.problem
        == ParseError(.tcp, "tcp.checksum", .badChecksum(found: 0x9b1e, expected: 0x9a1e)))
    frame[24] ^= 1
    let ip = Dissection(frame: frame)
    #expect(
      ip.problem
        == ParseError(.ipv4, "ip.checksum", .badChecksum(found: 0xb770, expected: 0xb670)))
    #expect(ip.layers.map(\.kind) == [.ethernet, .ipv4, .tcp])
  }

  @Test func whatCannotBeReadIsPayloadWithAProblem() {
    let short = Dissection(frame: Array(KnownFrame.syn[..<10]))
    #expect(short.layers.isEmpty && short.payload == 0..<10)
    #expect(short.problem?.field == "ethernet")
    let cut = Dissection(frame: Array(KnownFrame.syn[..<57]))
    #expect(cut.layers.map(\.kind) == [.ethernet, .ipv4])
    #expect(
      cut.problem == ParseError(.ipv4, "ip.length", .truncated(needed: 44, have: 43)))
    var other = KnownFrame.syn
    other[12] = 0x86
    other[13] = 0xdd
    let ipv6 = Dissection(frame: other)
    #expect(ipv6.layers.map(\.kind) == [.ethernet])
    #expect(ipv6.payload == 14..<58 && ipv6.problem == nil)
  }

  @Test func quotedPacketRefusesWhatNamesNoSocket() {
    func problem(_ octets: [UInt8]) -> ParseError? {
      do throws(ParseError) {
        _ = try QuotedPacket(parsing: octets.span.bytes)
        return nil
      } catch { return error }
    }
    let packet = Array(KnownFrame.syn[14...])
    #expect(
      problem(Array(packet[..<27])) == ParseError(.tcp, "tcp", .truncated(needed: 8, have: 7)))
    #expect(problem(Array(packet[..<28])) == nil)
    #expect(
      problem(Array(Self.frame(.icmp, [8, 0, 0, 0, 0, 0, 0, 0])[14...]))?.field == "ip.protocol")
    let later = Self.frame(.udp, Array(repeating: 0, count: 8)) { $0.fragmentOffset = 1 }
    #expect(problem(Array(later[14...]))?.field == "ip.offset")
  }
}
