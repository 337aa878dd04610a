import Stack
import Wire

/// A web server: it answers the requests of one connection after the other.
///
/// It closes after its answer, as HTTP/1.0 has it, unless the request is of HTTP/1.1 and does not say
/// `Connection: close` (RFC 9112 §9.3).
public struct WebServer: Hashable, Sendable {
  public var port: UInt16
  public var backlog: Int
  public var documents: [WebDocument]

  public init(port: UInt16 = 80, backlog: Int = 5, documents: [WebDocument] = [.welcome]) {
    self.port = port
    self.backlog = backlog
    self.documents = documents
  }

  /// The answer to a request's head (RFC 9112 §4): the document, or why there is none.
  func answer(to head: HTTPHead) -> [UInt8] {
    let words = head.words
    let keeps = keepsConnection(after: head)
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
      return response("400 Bad Request", .text("bad request\n"), withBody: true)
    }
    guard words[0] == "GET" || words[0] == "HEAD" else {
      return response("405 Method Not Allowed", .text("only GET and HEAD\n"), withBody: true)
    }
    let path = words[1].split(separator: "?", maxSplits: 1).first.map { String($0) } ?? "/"
    let document = documents.first { $0.path == path }
    return response(
      document == nil ? "404 Not Found" : "200 OK", document ?? .text("no such document\n"),
      withBody: words[0] == "GET", keeps: keeps)
  }

  /// Whether another request may follow on the connection (RFC 9112 §9.3). What is no request ends it.
  func keepsConnection(after head: HTTPHead) -> Bool {
    let words = head.words
    guard words.count == 3, words[2] == HTTPVersion.http11.rawValue,
      words[0] == "GET" || words[0] == "HEAD"
    else { return false }
    return head.value("connection")?.lowercased() != "close"
  }

  func response(
    _ status: String, _ document: WebDocument, withBody: Bool, keeps: Bool = false
  ) -> [UInt8] {
    var lines = [
      "HTTP/1.1 \(status)", "Server: Sockscope", "Content-Type: \(document.contentType)",
      "Content-Length: \(document.body.count)",
    ]
    if !keeps { lines.append("Connection: close") }
    let head = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    return withBody ? head + document.body : head
  }
}

/// A document that a web server has.
public struct WebDocument: Hashable, Sendable {
  public var path: String
  public var contentType: String
  public var body: [UInt8]

  public init(path: String, contentType: String, body: [UInt8]) {
    self.path = path
    self.contentType = contentType
    self.body = body
  }

  static func text(_ text: String) -> WebDocument {
    WebDocument(path: "", contentType: "text/plain", body: Array(text.utf8))
  }

  /// A short page at `/`.
  public static let welcome = WebDocument(
    path: "/", contentType: "text/html; charset=utf-8",
    body: Array("<!doctype html>\n<title>Lab</title>\n<p>Hello from the server.</p>\n".utf8))
}

/// A web server under way.
public struct WebServerRun: Sendable {
  public let server: WebServer
  /// The requests that were answered.
  public private(set) var answered = 0
  /// The request at hand as far as it has come.
  public private(set) var received: [UInt8] = []
  private var listening: Descriptor?
  private var connection: Descriptor?
  private var unsent: ArraySlice<UInt8> = []
  /// The connection is for another request.
  private var keeps = false
  private var phase = Phase.start

  private enum Phase {
    case start, creating, binding, listening, accepting, reading, sending, closing
  }

  /// The longest head of a request that is read.
  private static let headLimit = 8192

  init(_ server: WebServer) { self.server = server }

  mutating func next(after result: CallResult?) -> ProgramStep {
    switch phase {
    case .start:
      phase = .creating
      return .call(.socket(.stream))
    case .creating, .binding, .listening: return prepare(result)
    case .accepting:
      guard case .accepted(let descriptor, _) = result else { return failed(result) }
      connection = descriptor
      received = []
      return receive()
    case .reading: return read(result)
    case .sending:
      guard case .returned(let count) = result else { return close() }
      unsent = unsent.dropFirst(count)
      if unsent.isEmpty { answered += 1 }
      return send()
    case .closing: return accept()
    }
  }

  private mutating func prepare(_ result: CallResult?) -> ProgramStep {
    guard case .returned(let value) = result else { return failed(result) }
    switch phase {
    case .creating:
      listening = value
      phase = .binding
      return .call(.bind(value, SocketAddress(.any, server.port)))
    case .binding:
      phase = .listening
      return .call(.listen(listening ?? SocketCall.latest, backlog: server.backlog))
    default: return accept()
    }
  }

  private mutating func accept() -> ProgramStep {
    phase = .accepting
    connection = nil
    return .call(.accept(listening ?? SocketCall.latest))
  }

  private mutating func read(_ result: CallResult?) -> ProgramStep {
    guard case .data(let octets) = result, !octets.isEmpty else { return close() }
    received += octets
    return answer() ?? receive()
  }

  /// The answer to the request at hand, if that is whole or too long.
  private mutating func answer() -> ProgramStep? {
    keeps = false
    if let head = HTTPHead(parsing: received) {
      unsent = server.answer(to: head)[...]
      keeps = server.keepsConnection(after: head)
      received.removeFirst(head.length)
      return send()
    }
    if received.count > Self.headLimit {
      unsent =
        server.response(
          "431 Request Header Fields Too Large", .text("too long\n"), withBody: true)[...]
      return send()
    }
    return nil
  }

  private mutating func receive() -> ProgramStep {
    phase = .reading
    return .call(.receive(connection ?? SocketCall.latest, limit: 4096))
  }

  private mutating func send() -> ProgramStep {
    guard !unsent.isEmpty else { return keeps ? answer() ?? receive() : close() }
    phase = .sending
    return .call(.send(connection ?? SocketCall.latest, Array(unsent)))
  }

  private mutating func close() -> ProgramStep {
    phase = .closing
    return .call(.close(connection ?? SocketCall.latest))
  }

  private func failed(_ result: CallResult?) -> ProgramStep {
    if case .failed(let error) = result { return .finish(.failed(error)) }
    return .finish(.misunderstood)
  }
}
