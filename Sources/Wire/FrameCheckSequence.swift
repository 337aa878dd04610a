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
  ///
  /// A long frame is taken as three parts side by side: a register waits for its own tables' answers, so
  /// that one alone leaves most of the processor idle.
  public static func of(_ octets: RawSpan) -> UInt32 {
    let table = tables.span
    // Said once, so that no look-up below is checked for itself.
    precondition(table.count == lanes * 256)
    let count = octets.byteCount
    var offset = 0
    var register: UInt32 = 0xffff_ffff
    let steps = count / (3 * lanes)
    if steps >= 4, steps < shifts.count {
      var (second, third): (UInt32, UInt32) = (0, 0)
      let part = steps * lanes
      while offset < part {
        register = step(register, octets, offset, table)
        second = step(second, octets, part + offset, table)
        third = step(third, octets, 2 * part + offset, table)
        offset += lanes
      }
      let shift = shifts[steps]
      register = multiply(multiply(register, shift) ^ second, shift) ^ third
      offset = 3 * part
    }
    while count - offset >= lanes {
      register = step(register, octets, offset, table)
      offset += lanes
    }
    while offset < count {
      let octet = Int(truncatingIfNeeded: register ^ UInt32(octets.octet(at: offset))) & 0xff
      register = register >> 8 ^ table[octet]
      offset += 1
    }
    return ~register
  }

  /// The register after sixteen more octets.
  @inline(__always)
  private static func step(
    _ register: UInt32, _ octets: RawSpan, _ offset: Int, _ table: Span<UInt32>
  ) -> UInt32 {
    let low = octets.word(at: offset) ^ UInt64(register)
    let high = octets.word(at: offset + 8)
    var register: UInt32 = 0
    for lane in 0..<8 {
      let first = Int(truncatingIfNeeded: low >> UInt64(8 * lane)) & 0xff
      let second = Int(truncatingIfNeeded: high >> UInt64(8 * lane)) & 0xff
      register ^= table[(15 - lane) * 256 + first] ^ table[(7 - lane) * 256 + second]
    }
    return register
  }

  /// The product of two polynomials modulo the generator, both reflected as the register is.
  private static func multiply(_ left: UInt32, _ right: UInt32) -> UInt32 {
    var product: UInt32 = 0
    var right = right
    for bit in 0..<32 {
      product ^= right & (0 &- (left >> UInt32(31 - bit) & 1))
      right = right >> 1 ^ (polynomial & (0 &- (right & 1)))
    }
    return product
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

  /// Octets that are taken in one step.
  private static var lanes: Int { 16 }

  /// What the register is multiplied with so that so many steps of zero octets follow it: x^(128·steps).
  private static let shifts: [UInt32] = {
    var shifts: [UInt32] = [1 << 31]
    for _ in 0..<64 {
      var power = shifts[shifts.count - 1]
      for _ in 0..<(8 * lanes) { power = power >> 1 ^ (polynomial & (0 &- (power & 1))) }
      shifts.append(power)
    }
    return shifts
  }()

  /// Sixteen tables of 256: `tables[k * 256 + octet]` is what the octet does to the register when k
  /// zero octets follow it.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: lanes * 256)
    for octet in 0..<256 {
      var value = UInt32(octet)
      for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ polynomial }
      tables[octet] = value
    }
    for index in 256..<tables.count {
      let before = tables[index - 256]
      tables[index] = before >> 8 ^ tables[Int(before & 0xff)]
    }
    return tables
  }()
}

extension RawSpan {
  /// Eight octets, the first as the least significant.
  fileprivate func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}
