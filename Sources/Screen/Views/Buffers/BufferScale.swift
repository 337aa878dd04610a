import Stack

/// Which octets the cells of a row of buffers stand for.
struct BufferScale {
  /// Octets of a cell.
  let octets: Int
  /// The place of the first cell's first octet.
  let base: Int
  let cells: Int

  var end: Int { base + octets * cells }

  /// The cell that a place lies in; outside of the row as well.
  func cell(_ place: Int) -> Int {
    let distance = place - base
    return distance >= 0 ? distance / octets : (distance - octets + 1) / octets
  }

  /// `1 cell = 146 bytes`.
  func text(_ scene: Scene) -> String {
    scene.say("1칸 = \(octets)바이트", "1 cell = \(octets) bytes")
  }

  func contains(_ place: Int) -> Bool { (base..<end).contains(place) }

  /// A row for a stream: as coarse as the whole window needs, made finer or coarser by the learner's steps.
  ///
  /// The first cell moves in steps, so that what an acknowledgment moves is seen to move.
  init(_ stream: OctetStream, cells: Int, zoom: Int, focus: Int?) {
    let cells = max(1, cells)
    self.cells = cells
    let widest = Self.widest(stream)
    let steps = Self.steps(stream)
    let fitting = steps.firstIndex { $0 * cells * 3 >= widest * 4 } ?? steps.count - 1
    let octets = steps[min(max(fitting - zoom, 0), steps.count - 1)]
    self.octets = octets
    let start = stream.start
    let origin = abs(start) < 1 << 30 ? min(start, 0) : 0
    let left = Self.left(stream)
    let right = Self.right(stream)
    let span = octets * cells
    if right - left <= span {
      // Everything fits: the first cell is the stream's start for as long as the right end is in view.
      let step = max(octets, (span - widest) / octets * octets)
      let missing = max(0, right - (origin + span))
      var base = origin + (missing + step - 1) / step * step
      if base > left { base -= (base - left + octets - 1) / octets * octets }
      self.base = base
    } else {
      let step = max(octets, cells / 4 * octets)
      let place = focus ?? 0
      let distance = max(0, place - origin)
      self.base = origin + max(0, distance / step - 1) * step
    }
  }

  /// The most that a window of this connection can have, as far as the two ends know.
  private static func widest(_ stream: OctetStream) -> Int {
    var widest = max(stream.edge, stream.room, stream.next)
    if let block = stream.receiver?.block { widest = max(widest, Int(block.receiveBufferSize)) }
    if let block = stream.sender?.block, block.isSet(.sndWndMax) {
      widest = max(widest, Int(block.largestSendWindow))
    }
    return min(max(widest, 16), 1 << 30)
  }

  /// Leftmost and rightmost place that should be seen.
  private static func left(_ stream: OctetStream) -> Int {
    var places: [Int] = []
    if stream.hasSender { places.append(stream.unacknowledged) }
    if stream.hasReceiver { places += [stream.unread, stream.expected] }
    return places.min() ?? 0
  }

  private static func right(_ stream: OctetStream) -> Int {
    var places = [0]
    if stream.hasSender { places += [stream.next, stream.edge] }
    if stream.hasReceiver { places.append(stream.receiverEdge) }
    if let last = stream.islands.last { places.append(last.range.upperBound) }
    return places.max() ?? 0
  }

  /// Scales in rising order: round numbers, and parts of a segment, so that segments end at cells.
  private static func steps(_ stream: OctetStream) -> [Int] {
    var steps: Set<Int> = [1, 2, 5, 10, 20, 50]
    let block = stream.sender?.block ?? stream.receiver?.block
    let segment = block.map { $0.isSet(.mssEffective) ? Int($0.sendMaximumSegmentSize) : 0 } ?? 0
    if segment >= 100 {
      for part in [20, 10, 8, 5, 4, 2, 1] where segment % part == 0 { steps.insert(segment / part) }
      for times in [2, 5, 10, 20, 50, 100, 200, 500, 1_000] { steps.insert(segment * times) }
    } else {
      for power in [100, 1_000, 10_000, 100_000] {
        for times in [1, 2, 5] { steps.insert(power * times) }
      }
    }
    for power in [10_000_000, 20_000_000, 50_000_000] { steps.insert(power) }
    return steps.sorted()
  }
}
