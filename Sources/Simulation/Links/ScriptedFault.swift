import Stack
import Wire

/// A fault that a lesson or a learner asks for: the frames that it is about, and what is done to them.
public struct ScriptedFault: Hashable, Sendable {
  public var match: FrameMatch
  public var effect: FaultEffect
  /// The first of the matching frames that is hit, from 1.
  public var first: Int
  /// How many of them are hit.
  public var count: Int

  /// `nth` counts the matching frames from 1.
  public init(_ effect: FaultEffect, on match: FrameMatch, nth: Int = 1, count: Int = 1) {
    self.effect = effect
    self.match = match
    self.first = nth
    self.count = count
  }
}

/// Which frames. What is nil does not matter.
public struct FrameMatch: Hashable, Sendable {
  public var from: HostID?
  public var type: EtherType?
  public var transport: IPProtocol?
  /// These flags of SYN, ACK, FIN and RST and no others of them.
  public var flags: TCPFlags?
  /// Whether the frame carries data of the application.
  public var hasData: Bool?

  public init(
    from: HostID? = nil, type: EtherType? = nil, transport: IPProtocol? = nil,
    flags: TCPFlags? = nil, hasData: Bool? = nil
  ) {
    self.from = from
    self.type = type
    self.transport = transport
    self.flags = flags
    self.hasData = hasData
  }

  /// The flags that tell segments apart; PSH and the rest do not.
  private static let telling: TCPFlags = [.syn, .ack, .fin, .rst]

  /// Whether a frame is meant. O(1).
  public func holds(_ octets: [UInt8], from sender: HostID) -> Bool {
    if let from, from != sender { return false }
    if let type, type != (try? EthernetHeader(parsing: octets.span.bytes))?.type { return false }
    guard transport != nil || flags != nil || hasData != nil else { return true }
    let summary = UnitSummary(frame: octets)
    if let transport, transport.rawValue != summary.transport { return false }
    if let hasData, hasData != (summary.payload > 0) { return false }
    guard let flags else { return true }
    return summary.transport == IPProtocol.tcp.rawValue
      && summary.flags.intersection(Self.telling) == flags.intersection(Self.telling)
  }
}

/// What is done to a frame.
public enum FaultEffect: Hashable, Sendable {
  case drop
  /// A copy follows it.
  case duplicate
  /// It arrives so much later.
  case delay(Nanoseconds)
  /// It does not arrive before it is released.
  case hold
  /// It arrives after the next frame of the same sender.
  case swapWithNext
  /// One bit, counted from the octet's lowest; before the FCS is made, or on the line.
  case flipBit(octet: Int, bit: Int, beforeFCS: Bool)
  /// Another value in a header's field (`tcp.window`); checksums and FCS are made afresh unless the
  /// field is itself a checksum, so that the receiver believes it.
  case rewrite(field: String, value: UInt64)
  /// A forged segment goes on the wire just before it.
  case precede(ForgedSegment)
}

/// A scripted fault and the matching frames that have passed.
struct ArmedFault: Sendable {
  let fault: ScriptedFault
  var seen = 0

  init(_ fault: ScriptedFault) { self.fault = fault }

  /// Counts the frame if it is meant; gives the effect if it is to be hit.
  mutating func effect(on octets: [UInt8], from sender: HostID) -> FaultEffect? {
    guard fault.match.holds(octets, from: sender) else { return nil }
    seen += 1
    let isHit = seen >= fault.first && seen - fault.first < fault.count
    return isHit ? fault.effect : nil
  }

  /// No frame can be hit any more.
  var isSpent: Bool { seen >= fault.first && seen - fault.first + 1 >= fault.count }
}
