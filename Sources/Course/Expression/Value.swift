/// What an expression comes to.
public enum Value: Hashable, Sendable {
  /// There is no value yet: a field that nobody has written, a frame that has not been sent.
  case unset
  /// There may be one, but it cannot be seen: the memory of a host outside.
  case unknown
  /// A count, a size, a port.
  case number(Int)
  /// A sequence number, modulo 2³² (RFC 9293 §3.4).
  case sequence(UInt32)
  /// A state, an address, a set of flags.
  case name(String)
  /// A span or a moment of time, nanoseconds.
  case duration(Int)
  case truth(Bool)

  /// As the learner reads it, the same in both languages: `0x9a3c1f20`, `1460`, `SYN-SENT`, `20
  /// ms`.
  public var text: String {
    switch self {
    case .unset: "–"
    case .unknown: "?"
    case .number(let number): "\(number)"
    case .sequence(let number): "0x" + Value.hexadecimal(number)
    case .name(let name): name
    case .duration(let nanoseconds): Value.time(nanoseconds)
    case .truth(let truth): truth ? "yes" : "no"
    }
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// In the largest unit that leaves at most three decimals.
  private static func time(_ nanoseconds: Int) -> String {
    let (unit, name) =
      switch nanoseconds.magnitude {
      case 0: (1_000_000_000, "s")
      case 1_000_000_000...: (1_000_000_000, "s")
      case 1_000_000...: (1_000_000, "ms")
      case 1_000...: (1_000, "µs")
      default: (1, "ns")
      }
    let thousandths = nanoseconds / (max(unit, 1000) / 1000) % 1000
    guard unit > 1, thousandths != 0 else { return "\(nanoseconds / unit) \(name)" }
    var decimals = String(1000 + thousandths.magnitude).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return "\(nanoseconds / unit).\(decimals) \(name)"
  }

  /// Equal as a lesson means it: a number may stand for a sequence number, and the order of flags
  /// does not matter.
  public func matches(_ other: Value) -> Bool {
    switch (self, other) {
    case (.sequence(let sequence), .number(let number)),
      (.number(let number), .sequence(let sequence)):
      return number == Int(sequence)
    case (.number(let number), .duration(let nanoseconds)),
      (.duration(let nanoseconds), .number(let number)):
      return number == 0 && nanoseconds == 0
    case (.name(let left), .name(let right)): return Value.words(left) == Value.words(right)
    default: return self == other
    }
  }

  /// The words of a name, in upper case and sorted.
  private static func words(_ name: String) -> [String] {
    name.uppercased().split { $0 == " " || $0 == "+" || $0 == "," }.map(String.init).sorted()
  }
}
