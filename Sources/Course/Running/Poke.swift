import Session
import Stack

/// What a learner does with `e`, as a script says it: `syn: client snd.nxt +1000`, `37: client state LISTEN`,
/// `lost-ack/120: server 4.rcv.nxt 0x10`.
public struct Poke: Hashable, Sendable {
  public let text: String
  fileprivate let place: PlaceWords
  private let host: String
  private let field: String
  private let value: String

  /// - Throws: when the text has not this form. Whether it fits a lesson is found out when it is done.
  public init(_ text: String) throws(CommandProblem) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let words = parts.count == 2 ? parts[1].split(separator: " ").map(String.init) : []
    guard words.count == 3 || (words.count == 4 && "+-".contains(words[2])) else {
      throw CommandProblem(
        "say where and what, such as “syn: client snd.nxt +1000”, not “\(text)”", word: text)
    }
    place = PlaceWords(parts[0])
    self.text = text
    host = words[0]
    field = words[1]
    value = words[2...].joined()
  }
}

extension LessonRun {
  /// Does a poke; the run that it opens stands behind the others.
  ///
  /// - Returns: the place of its step.
  /// - Throws: when this lesson has no such place, host, socket or field, or the value is no number.
  @discardableResult
  public mutating func perform(_ poke: Poke) throws(CommandProblem) -> Int {
    let place = try poke.place.place(in: self, poke.text)
    let reading = MomentReading(timeline(of: steps[place.step]), at: place.moment)
    let (host, slot, field) = try poke.record(in: reading)
    let block = reading.state.world.hosts[Int(host.index)].memory[slot]
    guard let number = poke.number(for: field, block) else {
      throw CommandProblem(
        "“\(poke.text)”: write 0x…, a decimal number, or +1000 and -1 from what it is")
    }
    guard let step = write(number, to: field, host: host, slot: slot, at: place) else {
      throw CommandProblem("“\(poke.text)”: there is no such socket then")
    }
    return step
  }
}

extension Poke {
  fileprivate func record(
    in reading: MomentReading
  ) throws(CommandProblem) -> (HostID, slot: Int, Field) {
    let hosts = reading.timeline.configuration.hosts.map(\.name)
    guard let id = reading.hostID(host), let world = reading.host(host) else {
      throw CommandProblem(
        "“\(text)”: there is no host “\(host)”",
        suggestion: Suggestion.nearest(to: host, in: hosts), word: host)
    }
    let path: Path
    do {
      path = try Path("\(host).socket.\(field)", in: PathContext(hosts: hosts))
    } catch {
      throw CommandProblem("“\(text)”: \(error.message)", suggestion: error.suggestion, word: field)
    }
    guard case .socket(_, let choice, let field) = path.subject,
      let slot = reading.slot(choice, world)
    else { throw CommandProblem("“\(text)”: there is no such socket then") }
    return (id, slot, field)
  }

  fileprivate func number(for field: Field, _ block: ControlBlock) -> UInt64? {
    block.number(value, for: field)
  }
}
