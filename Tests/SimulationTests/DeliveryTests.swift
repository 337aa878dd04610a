import Foundation
import Session
import Simulation
import Stack
import Testing

/// Many transfers over bad lines between hosts whose switches are drawn: what TCP promises must hold in each.
///
/// `SOCKSCOPE_SEEDS` says how many seeds are run, `SOCKSCOPE_SEED` names the one to be run. Each that fails is
/// written as a recording, so that it can be looked at in the terminal.
@Suite struct DeliveryTests {
  private static let environment = ProcessInfo.processInfo.environment
  static let seeds: Range<UInt64> = {
    if let one = environment["SOCKSCOPE_SEED"].flatMap({ UInt64($0) }) { return one..<(one + 1) }
    return 0..<(environment["SOCKSCOPE_SEEDS"].flatMap { UInt64($0) } ?? 200)
  }()

  @Test func everyOctetArrivesOnceAndInOrder() async throws {
    let seeds = Self.seeds
    let lanes = 8
    let tally = await withTaskGroup(of: DeliveryTally.self) { group in
      for lane in 0..<UInt64(lanes) {
        group.addTask {
          var tally = DeliveryTally()
          for seed in seeds where seed % UInt64(lanes) == lane { tally.run(seed) }
          return tally
        }
      }
      var sum = DeliveryTally()
      for await tally in group { sum.add(tally) }
      return sum
    }
    for failure in tally.wrong { Issue.record("\(failure)") }
    let quiet = tally.outcomes[.below20]
    #expect(
      (quiet?.gaveUp ?? 0) * 100 <= quiet?.count ?? 0,
      "below 20 % loss too many gave up: \(tally.gaveUp.sorted())")
    print("delivery: \(tally)")
    if seeds.count == 1, let seed = seeds.first { print(DeliveryTally.record(seed)) }
    guard seeds.count >= 100 else { return }
    #expect(tally.counters.lost > 0)
    #expect(tally.counters.duplicated > 0)
    #expect(tally.counters.reordered > 0)
    #expect(tally.counters.damaged > 0)
    #expect(tally.retransmissions > 0)
    #expect(tally.timed.gaveUp > 0 && tally.timed.gaveUp < tally.timed.count)
    #expect(tally.marks > seeds.count)
  }

  /// What is written of a failure is the failure: the recording, read again, is the same run.
  @Test(arguments: [UInt64(1), 7, 23])
  func aSeedCanBeRecordedAndReplayed(seed: UInt64) throws {
    var run = DeliveryRun(DeliveryScenario(seed: seed, isObserved: true))
    var journal = Journal(isLooking: true)
    try run.run(&journal)
    let octets = Recording.octets(of: [Recording.Part(run.scenario.timeline())])
    let read = try #require(try Recording.parts(in: octets).first).timeline
    #expect(read.live.now == run.world.now)
    #expect(read.momentCount == journal.moments.count)
    #expect(
      zip(read.moments, journal.moments).allSatisfy {
        $0.time == $1.time && $0.host == $1.host && $0.event == $1.event && $0.unit == $1.unit
      })
    #expect(read.frames.count > 5)
  }

  @Test func theCommandNamesAFileThatIsThere() throws {
    let file = try #require(DeliveryTally.record(3).split(separator: " ").last.map(String.init))
    let octets = try #require(FileManager.default.contents(atPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(try Recording.parts(in: Array(octets)).count == 1)
  }

  /// The test above must be able to fail: it finds a stack out that takes what is damaged.
  @Test func withoutTheChecksumWhatArrivesIsNotWhatWasSent() throws {
    let corrupted = try Self.endings(without: .segmentChecksum).count { $0 == .corrupted }
    #expect(corrupted > 8, "only \(corrupted) of 100 seeds")
  }

  /// And one that does not keep what lies behind a gap.
  @Test func withoutReassemblyTextIsForgotten() throws {
    let spoiled = try Self.endings(without: .textHeld).count { $0 != .delivered }
    #expect(spoiled > 10, "only \(spoiled) of 100 seeds")
  }

  /// And one that does not look at URG.
  @Test func withoutTheSixthCheckNobodyLearnsTheMark() throws {
    let wrong = try (UInt64(0)..<100).count { seed in
      var run = DeliveryRun(
        DeliveryScenario(seed: seed) { $0.rulesNotFollowed.insert(.urgentNoted) })
      var journal = Journal(isLooking: false)
      try run.run(&journal)
      return run.ending == .delivered && run.wrongMark != nil
    }
    #expect(wrong > 10, "only \(wrong) of 100 seeds")
  }

  /// How 100 seeds end where the hosts do not follow a rule; nil for a run that something is wrong in.
  private static func endings(without rule: Rule) throws -> [DeliveryRun.Ending?] {
    try (UInt64(0)..<100).map { seed in
      var run = DeliveryRun(DeliveryScenario(seed: seed) { $0.rulesNotFollowed.insert(rule) })
      var journal = Journal(isLooking: false)
      try run.run(&journal)
      return run.ending == .corrupted || run.invariants.violations.isEmpty ? run.ending : nil
    }
  }
}
