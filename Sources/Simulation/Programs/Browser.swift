import Stack

/// A browser: it opens a connection, asks for one document, reads the answer to its end and closes.
public struct Browser: Hashable, Sendable {
  public var server: SocketAddress
  /// The name in the Host field.
  public var hostName: String
  public var path: String
  public var version: HTTPVersion
  /// The most octets that one `receive` takes.
  public var readLimit: Int

  public init(
    server: SocketAddress, hostName: String = "www.lab.example", path: String = "/",
    version: HTTPVersion = .http11, readLimit: Int = 4096
  ) {
    self.server = server
    self.hostName = hostName
    self.path = path
    self.version = version
    self.readLimit = readLimit
  }

  /// The request as it is sent (RFC 9112 §3).
  public var request: [UInt8] {
    let lines = [
      "GET \(path) \(version.rawValue)", "Host: \(hostName)", "User-Agent: Sockscope",
      "Accept: text/html", "Connection: close",
    ]
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}

/// A browser under way.
public struct BrowserRun: Sendable {
  public let browser: Browser
  /// The answer as far as it has come.
  public private(set) var received: [UInt8] = []
  private var phase = Phase.start
  private var unsent: ArraySlice<UInt8> = []

  private enum Phase {
    case start, creating
    case connecting(Descriptor)
    case sending(Descriptor)
  }
  private var reading: Descriptor?
  private var closing: ProgramOutcome?

  init(_ browser: Browser) { self.browser = browser }

  /// The answer's head, once it is whole.
  public var head: HTTPHead? { HTTPHead(parsing: received) }

  /// The answer's body as far as it has come.
  public var body: [UInt8] { head.map { Array(received.dropFirst($0.length)) } ?? [] }

  private var isWhole: Bool {
    guard let head, let length = head.contentLength else { return false }
    return received.count - head.length >= length
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
    case (.connecting(let descriptor), .returned):
      phase = .sending(descriptor)
      unsent = browser.request[...]
      return .call(.send(descriptor, Array(unsent)))
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

  private mutating func read(_ result: CallResult?, _ descriptor: Descriptor) -> ProgramStep {
    switch result {
    case .data(let octets):
      received += octets
      if octets.isEmpty || isWhole {
        return close(descriptor, head == nil ? .misunderstood : .done)
      }
      return .call(.receive(descriptor, limit: browser.readLimit))
    case .failed(let error): return close(descriptor, .failed(error))
    default: return close(descriptor, .misunderstood)
    }
  }

  private mutating func close(_ descriptor: Descriptor, _ outcome: ProgramOutcome) -> ProgramStep {
    closing = outcome
    return .call(.close(descriptor))
  }
}
