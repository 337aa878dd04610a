import Yams

/// The entries of a mapping, in the order of the file.
struct NodeEntries {
  var place: FilePlace?
  /// What the mapping is, for messages: “a step”.
  var what: String
  var list: [(key: String, node: Node, place: FilePlace?)]

  subscript(key: String) -> Node? { list.first { $0.key == key }?.node }
}

extension LessonReader {
  mutating func report(_ message: String, at mark: FilePlace?, suggestion: String? = nil) {
    problems.append(
      LessonProblem(
        line: mark?.line ?? 1, column: mark?.column ?? 1, message: message, suggestion: suggestion))
  }

  /// The entries of a mapping; unknown keys are reported. `open` keys are left to the caller.
  mutating func entries(
    _ node: Node, of what: String, known: [String], isOpen: Bool = false
  ) -> NodeEntries? {
    guard case .mapping(let mapping) = node else {
      report("\(what) is written as “name: value” entries", at: node.place)
      return nil
    }
    var entries = NodeEntries(place: mapping.place, what: what, list: [])
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        report("a name is expected here", at: key.place)
        continue
      }
      if !isOpen, !known.contains(scalar.string) {
        reportUnknown(scalar, value, in: mapping, of: what, known: known)
        continue
      }
      entries.list.append((scalar.string, value, scalar.place))
    }
    return entries
  }

  private mutating func reportUnknown(
    _ key: Node.Scalar, _ value: Node, in mapping: Node.Mapping, of what: String, known: [String]
  ) {
    if mapping.style == .flow, value.scalar?.string.isEmpty == true {
      report(
        "inside { } a text with a comma needs quotation marks; “\(key.string)” was cut off by one",
        at: key.place)
      return
    }
    report(
      "\(what) has no “\(key.string)”", at: key.place,
      suggestion: Suggestion.nearest(to: key.string, in: known))
  }

  mutating func required(_ key: String, in entries: NodeEntries) -> Node? {
    if let node = entries[key] { return node }
    report("\(entries.what) needs “\(key)”", at: entries.place)
    return nil
  }

  /// A text that is not empty.
  mutating func string(_ node: Node, for key: String) -> String? {
    guard case .scalar(let scalar) = node else {
      report("“\(key)” is a text", at: node.place)
      return nil
    }
    guard scalar.string.contains(where: { !$0.isWhitespace }) else {
      report("“\(key)” is empty", at: scalar.place)
      return nil
    }
    return scalar.string
  }

  mutating func integer(_ node: Node, for key: String, in range: ClosedRange<Int>) -> Int? {
    guard let word = string(node, for: key) else { return nil }
    if let number = Int(word), range.contains(number) { return number }
    report(
      "“\(key)” is a whole number from \(range.lowerBound) to \(range.upperBound), not “\(word)”",
      at: node.place)
    return nil
  }

  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: Node, for key: String, in type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let word = string(node, for: key) else { return nil }
    if let choice = Choice(rawValue: word) { return choice }
    unknown(word, for: key, known: Choice.allCases.map(\.rawValue), at: node.place)
    return nil
  }

  /// Reports a word that is not one of the known ones.
  mutating func unknown(_ word: String, for key: String, known: [String], at mark: FilePlace?) {
    let nearest = Suggestion.nearest(to: word, in: known)
    let list = known.count <= 12 ? "; it is one of \(known.joined(separator: ", "))" : ""
    report("“\(word)” is no \(key)\(nearest == nil ? list : "")", at: mark, suggestion: nearest)
  }

  /// The nodes of a sequence; a single node stands for a list of one.
  func list(_ node: Node) -> [Node] {
    if case .sequence(let sequence) = node { Array(sequence) } else { [node] }
  }

  /// `{ko: …, en: …}`.
  mutating func phrase(_ node: Node, for key: String) -> Phrase? {
    guard let entries = entries(node, of: "“\(key)”", known: ["ko", "en"]) else { return nil }
    return phrase(in: entries)
  }

  /// The entries `ko` and `en` of a mapping that has others too.
  mutating func phrase(in entries: NodeEntries) -> Phrase? {
    let ko = translation("ko", in: entries).flatMap { string($0, for: "ko") }
    let en = translation("en", in: entries).flatMap { string($0, for: "en") }
    guard let ko, let en else { return nil }
    return Phrase(ko: trimmed(ko), en: trimmed(en))
  }

  mutating func narration(_ node: Node, for key: String) -> BilingualNarration? {
    guard let entries = entries(node, of: "“\(key)”", known: ["ko", "en"]) else { return nil }
    return narration(in: entries)
  }

  mutating func narration(in entries: NodeEntries) -> BilingualNarration? {
    let ko = translation("ko", in: entries).flatMap { narration(text: $0, for: "ko") }
    let en = translation("en", in: entries).flatMap { narration(text: $0, for: "en") }
    guard let ko, let en else { return nil }
    return BilingualNarration(ko: ko, en: en)
  }

  private mutating func translation(_ language: String, in entries: NodeEntries) -> Node? {
    if let node = entries[language] { return node }
    let name = language == "ko" ? "Korean" : "English"
    report("\(entries.what) has no \(name) text; add “\(language)”", at: entries.place)
    return nil
  }

  private mutating func narration(text node: Node, for key: String) -> Narration? {
    guard let text = string(node, for: key) else { return nil }
    do {
      return try Narration(trimmed(text), in: context)
    } catch {
      report(
        error.message, at: place(of: bracket(in: error.message), from: node.place),
        suggestion: error.suggestion)
      return nil
    }
  }

  /// The `[…]` that a narration's problem begins with.
  private func bracket(in message: String) -> String {
    guard let close = message.firstIndex(of: "]") else { return "" }
    return String(message[...close])
  }

  mutating func expression(_ node: Node, for key: String) -> Expression? {
    guard let text = string(node, for: key) else { return nil }
    return expression(text, at: node.place, style: node)
  }

  /// Reads an expression and reports its problem at its own place.
  mutating func expression(_ text: String, at mark: FilePlace?, style node: Node? = nil)
    -> Expression?
  {
    do {
      return try Expression(text, in: context)
    } catch {
      var place = mark
      if let mark, case .scalar(let scalar)? = node, scalar.style == .plain {
        place = FilePlace(line: mark.line, column: mark.column + error.offset)
      }
      report(error.message, at: place, suggestion: error.suggestion)
      return nil
    }
  }

  /// Where a piece of a longer text stands in the file: the first place at or after the text's
  /// start.
  func place(of piece: String, from mark: FilePlace?) -> FilePlace? {
    guard let mark, !piece.isEmpty else { return mark }
    for index in (mark.line - 1)..<max(mark.line, lines.count) where lines.indices.contains(index) {
      let from = index == mark.line - 1 ? mark.column - 1 : 0
      let letters = lines[index].dropFirst(from)
      if let range = letters.firstRange(of: piece) {
        let column = lines[index].distance(from: lines[index].startIndex, to: range.lowerBound)
        return FilePlace(line: index + 1, column: column + 1)
      }
    }
    return mark
  }

  private func trimmed(_ text: String) -> String {
    var rest = text[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    return String(rest)
  }
}
