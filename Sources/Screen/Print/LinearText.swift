/// Text that is written from top to bottom, in lines of at most 78 columns and without any escape octet.
struct LinearText {
  static let width = 78

  private(set) var lines: [String] = []

  /// The text with a line's end after each line.
  var text: String { lines.joined(separator: "\n") + "\n" }

  /// An empty line, unless there is one.
  mutating func gap() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  mutating func line(_ text: String) { lines.append(String(text.trimmingTrailingBlanks)) }

  mutating func rule() { lines.append(String(repeating: "─", count: Self.width)) }

  /// Paragraphs that are wrapped, all lines indented.
  mutating func paragraphs(_ text: String, indent: Int = 2) {
    labelled("", text, indent: indent, column: indent)
  }

  /// A word, and text that is wrapped in a column of its own beside it.
  mutating func labelled(_ label: String, _ text: String, indent: Int = 2, column: Int) {
    var head = String(repeating: " ", count: indent) + label
    if head.displayWidth >= column, !label.isEmpty {
      line(head)
      head = ""
    }
    for wrapped in text.trimmingTrailingBlanks.wrapped(to: Self.width - column) {
      line(head.padded(to: column) + wrapped)
      head = ""
    }
  }

  /// Something at the left and something at the right edge; on two lines where both have no room.
  mutating func ends(_ left: String, _ right: String, hanging: Int = 0) {
    guard !right.isEmpty else { return paragraph(left, hanging: hanging) }
    if left.displayWidth + 2 + right.displayWidth > Self.width {
      paragraph(left, hanging: hanging)
      line(right.padded(to: Self.width, .right))
    } else {
      line(left + right.padded(to: Self.width - left.displayWidth, .right))
    }
  }

  /// One paragraph whose later lines begin so many columns in.
  private mutating func paragraph(_ text: String, hanging: Int) {
    let indent = text.prefix { $0 == " " }.count
    for wrapped in text.wrapped(to: Self.width, hanging: max(0, hanging - indent)) {
      line(wrapped)
    }
  }
}

extension StringProtocol {
  var trimmingTrailingBlanks: SubSequence {
    var end = endIndex
    while end > startIndex, self[index(before: end)].isWhitespace { end = index(before: end) }
    return self[..<end]
  }
}
