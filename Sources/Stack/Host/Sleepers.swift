/// A call whose caller sleeps.
struct BlockedCall: Sendable {
  let process: ProcessID
  let call: SocketCall
  let slot: Int
  /// The call's number in its input's journal.
  let number: Int
  /// Octets of a `send` that have been taken already.
  var done: Int
}

/// Sockets on which something happened: nearly always one, which needs no memory of its own.
struct Signals: Sendable {
  private(set) var first = -1
  private(set) var others: [Int] = []

  init(_ slots: [Int] = []) { for slot in slots { insert(slot) } }

  @inline(__always) var isEmpty: Bool { first < 0 }

  @inline(__always)
  mutating func insert(_ slot: Int) {
    if first < 0 {
      first = slot
    } else if first != slot, !others.contains(slot) {
      others.append(slot)
    }
  }

  @inline(__always)
  mutating func removeAll() {
    first = -1
    if !others.isEmpty { others.removeAll(keepingCapacity: true) }
  }
}

/// The calls whose callers sleep, found by the socket that they wait for: what happens on one socket does not
/// look at those that wait for others.
struct Sleepers: Sendable {
  private struct Bed: Sendable {
    var call: BlockedCall?
    /// Older ones are woken first, whichever socket they wait for.
    var age: UInt64 = 0
    /// The next younger one of the same socket; -1 for none.
    var next = -1
  }

  private var beds: [Bed] = []
  private var free: [Int] = []
  /// The oldest of each socket, by slot; -1 for none.
  private var oldest: [Int] = []
  private var births: UInt64 = 0

  var isEmpty: Bool { beds.count == free.count }

  /// The call in a bed.
  subscript(bed: Int) -> BlockedCall? { beds[bed].call }

  mutating func insert(_ call: BlockedCall) {
    births += 1
    let bed = free.popLast() ?? beds.count
    if bed == beds.count { beds.append(Bed()) }
    beds[bed] = Bed(call: call, age: births)
    while oldest.count <= call.slot { oldest.append(-1) }
    guard oldest[call.slot] >= 0 else {
      oldest[call.slot] = bed
      return
    }
    var last = oldest[call.slot]
    while beds[last].next >= 0 { last = beds[last].next }
    beds[last].next = bed
  }

  /// How far a call has come that goes on sleeping.
  mutating func update(_ bed: Int, done: Int) { beds[bed].call?.done = done }

  mutating func remove(_ bed: Int) {
    guard let slot = beds[bed].call?.slot else { return }
    if oldest[slot] == bed {
      oldest[slot] = beds[bed].next
    } else {
      var before = oldest[slot]
      while beds[before].next != bed { before = beds[before].next }
      beds[before].next = beds[bed].next
    }
    beds[bed] = Bed()
    free.append(bed)
  }

  /// The bed of the one who waits for the sockets, if it is one alone: nearly always.
  func onlyOne(waitingOn signals: Signals) -> Int? {
    let slot = signals.first
    guard signals.others.isEmpty, slot >= 0, slot < oldest.count, oldest[slot] >= 0,
      beds[oldest[slot]].next < 0
    else { return nil }
    return oldest[slot]
  }

  /// The beds of those who wait for any of the sockets, the oldest first. O(those who wait for them).
  func waiting(on signals: Signals) -> [Int] {
    var found: [Int] = []
    add(those: signals.first, to: &found)
    for slot in signals.others { add(those: slot, to: &found) }
    if !signals.others.isEmpty { found.sort { beds[$0].age < beds[$1].age } }
    return found
  }

  private func add(those slot: Int, to found: inout [Int]) {
    guard slot >= 0, slot < oldest.count else { return }
    var bed = oldest[slot]
    while bed >= 0 {
      found.append(bed)
      bed = beds[bed].next
    }
  }

  /// The beds of a process, the oldest first. O(those who sleep).
  func beds(of process: ProcessID) -> [Int] {
    beds.indices.filter { beds[$0].call?.process == process }
      .sorted { beds[$0].age < beds[$1].age }
  }

  mutating func removeAll(of process: ProcessID) {
    for bed in beds(of: process) { remove(bed) }
  }
}
