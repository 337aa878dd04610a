import Course
import Session
import Stack

/// Two runs of a lesson side by side, both at the same time.
struct Comparison: Sendable {
  /// The side with the keys, and the one beside it.
  var own: Side
  var other: Side
  var isOtherLeft: Bool
  /// The time that both have come to.
  var time: Instant
  /// The run that was on the screen before.
  let home: Int
  /// The value under the ladders that is chosen, by its name; nil: the newest row of the side with the keys.
  var chosen: String?
  /// Why the chosen place is as it is stands below.
  var showsWhy = false

  struct Side: Sendable {
    /// Its place among the lesson's runs.
    let run: Int
    /// The run, gone on by itself as far as the other: a lesson stops where it has seen enough.
    let timeline: Timeline
    var state: MomentState

    /// A run that is as long as another one.
    init(_ run: Int, _ timeline: Timeline, untilEndOf other: Timeline, at moment: Int? = nil) {
      var timeline = timeline
      let most = timeline.momentCount + 5_000
      while let next = timeline.live.nextEventTime, next <= other.live.now,
        timeline.momentCount < most
      {
        _ = timeline.advance()
      }
      self.run = run
      self.timeline = timeline
      state = timeline.state(at: moment ?? timeline.momentCount)
    }

    mutating func go(to moment: Int) {
      if state.index != moment { state = timeline.state(at: moment) }
    }

    mutating func go(to time: Instant) {
      go(to: timeline.moments.firstPlace { $0.time > time })
    }
  }
}

extension LessonModel {
  /// `b`: the branch beside the run that it left, or a run beside the newest branch from it.
  mutating func openComparison() {
    let here = step.run
    guard let other = partner(of: here) else {
      notice = Phrase(
        ko: "아직 갈래가 없습니다. f로 고장을 내거나 e로 적으면 갈래가 열립니다.",
        en: "There is no branch yet. f breaks something and e writes: both open one.")
      return
    }
    let moment = position.moment
    let time = timeline.moment(moment)?.time ?? .zero
    let second = run.runs[other].timeline
    comparison = Comparison(
      own: Comparison.Side(here, timeline, untilEndOf: second, at: moment),
      other: Comparison.Side(other, second, untilEndOf: timeline),
      isOtherLeft: run.runs[here].origin != nil, time: time, home: here)
    // In the past that both share the very same moment is shown.
    if moment <= sharedMoments(here, other) {
      comparison?.other.go(to: moment)
    } else {
      comparison?.other.go(to: time)
    }
  }

  private func partner(of here: Int) -> Int? {
    func parent(_ place: Int) -> Int? { run.runs[place].origin.map { run.steps[$0.step].run } }
    if let parent = parent(here) { return parent }
    let places = run.runs.indices.filter { $0 != here }
    return places.last { parent($0) == here } ?? places.last { parent($0) != nil } ?? places.last
  }

  /// Moments that two runs have in common from their beginning.
  func sharedMoments(_ one: Int, _ other: Int) -> Int {
    for (branch, parent) in [(one, other), (other, one)] {
      guard let origin = run.runs[branch].origin, run.steps[origin.step].run == parent else {
        continue
      }
      return run.runs[branch].setupEnd
    }
    let first = run.runs[one].timeline
    let second = run.runs[other].timeline
    let pairs = zip(first.moments, second.moments)
    return pairs.enumerated().first { _, pair in
      pair.0.time != pair.1.time || pair.0.host != pair.1.host || pair.0.event != pair.1.event
        || pair.0.unit != pair.1.unit || pair.0.value != pair.1.value
    }?.offset ?? min(first.momentCount, second.momentCount)
  }

  // MARK: Keys

  /// What a key does while two runs are compared. False for a key that has its usual meaning there.
  mutating func compare(_ action: Action) -> Bool {
    guard let comparison else { return false }
    switch action {
    case .run:
      isPlaying.toggle()
      playedFor = 0
    case .nextMoment: if !stepBoth(1) { notice = bothEnd }
    case .previousMoment: stepBoth(-1)
    case .nextPacket, .nextStep: stepBoth(1, onTheWire: true)
    case .previousPacket, .previousStep: stepBoth(-1, onTheWire: true)
    case .firstMoment: goBoth(to: .zero)
    case .lastMoment: goBoth(to: max(comparison.own.lastTime, comparison.other.lastTime))
    case .move(.left): if comparison.isOtherLeft { changeSide() }
    case .move(.right): if !comparison.isOtherLeft { changeSide() }
    case .nextPane, .previousPane: changeSide()
    case .move(.up): chooseCompared(-1)
    case .move(.down): chooseCompared(1)
    case .move(.pageUp): changeRun(-1)
    case .move(.pageDown): changeRun(1)
    case .why: self.comparison?.showsWhy.toggle()
    case .jump: if !goToReason() { self.comparison = nil }
    case .quit where comparison.showsWhy: self.comparison?.showsWhy = false
    case .compare, .quit: closeComparison()
    case .goTo, .faster, .slower, .language, .help, .plainNumbers, .glossary, .rename:
      return false
    default:
      notice = Phrase(
        ko: "나란히 볼 때는 쓸 수 없습니다. enter로 이쪽 갈래에 들어가세요.",
        en: "Not while two are side by side: enter goes on in this branch.")
    }
    return true
  }

  private var bothEnd: Phrase { Phrase(ko: "두 갈래 모두 끝입니다.", en: "Both branches end here.") }

  /// To the next instant at which something happens in one of both, or happened before.
  @discardableResult
  mutating func stepBoth(_ step: Int, onTheWire: Bool = false) -> Bool {
    guard let comparison else { return false }
    let times = [comparison.own, comparison.other].compactMap { side -> Instant? in
      let moments = side.timeline.moments
      func isMeant(_ moment: Moment) -> Bool { !onTheWire || moment.event.isOnTheWire }
      if step > 0 {
        let next = moments.firstPlace { $0.time > comparison.time }
        return moments[next...].first(where: isMeant)?.time
      }
      let now = moments.firstPlace { $0.time >= comparison.time }
      return moments[..<now].last(where: isMeant)?.time
    }
    guard let next = step > 0 ? times.min() : times.max() else { return false }
    goBoth(to: next)
    return true
  }

  /// Moves both to a time.
  mutating func goBoth(to time: Instant) {
    comparison?.time = time
    comparison?.own.go(to: time)
    comparison?.other.go(to: time)
    followOwnSide()
  }

  /// After a moment or a time was asked for, both go there.
  mutating func followComparison() {
    guard comparison != nil else { return }
    goBoth(to: timeline.moment(position.moment)?.time ?? .zero)
  }

  /// The place in the lesson is that of the side with the keys, as far as the lesson goes.
  private mutating func followOwnSide() {
    guard let own = comparison?.own else { return }
    let last = run.steps.filter { $0.run == own.run }.map(\.last).max() ?? 0
    let next = run.place(ofMoment: min(own.state.index, last), inRun: own.run)
    if let next, next != position { go(next) }
  }

  private mutating func changeSide() {
    guard var next = comparison else { return }
    swap(&next.own, &next.other)
    next.isOtherLeft.toggle()
    comparison = next
    followOwnSide()
  }

  /// Another run on the side that has the keys.
  private mutating func changeRun(_ step: Int) {
    guard let old = comparison else { return }
    let count = run.runs.count
    guard count > 2 else {
      notice = Phrase(ko: "다른 갈래가 없습니다.", en: "There is no other branch.")
      return
    }
    var next = old.own.run
    repeat { next = (next + step + count) % count } while next == old.other.run
    let (one, other) = (run.runs[next].timeline, run.runs[old.other.run].timeline)
    comparison?.own = Comparison.Side(next, one, untilEndOf: other)
    comparison?.other = Comparison.Side(old.other.run, other, untilEndOf: one)
    goBoth(to: old.time)
  }

  /// Back to the one run that was on the screen before, at the present time.
  private mutating func closeComparison() {
    guard let old = comparison else { return }
    if old.home != old.own.run {
      comparison?.own =
        old.other.run == old.home
        ? old.other
        : Comparison.Side(
          old.home, run.runs[old.home].timeline, untilEndOf: run.runs[old.home].timeline)
      comparison?.own.go(to: old.time)
      followOwnSide()
    }
    comparison = nil
  }
}

extension Comparison.Side {
  fileprivate var lastTime: Instant { timeline.moments.last?.time ?? .zero }
}
