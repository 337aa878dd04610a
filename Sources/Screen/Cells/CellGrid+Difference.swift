/// Neighbouring cells of one row that are to be painted.
public struct CellSpan: Hashable, Sendable {
  /// The first column.
  public let x: Int
  public let y: Int
  /// Whole characters: never begins with a continuation, never ends with half a character.
  public let cells: [Cell]
}

/// What has to be painted to turn a screen that shows `old` into one that shows `new`.
///
/// - Parameter old: nil, or a grid of another size, when nothing of it can be kept.
public func difference(_ old: CellGrid?, _ new: CellGrid) -> [CellSpan] {
  var spans: [CellSpan] = []
  let old = old?.size == new.size ? old : nil
  for y in 0..<new.height {
    let fresh = new.row(y)
    guard let stale = old?.row(y) else {
      spans.append(CellSpan(x: 0, y: y, cells: Array(fresh)))
      continue
    }
    var index = fresh.startIndex
    while index < fresh.endIndex {
      guard fresh[index] != stale[index] else {
        index += 1
        continue
      }
      var first = index
      if fresh[first].isContinuation { first -= 1 }
      while index < fresh.endIndex, fresh[index] != stale[index] || fresh[index].isContinuation {
        index += 1
      }
      spans.append(CellSpan(x: first - fresh.startIndex, y: y, cells: Array(fresh[first..<index])))
    }
  }
  return spans
}
