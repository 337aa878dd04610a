extension ICMPMessage {
  /// What a message says.
  public enum Meaning: Hashable, Sendable {
    /// Send this back, type 8.
    case echoRequest(identifier: UInt16, sequence: UInt16)
    /// Here it is, type 0.
    case echoReply(identifier: UInt16, sequence: UInt16)
    /// The packet quoted could not be delivered, type 3; `mtu` is the next hop's in octets for
    /// "fragmentation needed", 0 where it is not told (RFC 1191 §4).
    case destinationUnreachable(code: UnreachableCode, mtu: UInt16)
    /// Another gateway is nearer, type 5.
    case redirect(code: UInt8, gateway: IPv4Address)
    /// The time to live ran out on the way (code 0) or fragments did not come in time (code 1), type 11.
    case timeExceeded(code: UInt8)
    /// The octet of the quoted packet at `pointer` is wrong, type 12.
    case parameterProblem(code: UInt8, pointer: UInt8)
    /// Any other type.
    case other(type: UInt8, code: UInt8, rest: UInt32)
  }

  /// Why a destination is unreachable (RFC 792; RFC 1122 §3.2.2.1).
  public struct UnreachableCode: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public var rawValue: UInt8

    /// The code with this number.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// No way to the network, 0.
    public static let network = UnreachableCode(rawValue: 0)
    /// No way to the host, 1.
    public static let host = UnreachableCode(rawValue: 1)
    /// The host does not speak the protocol, 2.
    public static let `protocol` = UnreachableCode(rawValue: 2)
    /// No socket has the port, 3.
    public static let port = UnreachableCode(rawValue: 3)
    /// Too big for the next link, and it may not be cut up, 4.
    public static let fragmentationNeeded = UnreachableCode(rawValue: 4)
    /// The source route failed, 5.
    public static let sourceRouteFailed = UnreachableCode(rawValue: 5)
    /// Forbidden by an administrator, 13 (RFC 1812 §5.2.7.1).
    public static let administrativelyProhibited = UnreachableCode(rawValue: 13)
  }

  /// What the message says by its type.
  public var meaning: Meaning {
    let high = UInt16(truncatingIfNeeded: rest >> 16)
    let low = UInt16(truncatingIfNeeded: rest)
    switch type {
    case 0: return .echoReply(identifier: high, sequence: low)
    case 3: return .destinationUnreachable(code: UnreachableCode(rawValue: code), mtu: low)
    case 5: return .redirect(code: code, gateway: IPv4Address(value: rest))
    case 8: return .echoRequest(identifier: high, sequence: low)
    case 11: return .timeExceeded(code: code)
    case 12:
      return .parameterProblem(code: code, pointer: UInt8(truncatingIfNeeded: rest >> 24))
    default: return .other(type: type, code: code, rest: rest)
    }
  }

  /// The message that says this, its checksum still zero.
  public init(_ meaning: Meaning) {
    switch meaning {
    case .echoReply(let identifier, let sequence):
      self.init(type: 0, code: 0, rest: UInt32(identifier) << 16 | UInt32(sequence))
    case .destinationUnreachable(let code, let mtu):
      self.init(type: 3, code: code.rawValue, rest: UInt32(mtu))
    case .redirect(let code, let gateway):
      self.init(type: 5, code: code, rest: gateway.value)
    case .echoRequest(let identifier, let sequence):
      self.init(type: 8, code: 0, rest: UInt32(identifier) << 16 | UInt32(sequence))
    case .timeExceeded(let code):
      self.init(type: 11, code: code, rest: 0)
    case .parameterProblem(let code, let pointer):
      self.init(type: 12, code: code, rest: UInt32(pointer) << 24)
    case .other(let type, let code, let rest):
      self.init(type: type, code: code, rest: rest)
    }
  }

  /// True for messages that report an error: they quote a packet, and nobody may answer them with
  /// another error (RFC 1122 §3.2.2).
  public var isError: Bool { [3, 4, 5, 11, 12].contains(type) }
}
