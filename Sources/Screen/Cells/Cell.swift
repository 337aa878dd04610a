/// One place of the grid. A wide character takes two cells: the first holds the character, the
/// second is its `isContinuation`.
public struct Cell: Hashable, Sendable {
  /// What is shown; a blank in a continuation. Never a control character, never of no width.
  public let character: Character
  public var style: Style
  /// The right half of the wide character in the cell to the left.
  public let isContinuation: Bool

  /// Control characters and characters without a width become a blank.
  public init(_ character: Character, _ style: Style = .plain) {
    self.character = character.cellForm ?? " "
    self.style = style
    isContinuation = false
  }

  /// A cell whose character is known to be in its cell form.
  init(checked character: Character, _ style: Style) {
    self.character = character
    self.style = style
    isContinuation = false
  }

  private init(continuationOf style: Style) {
    character = " "
    self.style = style
    isContinuation = true
  }

  public static let blank = Cell(checked: " ", .plain)

  /// The right half of a wide character of that style.
  static func continuation(_ style: Style) -> Cell { Cell(continuationOf: style) }

  /// 2 for the first cell of a wide character, 0 for its continuation, otherwise 1.
  public var width: Int { isContinuation ? 0 : character.displayWidth }
}
