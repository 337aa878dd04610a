/// A text with values of the engine in it, written `[client.socket.iss]`.
public struct Narration: Hashable, Sendable {
  public enum Piece: Hashable, Sendable {
    case text(String)
    case value(Expression)
  }

  /// As it was written.
  public let source: String
  public let pieces: [Piece]

  /// Reads a text. Brackets around anything that has no dot are text.
  public init(_ source: String, in context: PathContext) throws(ExpressionProblem) {
    var pieces: [Piece] = []
    var text = ""
    var rest = source[...]
    while let open = rest.firstIndex(of: "[") {
      text += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "]") else {
        text += rest[open...]
        rest = ""
        break
      }
      let inner = String(rest[rest.index(after: open)..<close])
      if Narration.isExpression(inner) {
        pieces.append(.text(text))
        text = ""
        pieces.append(.value(try Narration.expression(inner, in: context)))
      } else {
        text += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    text += rest
    if !text.isEmpty { pieces.append(.text(text)) }
    self.source = source
    self.pieces = pieces.filter { $0 != .text("") }
  }

  /// The expressions in it, in order.
  public var expressions: [Expression] {
    pieces.compactMap { if case .value(let expression) = $0 { expression } else { nil } }
  }

  /// The text with the values of a situation; `–` for what has none yet.
  public func text(in situation: Situation) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let words): text += words
      case .value(let expression):
        let value = try? expression.value(in: situation)
        text += (value ?? .unset).text
      }
    }
    return text
  }

  private static func isExpression(_ inner: String) -> Bool {
    inner == "time" || (inner.contains(".") && inner.first?.isLetter == true)
  }

  private static func expression(
    _ inner: String, in context: PathContext
  ) throws(ExpressionProblem) -> Expression {
    do {
      return try Expression(inner, in: context)
    } catch {
      throw ExpressionProblem("[\(inner)]: \(error.message)", suggestion: error.suggestion)
    }
  }
}

/// A narration in both languages.
public struct BilingualNarration: Hashable, Sendable {
  public var ko: Narration
  public var en: Narration

  public init(ko: Narration, en: Narration) {
    self.ko = ko
    self.en = en
  }

  public func narration(_ language: Language) -> Narration {
    switch language {
    case .ko: ko
    case .en: en
    }
  }

  public func text(_ language: Language, in situation: Situation) -> String {
    narration(language).text(in: situation)
  }
}
