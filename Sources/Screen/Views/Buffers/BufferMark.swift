import Stack

/// A mark above a row of octets: a number of a record, by the field that holds it.
struct BufferMark {
  let field: Field
  let memory: MemoryReference
  let place: Int
  /// Forms of its name from the longest to the shortest.
  let names: [String]
  /// It stands above the last octet inside, not above the first one outside.
  var isEnd = false

  /// Its longest name bears its number.
  var isEdge: Bool { field == .sndWnd || field == .rcvWnd || field == .cwnd }
}

/// The name of one or more marks of the same cell, where it stands.
struct BufferLabel {
  var x: Int
  var text: String
  var style: Style
  /// Its row above the marks: 0 next to them.
  var row = 0
}

/// Finds room for the names of marks, left to right; those that find none beside each other go one row up.
struct BufferLabels {
  private(set) var labels: [BufferLabel] = []
  let width: Int
  /// How many rows there are.
  let rows: Int

  init(width: Int, rows: Int) {
    self.width = width
    self.rows = rows
  }

  /// Puts a name at a cell: to the right of it, else ending at it; the longest form that finds room.
  mutating func add(_ names: [String], at x: Int, _ style: Style, endsThere: Bool) {
    for row in 0..<max(1, rows) {
      for name in names {
        let length = name.displayWidth
        // Else wherever it is above its mark.
        let across = min(width - length, x)
        let starts = (endsThere ? [x - length + 1, x] : [x, x - length + 1]) + [across]
        for start in starts where isFree(start, length, row) {
          labels.append(BufferLabel(x: start, text: name, style: style, row: row))
          return
        }
      }
    }
  }

  private func isFree(_ start: Int, _ length: Int, _ row: Int) -> Bool {
    guard start >= 1, start + length <= width else { return false }
    return labels.allSatisfy { label in
      label.row != row || start > label.x + label.text.displayWidth || start + length < label.x
    }
  }
}
