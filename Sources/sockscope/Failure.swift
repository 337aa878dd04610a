import Course

/// Why the program cannot do what it was asked to, in a sentence that says what to do.
struct Failure: Error {
  var message: String
  var status: Int32

  /// Something failed or is damaged: status 1.
  static func failed(_ message: String) -> Failure { Failure(message: message, status: 1) }

  /// It is not what it should be, such as a lesson that does not exist: status 2.
  static func missing(_ message: String) -> Failure { Failure(message: message, status: 2) }

  init(message: String, status: Int32) {
    self.message = message
    self.status = status
  }

  /// A lesson that is not there is status 2, a damaged one 1.
  init(_ problem: LibraryProblem, _ language: Language) {
    message = problem.text(language)
    if case .broken = problem { status = 1 } else { status = 2 }
  }

  func report() { Console.complain(message) }
}
