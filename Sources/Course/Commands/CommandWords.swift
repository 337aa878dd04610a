import Stack
import Wire

/// The words of a command line, taken one after the other.
struct CommandWords {
  private var words: [String]
  private var position = 0
  let context: PathContext

  init(_ text: String, in context: PathContext) throws(CommandProblem) {
    words = try CommandWords.split(text)
    self.context = context
  }

  var next: String? { position < words.count ? words[position] : nil }

  /// Whether a word lies further on. It is not taken.
  func contains(_ word: String) -> Bool { words[position...].contains(word) }

  mutating func take() -> String? {
    guard let word = next else { return nil }
    position += 1
    return word
  }

  mutating func take(_ what: String) throws(CommandProblem) -> String {
    guard let word = take() else { throw CommandProblem("\(what) is missing at the end") }
    return word
  }

  /// Takes the word if it is this one.
  mutating func take(if word: String) -> Bool {
    guard next == word else { return false }
    position += 1
    return true
  }

  mutating func take<Thing>(
    _ what: String, from known: [(String, Thing)]
  ) throws(CommandProblem) -> Thing {
    let word = try take(what)
    if let found = known.first(where: { $0.0 == word }) { return found.1 }
    let names = known.map(\.0)
    let nearest = Suggestion.nearest(to: word, in: names)
    let list = nearest == nil ? "; it is one of \(names.joined(separator: ", "))" : ""
    throw CommandProblem("“\(word)” is no \(what)\(list)", suggestion: nearest, word: word)
  }

  mutating func number(_ what: String, in range: ClosedRange<Int>) throws(CommandProblem) -> Int {
    let word = try take(what)
    if let number = Int(word), range.contains(number) { return number }
    throw CommandProblem(
      "\(what) is a number from \(range.lowerBound) to \(range.upperBound), not “\(word)”",
      word: word)
  }

  /// `192.0.2.80:80`; a port alone means any address where that is `allowed`.
  mutating func address(portAlone: Bool = false) throws(CommandProblem) -> SocketAddress {
    let word = try take("an address such as 192.0.2.80:80")
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if portAlone, parts.count == 1, let port = UInt16(word) { return SocketAddress(.any, port) }
    if parts.count == 2, let address = IPv4Address(parts[0]), let port = UInt16(parts[1]) {
      return SocketAddress(address, port)
    }
    throw CommandProblem("“\(word)” is no address such as 192.0.2.80:80", word: word)
  }

  /// `60 ms`.
  mutating func span() throws(CommandProblem) -> Nanoseconds {
    let word = try take("a time such as 60 ms")
    var digits = word.prefix { $0.isNumber }
    if digits.isEmpty { digits = "" }
    let attached = word.dropFirst(digits.count)
    let unit = attached.isEmpty ? try take("a unit: s, ms or us") : String(attached)
    guard let count = UInt64(digits), count <= 1_000_000,
      let scale = Expression.Duration.scale(of: unit)
    else { throw CommandProblem("“\(word)” is no time such as 60 ms", word: word) }
    return Nanoseconds(count * UInt64(scale))
  }

  /// - Parameter signs: letters of the word that stand before the expression.
  mutating func expression(
    _ what: String, without signs: Int = 0
  ) throws(CommandProblem) -> Expression {
    let word = try take(what)
    do {
      return try Expression(String(word.dropFirst(signs)), in: context)
    } catch {
      throw CommandProblem(error.message, suggestion: error.suggestion, word: word)
    }
  }

  mutating func end() throws(CommandProblem) {
    if let word = take() {
      throw CommandProblem("the command should end before “\(word)”", word: word)
    }
  }

  /// Words are parted by blanks; a text in quotation marks is one word. In it `\r` and `\n` end a line, as
  /// HTTP asks for.
  private static func split(_ text: String) throws(CommandProblem) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var isEscaped = false
    for letter in text {
      if isEscaped {
        isEscaped = false
        switch letter {
        case "r": word.append("\r")
        case "n": word.append("\n")
        default:
          throw CommandProblem("“\\\(letter)” is unknown; a text may have \\r and \\n", word: "\\")
        }
      } else if letter == "\\", isQuoted {
        isEscaped = true
      } else if letter == "\"" {
        isQuoted.toggle()
      } else if letter.isWhitespace, !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(letter)
      }
    }
    if isQuoted { throw CommandProblem("the quotation mark has no partner", word: "\"") }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
