/// Swift source with comments and string contents blanked out, so that what is left is code.
///
/// Lines and columns stay where they were. Interpolated code counts as string content.
struct SwiftText {
  private let source: [UInt8]
  private var result: [UInt8] = []
  private var index = 0

  static func code(of text: String) -> String {
    var scanner = SwiftText(source: Array(text.utf8))
    scanner.scan()
    return String(decoding: scanner.result, as: UTF8.self)
  }

  private init(source: [UInt8]) { self.source = source }

  private mutating func scan() {
    result.reserveCapacity(source.count)
    while index < source.count {
      if at("//") {
        while index < source.count, source[index] != UInt8(ascii: "\n") { blank() }
      } else if at("/*") {
        blankComment()
      } else if let hashes = stringStart() {
        blankString(hashes: hashes)
      } else {
        result.append(source[index])
        index += 1
      }
    }
  }

  private func at(_ text: String) -> Bool { source[index...].starts(with: text.utf8) }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where index < source.count {
      result.append(source[index] == UInt8(ascii: "\n") ? source[index] : UInt8(ascii: " "))
      index += 1
    }
  }

  private mutating func blankComment() {
    var depth = 0
    repeat {
      if at("/*") {
        depth += 1
        blank(2)
      } else if at("*/") {
        depth -= 1
        blank(2)
      } else {
        blank()
      }
    } while depth > 0 && index < source.count
  }

  /// How many `#` stand before the quotation mark here; nil when no string starts.
  private func stringStart() -> Int? {
    var place = index
    while place < source.count, source[place] == UInt8(ascii: "#") { place += 1 }
    guard place < source.count, source[place] == UInt8(ascii: "\"") else { return nil }
    return place - index
  }

  private mutating func blankString(hashes: Int) {
    let fence = String(repeating: "#", count: hashes)
    blank(hashes)
    let quote = at("\"\"\"") ? "\"\"\"" : "\""
    blank(quote.utf8.count)
    while index < source.count, !at(quote + fence) {
      if at("\\\(fence)(") {
        blank(2 + hashes)
        blankInterpolation()
      } else {
        blank(at("\\\(fence)") ? 2 + hashes : 1)
      }
    }
    blank(quote.utf8.count + hashes)
  }

  /// From behind `\(` to behind its closing parenthesis.
  private mutating func blankInterpolation() {
    var depth = 1
    while depth > 0, index < source.count {
      if let hashes = stringStart() {
        blankString(hashes: hashes)
        continue
      }
      if at("(") { depth += 1 }
      if at(")") { depth -= 1 }
      blank()
    }
  }
}
