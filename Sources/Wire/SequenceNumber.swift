/// A TCP sequence number: a position on a circle of 2³² (RFC 9293 §3.4).
///
/// It is not `Comparable` on purpose: "less than" has no meaning on a circle. The questions below
/// hold as long as the two numbers are less than 2³¹ apart.
public struct SequenceNumber: Hashable, Sendable, BitwiseCopyable {
  /// The number as it stands in the header.
  public var value: UInt32

  /// The sequence number with this value.
  @inlinable
  public init(_ value: UInt32) { self.value = value }

  /// The number so many octets further on.
  @inlinable
  public static func + (number: SequenceNumber, octets: UInt32) -> SequenceNumber {
    SequenceNumber(number.value &+ octets)
  }

  /// The number so many octets further on, or back where `octets` is negative.
  @inlinable
  public static func + (number: SequenceNumber, octets: Int) -> SequenceNumber {
    SequenceNumber(number.value &+ UInt32(truncatingIfNeeded: octets))
  }

  /// The number so many octets back.
  @inlinable
  public static func - (number: SequenceNumber, octets: UInt32) -> SequenceNumber {
    SequenceNumber(number.value &- octets)
  }

  /// The number so many octets back.
  @inlinable
  public static func - (number: SequenceNumber, octets: Int) -> SequenceNumber {
    SequenceNumber(number.value &- UInt32(truncatingIfNeeded: octets))
  }

  /// Moves so many octets on.
  @inlinable
  public static func += (number: inout SequenceNumber, octets: UInt32) { number = number + octets }

  /// Moves so many octets on, or back where `octets` is negative.
  @inlinable
  public static func += (number: inout SequenceNumber, octets: Int) { number = number + octets }

  /// How far this number lies after another, going forward: self − other mod 2³².
  @inlinable
  public func distance(from other: SequenceNumber) -> UInt32 { value &- other.value }

  /// How far this number lies after another (negative: before it), the short way round.
  @inlinable
  public func signedDistance(from other: SequenceNumber) -> Int32 {
    Int32(bitPattern: value &- other.value)
  }

  /// self < other in RFC 9293 §3.4.
  @inlinable
  public func isBefore(_ other: SequenceNumber) -> Bool { signedDistance(from: other) < 0 }

  /// self =< other in RFC 9293 §3.4.
  @inlinable
  public func isAtOrBefore(_ other: SequenceNumber) -> Bool { signedDistance(from: other) <= 0 }

  /// self > other in RFC 9293 §3.4.
  @inlinable
  public func isAfter(_ other: SequenceNumber) -> Bool { signedDistance(from: other) > 0 }

  /// self >= other in RFC 9293 §3.4.
  @inlinable
  public func isAtOrAfter(_ other: SequenceNumber) -> Bool { signedDistance(from: other) >= 0 }

  /// start =< self < start + count: whether this number is one of `count` numbers from `start` on.
  @inlinable
  public func isWithin(from start: SequenceNumber, count: UInt32) -> Bool {
    distance(from: start) < count
  }

  /// start =< self < start + count; no number is within a negative count.
  @inlinable
  public func isWithin(from start: SequenceNumber, count: Int) -> Bool {
    Int(distance(from: start)) < count
  }
}

extension SequenceNumber: CustomStringConvertible {
  /// `0x` and eight hexadecimal digits.
  public var description: String { "0x" + value.hexadecimal }
}
