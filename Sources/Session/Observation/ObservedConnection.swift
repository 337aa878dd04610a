import Stack
import Wire

/// A connection as frames show it: its two ends, and what each must know.
public struct ObservedConnection: Sendable {
  /// From 1.
  public let number: Int
  public let transport: IPProtocol
  /// The end that opened it, or that was seen first, and the other.
  public let ends: [SocketAddress]
  /// The places of its frames in the observation.
  public private(set) var frames: [Int] = []
  /// Octets that its frames had on the wire.
  public private(set) var octets = 0
  /// For each end what the frames tell about its record.
  public private(set) var knowledge = [ObservedEnd(), ObservedEnd()]
  /// For each end the number to count from: its SYN's, else the first one that was seen of it.
  public private(set) var origins: [SequenceNumber?] = [nil, nil]

  /// Two addresses without an order.
  struct Ends: Hashable {
    var transport: IPProtocol
    var pair: Set<SocketAddress>

    init(_ unit: ObservedUnit) {
      transport = unit.transport
      pair = [unit.source, unit.destination]
    }
  }

  init(number: Int, openedBy unit: ObservedUnit) {
    self.number = number
    transport = unit.transport
    // An answer to a SYN that was not captured comes from the other end.
    let isAnswer = unit.flags.contains([.syn, .ack])
    ends = isAnswer ? [unit.destination, unit.source] : [unit.source, unit.destination]
  }

  private init(number: Int, transport: IPProtocol, ends: [SocketAddress]) {
    self.number = number
    self.transport = transport
    self.ends = ends
  }

  /// The same connection before its first frame.
  var fresh: ObservedConnection {
    ObservedConnection(number: number, transport: transport, ends: ends)
  }

  func side(of unit: ObservedUnit) -> Int? { ends.firstIndex(of: unit.source) }

  /// Whether a first SYN does not belong here.
  func isAnother(_ unit: ObservedUnit) -> Bool {
    side(of: unit).map { knowledge[$0].iss != unit.sequence } ?? true
  }

  /// Takes one more segment in; true when all that it carries had been sent before.
  mutating func note(_ unit: ObservedUnit, frame: Int, octets: Int) -> Bool {
    frames.append(frame)
    self.octets += octets
    guard transport == .tcp, let side = side(of: unit) else { return false }
    noteOrigins(unit, side)
    let peer = knowledge[1 - side]
    let isAgain = knowledge[side].send(unit, peer: peer)
    knowledge[1 - side].hear(unit)
    return isAgain
  }

  private mutating func noteOrigins(_ unit: ObservedUnit, _ side: Int) {
    if origins[side] == nil || unit.flags.contains(.syn), !unit.flags.contains(.rst) {
      origins[side] = unit.sequence
    }
    if origins[1 - side] == nil, unit.flags.contains(.ack) {
      origins[1 - side] = unit.acknowledgment
    }
  }
}

/// What frames tell about one end's record. What they cannot tell is nil.
public struct ObservedEnd: Sendable {
  /// The number of its own SYN.
  public private(set) var iss: SequenceNumber?
  /// The peer's, once it has acknowledged it.
  public private(set) var irs: SequenceNumber?
  /// The highest number that the peer has acknowledged.
  public private(set) var sndUna: SequenceNumber?
  /// The number after the last that it has sent.
  public private(set) var sndNxt: SequenceNumber?
  /// The highest number that it has acknowledged itself.
  public private(set) var rcvNxt: SequenceNumber?
  /// The window that the peer last announced; nil where its scale was not seen.
  public private(set) var sndWnd: Int?
  /// Its state by what it has sent; nil where that does not tell.
  public private(set) var state: String?

  private var scale: UInt8?
  private var sentSYN = false
  private var finEnd: SequenceNumber?
  /// It had acknowledged the peer's FIN before it sent its own.
  private var wasClosedByPeer = false
  private var peerOffersScale: Bool?
  private var peerScale: UInt8 = 0

  /// It has sent a segment.
  fileprivate mutating func send(_ unit: ObservedUnit, peer: ObservedEnd) -> Bool {
    // A RST may come from a host that has no record at all.
    if unit.flags.contains(.rst) {
      state = "CLOSED"
      return false
    }
    let isAgain = unit.length > 0 && (sndNxt.map { unit.end.isAtOrBefore($0) } ?? false)
    if unit.length > 0, sndNxt.map({ unit.end.isAfter($0) }) ?? true { sndNxt = unit.end }
    if sndNxt == nil { sndNxt = unit.sequence }
    if unit.flags.contains(.syn) {
      iss = unit.sequence
      sentSYN = true
      scale = unit.windowScale
    }
    if unit.flags.contains(.ack) {
      if rcvNxt.map({ unit.acknowledgment.isAfter($0) }) ?? true { rcvNxt = unit.acknowledgment }
      if irs == nil, let other = peer.iss, unit.acknowledgment.isAfter(other) { irs = other }
    }
    let knowsPeersFIN =
      peer.finEnd.map { end in rcvNxt.map { $0.isAtOrAfter(end) } ?? false } ?? false
    if unit.flags.contains(.fin), finEnd == nil {
      finEnd = unit.end
      wasClosedByPeer = knowsPeersFIN
    }
    state = state(after: unit, knowsPeersFIN: knowsPeersFIN)
    return isAgain
  }

  private func state(after unit: ObservedUnit, knowsPeersFIN: Bool) -> String? {
    if unit.flags.contains(.syn) {
      return unit.flags.contains(.ack) ? "SYN-RECEIVED" : "SYN-SENT"
    }
    guard unit.flags.contains(.ack) else { return nil }
    // Without its SYN nobody knows what it had sent before the capture began.
    guard let finEnd else {
      return sentSYN ? (knowsPeersFIN ? "CLOSE-WAIT" : "ESTABLISHED") : nil
    }
    if wasClosedByPeer { return "LAST-ACK" }
    let isAcknowledged = sndUna.map { $0.isAtOrAfter(finEnd) } ?? false
    if knowsPeersFIN { return isAcknowledged ? "TIME-WAIT" : "CLOSING" }
    // Whether the peer's ACK has arrived no frame tells until this end answers.
    return isAcknowledged || !sentSYN ? nil : "FIN-WAIT-1"
  }

  /// The peer has sent a segment, which may or may not have arrived.
  fileprivate mutating func hear(_ unit: ObservedUnit) {
    if unit.flags.contains(.rst) { state = nil }
    if unit.flags.contains(.syn) {
      peerOffersScale = unit.windowScale != nil
      peerScale = unit.windowScale ?? 0
    }
    guard unit.flags.contains(.ack) else { return }
    if sndUna.map({ unit.acknowledgment.isAfter($0) }) ?? true { sndUna = unit.acknowledgment }
    if let finEnd, unit.acknowledgment.isAtOrAfter(finEnd), state != nil, wasClosedByPeer {
      state = nil
    }
    if unit.flags.contains(.syn) {
      sndWnd = Int(unit.window)
    } else if let offers = peerOffersScale, sentSYN {
      sndWnd = Int(unit.window) << (offers && scale != nil ? min(14, Int(peerScale)) : 0)
    } else {
      sndWnd = nil
    }
  }
}
