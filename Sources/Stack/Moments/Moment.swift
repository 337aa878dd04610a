import Wire

/// One thing that happened, as a flat record: who, where, what, by which rule, and what it wrote.
public struct Moment: Sendable {
  /// When it happened, by the world's clock.
  public var time: Instant
  public var host: HostID
  /// The floor at which it happened.
  public var layer: Layer
  /// What happened.
  public var event: Event
  /// The rule that made it happen; nil where no rule did.
  public var rule: Rule?
  /// Why something was thrown away; nil when nothing was.
  public var reason: DropReason?
  /// Slot of the socket that this concerns.
  public var slot: Int32
  /// Running number of that socket; 0 for none.
  public var socket: UInt16
  /// The event's own number: octets, a descriptor, nanoseconds, an index into the calls; see `Event`.
  public var value: UInt64
  /// The fields written, as a range of the timeline's changes.
  public var changes: Range<Int>
  /// The unit in hand (segment, packet, frame) as far as it is built or still wrapped.
  public var unit: UnitSummary

  public init(
    time: Instant, host: HostID, layer: Layer, event: Event, rule: Rule? = nil,
    reason: DropReason? = nil, slot: Int? = nil, socket: UInt16 = 0, value: UInt64 = 0,
    changes: Range<Int> = 0..<0, unit: UnitSummary = UnitSummary()
  ) {
    self.time = time
    self.host = host
    self.layer = layer
    self.event = event
    self.rule = rule
    self.reason = reason
    self.slot = slot.map { Int32(truncatingIfNeeded: $0) } ?? -1
    self.socket = socket
    self.value = value
    self.changes = changes
    self.unit = unit
  }
}

/// One field that a moment wrote.
public struct FieldChange: Sendable, Hashable {
  public var field: Field
  public var host: HostID
  public var slot: Int32
  /// Running number of the socket.
  public var socket: UInt16
  /// The content before, as a number.
  public var old: UInt64
  /// The content after, as a number.
  public var new: UInt64
  /// Whether the field had a value before and has one now.
  public var wasSet: Bool
  public var isSet: Bool
}

/// What is in hand at a moment, in numbers: enough for a line of text or a ladder's row.
public struct UnitSummary: Sendable, Hashable, BitwiseCopyable {
  /// Octets of the unit as it stands, headers that it wears included; 0 for no unit.
  public var octets: UInt16 = 0
  /// Octets of application data in it.
  public var payload: UInt16 = 0
  /// SEG.SEQ.
  public var sequence = SequenceNumber(0)
  /// SEG.ACK.
  public var acknowledgment = SequenceNumber(0)
  /// The window field as it travels, not scaled.
  public var window: UInt16 = 0
  /// TCP's or UDP's source port.
  public var sourcePort: UInt16 = 0
  /// TCP's or UDP's destination port.
  public var destinationPort: UInt16 = 0
  /// TCP's control bits.
  public var flags: TCPFlags = []
  /// IP protocol, 0 where there is no IP packet.
  public var transport: UInt8 = 0
  /// The world's number of the frame once it is on the wire, from 1.
  public var frame: UInt32 = 0

  /// No unit in hand.
  public init() {}
}
