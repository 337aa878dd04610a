import Stack
import Wire

extension ControlBlock {
  /// What a raw number says in a field of this record: `0x9a3c1f20`, `65535`, `SYN-SENT`.
  public func words(for field: Field, raw: UInt64) -> String {
    if field.description.form == .sequence {
      return "0x" + UInt32(truncatingIfNeeded: raw).hexadecimal
    }
    switch meaning(of: field, raw: raw) {
    case .unset: return "–"
    case .number(let number): return "\(number)"
    case .text(let text): return text
    }
  }

  /// The number that a learner means for a field: `0x9a3c1f21`, `80`, `+1000` and `-1` from what it is, `LISTEN`,
  /// `192.0.2.9`. Nil for what is none.
  public func number(_ text: some StringProtocol, for field: Field) -> UInt64? {
    let text = text.split(separator: " ").joined()
    let old = raw(field)
    func plain(_ digits: some StringProtocol) -> UInt64? {
      digits.hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
    }
    if text.hasPrefix("+") { return plain(text.dropFirst()).map { old &+ $0 } }
    if text.hasPrefix("-") { return plain(text.dropFirst()).map { old &- $0 } }
    if let number = plain(text) { return number }
    switch field.description.form {
    case .state:
      return TCPState.known.first { $0.name == text.uppercased() }.map { UInt64($0.octet) }
    case .address: return IPv4Address(text).map { UInt64($0.value) }
    default: return nil
    }
  }
}
