/// Writes a pcapng file piece by piece: little-endian, times in nanoseconds.
///
/// A file begins with `sectionHeader()`, then comes at least one `interface(name:)`, then packets
/// and custom blocks in any order. `drain()` hands over what has been written so far, so that a
/// long recording need not stay in memory.
public struct PcapNGWriter: Sendable {
  /// What has been written and not drained.
  public private(set) var octets: [UInt8] = []
  /// How many interfaces the section has.
  public private(set) var interfaceCount: UInt32 = 0

  /// The enterprise number of our custom blocks: the one that RFC 5612 keeps for examples.
  public static let enterprise: UInt32 = 32473

  /// A writer that has written nothing.
  public init() {}

  /// Hands over what has been written since the last time.
  public mutating func drain() -> [UInt8] {
    defer { octets = [] }
    return octets
  }

  /// Begins a section.
  ///
  /// - Parameter application: the program's name for the file (shb_userappl).
  public mutating func sectionHeader(application: String = "sockscope", comments: [String] = []) {
    interfaceCount = 0
    block(PcapNGBlock.sectionHeader) { writer in
      writer.put(PcapNGBlock.byteOrderMagic)
      writer.put(UInt16(1))
      writer.put(UInt16(0))
      // The section's length is not known yet: −1.
      writer.put(UInt64.max)
      for comment in comments { writer.option(PcapNGBlock.Option.comment, comment) }
      writer.option(PcapNGBlock.Option.application, application)
      writer.endOfOptions()
    }
  }

  /// Describes an interface and returns its number in the section. Its times are nanoseconds.
  @discardableResult
  public mutating func interface(name: String, linkType: LinkType = .ethernet) -> UInt32 {
    block(PcapNGBlock.interfaceDescription) { writer in
      writer.put(linkType.rawValue)
      writer.put(UInt16(0))
      // No limit to what is kept of a frame.
      writer.put(UInt32(0))
      writer.option(PcapNGBlock.Option.interfaceName, name)
      writer.option(PcapNGBlock.Option.timeResolution, [9])
      writer.endOfOptions()
    }
    interfaceCount += 1
    return interfaceCount - 1
  }

  /// Writes a frame as an enhanced packet block.
  ///
  /// - Parameters:
  ///   - frame: the frame without its FCS.
  ///   - nanoseconds: when, since the epoch; a simulation's clock goes in as it is.
  ///   - interface: a number that `interface(name:)` has returned in this section.
  ///   - comments: what readers show beside the frame (opt_comment). Of one that is longer than
  ///     65,535 octets the rest is left out.
  public mutating func packet(
    _ frame: [UInt8], nanoseconds: UInt64, interface: UInt32 = 0, comments: [String] = []
  ) {
    precondition(interface < interfaceCount, "the interface has not been described")
    block(PcapNGBlock.enhancedPacket) { writer in
      writer.put(interface)
      writer.put(UInt32(truncatingIfNeeded: nanoseconds >> 32))
      writer.put(UInt32(truncatingIfNeeded: nanoseconds))
      writer.put(UInt32(frame.count))
      writer.put(UInt32(frame.count))
      writer.padded(frame)
      guard !comments.isEmpty else { return }
      for comment in comments { writer.option(PcapNGBlock.Option.comment, comment) }
      writer.endOfOptions()
    }
  }

  /// Writes octets that other programs skip, as a custom block of our enterprise number.
  ///
  /// Wireshark 4 shows each such block as a row of its own; `hidden(_:)` is not shown.
  ///
  /// The format pads custom data to 32 bits without telling how long they were, so the octets
  /// are put behind their length; `CaptureFile.CustomBlock.content` gives them back.
  public mutating func custom(_ content: [UInt8], isCopyable: Bool = true) {
    block(isCopyable ? PcapNGBlock.custom : PcapNGBlock.customNotCopied) { writer in
      writer.put(Self.enterprise)
      writer.put(UInt32(content.count))
      writer.padded(content)
    }
  }

  /// Writes octets that no program shows, as custom options of an interface statistics block of
  /// the first interface; a reader gives them back among its custom blocks.
  ///
  /// - Parameter nanoseconds: the time of the block.
  public mutating func hidden(_ content: [UInt8], nanoseconds: UInt64 = 0) {
    precondition(interfaceCount > 0, "no interface has been described")
    block(PcapNGBlock.interfaceStatistics) { writer in
      writer.put(UInt32(0))
      writer.put(UInt32(truncatingIfNeeded: nanoseconds >> 32))
      writer.put(UInt32(truncatingIfNeeded: nanoseconds))
      // An option holds 65,535 octets, its enterprise number among them; a reader joins them.
      let most = Int(UInt16.max) - 4
      for start in stride(from: 0, to: max(1, content.count), by: most) {
        let part = content[start..<min(start + most, content.count)]
        writer.put(PcapNGBlock.Option.customOctets)
        writer.put(UInt16(part.count + 4))
        writer.put(Self.enterprise)
        writer.padded(Array(part))
      }
      writer.endOfOptions()
    }
  }

  /// Writes a block: its type, its length, what `body` writes, and its length again.
  private mutating func block(_ type: UInt32, _ body: (inout PcapNGWriter) -> Void) {
    let start = octets.count
    put(type)
    put(UInt32(0))
    body(&self)
    let length = UInt32(octets.count - start + 4)
    for index in 0..<4 {
      octets[start + 4 + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index))
    }
    put(length)
  }

  /// Writes an option with text, whole characters of at most 65,535 octets.
  private mutating func option(_ code: UInt16, _ text: String) {
    var value = Array(text.utf8)
    if value.count > Int(UInt16.max) {
      var end = Int(UInt16.max)
      while end > 0, value[end] & 0xc0 == 0x80 { end -= 1 }
      value.removeLast(value.count - end)
    }
    option(code, value)
  }

  /// Writes an option.
  private mutating func option(_ code: UInt16, _ value: [UInt8]) {
    put(code)
    put(UInt16(value.count))
    padded(value)
  }

  private mutating func endOfOptions() { put(UInt32(0)) }

  /// Writes octets and zeros up to the next multiple of 4.
  private mutating func padded(_ value: [UInt8]) {
    octets += value
    octets += repeatElement(0, count: (4 - value.count % 4) % 4)
  }

  /// Writes a number, its least significant octet first.
  private mutating func put<T: FixedWidthInteger & UnsignedInteger>(_ value: T) {
    for shift in stride(from: 0, to: T.bitWidth, by: 8) {
      octets.append(UInt8(truncatingIfNeeded: value >> T(shift)))
    }
  }
}
