import Screen

extension CellGrid {
  /// The picture with another role in every row; the same rule stands in the tests.
  var inManyRoles: CellGrid {
    var grid = self
    for y in 0..<height {
      let role = Role.allCases[y % Role.allCases.count]
      for x in 0..<width where !grid[x, y].isContinuation {
        grid.restyle(at: x, y) { $0 = Style(role, bold: y % 2 == 1, underline: y % 5 == 4) }
      }
    }
    return grid
  }
}
