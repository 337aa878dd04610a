import Capture
import Testing

@Suite struct PcapNGTests {
  @Test func recordingReadsAsItWasWritten() throws {
    let file = CaptureFile.parse(Samples.recording())
    #expect(file.format == .pcapng && file.faults.isEmpty)
    #expect(file.application == "sockscope" && file.comments == ["seed 7"])
    #expect(file.interfaces.map(\.name) == ["client", "server"])
    #expect(file.interfaces.map(\.linkType) == [.ethernet, .ethernet])
    #expect(file.frames.count == Samples.frames.count)
    for (read, written) in zip(file.frames, Samples.frames) {
      #expect(read.octets == written.0 && read.originalLength == written.0.count)
      #expect(read.nanoseconds == written.1)
      #expect(read.interface == Int(written.2))
      #expect(read.comments == written.3)
    }
    #expect(file.customBlocks.map(\.content) == Samples.inputs)
    #expect(file.customBlocks.map(\.enterprise) == [32473, 32473, 32473, 32473])
    #expect(file.customBlocks.map(\.isCopyable) == [true, true, false, true])
  }

  @Test func orderOfTheFileIsKept() {
    let records = CaptureFile.parse(Samples.recording()).records
    let kinds = records.map { if case .frame = $0 { "frame" } else { "custom" } }
    #expect(kinds == Array(repeating: ["frame", "custom"], count: 4).flatMap { $0 })
  }

  @Test func drainedPiecesAreTheWholeFile() {
    var writer = PcapNGWriter()
    var pieces: [UInt8] = []
    writer.sectionHeader(comments: ["seed 7"])
    pieces += writer.drain()
    writer.interface(name: "client")
    writer.interface(name: "server")
    for (frame, input) in zip(Samples.frames, Samples.inputs) {
      writer.packet(frame.0, nanoseconds: frame.1, interface: frame.2, comments: frame.3)
      pieces += writer.drain()
      #expect(writer.octets.isEmpty)
      writer.custom(input, isCopyable: input.count != 4)
    }
    pieces += writer.drain()
    #expect(pieces == Samples.recording())
  }

  @Test func randomRecordingsGoThereAndBack() {
    var generator = SeededGenerator(seed: 0xca97)
    for _ in 0..<300 {
      var writer = PcapNGWriter()
      writer.sectionHeader()
      writer.interface(name: "wire")
      var expected: [([UInt8], UInt64, [String])] = []
      for _ in 0..<(generator.next() % 8) {
        let frame = generator.octets(Int(generator.next() % 200))
        let time: UInt64 = generator.any()
        let comments = (0..<(generator.next() % 3)).map { _ in "가 \(generator.next())" }
        writer.packet(frame, nanoseconds: time, comments: comments)
        expected.append((frame, time, comments))
      }
      let file = CaptureFile.parse(writer.octets)
      #expect(file.faults.isEmpty)
      #expect(file.frames.map(\.octets) == expected.map(\.0))
      #expect(file.frames.map(\.nanoseconds) == expected.map(\.1))
      #expect(file.frames.map(\.comments) == expected.map(\.2))
    }
  }

  @Test func commentTooLongForAnOptionEndsAtACharacter() {
    var writer = PcapNGWriter()
    writer.sectionHeader()
    writer.interface(name: "wire")
    writer.packet([1], nanoseconds: 0, comments: ["a" + String(repeating: "가", count: 30_000)])
    let file = CaptureFile.parse(writer.octets)
    #expect(file.faults.isEmpty)
    #expect(file.frames.map(\.comments) == [["a" + String(repeating: "가", count: 21_844)]])
  }

  @Test(arguments: [ByteOrder.big, .little]) func bothByteOrdersAreRead(order: ByteOrder) {
    var file = OrderedOctets(order)
    file.sectionHeader()
    file.interface {
      $0.option(2, Array("en0".utf8))
      $0.option(9, [9])
      $0.option(13, [4])
    }
    file.packet([1, 2, 3], time: 0x1_0000_0002)
    file.block(0xbad) {
      $0.put(UInt32(32473))
      $0.put(UInt32(2))
      $0.padded([7, 8])
    }
    let read = CaptureFile.parse(file.octets)
    #expect(read.faults.isEmpty)
    #expect(read.interfaces.map(\.name) == ["en0"] && read.interfaces.map(\.fcsLength) == [4])
    #expect(read.frames.map(\.octets) == [[1, 2, 3]])
    #expect(read.frames.map(\.nanoseconds) == [0x1_0000_0002])
    #expect(read.frames.map(\.originalLength) == [1514])
    #expect(read.customBlocks.map(\.content) == [[7, 8]])
  }

  @Test(
    arguments: [
      (nil, 3, 3_000), (6, 3, 3_000), (9, 3, 3), (0, 3, 3_000_000_000), (12, 3_999, 3),
      (38, 5, 0), (127, UInt64.max, 0), (0x80 | 1, 3, 1_500_000_000),
      (0x80 | 30, 1 << 30, 1_000_000_000),
      (0x80 | 127, UInt64.max, 0),
    ] as [(UInt8?, UInt64, UInt64)])
  func everyResolutionGivesNanoseconds(resolution: UInt8?, time: UInt64, nanoseconds: UInt64) {
    var file = OrderedOctets(.little)
    file.sectionHeader()
    file.interface { options in
      if let resolution { options.option(9, [resolution]) }
    }
    file.packet([], time: time)
    #expect(CaptureFile.parse(file.octets).frames.map(\.nanoseconds) == [nanoseconds])
  }

  @Test func timeOffsetIsAdded() {
    for (seconds, expected) in [(100, 100_000_001_000), (-1, nil)] as [(Int64, UInt64?)] {
      var file = OrderedOctets(.big)
      file.sectionHeader()
      file.interface { options in
        var value = OrderedOctets(.big)
        value.put(UInt64(bitPattern: seconds))
        options.option(14, value.octets)
      }
      let packet = file.octets.count
      file.packet([], time: 1)
      let read = CaptureFile.parse(file.octets)
      #expect(read.frames.map(\.nanoseconds) == [expected])
      #expect(
        read.faults
          == (expected == nil ? [CaptureFault(offset: packet + 12, .timeOutOfRange)] : []))
    }
  }

  @Test func sectionsNumberTheirInterfacesAnew() {
    var file = OrderedOctets(.little)
    file.sectionHeader()
    file.interface(1)
    file.interface(101)
    file.packet([1], time: 1, interface: 1)
    var second = OrderedOctets(.big)
    second.sectionHeader(minor: 2)
    second.interface(113)
    second.packet([2], time: 1, interface: 0)
    let read = CaptureFile.parse(file.octets + second.octets)
    #expect(read.faults.isEmpty)
    #expect(read.interfaces.map(\.linkType) == [.ethernet, .raw, .linuxSLL])
    #expect(read.frames.map(\.interface) == [1, 2])
  }

  @Test func olderAndSimplerPacketBlocksAreRead() {
    var file = OrderedOctets(.little)
    file.sectionHeader()
    file.interface(snap: 3)
    file.block(2) {
      $0.put(UInt16(0))
      $0.put(UInt16(9))
      $0.put(UInt32(0))
      $0.put(UInt32(5))
      $0.put(UInt32(2))
      $0.put(UInt32(60))
      $0.padded([1, 2])
    }
    file.block(3) {
      $0.put(UInt32(60))
      $0.padded([4, 5, 6])
    }
    file.block(4) { $0.put(UInt32(0)) }
    let read = CaptureFile.parse(file.octets)
    #expect(read.faults.isEmpty)
    #expect(read.frames.map(\.octets) == [[1, 2], [4, 5, 6]])
    #expect(read.frames.map(\.nanoseconds) == [5_000, nil])
    #expect(read.frames.map(\.originalLength) == [60, 60])
  }

  @Test func foreignCustomDataHaveNoContentOfOurs() {
    var file = OrderedOctets(.little)
    file.sectionHeader()
    for data in [[], [1, 0], [9, 0, 0, 0, 1], [0, 0, 0, 0, 1, 2, 3, 4, 5]] as [[UInt8]] {
      file.block(0xbad) {
        $0.put(UInt32(32473))
        $0.padded(data)
      }
    }
    let read = CaptureFile.parse(file.octets)
    #expect(read.customBlocks.map(\.data.count) == [0, 4, 8, 12])
    #expect(read.customBlocks.map(\.content) == [nil, nil, nil, nil])
  }

  @Test(arguments: [0, 1, 3, 4, 65_531, 65_532, 200_001])
  func hiddenOctetsGoThereAndBack(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let content = generator.octets(count)
    var writer = PcapNGWriter()
    writer.sectionHeader()
    writer.interface(name: "wire")
    writer.packet([1], nanoseconds: 1)
    writer.hidden(content)
    let file = CaptureFile.parse(writer.octets)
    #expect(file.faults.isEmpty && file.records.count == 2)
    #expect(file.customBlocks.map(\.content) == [content])
    #expect(file.customBlocks.map(\.carrier) == [.options])
    #expect(file.customBlocks.map(\.enterprise) == [32473])
  }
}
