/// A function, initialiser, subscript or computed property with the lines it takes.
struct FunctionExtent: Hashable {
  /// The word that begins it and its name, such as `func scan` or `init`.
  var name: String
  /// From 1.
  var line: Int
  /// From the declaring word's line to the closing brace's, both counted.
  var lineCount: Int
}

/// Finds functions by their words and the depth of braces: no parser, but enough to measure them.
struct FunctionScan {
  private static let words: Set<String> = ["func", "init", "deinit", "subscript", "var"]

  private var found: [FunctionExtent] = []
  private var line = 1
  private var braces = 0
  private var brackets = 0
  private var pending: Pending?
  private var open: [(extent: FunctionExtent, depth: Int)] = []
  private var word = ""
  private var previous: Character = " "

  private struct Pending {
    var extent: FunctionExtent
    var brackets: Int
    var wantsName: Bool
    var isProperty: Bool
  }

  static func functions(in text: String) -> [FunctionExtent] {
    var scan = FunctionScan()
    for character in SwiftText.code(of: text) + "\n" { scan.take(character) }
    return scan.found
  }

  private mutating func take(_ character: Character) {
    if character.isLetter || character.isNumber || character == "_" {
      word.append(character)
      return
    }
    if !word.isEmpty { takeWord(before: character) }
    switch character {
    case "(", "[": brackets += 1
    case ")", "]": brackets -= 1
    case "{": openBrace()
    case "}": closeBrace()
    // A stored property has no body: what follows its `=` is a value.
    case "=" where pending?.isProperty == true && pending?.brackets == brackets: pending = nil
    case "\n":
      if pending?.isProperty == true, pending?.brackets == brackets { pending = nil }
      line += 1
    default: break
    }
    previous = character
  }

  private mutating func takeWord(before next: Character) {
    defer {
      word = ""
      previous = "a"
    }
    if pending?.wantsName == true {
      pending?.extent.name += " " + word
      pending?.wantsName = false
      return
    }
    // `.init(…)`, `self.init(…)` are calls; `#function` and `@Sendable` are other matters.
    guard Self.words.contains(word), previous != ".", previous != "#", previous != "`" else {
      return
    }
    guard word != "init" || next == "(" || next == "<" || next == "?" || next == "!" else {
      return
    }
    pending = Pending(
      extent: FunctionExtent(name: word, line: line, lineCount: 0), brackets: brackets,
      wantsName: word == "func" || word == "var", isProperty: word == "var")
  }

  private mutating func openBrace() {
    braces += 1
    guard let opening = pending, opening.brackets == brackets else { return }
    open.append((opening.extent, braces))
    pending = nil
  }

  private mutating func closeBrace() {
    if let last = open.last, last.depth == braces {
      var extent = last.extent
      extent.lineCount = line - extent.line + 1
      found.append(extent)
      open.removeLast()
    }
    braces -= 1
    // A protocol's requirement has no body; a closure among the parameters ends nothing.
    if pending?.brackets == brackets { pending = nil }
  }
}
