import Foundation
import Session
import Simulation
import Stack

/// How many runs have ended how.
struct DeliveryTally {
  enum Band: CaseIterable, Hashable {
    case below20, upTo30
  }

  struct Outcome {
    var count = 0
    var gaveUp = 0
  }

  /// Of the runs in which no application says how long it waits.
  var outcomes: [Band: Outcome] = [:]
  var gaveUp: [UInt64] = []
  /// Of the others, and those of them that ended by it.
  var timed = Outcome()
  /// A server that answers by cookies made no record, for the first segment that it got was not the first.
  var unknown: [UInt64] = []
  /// What is wrong, and how to look at it.
  var wrong: [String] = []
  var counters = WireCounters()
  var retransmissions = 0
  /// Ends of urgent data that receivers were told.
  var marks = 0
  /// The longest of the runs.
  var longest = (seed: UInt64(0), time: Instant.zero)

  mutating func add(_ other: DeliveryTally) {
    for (band, outcome) in other.outcomes {
      outcomes[band, default: Outcome()].count += outcome.count
      outcomes[band, default: Outcome()].gaveUp += outcome.gaveUp
    }
    gaveUp += other.gaveUp
    timed.count += other.timed.count
    timed.gaveUp += other.timed.gaveUp
    unknown += other.unknown
    wrong += other.wrong
    counters = counters + other.counters
    retransmissions += other.retransmissions
    marks += other.marks
    if other.longest.time > longest.time { longest = other.longest }
  }

  /// No transfer may take longer: R2, three minutes for the SYN and some hundred segments with all their
  /// repetitions stay far below.
  static let longestTime = Instant(nanoseconds: 3 * 3_600_000_000_000)

  mutating func run(_ seed: UInt64) {
    var run = DeliveryRun(DeliveryScenario(seed: seed))
    var journal = Journal(isLooking: false)
    try? run.run(&journal)
    counters = counters + run.world.counters
    retransmissions += run.retransmissions
    if run.world.now > longest.time { longest = (seed, run.world.now) }
    let loss = run.scenario.configuration.links[0].chance.loss
    let band = loss < 200_000 ? Band.below20 : .upTo30
    let isTimed = run.scenario.userTimeout != nil
    if isTimed { timed.count += 1 } else { outcomes[band, default: Outcome()].count += 1 }
    if let violation = run.invariants.violations.first { return fail(seed, violation) }
    if run.world.now > Self.longestTime { return fail(seed, "it takes \(run.world.now)") }
    switch run.ending {
    case .delivered:
      if let wrong = run.wrongMark { return fail(seed, wrong) }
      marks += run.markCount
    case .corrupted: fail(seed, "what arrived is not what was sent")
    case .failed, .incomplete:
      switch Self.verdict(seed, run.ending) {
      case .wrong(let why): fail(seed, why)
      case .unknown: unknown.append(seed)
      case .userTimeout: timed.gaveUp += 1
      case .gaveUp where isTimed: break
      case .gaveUp:
        outcomes[band, default: Outcome()].gaveUp += 1
        gaveUp.append(seed)
      }
    }
  }

  private mutating func fail(_ seed: UInt64, _ why: String) {
    let hosts = DeliveryScenario(seed: seed).configuration.hosts
    wrong.append(
      """
      seed \(seed): \(why)
        client: \(hosts[0].profile)
        server: \(hosts[1].profile)
        \(Self.record(seed))
      """)
  }

  /// Writes the run down; gives the command that shows it in the terminal.
  static func record(_ seed: UInt64) -> String {
    let timeline = DeliveryScenario(seed: seed, isObserved: true).timeline()
    let name = FileManager.default.temporaryDirectory.path + "/sockscope-seed-\(seed).pcapng"
    let octets = Recording.octets(of: [Recording.Part(name: "seed \(seed)", timeline)])
    let isWritten = FileManager.default.createFile(atPath: name, contents: Data(octets))
    return isWritten ? ".build/debug/sockscope replay \(name)" : "\(name) cannot be written"
  }

  private enum Verdict {
    case gaveUp, userTimeout, unknown
    case wrong(String)
  }

  /// A transfer may fail only because a side gave up after R2 (RFC 9293 §3.8.3): at least 100 s, three minutes
  /// for a SYN, after the last progress. Or because a cookie came back first with text that was not the first:
  /// that cannot be told from a segment of no connection at all (RFC 4987 §3.6). Or because an application said
  /// that it waits no longer (RFC 9293 §3.10.8).
  private static func verdict(_ seed: UInt64, _ ending: DeliveryRun.Ending) -> Verdict {
    var again = DeliveryRun(DeliveryScenario(seed: seed, isObserved: true))
    var journal = Journal(isLooking: true)
    try? again.run(&journal)
    guard again.ending == ending else { return .wrong("observed it ends so: \(again.ending)") }
    let end = journal.moments.firstIndex { $0.rule == .giveUp || $0.rule == .userTimeoutEnds }
    let hasCookies = again.scenario.configuration.hosts[1].tcp.synCookies != .off
    if hasCookies,
      journal.moments[..<(end ?? journal.moments.endIndex)].contains(where: {
        $0.rule == .listenRefusesAck
      })
    {
      return .unknown
    }
    guard let place = end else { return .wrong("ends with \(ending), and nobody gave up") }
    let moment = journal.moments[place]
    var patience = Nanoseconds.seconds(100)
    if moment.rule == .userTimeoutEnds {
      guard let timeout = again.scenario.userTimeout, timeout.host == moment.host else {
        return .wrong("a user timeout that nobody set")
      }
      patience = .milliseconds(UInt64(timeout.milliseconds))
    }
    let progress = journal.moments[..<place].last {
      $0.host == moment.host && $0.socket == moment.socket && $0.rule == .ackAdvances
    }
    if let progress, moment.time.since(progress.time) < patience {
      return .wrong("gave up \(moment.time.since(progress.time)) after the last progress")
    }
    switch ending {
    case .failed(.timedOut), .failed(.reset), .incomplete:
      return moment.rule == .giveUp ? .gaveUp : .userTimeout
    default: return .wrong("ends with \(ending)")
    }
  }
}

extension DeliveryTally: CustomStringConvertible {
  var description: String {
    let bands = Band.allCases.map {
      let outcome = outcomes[$0] ?? Outcome()
      return "\($0): \(outcome.gaveUp) of \(outcome.count) gave up"
    }
    return """
      \(bands.joined(separator: ", ")) \(gaveUp.sorted()), \
      \(timed.gaveUp) of \(timed.count) ended by a user timeout, \
      \(unknown.count) refused for want of a record; \(wrong.count) wrong; \
      \(counters.sent) frames sent, \(counters.lost) lost, \(counters.duplicated) duplicated, \
      \(counters.reordered) overtaken, \(counters.damaged) damaged, \(retransmissions) retransmissions; \
      \(marks) ends of urgent data; \
      longest \(longest.time) (seed \(longest.seed))
      """
  }
}

extension HostConfiguration {
  /// Its switches, where they are not those of the modern profile.
  fileprivate var profile: String {
    let usual = Dictionary(
      uniqueKeysWithValues: Mirror(reflecting: TCPSettings.modern).children.map {
        ($0.label ?? "", "\($0.value)")
      })
    let own = Mirror(reflecting: tcp).children.compactMap { child -> String? in
      let name = child.label ?? ""
      return usual[name] == "\(child.value)" ? nil : "\(name) \(child.value)"
    }
    return "MTU \(maximumTransmissionUnit), " + own.joined(separator: ", ")
  }
}
