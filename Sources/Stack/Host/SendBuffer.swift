import DequeModule

/// The octets that the application handed over and the peer has not acknowledged yet.
///
/// How many there are is the control block's `send.queue`; this holds what they are. What the block claims
/// beyond that reads as zero, like memory nobody has written.
struct SendBuffer: Sendable {
  /// Parts of the arrays that were handed over: their octets are copied once, into the segments.
  private var chunks = Deque<ArraySlice<UInt8>>()
  /// Octets of the first chunk that are gone already.
  private var gone = 0

  /// Octets that are there. O(1).
  private(set) var count = 0
  /// Octets beyond those, claimed by a block that somebody wrote over, that are sent or shown as zeros.
  static let inventedLimit = 65_536

  mutating func append(_ octets: ArraySlice<UInt8>) {
    chunks.append(octets)
    count += octets.count
  }

  /// Drops the octets that have been acknowledged.
  mutating func removeFirst(_ count: Int) {
    self.count -= min(count, self.count)
    gone += count
    while let first = chunks.first, gone >= first.count {
      gone -= first.count
      chunks.removeFirst()
    }
    if chunks.isEmpty { gone = 0 }
  }

  mutating func removeAll() {
    chunks.removeAll()
    gone = 0
    count = 0
  }

  /// Copies `count` octets from `offset` on into `destination` at `position`. O(chunks + count).
  func copy(from offset: Int, count: Int, into destination: inout [UInt8], at position: Int) {
    var skip = offset + gone
    var written = 0
    for index in chunks.indices {
      if written == count { return }
      let length = chunks[index].count
      if skip >= length {
        skip -= length
        continue
      }
      let part = min(length - skip, count - written)
      destination.replaceOctets(
        at: position + written, with: chunks[index], from: skip, count: part)
      written += part
      skip = 0
    }
  }

  /// The octets from `offset` on, for showing. O(count).
  func octets(from offset: Int, count: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    copy(from: offset, count: count, into: &result, at: 0)
    return result
  }
}

extension [UInt8] {
  /// Overwrites `count` octets at `position` by those of `source`, from its octet number `start` on.
  ///
  /// One `memcpy`: assigning slice to slice costs an allocation here, for every segment.
  @inline(__always)
  mutating func replaceOctets(
    at position: Int, with source: ArraySlice<UInt8>, from start: Int, count: Int
  ) {
    precondition(position + count <= self.count && start + count <= source.count)
    withUnsafeMutableBytes { target in
      source.withUnsafeBytes { octets in
        UnsafeMutableRawBufferPointer(rebasing: target[position..<(position + count)])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: octets[start..<(start + count)]))
      }
    }
  }
}
