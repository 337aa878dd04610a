import CPseudoTerminal
import Foundation
import Screen

/// A program on a pseudo terminal, driven by a test as a learner would: keys in, a screen out,
/// with the job control of a shell around it. Every wait is bounded.
public final class DrivenProgram {
  /// How a program ended.
  public enum End: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)

    /// What a shell's `$?` says.
    public var shellStatus: Int32 {
      switch self {
      case .exited(let code): code
      case .signalled(let number): 128 + number
      }
    }
  }

  public enum Problem: Error {
    case notStarted(Int32)
    /// What was waited for did not come; with what the screen showed.
    case timeout(String, screen: String)
    case notWritten
  }

  /// What the terminal shows as far as it was read.
  public private(set) var screen: VirtualTerminal
  /// All that the program has written.
  public private(set) var output: [UInt8] = []
  /// How it ended, once known.
  public private(set) var end: End?
  public private(set) var isStopped = false
  public private(set) var processID: pid_t = 0
  private var link = pty()
  private let patience: Double

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - environment: all of its environment; nothing is inherited.
  ///   - errors: the descriptor for its standard error; nil for the terminal.
  ///   - patience: seconds after which a wait has failed. A bound, never a measure.
  public init(
    _ program: String, _ arguments: [String] = [],
    environment: [String: String] = DrivenProgram.plainEnvironment,
    size: Size = Size(width: 80, height: 24), errors: Int32? = nil, patience: Double = 30
  ) throws {
    screen = VirtualTerminal(size)
    self.patience = patience
    var argumentPointers = ([program] + arguments).map { strdup($0) } + [nil]
    var environmentPointers = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
    let problem = pty_spawn(
      &link, program, &argumentPointers, &environmentPointers, Int32(size.width),
      Int32(size.height), errors ?? -1)
    guard problem == 0 else { throw Problem.notStarted(problem) }
    modesBefore = modes
    try wait("the program's start") { _ in processID != 0 }
  }

  deinit { pty_close(&link) }

  /// A terminal of today with UTF-8.
  public static let plainEnvironment = [
    "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": "/dev/null", "PATH": "/usr/bin:/bin",
  ]

  // MARK: Input

  public func type(_ text: String) throws {
    try type(Array(text.utf8))
  }

  public func type(_ octets: [UInt8]) throws {
    guard pty_write(&link, octets, octets.count, Int32(patience * 1000)) else {
      throw Problem.notWritten
    }
  }

  public func resize(to size: Size) {
    screen.resize(to: size)
    _ = pty_resize(&link, Int32(size.width), Int32(size.height))
  }

  public func send(signal number: Int32) {
    kill(processID, number)
  }

  /// The shell's `fg`.
  public func bringToForeground() throws { try command("f") }

  /// The shell's `bg`.
  public func continueInBackground() throws { try command("b") }

  private func command(_ letter: Character) throws {
    isStopped = false
    var octet = letter.asciiValue ?? 0
    guard write(link.commands, &octet, 1) == 1 else { throw Problem.notWritten }
  }

  // MARK: Waiting

  /// Reads on until the screen is as wanted.
  public func wait(_ what: String, until isTrue: (VirtualTerminal) -> Bool) throws {
    let deadline = Date(timeIntervalSinceNow: patience)
    while true {
      takeReports()
      if isTrue(screen) { return }
      guard Date() < deadline else { throw Problem.timeout(what, screen: screen.text) }
      read(milliseconds: 20)
    }
  }

  /// Reads on until a text stands on the screen.
  public func waitFor(_ text: String) throws {
    try wait("“\(text)”") { $0.shows(text) }
  }

  public func waitUntilStopped() throws {
    try wait("the stop") { _ in isStopped }
    readRest()
  }

  /// Waits for the end and reads what is left.
  @discardableResult
  public func waitForEnd() throws -> End {
    try wait("the end") { _ in end != nil }
    readRest()
    guard let end else { throw Problem.timeout("the end", screen: screen.text) }
    return end
  }

  private func takeReports() {
    var report = pty_report()
    while pty_next_report(&link, &report) {
      processID = report.program
      if report.started != 0 { continue }
      if pty_stopped(report.status) {
        isStopped = true
      } else if pty_exited(report.status) {
        end = .exited(pty_exit_code(report.status))
      } else if pty_signalled(report.status) {
        end = .signalled(pty_signal(report.status))
      }
    }
  }

  @discardableResult
  private func read(milliseconds: Int32) -> Bool {
    var octets = [UInt8](repeating: 0, count: 65536)
    let count = pty_read(&link, &octets, octets.count, milliseconds)
    guard count > 0 else { return false }
    output += octets[..<count]
    screen.feed(octets[..<count])
    return true
  }

  /// What a program wrote before it stopped or ended is in the terminal already.
  private func readRest() {
    while read(milliseconds: 0) {}
  }

  // MARK: The terminal's modes

  /// The modes when the program was started.
  public private(set) var modesBefore: [UInt32] = []

  /// The terminal's modes now, as comparable numbers: flags, then control characters.
  public var modes: [UInt32] {
    var modes = termios()
    guard pty_modes(&link, &modes) == 0 else { return [] }
    let characters = withUnsafeBytes(of: modes.c_cc) { Array($0) }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
      + characters.map(UInt32.init)
  }

  /// In what the terminal is not as it was found; empty when it was given back whole.
  public var unrestored: [String] {
    var list: [String] = []
    if modes != modesBefore || modes.isEmpty { list.append("modes") }
    if screen.isAlternate { list.append("alternate screen") }
    if !screen.isCursorVisible { list.append("cursor hidden") }
    if !screen.mouseModes.isEmpty { list.append("mouse \(screen.mouseModes.sorted())") }
    if !screen.otherModes.isEmpty { list.append("private modes \(screen.otherModes.sorted())") }
    if screen.rendition != Rendition() { list.append("colours or attributes") }
    return list
  }
}

extension DrivenProgram {
  /// The folder that holds the programs built beside the tests.
  public static var builtProducts: URL {
    // The test bundle lies in it; `swift test` runs the bundle itself or a runner beside it.
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
  }
}
