import Stack
import Wire

extension CommandLine {
  /// `drop client ACK nth 2`, `delay server SYN+ACK by 60 ms`, `rewrite client SYN tcp.window 0`,
  /// `cut cable`.
  static func fault(_ words: inout CommandWords) throws(CommandProblem) -> Verb {
    let name = try words.take(
      "fault", from: FaultName.allCases.map { ($0.rawValue, $0) })
    guard name == .cut else { return .fault(try fault(name, &words)) }
    _ = try words.take("thing to cut", from: [("cable", true)])
    return .cut
  }

  private enum FaultName: String, CaseIterable {
    case drop, duplicate, hold, swap, delay, flip, rewrite, cut
  }

  private static func fault(
    _ name: FaultName, _ words: inout CommandWords
  ) throws(CommandProblem) -> FaultVerb {
    let frames = try frames(&words)
    let effect: FaultVerb.Effect
    switch name {
    case .drop, .cut: effect = .drop
    case .duplicate: effect = .duplicate
    case .hold: effect = .hold
    case .swap: effect = .swap
    case .delay:
      guard words.take(if: "by") else {
        throw CommandProblem("say by how much: “by 60 ms”", word: words.next)
      }
      effect = .delay(try words.span())
    case .flip:
      guard words.take(if: "octet") else {
        throw CommandProblem("say which bit: “octet 40 bit 3”", word: words.next)
      }
      let octet = try words.number("the octet", in: 0...1513)
      let bit = words.take(if: "bit") ? try words.number("the bit", in: 0...7) : 0
      effect = .flip(octet: octet, bit: bit, behindCheck: words.take(if: "unnoticed"))
    case .rewrite:
      let field = try words.take("a header field such as tcp.window")
      guard HeaderFieldProse.isKnown(field) else {
        throw CommandProblem(
          "no header has a field “\(field)”",
          suggestion: Suggestion.nearest(to: field, in: HeaderFieldProse.ids), word: field)
      }
      effect = .rewrite(field: field, try words.expression("the new value"))
    }
    var fault = FaultVerb(effect: effect, frames: frames)
    if words.take(if: "nth") { fault.nth = try words.number("the number", in: 1...10_000) }
    if words.take(if: "times") { fault.times = try words.number("the number", in: 1...10_000) }
    return fault
  }

  /// `client SYN seq 90 before client SYN`.
  static func inject(_ words: inout CommandWords) throws(CommandProblem) -> InjectVerb {
    let from = try host(&words)
    var inject = InjectVerb(from: from, flags: try flags(try words.take("flags such as SYN")))
    let names = ["seq", "ack", "window", "mss", "srcport", "dstport"]
    while let word = words.next, word != "before" {
      let name = try words.take("number of a segment", from: names.map { ($0, $0) })
      if inject.numbers.contains(where: { $0.name == name }) {
        throw CommandProblem("“\(name)” is there twice", word: word)
      }
      inject.numbers.append(
        InjectVerb.Number(name: name, value: try words.expression("a value for \(name)")))
    }
    if words.take(if: "before") { inject.before = try frames(&words) }
    return inject
  }

  private static func host(_ words: inout CommandWords) throws(CommandProblem) -> String {
    let hosts = words.context.hosts
    return try words.take("host", from: hosts.map { ($0, $0) })
  }

  /// `client`, `client SYN`, `server data`.
  private static func frames(_ words: inout CommandWords) throws(CommandProblem) -> FrameChoice {
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
