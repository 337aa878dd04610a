import Course
import Session
import Stack
import Testing
import Wire

@testable import Screen

/// What holds for every picture: its lines are as wide as the room, and Korean moves no border.
@Suite struct ViewShapeTests {
  static let runs = [Run.loss(), Run.datagrams(), Run.bulk()]
  static let sizes = [
    Size(width: 51, height: 17), Size(width: 60, height: 12), Size(width: 72, height: 16),
    Size(width: 78, height: 18), Size(width: 80, height: 18), Size(width: 118, height: 34),
    Size(width: 20, height: 4), Size(width: 1, height: 1), Size(width: 0, height: 0),
  ]

  private func pictures(_ run: Timeline, _ moment: Int, _ size: Size, _ language: Language)
    -> [ViewPicture]
  {
    HeaderChoice.allCases.map { choice in
      ViewPicture(HeaderView.self, run, at: moment, size, language) { $0.header = choice }
    } + [
      ViewPicture(SocketsView.self, run, at: moment, size, language),
      ViewPicture(LadderView.self, run, at: moment, size, language),
      ViewPicture(BuffersView.self, run, at: moment, size, language),
    ]
      + [
        ViewPicture(BuffersView.self, run, at: moment, size, language) {
          $0.showsNumberLines = true
        }
      ]
      + PlotCurve.allCases.map { curve in
        ViewPicture(PlotView.self, run, at: moment, size, language) { $0.curve = curve }
      }
  }

  @Test(arguments: 0..<3, sizes)
  func everyLineIsAsWideAsTheRoom(_ run: Int, _ size: Size) {
    let timeline = Self.runs[run]
    for moment in stride(from: 0, through: timeline.momentCount, by: run == 2 ? 61 : 23) {
      for language in Language.allCases {
        for picture in pictures(timeline, moment, size, language) {
          #expect(picture.lines.count == size.height)
          for line in picture.lines { #expect(line.displayWidth == size.width) }
        }
      }
    }
  }

  /// The columns of a sign in a line.
  private func columns(of signs: Set<Character>, _ line: String) -> [Int] {
    var column = 0
    var found: [Int] = []
    for character in line {
      if signs.contains(character) { found.append(column) }
      column += character.displayWidth
    }
    return found
  }

  /// The columns of the borders of each row of a header's grid, by the row's offset.
  private func borders(_ picture: ViewPicture) -> [String: [Int]] {
    var rows: [String: [Int]] = [:]
    for line in picture.lines {
      guard let label = line.split(separator: " ").first, Int(label) != nil, line.contains("│")
      else { continue }
      rows[String(label)] = columns(of: ["│"], line)
    }
    return rows
  }

  @Test(arguments: 0..<2)
  func koreanMovesNoBorder(_ run: Int) {
    let timeline = Self.runs[run]
    for size in [Size(width: 51, height: 17), Size(width: 78, height: 18)] {
      for moment in stride(from: 0, through: timeline.momentCount, by: 17) {
        for choice in [HeaderChoice.ethernet, .network, .tcp] {
          let borders = Language.allCases.map { language in
            self.borders(
              ViewPicture(HeaderView.self, timeline, at: moment, size, language) {
                $0.header = choice
              })
          }
          // A long explanation may leave room for fewer rows, but a row's borders are the same.
          for (row, columns) in borders[0] {
            guard let other = borders[1][row] else { continue }
            #expect(columns == other, "row \(row) at moment \(moment)")
            #expect(columns.count >= 2)
          }
          #expect(borders[0].isEmpty == borders[1].isEmpty)
        }
      }
    }
  }

  @Test(arguments: 0..<2, [51, 78, 118])
  func theTwoLinesOfLifeAreNeverBroken(_ run: Int, _ width: Int) {
    let timeline = Self.runs[run]
    let form = LadderForm(width: width >= 80 ? width - 2 : width)
    let shift = width >= 80 ? 1 : 0
    for moment in stride(from: 1, through: timeline.momentCount, by: 7) {
      for language in Language.allCases {
        let lines = ViewPicture(
          LadderView.self, timeline, at: moment, Size(width: width, height: 34), language
        ).lines
        // Behind them come a blank row or the words about the chosen row.
        let end = lines.firstIndex { columns(of: ["│", "┬", "⋮", "┴"], $0).isEmpty } ?? 0
        #expect(end > 2)
        for line in lines.prefix(end) {
          let found = columns(of: ["│", "┬", "⋮", "┴"], line)
          #expect(found == [form.leftLine + shift, form.rightLine + shift], "\(line)")
        }
        #expect(lines[end...].allSatisfy { columns(of: ["│", "┬", "⋮", "┴"], $0).isEmpty })
      }
    }
  }

  @Test(arguments: 0..<2)
  func plainTextIsNarrowEnough(_ run: Int) {
    let timeline = Self.runs[run]
    for language in Language.allCases {
      let lines = LadderText.lines(timeline.scene(at: timeline.momentCount, language))
      for line in lines {
        #expect(line.displayWidth <= LadderText.width)
        #expect(!line.hasSuffix(" "))
      }
      let arrows = lines.filter { $0.contains("▸") || $0.contains("◂") || $0.contains("✗") }
      #expect(arrows.count == timeline.frames.count)
    }
  }

  @Test func plainTextOfNothingIsNothing() {
    #expect(LadderText.lines(Self.runs[0].scene(at: 0)).isEmpty)
  }
}
