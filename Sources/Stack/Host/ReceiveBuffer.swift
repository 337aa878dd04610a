import Wire

/// What has arrived: octets in order that the application has not read, and pieces behind a gap.
///
/// What is in order lies in one array, which an application that reads all of it is handed as it is. The
/// pieces are parts of the frames they came in.
struct ReceiveBuffer: Sendable {
  /// A run of octets inside the frame that brought it.
  struct Piece: Sendable {
    var frame: [UInt8]
    var range: Range<Int>
    var sequence: SequenceNumber

    var end: SequenceNumber { sequence + UInt32(range.count) }
  }

  /// Octets in order; the first `gone` have been read.
  private var ready: [UInt8] = []
  private var gone = 0
  /// What the application was handed of late: as much will come again.
  private var expected = 0
  /// Pieces that came early, by sequence number, without overlap.
  private(set) var held: [Piece] = []
  /// The stretches behind a gap, the one that something was added to last first (RFC 2018 §4).
  private(set) var islands: [SACKBlock] = []
  /// What has arrived twice, to be told once (RFC 2883 §4).
  var duplicate: SACKBlock?
  /// More pieces than this are not kept: each of them holds on to its whole frame.
  static let heldLimit = 4096
  /// The sequence number of a FIN that came early.
  var heldFin: SequenceNumber?

  /// There is something to tell in SACK blocks.
  @inline(__always) var hasReport: Bool { !held.isEmpty || duplicate != nil }

  /// Nothing has come early and nothing twice.
  @inline(__always) var isCalm: Bool { held.isEmpty && duplicate == nil && heldFin == nil }

  /// Adds a part of a frame. O(octets).
  mutating func append(_ frame: [UInt8], _ range: Range<Int>) {
    if ready.capacity == 0 {
      ready.reserveCapacity(max(range.count, min(expected, Self.roomAhead)))
    }
    ready.append(contentsOf: frame[range])
  }

  /// Octets that are asked for ahead at most.
  private static let roomAhead = 65_536

  /// Octets in order that are there. O(1).
  var count: Int { ready.count - gone }

  /// Takes up to `limit` octets out. O(octets); O(1) where that is all there is.
  mutating func read(_ limit: Int) -> [UInt8] {
    guard gone == 0, ready.count <= limit else { return readPart(limit) }
    var result: [UInt8] = []
    if 4 * ready.count >= ready.capacity {
      swap(&result, &ready)
      expected = result.count
      return result
    }
    // Not worth the room that it lies in: that is kept for a while, for more to come.
    result = Array(ready)
    expected /= 2
    ready.removeAll(keepingCapacity: 4 * expected >= ready.capacity)
    return result
  }

  private mutating func readPart(_ limit: Int) -> [UInt8] {
    let end = gone + min(limit, count)
    let result = Array(ready[gone..<end])
    gone = end
    if gone == ready.count || (gone > Self.roomAhead && 2 * gone > ready.count) {
      ready.removeFirst(gone)
      gone = 0
    }
    return result
  }

  /// The octets in order, for showing. O(octets).
  var octets: [UInt8] { Array(ready[gone...]) }

  /// Keeps a piece that lies behind a gap, without what is held already. O(pieces held).
  mutating func hold(_ piece: Piece) {
    guard held.count < Self.heldLimit else { return }
    report(piece)
    var rest = piece
    var index = 0
    while index < held.count, !rest.range.isEmpty {
      let other = held[index]
      if other.end.isAtOrBefore(rest.sequence) {
        index += 1
        continue
      }
      if rest.end.isAtOrBefore(other.sequence) { break }
      if rest.sequence.isBefore(other.sequence) {
        let before = Int(other.sequence.distance(from: rest.sequence))
        var front = rest
        front.range = rest.range.lowerBound..<(rest.range.lowerBound + before)
        held.insert(front, at: index)
        index += 1
      }
      let covered = min(Int(other.end.distance(from: rest.sequence)), rest.range.count)
      rest.range = (rest.range.lowerBound + covered)..<rest.range.upperBound
      rest.sequence = rest.sequence + UInt32(covered)
      index += 1
    }
    if !rest.range.isEmpty { held.insert(rest, at: index) }
  }

  /// What of a piece is there already, behind the gap: its first part is told (RFC 2883 §4.2). O(stretches).
  mutating func noteOverlap(_ piece: Piece) {
    guard duplicate == nil else { return }
    for island in islands {
      let from = island.left.isAfter(piece.sequence) ? island.left : piece.sequence
      let to = island.right.isBefore(piece.end) ? island.right : piece.end
      guard from.isBefore(to), duplicate.map({ from.isBefore($0.left) }) ?? true else { continue }
      duplicate = SACKBlock(left: from, right: to)
    }
  }

  /// Writes down what is to be told of a piece behind a gap. O(stretches).
  private mutating func report(_ piece: Piece) {
    noteOverlap(piece)
    var stretch = SACKBlock(left: piece.sequence, right: piece.end)
    var rest: [SACKBlock] = []
    for island in islands {
      if island.right.isBefore(stretch.left) || stretch.right.isBefore(island.left) {
        rest.append(island)
        continue
      }
      if island.left.isBefore(stretch.left) { stretch.left = island.left }
      if island.right.isAfter(stretch.right) { stretch.right = island.right }
    }
    islands = [stretch] + rest
  }

  /// Takes the next held piece that begins at or before `next`, cut to what is new; nil when a gap remains.
  mutating func takeHeld(at next: SequenceNumber) -> Piece? {
    while var first = held.first, first.sequence.isAtOrBefore(next) {
      held.removeFirst()
      islands.removeAll {
        $0.left.isAtOrBefore(first.sequence) && first.sequence.isBefore($0.right)
      }
      let old = min(Int(next.distance(from: first.sequence)), first.range.count)
      guard old < first.range.count else { continue }
      first.range = (first.range.lowerBound + old)..<first.range.upperBound
      first.sequence = next
      return first
    }
    return nil
  }

  mutating func removeAll() {
    if ready.capacity > 0 { ready.removeAll() }
    gone = 0
    if !held.isEmpty { held.removeAll() }
    if !islands.isEmpty { islands.removeAll() }
    duplicate = nil
    heldFin = nil
    expected = 0
  }
}
