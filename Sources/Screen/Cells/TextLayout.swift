/// Where text stands in a room wider than itself.
public enum Alignment: Sendable {
  case left
  case right
  case centre
}

extension StringProtocol {
  /// The text cut to so many columns; what was cut ends in `…`.
  public func truncated(to width: Int) -> String {
    if displayWidth <= width { return String(self) }
    guard width > 0 else { return "" }
    return prefix(columns: width - 1) + "…"
  }

  /// The longest beginning of at most so many columns.
  public func prefix(columns width: Int) -> String {
    var used = 0
    var end = startIndex
    while end < endIndex {
      let next = self[end].displayWidth
      if used + next > width { break }
      used += next
      end = index(after: end)
    }
    return String(self[startIndex..<end])
  }

  /// The text filled with blanks to so many columns; longer text stays as it is.
  public func padded(to width: Int, _ alignment: Alignment = .left) -> String {
    let missing = width - displayWidth
    guard missing > 0 else { return String(self) }
    let before: Int
    switch alignment {
    case .left: before = 0
    case .right: before = missing
    case .centre: before = missing / 2
    }
    return String(repeating: " ", count: before) + self
      + String(repeating: " ", count: missing - before)
  }

  /// Exactly so many columns: truncated or padded.
  public func fitted(to width: Int, _ alignment: Alignment = .left) -> String {
    truncated(to: width).padded(to: width, alignment)
  }

  /// The text in lines of at most so many columns. Lines break at blanks only (so a Korean word
  /// stays whole) and at line ends of the text; a word longer than a line is cut. The blanks a
  /// paragraph begins with begin each of its lines after `hanging` more.
  public func wrapped(to width: Int, hanging: Int = 0) -> [String] {
    guard width > 0 else { return [] }
    var lines: [String] = []
    for paragraph in split(separator: "\n", omittingEmptySubsequences: false) {
      lines += wrapParagraph(String(paragraph), width: width, hanging: hanging)
    }
    return lines
  }
}

private func wrapParagraph(_ paragraph: String, width: Int, hanging: Int) -> [String] {
  // Two columns always remain for a wide character.
  let widest = max(0, width - 2)
  let indent = String(paragraph.prefix { $0 == " " }.prefix(widest))
  let hang = String(repeating: " ", count: max(0, min(indent.count + hanging, widest)))
  var lines: [String] = []
  var line = indent
  var used = indent.count
  var lineIsEmpty = true

  func endLine() {
    lines.append(line)
    line = hang
    used = hang.count
    lineIsEmpty = true
  }

  for word in unbroken(paragraph) {
    var rest = Substring(word)
    let needed = rest.displayWidth + (lineIsEmpty ? 0 : 1)
    if used + needed > width, !lineIsEmpty { endLine() }
    while used + (lineIsEmpty ? 0 : 1) + rest.displayWidth > width {
      var piece = rest.prefix(columns: width - used)
      // A wide character in a room of one column: take it, the grid clips it.
      if piece.isEmpty { piece = String(rest.prefix(1)) }
      line += piece
      rest = rest.dropFirst(piece.count)
      endLine()
    }
    guard !rest.isEmpty else { continue }
    if !lineIsEmpty {
      line += " "
      used += 1
    }
    line += rest
    used += rest.displayWidth
    lineIsEmpty = false
  }
  if !lineIsEmpty { lines.append(line) }
  return lines.isEmpty ? [""] : lines
}

/// The words of a paragraph; a unit stays with its number, as in `50 ms`.
private func unbroken(_ paragraph: String) -> [String] {
  var words: [String] = []
  for word in paragraph.split(separator: " ") {
    let unit = word.prefix { $0.isASCII && $0.isLetter }
    if ["ms", "s", "MSL"].contains(unit), let last = words.last, last.last?.isWholeNumber == true {
      words[words.count - 1] = last + " " + word
    } else {
      words.append(String(word))
    }
  }
  return words
}
