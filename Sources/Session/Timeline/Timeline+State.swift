import Simulation
import Stack

/// The world at a moment.
public struct MomentState: Sendable {
  /// The number of the moment; 0 before the first.
  public let index: Int
  /// The world right after the moment. In the midst of an input it is half done: to be read, not continued.
  public let world: World
  /// The octets that the moment showed at work.
  public let unit: UnitInHand?
  public let moment: Moment?
}

/// Worlds near the last moment looked at, so that the next step is short. It belongs to one timeline and what
/// is added to it; a branch wants a cache of its own.
public struct StepCache: Sendable {
  private var near: [Timeline.Keyframe] = []

  public init() {}

  /// The latest world that is not later than an input.
  func base(notAfter input: Int) -> Timeline.Keyframe? { near.last { $0.input <= input } }

  /// Worlds that a walk passes so far before its end are kept.
  static let depth = 24

  mutating func keep(_ keyframe: Timeline.Keyframe) {
    let place = near.firstIndex { $0.input >= keyframe.input } ?? near.count
    if place < near.count, near[place].input == keyframe.input { return }
    near.insert(keyframe, at: place)
  }

  /// Forgets what is far from an input.
  mutating func trim(around input: Int) {
    near.removeAll { $0.input < input - 2 * Self.depth || $0.input > input + Self.depth }
  }
}

extension Timeline {
  /// The exact world after so many moments: the nearest keyframe, whole inputs again, the last one up to the
  /// moment. A number that is too great or too small means the last or the first.
  public func state(at index: Int) -> MomentState {
    var cache = StepCache()
    return state(at: index, &cache)
  }

  /// The same, by way of worlds near the moment looked at before.
  public func state(at index: Int, _ cache: inout StepCache) -> MomentState {
    let index = min(max(0, index), momentCount)
    let whole = log.whole(at: index, momentCount: momentCount)
    let isHalf = log.start(whole, momentCount: momentCount) < index
    guard index > 0 else {
      let world = world(before: whole, &cache)
      return MomentState(index: 0, world: world, unit: nil, moment: nil)
    }
    let own = log.input(of: index)
    let half = stopped(own, at: index, &cache)
    let world = isHalf ? half.world : world(before: whole, &cache)
    return MomentState(index: index, world: world, unit: half.unit, moment: moment(index))
  }

  /// The world when an input is left at a moment of its own.
  private func stopped(_ input: Int, at moment: Int, _ cache: inout StepCache)
    -> (world: World, unit: UnitInHand?)
  {
    var world = world(before: input, &cache)
    let first = log.start(input, momentCount: momentCount)
    var journal = Journal(isLooking: true, limit: moment - first)
    try? Self.apply(log.action(at: input), to: &world, &journal)
    return (world, journal.unit)
  }

  /// The world with all inputs before this one done.
  private func world(before input: Int, _ cache: inout StepCache) -> World {
    if input == log.count { return live }
    let keyframe = keyframe(notAfter: input)
    let near = cache.base(notAfter: input)
    let base = near.flatMap { $0.input > keyframe.input ? $0 : nil } ?? keyframe
    var world = base.world
    var journal = Journal(isLooking: false)
    for place in base.input..<input {
      try? Self.apply(log.action(at: place), to: &world, &journal)
      if input - place <= StepCache.depth {
        cache.keep(Keyframe(input: place + 1, world: world))
      }
    }
    cache.trim(around: input)
    return world
  }

  /// The last keyframe that is not later than an input. O(log keyframes).
  private func keyframe(notAfter input: Int) -> Keyframe {
    var low = 0
    var high = keyframes.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if keyframes[middle].input <= input { low = middle } else { high = middle }
    }
    return keyframes[low]
  }
}

extension Timeline {
  /// The same inputs on a fresh world.
  public func replay() -> Timeline { replay(inputs: log.count) }

  /// A run of its own that shares the past up to a moment. The event that the moment is part of is done whole
  /// in it, for half an event cannot be continued.
  public func branch(at index: Int) -> Timeline {
    replay(inputs: inputsShared(at: index))
  }

  /// How many inputs a branch at a moment shares with this run: its own come behind them. O(log inputs).
  public func inputsShared(at index: Int) -> Int {
    let index = min(max(0, index), momentCount)
    let whole = log.whole(at: index, momentCount: momentCount)
    return log.start(whole, momentCount: momentCount) < index ? whole + 1 : whole
  }

  /// The moment at which a branch leaves: the last of the event that a moment is part of. O(log inputs).
  public func fork(at index: Int) -> Int {
    log.start(inputsShared(at: index), momentCount: momentCount)
  }

  /// What was done from outside as the input with this place, from 0; nil for an event of the world's own.
  public func action(ofInput place: Int) -> WorldAction? { log.action(at: place) }

  private func replay(inputs: Int) -> Timeline {
    var again = Timeline(configuration)
    for place in 0..<inputs {
      if let action = log.action(at: place) {
        again.perform(.act(action))
      } else {
        _ = again.advance()
      }
    }
    return again
  }

  /// The number of the last moment, up to one, that wrote a field of a socket; nil when none did.
  /// O(moments) at worst.
  public func why(_ field: Field, host: HostID, socket: UInt16, at moment: Int) -> Int? {
    var number = min(moment, momentCount)
    while number > 0 {
      let isWriter = journal.moments[number - 1].changes.contains { place in
        let change = journal.changes[place]
        return change.field == field && change.socket == socket && change.host == host
      }
      if isWriter { return number }
      number -= 1
    }
    return nil
  }
}

extension Timeline {
  /// The world at the end when it is reached from a keyframe: equal to the live one, whichever it is.
  public func endOfReplay(fromKeyframe place: Int) -> World {
    var world = keyframes[place].world
    var journal = Journal(isLooking: false)
    for input in keyframes[place].input..<log.count {
      try? Self.apply(log.action(at: input), to: &world, &journal)
    }
    return world
  }
}
