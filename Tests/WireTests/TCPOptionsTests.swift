import Testing
import Wire

@Suite struct TCPOptionsTests {
  /// A header of which only the options matter.
  static func header(_ options: [UInt8], words: Int? = nil) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: 20) + options
    octets[12] = UInt8((words ?? octets.count / 4) << 4)
    return octets
  }

  static func written(_ options: TCPOptions) -> [UInt8] {
    let header = TCPHeader(
      sourcePort: 1, destinationPort: 2, sequence: SequenceNumber(3), flags: .syn, window: 4,
      options: options)
    return Array(header.octets[20...])
  }

  @Test func layoutIsThatOfCommonStacks() {
    var options = TCPOptions(maximumSegmentSize: 1460)
    #expect(Self.written(options) == [2, 4, 5, 0xb4])
    options.sackPermitted = true
    options.timestamps = TCPTimestamps(value: 1, echo: 0)
    options.windowScale = 7
    #expect(
      Self.written(options) == [
        2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7,
      ])
    #expect(Self.written(TCPOptions(sackPermitted: true)) == [1, 1, 4, 2])
    let data = TCPOptions(
      timestamps: TCPTimestamps(value: 9, echo: 8),
      sackBlocks: [SACKBlock(left: SequenceNumber(5), right: SequenceNumber(6))])
    #expect(
      Self.written(data) == [
        1, 1, 8, 10, 0, 0, 0, 9, 0, 0, 0, 8, 1, 1, 5, 10, 0, 0, 0, 5, 0, 0, 0, 6,
      ])
    #expect(TCPOptions().encodedLength == 0 && TCPOptions().isEmpty)
  }

  @Test func blocksWithoutRoomAreLeftOut() throws {
    let block = SACKBlock(left: SequenceNumber(1), right: SequenceNumber(2))
    var options = TCPOptions(sackBlocks: [block, block, block, block])
    #expect(options.encodedLength == 36 && options.writtenBlocks == 4)
    options.timestamps = TCPTimestamps(value: 1, echo: 2)
    #expect(options.encodedLength == 40 && options.writtenBlocks == 3)
    let read = try TCPHeader(parsing: Self.header(Self.written(options)))
    #expect(read.options.sackBlocks.count == 3)
    var full = options.sackBlocks
    let fits = full.append(block)
    #expect(!fits)
    #expect(full.count == 4 && Array(full) == [block, block, block, block])
  }

  @Test func everyKindIsRead() throws {
    let octets: [UInt8] =
      [3, 3, 14, 2, 4, 1, 0, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2] + [
        5, 18, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4,
      ] + [1, 0, 0]
    let read = try TCPHeader(parsing: Self.header(octets))
    #expect(read.options.windowScale == 14 && read.options.maximumSegmentSize == 256)
    #expect(read.options.sackPermitted)
    #expect(read.options.timestamps == TCPTimestamps(value: 1, echo: 2))
    #expect(read.options.sackBlocks.map(\.right.value) == [2, 4])
    // It was packed closer than this module would; written again it still fits and says the same.
    #expect(try TCPHeader(parsing: read.octets) == read)
  }

  @Test(
    arguments: [
      [8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 5, 10, 0, 0, 0, 3, 0, 0, 0, 4],
      [4, 2, 3, 3, 7, 5, 10, 0, 0, 0, 3, 0, 0, 0, 4, 0],
      [5, 34] + [UInt8](repeating: 9, count: 32) + [3, 3, 7, 4, 2, 0],
    ] as [[UInt8]])
  func closelyPackedOptionsFitWhereTheyCameFrom(options: [UInt8]) throws {
    let read = try TCPHeader(parsing: Self.header(options))
    // With no-operations between them they would need more room than the header has.
    #expect(read.options.encodedLength > options.count || read.options.writtenBlocks < 4)
    #expect(read.octets.count == 20 + options.count)
    #expect(try TCPHeader(parsing: read.octets) == read)
  }

  @Test func unknownOptionsAndPaddingAreSkipped() throws {
    let octets: [UInt8] = [254, 4, 9, 9, 30, 2, 2, 4, 5, 0xb4, 0, 99]
    let read = try TCPHeader(parsing: Self.header(octets))
    #expect(read.options == TCPOptions(maximumSegmentSize: 1460))
    #expect(read.headerLength == 32)
    #expect(try TCPHeader(parsing: read.octets) == read)
  }

  @Test func lengthFollowsTheOptions() throws {
    var header = TCPHeader(
      sourcePort: 1, destinationPort: 2, sequence: SequenceNumber(3), flags: .ack, window: 4)
    #expect(header.headerLength == 20)
    header.options.timestamps = TCPTimestamps(value: 1, echo: 1)
    #expect(header.headerLength == 32)
    header.options = TCPOptions()
    #expect(header.headerLength == 20)
  }

  @Test(
    arguments: [
      ([2, 0, 0, 0], 2, 0), ([2, 3, 0, 0], 2, 3), ([2, 5, 0, 0], 2, 5), ([3, 2, 0, 0], 3, 2),
      ([4, 3, 0, 0], 4, 3), ([8, 9, 0, 0], 8, 9), ([5, 2, 0, 0], 5, 2), ([5, 8, 0, 0], 5, 8),
      ([77, 1, 0, 0], 77, 1), ([77, 5, 0, 0], 77, 5), ([1, 1, 2, 4], 2, 4), ([8, 10, 0, 0], 8, 10),
    ] as [([UInt8], UInt8, Int)])
  func badLengthIsNamed(octets: [UInt8], kind: UInt8, length: Int) {
    #expect(throws: ParseError(.tcp, "tcp.options", .badOption(kind: kind, length: length))) {
      try TCPHeader(parsing: Self.header(octets))
    }
  }

  @Test func optionWithoutLengthIsNamed() {
    #expect(throws: ParseError(.tcp, "tcp.options", .badOption(kind: 2, length: nil))) {
      try TCPHeader(parsing: Self.header([1, 1, 1, 2]))
    }
  }

  @Test func optionsNeverReachIntoTheData() {
    // The MSS option would end in the first octets of data.
    #expect(throws: ParseError(.tcp, "tcp.options", .badOption(kind: 2, length: 4))) {
      try TCPHeader(parsing: Self.header([1, 1, 2, 4, 5, 0xb4, 0, 0], words: 6))
    }
  }
}
