import Session
import Stack

extension QuestionRun {
  /// Judges an answer in the situation at the step's end.
  public func judge(_ answer: Answer, in situation: Situation, hosts: [String]) -> Verdict {
    switch (answer, question.kind) {
    case (.typed(let text), .predict): return judge(text, situation, PathContext(hosts: hosts))
    case (.choice(let place), .choose(let choices)):
      if answer == right { return .right }
      guard choices.indices.contains(place) else { return .wrong() }
      let chosen = choices[place]
      return .wrong(feedback: chosen.feedback, misconception: chosen.misconception)
    case (.choice(let place), .next(let events)):
      if answer == right { return .right }
      guard events.indices.contains(place) else { return .wrong() }
      let expected = events[place]
      return .wrong(feedback: expected.feedback, misconception: expected.misconception)
    case (.place(let path), .point(let paths)):
      return paths.contains { QuestionRun.isSame($0, path, situation) }
        ? .right : .wrong(meaning: QuestionRun.meaning(of: path))
    case (.order, .order): return answer == right ? .right : .wrong()
    default: return .wrong()
    }
  }

  private func judge(_ text: String, _ situation: Situation, _ context: PathContext) -> Verdict {
    guard let value else { return .wrong() }
    guard let given = QuestionRun.value(of: text, situation, context) else {
      return .unreadable(QuestionRun.howToWrite(value))
    }
    if QuestionRun.isRight(given, value, within: question.tolerance) { return .right }
    if case .name = value {
    } else if case .name = given {
      return .unreadable(QuestionRun.howToWrite(value))
    }
    let near = question.near.first { near in
      guard let value = try? near.value.value(in: situation) else { return false }
      return QuestionRun.isRight(given, value, within: question.tolerance)
    }
    return .wrong(
      feedback: near?.feedback,
      meaning: EngineNumbers.meaning(of: given, in: situation, hosts: context.hosts),
      misconception: near?.misconception)
  }

  /// A time may also be given as a bare number of seconds or of milliseconds, a state without its
  /// hyphen.
  private static func isRight(_ given: Value, _ value: Value, within tolerance: Int) -> Bool {
    if given.matches(value) { return true }
    func isNear(_ one: Int, _ other: Int) -> Bool {
      let (difference, overflow) = one.subtractingReportingOverflow(other)
      return !overflow && difference.magnitude <= tolerance.magnitude
    }
    switch (given, value) {
    case (.number(let number), .duration(let span)):
      let (seconds, tooMany) = number.multipliedReportingOverflow(by: 1_000_000_000)
      let (milliseconds, tooMuch) = number.multipliedReportingOverflow(by: 1_000_000)
      return (!tooMany && isNear(seconds, span)) || (!tooMuch && isNear(milliseconds, span))
    case (.duration(let one), .duration(let other)), (.number(let one), .number(let other)):
      return isNear(one, other)
    case (.name(let name), .name(let state)):
      let joined = name.uppercased().split { $0 == " " || $0 == "_" || $0 == "-" }
      return joined.joined(separator: "-") == state.uppercased()
    default: return false
    }
  }

  /// The value of what was typed; `c` and `s` stand for the two first numbers.
  private static func value(
    of text: String, _ situation: Situation, _ context: PathContext
  ) -> Value? {
    if let span = decimalSpan(text) { return span }
    guard text.count <= 200, let expression = try? Expression(text, in: context) else {
      // Two words, such as “SYN SENT”, are no expression but may be a name.
      let isName = text.contains { $0.isLetter } && !text.contains { "=<>()*.".contains($0) }
      return isName && text.count <= 200 ? .name(text) : nil
    }
    let full = Expression(
      source: text, root: withStarts(expression.root, hosts: context.hosts))
    guard let value = try? full.value(in: situation), value != .unset else { return nil }
    return value
  }

  /// `437.5 ms`: a time as it is worked out by hand.
  private static func decimalSpan(_ text: String) -> Value? {
    let number = text.drop { $0 == " " }.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.split(separator: " ").joined().dropFirst(number.count)
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ (1...9).contains($0.count) }),
      let whole = Int(parts[0]), let thousandths = Int((parts[1] + "00").prefix(3)),
      let scale = Expression.Duration.scale(of: String(unit)), scale >= 1000
    else { return nil }
    return .duration(whole * scale + thousandths * (scale / 1000))
  }

  private static func withStarts(_ term: Expression.Term, hosts: [String]) -> Expression.Term {
    switch term {
    case .literal(.name("c")): return start(hosts.first ?? "client")
    case .literal(.name("s")):
      return start(hosts.first { ["server", "far"].contains($0) } ?? "server")
    case .operation(let sign, let left, let right):
      return .operation(sign, withStarts(left, hosts: hosts), withStarts(right, hosts: hosts))
    default: return term
    }
  }

  private static func start(_ host: String) -> Expression.Term {
    .path(Path(.socket(host: host, .newest, .iss)))
  }

  private static func howToWrite(_ value: Value) -> Phrase {
    switch value {
    case .sequence:
      Phrase(
        ko: "0x로 쓰기, 십진수, c+숫자 모두 됩니다.",
        en: "Write it with 0x, in decimal, or as c+number.")
    case .number: Phrase(ko: "숫자로 써 주세요.", en: "Please type a number.")
    case .duration:
      Phrase(ko: "1 s나 20 ms처럼 써 주세요.", en: "Please write it like 1 s or 20 ms.")
    case .name, .unset, .unknown, .truth:
      Phrase(ko: "이름으로 써 주세요.", en: "Please type a name.")
    }
  }

  /// The same field of the same socket, whichever way it was named.
  private static func isSame(_ one: Path, _ other: Path, _ situation: Situation) -> Bool {
    if one.subject == other.subject { return true }
    guard case .socket(let host, let choice, let field) = one.subject,
      case .socket(let otherHost, let otherChoice, let otherField) = other.subject,
      host == otherHost, field == otherField
    else { return one.headerField != nil && one.headerField == other.headerField }
    let number = situation.now.value(of: Path(.socket(host: host, choice, .number)))
    return number == situation.now.value(of: Path(.socket(host: host, otherChoice, .number)))
  }

  private static func meaning(of path: Path) -> Phrase? {
    if let field = path.field {
      return Phrase(
        ko: "그 칸은 \(field.name)입니다. " + FieldProse.text(field, .ko),
        en: "That is \(field.name). " + FieldProse.text(field, .en))
    }
    guard let id = path.headerField, let ko = HeaderFieldProse.text(id, .ko),
      let en = HeaderFieldProse.text(id, .en)
    else { return nil }
    return Phrase(ko: "그 칸은 \(id)입니다. " + ko, en: "That is \(id). " + en)
  }
}
