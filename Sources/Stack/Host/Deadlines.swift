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
    let last = heap.removeLast()
    guard let entry = heap.first else {
      if queued[last.slot] == last.due.nanoseconds { queued[last.slot] = .max }
      return last
    }
    heap[0] = last
    siftDown(0)
    if queued[entry.slot] == entry.due.nanoseconds { queued[entry.slot] = .max }
    return entry
  }

  /// The entry moves up to where it belongs; the others make room for it.
  private mutating func siftUp(_ start: Int) {
    let entry = heap[start]
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard Entry.precedes(entry, heap[parent]) else { break }
      heap[index] = heap[parent]
      index = parent
    }
    heap[index] = entry
  }

  private mutating func siftDown(_ start: Int) {
    let entry = heap[start]
    let count = heap.count
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < count else { break }
      if child + 1 < count, Entry.precedes(heap[child + 1], heap[child]) { child += 1 }
      guard Entry.precedes(heap[child], entry) else { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = entry
  }
}
