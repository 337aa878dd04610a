import Stack

/// A process of a host as the world keeps it: what it runs, what it sleeps in, how its calls ended.
public struct ProcessRecord: Sendable {
  public let host: HostID
  public let id: ProcessID
  /// The program that makes the calls; nil where they come from outside.
  public internal(set) var program: ProgramRun?
  /// How the program ended; nil while it runs.
  public internal(set) var outcome: ProgramOutcome?
  /// The call that the process sleeps in.
  public internal(set) var pending: SocketCall?
  /// How the last call ended that has ended.
  public internal(set) var lastResult: CallResult?
  /// The error of the last call, nil where it had none.
  public internal(set) var lastError: SocketError?
  /// What was received last.
  public internal(set) var lastData: [UInt8] = []
  /// The descriptor of the last `socket()`.
  public internal(set) var lastSocket: Descriptor?
  /// The descriptor of the last `accept()`.
  public internal(set) var lastAccepted: Descriptor?

  /// How often it was told of urgent data, as by SIGURG.
  public internal(set) var urgentSignals = 0

  /// It gets no time: it makes no calls.
  public internal(set) var isPaused = false
  /// It would have gone on while it was paused.
  var isDue = false

  init(host: HostID, id: ProcessID) {
    self.host = host
    self.id = id
  }

  /// The descriptor that the process got last.
  public var lastDescriptor: Descriptor? { lastAccepted ?? lastSocket }

  /// The process is no more; its program has not come to its own end.
  mutating func end() {
    pending = nil
    isPaused = false
    isDue = false
    if program != nil && outcome == nil { outcome = .killed }
  }

  /// Ends it and forgets its descriptors too, for they mean nothing after a restart.
  mutating func forget() {
    end()
    lastSocket = nil
    lastAccepted = nil
    lastResult = nil
    lastError = nil
    lastData = []
    urgentSignals = 0
  }

  /// Notes how a call ended.
  mutating func note(_ result: CallResult, of call: SocketCall) {
    if pending == call { pending = nil }
    lastResult = result
    lastError = nil
    switch result {
    case .returned(let value):
      if case .socket = call {
        lastSocket = value
        lastAccepted = nil
      }
    case .accepted(let descriptor, _): lastAccepted = descriptor
    case .data(let octets), .datagram(let octets, _): lastData = octets
    case .failed(let error): lastError = error
    case .blocked: break
    }
  }

  /// The call with `SocketCall.latest` replaced by the descriptor that it means.
  func resolved(_ call: SocketCall) -> SocketCall {
    guard call.descriptor == SocketCall.latest else { return call }
    switch call {
    case .bind(_, let address): return lastSocket.map { .bind($0, address) } ?? call
    case .listen(_, let backlog): return lastSocket.map { .listen($0, backlog: backlog) } ?? call
    case .accept: return lastSocket.map { .accept($0) } ?? call
    case .connect(_, let address): return lastSocket.map { .connect($0, address) } ?? call
    default: return lastDescriptor.map { resolved(call, $0) } ?? call
    }
  }

  private func resolved(_ call: SocketCall, _ descriptor: Descriptor) -> SocketCall {
    switch call {
    case .send(_, let octets): .send(descriptor, octets)
    case .sendUrgent(_, let octets): .sendUrgent(descriptor, octets)
    case .receive(_, let limit): .receive(descriptor, limit: limit)
    case .sendTo(_, let octets, let address): .sendTo(descriptor, octets, address)
    case .receiveFrom(_, let limit): .receiveFrom(descriptor, limit: limit)
    case .shutdown(_, let direction): .shutdown(descriptor, direction)
    case .close: .close(descriptor)
    case .abort: .abort(descriptor)
    case .setOption(_, let option): .setOption(descriptor, option)
    case .atMark: .atMark(descriptor)
    case .socket, .bind, .listen, .accept, .connect: call
    }
  }
}
