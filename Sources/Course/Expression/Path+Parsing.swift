import Stack

/// What the names in an expression may be: the hosts of the lesson's world.
public struct PathContext: Sendable {
  public var hosts: [String]

  public init(hosts: [String]) { self.hosts = hosts }

  /// First words of all paths.
  var roots: [String] { hosts + ["frame", "frames", "segment", "packet", "before", "time"] }
}

extension Path {
  /// Reads a path; the problem names the part that is unknown and the nearest known one.
  public init(_ text: String, in context: PathContext) throws(ExpressionProblem) {
    var parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    var isBefore = false
    if parts.first == "before" {
      isBefore = true
      parts.removeFirst()
    }
    guard let root = parts.first, parts.allSatisfy({ !$0.isEmpty }) else {
      throw ExpressionProblem("“\(text)” is no path")
    }
    let rest = Array(parts.dropFirst())
    let subject: Subject
    switch root {
    case "time" where rest.isEmpty: subject = .time
    case "frames":
      subject = .frameCount(try Self.choice(rest, after: root, in: FrameCount.self))
    case "frame": subject = try Self.frame(rest)
    case "segment", "packet": subject = .unit(header: try Self.header(rest, after: root))
    default:
      guard context.hosts.contains(root) else {
        throw ExpressionProblem(
          "“\(root)” names nothing in this world",
          suggestion: Suggestion.nearest(to: root, in: context.roots))
      }
      subject = try Self.host(root, rest)
    }
    self.init(subject, isBefore: isBefore)
  }

  private static let hostParts =
    [
      "socket", "listener", "sockets", "call", "address", "mac", "mtu",
    ] + counted
  /// What stands first where something is counted.
  private static let counted = [
    "frames", "packets", "segments", "data", "acks", "retransmissions", "octets",
  ]

  private static func host(
    _ host: String, _ parts: [String]
  ) throws(ExpressionProblem) -> Subject {
    guard let first = parts.first else {
      throw ExpressionProblem(
        "“\(host)” alone has no value; name a part such as \(host).socket.state")
    }
    let rest = Array(parts.dropFirst())
    switch first {
    case "socket":
      if let word = rest.first, let number = Int(word) {
        return .socket(host: host, .number(number), try field(Array(rest.dropFirst())))
      }
      return .socket(host: host, .newest, try field(rest))
    case "listener": return .socket(host: host, .listener, try field(rest))
    case "sockets" where rest == ["count"]: return .socketCount(host: host)
    case "sockets":
      throw ExpressionProblem("sockets can only be counted", suggestion: "\(host).sockets.count")
    case "call":
      return .call(host: host, try choice(rest, after: "\(host).call", in: CallPart.self))
    case _ where counted.contains(first): return .hostCount(host, try count(parts, host))
    default:
      if rest.isEmpty, let part = HostPart(rawValue: first) { return .host(host, part) }
      throw ExpressionProblem(
        "a host has no “\(first)”", suggestion: Suggestion.nearest(to: first, in: hostParts))
    }
  }

  private static func count(_ parts: [String], _ host: String) throws(ExpressionProblem)
    -> HostCount
  {
    let word = parts.joined(separator: ".")
    if let count = HostCount(rawValue: word) { return count }
    let known = HostCount.allCases.map(\.rawValue)
    throw ExpressionProblem(
      "“\(host)” has \(known.joined(separator: ", ")); “\(word)” is none of them",
      suggestion: Suggestion.nearest(to: word, in: known))
  }

  private static func field(_ parts: [String]) throws(ExpressionProblem) -> Field {
    let name = parts.joined(separator: ".")
    if let field = Field(name: name) { return field }
    guard !name.isEmpty else {
      throw ExpressionProblem("a socket alone has no value; name one of its fields, such as state")
    }
    throw ExpressionProblem(
      "a socket has no field “\(name)”",
      suggestion: Suggestion.nearest(to: name, in: Field.allCases.map(\.name)))
  }

  private static func frame(_ parts: [String]) throws(ExpressionProblem) -> Subject {
    guard let first = parts.first else {
      throw ExpressionProblem("say which frame: frame.1 or frame.last")
    }
    let choice: FrameChoice
    if first == "last" {
      choice = .last
    } else if let number = Int(first), number > 0 {
      choice = .number(number)
    } else {
      throw ExpressionProblem(
        "“\(first)” is no frame; frames have numbers from 1, and the newest is “last”",
        suggestion: Suggestion.nearest(to: first, in: ["last"]))
    }
    let rest = Array(parts.dropFirst())
    if rest.count == 1, let fact = FrameFact(rawValue: rest[0]) {
      return .frame(choice, .fact(fact))
    }
    return .frame(choice, .header(try header(rest, after: "frame.\(first)")))
  }

  private static func header(
    _ parts: [String], after root: String
  ) throws(ExpressionProblem) -> String {
    let id = parts.joined(separator: ".")
    if HeaderFieldProse.isKnown(id) { return id }
    let known = HeaderFieldProse.ids + FrameFact.allCases.map(\.rawValue)
    throw ExpressionProblem(
      id.isEmpty
        ? "“\(root)” alone has no value; name a header field such as tcp.seq"
        : "no header has a field “\(id)”",
      suggestion: Suggestion.nearest(to: id, in: known))
  }

  private static func choice<Part: RawRepresentable & CaseIterable>(
    _ parts: [String], after root: String, in type: Part.Type
  ) throws(ExpressionProblem) -> Part where Part.RawValue == String {
    if parts.count == 1, let part = Part(rawValue: parts[0]) { return part }
    let known = Part.allCases.map(\.rawValue)
    let word = parts.joined(separator: ".")
    throw ExpressionProblem(
      "“\(root)” has \(known.joined(separator: ", ")); “\(word)” is none of them",
      suggestion: Suggestion.nearest(to: word, in: known))
  }
}
