import Stack
import Yams

extension LessonReader {
  private static let patternKeys = ["event", "host", "layer", "rule", "reason", "call", "nth"]

  /// `until: quiet`, or the moment to wait for.
  mutating func stepEnd(_ node: Node) -> StepEnd? {
    if case .scalar(let scalar) = node {
      if scalar.string == "quiet" { return .quiet }
      report("“until” is a moment such as {event: frame-sent}, or the word quiet", at: scalar.place)
      return nil
    }
    return pattern(node).map { .moment($0) }
  }

  /// What a moment must be like; keys are the pattern's own, header fields, or paths.
  mutating func pattern(_ node: Node) -> MomentPattern? {
    guard let entries = entries(node, of: "a moment", known: [], isOpen: true) else { return nil }
    var pattern = MomentPattern()
    pattern.line = entries.place?.line ?? 1
    for (key, node, mark) in entries.list {
      read(&pattern, key: key, node: node, mark: mark)
    }
    if entries.list.isEmpty { report("say which moment", at: entries.place) }
    return pattern
  }

  private mutating func read(
    _ pattern: inout MomentPattern, key: String, node: Node, mark: FilePlace?
  ) {
    switch key {
    case "event":
      pattern.event = named(node, key, Event.init(name:), Event.allCases.map(\.name))
    case "host":
      pattern.host = named(node, key, { [context] in context.host($0) }, context.hosts)
    case "layer":
      let layer = { (name: String) in Layer.allCases.first { $0.name == name } }
      pattern.layer = named(node, key, layer, Layer.allCases.map(\.name))
    case "rule": pattern.rule = named(node, key, Rule.init(id:), Rule.allCases.map(\.id))
    case "reason":
      let reason = { (name: String) in DropReason.allCases.first { $0.name == name } }
      pattern.reason = named(node, key, reason, DropReason.allCases.map(\.name))
    case "call":
      let names = CallName.all
      pattern.call = named(node, key, { names.contains($0) ? $0 : nil }, names)
    case "nth": pattern.nth = integer(node, for: key, in: 1...10_000) ?? 1
    case _ where HeaderFieldProse.isKnown(key):
      guard let value = expression(node, for: key) else { return }
      pattern.unit.append(MomentPattern.UnitCondition(header: key, value: value))
    default: readState(&pattern, key: key, node: node, mark: mark)
    }
  }

  private mutating func readState(
    _ pattern: inout MomentPattern, key: String, node: Node, mark: FilePlace?
  ) {
    let root = String(key.prefix { $0 != "." })
    guard key.contains("."), context.roots.contains(root) else {
      report(
        "a moment has no “\(key)”", at: mark,
        suggestion: Suggestion.nearest(
          to: key,
          in: Self.patternKeys + HeaderFieldProse.ids + context.hosts.map { "\($0).socket.state" }))
      return
    }
    guard let left = expression(key, at: mark), let right = expression(node, for: key) else {
      return
    }
    pattern.state.append(MomentPattern.StateCondition(left: left, right: right))
  }

  private mutating func named<Thing>(
    _ node: Node, _ key: String, _ find: (String) -> Thing?, _ known: [String]
  ) -> Thing? {
    guard let word = string(node, for: key) else { return nil }
    if let thing = find(word) { return thing }
    unknown(word, for: key, known: known, at: node.place)
    return nil
  }
}

extension PathContext {
  func host(_ name: String) -> String? { hosts.contains(name) ? name : nil }
}
