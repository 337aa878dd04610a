import Testing
import Wire

@Suite struct HeaderFieldTests {
  static func ids(_ options: [UInt8]) -> [String] {
    let octets = TCPOptionsTests.header(options)
    return HeaderFormat.fields(in: octets.span.bytes, .tcp).dropFirst(17).map(\.id)
  }

  static func field(_ id: String, _ header: [UInt8]) -> HeaderField? {
    HeaderFormat.field(id, in: header.span.bytes, .tcp)
  }

  @Test func everyPartOfAnOptionIsAField() {
    #expect(Self.ids([2, 4, 5, 0xb4]) == ["tcp.mss.kind", "tcp.mss.length", "tcp.mss"])
    #expect(Self.ids([1, 1, 4, 2]) == ["tcp.nop", "tcp.nop", "tcp.sackok"])
    #expect(
      Self.ids([254, 4, 9, 9, 30, 2, 0, 7])
        == [
          "tcp.option.kind", "tcp.option.length", "tcp.option.data", "tcp.option.kind",
          "tcp.option.length", "tcp.eol", "tcp.padding",
        ])
    #expect(Self.ids([1, 1, 1, 0]) == ["tcp.nop", "tcp.nop", "tcp.nop", "tcp.eol"])
  }

  @Test func damagedOptionsAreOneField() {
    #expect(Self.ids([1, 2, 9, 0]) == ["tcp.nop", "tcp.option.damaged"])
    #expect(Self.ids([1, 1, 1, 8]) == ["tcp.nop", "tcp.nop", "tcp.nop", "tcp.option.damaged"])
  }

  @Test func fieldsAreFoundByTheirIds() throws {
    let octets = Array(KnownFrame.syn[34...])
    let span = octets.span.bytes
    let mss = try #require(Self.field("tcp.mss", octets))
    #expect(mss.octets == 22..<24)
    let value = HeaderFormat.of(.tcp).value(of: mss, in: span)
    #expect(value == .number(1460))
    let flags = try #require(Self.field("tcp.flags", octets))
    let bits = flags.value(in: span)
    #expect(bits == .number(2))
    #expect(Self.field("tcp.tsval", octets) == nil)
  }

  @Test func sackNamesAllBlocksTogether() throws {
    let octets = TCPOptionsTests.header([1, 1, 5, 18] + Array(1...16))
    let span = octets.span.bytes
    let sack = try #require(Self.field("tcp.sack", octets))
    let value = sack.value(in: span)
    #expect(value == .octets(Array(1...16)))
  }

  @Test func fieldBeyondTheOctetsGivesWhatIsThere() {
    let field = HeaderField("x", "x", bits: 8..<40, .hex)
    for (octets, expected) in [([], []), ([1], []), ([1, 2, 3], [2, 3])] as [([UInt8], [UInt8])] {
      let value = field.value(in: octets.span.bytes)
      #expect(value == .octets(expected))
    }
  }

  @Test func numbersAreReadAcrossOctets() {
    let octets: [UInt8] = [0b1010_0101, 0b1100_0011, 0xff, 0, 0, 0, 0, 0, 1]
    let cases: [(Range<Int>, UInt64)] = [
      (0..<1, 1), (1..<4, 0b010), (4..<12, 0b0101_1100), (6..<10, 0b0111), (0..<16, 0xa5c3),
      (8..<72, 0xc3ff_0000_0000_0001), (5..<5, 0),
    ]
    for (bits, expected) in cases {
      let value = HeaderField("x", "x", bits: bits).value(in: octets.span.bytes)
      #expect(value == .number(expected), "\(bits)")
    }
  }

  @Test(arguments: HeaderKind.allCases) func truncatedHeadersListOnlyWhatIsThere(kind: HeaderKind) {
    let octets = ParseErrorTests.good(kind)
    for count in 0...octets.count {
      let span = octets.span.bytes.extracting(0..<count)
      let fields = HeaderFormat.fields(in: span, kind)
      #expect(fields.allSatisfy { $0.octets.upperBound <= count })
    }
  }
}
