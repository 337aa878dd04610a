import Course
import Session
import Stack

/// Where everything of a lesson's screen stands at a size.
struct LessonLayout {
  let size: Size
  let isLarge: Bool
  let isZoomed: Bool
  let hasWhyPane: Bool
  let views: [LessonView]
  let shown: LessonView

  init(_ model: LessonModel) {
    size = model.size
    isLarge = model.isLarge
    isZoomed = model.isZoomed
    hasWhyPane = model.isLarge && model.why != nil && !model.isZoomed
    views = model.views
    shown = model.shownView
  }

  /// Columns of the lesson pane.
  var lessonWidth: Int { isLarge ? 37 : 28 }
  var viewX: Int { isZoomed ? 0 : lessonWidth + 1 }
  var viewWidth: Int { size.width - viewX }
  /// First row below the title rule, and the row of the closing rule.
  var bodyTop: Int { 2 }
  var closingRule: Int { size.height - (size.height < 30 ? 4 : 3) }
  var nowRow: Int? { size.height < 30 ? size.height - 3 : nil }
  var timeRow: Int { size.height - 2 }
  var keyRow: Int { size.height - 1 }

  static let whyHeight = 5

  /// Row of a view's title rule and the room below it; nil where the view is folded.
  func frame(of view: LessonView) -> (title: Int, inside: Rectangle)? {
    let bottom = closingRule - (hasWhyPane ? Self.whyHeight : 0)
    if isZoomed || !isLarge || views.count == 1 {
      guard view == shown || (views.count == 1 && !isZoomed) else { return nil }
      return (1, Rectangle(x: viewX, y: 2, width: viewWidth, height: bottom - 2))
    }
    guard let place = views.firstIndex(of: view) else { return nil }
    let split = 1 + upperHeight(total: bottom - 1)
    if place == 0 {
      return (1, Rectangle(x: viewX, y: 2, width: viewWidth, height: split - 2))
    }
    return (split, Rectangle(x: viewX, y: split + 1, width: viewWidth, height: bottom - split - 1))
  }

  /// Rows of the upper view, its title rule included.
  private func upperHeight(total: Int) -> Int {
    let needed = views[0] == .stage ? 20 : total / 2
    return min(max(needed, total / 2), total - 8)
  }

  func room(of view: LessonView) -> Size {
    frame(of: view)?.inside.size ?? Size(width: viewWidth, height: closingRule - 2)
  }
}
