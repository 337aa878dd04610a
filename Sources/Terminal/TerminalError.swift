/// Why no screen can be had. The description says what to do.
public enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or standard output is not a terminal.
  case notATerminal
  /// `TERM` is not set.
  case typeNotSet
  /// `TERM` names a terminal that nobody has described here.
  case unknownType(String)
  /// The terminal cannot place the cursor.
  case incapable(String)
  /// The system refused; the number is its `errno`.
  case system(Int32)
}

extension TerminalError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notATerminal:
      "Standard input and output are not both a terminal; "
        + "run this in a terminal window, or use --print for plain text."
    case .typeNotSet:
      "TERM is not set, so the terminal's type is unknown; try TERM=xterm-256color."
    case .unknownType(let name):
      "The terminal type \"\(name)\" is not known on this machine; try TERM=xterm-256color."
    case .incapable(let name):
      "A terminal of type \"\(name)\" cannot show a screen; "
        + "try TERM=xterm-256color, or use --print for plain text."
    case .system(let number):
      "The terminal could not be set up (errno \(number)); use --print for plain text."
    }
  }
}
