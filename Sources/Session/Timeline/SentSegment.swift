import Stack
import Wire

/// A segment with numbers of its own (text, SYN or FIN) that a host put on the wire.
public struct SentSegment: Sendable, Hashable {
  /// The number of its frame.
  public let frame: UInt32
  public let time: Instant
  public let sequence: SequenceNumber
  /// Octets of text, and one for each of SYN and FIN.
  public let length: Int
  /// Some of it had been sent before.
  public let isRetransmission: Bool

  /// The number after its last.
  public var end: SequenceNumber { sequence + length }
}

/// The segments of one host from one port to another, in the order in which they were sent.
struct SegmentFlow: Hashable {
  var host: HostID
  var sourcePort: UInt16
  var destinationPort: UInt16
}
