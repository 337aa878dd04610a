import DequeModule
import Wire

/// The octets that the application handed over and the peer has not acknowledged yet.
///
/// How many there are is the control block's `send.queue`; this holds what they are. What the block claims
/// beyond that reads as zero, like memory nobody has written.
struct SendBuffer: Sendable {
  /// A part of an array that was handed over: its octets are copied once, into the segments.
  private struct Chunk: Sendable {
    let octets: [UInt8]
    var range: Range<Int>
  }

  private var chunks = Deque<Chunk>()
  /// Octets of the first chunk that are gone already.
  private var gone = 0

  /// Octets that are there. O(1).
  private(set) var count = 0
  /// Octets beyond those, claimed by a block that somebody wrote over, that are sent or shown as zeros.
  static let inventedLimit = 65_536

  /// Takes a part of an application's array; parts of one array that follow each other are one chunk.
  mutating func append(_ octets: [UInt8], _ range: Range<Int>) {
    count += range.count
    if let last = chunks.indices.last, chunks[last].range.upperBound == range.lowerBound,
      chunks[last].octets.isSameStorage(octets)
    {
      chunks[last].range = chunks[last].range.lowerBound..<range.upperBound
    } else {
      chunks.append(Chunk(octets: octets, range: range))
    }
  }

  /// Drops the octets that have been acknowledged.
  mutating func removeFirst(_ count: Int) {
    self.count -= min(count, self.count)
    gone += count
    while !chunks.isEmpty, gone >= chunks[0].range.count {
      gone -= chunks[0].range.count
      chunks.removeFirst()
    }
    if chunks.isEmpty { gone = 0 }
  }

  mutating func removeAll() {
    if !chunks.isEmpty { chunks.removeAll() }
    gone = 0
    count = 0
  }

  /// Copies `count` octets from `offset` on into `destination` at `position`. O(chunks + count).
  func copy(from offset: Int, count: Int, into destination: inout [UInt8], at position: Int) {
    var skip = offset + gone
    var written = 0
    for index in chunks.indices {
      if written == count { return }
      let length = chunks[index].range.count
      if skip >= length {
        skip -= length
        continue
      }
      let part = min(length - skip, count - written)
      destination.replaceOctets(
        at: position + written, with: chunks[index].octets,
        from: chunks[index].range.lowerBound + skip, count: part)
      written += part
      skip = 0
    }
  }

  /// The same with the one's complement sum of the octets, on the way (RFC 1071). O(chunks + count).
  func copyAndSum(
    from offset: Int, count: Int, into target: inout MutableRawSpan, at position: Int
  ) -> UInt16 {
    var skip = offset + gone
    var written = 0
    var sum: UInt16 = 0
    for index in chunks.indices where written < count {
      let length = chunks[index].range.count
      if skip >= length {
        skip -= length
        continue
      }
      let part = min(length - skip, count - written)
      let octets = chunks[index].octets
      let start = chunks[index].range.lowerBound + skip
      sum = InternetChecksum.combine(
        sum,
        InternetChecksum.copy(
          octets.span.bytes.extracting(start..<(start + part)), into: &target,
          at: position + written),
        atOddOffset: written & 1 != 0)
      written += part
      skip = 0
    }
    for place in written..<count { target.put(UInt8(0), at: position + place) }
    return sum
  }

  /// The octets from `offset` on, for showing. O(count).
  func octets(from offset: Int, count: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    copy(from: offset, count: count, into: &result, at: 0)
    return result
  }
}

extension [UInt8] {
  /// Overwrites `count` octets at `position` by those of `source` from `start` on.
  ///
  /// One `memcpy`: assigning slice to slice costs an allocation here, for every segment.
  @inline(__always)
  mutating func replaceOctets(
    at position: Int, with source: [UInt8], from start: Int, count: Int
  ) {
    precondition(position + count <= self.count && start + count <= source.count)
    withUnsafeMutableBytes { target in
      source.withUnsafeBytes { octets in
        UnsafeMutableRawBufferPointer(rebasing: target[position..<(position + count)])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: octets[start..<(start + count)]))
      }
    }
  }

  /// Whether both are one array in memory; as long as both live they then hold the same octets.
  fileprivate func isSameStorage(_ other: [UInt8]) -> Bool {
    withUnsafeBytes { one in other.withUnsafeBytes { one.baseAddress == $0.baseAddress } }
  }
}
