/// A picture of the screen: `width` × `height` cells. A pure value; a view draws it through a
/// `Canvas`, the terminal paints it, a test reads it as text.
///
/// Coordinates outside of the grid are never an error: reading gives a blank, writing is dropped.
public struct CellGrid: Hashable, Sendable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Row by row. Every continuation follows a wide character, every wide character has one.
  private var cells: [Cell]

  /// A grid of blanks. Negative extents count as 0.
  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    cells = Array(repeating: .blank, count: self.width * self.height)
  }

  public init(_ size: Size) {
    self.init(width: size.width, height: size.height)
  }

  public var size: Size { Size(width: width, height: height) }

  /// The cell at column `x` of row `y`; a blank outside of the grid.
  public subscript(x: Int, y: Int) -> Cell {
    contains(x, y) ? cells[y * width + x] : .blank
  }

  /// The cells of a row; none outside of the grid.
  public func row(_ y: Int) -> ArraySlice<Cell> {
    y >= 0 && y < height ? cells[y * width..<(y + 1) * width] : []
  }

  /// Puts a character at a place. A wide character whose halves are not both inside of `clip`
  /// becomes a blank in the half that is; a wide character that loses a half to this one becomes
  /// a blank in the other.
  ///
  /// - Returns: the columns that the character takes: 1 or 2, or 0 for one without width, which
  ///   is not drawn.
  @discardableResult
  public mutating func put(
    _ character: Character, at x: Int, _ y: Int, _ style: Style = .plain,
    clip: Rectangle? = nil
  ) -> Int {
    guard let form = character.cellForm else {
      return put(checked: " ", columns: 1, x, y, style, clip, drawn: character.displayWidth > 0)
    }
    return put(checked: form, columns: form.displayWidth, x, y, style, clip, drawn: true)
  }

  private mutating func put(
    checked character: Character, columns: Int, _ x: Int, _ y: Int, _ style: Style,
    _ clip: Rectangle?, drawn: Bool
  ) -> Int {
    guard drawn else { return 0 }
    let first = isOpen(x, y, clip)
    if columns == 2 {
      let second = isOpen(x + 1, y, clip)
      if first && second {
        set(x, y, Cell(checked: character, style))
        set(x + 1, y, .continuation(style), partner: true)
      } else if first {
        set(x, y, Cell(checked: " ", style))
      } else if second {
        set(x + 1, y, Cell(checked: " ", style))
      }
    } else if first {
      set(x, y, Cell(checked: character, style))
    }
    return columns
  }

  /// Gives a cell another style without touching its character; both halves of a wide one.
  public mutating func restyle(at x: Int, _ y: Int, _ change: (inout Style) -> Void) {
    guard contains(x, y) else { return }
    let index = y * width + x
    change(&cells[index].style)
    if cells[index].isContinuation {
      cells[index - 1].style = cells[index].style
    } else if x + 1 < width, cells[index + 1].isContinuation {
      cells[index + 1].style = cells[index].style
    }
  }

  /// Steps the whole picture back, as under an open box: every cell dim, none bold.
  public mutating func stepBack() {
    for index in cells.indices {
      cells[index].style = Style(cells[index].style.role, dim: true)
    }
  }

  private func contains(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && x < width && y >= 0 && y < height
  }

  private func isOpen(_ x: Int, _ y: Int, _ clip: Rectangle?) -> Bool {
    contains(x, y) && (clip?.contains(x: x, y: y) ?? true)
  }

  /// Writes a cell and mends the wide characters it cuts. `partner`: the second half of a wide
  /// character whose first has just been written.
  private mutating func set(_ x: Int, _ y: Int, _ cell: Cell, partner: Bool = false) {
    let index = y * width + x
    if cells[index].isContinuation, !partner {
      cells[index - 1] = Cell(checked: " ", cells[index - 1].style)
    }
    if !cells[index].isContinuation, x + 1 < width, cells[index + 1].isContinuation {
      cells[index + 1] = Cell(checked: " ", cells[index + 1].style)
    }
    cells[index] = cell
  }
}
