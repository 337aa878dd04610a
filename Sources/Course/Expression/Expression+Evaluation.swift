/// Something that knows the engine's state: a moment of a run.
public protocol StateReading {
  /// The value at a path; `unset` for what does not exist or has no value yet.
  ///
  /// `isBefore` is the caller's matter and is not looked at.
  func value(of path: Path) -> Value
}

/// The state now, and the state at the step's start for paths with `before`.
public struct Situation {
  public var now: any StateReading
  public var before: any StateReading

  public init(now: any StateReading, before: (any StateReading)? = nil) {
    self.now = now
    self.before = before ?? now
  }
}

extension Expression {
  /// The value in a situation; the problem says which parts do not go together.
  public func value(in situation: Situation) throws(ExpressionProblem) -> Value {
    try Expression.value(of: root, in: situation)
  }

  private static func value(
    of term: Term, in situation: Situation
  ) throws(ExpressionProblem) -> Value {
    switch term {
    case .literal(let value): return value
    case .path(let path):
      return path.isBefore ? situation.before.value(of: path) : situation.now.value(of: path)
    case .operation(.and, let left, let right):
      return try conjunction(value(of: left, in: situation), value(of: right, in: situation))
    case .operation(let sign, let left, let right):
      let left = try value(of: left, in: situation)
      let right = try value(of: right, in: situation)
      switch sign {
      case .equal: return .truth(left.matches(right))
      case .different: return .truth(!left.matches(right))
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        return try order(sign, left, right)
      default: return try arithmetic(sign, left, right)
      }
    }
  }

  private static func conjunction(
    _ left: Value, _ right: Value
  ) throws(ExpressionProblem) -> Value {
    guard case .truth(let first) = left, case .truth(let second) = right else {
      throw ExpressionProblem("“and” joins two comparisons, not \(left.text) and \(right.text)")
    }
    return .truth(first && second)
  }

  private static func order(
    _ sign: Operator, _ left: Value, _ right: Value
  ) throws(ExpressionProblem) -> Value {
    let pair: (Int, Int)
    switch (left, right) {
    case (.number(let first), .number(let second)), (.duration(let first), .duration(let second)):
      pair = (first, second)
    case (.unset, _), (_, .unset), (.unknown, _), (_, .unknown): return .truth(false)
    default:
      throw ExpressionProblem(
        "only two sizes or two times have an order, not \(left.text) and \(right.text)")
    }
    switch sign {
    case .less: return .truth(pair.0 < pair.1)
    case .lessOrEqual: return .truth(pair.0 <= pair.1)
    case .greater: return .truth(pair.0 > pair.1)
    default: return .truth(pair.0 >= pair.1)
    }
  }

  private static func arithmetic(
    _ sign: Operator, _ left: Value, _ right: Value
  ) throws(ExpressionProblem) -> Value {
    switch (sign, left, right) {
    case (_, .unknown, _), (_, _, .unknown): return .unknown
    case (_, .unset, _), (_, _, .unset): return .unset
    case (.plus, .sequence(let sequence), .number(let number)),
      (.plus, .number(let number), .sequence(let sequence)):
      return .sequence(sequence &+ UInt32(truncatingIfNeeded: number))
    case (.minus, .sequence(let sequence), .number(let number)):
      return .sequence(sequence &- UInt32(truncatingIfNeeded: number))
    case (.minus, .sequence(let later), .sequence(let earlier)):
      return .number(Int(later &- earlier))
    case (_, .number(let first), .number(let second)):
      return .number(try calculated(sign, first, second))
    case (.plus, .duration(let first), .duration(let second)),
      (.minus, .duration(let first), .duration(let second)),
      (.times, .duration(let first), .number(let second)),
      (.times, .number(let first), .duration(let second)):
      return .duration(try calculated(sign, first, second))
    case (.plus, .name(let first), .name(let second)): return .name("\(first) \(second)")
    default:
      throw ExpressionProblem("\(left.text) \(sign.rawValue) \(right.text) has no meaning")
    }
  }

  private static func calculated(
    _ sign: Operator, _ left: Int, _ right: Int
  ) throws(ExpressionProblem) -> Int {
    let (result, overflow) =
      switch sign {
      case .plus: left.addingReportingOverflow(right)
      case .minus: left.subtractingReportingOverflow(right)
      default: left.multipliedReportingOverflow(by: right)
      }
    if overflow { throw ExpressionProblem("\(left) \(sign.rawValue) \(right) is too large") }
    return result
  }
}
