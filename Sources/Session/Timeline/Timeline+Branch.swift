import Simulation
import Stack
import Wire

/// A run in which something was done that the first run did not know: it shares the past and goes its own way.
public struct TimelineBranch: Sendable {
  public let timeline: Timeline
  /// Moments shared with the run it comes from; what was done is the next one.
  public let fork: Int
}

extension Timeline {
  /// Something is done at a moment, and the run goes on: the same calls at the same times as here, and what
  /// follows from them, for so long after the end of this run.
  ///
  /// The event that the moment is part of is done whole first. O(inputs of the run).
  public func branch(
    at index: Int, doing action: WorldAction, goingOnFor span: Nanoseconds = .seconds(300),
    momentLimit: Int = 5_000
  ) -> TimelineBranch {
    var branch = self.branch(at: index)
    let fork = branch.momentCount
    var rest = RemainingActions(actions(after: branch), after: action, in: branch.live)
    branch.perform(.act(action))
    // A branch may take longer than what it left, and repeats what was lost.
    let most = fork + max(momentLimit, 3 * (momentCount - fork))
    func goOn(until time: Instant) {
      while let next = branch.live.nextEventTime, next <= time, branch.momentCount < most {
        _ = branch.advance()
        while let late = rest.takeLate(in: branch.live) { branch.perform(.act(late)) }
      }
    }
    while branch.momentCount < most, let next = rest.nextTime {
      goOn(until: next)
      guard branch.momentCount < most else { break }
      if branch.live.now < next { branch.perform(.act(.wait(next.since(branch.live.now)))) }
      if let action = rest.takeNext(in: branch.live) { branch.perform(.act(action)) }
      while let late = rest.takeLate(in: branch.live) { branch.perform(.act(late)) }
    }
    goOn(until: max(live.now, branch.live.now) + span)
    return TimelineBranch(timeline: branch, fork: fork)
  }

  /// What was done from outside in this run after a part of it, and when.
  private func actions(after part: Timeline) -> [RemainingActions.Entry] {
    var again = part
    var result: [RemainingActions.Entry] = []
    for place in part.inputCount..<inputCount {
      if let action = log.action(at: place) {
        let caller = action.caller.flatMap { again.live.process($0.process, of: $0.host) }
        result.append(
          RemainingActions.Entry(
            time: again.live.now, action: action, isAsleep: caller?.pending != nil))
        again.perform(.act(action))
      } else {
        _ = again.advance()
      }
    }
    return result
  }
}

/// A rule that reads a field, found by what happens otherwise when the field is another.
public struct FieldReader: Hashable, Sendable {
  public let rule: Rule?
  public let event: Event
  public let host: HostID
  /// Moments from the change until something went another way.
  public let distance: Int

  fileprivate init(_ moment: Moment, distance: Int) {
    rule = moment.rule
    event = moment.event
    host = moment.host
    self.distance = distance
  }
}

extension Timeline {
  /// The rules that next read a field of a record: other numbers are written into it on copies of the run, and
  /// what first goes another way is what has read it. Empty when nothing does, whatever the number.
  ///
  /// O(inputs of the run), once for each number tried.
  public func readers(
    of field: Field, host: HostID, slot: Int, at index: Int
  ) -> [FieldReader] {
    // The event at hand is done whole before anything is written, so that is where the numbers are read.
    let start = branch(at: index).live
    guard start.hosts.indices.contains(Int(host.index)) else { return [] }
    let memory = start.hosts[Int(host.index)].memory
    guard memory.slots.contains(slot), !memory[slot].isFree else { return [] }
    let block = memory[slot]
    let plain = branch(at: index, doing: writing(block.raw(field), field, block, host, slot))
    var found: [FieldReader] = []
    for number in Self.otherNumbers(than: block.raw(field), field) {
      let other = branch(at: index, doing: writing(number, field, block, host, slot))
      let reader = Self.firstDifference(plain, other, besides: field, block.number, host)
      if let reader, !found.contains(where: { $0.rule == reader.rule && $0.host == reader.host }) {
        found.append(reader)
      }
    }
    return found.sorted { $0.distance < $1.distance }
  }

  private func writing(
    _ number: UInt64, _ field: Field, _ block: ControlBlock, _ host: HostID, _ slot: Int
  ) -> WorldAction {
    var changed = block
    changed.write(number, to: field)
    return .write(
      host: host, slot: slot, offset: field.description.offset, octets: changed.octets(of: field))
  }

  /// Numbers that mean something else in most fields: nothing, one, the next, far off, all bits.
  private static func otherNumbers(than number: UInt64, _ field: Field) -> [UInt64] {
    let bits = UInt64(8 * field.description.width)
    let mask = bits == 64 ? UInt64.max : (1 << bits) - 1
    var result: [UInt64] = []
    for candidate in [number &+ 1, number &+ 1000, number &- 100, 0, 1, 4, mask] {
      let cut = candidate & mask
      if cut != number, !result.contains(cut) { result.append(cut) }
    }
    return result
  }

  /// The first moment of another run that is not as in the plain one. What it wrote into the field itself does
  /// not count, nor that a field which it did not write has a meaning or none.
  private static func firstDifference(
    _ plain: TimelineBranch, _ other: TimelineBranch, besides field: Field, _ socket: UInt16,
    _ host: HostID
  ) -> FieldReader? {
    func sketch(_ timeline: Timeline, _ number: Int) -> MomentSketch? {
      timeline.moment(number).map { moment in
        let changes = timeline.changes[moment.changes].filter {
          $0.old != $0.new && ($0.field != field || $0.socket != socket || $0.host != host)
        }
        return MomentSketch(moment, changes.map { [UInt64($0.field.rawValue), $0.old, $0.new] })
      }
    }
    var number = plain.fork + 2
    while true {
      let expected = sketch(plain.timeline, number)
      let actual = sketch(other.timeline, number)
      if expected == nil, actual == nil { return nil }
      if expected != actual,
        let moment = other.timeline.moment(number) ?? plain.timeline.moment(number)
      {
        return FieldReader(moment, distance: number - plain.fork - 1)
      }
      // What a moment has in numbers does not tell everything that a frame carries, such as its options.
      if let builder = builder(of: number, plain.timeline, other.timeline),
        let moment = other.timeline.moment(builder)
      {
        return FieldReader(moment, distance: builder - plain.fork - 1)
      }
      number += 1
    }
  }

  /// Where two runs put other octets on the wire at a moment: the moment that built the header that differs.
  private static func builder(
    of number: Int, _ plain: Timeline, _ other: Timeline
  ) -> Int? {
    guard let moment = other.moment(number), moment.event == .frameSent,
      let expected = plain.frame(moment.unit.frame)?.octets,
      let actual = other.frame(moment.unit.frame)?.octets, expected != actual
    else { return nil }
    let place = zip(expected, actual).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
    let header = Dissection(frame: actual).layers.last { $0.range.lowerBound <= place }
    let events: Set<Event> =
      switch header?.kind {
      case .tcp: [.segmentBuilt, .segmentRetransmitted]
      case .udp: [.datagramBuilt]
      case .icmp: [.messageBuilt]
      case .ipv4: [.packetBuilt]
      case .ethernet, .arp, nil: []
      }
    let earlier = (1..<number).reversed().first { place in
      other.moment(place).map { $0.host == moment.host && events.contains($0.event) } ?? false
    }
    return earlier ?? number
  }
}

/// What two runs are compared by.
private struct MomentSketch: Equatable {
  var time: Instant
  var event: Event
  var rule: Rule?
  var reason: DropReason?
  var value: UInt64
  var unit: UnitSummary
  /// Field, old and new of each: by whatever number the record goes.
  var changes: [[UInt64]]

  init(_ moment: Moment, _ changes: [[UInt64]]) {
    time = moment.time
    event = moment.event
    rule = moment.rule
    reason = moment.reason
    value = moment.value
    unit = moment.unit
    self.changes = changes
  }
}
