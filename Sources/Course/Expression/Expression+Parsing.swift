extension Expression {
  /// Reads an expression: comparisons bind less than `+` and `-`, those less than `*`; `and` binds
  /// least.
  public init(_ source: String, in context: PathContext) throws(ExpressionProblem) {
    var parser = Parser(tokens: try Expression.tokens(source), context: context)
    let root = try parser.conjunction()
    if let left = parser.next {
      throw ExpressionProblem("the expression should end here", offset: left.offset)
    }
    self.init(source: source, root: root)
  }

  private struct Parser {
    /// Deep enough for any lesson, shallow enough for any stack.
    private static let deepest = 32

    let tokens: [PlacedToken]
    let context: PathContext
    var position = 0
    var depth = 0

    init(tokens: [PlacedToken], context: PathContext) {
      self.tokens = tokens
      self.context = context
    }

    var next: PlacedToken? { position < tokens.count ? tokens[position] : nil }

    mutating func take(_ operators: [Operator]) -> Operator? {
      guard case .sign(let sign)? = next?.token, operators.contains(sign) else { return nil }
      position += 1
      return sign
    }

    mutating func conjunction() throws(ExpressionProblem) -> Term {
      var term = try comparison()
      while let sign = take([.and]) { term = .operation(sign, term, try comparison()) }
      return term
    }

    mutating func comparison() throws(ExpressionProblem) -> Term {
      let term = try sum()
      let signs: [Operator] = [.equal, .different, .less, .lessOrEqual, .greater, .greaterOrEqual]
      guard let sign = take(signs) else { return term }
      return .operation(sign, term, try sum())
    }

    mutating func sum() throws(ExpressionProblem) -> Term {
      var term = try product()
      while let sign = take([.plus, .minus]) { term = .operation(sign, term, try product()) }
      return term
    }

    mutating func product() throws(ExpressionProblem) -> Term {
      var term = try atom()
      while let sign = take([.times]) { term = .operation(sign, term, try atom()) }
      return term
    }

    mutating func atom() throws(ExpressionProblem) -> Term {
      guard let placed = next else {
        throw ExpressionProblem(
          tokens.isEmpty ? "there is nothing here" : "something is missing at the end",
          offset: tokens.last?.offset ?? 0)
      }
      position += 1
      switch placed.token {
      case .value(let value): return .literal(value)
      case .word(let word): return try term(word, offset: placed.offset)
      case .open: return try bracket(offset: placed.offset)
      case .sign(.minus):
        guard case .value(.number(let number))? = next?.token else { break }
        position += 1
        return .literal(.number(-number))
      default: break
      }
      throw ExpressionProblem("a value is missing before this", offset: placed.offset)
    }

    private mutating func bracket(offset: Int) throws(ExpressionProblem) -> Term {
      depth += 1
      guard depth < Self.deepest else {
        throw ExpressionProblem("too many brackets inside each other", offset: offset)
      }
      let term = try conjunction()
      guard next?.token == .close else {
        throw ExpressionProblem("the bracket is not closed", offset: offset)
      }
      position += 1
      depth -= 1
      return term
    }

    /// A word with a dot is a path, `time` is one; any other is a name.
    private func term(_ word: String, offset: Int) throws(ExpressionProblem) -> Term {
      guard word == "time" || word.contains(".") else { return .literal(.name(word)) }
      do {
        return .path(try Path(word, in: context))
      } catch {
        throw ExpressionProblem(error.message, suggestion: error.suggestion, offset: offset)
      }
    }
  }
}
