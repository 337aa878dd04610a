/// The state of a socket as its control block stores it in one octet.
///
/// The names are those of RFC 9293 §3.3.2. `closed` is the record that exists between `socket()` and
/// `connect()` or `listen()`: the RFC has no TCB then, the BSD interface has a record.
/// Any octet may be written into the memory, so decoding is total: what is no state is `unknown`.
public enum TCPState: Hashable, Sendable {
  case closed, listen, synSent, synReceived, established
  case finWait1, finWait2, closeWait, closing, lastAck, timeWait
  case unknown(UInt8)

  /// The states of RFC 9293 §3.3.2 in its order, with `closed` first.
  public static let known: [TCPState] = [
    .closed, .listen, .synSent, .synReceived, .established,
    .finWait1, .finWait2, .closeWait, .closing, .lastAck, .timeWait,
  ]

  @inlinable @inline(__always) public init(octet: UInt8) {
    switch octet {
    case 0: self = .closed
    case 1: self = .listen
    case 2: self = .synSent
    case 3: self = .synReceived
    case 4: self = .established
    case 5: self = .finWait1
    case 6: self = .finWait2
    case 7: self = .closeWait
    case 8: self = .closing
    case 9: self = .lastAck
    case 10: self = .timeWait
    default: self = .unknown(octet)
    }
  }

  @inlinable @inline(__always) public var octet: UInt8 {
    switch self {
    case .closed: 0
    case .listen: 1
    case .synSent: 2
    case .synReceived: 3
    case .established: 4
    case .finWait1: 5
    case .finWait2: 6
    case .closeWait: 7
    case .closing: 8
    case .lastAck: 9
    case .timeWait: 10
    case .unknown(let octet): octet
    }
  }

  /// By the octets, which is one comparison.
  @inlinable @inline(__always)
  public static func == (left: TCPState, right: TCPState) -> Bool { left.octet == right.octet }

  public func hash(into hasher: inout Hasher) { hasher.combine(octet) }

  /// The RFC's spelling, `SYN-SENT`.
  public var name: String {
    switch self {
    case .closed: "CLOSED"
    case .listen: "LISTEN"
    case .synSent: "SYN-SENT"
    case .synReceived: "SYN-RECEIVED"
    case .established: "ESTABLISHED"
    case .finWait1: "FIN-WAIT-1"
    case .finWait2: "FIN-WAIT-2"
    case .closeWait: "CLOSE-WAIT"
    case .closing: "CLOSING"
    case .lastAck: "LAST-ACK"
    case .timeWait: "TIME-WAIT"
    case .unknown(let octet): "?\(octet)"
    }
  }

  /// Both initial sequence numbers have been exchanged (RFC 9293 §3.3.2).
  @inlinable public var isSynchronized: Bool {
    switch self {
    case .established, .finWait1, .finWait2, .closeWait, .closing, .lastAck, .timeWait: true
    default: false
    }
  }

  /// Text of the segment is taken in these states (RFC 9293 §3.10.7.4, seventh check).
  @inlinable public var takesText: Bool {
    switch self {
    case .established, .finWait1, .finWait2: true
    default: false
    }
  }

  /// The application may still hand over data (RFC 9293 §3.10.2).
  @inlinable public var maySend: Bool {
    switch self {
    case .synSent, .synReceived, .established, .closeWait: true
    default: false
    }
  }
}
