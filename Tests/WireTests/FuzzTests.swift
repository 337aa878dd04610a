import Testing
import Wire

/// No octets make a parser trap, and what a parser takes it can write again.
///
/// Every input comes from a seed; a failure names it.
@Suite struct FuzzTests {
  static let rounds = 200_000

  /// Random octets, or a good header with a few octets changed, cut or lengthened.
  static func input(
    _ generator: inout SeededGenerator, _ kind: HeaderKind, _ samples: [[UInt8]]
  ) -> [UInt8] {
    if generator.chance(4) { return generator.octets(Int(generator.next() % 80)) }
    var octets = samples[Int(generator.next() % UInt64(samples.count))]
    for _ in 0..<(generator.next() % 4) where !octets.isEmpty {
      octets[Int(generator.next() % UInt64(octets.count))] = generator.any()
    }
    if generator.chance(3) { octets.removeLast(Int(generator.next() % UInt64(octets.count + 1))) }
    if generator.chance(3) { octets += generator.octets(Int(generator.next() % 9)) }
    return octets
  }

  static func samples(_ kind: HeaderKind) -> [[UInt8]] {
    var generator = SeededGenerator(seed: UInt64(kind.rawValue))
    return (0..<64).map { _ in
      switch kind {
      case .ethernet: generator.ethernet().octets
      case .arp: generator.arp().octets
      case .ipv4: generator.ipv4().octets
      case .icmp: generator.icmp().octets
      case .udp: generator.udp().octets
      case .tcp: generator.chance(2) ? generator.tcp().octets : generator.packedTCP()
      }
    }
  }

  /// Reads octets; what is taken must read the same after it has been written. Says whether it
  /// was taken.
  static func taken<H: HeaderCoding>(_ octets: [UInt8], as type: H.Type) -> Bool {
    guard let header = try? H(parsing: octets) else { return false }
    let again = try? H(parsing: header.octets)
    if again != header || header.headerLength > octets.count {
      Issue.record("\(H.kind) does not come back from \(octets.hexadecimal())")
    }
    return true
  }

  @Test(arguments: HeaderKind.allCases) func parsersTakeAnything(kind: HeaderKind) {
    var generator = SeededGenerator(seed: 0xf022 + UInt64(kind.rawValue))
    let samples = Self.samples(kind)
    var count = 0
    for _ in 0..<Self.rounds {
      let octets = Self.input(&generator, kind, samples)
      let taken =
        switch kind {
        case .ethernet: Self.taken(octets, as: EthernetHeader.self)
        case .arp: Self.taken(octets, as: ARPPacket.self)
        case .ipv4: Self.taken(octets, as: IPv4Header.self)
        case .icmp: Self.taken(octets, as: ICMPMessage.self)
        case .udp: Self.taken(octets, as: UDPHeader.self)
        case .tcp: Self.taken(octets, as: TCPHeader.self)
        }
      if taken { count += 1 }
    }
    // Both sides of every parser were reached.
    #expect(count > Self.rounds / 50 && count < Self.rounds * 49 / 50, "\(count) taken")
  }

  @Test(arguments: HeaderKind.allCases) func tablesTakeAnything(kind: HeaderKind) {
    var generator = SeededGenerator(seed: 0x7ab1e + UInt64(kind.rawValue))
    let samples = Self.samples(kind)
    for _ in 0..<(Self.rounds / 40) {
      let octets = Self.input(&generator, kind, samples)
      let span = octets.span.bytes
      for field in HeaderFormat.fields(in: span, kind) + HeaderFormat.composites(in: span, kind) {
        _ = field.value(in: span)
        #expect(field.octets.upperBound <= octets.count)
      }
    }
  }

  @Test func dissectionTakesAnything() {
    var generator = SeededGenerator(seed: 0xd155)
    let samples: [[UInt8]] = [
      KnownFrame.syn, EthernetLine.padded(KnownFrame.syn),
      DissectionTests.frame(.udp, DissectionTests.datagram([1, 2, 3, 4])),
      DissectionTests.frame(.icmp, [8, 0, 0, 0, 0, 0, 0, 0, 9]),
      EthernetHeader(destination: .broadcast, source: .zero, type: .arp).octets
        + ParseErrorTests.good(.arp),
    ]
    var depths: [Int: Int] = [:]
    for _ in 0..<Self.rounds {
      let frame = Self.input(&generator, .ethernet, samples)
      let dissection = Dissection(frame: frame)
      depths[dissection.layers.count, default: 0] += 1
      // Layers, payload and padding follow one another, and nothing reaches over the end.
      let ends = [0] + dissection.layers.map(\.range.upperBound)
      let starts = dissection.layers.map(\.range.lowerBound) + [dissection.payload.lowerBound]
      let whole =
        ends == starts && dissection.payload.upperBound <= dissection.padding.lowerBound
        && dissection.padding.upperBound == frame.count
      if !whole { Issue.record("\(frame.hexadecimal()) gives \(dissection)") }
    }
    #expect(depths.count == 4, "\(depths)")
  }

  @Test func quotedPacketsTakeAnything() {
    var generator = SeededGenerator(seed: 0x900d)
    let samples = [
      Array(KnownFrame.syn[14...]),
      Array(DissectionTests.frame(.udp, [0, 1, 0, 2, 0, 8, 0, 0])[14...]),
    ]
    var count = 0
    for _ in 0..<Self.rounds {
      let octets = Self.input(&generator, .ipv4, samples)
      if (try? QuotedPacket(parsing: octets.span.bytes)) != nil { count += 1 }
    }
    #expect(count > 1000 && count < Self.rounds)
  }
}
