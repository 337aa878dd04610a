import Course

/// Where each lesson stands on the map: a row of names for each section, or, with room for it, two columns with
/// titles.
struct MapPlan {
  /// A section, or what lies beyond the book.
  struct Part {
    /// `1` … `6`, or `+`.
    var mark: String
    var title: Phrase
    var lessons: [Lesson]
    /// One lesson leads to the next.
    var isChain: Bool

    /// Names that one row has room for beside the titles.
    var namesInRow: Int { isChain ? 6 : 9 }
    /// Rows of names.
    var rows: Int { max(1, (lessons.count + namesInRow - 1) / namesInRow) }
  }

  /// A lesson's place: its row, and in the row or among the columns its place from the left.
  struct Spot: Hashable {
    var lesson: LessonID
    var row: Int
    var column: Int
  }

  let parts: [Part]
  /// Two columns with titles.
  let isWide: Bool
  /// In the order of reading.
  private(set) var spots: [Spot] = []
  /// The row of each part's heading, and the column that it is in.
  private(set) var headings: [(row: Int, column: Int)] = []
  /// Rows that all of it takes.
  private(set) var height = 0

  /// Rows of the screen that belong to the map.
  static func rows(of size: Size) -> Range<Int> { 5..<(size.height - 10) }

  init(_ lessons: [Lesson], _ size: Size) {
    let own = lessons.filter { !$0.isExperiment }
    parts = MapPlan.parts(own)
    let columns = MapPlan.columns(parts)
    let tallest = columns.map { MapPlan.height($0) }.max() ?? 0
    isWide = size.width >= 112 && tallest <= MapPlan.rows(of: size).count
    if isWide { placeInColumns(columns) } else { placeInRows() }
  }

  private static func parts(_ lessons: [Lesson]) -> [Part] {
    var parts = ChapterSection.allCases.map { section in
      Part(
        mark: "\(section.rawValue)", title: section.title,
        lessons: lessons.filter { $0.chapterSection == section.rawValue }, isChain: true)
    }
    let beyond = lessons.filter { lesson in
      lesson.chapterSection.flatMap { ChapterSection(rawValue: $0) } == nil
    }
    if !beyond.isEmpty {
      parts.append(
        Part(mark: "+", title: AdvancedPart.title, lessons: beyond, isChain: false))
    }
    return parts
  }

  /// Sections 1 to 3 at the left, the rest at the right.
  private static func columns(_ parts: [Part]) -> [[Part]] {
    [Array(parts.prefix(3)), Array(parts.dropFirst(3))]
  }

  /// A heading, its lessons or a row that says that there are none, and an empty row between parts.
  private static func height(_ parts: [Part]) -> Int {
    parts.reduce(0) { $0 + max($1.lessons.count, 1) + 2 } - 1
  }

  private mutating func placeInColumns(_ columns: [[Part]]) {
    for (column, parts) in columns.enumerated() {
      var row = 0
      for part in parts {
        headings.append((row, column))
        for (place, lesson) in part.lessons.enumerated() {
          spots.append(Spot(lesson: lesson.id, row: row + 1 + place, column: column))
        }
        row += max(part.lessons.count, 1) + 2
      }
      height = max(height, row - 1)
    }
  }

  private mutating func placeInRows() {
    var row = 0
    for part in parts {
      if !part.isChain { row += 1 }
      headings.append((row, 0))
      for (place, lesson) in part.lessons.enumerated() {
        let (line, column) = place.quotientAndRemainder(dividingBy: part.namesInRow)
        spots.append(Spot(lesson: lesson.id, row: row + line, column: column))
      }
      row += part.rows
    }
    height = row
  }

  func spot(of lesson: LessonID?) -> Spot? { spots.first { $0.lesson == lesson } }

  /// The lesson that an arrow leads to; nil where there is none that way.
  func neighbour(of lesson: LessonID?, _ motion: Motion) -> LessonID? {
    guard let place = spots.firstIndex(where: { $0.lesson == lesson }) else {
      return spots.first?.lesson
    }
    let isForward = motion == .down || motion == .right
    let isAlong = isWide == (motion == .down || motion == .up)
    guard !isAlong else {
      let next = place + (isForward ? 1 : -1)
      return spots.indices.contains(next) ? spots[next].lesson : nil
    }
    let spot = spots[place]
    return isWide ? besides(spot, isForward) : over(spot, isForward)
  }

  /// In the other column, as near as can be.
  private func besides(_ spot: Spot, _ isForward: Bool) -> LessonID? {
    spots.filter { isForward ? $0.column > spot.column : $0.column < spot.column }
      .min { abs($0.row - spot.row) < abs($1.row - spot.row) }?.lesson
  }

  /// In the next row that has lessons, as near as can be.
  private func over(_ spot: Spot, _ isForward: Bool) -> LessonID? {
    let rows = spots.map(\.row)
    let next = isForward ? rows.first { $0 > spot.row } : rows.last { $0 < spot.row }
    return spots.filter { $0.row == next }
      .min { abs($0.column - spot.column) < abs($1.column - spot.column) }?.lesson
  }
}
