import Course
import Session
import Simulation
import Stack
import Wire

/// What a view draws from: one moment of a run, read off the engine.
public struct Scene: Sendable {
  public let timeline: Timeline
  /// The exact world at the moment.
  public let state: MomentState
  public let language: Language
  /// Values that an open question asks for: shown as `?` wherever they stand.
  public let covers: Set<Cover>
  /// Sequence numbers on ladders as plain numbers instead of `c+1`.
  public let showsPlainNumbers: Bool
  /// Moments that whoever shows the run goes through; the run itself may have some more.
  public let length: Int

  public init(
    timeline: Timeline, state: MomentState, language: Language, covers: Set<Cover> = [],
    showsPlainNumbers: Bool = false, length: Int? = nil
  ) {
    self.timeline = timeline
    self.state = state
    self.language = language
    self.covers = covers
    self.showsPlainNumbers = showsPlainNumbers
    self.length = length ?? timeline.momentCount
  }

  /// The number of the moment, 0 before the first.
  public var index: Int { state.index }
  public var moment: Moment? { state.moment }
  public var world: World { state.world }

  /// One of two sayings.
  public func say(_ ko: String, _ en: String) -> String { language == .ko ? ko : en }
}

/// A value that must not be shown while a question asks for it.
public enum Cover: Hashable, Sendable {
  case field(MemoryReference, Field)
  /// A header field of the frame with this number.
  case header(frame: UInt32, id: String)
  /// A header field of whatever unit is in hand or comes next.
  case unitHeader(id: String)
  case frameCount
}

/// A socket's record: the host, and the socket's running number there.
public struct MemoryReference: Hashable, Sendable {
  public var host: HostID
  public var socket: UInt16

  public init(host: HostID, socket: UInt16) {
    self.host = host
    self.socket = socket
  }
}

// MARK: Reading the memory

extension Scene {
  public func hostName(_ host: HostID) -> String {
    world.hosts.indices.contains(Int(host.index))
      ? world.hosts[Int(host.index)].configuration.name : say("선로", "wire")
  }

  /// Whether the host is a real one outside: of its memory nothing is known.
  public func isOutside(_ host: HostID) -> Bool { timeline.configuration.outside == host }

  /// Client numbers are drawn in one colour, server numbers in another; who has none has no colour.
  public func role(_ host: HostID) -> Role {
    if host.index == 0 { return .client }
    return isPair || !isBeside(host) ? .server : .plain
  }

  /// The slot of a record; nil once it is deleted or before it is made. O(slots).
  public func slot(_ memory: MemoryReference) -> Int? {
    guard world.hosts.indices.contains(Int(memory.host.index)) else { return nil }
    return world.hosts[Int(memory.host.index)].memory.slot(number: Int(memory.socket))
  }

  public func block(_ memory: MemoryReference) -> ControlBlock? {
    slot(memory).map { world.hosts[Int(memory.host.index)].memory[$0] }
  }

  /// All records of a host in the order of their addresses.
  public func records(of host: HostID) -> [(slot: Int, block: ControlBlock)] {
    let memory = world.hosts[Int(host.index)].memory
    return memory.used.map { ($0, memory[$0]) }
  }

  /// What this moment wrote.
  public var changes: ArraySlice<FieldChange> {
    guard let moment else { return [] }
    return timeline.changes[moment.changes]
  }

  /// The fields of a record that this moment wrote.
  public func changedFields(_ memory: MemoryReference) -> Set<Field> {
    Set(
      changes.filter { $0.host == memory.host && $0.socket == memory.socket }.map(\.field))
  }

  public func isCovered(_ memory: MemoryReference, _ field: Field) -> Bool {
    covers.contains(.field(memory, field))
  }

  /// When the moment was. The world's own clock may be further on, at a timer that had nothing to tell; at the
  /// run's end that counts, too.
  public var time: Instant {
    guard index < timeline.momentCount, let moment = timeline.moment(index) else {
      return world.now
    }
    return moment.time
  }

  /// The record that the moment is about; else the one that was written last before; else the first there is.
  public var recordAtWork: MemoryReference? {
    var number = index
    while number > 0, number > index - 400 {
      if let moment = timeline.moment(number), moment.socket != 0 {
        let memory = MemoryReference(host: moment.host, socket: moment.socket)
        if number == index || slot(memory) != nil { return memory }
      }
      number -= 1
    }
    for host in world.hosts {
      if let first = host.memory.used.first {
        return MemoryReference(host: host.configuration.id, socket: host.memory[first].number)
      }
    }
    return nil
  }
}

// MARK: Reading the frames

extension Scene {
  /// Frames that have come on the wire up to this moment, in order.
  public var frames: ArraySlice<FrameRecord> {
    let all = timeline.frames
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].sentMoment <= index { low = middle + 1 } else { high = middle }
    }
    return all[..<low]
  }

  /// Whether the frame has arrived or been lost by now.
  public func hasEnded(_ frame: FrameRecord) -> Bool {
    frame.endMoment.map { $0 <= index } ?? false
  }

  /// The frames on the line at this moment.
  public var flying: [FrameRecord] { frames.filter { !hasEnded($0) && $0.fate != .held } }

  public func isCovered(frame: UInt32, header id: String) -> Bool {
    covers.contains(.header(frame: frame, id: id)) || covers.contains(.unitHeader(id: id))
  }
}
