/// Something wrong in a lesson file, with its place and, where there is one, what was probably
/// meant.
public struct LessonProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// From 1.
  public var line: Int
  /// From 1, in characters.
  public var column: Int
  public var message: String
  /// The word that was probably meant.
  public var suggestion: String?

  public init(line: Int, column: Int, message: String, suggestion: String? = nil) {
    self.line = line
    self.column = column
    self.message = message
    self.suggestion = suggestion
  }

  /// `12:5: unknown key “titel”; did you mean “title”?`
  public var description: String {
    let hint = suggestion.map { "; did you mean “\($0)”?" } ?? ""
    return "\(line):\(column): \(message)\(hint)"
  }
}
