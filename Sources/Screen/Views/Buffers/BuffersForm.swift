/// Which rows of the two buffers there is room for.
struct BuffersForm {
  enum Row: Equatable {
    case title(Side)
    case facts(Side)
    case names(Side)
    case marks(Side)
    case bar(Side)
    case labels(Side)
    case window(Side)
    /// What is kept to be sent again: one line, or so many.
    case kept(Int)
    /// What the application has of it: one line, or so many.
    case application(Int)
    case blank

    var height: Int {
      switch self {
      case .kept(let lines), .application(let lines): lines
      default: 1
      }
    }
  }

  enum Side { case sender, receiver }

  let width: Int
  let height: Int
  /// Facts stand beside a title, not below it.
  let isWide: Bool
  private(set) var rows: [Row] = []
  /// The last lines: the chosen octet, and why.
  let closing: Int

  /// Cells before and after a row of octets.
  var margin: Int { isWide ? 6 : 3 }
  var cells: Int { max(1, width - margin - (isWide ? 3 : 2)) }

  /// - Parameters:
  ///   - kept: Lines that a list of the kept segments would take.
  ///   - read: Lines that the application's octets would take.
  init(width: Int, height: Int, kept: Int, read: Int) {
    self.width = width
    self.height = height
    isWide = width >= 72
    closing = height >= 6 ? 2 : 0
    let room = height - closing
    let facts: (Side) -> [Row] = { [isWide] in isWide ? [.blank] : [.facts($0)] }
    func half(_ side: Side, last: Row) -> [Row] {
      [.title(side)] + facts(side)
        + [.names(side), .marks(side), .bar(side), .labels(side), .window(side), last]
    }
    rows = half(.sender, last: .kept(1)) + half(.receiver, last: .application(1))
    shrink(to: room)
    grow(to: room, kept: kept, read: read)
  }

  private var taken: Int { rows.reduce(0) { $0 + $1.height } }

  private mutating func shrink(to room: Int) {
    let order: [Row] = [
      .window(.receiver), .labels(.receiver), .application(1), .window(.sender), .facts(.receiver),
      .kept(1), .facts(.sender), .labels(.sender), .names(.receiver), .marks(.receiver),
      .names(.sender), .marks(.sender), .title(.receiver), .title(.sender), .bar(.receiver),
    ]
    while taken > room, let place = rows.lastIndex(of: .blank) { rows.remove(at: place) }
    for row in order where taken > room { rows.removeAll { $0 == row } }
    while taken > room, !rows.isEmpty { rows.removeLast() }
  }

  private mutating func grow(to room: Int, kept: Int, read: Int) {
    if taken < room, let place = rows.firstIndex(of: .title(.receiver)) {
      rows.insert(.blank, at: place)
    }
    if taken < room { rows.append(.blank) }
    for (index, row) in rows.enumerated() where row == .kept(1) {
      rows[index] = .kept(min(max(1, kept), 1 + max(0, room - taken)))
    }
    for (index, row) in rows.enumerated() where row == .application(1) {
      rows[index] = .application(min(max(1, read), 1 + max(0, room - taken)))
    }
  }
}
