import Capture
import Testing

@Suite struct PcapTests {
  @Test(arguments: [ByteOrder.big, .little], [UInt32(0xa1b2_c3d4), 0xa1b2_3c4d])
  func bothOrdersAndBothUnitsAreRead(order: ByteOrder, magic: UInt32) {
    var file = OrderedOctets(order)
    file.pcapHeader(magic)
    file.record([1, 2, 3], 1_790_000_000, 999_999)
    file.record([], 0, 1)
    let read = CaptureFile.parse(file.octets)
    #expect(read.format == .pcap && read.faults.isEmpty)
    #expect(read.interfaces.map(\.linkType) == [.ethernet])
    #expect(read.interfaces.map(\.snapLength) == [65535])
    #expect(read.frames.map(\.octets) == [[1, 2, 3], []])
    #expect(read.frames.map(\.originalLength) == [1514, 1514])
    let unit: UInt64 = magic == 0xa1b2_3c4d ? 1 : 1000
    #expect(
      read.frames.map(\.nanoseconds) == [1_790_000_000_000_000_000 + 999_999 * unit, unit])
    #expect(read.frames.map(\.offset) == [24, 43])
  }

  @Test func variantWithLongerRecordHeadersIsRead() {
    var file = OrderedOctets(.little)
    file.pcapHeader(0xa1b2_cd34)
    for octet in [UInt8(1), 2] {
      file.record([], 0, 1)
      file.put(UInt64(0))
      file.octets[file.octets.count - 16] = 1
      file.octets.append(octet)
    }
    let read = CaptureFile.parse(file.octets)
    #expect(read.faults.isEmpty)
    #expect(read.frames.map(\.octets) == [[1], [2]])
  }

  @Test func oldVersionsHaveTheLengthsSwapped() {
    var file = OrderedOctets(.little)
    file.pcapHeader(0xa1b2_c3d4, minor: 2)
    for value in [UInt32(0), 0, 60, 2] { file.put(value) }
    file.octets += [1, 2]
    let read = CaptureFile.parse(file.octets)
    #expect(read.faults.isEmpty)
    #expect(read.frames.map(\.octets) == [[1, 2]])
    #expect(read.frames.map(\.originalLength) == [60])
  }

  @Test func linkTypeCarriesTheLengthOfTheFCS() {
    var file = OrderedOctets(.little)
    file.pcapHeader(0xa1b2_c3d4, link: 0x2400_0001)
    let read = CaptureFile.parse(file.octets)
    #expect(read.faults.isEmpty && read.frames.isEmpty)
    #expect(read.interfaces.map(\.fcsLength) == [4])
    #expect(read.interfaces.map(\.linkType) == [.ethernet])
  }

  @Test func wrongFractionIsNotedAndTheFrameKept() {
    var file = OrderedOctets(.little)
    file.pcapHeader(0xa1b2_3c4d)
    file.record([1], 1, 1_000_000_000)
    let read = CaptureFile.parse(file.octets)
    #expect(read.frames.map(\.nanoseconds) == [2_000_000_000])
    #expect(read.faults == [CaptureFault(offset: 28, .badTimeFraction(1_000_000_000))])
  }
}
