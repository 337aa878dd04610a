import Testing
import Wire

@Suite struct FrameCheckSequenceTests {
  /// Bit by bit, as the shift register of IEEE 802.3 cl. 3.2.9 does it.
  static func plain(_ octets: [UInt8]) -> UInt32 {
    var register: UInt32 = 0xffff_ffff
    for octet in octets {
      register ^= UInt32(octet)
      for _ in 0..<8 {
        register = register & 1 == 0 ? register >> 1 : register >> 1 ^ 0xedb8_8320
      }
    }
    return ~register
  }

  @Test func checkValueOfCRC32() {
    #expect(FrameCheckSequence.of(Array("123456789".utf8)) == 0xcbf4_3926)
    #expect(FrameCheckSequence.of([]) == 0)
  }

  @Test func agreesWithTheShiftRegisterAtEveryLength() {
    var generator = SeededGenerator(seed: 802)
    // Up to where a frame is taken in three parts, at its longest, and beyond that.
    for count in Array(0...270) + [1513, 1514, 1515, 3_071, 3_072, 3_120, 3_200, 9_018] {
      let octets = generator.octets(count)
      #expect(FrameCheckSequence.of(octets) == Self.plain(octets))
    }
  }

  @Test func frameWithItsFCSLeavesTheResidue() {
    var generator = SeededGenerator(seed: 3)
    for count in [0, 1, 60, 61, 1514] {
      var frame = generator.octets(count)
      FrameCheckSequence.append(to: &frame)
      #expect(FrameCheckSequence.of(frame) == FrameCheckSequence.residue)
      #expect(FrameCheckSequence.check(frame))
    }
    #expect(!FrameCheckSequence.check([0, 0, 0]))
  }

  @Test func everyFlippedBitIsSeen() {
    var frame = EthernetLine.padded(KnownFrame.syn)
    FrameCheckSequence.append(to: &frame)
    for bit in 0..<(frame.count * 8) {
      var damaged = frame
      damaged[bit / 8] ^= 1 << (bit % 8)
      #expect(!FrameCheckSequence.check(damaged), "bit \(bit)")
    }
  }

  @Test(arguments: [(0, 60), (58, 60), (59, 60), (60, 60), (61, 61), (1514, 1514)])
  func paddingReachesTheLeastLengthOnly(count: Int, padded: Int) {
    let frame = [UInt8](repeating: 7, count: count)
    let result = EthernetLine.padded(frame)
    #expect(result.count == padded)
    #expect(result.prefix(count).elementsEqual(frame))
    #expect(result.dropFirst(count).allSatisfy { $0 == 0 })
  }
}
