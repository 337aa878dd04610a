/// Which sockets' timers are due when: an ordering made from the control blocks' `timer.due`.
///
/// The blocks are the truth; an entry that its block no longer bears out is dropped when it comes up. So
/// restarting a timer costs nothing here as long as an earlier entry is queued.
struct Deadlines: Sendable {
  struct Entry: Sendable {
    let due: Instant
    let slot: Int

    /// Earlier first, then by slot: simultaneous timers fire in a fixed order.
    static func precedes(_ left: Entry, _ right: Entry) -> Bool {
      left.due != right.due ? left.due < right.due : left.slot < right.slot
    }
  }

  private var heap: [Entry] = []
  /// The earliest entry queued for each slot; `.max` for none.
  private var queued: [UInt64] = []

  var first: Entry? { heap.first }

  /// Makes sure that the slot comes up at `due` or before. O(log n), O(1) when it already does.
  mutating func ensure(_ slot: Int, by due: Instant) {
    while queued.count <= slot { queued.append(.max) }
    guard due.nanoseconds < queued[slot] else { return }
    queued[slot] = due.nanoseconds
    heap.append(Entry(due: due, slot: slot))
    siftUp(heap.count - 1)
  }

  /// Takes the first entry off. O(log n).
  mutating func removeFirst() -> Entry {
    let last = heap.removeLast()
    guard let entry = heap.first else {
      if queued[last.slot] == last.due.nanoseconds { queued[last.slot] = .max }
      return last
    }
    fillFirst(with: last)
    if queued[entry.slot] == entry.due.nanoseconds { queued[entry.slot] = .max }
    return entry
  }

  /// The entry moves up to where it belongs; the others make room for it.
  private mutating func siftUp(_ start: Int) {
    var entries = heap.mutableSpan
    let entry = entries[start]
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard Entry.precedes(entry, entries[parent]) else { break }
      entries[index] = entries[parent]
      index = parent
    }
    entries[index] = entry
  }

  /// The last entry takes the first one's place: it nearly always belongs near the leaves again, so that it is
  /// cheaper to make room down to a leaf and then to move up.
  private mutating func fillFirst(with entry: Entry) {
    let hole = moveHoleToLeaf()
    heap[hole] = entry
    siftUp(hole)
  }

  private mutating func moveHoleToLeaf() -> Int {
    var entries = heap.mutableSpan
    let count = entries.count
    var hole = 0
    var child = 2
    while child < count {
      if Entry.precedes(entries[child - 1], entries[child]) { child -= 1 }
      entries[hole] = entries[child]
      hole = child
      child = 2 * hole + 2
    }
    if child == count {
      entries[hole] = entries[child - 1]
      hole = child - 1
    }
    return hole
  }
}
