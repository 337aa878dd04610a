/// A drawing surface on a grid: an own origin and a clip. Coordinates count from its own upper
/// left corner; what falls outside is dropped.
public struct Canvas: Sendable {
  /// The picture so far.
  public private(set) var grid: CellGrid
  /// The area in the grid's coordinates; it may reach beyond the grid.
  private var area: Rectangle
  private var clip: Rectangle

  public init(_ size: Size) {
    grid = CellGrid(size)
    area = Rectangle(size)
    clip = area
  }

  /// Draws over an existing picture.
  public init(over grid: CellGrid) {
    self.grid = grid
    area = Rectangle(grid.size)
    clip = area
  }

  /// Columns of the area.
  public var width: Int { area.width }
  /// Rows of the area.
  public var height: Int { area.height }
  public var size: Size { area.size }
  /// The area in its own coordinates.
  public var bounds: Rectangle { Rectangle(size) }

  /// Draws within a part of the area: its corner is the origin there, nothing leaves it.
  public mutating func within(_ part: Rectangle, _ draw: (inout Canvas) -> Void) {
    let outer = (area, clip)
    area = Rectangle(x: area.x + part.x, y: area.y + part.y, width: part.width, height: part.height)
    clip = clip.intersection(area)
    draw(&self)
    (area, clip) = outer
  }

  /// Puts one character at a place. - Returns: its columns.
  @discardableResult
  public mutating func put(
    _ character: Character, at x: Int, _ y: Int, _ style: Style = .plain
  ) -> Int {
    grid.put(character, at: area.x + x, area.y + y, style, clip: clip)
  }

  /// Writes a text from column `x` to the right.
  ///
  /// - Parameter width: the columns it may take; a longer text ends in `…`.
  /// - Returns: the columns taken.
  @discardableResult
  public mutating func text(
    _ text: some StringProtocol, at x: Int, _ y: Int, _ style: Style = .plain, width: Int? = nil
  ) -> Int {
    if let width, text.displayWidth > width {
      return self.text(text.truncated(to: width), at: x, y, style)
    }
    var column = x
    for character in text { column += put(character, at: column, y, style) }
    return column - x
  }

  /// Writes pieces of text one after the other. - Returns: the columns taken.
  @discardableResult
  public mutating func text(
    _ pieces: [StyledText], at x: Int, _ y: Int, width: Int? = nil
  ) -> Int {
    var column = x
    for piece in pieces.fitting(width) { column += text(piece.text, at: column, y, piece.style) }
    return column - x
  }

  /// Writes a text that ends before column `endX`. - Returns: the columns taken.
  @discardableResult
  public mutating func text(
    _ text: some StringProtocol, endingBefore endX: Int, _ y: Int, _ style: Style = .plain
  ) -> Int {
    self.text(text, at: endX - text.displayWidth, y, style)
  }

  /// Writes pieces of text that end before column `endX`. - Returns: the columns taken.
  @discardableResult
  public mutating func text(_ pieces: [StyledText], endingBefore endX: Int, _ y: Int) -> Int {
    text(pieces, at: endX - pieces.displayWidth, y)
  }

  /// Writes a text in lines of at most `width` columns, as `wrapped(to:)` breaks it.
  ///
  /// - Returns: the rows taken.
  @discardableResult
  public mutating func wrappedText(
    _ text: some StringProtocol, at x: Int, _ y: Int, width: Int, _ style: Style = .plain
  ) -> Int {
    let lines = text.wrapped(to: width)
    for (row, line) in lines.enumerated() { self.text(line, at: x, y + row, style) }
    return lines.count
  }

  /// Fills a part with a character of one column; without `part` the whole area.
  public mutating func fill(
    _ part: Rectangle? = nil, with character: Character = " ", _ style: Style = .plain
  ) {
    let visible = (part ?? bounds).intersection(bounds)
    for y in visible.y..<visible.endY {
      for x in visible.x..<visible.endX { put(character, at: x, y, style) }
    }
  }

  /// Gives the cells of a part another style; their characters stay.
  public mutating func restyle(_ part: Rectangle, _ change: (inout Style) -> Void) {
    let global = Rectangle(
      x: area.x + part.x, y: area.y + part.y, width: part.width, height: part.height
    ).intersection(clip)
    for y in global.y..<global.endY {
      for x in global.x..<global.endX { grid.restyle(at: x, y, change) }
    }
  }

  /// Steps the whole picture back, before a box is drawn over it.
  public mutating func stepBack() {
    grid.stepBack()
  }

  /// Lays another picture on this one with its corner at a place.
  public mutating func draw(_ picture: CellGrid, at x: Int, _ y: Int) {
    for row in 0..<picture.height {
      for (column, cell) in picture.row(row).enumerated() where !cell.isContinuation {
        put(cell.character, at: x + column, y + row, cell.style)
      }
    }
  }

  /// The character shown at a place of the area; a blank outside.
  func character(at x: Int, _ y: Int) -> Character {
    grid[area.x + x, area.y + y].character
  }
}

extension [StyledText] {
  /// Columns taken by all pieces.
  public var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// The pieces cut to so many columns, the cut marked by `…`.
  func fitting(_ width: Int?) -> [StyledText] {
    guard let width, displayWidth > width else { return self }
    var left = Swift.max(0, width)
    var result: [StyledText] = []
    for piece in self where left > 0 {
      guard piece.displayWidth < left else {
        result.append(StyledText(piece.text.prefix(columns: left - 1) + "…", piece.style))
        break
      }
      result.append(piece)
      left -= piece.displayWidth
    }
    return result
  }
}
