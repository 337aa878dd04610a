import Stack

/// An application as a script: what it calls depends only on how its calls end.
public enum Program: Hashable, Sendable {
  case browser(Browser)
  case webServer(WebServer)
  /// Sends every datagram back to where it came from.
  case datagramEcho(port: UInt16)
  case transfer(Transfer)
  /// The steps one after the other, until one fails.
  case script([ScriptStep])
}

/// A step of a script.
public enum ScriptStep: Hashable, Sendable {
  /// `SocketCall.latest` may stand for the descriptor.
  case call(SocketCall)
  case wait(Nanoseconds)
  /// Receives until the peer's data ends.
  case receiveAll
}

/// What a program does next.
enum ProgramStep: Hashable, Sendable {
  case call(SocketCall)
  case wait(Nanoseconds)
  case finish(ProgramOutcome)
}

/// How a program ended.
public enum ProgramOutcome: Hashable, Sendable {
  case done
  case failed(SocketError)
  /// The peer's answer made no sense to the program.
  case misunderstood
  /// Its process was ended from outside.
  case killed
}

/// A program under way, as a value.
public enum ProgramRun: Sendable {
  case browser(BrowserRun)
  case webServer(WebServerRun)
  case datagramEcho(DatagramEchoRun)
  case transfer(TransferRun)
  case script(ScriptRun)

  init(_ program: Program) {
    switch program {
    case .browser(let browser): self = .browser(BrowserRun(browser))
    case .webServer(let server): self = .webServer(WebServerRun(server))
    case .datagramEcho(let port): self = .datagramEcho(DatagramEchoRun(port: port))
    case .transfer(let transfer): self = .transfer(TransferRun(transfer))
    case .script(let steps): self = .script(ScriptRun(steps))
    }
  }

  /// What the program has received so far and keeps.
  public var received: [UInt8] {
    switch self {
    case .browser(let run): run.received
    case .webServer(let run): run.received
    case .datagramEcho: []
    case .transfer(let run): run.received.octets
    case .script(let run): run.received
    }
  }

  /// Goes on with the result of the last call; nil at the start.
  mutating func next(after result: CallResult?) -> ProgramStep {
    switch self {
    case .browser(var run):
      defer { self = .browser(run) }
      return run.next(after: result)
    case .webServer(var run):
      defer { self = .webServer(run) }
      return run.next(after: result)
    case .datagramEcho(var run):
      defer { self = .datagramEcho(run) }
      return run.next(after: result)
    case .transfer(var run):
      defer { self = .transfer(run) }
      return run.next(after: result)
    case .script(var run):
      defer { self = .script(run) }
      return run.next(after: result)
    }
  }
}
