import Screen

/// What a terminal would show: fed with what a program writes, it keeps the screen, the cursor and
/// the modes that a program must give back. As much of ECMA-48 and xterm as ncurses makes use of;
/// what it does not know is counted, so that a test notices.
public struct VirtualTerminal: Sendable {
  /// One cell as a learner sees it.
  public struct Place: Hashable, Sendable {
    /// The character; empty in the second cell of a wide one.
    public var text = " "
    public var rendition = Rendition()
  }

  public internal(set) var size: Size
  public internal(set) var isCursorVisible = true
  public internal(set) var isAlternate = false
  /// The private modes of mouse reporting that are set.
  public internal(set) var mouseModes: Set<Int> = []
  /// Other private modes that are set, without those that every terminal begins with.
  public internal(set) var otherModes: Set<Int> = []
  /// What the program called its window.
  public internal(set) var title = ""
  /// Control sequences that are not understood.
  public internal(set) var unknown: [String] = []
  public internal(set) var cursorX = 0
  public internal(set) var cursorY = 0
  public internal(set) var rendition = Rendition()

  var places: [[Place]]
  /// The main screen while the alternate one is shown.
  var mainPlaces: [[Place]] = []
  var saved = (x: 0, y: 0, rendition: Rendition())
  var wrapsNext = false
  var regionTop = 0
  var regionBottom: Int
  var lastCharacter: Character?
  var state = ParserState.ground
  var partial: [UInt8] = []

  public init(_ size: Size) {
    self.size = size
    regionBottom = size.height - 1
    places = Array(repeating: Array(repeating: Place(), count: size.width), count: size.height)
  }

  /// The rows as text, each of exactly the width of the screen.
  public var lines: [String] { places.map { $0.map(\.text).joined() } }

  public var text: String { lines.joined(separator: "\n") }

  /// The place at column `x` of row `y`; a blank one outside.
  public subscript(x: Int, y: Int) -> Place {
    places.indices.contains(y) && places[y].indices.contains(x) ? places[y][x] : Place()
  }

  /// Whether a text stands anywhere on the screen, within one row.
  public func shows(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

  /// The terminal's window has another size: rows are cut or added at the bottom.
  public mutating func resize(to new: Size) {
    func fit(_ rows: [[Place]]) -> [[Place]] {
      var result = rows.prefix(new.height).map { row in
        row.prefix(new.width) + Array(repeating: Place(), count: max(0, new.width - row.count))
      }.map { Array($0) }
      while result.count < new.height {
        result.append(Array(repeating: Place(), count: new.width))
      }
      return result
    }
    places = fit(places)
    if !mainPlaces.isEmpty { mainPlaces = fit(mainPlaces) }
    size = new
    regionTop = 0
    regionBottom = new.height - 1
    moveCursor(cursorX, cursorY)
  }

  // MARK: Drawing

  mutating func moveCursor(_ x: Int, _ y: Int) {
    cursorX = max(0, min(size.width - 1, x))
    cursorY = max(0, min(size.height - 1, y))
    wrapsNext = false
  }

  mutating func print(_ scalar: Unicode.Scalar) {
    let character = Character(scalar)
    let width = character.displayWidth
    if width == 0 {
      let x = wrapsNext ? cursorX : max(0, cursorX - 1)
      places[cursorY][x].text.unicodeScalars.append(scalar)
      return
    }
    if wrapsNext || cursorX + width > size.width {
      cursorX = 0
      lineFeed()
    }
    lastCharacter = character
    wrapsNext = false
    clearHalves(from: cursorX, to: cursorX + width)
    places[cursorY][cursorX] = Place(text: String(character), rendition: rendition)
    if width == 2 { places[cursorY][cursorX + 1] = Place(text: "", rendition: rendition) }
    if cursorX + width >= size.width {
      cursorX = size.width - 1
      wrapsNext = true
    } else {
      cursorX += width
    }
  }

  /// A wide character that loses a half loses the other.
  private mutating func clearHalves(from start: Int, to end: Int) {
    if places[cursorY][start].text.isEmpty, start > 0 { places[cursorY][start - 1].text = " " }
    if end < size.width, places[cursorY][end].text.isEmpty { places[cursorY][end].text = " " }
  }

  mutating func lineFeed() {
    wrapsNext = false
    if cursorY == regionBottom {
      scroll(up: 1)
    } else {
      cursorY = min(size.height - 1, cursorY + 1)
    }
  }

  mutating func scroll(up count: Int, from top: Int? = nil) {
    let top = top ?? regionTop
    for _ in 0..<min(count, regionBottom - top + 1) {
      places.remove(at: top)
      places.insert(blankRow, at: regionBottom)
    }
  }

  mutating func scroll(down count: Int, from top: Int? = nil) {
    let top = top ?? regionTop
    for _ in 0..<min(count, regionBottom - top + 1) {
      places.remove(at: regionBottom)
      places.insert(blankRow, at: top)
    }
  }

  mutating func erase(_ columns: Range<Int>, row: Int) {
    for x in columns.clamped(to: 0..<size.width) { places[row][x] = Place() }
  }

  mutating func erase(rows: Range<Int>) {
    for y in rows.clamped(to: 0..<size.height) { places[y] = blankRow }
  }

  var blankRow: [Place] { Array(repeating: Place(), count: size.width) }

  mutating func setAlternate(_ isOn: Bool) {
    guard isOn != isAlternate else { return }
    isAlternate = isOn
    if isOn {
      mainPlaces = places
      erase(rows: 0..<size.height)
    } else {
      places = mainPlaces
      mainPlaces = []
    }
  }

  mutating func saveCursor() { saved = (cursorX, cursorY, rendition) }

  mutating func restoreCursor() {
    moveCursor(saved.x, saved.y)
    rendition = saved.rendition
  }
}
