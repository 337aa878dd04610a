import Simulation

/// The inputs of a run in their order: everything that a replay needs beside the configuration.
///
/// Most inputs are plain steps, so only the others are kept as such.
struct InputLog: Sendable {
  /// For each input the number of moments before it.
  private(set) var starts: [UInt32] = []
  /// The inputs that are no plain step, by their place, in order.
  private(set) var actions: [(place: Int, action: WorldAction)] = []

  var count: Int { starts.count }

  mutating func append(_ action: WorldAction?, momentsBefore: Int) {
    if let action { actions.append((count, action)) }
    starts.append(UInt32(truncatingIfNeeded: momentsBefore))
  }

  /// The action at a place; nil for a plain step. O(log actions).
  func action(at place: Int) -> WorldAction? {
    let found = Self.firstPlace(in: 0..<actions.count) { actions[$0].place >= place }
    guard found < actions.count, actions[found].place == place else { return nil }
    return actions[found].action
  }

  /// Moments before the input, or before the one to come. O(1).
  func start(_ place: Int, momentCount: Int) -> Int {
    place < starts.count ? Int(starts[place]) : momentCount
  }

  /// How many inputs are done whole when so many moments have passed: up to the input that has more moments, or
  /// begins with the next. O(log inputs).
  func whole(at moment: Int, momentCount: Int) -> Int {
    if moment >= momentCount { return count }
    let beyond = Self.firstPlace(in: 0..<count) { Int(starts[$0]) > moment }
    return beyond - 1
  }

  /// The input that a moment belongs to. O(log inputs).
  func input(of moment: Int) -> Int {
    Self.firstPlace(in: 0..<count) { Int(starts[$0]) >= moment } - 1
  }

  /// The first place for which the condition holds, the end where it never does. It holds from there on.
  private static func firstPlace(in range: Range<Int>, where holds: (Int) -> Bool) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
