import Stack

/// A browser: it opens a connection, asks for a document, reads the answer to its end and closes.
///
/// With HTTP/1.0 the server's close is the answer's end. With HTTP/1.1 it says `Connection: close`, unless it is to
/// keep the connection.
public struct Browser: Hashable, Sendable {
  public var server: SocketAddress
  /// The name in the Host field.
  public var hostName: String
  public var path: String
  public var version: HTTPVersion
  /// The most octets that one `receive` takes.
  public var readLimit: Int
  /// What it does with a connection that it keeps (RFC 9112 §9.3); nil: it does not.
  public var persistence: Persistence?

  /// A connection for more than one request.
  public struct Persistence: Hashable, Sendable {
    /// Requests before it closes.
    public var requests: Int
    /// How long it does nothing after each answer.
    public var idle: Nanoseconds

    public init(requests: Int, idle: Nanoseconds) {
      self.requests = requests
      self.idle = idle
    }
  }

  public init(
    server: SocketAddress, hostName: String = "www.lab.example", path: String = "/",
    version: HTTPVersion = .http11, readLimit: Int = 4096, persistence: Persistence? = nil
  ) {
    self.server = server
    self.hostName = hostName
    self.path = path
    self.version = version
    self.readLimit = readLimit
    self.persistence = persistence
  }

  /// The request as it is sent (RFC 9112 §3).
  public var request: [UInt8] {
    var lines = [
      "GET \(path) \(version.rawValue)", "Host: \(hostName)", "User-Agent: Sockscope",
      "Accept: text/html",
    ]
    if version == .http11, persistence == nil { lines.append("Connection: close") }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}

/// A browser under way.
public struct BrowserRun: Sendable {
  public let browser: Browser
  /// The answers as far as they have come.
  public private(set) var received: [UInt8] = []
  /// The answers that have come whole.
  public private(set) var answers = 0
  /// Where the last answer begins.
  private var start = 0
  private var phase = Phase.start
  private var unsent: ArraySlice<UInt8> = []

  private enum Phase {
    case start, creating
    case connecting(Descriptor)
    case sending(Descriptor)
    case idling(Descriptor)
  }
  private var reading: Descriptor?
  private var closing: ProgramOutcome?

  init(_ browser: Browser) { self.browser = browser }

  /// The last answer's head, once it is whole.
  public var head: HTTPHead? { HTTPHead(parsing: Array(received[start...])) }

  /// The last answer's body as far as it has come.
  public var body: [UInt8] { head.map { Array(received[(start + $0.length)...]) } ?? [] }

  private var isWhole: Bool {
    guard let head, let length = head.contentLength else { return false }
    return received.count - start - head.length >= length
  }

  mutating func next(after result: CallResult?) -> ProgramStep {
    if let closing { return .finish(closing) }
    if let reading { return read(result, reading) }
    switch (phase, result) {
    case (.start, _):
      phase = .creating
      return .call(.socket(.stream))
    case (.creating, .returned(let descriptor)):
      phase = .connecting(descriptor)
      return .call(.connect(descriptor, browser.server))
    case (.connecting(let descriptor), .returned): return ask(descriptor)
    case (.idling(let descriptor), _):
      guard answers < browser.persistence?.requests ?? 1 else { return close(descriptor, .done) }
      start = received.count
      return ask(descriptor)
    case (.sending(let descriptor), .returned(let count)):
      unsent = unsent.dropFirst(count)
      guard unsent.isEmpty else { return .call(.send(descriptor, Array(unsent))) }
      reading = descriptor
      return .call(.receive(descriptor, limit: browser.readLimit))
    case (.creating, .failed(let error)): return .finish(.failed(error))
    case (.connecting(let descriptor), .failed(let error)),
      (.sending(let descriptor), .failed(let error)):
      return close(descriptor, .failed(error))
    default: return .finish(.misunderstood)
    }
  }

  private mutating func ask(_ descriptor: Descriptor) -> ProgramStep {
    phase = .sending(descriptor)
    unsent = browser.request[...]
    return .call(.send(descriptor, Array(unsent)))
  }

  private mutating func read(_ result: CallResult?, _ descriptor: Descriptor) -> ProgramStep {
    switch result {
    case .data(let octets):
      received += octets
      if octets.isEmpty {
        answers += 1
        return close(descriptor, head == nil ? .misunderstood : .done)
      }
      if isWhole, browser.version == .http11 { return end(descriptor) }
      return .call(.receive(descriptor, limit: browser.readLimit))
    case .failed(let error): return close(descriptor, .failed(error))
    default: return close(descriptor, .misunderstood)
    }
  }

  /// An answer has come whole.
  private mutating func end(_ descriptor: Descriptor) -> ProgramStep {
    answers += 1
    guard let persistence = browser.persistence else { return close(descriptor, .done) }
    phase = .idling(descriptor)
    reading = nil
    return .wait(persistence.idle)
  }

  private mutating func close(_ descriptor: Descriptor, _ outcome: ProgramOutcome) -> ProgramStep {
    closing = outcome
    return .call(.close(descriptor))
  }
}
