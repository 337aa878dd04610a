import Simulation
import Stack
import Wire

extension CommandLine {
  /// Reads a command: `client connect 192.0.2.80:80`, `fault drop client ACK`, `wait 1 s`.
  public init(_ text: String, line: Int = 0, in context: PathContext) throws(CommandProblem) {
    var words = try CommandWords(text, in: context)
    var process = 1
    let verb = try CommandLine.verb(&words, process: &process)
    try words.end()
    self.text = text
    self.line = line
    self.verb = verb
    self.process = process
  }

  private static func verb(
    _ words: inout CommandWords, process: inout Int
  ) throws(CommandProblem) -> Verb {
    let first = try words.take("a command")
    switch first {
    case "wait": return .wait(try words.span())
    case "fault": return try fault(&words)
    case "inject": return try injection(&words)
    case "release": return try release(&words)
    default: break
    }
    let verbs = ["wait", "fault", "inject", "release"]
    guard words.context.hosts.contains(first) else {
      throw CommandProblem(
        "a command begins with a host, wait, fault, inject or release, not “\(first)”",
        suggestion: Suggestion.nearest(to: first, in: words.context.hosts + verbs), word: first)
    }
    if words.take(if: "process") {
      process = try words.number("the process", in: 1...9)
    }
    return try hostVerb(first, &words)
  }

  private static let hostVerbs = [
    "start", "exit", "pause", "resume", "reboot", "set", "poke", "write", "process",
  ]

  private static func hostVerb(
    _ host: String, _ words: inout CommandWords
  ) throws(CommandProblem) -> Verb {
    guard let word = words.take() else {
      throw CommandProblem("say what the \(host) does, such as “\(host) socket tcp”")
    }
    switch word {
    case "start": return .start(host: host, try program(&words))
    case "exit": return .exit(host: host)
    case "pause": return .pause(host: host)
    case "resume": return .resume(host: host)
    case "reboot": return .reboot(host: host)
    case "set": return try setting(host, &words)
    case "poke", "write": return try write(host, &words)
    default: break
    }
    guard CallName.all.contains(word) else {
      throw CommandProblem(
        "a host cannot “\(word)”",
        suggestion: Suggestion.nearest(to: word, in: CallName.all + hostVerbs), word: word)
    }
    let call = try call(word, &words)
    var descriptor: Int?
    if words.take(if: "on") { descriptor = try words.number("a descriptor", in: 0...65_535) }
    return .call(host: host, call, descriptor: descriptor)
  }

  private static func call(
    _ name: String, _ words: inout CommandWords
  ) throws(CommandProblem) -> CallVerb {
    switch name {
    case "socket":
      return .socket(
        try words.take("kind of socket", from: [("tcp", .stream), ("udp", .datagram)]))
    case "bind": return .bind(try words.address(portAlone: true))
    case "listen": return .listen(backlog: try words.number("the backlog", in: 0...1024))
    case "accept": return .accept
    case "connect": return .connect(try words.address())
    case "send":
      let octets = try octets(&words)
      return words.take(if: "urgent") ? .sendUrgent(octets) : .send(octets)
    case "receive": return .receive(limit: try words.number("the size", in: 1...1_048_576))
    case "sendto": return .sendTo(try octets(&words), try words.address())
    case "receivefrom": return .receiveFrom(limit: try words.number("the size", in: 1...65_535))
    case "shutdown":
      return .shutdown(
        try words.take(
          "half", from: [("sending", .sending), ("receiving", .receiving), ("both", .both)]))
    case "close": return .close
    case "setsockopt": return .setOption(try socketOption(&words))
    case "sockatmark": return .atMark
    default: return .abort
    }
  }

  /// `setsockopt no-delay on`, `setsockopt receive-buffer 4096`, `setsockopt user-timeout 5 s`.
  private static func socketOption(
    _ words: inout CommandWords
  ) throws(CommandProblem) -> SocketOption {
    let names = [
      "no-delay", "keep-alive", "abort-on-close", "user-timeout", "send-buffer", "receive-buffer",
      "reuse-address",
      "no-push",
    ]
    let name = try words.take("socket option", from: names.map { ($0, $0) })
    func isOn() throws(CommandProblem) -> Bool {
      try words.take("switch", from: [("on", true), ("off", false)])
    }
    switch name {
    case "no-delay": return .noDelay(try isOn())
    case "keep-alive": return .keepAlive(try isOn())
    case "abort-on-close": return .abortOnClose(try isOn())
    case "reuse-address": return .reuseAddress(try isOn())
    case "no-push": return .noPush(try isOn())
    case "user-timeout": return .userTimeout(UInt32(clamping: try words.span().count / 1_000_000))
    case "send-buffer":
      return .sendBuffer(UInt32(try words.number("the size", in: 1...1_048_576)))
    default:
      return .receiveBuffer(UInt32(try words.number("the size", in: 1...1_048_576)))
    }
  }

  /// A text in quotation marks, or a number of octets that does not matter: `send "GET /"`, `send 5
  /// bytes`, `send "POST /" filled to 5000 bytes`.
  private static func octets(_ words: inout CommandWords) throws(CommandProblem) -> [UInt8] {
    let word = try words.take("what to send")
    let most = 1_048_576
    var text = Array(word.utf8)
    var size = text.count
    if words.take(if: "filled") {
      guard words.take(if: "to") else {
        throw CommandProblem("say how far: “filled to 5000 bytes”", word: words.next)
      }
      size = try words.number("the size", in: text.count...most)
      guard words.take(if: "bytes") else {
        throw CommandProblem("say how far: “filled to 5000 bytes”", word: words.next)
      }
    } else if let count = Int(word), words.take(if: "bytes") {
      guard (0...most).contains(count) else {
        throw CommandProblem("at most \(most) bytes at once", word: word)
      }
      text = []
      size = count
    }
    return text + (0..<(size - text.count)).map { UInt8(ascii: "a") + UInt8($0 % 26) }
  }

  private static func program(
    _ words: inout CommandWords
  ) throws(CommandProblem) -> ProgramVerb {
    enum Name { case webServer, browser, reader }
    func port() throws(CommandProblem) -> UInt16 {
      UInt16(words.take(if: "on") ? try words.number("a port", in: 1...65_535) : 80)
    }
    switch try words.take(
      "program",
      from: [("web-server", Name.webServer), ("browser", Name.browser), ("reader", Name.reader)])
    {
    case .webServer: return .webServer(port: try port())
    case .reader: return .reader(port: try port())
    case .browser:
      let word = try words.take("an address such as http://192.0.2.80/")
      guard let (address, path) = location(word) else {
        throw CommandProblem("“\(word)” is no address such as http://192.0.2.80/", word: word)
      }
      return try browser(address, path, &words)
    }
  }

  /// `http10`, `http11 times 2 idle 1 s`; without either, HTTP/1.1 that does not keep its connection.
  private static func browser(
    _ address: SocketAddress, _ path: String, _ words: inout CommandWords
  ) throws(CommandProblem) -> ProgramVerb {
    if words.take(if: "http10") { return .browser(address, path: path, .http10, nil) }
    guard words.take(if: "http11") else { return .browser(address, path: path, .http11, nil) }
    var persistence = Browser.Persistence(requests: 1, idle: .seconds(5))
    if words.take(if: "times") {
      persistence.requests = try words.number("the number of requests", in: 1...1000)
    }
    if words.take(if: "idle") { persistence.idle = try words.span() }
    return .browser(address, path: path, .http11, persistence)
  }

  /// `http://192.0.2.80:8080/index.html`.
  private static func location(_ text: String) -> (SocketAddress, path: String)? {
    guard text.hasPrefix("http://") else { return nil }
    let rest = text.dropFirst("http://".count)
    let host = rest.prefix { $0 != "/" }
    let path = rest.dropFirst(host.count)
    let parts = host.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, let address = IPv4Address(first), parts.count <= 2 else {
      return nil
    }
    let port = parts.count == 2 ? UInt16(parts[1]) : 80
    return port.map { (SocketAddress(address, $0), path.isEmpty ? "/" : String(path)) }
  }

  private static func write(
    _ host: String, _ words: inout CommandWords
  ) throws(CommandProblem) -> Verb {
    let word = try words.take("a field such as snd.nxt")
    let path: Path
    do {
      path = try Path("\(host).socket.\(word)", in: words.context)
    } catch {
      throw CommandProblem(error.message, suggestion: error.suggestion, word: word)
    }
    let change: Change
    switch words.next?.first {
    case "+": change = .raised
    case "-": change = .lowered
    default: change = .replaced
    }
    let value = try words.expression("the new value", without: change == .replaced ? 0 : 1)
    return .write(host: host, path, value, change)
  }

  /// `set receive-buffer 4096`, `set mss-option off`, `set firewall 81`.
  private static func setting(
    _ host: String, _ words: inout CommandWords
  ) throws(CommandProblem) -> Verb {
    let parameter = try words.take(
      "setting of a host", from: HostParameter.allCases.map { ($0.name, $0) })
    guard !parameter.isRouters || host == SampleHost.router.rawValue else {
      throw CommandProblem("only a router has “\(parameter.name)”", word: parameter.name)
    }
    if let value = parameter.namedValues.first(where: { $0.word == words.next })?.value {
      _ = words.take()
      return .set(host: host, parameter, value)
    }
    guard parameter.takesNumbers else {
      let value = try words.take(
        "value of “\(parameter.name)”", from: parameter.namedValues.map { ($0.word, $0.value) })
      return .set(host: host, parameter, value)
    }
    return .set(host: host, parameter, try words.number(parameter.name, in: parameter.range))
  }
}
