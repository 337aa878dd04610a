import Wire

/// A socket's control information: the memory that the stack reads before it does anything.
///
/// The layout is fixed and without implicit padding: every octet belongs to one field of `Field`, a test
/// holds that. Stored members are integers or one-integer structs, so that any octets whatever may be
/// written here; state and flags are computed. Integers lie in the machine's order, the two IPv4
/// addresses in network order.
public struct ControlBlock: BitwiseCopyable, Sendable, Equatable {
  // 0x00
  var stateOctet: UInt8 = 0
  /// IP protocol number of the socket's transport: 6 TCP, 17 UDP, 0 a free slot.
  public var transport: UInt8 = 0
  var answeredOctet: UInt8 = 0
  var optionOctet: UInt8 = 0
  /// Process that owns the descriptor; 0 when no program does.
  public var owner: UInt32 = 0
  /// Local address; any until one is chosen (RFC 9293 §3.9.1.1).
  public var localAddress = IPv4Address.any
  /// Local port; 0 while there is none (RFC 9293 §3.9.1.1).
  public var localPort: UInt16 = 0
  /// Remote port; 0 while there is no peer (RFC 9293 §3.9.1.1).
  public var remotePort: UInt16 = 0
  // 0x10
  /// Remote address (RFC 9293 §3.9.1.1).
  public var remoteAddress = IPv4Address.any
  /// Eff.snd.MSS: the most data octets one segment takes (RFC 9293 §3.7.1).
  public var sendMaximumSegmentSize: UInt16 = 0
  /// The MSS that this side announces (RFC 9293 §3.7.1).
  public var receiveMaximumSegmentSize: UInt16 = 0
  var timerOctet: UInt8 = 0
  /// Times the oldest unacknowledged segment was sent again.
  public var retries: UInt8 = 0
  var closingOctet: UInt8 = 0
  var openedOctet: UInt8 = 0
  /// RTO in milliseconds (RFC 6298 §2).
  public var retransmissionTimeout: UInt32 = 0
  // 0x20
  /// ISS, RFC 9293 §3.3.1.
  public var initialSendSequence = SequenceNumber(0)
  /// IRS, RFC 9293 §3.3.1.
  public var initialReceiveSequence = SequenceNumber(0)
  /// SND.UNA, RFC 9293 §3.3.1.
  public var sendUnacknowledged = SequenceNumber(0)
  /// SND.NXT, RFC 9293 §3.3.1.
  public var sendNext = SequenceNumber(0)
  // 0x30
  /// SND.WND in octets, already scaled (RFC 9293 §3.3.1).
  public var sendWindow: UInt32 = 0
  /// RCV.NXT, RFC 9293 §3.3.1.
  public var receiveNext = SequenceNumber(0)
  /// RCV.WND in octets (RFC 9293 §3.3.1).
  public var receiveWindow: UInt32 = 0
  /// Octets in the send buffer: sent and unacknowledged, or not sent yet.
  public var sendQueue: UInt32 = 0
  // 0x40
  /// SND.WL1, RFC 9293 §3.3.1.
  public var windowUpdateSequence = SequenceNumber(0)
  /// SND.WL2, RFC 9293 §3.3.1.
  public var windowUpdateAcknowledgment = SequenceNumber(0)
  /// Max(SND.WND), the largest window seen from the peer (RFC 9293 §3.8.6.2.1).
  public var largestSendWindow: UInt32 = 0
  /// Octets that have arrived in order and that the application has not read.
  public var receiveQueue: UInt32 = 0
  // 0x50
  /// The application's number for this socket plus one; 0 when it has none.
  public var descriptorPlusOne: UInt32 = 0
  /// The host's running number of this socket, 3 for its first.
  public var number: UInt16 = 0
  /// The waiting socket that this one was made from; 0 for none.
  public var parent: UInt16 = 0
  /// Connections that may wait in a listening socket's queue.
  public var backlog: UInt16 = 0
  /// Connections that do wait: half open ones and those for `accept()`.
  public var waiting: UInt16 = 0
  var errorOctet: UInt8 = 0
  /// Snd.Wind.Shift (RFC 7323 §2.3).
  public var sendWindowShift: UInt8 = 0
  /// Rcv.Wind.Shift (RFC 7323 §2.3).
  public var receiveWindowShift: UInt8 = 0
  var softErrorOctet: UInt8 = 0
  // 0x60
  /// When the application's request (`connect()`) was made, nanoseconds.
  public var askedAt = Instant.zero
  /// When the running timer fires, nanoseconds.
  public var timerDue = Instant.zero
  // 0x70
  /// The sequence number whose acknowledgment ends the round-trip measurement.
  public var timedSequence = SequenceNumber(0)
  /// SRTT in microseconds, 0 before the first sample (RFC 6298 §2).
  public var smoothedRoundTrip: UInt32 = 0
  /// When the measured segment was sent; 0 while nothing is measured.
  public var timedAt = Instant.zero
  // 0x80
  /// RTTVAR in microseconds (RFC 6298 §2).
  public var roundTripVariation: UInt32 = 0
  /// Room in the send buffer, octets.
  public var sendBufferSize: UInt32 = 0
  /// Room in the receive buffer, octets.
  public var receiveBufferSize: UInt32 = 0
  /// TS.Recent (RFC 7323 §4.3).
  public var recentTimestamp: UInt32 = 0
  // 0x90
  /// When the oldest unacknowledged segment was first sent: R2 counts from here.
  public var firstSentAt = Instant.zero
  /// Last.ACK.sent (RFC 7323 §4.3).
  public var lastAcknowledgmentSent = SequenceNumber(0)
  /// Octets of the send buffer that have not been sent yet: its last ones.
  public var unsent: UInt32 = 0
  // 0xa0
  /// When a delayed acknowledgment goes by itself; 0 while none waits (RFC 9293 §3.8.6.3).
  public var acknowledgeDue = Instant.zero
  var switchOctet: UInt8 = 0
  /// Probes of a shut window since the peer last let anything in (RFC 9293 §3.8.6.1).
  public var probes: UInt8 = 0
  var reserved: UInt16 = 0
  /// Time after which unacknowledged data ends the connection, milliseconds; 0 for none of the application's
  /// own (RFC 9293 §3.9.1.1, §3.9.1.8).
  public var userTimeout: UInt32 = 0
  // 0xb0
  /// cwnd in octets; 0 where no congestion control is on (RFC 5681 §2).
  public var congestionWindow: UInt32 = 0
  /// ssthresh in octets (RFC 5681 §2).
  public var slowStartThreshold: UInt32 = 0
  /// recover: the recovery from a loss ends when this number is acknowledged (RFC 6582 §3.1).
  public var recoveryPoint = SequenceNumber(0)
  /// HighRxt plus one: what is to be sent again next begins here (RFC 6675 §2).
  public var retransmitNext = SequenceNumber(0)
  // 0xc0
  /// Duplicate acknowledgments in a row (RFC 5681 §2).
  public var duplicateAcknowledgments: UInt8 = 0
  var recoveryOctet: UInt8 = 0
  var urgentOctet: UInt8 = 0
  var reservedTwo: UInt8 = 0
  /// Octets acknowledged since cwnd grew last in congestion avoidance (RFC 5681 §3.1).
  public var acknowledgedOctets: UInt32 = 0
  /// RescueRxt plus one: the last segment goes again once SND.UNA has passed this number (RFC 6675 §2).
  public var rescueNext = SequenceNumber(0)
  /// The MTU found on the way to the peer; 0 while none is less than the link's (RFC 1191 §6.2).
  public var pathLimit: UInt16 = 0
  /// Eff.snd.MSS without that limit: what it comes back to when the limit is old (RFC 1191 §6.3).
  public var linkSegmentSize: UInt16 = 0
  // 0xd0
  /// W_max in octets (RFC 9438 §4.1.2).
  public var cubicMaximum: UInt32 = 0
  /// K in milliseconds (RFC 9438 §4.2).
  public var cubicInflection: UInt32 = 0
  /// t_epoch: when the present stage of congestion avoidance began; 0 before one (RFC 9438 §4.1.2).
  public var cubicEpoch = Instant.zero
  // 0xe0
  /// W_est in octets (RFC 9438 §4.3).
  public var cubicEstimate: UInt32 = 0
  /// The number after the last segment that was not full (RFC 9293 appendix A.3).
  public var lastSmall = SequenceNumber(0)
  /// When text was sent last: after a long pause cwnd begins anew (RFC 5681 §4.1).
  public var lastSentAt = Instant.zero
  // 0xf0
  /// SND.UP, RFC 9293 §3.3.1: the number after the last urgent octet handed over (§3.8.5, MUST-62).
  public var sendUrgent = SequenceNumber(0)
  /// RCV.UP, RFC 9293 §3.3.1: the number after the last urgent octet that the peer tells of.
  public var receiveUrgent = SequenceNumber(0)
  var reservedFive: UInt64 = 0

  /// A block whose octets are all zero: a free slot.
  public init() {}

  /// Octets of one slot.
  public static let size = 256
}

// Getters are inlined: a call would copy the record, and every check asks for its state.
extension ControlBlock {
  /// No socket uses this slot.
  @inlinable public var isFree: Bool { transport == 0 }

  /// The connection's state, RFC 9293 §3.3.2.
  public var state: TCPState {
    @inline(__always) get { TCPState(octet: stateOctet) }
    set { stateOctet = newValue.octet }
  }

  /// An answer of the peer to the request has come.
  public var answered: Bool {
    @inline(__always) get { answeredOctet != 0 }
    set { answeredOctet = newValue ? 1 : 0 }
  }

  /// Options that both sides have agreed on.
  public var options: AgreedOptions {
    @inline(__always) get { AgreedOptions(rawValue: optionOctet) }
    set { optionOctet = newValue.rawValue }
  }

  /// The timer that runs.
  public var timer: TCPTimer {
    @inline(__always) get { TCPTimer(octet: timerOctet) }
    set { timerOctet = newValue.octet }
  }

  /// What the application has closed.
  public var closing: ClosedHalves {
    @inline(__always) get { ClosedHalves(rawValue: closingOctet) }
    set { closingOctet = newValue.rawValue }
  }

  /// The connection was opened by `listen()` (RFC 9293 §3.10.1): a reset in SYN-RECEIVED returns to LISTEN.
  public var wasPassive: Bool {
    @inline(__always) get { openedOctet == 1 }
    set { openedOctet = newValue ? 1 : 0 }
  }

  /// What the application has switched on for this socket.
  public var switches: SocketSwitches {
    @inline(__always) get { SocketSwitches(rawValue: switchOctet) }
    set { switchOctet = newValue.rawValue }
  }

  /// How far the recovery from a loss is.
  public var recovery: LossRecovery {
    @inline(__always) get { LossRecovery(octet: recoveryOctet) }
    set { recoveryOctet = newValue.octet }
  }

  /// Which of the urgent pointers are in force.
  public var urgent: UrgentMode {
    @inline(__always) get { UrgentMode(rawValue: urgentOctet) }
    set { urgentOctet = newValue.rawValue }
  }

  /// The error that the next call returns; nil for none or for an octet that names none.
  public var pendingError: SocketError? {
    @inline(__always) get { SocketError(octet: errorOctet) }
    set { errorOctet = newValue?.rawValue ?? 0 }
  }

  /// What ICMP reported without ending anything: told when the connection is given up (RFC 9293 §3.9.2.2).
  public var softError: SocketError? {
    @inline(__always) get { SocketError(octet: softErrorOctet) }
    set { softErrorOctet = newValue?.rawValue ?? 0 }
  }

  /// The application's number for this socket.
  public var descriptor: Int? {
    @inline(__always) get { descriptorPlusOne == 0 ? nil : Int(descriptorPlusOne) - 1 }
    set { descriptorPlusOne = newValue.map { UInt32(truncatingIfNeeded: $0 + 1) } ?? 0 }
  }
}

/// TCP options in force on a connection (RFC 7323 §2, §3; RFC 2018 §2).
public struct AgreedOptions: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Window scaling (RFC 7323 §2).
  public static let windowScale = AgreedOptions(rawValue: 1)
  /// Timestamps (RFC 7323 §3).
  public static let timestamps = AgreedOptions(rawValue: 2)
  /// Selective acknowledgments (RFC 2018 §2).
  public static let sack = AgreedOptions(rawValue: 4)
}

/// What an application asks of one socket beside its calls, with the names of the BSD interface.
public struct SocketSwitches: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// TCP_NODELAY: small segments do not wait (RFC 9293 §3.7.4, MUST-17).
  public static let noDelay = SocketSwitches(rawValue: 1)
  /// SO_KEEPALIVE: an idle peer is asked whether it is still there (RFC 9293 §3.8.4).
  public static let keepAlive = SocketSwitches(rawValue: 2)
  /// SO_LINGER with 0 seconds: `close()` aborts (RFC 9293 §3.10.5).
  public static let abortOnClose = SocketSwitches(rawValue: 4)
  /// SO_REUSEADDR: connections that are left on a port do not keep `bind()` from it.
  public static let reuseAddress = SocketSwitches(rawValue: 8)
  /// TCP_NOPUSH: more is to come, a segment that is not full waits (RFC 9293 §3.9.1.2, MAY-16).
  public static let noPush = SocketSwitches(rawValue: 16)
}

/// The halves of a connection that the application has shut.
public struct ClosedHalves: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// No more data will be handed over: a FIN follows what is queued.
  public static let sending = ClosedHalves(rawValue: 1)
  /// Nothing more will be read.
  public static let receiving = ClosedHalves(rawValue: 2)
  /// The FIN has been sent.
  public static let finSent = ClosedHalves(rawValue: 4)
}

/// What a sender does about a loss at present.
public enum LossRecovery: Hashable, Sendable {
  /// Nothing is known to be lost.
  case none
  /// Duplicate acknowledgments told of a loss (RFC 5681 §3.2, RFC 6582, RFC 6675).
  case fast
  /// The retransmission timer did (RFC 5681 §3.1).
  case afterTimeout
  case unknown(UInt8)

  @inlinable public init(octet: UInt8) {
    switch octet {
    case 0: self = .none
    case 1: self = .fast
    case 2: self = .afterTimeout
    default: self = .unknown(octet)
    }
  }

  @inlinable public var octet: UInt8 {
    switch self {
    case .none: 0
    case .fast: 1
    case .afterTimeout: 2
    case .unknown(let octet): octet
    }
  }
}

/// The connection's one timer: what it is for at present.
public enum TCPTimer: Hashable, Sendable {
  case none, retransmission, timeWait, persist, keepAlive
  case unknown(UInt8)

  @inlinable public init(octet: UInt8) {
    switch octet {
    case 0: self = .none
    case 1: self = .retransmission
    case 2: self = .timeWait
    case 3: self = .persist
    case 4: self = .keepAlive
    default: self = .unknown(octet)
    }
  }

  @inlinable public var octet: UInt8 {
    switch self {
    case .none: 0
    case .retransmission: 1
    case .timeWait: 2
    case .persist: 3
    case .keepAlive: 4
    case .unknown(let octet): octet
    }
  }
}
