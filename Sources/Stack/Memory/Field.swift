/// A field of a control block. `name` is its stable dotted name in lessons and in `--json`.
public enum Field: UInt8, CaseIterable, Hashable, Sendable {
  case state, proto, answered, options, owner, localAddress, localPort, remotePort
  case remoteAddress, mssEffective, mssReceive, timer, retries, closing, opened, rto
  case iss, irs, sndUna, sndNxt
  case sndWnd, rcvNxt, rcvWnd, sendQueue
  case sndWl1, sndWl2, sndWndMax, receiveQueue
  case descriptor, number, parent, backlog, waiting, error, sndShift, rcvShift, softError
  case askedAt, timerDue
  case rttSequence, srtt, rttAt
  case rttvar, sendBuffer, receiveBuffer, tsRecent
  case firstSentAt, lastAckSent, unsent
  case ackDue, switches, probes, reserved, userTimeout
  case cwnd, ssthresh, recover, rexmitNext
  case dupAcks, recovery, urgent, reservedTwo, ackedOctets, rescueNext, pathMTU, mssLink
  case cubicMax, cubicK, cubicEpoch, cubicEstimate, lastSmall, lastSentAt
  case sndUp, rcvUp, reservedFive
}

/// Where the content of a field comes from: the chapter sorts the control information so.
public enum FieldOrigin: UInt8, CaseIterable, Sendable {
  /// The application told it, or the stack settled it on the application's behalf.
  case application
  /// Learnt from the peer.
  case peer
  /// Progress of the work.
  case progress
  /// A gap, named so that every octet belongs to a field.
  case reserved

  public var name: String { "\(self)" }
}

/// How a field's octets are meant.
public enum FieldForm: Sendable {
  case state, transport, flag, options, process, address, port, number, timer, closing
  case sequence, octets, milliseconds, microseconds, instant, descriptor, error, timestamp, switches
  case recovery, urgent, hidden
}

/// A row of the table of fields.
public struct FieldDescription: Sendable {
  public let field: Field
  /// The stable dotted name.
  public let name: String
  /// Octets from the block's start.
  public let offset: Int
  /// Octets.
  public let width: Int
  /// Where the content comes from.
  public let origin: FieldOrigin
  /// How the octets are meant.
  public let form: FieldForm
  /// The standard's name and its section, or what the field is where no standard names it.
  public let reference: String

  /// The field's octets in the block.
  public var range: Range<Int> { offset..<(offset + width) }
}

extension Field {
  /// All fields in the order of `Field.allCases`, which is the order of their offsets.
  public static let table: [FieldDescription] = [
    identity, variables, bookkeeping, patience, congestion,
  ].flatMap(\.self)

  /// O(1).
  public var description: FieldDescription { Field.table[Int(rawValue)] }
  /// The stable dotted name, `snd.nxt`.
  public var name: String { description.name }

  /// The field with this dotted name. O(number of fields).
  public init?(name: String) {
    guard let found = Field.table.first(where: { $0.name == name }) else { return nil }
    self = found.field
  }

  /// The field that an octet of the block belongs to. O(1).
  public static func at(octet: Int) -> Field? {
    byOctet.indices.contains(octet) ? byOctet[octet] : nil
  }

  private static let byOctet: [Field] = table.flatMap {
    Array(repeating: $0.field, count: $0.width)
  }

  static func row<Value>(
    _ field: Field, _ name: String, _ path: KeyPath<ControlBlock, Value>, _ origin: FieldOrigin,
    _ form: FieldForm, _ reference: String
  ) -> FieldDescription {
    FieldDescription(
      field: field, name: name, offset: MemoryLayout<ControlBlock>.offset(of: path) ?? -1,
      width: MemoryLayout<Value>.size, origin: origin, form: form, reference: reference)
  }

  private static var identity: [FieldDescription] {
    [
      row(.state, "state", \.stateOctet, .progress, .state, "state, RFC 9293 §3.3.2"),
      row(.proto, "proto", \.transport, .application, .transport, "protocol, RFC 791 §3.1"),
      row(.answered, "answered", \.answeredOctet, .progress, .flag, "an answer has come"),
      row(.options, "options", \.optionOctet, .peer, .options, "options agreed, RFC 9293 §3.2"),
      row(.owner, "owner", \.owner, .application, .process, "process that owns the descriptor"),
      row(
        .localAddress, "local.addr", \.localAddress, .application, .address,
        "local address, RFC 9293 §3.9.1.1"),
      row(
        .localPort, "local.port", \.localPort, .application, .port,
        "local port, RFC 9293 §3.9.1.1"),
      row(
        .remotePort, "remote.port", \.remotePort, .application, .port,
        "remote port, RFC 9293 §3.9.1.1"),
      row(
        .remoteAddress, "remote.addr", \.remoteAddress, .application, .address,
        "remote address, RFC 9293 §3.9.1.1"),
      row(
        .mssEffective, "mss.eff", \.sendMaximumSegmentSize, .peer, .octets,
        "Eff.snd.MSS, RFC 9293 §3.7.1"),
      row(
        .mssReceive, "mss.rcv", \.receiveMaximumSegmentSize, .application, .octets,
        "MSS announced, RFC 9293 §3.7.1"),
      row(.timer, "timer", \.timerOctet, .progress, .timer, "the timer that runs"),
      row(.retries, "retries", \.retries, .progress, .number, "sent again, RFC 9293 §3.8.3"),
      row(.closing, "closing", \.closingOctet, .application, .closing, "halves closed"),
      row(.opened, "opened", \.openedOctet, .application, .flag, "passive OPEN, RFC 9293 §3.10.1"),
      row(.rto, "rto", \.retransmissionTimeout, .progress, .milliseconds, "RTO, RFC 6298 §2"),
    ]
  }

  private static var variables: [FieldDescription] {
    [
      row(
        .iss, "iss", \.initialSendSequence, .progress, .sequence, "ISS, RFC 9293 §3.3.1"),
      row(.irs, "irs", \.initialReceiveSequence, .peer, .sequence, "IRS, RFC 9293 §3.3.1"),
      row(
        .sndUna, "snd.una", \.sendUnacknowledged, .progress, .sequence,
        "SND.UNA, RFC 9293 §3.3.1"),
      row(.sndNxt, "snd.nxt", \.sendNext, .progress, .sequence, "SND.NXT, RFC 9293 §3.3.1"),
      row(.sndWnd, "snd.wnd", \.sendWindow, .peer, .octets, "SND.WND, RFC 9293 §3.3.1"),
      row(.rcvNxt, "rcv.nxt", \.receiveNext, .progress, .sequence, "RCV.NXT, RFC 9293 §3.3.1"),
      row(.rcvWnd, "rcv.wnd", \.receiveWindow, .progress, .octets, "RCV.WND, RFC 9293 §3.3.1"),
      row(
        .sendQueue, "send.queue", \.sendQueue, .application, .octets, "octets in the send buffer"),
      row(
        .sndWl1, "snd.wl1", \.windowUpdateSequence, .peer, .sequence, "SND.WL1, RFC 9293 §3.3.1"),
      row(
        .sndWl2, "snd.wl2", \.windowUpdateAcknowledgment, .peer, .sequence,
        "SND.WL2, RFC 9293 §3.3.1"),
      row(
        .sndWndMax, "snd.wnd.max", \.largestSendWindow, .peer, .octets,
        "Max(SND.WND), RFC 9293 §3.8.6.2.1"),
      row(
        .receiveQueue, "receive.queue", \.receiveQueue, .progress, .octets,
        "octets that wait for the application"),
    ]
  }

  private static var bookkeeping: [FieldDescription] {
    [
      row(
        .descriptor, "descriptor", \.descriptorPlusOne, .application, .descriptor,
        "descriptor, stored plus one"),
      row(.number, "number", \.number, .progress, .number, "running number of the socket"),
      row(.parent, "parent", \.parent, .progress, .number, "waiting socket it was made from"),
      row(.backlog, "backlog", \.backlog, .application, .number, "backlog, RFC 1122 §4.2.2.18"),
      row(.waiting, "waiting", \.waiting, .progress, .number, "connections in the queue"),
      row(.error, "error", \.errorOctet, .peer, .error, "error for the next call"),
      row(
        .sndShift, "snd.shift", \.sendWindowShift, .peer, .number, "Snd.Wind.Shift, RFC 7323 §2.3"),
      row(
        .rcvShift, "rcv.shift", \.receiveWindowShift, .application, .number,
        "Rcv.Wind.Shift, RFC 7323 §2.3"),
      row(
        .softError, "soft.error", \.softErrorOctet, .peer, .error,
        "reported by ICMP, RFC 9293 §3.9.2.2"),
      row(.askedAt, "asked.at", \.askedAt, .application, .instant, "when the request was made"),
      row(.timerDue, "timer.due", \.timerDue, .progress, .instant, "when the timer fires"),
      row(
        .rttSequence, "rtt.seq", \.timedSequence, .progress, .sequence,
        "number being timed, RFC 6298 §3"),
      row(.srtt, "srtt", \.smoothedRoundTrip, .progress, .microseconds, "SRTT, RFC 6298 §2"),
      row(.rttAt, "rtt.at", \.timedAt, .progress, .instant, "when it was sent, RFC 6298 §3"),
      row(.rttvar, "rttvar", \.roundTripVariation, .progress, .microseconds, "RTTVAR, RFC 6298 §2"),
      row(
        .sendBuffer, "send.buffer", \.sendBufferSize, .application, .octets,
        "room in the send buffer"),
      row(
        .receiveBuffer, "receive.buffer", \.receiveBufferSize, .application, .octets,
        "room in the receive buffer"),
      row(.tsRecent, "ts.recent", \.recentTimestamp, .peer, .timestamp, "TS.Recent, RFC 7323 §4.3"),
      row(
        .firstSentAt, "first.sent.at", \.firstSentAt, .progress, .instant,
        "first copy of the oldest segment, RFC 9293 §3.8.3"),
      row(
        .lastAckSent, "last.ack.sent", \.lastAcknowledgmentSent, .progress, .sequence,
        "Last.ACK.sent, RFC 7323 §4.3"),
      row(
        .unsent, "send.unsent", \.unsent, .progress, .octets,
        "octets not sent yet, RFC 9293 §3.10.2"),
    ]
  }
}
