/// A path, a number, a name, or a small sum or comparison of these, as lessons and learners write
/// it.
///
/// Sequence numbers are counted modulo 2³² (RFC 9293 §3.4).
public struct Expression: Hashable, Sendable {
  /// As it was written.
  public let source: String
  public let root: Term

  public indirect enum Term: Hashable, Sendable {
    case literal(Value)
    case path(Path)
    case operation(Operator, Term, Term)
  }

  public enum Operator: String, CaseIterable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case equal = "=="
    case different = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and
  }

  /// All paths that the value depends on, in the order of writing.
  public var paths: [Path] { Expression.paths(of: root) }

  /// The path, if the expression is nothing else.
  public var path: Path? {
    if case .path(let path) = root { path } else { nil }
  }

  private static func paths(of term: Term) -> [Path] {
    switch term {
    case .literal: []
    case .path(let path): [path]
    case .operation(_, let left, let right): paths(of: left) + paths(of: right)
    }
  }
}
