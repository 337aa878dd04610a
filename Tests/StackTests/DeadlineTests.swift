import Testing

@testable import Stack

/// The order in which sockets' timers come up.
@Suite struct DeadlineTests {
  /// Every time asked for is met by an entry at or before it, and entries come by time, then by slot.
  @Test(arguments: 0..<12) func entriesComeInOrder(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var deadlines = Deadlines()
    // What each slot still waits for: its earliest time, as an earlier entry stands for all later ones.
    var model: [Int: UInt64] = [:]
    var now: UInt64 = 0
    for _ in 0..<3_000 {
      if Int.random(in: 0..<5, using: &random) < 3 {
        let slot = Int.random(in: 0..<200, using: &random)
        let due = now + UInt64.random(in: 0..<50, using: &random)
        deadlines.ensure(slot, by: Instant(nanoseconds: due))
        model[slot] = min(model[slot] ?? .max, due)
        continue
      }
      guard deadlines.first != nil else {
        #expect(model.isEmpty)
        continue
      }
      let entry = deadlines.removeFirst()
      let due = entry.due.nanoseconds
      #expect(due >= now)
      now = due
      // An entry that an earlier one has made needless comes all the same; it stands for nobody any more.
      guard model[entry.slot] == due else { continue }
      let first = model.min { ($0.value, $0.key) < ($1.value, $1.key) }
      #expect(first?.key == entry.slot && first?.value == due)
      model[entry.slot] = nil
    }
  }
}
