/// The frame check sequence that ends an Ethernet frame: CRC-32 (IEEE 802.3 cl. 3.2.9).
///
/// Bits are taken in the order in which they are sent, the least significant of an octet first, so
/// that the register is kept reflected. The four octets go on the wire least significant first.
public enum FrameCheckSequence {
  /// The generator polynomial x³²+x²⁶+…+1 (0x04c11db7), reflected.
  public static let polynomial: UInt32 = 0xedb8_8320

  /// The check of a frame together with its own FCS, whatever the frame: the proof of a good one.
  public static let residue: UInt32 = 0x2144_df1c

  /// The FCS of a frame from its destination address to the end of its padding.
  public static func of(_ octets: RawSpan) -> UInt32 {
    var register: UInt32 = 0xffff_ffff
    let table = tables.span
    var offset = 0
    let count = octets.byteCount
    while count - offset >= 8 {
      let word = UInt64(
        littleEndian: octets.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let mixed = word ^ UInt64(register)
      register = 0
      for lane in 0..<8 {
        let octet = Int(truncatingIfNeeded: mixed >> UInt64(8 * lane)) & 0xff
        register ^= table[(7 - lane) * 256 + octet]
      }
      offset += 8
    }
    while offset < count {
      let octet = Int(truncatingIfNeeded: register ^ UInt32(octets.octet(at: offset))) & 0xff
      register = register >> 8 ^ table[octet]
      offset += 1
    }
    return ~register
  }

  /// The FCS of a frame from its destination address to the end of its padding.
  public static func of(_ octets: [UInt8]) -> UInt32 { of(octets.span.bytes) }

  /// Whether a frame that ends in its FCS arrived as it was sent.
  public static func check(_ frameWithFCS: [UInt8]) -> Bool {
    frameWithFCS.count >= EthernetLine.fcsLength && of(frameWithFCS) == residue
  }

  /// Puts the FCS behind a frame, in the order of the wire.
  public static func append(to frame: inout [UInt8]) {
    frame.append(contentsOf: octets(of: of(frame)))
  }

  /// The four octets of an FCS in the order of the wire: the least significant first.
  public static func octets(of value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }

  /// Eight tables of 256: `tables[k * 256 + octet]` is what the octet does to the register when k
  /// zero octets follow it, so that eight octets are taken in one step.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for octet in 0..<256 {
      var value = UInt32(octet)
      for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ polynomial }
      tables[octet] = value
    }
    for index in 256..<(8 * 256) {
      let before = tables[index - 256]
      tables[index] = before >> 8 ^ tables[Int(before & 0xff)]
    }
    return tables
  }()
}
