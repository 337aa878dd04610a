import Stack
import Wire

/// Where a frame is.
public enum FrameFate: Hashable, Sendable {
  /// On its way.
  case flying
  /// It does not arrive before it is released, or before the next one.
  case held
  case lost
  /// It has reached the other adapter; whether that one takes it is another matter.
  case delivered
}

/// A frame on its way.
public struct FrameInFlight: Hashable, Sendable {
  /// The world's number of the frame, from 1 in the order of sending.
  public let number: UInt32
  /// The octets that will arrive, from the destination address to the padding.
  public internal(set) var octets: [UInt8]
  /// The host that sent it, or that an injected frame pretends to come from.
  public let from: HostID
  /// The host that it is for: the other end of a line, or of a hub the one with its destination address;
  /// `.wire` where a hub carries it to all.
  public let to: HostID
  /// When its first bit went on the line.
  public let sentAt: Instant
  /// When its last bit arrives; nil while it is held.
  public internal(set) var arrivesAt: Instant?
  /// The frame of which the wire made this one.
  public internal(set) var copyOf: UInt32?
  /// Nobody sent it: it was put on the wire from outside.
  public internal(set) var isInjected = false
  /// The octets that were sent, where they were changed on the way.
  public internal(set) var original: [UInt8]?
  public internal(set) var fate = FrameFate.flying
  /// The FCS on the wire where it is not that of `octets` any more.
  var oldCheckSequence: UInt32?
  /// It waits for the next frame of its sender and then follows it.
  var waitsForNext = false
  /// The sender's port, as an index of the world's ports.
  let port: Int

  /// Octets were changed on the way.
  public var isDamaged: Bool { original != nil }

  /// The FCS as it travels, IEEE 802.3 cl. 3.2.9. O(octets).
  public var frameCheckSequence: UInt32 { oldCheckSequence ?? FrameCheckSequence.of(octets) }

  init(
    number: UInt32, octets: [UInt8], from: HostID, port: Int, to: HostID, sentAt: Instant
  ) {
    self.port = port
    self.number = number
    self.octets = octets
    self.from = from
    self.to = to
    self.sentAt = sentAt
  }

  /// Flips one bit, counted from the octet's lowest. With `beforeFCS` the FCS is made afresh.
  mutating func flip(octet: Int, bit: Int, beforeFCS: Bool) {
    guard octets.indices.contains(octet) else { return }
    if !beforeFCS { oldCheckSequence = frameCheckSequence }
    original = original ?? octets
    octets[octet] ^= 1 << UInt8(bit & 7)
    if beforeFCS { oldCheckSequence = nil }
  }

  /// Another value in a header's field, believable to the receiver.
  mutating func rewrite(field: String, value: UInt64) {
    original = original ?? octets
    FrameRewriting.write(value, to: field, in: &octets)
    oldCheckSequence = nil
  }
}

/// What became of the frames that a host sent.
public struct WireCounters: Hashable, Sendable, BitwiseCopyable {
  /// Frames that a host put on the wire.
  public var sent = 0
  public var lost = 0
  /// Copies that the wire made.
  public var duplicated = 0
  /// Frames that a later one has overtaken.
  public var reordered = 0
  public var damaged = 0
  /// Frames that reached an adapter, copies and damaged ones included.
  public var delivered = 0

  public init() {}

  public static func + (left: WireCounters, right: WireCounters) -> WireCounters {
    var sum = left
    sum.sent += right.sent
    sum.lost += right.lost
    sum.duplicated += right.duplicated
    sum.reordered += right.reordered
    sum.damaged += right.damaged
    sum.delivered += right.delivered
    return sum
  }
}

/// An adapter's end of its line.
struct Port: Sendable {
  /// The host, as an index of the world's hosts, and which of its adapters this is.
  let host: Int
  let interface: Int
  /// The link that the adapter is plugged into, as an index of the configuration's links.
  var link: Int?
  /// The port at the other end of a line, as an index of the world's ports; nil on a hub.
  var peer: Int?
  /// When the line takes the next frame.
  var freeAt = Instant.zero
  /// Frames that wait in the adapter, the oldest first.
  var waiting: [LinkFrame] = []
  /// How many may wait; nil for any number.
  var queueLimit: Int?
  /// The highest number of this port's frames that has arrived.
  var newestArrived: UInt32 = 0
  var counters = WireCounters()

  init(host: Int, interface: Int) {
    self.host = host
    self.interface = interface
  }
}
