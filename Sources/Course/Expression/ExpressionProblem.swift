/// Why a text is no expression, or why an expression has no value.
public struct ExpressionProblem: Error, Hashable, Sendable {
  public var message: String
  public var suggestion: String?
  /// Characters from the text's start.
  public var offset: Int

  public init(_ message: String, suggestion: String? = nil, offset: Int = 0) {
    self.message = message
    self.suggestion = suggestion
    self.offset = offset
  }
}
