import Glibc

/// Standard output and standard error.
enum Console {
  /// Writes text to standard output. Ends the program where nobody reads any more, as programs in a pipe do.
  static func write(_ text: String) throws(Failure) {
    switch put(text, on: STDOUT_FILENO) {
    case 0: break
    case EPIPE: exit(128 + SIGPIPE)
    case let number: throw .failed("The output cannot be written: \(errorText(number)).")
    }
  }

  /// Writes many lines, so many at once that the system is not called for each.
  static func write(lines: some Sequence<String>) throws(Failure) {
    var text = ""
    for line in lines {
      text += line + "\n"
      if text.utf8.count > 1 << 16 {
        try write(text)
        text = ""
      }
    }
    try write(text)
  }

  /// Lines on standard error, each with the program's name. Nothing can be done where that fails.
  static func complain(_ lines: String) {
    for line in lines.split(separator: "\n") { _ = put("sockscope: \(line)\n", on: STDERR_FILENO) }
  }

  /// Whether a person sees the output and can press keys.
  static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// What the system says about an error number, such as `No space left on device`.
  static func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }

  /// Writes everything; gives 0 or the number of the error that it ended with.
  private static func put(_ text: String, on descriptor: Int32) -> Int32 {
    var octets = Array(text.utf8)[...]
    while !octets.isEmpty {
      let count = octets.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        octets = octets.dropFirst(count)
      } else if errno != EINTR && errno != EAGAIN {
        return errno
      }
    }
    return 0
  }
}
