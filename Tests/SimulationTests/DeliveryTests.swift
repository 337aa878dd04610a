import Foundation
import Simulation
import Stack
import Testing

/// Many transfers over bad lines: what TCP promises must hold in each of them.
///
/// `SOCKSCOPE_SEEDS` says how many seeds are run.
@Suite struct DeliveryTests {
  static let seedCount =
    ProcessInfo.processInfo.environment["SOCKSCOPE_SEEDS"].flatMap { Int($0) } ?? 2000

  struct Tally {
    var delivered = 0
    var gaveUp: [UInt64] = []
    var wrong: [(seed: UInt64, why: String)] = []
    var counters = WireCounters()
    var retransmissions = 0

    mutating func add(_ other: Tally) {
      delivered += other.delivered
      gaveUp += other.gaveUp
      wrong += other.wrong
      counters = counters + other.counters
      retransmissions += other.retransmissions
    }
  }

  @Test func nearlyEverythingIsDeliveredOnceAndInOrder() async throws {
    let count = Self.seedCount
    let lanes = 8
    let tally = await withTaskGroup(of: Tally.self) { group in
      for lane in 0..<lanes {
        group.addTask {
          var tally = Tally()
          for seed in stride(from: lane, to: count, by: lanes) { Self.run(UInt64(seed), &tally) }
          return tally
        }
      }
      var sum = Tally()
      for await tally in group { sum.add(tally) }
      return sum
    }
    for (seed, why) in tally.wrong { Issue.record("seed \(seed): \(why)") }
    #expect(
      tally.delivered * 100 >= count * 99,
      "\(tally.delivered) of \(count) delivered; not so the seeds \(tally.gaveUp.sorted())")
    #expect(tally.delivered + tally.gaveUp.count + tally.wrong.count == count)
    #expect(tally.counters.lost > 0)
    #expect(tally.counters.duplicated > 0)
    #expect(tally.counters.reordered > 0)
    #expect(tally.counters.damaged > 0)
    #expect(tally.retransmissions > 0)
    print(
      "delivery: \(tally.delivered) of \(count) seeds, gave up \(tally.gaveUp.sorted());",
      "\(tally.counters.sent) frames sent, \(tally.counters.lost) lost,",
      "\(tally.counters.duplicated) duplicated, \(tally.counters.reordered) overtaken,",
      "\(tally.counters.damaged) damaged, \(tally.retransmissions) retransmissions")
  }

  static func run(_ seed: UInt64, _ tally: inout Tally) {
    var run = DeliveryRun(seed: seed)
    var journal = Journal(isLooking: false)
    try? run.run(&journal)
    tally.counters = tally.counters + run.world.counters
    tally.retransmissions += run.retransmissions
    if let violation = run.invariants.violations.first {
      return tally.wrong.append((seed, violation))
    }
    switch run.ending {
    case .delivered: tally.delivered += 1
    case .corrupted: tally.wrong.append((seed, "what arrived is not what was sent"))
    case .failed, .incomplete:
      if let why = whyNotExcused(seed, run.ending) {
        tally.wrong.append((seed, why))
      } else {
        tally.gaveUp.append(seed)
      }
    }
  }

  /// A transfer may fail only because a side gave up after R2 (RFC 9293 §3.8.3), and a moment says so.
  static func whyNotExcused(_ seed: UInt64, _ ending: DeliveryRun.Ending) -> String? {
    var again = DeliveryRun(seed: seed, isObserved: true)
    var journal = Journal(isLooking: true)
    try? again.run(&journal)
    guard again.ending == ending else { return "observed it ends otherwise: \(again.ending)" }
    guard journal.moments.contains(where: { $0.rule == .giveUp }) else {
      return "ends with \(ending), and nobody gave up"
    }
    switch ending {
    case .failed(.timedOut), .failed(.reset), .incomplete: return nil
    default: return "ends with \(ending)"
    }
  }

  /// The test above must be able to fail: it finds a stack out that takes what is damaged.
  @Test func withoutTheChecksumWhatArrivesIsNotWhatWasSent() throws {
    var corrupted = 0
    for seed in UInt64(0)..<40 {
      var run = DeliveryRun(seed: seed) { $0.rulesNotFollowed.insert(.segmentChecksum) }
      var journal = Journal(isLooking: false)
      try run.run(&journal)
      if run.ending == .corrupted { corrupted += 1 }
    }
    #expect(corrupted > 10, "only \(corrupted) of 40 seeds")
  }

  /// And one that does not keep what lies behind a gap.
  @Test func withoutReassemblyTextIsForgotten() throws {
    var spoiled = 0
    for seed in UInt64(0)..<40 {
      var run = DeliveryRun(seed: seed) { $0.rulesNotFollowed.insert(.textHeld) }
      var journal = Journal(isLooking: false)
      try run.run(&journal)
      if !run.invariants.violations.isEmpty || run.ending != .delivered { spoiled += 1 }
    }
    #expect(spoiled > 10, "only \(spoiled) of 40 seeds")
  }
}
