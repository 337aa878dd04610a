import Session
import Stack
import Wire

extension MomentPattern {
  /// The number of the moment that is like this, `nth` included, among those after `first` and up to
  /// `last`; nil when there is none.
  func moment(in timeline: Timeline, after first: Int, upTo last: Int) -> Int? {
    let start = MomentReading(timeline, at: first)
    var count = 0
    return (first..<max(first, last)).lazy.map { $0 + 1 }.first { number in
      guard let moment = timeline.moment(number),
        fits(moment, number: number, in: timeline, start: start)
      else { return false }
      count += 1
      return count == nth
    }
  }

  /// Whether a moment is like this, `nth` apart.
  ///
  /// - Parameters:
  ///   - number: The moment's number in the timeline, from 1.
  ///   - start: The state at the step's start, for `before`.
  func fits(
    _ moment: Moment, number: Int, in timeline: Timeline, start: MomentReading
  ) -> Bool {
    if let event, event != moment.event { return false }
    if let layer, layer != moment.layer { return false }
    if let rule, rule != moment.rule { return false }
    if let reason, reason != moment.reason { return false }
    if let host, timeline.configuration.host(named: host) != moment.host { return false }
    if let call {
      guard moment.isAboutCall, timeline.calls.indices.contains(moment.callNumber),
        timeline.calls[moment.callNumber].name == call
      else { return false }
    }
    guard !unit.isEmpty || !state.isEmpty else { return true }
    // Most moments are ruled out by the summary; only the rest is worth a replay.
    if unit.contains(where: { !mayFit($0, moment.unit, start) }) { return false }
    let now = MomentReading(timeline, at: number)
    let situation = Situation(now: now, before: start)
    let unitFits = unit.allSatisfy { condition in
      guard let value = try? condition.value.value(in: situation) else { return false }
      return now.value(of: Path(.unit(header: condition.header))).matches(value)
    }
    return unitFits
      && state.allSatisfy { condition in
        guard let left = try? condition.left.value(in: situation),
          let right = try? condition.right.value(in: situation)
        else { return false }
        return left.matches(right)
      }
  }

  private func mayFit(
    _ condition: UnitCondition, _ unit: UnitSummary, _ start: MomentReading
  ) -> Bool {
    guard condition.header.hasPrefix("tcp.") else { return true }
    guard unit.transport == IPProtocol.tcp.rawValue else { return false }
    guard condition.header == "tcp.flags",
      case .literal = condition.value.root,
      let value = try? condition.value.value(in: Situation(now: start))
    else { return true }
    return Value.name(unit.flags.description).matches(value)
  }
}
