/// A narration laid out in lines.
///
/// Lines that follow each other are one paragraph, as in Markdown; an empty line parts paragraphs,
/// and a line that begins with `* ` is an item of a list. A line that begins with `x = ` stands by
/// itself.
public enum Paragraphs {
  /// The lines of a text at a width in cells, broken between words; a word that is too long is cut.
  public static func lines(of text: String, width: Int) -> [String] {
    let width = max(8, width)
    var lines: [String] = []
    for block in blocks(of: text) {
      if block.isEmpty {
        lines.append("")
      } else if block.hasPrefix("* ") {
        lines += wrapped(block.dropFirst(2), first: "* ", rest: "  ", width)
      } else {
        lines += wrapped(block[...], first: "", rest: "", width)
      }
    }
    return lines
  }

  /// The lines of a step's words: the term, then its meaning, which is indented when it goes on.
  public static func lines(of words: [LessonWord], _ language: Language, width: Int) -> [String] {
    words.flatMap { word in
      wrapped(
        word.meaning.text(language)[...], first: word.term + "  ",
        rest: String(repeating: " ", count: min(CellWidth.of(word.term) + 2, width / 2)), width)
    }
  }

  /// Paragraphs, list items and single lines; an empty text for an empty line.
  private static func blocks(of text: String) -> [String] {
    var blocks: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.drop { $0.isWhitespace }
      let standsAlone = line.isEmpty || line.hasPrefix("* ") || isEquation(line)
      if let last = blocks.last, !standsAlone, !last.isEmpty, !isEquation(last[...]) {
        blocks[blocks.count - 1] += " " + line
      } else {
        blocks.append(String(line))
      }
    }
    while blocks.last?.isEmpty == true { blocks.removeLast() }
    return blocks
  }

  private static func isEquation(_ line: Substring) -> Bool {
    line.prefix(4).dropFirst().hasPrefix(" = ")
  }

  private static func wrapped(
    _ text: Substring, first: String, rest: String, _ width: Int
  ) -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    func begin() {
      line = rest
      isEmpty = true
    }
    for word in text.split(whereSeparator: { $0.isWhitespace }) {
      var word = word
      if !isEmpty {
        if CellWidth.of(line) + 1 + CellWidth.of(word) <= width {
          line += " " + word
          continue
        }
        lines.append(line)
        begin()
      }
      while CellWidth.of(line) + CellWidth.of(word) > width {
        let head = head(of: word, cells: width - CellWidth.of(line))
        if head.isEmpty { break }
        lines.append(line + head)
        word = word.dropFirst(head.count)
        begin()
      }
      if !word.isEmpty {
        line += word
        isEmpty = false
      }
    }
    if !isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  private static func head(of word: Substring, cells: Int) -> Substring {
    var count = 0
    var taken = 0
    for character in word {
      let width = CellWidth.of(String(character))
      if taken + width > cells { break }
      taken += width
      count += 1
    }
    return word.prefix(count)
  }
}
