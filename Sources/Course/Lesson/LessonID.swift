/// The name of a lesson: `L05` for a core lesson, `A01` for an advanced one, `X2-05` for an experiment.
public struct LessonID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public enum Part: UInt8, Sendable {
    case core, advanced, experiment
    /// `L`, `A` or `X`.
    public var letter: String {
      switch self {
      case .core: "L"
      case .advanced: "A"
      case .experiment: "X"
      }
    }
  }

  public let part: Part
  /// The chapter's section that an experiment belongs to, from 1 to 6; 0 for lessons, whose file tells it.
  public let section: UInt8
  /// From 1 to 99.
  public let number: UInt8

  /// Reads `L05`, `L5`, `l5`, `A1`, `X2-05` or `x2-5`; nil for anything else.
  public init?(_ text: String) {
    var octets = Array(text.utf8)[...]
    switch octets.popFirst() {
    case UInt8(ascii: "L"), UInt8(ascii: "l"): part = .core
    case UInt8(ascii: "A"), UInt8(ascii: "a"): part = .advanced
    case UInt8(ascii: "X"), UInt8(ascii: "x"): part = .experiment
    default: return nil
    }
    if part == .experiment {
      guard let digit = octets.popFirst(), octets.popFirst() == UInt8(ascii: "-"),
        let section = LessonID.number([digit]), section <= 6
      else { return nil }
      self.section = section
    } else {
      section = 0
    }
    guard let number = LessonID.number(octets) else { return nil }
    self.number = number
  }

  /// One or two digits that are not zero.
  private static func number(_ octets: ArraySlice<UInt8>) -> UInt8? {
    guard octets.count == 1 || octets.count == 2 else { return nil }
    var value: UInt8 = 0
    for octet in octets {
      guard octet >= UInt8(ascii: "0"), octet <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + (octet - UInt8(ascii: "0"))
    }
    return value > 0 ? value : nil
  }

  public var description: String {
    let place = part == .experiment ? "\(section)-" : ""
    return part.letter + place + (number < 10 ? "0" : "") + "\(number)"
  }

  /// Core lessons come before advanced ones, and experiments behind both.
  public static func < (left: LessonID, right: LessonID) -> Bool {
    (left.part.rawValue, left.section, left.number)
      < (right.part.rawValue, right.section, right.number)
  }
}
