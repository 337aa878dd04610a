import Testing
import Wire

/// The tables and the typed accessors say the same of every header.
@Suite struct HeaderFormatTests {
  /// Every field of some octets by its id.
  static func values(_ octets: [UInt8], _ kind: HeaderKind) -> [String: FieldValue] {
    let span = octets.span.bytes
    var values: [String: FieldValue] = [:]
    for field in HeaderFormat.fields(in: span, kind) where values[field.id] == nil {
      values[field.id] = field.value(in: span)
    }
    return values
  }

  static func number<T: BinaryInteger>(_ value: T) -> FieldValue { .number(UInt64(value)) }

  @Test(arguments: HeaderKind.allCases) func tableCoversEveryBitOnce(kind: HeaderKind) {
    let format = HeaderFormat.of(kind)
    #expect(format.kind == kind)
    var next = 0
    for field in format.fields {
      #expect(field.bits.lowerBound == next, "\(field.id)")
      #expect(!field.name.isEmpty && !field.abbreviation.isEmpty)
      next = field.bits.upperBound
    }
    #expect(next == 8 * ParseErrorTests.good(kind).prefix(kind == .tcp ? 20 : 99).count)
    #expect(Set(format.fields.map(\.id)).count == format.fields.count)
  }

  @Test func ethernetAgrees() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      let header = generator.ethernet()
      #expect(
        Self.values(header.octets, .ethernet) == [
          "ethernet.dst": .mac(header.destination), "ethernet.src": .mac(header.source),
          "ethernet.type": Self.number(header.type.rawValue),
        ])
    }
  }

  @Test func arpAgrees() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<300 {
      let packet = generator.arp()
      #expect(
        Self.values(packet.octets, .arp) == [
          "arp.htype": .number(1), "arp.ptype": .number(0x0800), "arp.hlen": .number(6),
          "arp.plen": .number(4), "arp.op": Self.number(packet.operation.rawValue),
          "arp.sha": .mac(packet.senderMAC), "arp.spa": .ipv4(packet.senderIP),
          "arp.tha": .mac(packet.targetMAC), "arp.tpa": .ipv4(packet.targetIP),
        ])
    }
  }

  @Test func ipv4Agrees() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      let ip = generator.ipv4()
      var expected: [String: FieldValue] = [
        "ip.version": .number(4), "ip.ihl": Self.number(ip.headerLength / 4),
        "ip.dscp": Self.number(ip.dscp), "ip.ecn": Self.number(ip.ecn),
        "ip.length": Self.number(ip.totalLength), "ip.id": Self.number(ip.identification),
        "ip.rsv": Self.number(ip.reservedFlag ? 1 : 0),
        "ip.df": Self.number(ip.dontFragment ? 1 : 0),
        "ip.mf": Self.number(ip.moreFragments ? 1 : 0),
        "ip.offset": Self.number(ip.fragmentOffset), "ip.ttl": Self.number(ip.timeToLive),
        "ip.protocol": Self.number(ip.protocol.rawValue),
        "ip.checksum": Self.number(ip.checksum), "ip.src": .ipv4(ip.source),
        "ip.dst": .ipv4(ip.destination),
      ]
      if !ip.options.isEmpty { expected["ip.options"] = .octets(ip.options) }
      #expect(Self.values(ip.octets, .ipv4) == expected)
    }
  }

  @Test func udpAgrees() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<300 {
      let udp = generator.udp()
      #expect(
        Self.values(udp.octets, .udp) == [
          "udp.srcport": Self.number(udp.sourcePort),
          "udp.dstport": Self.number(udp.destinationPort),
          "udp.length": Self.number(udp.length), "udp.checksum": Self.number(udp.checksum),
        ])
    }
  }

  @Test func icmpAgrees() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      let message = generator.icmp()
      var expected: [String: FieldValue] = [
        "icmp.type": Self.number(message.type), "icmp.code": Self.number(message.code),
        "icmp.checksum": Self.number(message.checksum),
      ]
      switch message.meaning {
      case .echoRequest(let identifier, let sequence), .echoReply(let identifier, let sequence):
        expected["icmp.id"] = Self.number(identifier)
        expected["icmp.seq"] = Self.number(sequence)
      case .destinationUnreachable(code: .fragmentationNeeded, let mtu):
        expected["icmp.unused"] = Self.number(message.rest >> 16)
        expected["icmp.mtu"] = Self.number(mtu)
      case .redirect(_, let gateway): expected["icmp.gateway"] = .ipv4(gateway)
      case .parameterProblem(_, let pointer):
        expected["icmp.pointer"] = Self.number(pointer)
        expected["icmp.unused"] = Self.number(message.rest & 0xff_ffff)
      default: expected["icmp.rest"] = Self.number(message.rest)
      }
      #expect(Self.values(message.octets, .icmp) == expected)
    }
  }

  @Test func tcpAgrees() {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<1000 {
      let tcp = generator.tcp()
      let values = Self.values(tcp.octets, .tcp)
      var expected: [String: FieldValue] = [
        "tcp.srcport": Self.number(tcp.sourcePort), "tcp.dstport": Self.number(tcp.destinationPort),
        "tcp.seq": Self.number(tcp.sequence.value),
        "tcp.ack": Self.number(tcp.acknowledgment.value),
        "tcp.doff": Self.number(tcp.dataOffset), "tcp.rsv": Self.number(tcp.reserved),
        "tcp.window": Self.number(tcp.window), "tcp.checksum": Self.number(tcp.checksum),
        "tcp.urgent": Self.number(tcp.urgentPointer),
      ]
      for (flag, name) in TCPFlags.named {
        expected["tcp.flags.\(name.lowercased())"] = .number(tcp.flags.contains(flag) ? 1 : 0)
      }
      expected.merge(Self.expectedOptions(tcp.options)) { $1 }
      #expect(values.filter { $0.key != "tcp.nop" } == expected)
    }
  }

  /// What the option fields should be.
  static func expectedOptions(_ options: TCPOptions) -> [String: FieldValue] {
    var expected: [String: FieldValue] = [:]
    func add(_ id: String, kind: Int, length: Int) {
      expected[id + ".kind"] = number(kind)
      expected[id + ".length"] = number(length)
    }
    if let size = options.maximumSegmentSize {
      add("tcp.mss", kind: 2, length: 4)
      expected["tcp.mss"] = number(size)
    }
    if let scale = options.windowScale {
      add("tcp.wscale", kind: 3, length: 3)
      expected["tcp.wscale"] = number(scale)
    }
    if options.sackPermitted { expected["tcp.sackok"] = .octets([4, 2]) }
    if let timestamps = options.timestamps {
      add("tcp.timestamps", kind: 8, length: 10)
      expected["tcp.tsval"] = number(timestamps.value)
      expected["tcp.tsecr"] = number(timestamps.echo)
    }
    if !options.sackBlocks.isEmpty {
      add("tcp.sack", kind: 5, length: 2 + 8 * options.sackBlocks.count)
    }
    for (index, block) in options.sackBlocks.enumerated() {
      expected["tcp.sack.block.\(index + 1).left"] = number(block.left.value)
      expected["tcp.sack.block.\(index + 1).right"] = number(block.right.value)
    }
    return expected
  }

  @Test func fieldsInOctetsCoverTheWholeHeader() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      for (octets, kind) in [
        (generator.tcp().octets, HeaderKind.tcp), (generator.ipv4().octets, .ipv4),
      ] {
        let span = octets.span.bytes
        let fields = HeaderFormat.fields(in: span, kind)
        let ends = fields.map(\.bits.upperBound)
        let starts = fields.map(\.bits.lowerBound)
        #expect([0] + ends == starts + [octets.count * 8])
      }
    }
  }
}
