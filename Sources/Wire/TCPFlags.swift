/// The control bits of a TCP header, FIN in the lowest place (RFC 9293 §3.1; ECE and CWR RFC 3168).
public struct TCPFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
  /// The octet on the wire.
  public var rawValue: UInt8

  /// The flags with these bits.
  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// No more data from the sender.
  @inlinable public static var fin: TCPFlags { TCPFlags(rawValue: 0x01) }
  /// Synchronize sequence numbers.
  @inlinable public static var syn: TCPFlags { TCPFlags(rawValue: 0x02) }
  /// Reset the connection.
  @inlinable public static var rst: TCPFlags { TCPFlags(rawValue: 0x04) }
  /// Push function.
  @inlinable public static var psh: TCPFlags { TCPFlags(rawValue: 0x08) }
  /// The acknowledgment field is significant.
  @inlinable public static var ack: TCPFlags { TCPFlags(rawValue: 0x10) }
  /// The urgent pointer is significant.
  @inlinable public static var urg: TCPFlags { TCPFlags(rawValue: 0x20) }
  /// ECN-Echo (RFC 3168 §6.1).
  @inlinable public static var ece: TCPFlags { TCPFlags(rawValue: 0x40) }
  /// Congestion Window Reduced (RFC 3168 §6.1).
  @inlinable public static var cwr: TCPFlags { TCPFlags(rawValue: 0x80) }

  /// Every flag with its name, in the order in which descriptions name them.
  public static let named: [(flag: TCPFlags, name: String)] = [
    (.syn, "SYN"), (.fin, "FIN"), (.rst, "RST"), (.psh, "PSH"), (.ack, "ACK"), (.urg, "URG"),
    (.ece, "ECE"), (.cwr, "CWR"),
  ]
}

extension TCPFlags: CustomStringConvertible {
  /// The names of the flags that are set, such as `SYN ACK`; empty for none.
  public var description: String {
    Self.named.filter { contains($0.flag) }.map(\.name).joined(separator: " ")
  }
}
