import DequeModule
import Wire

/// A frame between an adapter and the wire: from the destination address to the padding, without preamble.
public struct LinkFrame: Hashable, Sendable {
  /// At least 60 octets.
  public var octets: [UInt8]
  /// The frame check sequence as it travels; nil where nobody watches: then the octets are as they were sent.
  public var frameCheckSequence: UInt32?

  public init(octets: [UInt8], frameCheckSequence: UInt32? = nil) {
    self.octets = octets
    self.frameCheckSequence = frameCheckSequence
  }
}

/// One host: socket memory, the protocols, the driver and the adapter, as a value without clock or wires.
///
/// Calls, frames and the time go in; frames, completions and moments come out. A copy is independent.
public struct Host: Sendable {
  public let configuration: HostConfiguration
  public internal(set) var memory = SocketMemory()

  public init(_ configuration: HostConfiguration) {
    self.configuration = configuration
  }

  /// An application's call. `.blocked` means that a completion follows.
  public mutating func call(
    _ call: SocketCall, by process: ProcessID, at now: Instant, _ journal: inout Journal
  ) throws(Stop) -> CallResult { .blocked }

  /// The process ends: its descriptors are closed for it.
  public mutating func exit(_ process: ProcessID, at now: Instant, _ journal: inout Journal)
    throws(Stop)
  {}

  /// A frame arrives at the adapter.
  public mutating func receive(_ frame: LinkFrame, at now: Instant, _ journal: inout Journal)
    throws(Stop)
  {}

  /// Fires the timers that are due.
  public mutating func advance(to now: Instant, _ journal: inout Journal) throws(Stop) {}

  /// When `advance` has something to do next.
  public var nextDeadline: Instant? { nil }

  /// The next frame that the adapter puts on the wire.
  public mutating func takeFrame() -> LinkFrame? { nil }

  /// The next blocked call that has ended.
  public mutating func takeCompletion() -> Completion? { nil }

  /// Writes octets over a control block, as a learner may; the stack obeys what it then reads.
  public mutating func write(
    _ octets: [UInt8], at offset: Int, slot: Int, at now: Instant, _ journal: inout Journal
  ) throws(Stop) {}
}
