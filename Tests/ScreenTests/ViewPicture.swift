import Course
import Foundation
import Session
import Stack

@testable import Screen

/// A view's picture and title rule at a moment of a run.
struct ViewPicture {
  let lines: [String]
  let title: String

  init<View: PaneView>(
    _ view: View.Type, _ timeline: Timeline, at moment: Int, _ size: Size,
    _ language: Language = .en, covers: Set<Cover> = [],
    _ change: (inout ViewState) -> Void = { _ in }
  ) {
    var state = ViewState()
    change(&state)
    let scene = Scene(
      timeline: timeline, state: timeline.state(at: moment), language: language, covers: covers)
    let view = View(scene, state, isFocused: true)
    var canvas = Canvas(size)
    view.draw(on: &canvas)
    lines = canvas.grid.lines
    title = view.subtitle + " | " + view.facts.map(\.text).joined()
  }

  var text: String { lines.joined(separator: "\n") }
}

extension Timeline {
  /// The number of the nth moment of a kind.
  func moment(_ event: Event, nth: Int = 1, _ fits: (Moment) -> Bool = { _ in true }) -> Int {
    var seen = 0
    for number in 1...momentCount {
      guard let moment = moment(number), moment.event == event, fits(moment) else { continue }
      seen += 1
      if seen == nth { return number }
    }
    fatalError("no such moment: \(event) \(nth)")
  }

  func scene(at moment: Int, _ language: Language = .en) -> Scene {
    Scene(timeline: self, state: state(at: moment), language: language)
  }
}

/// Pictures kept as text. With `SOCKSCOPE_WRITE_GOLDEN` set they are written anew, else compared.
enum Golden {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Golden")

  static let isWriting = ProcessInfo.processInfo.environment["SOCKSCOPE_WRITE_GOLDEN"] != nil

  /// The kept picture; nil where there is none. Writes the new one first when asked to.
  static func kept(_ name: String, new text: String) throws -> String? {
    let url = folder.appendingPathComponent(name + ".txt")
    if isWriting { try Data((text + "\n").utf8).write(to: url) }
    guard let kept = try? String(contentsOf: url, encoding: .utf8) else { return nil }
    return kept.hasSuffix("\n") ? String(kept.dropLast()) : kept
  }
}
