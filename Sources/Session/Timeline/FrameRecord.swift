import Simulation
import Stack
import Wire

/// A frame of a run and what became of it.
public struct FrameRecord: Hashable, Sendable {
  /// The world's number, from 1.
  public let number: UInt32
  public let from: HostID
  /// The host that it is for; `.wire` where a hub carries it to all.
  public let to: HostID
  public let sentAt: Instant
  /// When it arrived; nil while it has not.
  public internal(set) var receivedAt: Instant?
  public internal(set) var fate: FrameFate
  /// The octets as they were sent.
  public let octets: [UInt8]
  /// The octets as they arrive, where they were changed on the way.
  public internal(set) var damagedOctets: [UInt8]?
  /// The number of the moment at which it came on the wire.
  public internal(set) var sentMoment = 0
  /// The number of the moment at which it arrived or was lost; nil while it is on its way.
  public internal(set) var endMoment: Int?
  /// The frame of which the wire made this one.
  public let copyOf: UInt32?
  public let isInjected: Bool
  /// Its text or SYN or FIN had been sent before.
  public internal(set) var isRetransmission = false

  init(_ frame: FrameInFlight) {
    number = frame.number
    from = frame.from
    to = frame.to
    sentAt = frame.sentAt
    fate = frame.fate
    octets = frame.original ?? frame.octets
    damagedOctets = frame.isDamaged ? frame.octets : nil
    copyOf = frame.copyOf
    isInjected = frame.isInjected
  }

  /// The number of the moment at which it arrived; nil where it has not.
  public var receivedMoment: Int? { fate == .delivered ? endMoment : nil }

  /// A host put it on the wire: neither a copy of the wire's nor an injected frame.
  public var wasSentByHost: Bool { copyOf == nil && !isInjected }
}

/// The frames of a run, kept up to date with the world.
struct FrameLedger: Sendable {
  private(set) var records: [FrameRecord] = []
  /// The places of the frames in which a host opens a connection.
  private(set) var openings: [Int] = []
  /// The numbers of the frames that were lost, in the order in which they were.
  private(set) var losses: [UInt32] = []
  private(set) var segments: [SegmentFlow: [SentSegment]] = [:]
  /// For each direction of each connection the number after the last that was sent.
  private var sentUpTo: [Flow: SequenceNumber] = [:]
  /// Flows whose FIN has been sent.
  private var ended: Set<Flow> = []

  private struct Flow: Hashable {
    var from: HostID
    var sourcePort: UInt16
    var destinationPort: UInt16
    var to: HostID
  }

  /// Takes over what an input did to frames and which moments tell of it; `first` is the number of the
  /// first of those moments.
  mutating func note(_ touched: [FrameInFlight], _ moments: ArraySlice<Moment>, first: Int) {
    for frame in touched { note(frame) }
    for (number, moment) in zip(first..., moments) where moment.layer == .wire {
      note(moment, number)
    }
  }

  private mutating func note(_ frame: FrameInFlight) {
    let place = Int(frame.number) - 1
    if place == records.count {
      var record = FrameRecord(frame)
      let unit = UnitSummary(frame: record.octets)
      if record.copyOf == nil { record.isRetransmission = wasSentBefore(frame, unit) }
      records.append(record)
      if record.wasSentByHost, unit.transport == IPProtocol.tcp.rawValue { list(record, unit) }
    }
    guard records.indices.contains(place) else { return }
    records[place].fate = frame.fate
    records[place].damagedOctets = frame.isDamaged ? frame.octets : nil
  }

  private mutating func note(_ moment: Moment, _ number: Int) {
    let place = Int(moment.unit.frame) - 1
    guard records.indices.contains(place) else { return }
    switch moment.event {
    case .frameSent, .frameDuplicated: records[place].sentMoment = number
    case .frameLost:
      records[place].endMoment = number
      losses.append(moment.unit.frame)
    case .frameReceived:
      // A hub carries it to others, too: its end is where it was meant to go.
      guard records[place].endMoment == nil || moment.host == records[place].to else { return }
      records[place].endMoment = number
      records[place].receivedAt = moment.time
    default: break
    }
  }

  private mutating func list(_ record: FrameRecord, _ unit: UnitSummary) {
    if unit.flags.contains(.syn) { openings.append(records.count - 1) }
    let length = unit.sequenceLength
    guard length > 0, !unit.flags.contains(.rst) else { return }
    let flow = SegmentFlow(
      host: record.from, sourcePort: unit.sourcePort, destinationPort: unit.destinationPort)
    segments[flow, default: []].append(
      SentSegment(
        frame: record.number, time: record.sentAt, sequence: unit.sequence, length: length,
        isRetransmission: record.isRetransmission))
  }

  private mutating func wasSentBefore(_ frame: FrameInFlight, _ unit: UnitSummary) -> Bool {
    guard !frame.isInjected else { return false }
    guard unit.transport == IPProtocol.tcp.rawValue, !unit.flags.contains(.rst) else {
      return false
    }
    let flow = Flow(
      from: frame.from, sourcePort: unit.sourcePort, destinationPort: unit.destinationPort,
      to: frame.to)
    let length = unit.sequenceLength
    guard length > 0 else { return false }
    let end = unit.sequence + length
    guard let known = sentUpTo[flow] else {
      sentUpTo[flow] = end
      return false
    }
    if unit.flags.contains(.syn) {
      sentUpTo[flow] = end
      // After a FIN this is another connection, even where it begins with the same number.
      if ended.remove(flow) != nil { return false }
      return known == end || (known.isAfter(end) && known.distance(from: end) <= 65_535)
    }
    if unit.flags.contains(.fin) { ended.insert(flow) }
    if end.isAfter(known) { sentUpTo[flow] = end }
    return unit.sequence.isBefore(known)
  }
}

extension UnitSummary {
  /// SEG.LEN: octets of text, and one for each of SYN and FIN (RFC 9293 §3.3.1).
  public var sequenceLength: Int {
    Int(payload) + (flags.contains(.syn) ? 1 : 0) + (flags.contains(.fin) ? 1 : 0)
  }
}
