import Course
import Session
import Stack

/// Moving through the lesson's time. Every way on has its exact way back.
extension LessonModel {
  /// Goes to a place of the lesson and reads the engine there.
  mutating func go(_ next: Position) {
    let stepChanged = next.step != position.step
    let runChanged = run.steps[next.step].run != step.run
    // A branch asks for nothing: what is chosen in the views goes along there and back.
    let changesLesson = stepChanged && max(next.step, position.step) < lessonSteps
    // A Why about the moment at hand goes along with it; one about another place stays there.
    if why == .moment(position.moment) { why = next.moment > 0 ? .moment(next.moment) : nil }
    position = next
    if runChanged { cache = StepCache() }
    state = timeline.state(at: next.moment, &cache)
    if why == nil, focus == .why { focus = .view(shownView) }
    guard stepChanged else { return }
    stepStart = MomentReading(timeline, at: step.first)
    lessonScroll = 0
    chosenViews = nil
    if changesLesson { viewStates = [:] }
    why = nil
    // Each step begins with its own first view, whichever way the learner came.
    shownView = views[0]
    if focus != .lesson { focus = .view(shownView) }
  }

  /// One moment on; at a step's end into the next step. False at the lesson's end.
  @discardableResult
  mutating func goOn() -> Bool {
    guard let next = after(position) else { return false }
    go(next)
    return true
  }

  @discardableResult
  mutating func goBack() -> Bool {
    guard let previous = before(position) else { return false }
    go(previous)
    return true
  }

  /// To the next moment at which a frame leaves, arrives or is lost; within the step, then its end.
  mutating func goToPacket(_ step: Int) {
    var place = position
    while let next = step > 0 ? after(place) : before(place) {
      place = next
      let timeline = run.timeline(of: run.steps[place.step])
      if step > 0, place.step != position.step, asksFirst(place.step) { break }
      if let event = timeline.moment(place.moment)?.event, event.isOnTheWire,
        place.moment != position.moment
      {
        break
      }
    }
    if place != position { go(place) }
  }

  /// Whether a step begins with a question that the learner has not seen yet: it is not passed by accident.
  private func asksFirst(_ step: Int) -> Bool {
    run.steps[step].questions.map(\.question.id).contains {
      answered[$0] == nil && !postponed.contains($0)
    }
  }

  /// To the step's end; from there into the next step.
  mutating func goToNextStep() {
    if position.moment < step.last {
      go(Position(step: position.step, moment: step.last))
    } else if position.step + 1 < lessonSteps {
      go(Position(step: position.step + 1, moment: run.steps[position.step + 1].first))
    } else if let branch = nextBranch {
      go(Position(step: branch, moment: run.steps[branch].first + 1))
    }
  }

  /// The run that the learner opened and that stands behind this step; nil before the lesson's last step.
  var nextBranch: Int? {
    let next = position.step + 1
    return next >= lessonSteps && next < run.steps.count ? next : nil
  }

  /// Where the learner opened the run of a step.
  private func origin(of step: Int) -> Position? { run.runs[run.steps[step].run].origin }

  mutating func goToPreviousStep() {
    if isInBranch {
      if let origin = origin(of: position.step) { go(origin) }
    } else if position.moment > step.first {
      go(Position(step: position.step, moment: step.first))
    } else if position.step > 0 {
      go(Position(step: position.step - 1, moment: run.steps[position.step - 1].first))
    }
  }

  /// Where the lesson begins.
  var beginning: Position { Position(step: 0, moment: run.steps[0].first) }

  mutating func goToFirst() {
    let place = isInBranch ? position.step : 0
    go(Position(step: place, moment: run.steps[place].first + (isInBranch ? 1 : 0)))
  }

  mutating func goToLast() {
    let last = isInBranch ? position.step : lessonSteps - 1
    go(Position(step: last, moment: run.steps[last].last))
  }

  /// To a moment of this run, or to the first moment at or after a time such as `20 ms` or `1.5 s`.
  /// False when the text says neither.
  mutating func goTo(_ text: String) -> Bool {
    guard let number = momentNumber(text) else { return false }
    goToMoment(number)
    return true
  }

  /// To a moment of this run, in whichever of its steps it lies.
  mutating func goToMoment(_ number: Int) {
    let places =
      isInBranch ? [position.step] : (0..<lessonSteps).filter { run.steps[$0].run == step.run }
    let within = places.first { run.steps[$0].first < number && number <= run.steps[$0].last }
    guard
      let place = within ?? places.first(where: { run.steps[$0].first >= number }) ?? places.last
    else { return }
    let bounded = min(max(number, run.steps[place].first), run.steps[place].last)
    go(Position(step: place, moment: bounded))
  }

  private func momentNumber(_ text: String) -> Int? {
    let words = text.split(separator: " ").map(String.init)
    if words.count == 1, let number = Int(words[0]) { return number }
    let joined = words.joined()
    for (unit, scale) in [("ms", 1_000_000.0), ("s", 1_000_000_000.0)] where joined.hasSuffix(unit)
    {
      guard let count = Double(joined.dropLast(unit.count)), count >= 0, count < 1e9 else {
        return nil
      }
      let time = Instant(nanoseconds: UInt64(count * scale))
      let found = timeline.moments.firstIndex { $0.time >= time }
      return (found ?? timeline.momentCount - 1) + 1
    }
    return nil
  }

  // MARK: Playing

  /// The pace's steps, milliseconds a moment.
  static let paces = [1600, 800, 400, 200, 100, 50]

  /// Time has passed while playing: so many moments go by, up to the step's end.
  mutating func play(_ elapsed: Int) {
    playedFor += elapsed
    while isPlaying, playedFor >= pace {
      playedFor -= pace
      if comparison != nil {
        isPlaying = stepBoth(1)
        continue
      }
      guard position.moment < step.last else {
        isPlaying = false
        playedFor = 0
        return
      }
      goOn()
    }
    if comparison == nil, position.moment == step.last { isPlaying = false }
  }

  /// A long wait was skipped to come here: its length.
  var skippedWait: Nanoseconds? {
    guard position.moment > 1, let now = timeline.moment(position.moment),
      let before = timeline.moment(position.moment - 1)
    else { return nil }
    let wait = now.time.since(before.time)
    return wait >= .milliseconds(5) ? wait : nil
  }
}

extension LessonModel {
  /// The next place; nil at the lesson's end and at the end of a run that the learner opened.
  func after(_ place: Position) -> Position? {
    if place.moment < run.steps[place.step].last {
      return Position(step: place.step, moment: place.moment + 1)
    }
    guard place.step + 1 < lessonSteps else { return nil }
    return Position(step: place.step + 1, moment: run.steps[place.step + 1].first)
  }

  /// The place before; from the start of an own run, where the learner came from.
  func before(_ place: Position) -> Position? {
    if place.step >= lessonSteps, place.moment <= run.steps[place.step].first + 1 {
      return origin(of: place.step)
    }
    if place.moment > run.steps[place.step].first {
      return Position(step: place.step, moment: place.moment - 1)
    }
    guard place.step > 0 else { return nil }
    return Position(step: place.step - 1, moment: run.steps[place.step - 1].last)
  }
}

extension Event {
  /// A frame leaves, arrives, or ends on the way.
  var isOnTheWire: Bool {
    switch self {
    case .frameSent, .frameReceived, .frameLost: true
    default: false
    }
  }
}
