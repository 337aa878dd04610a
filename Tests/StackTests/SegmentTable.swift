import Stack
import Wire

/// A state in which a segment may find the connection, brought about by real calls and segments.
enum Situation: String, CaseIterable {
  case closed, listen, synSent, synReceivedPassive, synReceivedActive
  case established, finWait1, finWait2, closeWait, closing, lastAck, timeWait
  /// TIME-WAIT: resets do not end it (RFC 1337); its owner has closed and a listener waits on the port (RFC 6191);
  /// with timestamps agreed on, segments come with a newer one, with one gone by, with none.
  case timeWaitKept, timeWaitReusable, timeWaitStamped, timeWaitOldStamp, timeWaitNoStamp
  /// A SYN has been answered by a cookie, so there is no record.
  case cookieSent

  /// Those that RFC 9293 §3.10.7 tells apart by itself.
  static let plain: [Situation] = allCases.filter { !waiting.contains($0) && $0 != .cookieSent }
  static let waiting: [Situation] = [
    .timeWaitKept, .timeWaitReusable, .timeWaitStamped, .timeWaitOldStamp, .timeWaitNoStamp,
  ]
  static let stamped: [Situation] = [.timeWaitStamped, .timeWaitOldStamp, .timeWaitNoStamp]

  static let synchronized: [Situation] = [
    .established, .finWait1, .finWait2, .closeWait, .closing, .lastAck, .timeWait,
  ]
  /// From the fifth check on these take text.
  static let takingText: [Situation] = [.established, .finWait1, .finWait2]
  static let afterFin: [Situation] = [.closeWait, .closing, .lastAck, .timeWait]

  var state: TCPState {
    switch self {
    case .closed, .listen, .cookieSent: .closed
    case .synSent: .synSent
    case .synReceivedPassive, .synReceivedActive: .synReceived
    case .established: .established
    case .finWait1: .finWait1
    case .finWait2: .finWait2
    case .closeWait: .closeWait
    case .closing: .closing
    case .lastAck: .lastAck
    case .timeWait: .timeWait
    case _ where Situation.waiting.contains(self): .timeWait
    default: .closed
    }
  }
}

/// The kinds of segment that the checks of RFC 9293 §3.10.7 tell apart.
///
/// R is RCV.NXT, W is RCV.WND, U is SND.UNA and N is SND.NXT of the host before the segment.
enum SegmentKind: String, CaseIterable {
  /// SYN at R+10, at R−1.
  case syn, synOld
  /// SYN+ACK at R−1 (in SYN-SENT at R) that acknowledges N, or N+1.
  case synAck, synAckBad
  /// ACK at R of U, of N, of N+1, of U−MAX.SND.WND−1.
  case ackDuplicate, ackAdvancing, ackUnsent, ackTooOld
  /// RST at R, at R+1, at R+W.
  case rst, rstInWindow, rstOutside
  /// RST+ACK at R of N, of N+1; RST with text from R−4 to R+6.
  case rstAck, rstAckBad, rstWithText
  /// FIN+ACK at R of U, of N; at R+10; at R−1; FIN at R without ACK.
  case fin, finAck, finBeyondGap, finOld, finNoAck
  /// Ten octets with an ACK of U at R, with an ACK of N at R.
  case text, textAck
  /// Ten octets at R−10, R−4, R+10, R+W; at R without ACK; at R with URG.
  case textOld, textOverlapping, textBeyondGap, textBeyondWindow, textNoAck, urgent
  /// ACK of U with URG at R without text; ten octets with an ACK of N and URG at R.
  case urgentAlone, urgentAck
  /// No control bit and no text at R.
  case nothing
}

/// The numbers that the connection had when the segment came, and those of the segment.
struct Numbers {
  var receiveNext: UInt32 = 5001
  var receiveWindow: UInt32 = 65_535
  var unacknowledged: UInt32 = 7000
  var sendNext: UInt32 = 7000
  var initial: UInt32 = 0
  var segmentSequence: UInt32 = 0
  var segmentAcknowledgment: UInt32 = 0
  var segmentLength: UInt32 = 0
}

/// What the RFC says must come back.
enum Reply {
  case silence
  /// <SEQ=SND.NXT><ACK=RCV.NXT+n><CTL=ACK>
  case ack(UInt32)
  /// <SEQ=ISS><ACK=SEG.SEQ+1><CTL=SYN,ACK>
  case synAck
  /// <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>
  case synAckAgain
  /// <SEQ=cookie><ACK=SEG.SEQ+1><CTL=SYN,ACK>: to the same SYN the same cookie
  case cookie
  /// <SEQ=SND.NXT><ACK=SEG.SEQ+1><CTL=ACK>
  case ackOfSyn
  /// <SEQ=SEG.ACK><CTL=RST>
  case reset
  /// <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>
  case resetAck
}

struct Row: CustomStringConvertible {
  var situation: Situation
  var kind: SegmentKind
  var next: TCPState
  var reply: Reply
  /// A rule that must be among the moments; nil where none but the look-up is applied.
  var rule: Rule?
  /// The RFC's sentence in short.
  var cite: String

  var description: String { "\(situation) × \(kind): \(cite)" }
}

extension Peer {
  /// Brings a fresh host into the situation.
  init(in situation: Situation) throws {
    self.init { host in
      host.tcp.ignoresResetInTimeWait = situation == .timeWaitKept
      host.tcp.timestamps = Situation.stamped.contains(situation)
      host.tcp.synCookies = situation == .cookieSent ? .always : .off
    }
    switch situation {
    case .closed: break
    case .listen: try listen()
    case .synSent: _ = try connect()
    case .synReceivedPassive:
      try listen()
      try send(.syn, 5000, nil)
    case .synReceivedActive:
      _ = try connect()
      try send(.syn, 5000, nil)
    case .cookieSent:
      try listen()
      cookie = try send(.syn, 5000, nil).first?.header.sequence.value
    case _ where Situation.waiting.contains(situation): try reachTimeWait(situation)
    default: try reach(situation)
    }
    _ = try answers()
    journal = Journal(isLooking: true)
  }

  /// The synchronized states; in ESTABLISHED and CLOSE-WAIT 100 octets are unacknowledged, in FIN-WAIT-1,
  /// CLOSING and LAST-ACK the FIN.
  private mutating func reach(_ situation: Situation) throws {
    try establish()
    let hundred = [UInt8](repeating: 0x61, count: 100)
    switch situation {
    case .established: try call(.send(4, hundred))
    case .closeWait, .lastAck:
      try send([.fin, .ack], 5001, connection?.sendNext.value)
      try call(situation == .closeWait ? .send(4, hundred) : .shutdown(4, .sending))
    case .finWait1: try call(.shutdown(4, .sending))
    case .closing:
      try call(.shutdown(4, .sending))
      try send([.fin, .ack], 5001, connection?.sendUnacknowledged.value)
    default:
      try call(.shutdown(4, .sending))
      try send(.ack, 5001, connection?.sendNext.value)
      if situation == .timeWait { try send([.fin, .ack], 5001, connection?.sendNext.value) }
    }
  }

  /// The host closes first; the last segment of the peer's bears the timestamp 200.
  private mutating func reachTimeWait(_ situation: Situation) throws {
    let stamps = Situation.stamped.contains(situation)
    func stamp(_ value: UInt32) -> TCPOptions { stamps ? .stamp(value) : TCPOptions() }
    try establish(options: stamp(100))
    try call(situation == .timeWaitReusable ? .close(4) : .shutdown(4, .sending))
    try send(.ack, 5001, connection?.sendNext.value, options: stamp(150))
    try send([.fin, .ack], 5001, connection?.sendNext.value, options: stamp(200))
  }

  func numbers(in situation: Situation) -> Numbers {
    var numbers = Numbers()
    if let cookie { (numbers.unacknowledged, numbers.sendNext) = (cookie, cookie &+ 1) }
    guard let block = connection else { return numbers }
    numbers.unacknowledged = block.sendUnacknowledged.value
    numbers.sendNext = block.sendNext.value
    numbers.initial = block.initialSendSequence.value
    guard situation != .synSent else { return numbers }
    numbers.receiveNext = block.receiveNext.value
    numbers.receiveWindow = block.receiveWindow
    return numbers
  }

  /// Sends a segment of this kind; fills in the segment's own numbers.
  mutating func send(
    _ kind: SegmentKind, in situation: Situation, _ numbers: inout Numbers
  ) throws -> [Answer] {
    let shape = Shape(kind, in: situation, numbers)
    numbers.segmentSequence = shape.sequence
    numbers.segmentAcknowledgment = shape.acknowledgment ?? 0
    numbers.segmentLength =
      UInt32(shape.text) + (shape.flags.contains(.syn) ? 1 : 0)
      + (shape.flags.contains(.fin) ? 1 : 0)
    return try send(
      shape.flags, shape.sequence, shape.acknowledgment,
      text: [UInt8](repeating: 0x62, count: shape.text),
      urgent: shape.flags.contains(.urg) ? 5 : 0, options: situation.options)
  }
}

extension Situation {
  /// What the segments of the table bear: the host's TS.Recent is 200.
  fileprivate var options: TCPOptions {
    switch self {
    case .timeWaitStamped: .stamp(300)
    case .timeWaitOldStamp: .stamp(199)
    default: TCPOptions()
    }
  }
}

extension TCPOptions {
  fileprivate static func stamp(_ value: UInt32) -> TCPOptions {
    TCPOptions(timestamps: TCPTimestamps(value: value, echo: 0))
  }
}

/// A kind of segment in numbers.
struct Shape {
  var flags: TCPFlags
  var sequence: UInt32
  var acknowledgment: UInt32?
  var text = 0

  init(_ kind: SegmentKind, in situation: Situation, _ numbers: Numbers) {
    let next = numbers.receiveNext
    let (una, unsent) = (numbers.unacknowledged, numbers.sendNext &+ 1)
    (flags, sequence, acknowledgment) = (.ack, next, una)
    switch kind {
    case .syn: (flags, sequence, acknowledgment) = (.syn, next &+ 10, nil)
    case .synOld: (flags, sequence, acknowledgment) = (.syn, next &- 1, nil)
    case .synAck, .synAckBad:
      flags = [.syn, .ack]
      sequence = situation == .synSent ? next : next &- 1
      acknowledgment = kind == .synAck ? numbers.sendNext : unsent
    case .ackDuplicate: break
    case .ackAdvancing: acknowledgment = numbers.sendNext
    case .ackUnsent: acknowledgment = unsent
    case .ackTooOld: acknowledgment = una &- 10_001
    case .rst: (flags, acknowledgment) = (.rst, nil)
    case .rstInWindow: (flags, sequence, acknowledgment) = (.rst, next &+ 1, nil)
    case .rstOutside:
      (flags, sequence, acknowledgment) = (.rst, next &+ numbers.receiveWindow, nil)
    case .rstAck: (flags, acknowledgment) = ([.rst, .ack], numbers.sendNext)
    case .rstAckBad: (flags, acknowledgment) = ([.rst, .ack], unsent)
    case .rstWithText: (flags, sequence, acknowledgment, text) = (.rst, next &- 4, nil, 10)
    case .fin: flags = [.fin, .ack]
    case .finAck: (flags, acknowledgment) = ([.fin, .ack], numbers.sendNext)
    case .finBeyondGap: (flags, sequence) = ([.fin, .ack], next &+ 10)
    case .finOld: (flags, sequence) = ([.fin, .ack], next &- 1)
    case .finNoAck: (flags, acknowledgment) = (.fin, nil)
    case .text: text = 10
    case .textAck: (acknowledgment, text) = (numbers.sendNext, 10)
    case .textOld: (sequence, text) = (next &- 10, 10)
    case .textOverlapping: (sequence, text) = (next &- 4, 10)
    case .textBeyondGap: (sequence, text) = (next &+ 10, 10)
    case .textBeyondWindow: (sequence, text) = (next &+ numbers.receiveWindow, 10)
    case .textNoAck: (flags, acknowledgment, text) = ([], nil, 10)
    case .urgent: (flags, text) = ([.ack, .urg], 10)
    case .urgentAlone: flags = [.ack, .urg]
    case .urgentAck: (flags, acknowledgment, text) = ([.ack, .urg], numbers.sendNext, 10)
    case .nothing: (flags, acknowledgment) = ([], nil)
    }
  }
}
