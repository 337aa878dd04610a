/// Which sockets' timers are due when: an ordering made from the control blocks' `timer.due`.
///
/// The blocks are the truth; an entry that its block no longer bears out is dropped when it comes up. So
/// restarting a timer costs nothing here as long as an earlier entry is queued.
struct Deadlines: Sendable {
  struct Entry: Sendable {
    var due: Instant
    var slot: Int

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
    heap.swapAt(0, heap.count - 1)
    let entry = heap.removeLast()
    if !heap.isEmpty { siftDown(0) }
    if queued[entry.slot] == entry.due.nanoseconds { queued[entry.slot] = .max }
    return entry
  }

  private mutating func siftUp(_ start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard Entry.precedes(heap[index], heap[parent]) else { return }
      heap.swapAt(index, parent)
      index = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var index = start
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
        if Entry.precedes(heap[child], heap[least]) { least = child }
      }
      guard least != index else { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
