/// The numbers of pcapng's blocks and options, for the writer and the reader.
enum PcapNGBlock {
  static let sectionHeader: UInt32 = 0x0a0d_0d0a
  static let interfaceDescription: UInt32 = 1
  /// Obsolete, but found in old files.
  static let packet: UInt32 = 2
  static let simplePacket: UInt32 = 3
  static let interfaceStatistics: UInt32 = 5
  static let enhancedPacket: UInt32 = 6
  static let custom: UInt32 = 0x0000_0bad
  static let customNotCopied: UInt32 = 0x4000_0bad

  static let byteOrderMagic: UInt32 = 0x1a2b_3c4d
  /// Type, length, and the length again.
  static let minimumLength = 12

  /// Options; what a code means depends on the block, except for the first two.
  enum Option {
    static let end: UInt16 = 0
    static let comment: UInt16 = 1
    static let interfaceName: UInt16 = 2
    static let application: UInt16 = 4
    static let timeResolution: UInt16 = 9
    static let fcsLength: UInt16 = 13
    static let timeOffset: UInt16 = 14
    /// Octets behind an enterprise number (opt_custom), which programs may copy.
    static let customOctets: UInt16 = 2989
    /// The same, not to be copied into files that are changed.
    static let customOctetsNotCopied: UInt16 = 19373
  }
}

/// The unit of an interface's times, and where they begin (if_tsresol, if_tsoffset).
struct TimeScale {
  /// The option's octet: a power of ten, or of two where the highest bit is 1, negated.
  var resolution: UInt8 = 6
  /// Seconds to add.
  var offset: Int64 = 0

  /// A time of this scale in nanoseconds; nil when 64 bits do not hold it.
  func nanoseconds(_ time: UInt64) -> UInt64? {
    let power = Int(resolution & 0x7f)
    var total = Int128(time) * 1_000_000_000
    if resolution & 0x80 != 0 {
      total >>= Int128(power)
    } else {
      // Ten to the 38th is the greatest that 128 bits hold; the time is below that anyway.
      for _ in 0..<min(power, 38) { total /= 10 }
    }
    return UInt64(exactly: total + Int128(offset) * 1_000_000_000)
  }
}
