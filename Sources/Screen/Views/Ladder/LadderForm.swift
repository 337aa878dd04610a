/// Where the columns of the sequence diagram stand at a width.
struct LadderForm {
  let width: Int
  /// Notes stand beside the arrows; in a narrow room they have lines of their own.
  let isWide: Bool
  let leftLine: Int
  let rightLine: Int

  init(width: Int) {
    self.width = width
    isWide = width >= 72
    leftLine = isWide ? 23 : 13
    rightLine = isWide ? width - 24 : width - 14
  }

  /// Cells between the two lines.
  var inside: Int { rightLine - leftLine - 1 }
  /// The column after the last digit of times at the left.
  var leftTimeEnd: Int { isWide ? 9 : 12 }
  var rightTimeEnd: Int { isWide ? width - 1 : width - 4 }
  /// The cell of the mark of the chosen row.
  var gutter: Int { isWide ? 0 : 1 }
  static let noteWidth = 12
}
