extension TCPOptions {
  /// Writes the options into `length` octets from an offset; what is left over is the end-of-list
  /// option and its padding, all zero.
  ///
  /// The order is that of Linux: MSS, SACK permitted, timestamps, window scale, SACK blocks, each
  /// group moved to a multiple of 4. Options read from a header that packs them closer are packed
  /// too, so that they fit where they came from.
  @usableFromInline
  func write(into bytes: inout MutableRawSpan, at offset: Int, length: Int) {
    let packed = packedBlocks(in: length)
    let aligned = encodedLength <= length && writtenBlocks >= packed
    let end = offset + length
    var writer = TCPOptionWriter(offset: offset, aligned: aligned)
    if let maximumSegmentSize {
      writer.begin(Kind.maximumSegmentSize, length: 4, in: &bytes)
      writer.put(maximumSegmentSize, in: &bytes)
    }
    if sackPermitted {
      // Before timestamps it takes the place of their two no-operations.
      writer.begin(Kind.sackPermitted, length: 2, pad: timestamps == nil ? 2 : 0, in: &bytes)
    }
    if let timestamps {
      writer.begin(Kind.timestamps, length: 10, pad: sackPermitted ? 0 : 2, in: &bytes)
      writer.put(timestamps.value, in: &bytes)
      writer.put(timestamps.echo, in: &bytes)
    }
    if let windowScale {
      writer.begin(Kind.windowScale, length: 3, pad: 1, in: &bytes)
      bytes.put(windowScale, at: writer.offset)
      writer.offset += 1
    }
    let blocks = aligned ? writtenBlocks : packed
    if blocks > 0 {
      writer.begin(Kind.sack, length: 2 + 8 * blocks, pad: 2, in: &bytes)
      for index in 0..<blocks {
        writer.put(sackBlocks[index].left.value, in: &bytes)
        writer.put(sackBlocks[index].right.value, in: &bytes)
      }
    }
    precondition(writer.offset <= end, "the options do not fit into the header")
    for index in writer.offset..<end { bytes.put(Kind.end, at: index) }
  }

  /// How many SACK blocks fit when nothing is put between the options.
  private func packedBlocks(in length: Int) -> Int {
    var left = length - 2
    if maximumSegmentSize != nil { left -= 4 }
    if sackPermitted { left -= 2 }
    if timestamps != nil { left -= 10 }
    if windowScale != nil { left -= 3 }
    return Swift.min(sackBlocks.count, Swift.max(0, left / 8))
  }
}

/// Puts options one behind the other.
private struct TCPOptionWriter {
  /// Where the next octet goes.
  var offset: Int
  /// Whether no-operations go before options that need them to end at a multiple of 4.
  let aligned: Bool

  /// Writes the no-operations before an option, its kind and its length.
  mutating func begin(
    _ kind: UInt8, length: Int, pad: Int = 0, in bytes: inout MutableRawSpan
  ) {
    for _ in 0..<(aligned ? pad : 0) {
      bytes.put(TCPOptions.Kind.noOperation, at: offset)
      offset += 1
    }
    bytes.put(kind, at: offset)
    bytes.put(UInt8(length), at: offset + 1)
    offset += 2
  }

  /// Writes a 16-bit number.
  mutating func put(_ value: UInt16, in bytes: inout MutableRawSpan) {
    bytes.put(value, at: offset)
    offset += 2
  }

  /// Writes a 32-bit number.
  mutating func put(_ value: UInt32, in bytes: inout MutableRawSpan) {
    bytes.put(value, at: offset)
    offset += 4
  }
}
