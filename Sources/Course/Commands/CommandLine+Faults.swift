import Stack
import Wire

extension CommandLine {
  /// `drop client ACK nth 2`, `delay server SYN+ACK by 60 ms`, `rewrite client SYN tcp.window 0`,
  /// `cut cable`, `mend server cable`; of a frame that is on its way `drop frame 3`, `delay frame by 60 ms`.
  static func fault(_ words: inout CommandWords) throws(CommandProblem) -> Verb {
    let name = try faultName(&words)
    guard name == .cut || name == .mend else {
      guard words.take(if: "frame") else { return .fault(try fault(name, &words)) }
      let number = try frameNumber(&words)
      return .strike(try effect(name, &words), frame: number)
    }
    let host = words.next.flatMap { words.context.host($0) }
    if host != nil { _ = words.take() }
    _ = try words.take("thing to \(name.rawValue)", from: [("cable", true)])
    return name == .cut ? .cut(host: host) : .mend(host: host)
  }

  /// `SYN+ACK` of a host, or `frame 3`.
  static func release(_ words: inout CommandWords) throws(CommandProblem) -> Verb {
    words.take(if: "frame") ? .releaseFrame(try frameNumber(&words)) : .release(try frames(&words))
  }

  /// The number behind `frame`; nil where there is none, or `last`.
  private static func frameNumber(_ words: inout CommandWords) throws(CommandProblem) -> Int? {
    if words.take(if: "last") { return nil }
    guard words.next?.allSatisfy(\.isNumber) ?? false else { return nil }
    return try words.number("the frame", in: 1...1_000_000)
  }

  /// A host, too, may stand under `fault`, so one may be meant.
  private static func faultName(_ words: inout CommandWords) throws(CommandProblem) -> FaultName {
    let names = FaultName.allCases.map(\.rawValue)
    if let word = words.next, FaultName(rawValue: word) == nil,
      let near = Suggestion.nearest(to: word, in: names + words.context.hosts + ["inject"])
    {
      throw CommandProblem("“\(word)” is no fault", suggestion: near, word: word)
    }
    return try words.take("fault", from: FaultName.allCases.map { ($0.rawValue, $0) })
  }

  /// Whether a line under `fault` is a command as it stands, and not what befalls a frame.
  static func isWhole(_ text: String, in context: PathContext) -> Bool {
    let word = String(text.prefix { !$0.isWhitespace })
    return (context.hosts + ["inject", "release", "wait"]).contains(word)
  }

  private enum FaultName: String, CaseIterable {
    case drop, duplicate, hold, swap, delay, flip, rewrite, cut, mend
  }

  private static func fault(
    _ name: FaultName, _ words: inout CommandWords
  ) throws(CommandProblem) -> FaultVerb {
    let frames = try frames(&words)
    var fault = FaultVerb(effect: try effect(name, &words), frames: frames)
    if words.take(if: "nth") { fault.nth = try words.number("the number", in: 1...10_000) }
    if words.take(if: "times") { fault.times = try words.number("the number", in: 1...10_000) }
    return fault
  }

  private static func effect(
    _ name: FaultName, _ words: inout CommandWords
  ) throws(CommandProblem) -> FaultVerb.Effect {
    switch name {
    case .drop, .cut, .mend: return .drop
    case .duplicate: return .duplicate
    case .hold: return .hold
    case .swap: return .swap
    case .delay:
      guard words.take(if: "by") else {
        throw CommandProblem("say by how much: “by 60 ms”", word: words.next)
      }
      return .delay(try words.span())
    case .flip:
      guard words.take(if: "octet") else {
        throw CommandProblem("say which bit: “octet 40 bit 3”", word: words.next)
      }
      let octet = try words.number("the octet", in: 0...1513)
      let bit = words.take(if: "bit") ? try words.number("the bit", in: 0...7) : 0
      return .flip(octet: octet, bit: bit, behindCheck: words.take(if: "unnoticed"))
    case .rewrite:
      let field = try words.take("a header field such as tcp.window")
      guard HeaderFieldProse.isKnown(field) else {
        throw CommandProblem(
          "no header has a field “\(field)”",
          suggestion: Suggestion.nearest(to: field, in: HeaderFieldProse.ids), word: field)
      }
      return .rewrite(field: field, try words.expression("the new value"))
    }
  }

  /// `client SYN seq 90 before client SYN`, `client SYN src 198.51.100.7 srcport 4000 dstport 80 times 20`, `server icmp port-unreachable about frame 1`.
  static func injection(_ words: inout CommandWords) throws(CommandProblem) -> Verb {
    let from = try host(&words)
    return words.take(if: "icmp")
      ? .report(try report(from, &words)) : .inject(try inject(from, &words))
  }

  private static func report(
    _ from: String, _ words: inout CommandWords
  ) throws(CommandProblem) -> ReportVerb {
    let error = try words.take(
      "ICMP error", from: ReportVerb.Error.allCases.map { ($0.rawValue, $0) })
    guard words.take(if: "about"), words.take(if: "frame") else {
      throw CommandProblem("say what it is about: “about frame 1”", word: words.next)
    }
    if words.take(if: "last") { return ReportVerb(from: from, error: error, about: .last) }
    let number = try words.number("the frame", in: 1...1_000_000)
    return ReportVerb(from: from, error: error, about: .number(number))
  }

  private static func inject(
    _ from: String, _ words: inout CommandWords
  ) throws(CommandProblem) -> InjectVerb {
    var inject = InjectVerb(from: from, flags: try flags(try words.take("flags such as SYN")))
    let names = ["seq", "ack", "window", "mss", "srcport", "dstport", "tsval", "tsecr", "bytes"]
    while let word = words.next, word != "before" {
      let name = try words.take(
        "number of a segment", from: (names + ["src", "times"]).map { ($0, $0) })
      if name == "src" {
        inject.source = try source(&words)
        continue
      } else if name == "times" {
        inject.times = try words.number("the number", in: 1...10_000)
        continue
      }
      if inject.numbers.contains(where: { $0.name == name }) {
        throw CommandProblem("“\(name)” is there twice", word: word)
      }
      inject.numbers.append(
        InjectVerb.Number(name: name, value: try words.expression("a value for \(name)")))
    }
    if words.take(if: "before") { inject.before = try frames(&words) }
    return inject
  }

  /// `src 198.51.100.7`: an address that a segment only claims to come from.
  private static func source(
    _ words: inout CommandWords
  ) throws(CommandProblem) -> IPv4Address {
    let word = try words.take("an address such as 198.51.100.7")
    guard let address = IPv4Address(word) else {
      throw CommandProblem("“\(word)” is no address such as 198.51.100.7", word: word)
    }
    return address
  }

  private static func host(_ words: inout CommandWords) throws(CommandProblem) -> String {
    let hosts = words.context.hosts
    return try words.take("host", from: hosts.map { ($0, $0) })
  }

  /// `client`, `client SYN`, `server data`.
  static func frames(_ words: inout CommandWords) throws(CommandProblem) -> FrameChoice {
    let from = try host(&words)
    switch words.next {
    case "data":
      _ = words.take()
      return FrameChoice(from: from, kind: .data)
    case "arp":
      _ = words.take()
      return FrameChoice(from: from, kind: .arp)
    case let word? where word.first?.isUppercase == true:
      _ = words.take()
      return FrameChoice(from: from, kind: .flags(try flags(word)))
    default:
      return FrameChoice(from: from, kind: .any)
    }
  }

  /// `SYN+ACK`.
  static func flags(_ word: String) throws(CommandProblem) -> TCPFlags {
    var flags: TCPFlags = []
    let names = TCPFlags.named.map(\.name)
    for name in word.split(separator: "+", omittingEmptySubsequences: false) {
      guard let known = TCPFlags.named.first(where: { $0.name == name }) else {
        throw CommandProblem(
          "“\(name)” is no flag; flags are \(names.joined(separator: ", "))",
          suggestion: Suggestion.nearest(to: String(name), in: names), word: word)
      }
      flags.insert(known.flag)
    }
    return flags
  }
}
