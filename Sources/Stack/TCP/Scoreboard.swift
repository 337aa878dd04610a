import Wire

/// What the peer says that it holds beyond SND.UNA, by its SACK blocks (RFC 6675 §4, Update).
///
/// Advice only (RFC 2018 §8): nothing leaves the send buffer because of it.
struct Scoreboard: Sendable {
  /// In rising order, without overlap, none touching the next.
  private(set) var ranges: [SACKBlock] = []
  /// Octets in them.
  private(set) var octets: UInt32 = 0

  var isEmpty: Bool { ranges.isEmpty }

  mutating func removeAll() {
    ranges.removeAll()
    octets = 0
  }

  /// Adds a range; tells whether any of it was new. O(ranges).
  mutating func insert(_ block: SACKBlock) -> Bool {
    var merged = block
    var place = 0
    let before = octets
    while place < ranges.count {
      let other = ranges[place]
      if other.right.isBefore(merged.left) {
        place += 1
      } else if merged.right.isBefore(other.left) {
        break
      } else {
        if other.left.isBefore(merged.left) { merged.left = other.left }
        if merged.right.isBefore(other.right) { merged.right = other.right }
        octets -= other.length
        ranges.remove(at: place)
      }
    }
    ranges.insert(merged, at: place)
    octets += merged.length
    return octets != before
  }

  /// Everything below is acknowledged by now. O(ranges).
  mutating func removeBelow(_ edge: SequenceNumber) {
    while let first = ranges.first, first.left.isBefore(edge) {
      octets -= first.length
      if first.right.isAtOrBefore(edge) {
        ranges.removeFirst()
      } else {
        ranges[0].left = edge
        octets += ranges[0].length
        return
      }
    }
  }

  /// Octets of a range that are not in any of the ranges held. O(ranges).
  func missing(from left: SequenceNumber, to right: SequenceNumber) -> UInt32 {
    guard left.isBefore(right) else { return 0 }
    var count = right.distance(from: left)
    for block in ranges {
      let from = block.left.isBefore(left) ? left : block.left
      let to = right.isBefore(block.right) ? right : block.right
      if from.isBefore(to) { count -= to.distance(from: from) }
    }
    return count
  }

  /// The first stretch that is missing from a number on: it ends at the next range, or at `end`. O(ranges).
  func gap(from start: SequenceNumber, to end: SequenceNumber) -> SACKBlock? {
    var left = start
    for block in ranges where left.isBefore(block.right) {
      if left.isBefore(block.left) {
        let right = block.left.isBefore(end) ? block.left : end
        return left.isBefore(right) ? SACKBlock(left: left, right: right) : nil
      }
      left = block.right
    }
    return left.isBefore(end) ? SACKBlock(left: left, right: end) : nil
  }

  /// The last octets that are missing between two numbers, in one piece. O(ranges).
  func lastGap(
    from start: SequenceNumber, to end: SequenceNumber, atMost length: UInt32
  ) -> SACKBlock? {
    var (left, right) = (start, end)
    if let last = ranges.last, last.right.isAtOrAfter(end) { right = last.left }
    if let below = ranges.last(where: { $0.right.isBefore(right) }), left.isBefore(below.right) {
      left = below.right
    }
    guard left.isBefore(right) else { return nil }
    if right.distance(from: left) > length { left = right - length }
    return SACKBlock(left: left, right: right)
  }

  /// Up to where all that is missing counts as lost: three ranges, or more than two segments, lie above
  /// (RFC 6675 §4, IsLost). Nil when nothing does. O(ranges).
  func lossEdge(segment: UInt32) -> SequenceNumber? {
    var count = 0
    var above: UInt32 = 0
    for block in ranges.reversed() {
      count += 1
      above += block.length
      if count >= 3 || above > 2 * segment { return block.left }
    }
    return nil
  }
}

extension SACKBlock {
  /// Octets.
  var length: UInt32 { right.distance(from: left) }
}
