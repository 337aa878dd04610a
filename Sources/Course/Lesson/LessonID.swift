/// The name of a lesson: `L05` for a core lesson, `A01` for an advanced one.
public struct LessonID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public enum Part: UInt8, Sendable {
    case core, advanced
    /// `L` or `A`.
    public var letter: String { self == .core ? "L" : "A" }
  }

  public let part: Part
  /// From 1 to 99.
  public let number: UInt8

  /// Reads `L05`, `L5`, `l5` or `A1`; nil for anything else.
  public init?(_ text: String) {
    let octets = Array(text.utf8)
    guard octets.count == 2 || octets.count == 3 else { return nil }
    switch octets[0] {
    case UInt8(ascii: "L"), UInt8(ascii: "l"): part = .core
    case UInt8(ascii: "A"), UInt8(ascii: "a"): part = .advanced
    default: return nil
    }
    var value: UInt8 = 0
    for octet in octets.dropFirst() {
      guard octet >= UInt8(ascii: "0"), octet <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + (octet - UInt8(ascii: "0"))
    }
    guard value > 0 else { return nil }
    number = value
  }

  public var description: String { part.letter + (number < 10 ? "0" : "") + "\(number)" }

  /// Core lessons come before advanced ones.
  public static func < (left: LessonID, right: LessonID) -> Bool {
    (left.part.rawValue, left.number) < (right.part.rawValue, right.number)
  }
}
