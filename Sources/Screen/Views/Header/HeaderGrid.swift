import Wire

/// A header's fields as pieces of rows of 32 bits.
struct HeaderGrid {
  /// A field, or the part of it in one row.
  struct Piece: Hashable {
    /// The place of the field in the header's list.
    var field: Int
    var row: Int
    /// Bits of the row, 0–31.
    var bits: Range<Int>
    /// The piece that bears the field's name and value.
    var isMain: Bool
    /// Neighbouring flags have no borders between them.
    var isFlag: Bool
  }

  let pieces: [Piece]
  let rowCount: Int

  init(_ fields: [HeaderField]) {
    var pieces: [Piece] = []
    for (index, field) in fields.enumerated() {
      var own: [Piece] = []
      var bit = field.bits.lowerBound
      while bit < field.bits.upperBound {
        let row = bit / 32
        let end = min(field.bits.upperBound, (row + 1) * 32)
        own.append(
          Piece(
            field: index, row: row, bits: (bit - row * 32)..<(end - row * 32), isMain: false,
            isFlag: field.form == .flag))
        bit = end
      }
      let widest = own.map(\.bits.count).max() ?? 0
      if let main = own.firstIndex(where: { $0.bits.count == widest }) { own[main].isMain = true }
      pieces += own
    }
    self.pieces = pieces
    rowCount = (pieces.map(\.row).max() ?? -1) + 1
  }

  func pieces(in row: Int) -> [Piece] { pieces.filter { $0.row == row } }

  /// The field at a bit of a row; nil beyond the header's end.
  func field(row: Int, bit: Int) -> Int? {
    pieces.first { $0.row == row && $0.bits.contains(bit) }?.field
  }

  /// The bits of a row at which a border stands. In the narrow form flags need every cell, so that the border
  /// before them is left out.
  func borders(row: Int, isNarrow: Bool) -> Set<Int> {
    var borders: Set<Int> = []
    for piece in pieces(in: row) {
      borders.insert(piece.bits.lowerBound)
      borders.insert(piece.bits.upperBound)
    }
    let flags = pieces(in: row).filter { $0.isFlag }
    for flag in flags.dropFirst() { borders.remove(flag.bits.lowerBound) }
    if isNarrow, let first = flags.first, first.bits.lowerBound > 0 {
      borders.remove(first.bits.lowerBound)
    }
    return borders
  }

  /// Whether a line runs above a bit of a row, the row after the last included: not within a field that goes
  /// on in the next row.
  func hasLine(above row: Int, bit: Int) -> Bool {
    let upper = field(row: row - 1, bit: bit)
    let lower = field(row: row, bit: bit)
    return upper != lower || (upper == nil && lower != nil)
  }
}

/// Where the grid stands in a room: the cells of a bit, and whether lines run between its rows.
struct HeaderForm {
  /// One bit is two cells, or one in a narrow room, where the octets stand beside their rows.
  let isNarrow: Bool
  let left: Int
  /// Every other line is a rule between rows.
  let isOpen: Bool
  /// The first row shown, and how many.
  let firstRow: Int
  let rowCount: Int

  var cell: Int { isNarrow ? 1 : 2 }
  var width: Int { 32 * cell + 1 }

  /// - Parameter height: the lines for the numbers and the grid.
  init(width: Int, height: Int, rows: Int, selectedRow: Int) {
    isNarrow = width < 72
    left = isNarrow ? 4 : 6
    isOpen = 2 * rows + 2 <= height
    let fitting = isOpen ? rows : min(rows, max(1, height - 3))
    rowCount = fitting
    firstRow = min(max(0, selectedRow - fitting + 1), rows - fitting)
  }

  static func isNarrow(_ width: Int) -> Bool { width < 72 }

  /// Lines taken by the numbers and the grid.
  var height: Int { isOpen ? 2 * rowCount + 2 : rowCount + 3 }

  /// The column of a border at a bit.
  func x(_ bit: Int) -> Int { left + bit * cell }
  /// The column of a bit's number, and of a flag.
  func flagX(_ bit: Int) -> Int { isNarrow ? left + bit : left + 2 * bit + 1 }
  /// The line of a row's text; the numbers are in line 0, the upper border in line 1.
  func y(_ row: Int) -> Int { isOpen ? 2 + 2 * (row - firstRow) : 2 + row - firstRow }
}
