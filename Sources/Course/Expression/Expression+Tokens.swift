extension Expression {
  enum Token: Hashable {
    /// A path or a name.
    case word(String)
    case value(Value)
    case sign(Operator)
    case open, close
  }

  struct PlacedToken {
    var token: Token
    /// Characters from the text's start.
    var offset: Int
  }

  /// Cuts a text into its tokens.
  static func tokens(_ text: String) throws(ExpressionProblem) -> [PlacedToken] {
    let letters = Array(text)
    var tokens: [PlacedToken] = []
    var index = 0
    while index < letters.count {
      let start = index
      let letter = letters[index]
      if letter.isWhitespace {
        index += 1
        continue
      }
      let token: Token
      if letter.isLetter || letter == "_" {
        token = word(letters, &index)
      } else if letter.isASCII, letter.isNumber {
        token = .value(try number(letters, &index))
      } else if letter == "\"" {
        token = .value(.name(try quoted(letters, &index)))
      } else if letter == "–" {
        token = .value(.unset)
        index += 1
      } else {
        token = try sign(letters, &index)
      }
      tokens.append(PlacedToken(token: token, offset: start))
    }
    return joinedUnits(tokens)
  }

  /// A word takes letters, digits, `_`, `.` between its parts, and `-` between two letters.
  private static func word(_ letters: [Character], _ index: inout Int) -> Token {
    let start = index
    func isInner(_ letter: Character) -> Bool {
      letter.isLetter || letter.isNumber || letter == "_"
    }
    while index < letters.count {
      let letter = letters[index]
      let next = index + 1 < letters.count ? letters[index + 1] : " "
      guard isInner(letter) || ((letter == "." || letter == "-") && isInner(next)) else { break }
      index += 1
    }
    let word = String(letters[start..<index])
    switch word {
    case "and": return .sign(.and)
    case "yes", "true": return .value(.truth(true))
    case "no", "false": return .value(.truth(false))
    case "unset": return .value(.unset)
    default: return .word(word)
    }
  }

  /// A decimal number, a hexadecimal one with `0x`, or an IPv4 address with or without a port.
  private static func number(
    _ letters: [Character], _ index: inout Int
  ) throws(ExpressionProblem) -> Value {
    let start = index
    func isPart(_ letter: Character) -> Bool {
      letter.isASCII && (letter.isHexDigit || letter == "." || letter == "x" || letter == ":")
    }
    while index < letters.count, isPart(letters[index]) {
      if letters[index] == ".", index + 1 >= letters.count || !letters[index + 1].isNumber { break }
      index += 1
    }
    let text = String(letters[start..<index])
    if text.hasPrefix("0x") {
      guard let value = UInt32(text.dropFirst(2), radix: 16) else {
        throw ExpressionProblem(
          "“\(text)” is no number of 32 bits, such as 0x9a3c1f20", offset: start)
      }
      return .sequence(value)
    }
    if let value = Int(text) { return .number(value) }
    if text.contains(":") || text.split(separator: ".").count == 4 { return .name(text) }
    throw ExpressionProblem("“\(text)” is no number", offset: start)
  }

  private static func quoted(
    _ letters: [Character], _ index: inout Int
  ) throws(ExpressionProblem) -> String {
    let start = index
    index += 1
    while index < letters.count, letters[index] != "\"" { index += 1 }
    guard index < letters.count else {
      throw ExpressionProblem("the quotation mark has no partner", offset: start)
    }
    index += 1
    return String(letters[(start + 1)..<(index - 1)])
  }

  private static func sign(
    _ letters: [Character], _ index: inout Int
  ) throws(ExpressionProblem) -> Token {
    let one = String(letters[index])
    let two = index + 1 < letters.count ? one + String(letters[index + 1]) : ""
    if let sign = Operator(rawValue: two) {
      index += 2
      return .sign(sign)
    }
    if one == "(" || one == ")" {
      index += 1
      return one == "(" ? .open : .close
    }
    if let sign = Operator(rawValue: one) {
      index += 1
      return .sign(sign)
    }
    throw ExpressionProblem(
      "“\(one)” cannot stand here", suggestion: one == "=" ? "==" : nil, offset: index)
  }

  /// `20 ms` is one value.
  private static func joinedUnits(_ tokens: [PlacedToken]) -> [PlacedToken] {
    var joined: [PlacedToken] = []
    for placed in tokens {
      if case .word(let unit) = placed.token, let scale = Duration.scale(of: unit),
        let last = joined.last, case .value(.number(let count)) = last.token
      {
        let (product, overflow) = count.multipliedReportingOverflow(by: scale)
        joined[joined.count - 1].token = .value(.duration(overflow ? .max : product))
      } else {
        joined.append(placed)
      }
    }
    return joined
  }

  /// Units of time.
  enum Duration {
    /// Nanoseconds in one `s`, `ms`, `us` or `ns`; nil for another word.
    static func scale(of unit: String) -> Int? {
      switch unit {
      case "s": 1_000_000_000
      case "ms": 1_000_000
      case "us", "µs": 1_000
      case "ns": 1
      default: nil
      }
    }
  }
}
