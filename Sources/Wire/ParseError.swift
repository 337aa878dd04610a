/// Why octets are no header: which header, which field of it, and what is wrong there.
public struct ParseError: Error, Hashable, Sendable {
  /// The header that was being read.
  public var kind: HeaderKind
  /// The field's id in the header's table, such as `tcp.doff`; the header's own name, such as
  /// `tcp`, where the octets end before the header does.
  public var field: String
  /// What is wrong.
  public var problem: Problem

  /// The problem of a field.
  public init(_ kind: HeaderKind, _ field: String, _ problem: Problem) {
    self.kind = kind
    self.field = field
    self.problem = problem
  }

  /// What can be wrong with a field.
  public enum Problem: Hashable, Sendable {
    /// The field asks for more octets than there are.
    case truncated(needed: Int, have: Int)
    /// The number is below the least allowed.
    case tooSmall(value: Int, minimum: Int)
    /// The number is above the greatest allowed.
    case tooLarge(value: Int, maximum: Int)
    /// The number is well formed, but only `expected` is understood.
    case unsupported(value: Int, expected: Int)
    /// The checksum in the header is not the one that the octets have.
    case badChecksum(found: UInt16, expected: UInt16)
    /// An option has a length that its kind cannot have, or that leaves the header. `length` is
    /// nil where the header ends before the length octet.
    case badOption(kind: UInt8, length: Int?)
  }
}

extension ParseError: CustomStringConvertible {
  /// The header, the field and the reason in one sentence.
  public var description: String { "\(kind) \(field): \(problem)" }
}

extension ParseError.Problem: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .truncated(let needed, let have): "\(needed) octets are needed, \(have) are there"
    case .tooSmall(let value, let minimum): "\(value) is below the minimum of \(minimum)"
    case .tooLarge(let value, let maximum): "\(value) is above the maximum of \(maximum)"
    case .unsupported(let value, let expected): "\(value) is not supported, only \(expected)"
    case .badChecksum(let found, let expected):
      "checksum is 0x\(found.hexadecimal), should be 0x\(expected.hexadecimal)"
    case .badOption(let kind, .some(let length)):
      "option of kind \(kind) has the bad length \(length)"
    case .badOption(let kind, .none): "option of kind \(kind) ends before its length"
    }
  }
}
