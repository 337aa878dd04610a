import Capture
import Testing

/// Damaged files give what is readable, and say at which octet they are damaged.
@Suite struct DamageTests {
  static func pcap() -> [UInt8] {
    var file = OrderedOctets(.little)
    file.pcapHeader(0xa1b2_c3d4)
    file.record([1, 2, 3], 1, 2)
    file.record([4, 5], 3, 4)
    return file.octets
  }

  /// Where each frame's block or record ends in a file.
  static func ends(_ file: [UInt8]) -> [Int] {
    let frames = CaptureFile.parse(file).frames
    return frames.map { frame in
      (frame.offset...file.count).first {
        CaptureFile.parse(Array(file[..<$0])).frames.contains(frame)
      } ?? -1
    }
  }

  @Test(arguments: [DamageTests.pcap(), Samples.recording()])
  func truncationKeepsWhatCameBefore(file: [UInt8]) throws {
    let frames = CaptureFile.parse(file).frames
    let ends = Self.ends(file)
    #expect(!ends.contains(-1))
    for count in 0..<file.count {
      let read = CaptureFile.parse(Array(file[..<count]))
      #expect(read.frames.elementsEqual(frames.prefix(ends.filter { $0 <= count }.count)))
      #expect(read.faults.count <= 1)
      guard let fault = read.faults.first else { continue }
      if count == 0 {
        #expect(fault == CaptureFault(offset: 0, .empty))
        continue
      }
      guard case .truncated(let needed, let have) = fault.problem else {
        Issue.record("cut at \(count): \(fault)")
        continue
      }
      #expect(fault.offset + have == count && needed > have)
    }
  }

  @Test func cutBetweenRecordsIsNoFaultAndElsewhereIs() {
    let file = Self.pcap()
    let good = (0..<file.count).filter { CaptureFile.parse(Array(file[..<$0])).faults.isEmpty }
    #expect(good == [24, 43])
  }

  @Test func otherFilesAreNoCaptures() {
    let cases: [([UInt8], CaptureFault)] = [
      ([], CaptureFault(offset: 0, .empty)),
      ([0xa1, 0xb2], CaptureFault(offset: 0, .truncated(needed: 4, have: 2))),
      (Array("GET / HTTP".utf8), CaptureFault(offset: 0, .notACapture(magic: 0x4745_5420))),
    ]
    for (octets, fault) in cases {
      let read = CaptureFile.parse(octets)
      #expect(read.format == nil && read.records.isEmpty)
      #expect(read.faults == [fault])
    }
  }

  @Test func faultsOfPcapAreNamedWithTheirOctet() {
    var file = Self.pcap()
    file[4] = 3
    #expect(
      CaptureFile.parse(file).faults
        == [CaptureFault(offset: 4, .unsupportedVersion(major: 3, minor: 4))])
    file = Self.pcap()
    file[22] = 1
    #expect(
      CaptureFile.parse(file).faults == [CaptureFault(offset: 20, .reservedLinkBits(0x1_0001))])
    #expect(CaptureFile.parse(file).frames.count == 2)
    file = Self.pcap()
    file[43 + 11] = 0x7f
    let long = CaptureFile.parse(file)
    #expect(long.faults == [CaptureFault(offset: 51, .badFrameLength(0x7f00_0002))])
    #expect(long.frames.map(\.octets) == [[1, 2, 3]])
  }

  /// A file of one good frame, something, and another good frame.
  static func around(_ middle: (inout OrderedOctets) -> Void) -> (file: [UInt8], middle: Int) {
    var file = OrderedOctets(.little)
    file.sectionHeader()
    file.interface()
    file.packet([1], time: 1)
    let start = file.octets.count
    middle(&file)
    file.packet([2], time: 2)
    return (file.octets, start)
  }

  @Test func faultInsideABlockDoesNotHideTheNext() {
    let cases: [((inout OrderedOctets) -> Void, Int, CaptureFault.Problem)] = [
      ({ $0.packet([9], time: 1, interface: 1) }, 8, .unknownInterface(1)),
      ({ $0.packet([9], time: 1, captured: 5) }, 20, .badFrameLength(5)),
      ({ $0.packet([9], time: 1, captured: .max) }, 20, .badFrameLength(.max)),
      ({ $0.block(6) { $0.put(UInt64(0)) } }, 4, .badBlockLength(20)),
      ({ $0.block(1) { $0.put(UInt32(1)) } }, 4, .badBlockLength(16)),
      ({ $0.block(3) { _ in } }, 4, .badBlockLength(12)),
      ({ $0.block(3) { $0.put(UInt32(8)) } }, 8, .badFrameLength(8)),
      ({ $0.block(5) { $0.put(UInt64(0)) } }, 4, .badBlockLength(20)),
      (
        {
          $0.block(5) {
            $0.padded([UInt8](repeating: 0, count: 12))
            $0.option(2989, [1, 2])
          }
        }, 20, .badOption(code: 2989, length: 2)
      ),
      ({ $0.block(0xbad) { _ in } }, 4, .badBlockLength(12)),
      ({ $0.interface { $0.option(9, [1, 2]) } }, 16, .badOption(code: 9, length: 2)),
      (
        {
          $0.interface {
            $0.put(UInt16(2))
            $0.put(UInt16(1))
          }
        }, 16, .badOption(code: 2, length: 1)
      ),
    ]
    for (middle, offset, problem) in cases {
      let (file, start) = Self.around(middle)
      let read = CaptureFile.parse(file)
      #expect(read.faults == [CaptureFault(offset: start + offset, problem)])
      #expect(read.frames.map(\.octets) == [[1], [2]])
    }
  }

  @Test func faultOfTheFramingEndsTheReading() {
    let (file, start) = Self.around { $0.packet([9], time: 1) }
    let cases: [(Int, UInt8, Int, CaptureFault.Problem)] = [
      (4, 38, 4, .badBlockLength(38)), (4, 8, 4, .badBlockLength(8)),
      (4, 0, 4, .badBlockLength(0)),
      (32, 40, 32, .unequalBlockLengths(first: 36, second: 40)),
      (7, 0x10, 0, .truncated(needed: 0x1000_0024, have: 72)),
    ]
    for (index, octet, offset, problem) in cases {
      var damaged = file
      damaged[start + index] = octet
      let read = CaptureFile.parse(damaged)
      #expect(read.faults == [CaptureFault(offset: start + offset, problem)])
      #expect(read.frames.map(\.octets) == [[1]])
    }
  }

  @Test func sectionHeadersAreChecked() {
    var file = Samples.recording()
    file[8] = 0
    #expect(
      CaptureFile.parse(file).faults
        == [CaptureFault(offset: 8, .noByteOrder(magic: 0x003c_2b1a))])
    file = Samples.recording()
    file[12] = 2
    #expect(
      CaptureFile.parse(file).faults
        == [CaptureFault(offset: 12, .unsupportedVersion(major: 2, minor: 0))])
  }

  @Test func descriptionNamesTheOctet() {
    #expect(
      CaptureFault(offset: 24, .truncated(needed: 16, have: 3)).description
        == "octet 24: 16 octets are needed, 3 are there")
  }

  @Test func nothingTraps() {
    var generator = SeededGenerator(seed: 0xf422)
    var big = OrderedOctets(.big)
    big.sectionHeader()
    big.interface { $0.option(9, [0x8a]) }
    big.packet([1, 2, 3], time: 77)
    let samples = [Samples.recording(), Self.pcap(), big.octets]
    var damaged = 0
    for round in 0..<20_000 {
      var file = samples[round % samples.count]
      if generator.chance(10) { file = Array(file.prefix(4)) + generator.octets(60) }
      for _ in 0..<(1 + generator.next() % 4) {
        let place = Int(generator.next() % UInt64(file.count))
        file[place] = generator.chance(3) ? 0xff : generator.any()
      }
      if generator.chance(4) { file.removeLast(Int(generator.next() % UInt64(file.count))) }
      let read = CaptureFile.parse(file)
      if !read.faults.isEmpty { damaged += 1 }
      let wrong =
        read.faults.contains { $0.offset < 0 || $0.offset > file.count }
        || read.frames.contains { $0.interface >= read.interfaces.count }
      if wrong { Issue.record("round \(round)") }
      _ = read.customBlocks.map(\.content)
    }
    #expect(damaged > 5_000 && damaged < 20_000, "\(damaged) damaged")
  }
}
