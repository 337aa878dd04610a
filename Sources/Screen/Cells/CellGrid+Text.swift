extension CellGrid {
  /// The rows as text, each of exactly `width` columns, without styles.
  public var lines: [String] {
    (0..<height).map { y in
      var line = ""
      for cell in row(y) where !cell.isContinuation { line.append(cell.character) }
      return line
    }
  }

  /// The rows as text, parted by line feeds.
  public var text: String { lines.joined(separator: "\n") }

  /// The grid that shows a text, in plain style: as many rows as the text has lines, as many
  /// columns as its widest has. A line feed at the very end begins no row.
  public init(screen: String) {
    var lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.init(width: lines.map(\.displayWidth).max() ?? 0, height: lines.count)
    for (y, line) in lines.enumerated() {
      var x = 0
      for character in line { x += put(character, at: x, y) }
    }
  }
}
