import Course
import Session
import Stack

/// Where everything of a capture's screen stands at a size.
struct ObservationLayout {
  let size: Size
  /// All three panes at once; else the one in focus.
  let showsAll: Bool
  let focus: ObservationModel.Pane

  init(_ model: ObservationModel) {
    size = model.size
    showsAll = model.isLarge && !model.isZoomed
    focus = model.focus
  }

  static let listWidth = 37
  var bottom: Int { size.height - 3 }
  /// The row of the title of the lower pane.
  var split: Int { max(12, bottom - 21) }

  /// Row of a pane's title and the room below it; nil where it is folded.
  func frame(of pane: ObservationModel.Pane) -> (title: Rectangle, inside: Rectangle)? {
    guard showsAll else {
      guard pane == focus else { return nil }
      return placed(0, 1, size.width, bottom)
    }
    let x = Self.listWidth + 1
    return switch pane {
    case .connections: placed(0, 1, Self.listWidth, bottom)
    case .ladder: placed(x, 1, size.width - x, split)
    case .header: placed(x, split, size.width - x, bottom)
    }
  }

  private func placed(
    _ x: Int, _ top: Int, _ width: Int, _ end: Int
  ) -> (title: Rectangle, inside: Rectangle) {
    (
      Rectangle(x: x, y: top, width: width, height: 1),
      Rectangle(x: x, y: top + 1, width: width, height: end - top - 1)
    )
  }
}

extension ObservationModel {
  public func render(_ size: Size) -> CellGrid {
    guard size.width >= 80, size.height >= 24 else { return renderTooSmall(size, language) }
    var model = self
    model.size = size
    var canvas = Canvas(size)
    ObservationScreen(model).draw(on: &canvas)
    return canvas.grid
  }
}

/// A capture as a picture.
struct ObservationScreen {
  let model: ObservationModel
  let layout: ObservationLayout

  init(_ model: ObservationModel) {
    self.model = model
    layout = ObservationLayout(model)
  }

  func say(_ ko: String, _ en: String) -> String { model.language == .ko ? ko : en }

  func draw(on canvas: inout Canvas) {
    drawHeading(on: &canvas)
    for pane in ObservationModel.Pane.allCases { draw(pane, on: &canvas) }
    canvas.horizontalLine(at: 0, layout.bottom, length: canvas.width)
    if layout.showsAll {
      canvas.verticalLine(at: ObservationLayout.listWidth, 2, length: layout.bottom - 2)
      for row in 1...layout.bottom { canvas.join(at: ObservationLayout.listWidth, row) }
    }
    drawNow(on: &canvas)
    drawKeys(on: &canvas)
    if let overlay = model.overlay {
      canvas.stepBack()
      draw(overlay, on: &canvas)
    }
  }

  private func drawHeading(on canvas: inout Canvas) {
    var facts: [StyledText] = []
    if let frame = model.frame {
      let time = ObservationPrint.milliseconds(frame.time)
      facts = [
        StyledText("t \(time) ms   "), StyledText("\(model.place + 1)/\(model.count)   "),
        StyledText(say("프레임 \(frame.number)", "frame \(frame.number)")),
      ]
    }
    canvas.text(facts, endingBefore: canvas.width - 1, 0)
    let title = say("다시 보기 · \(model.name)", "replay · \(model.name)")
    canvas.text(title, at: 1, 0, .bold, width: canvas.width - 4 - facts.displayWidth)
  }

  // MARK: Panes

  private func draw(_ pane: ObservationModel.Pane, on canvas: inout Canvas) {
    guard let frame = layout.frame(of: pane) else { return }
    let isFocused = model.focus == pane
    let style: Style = isFocused ? Style.accent.inBold : .bold
    var names: [[StyledText]]
    var current = 0
    if layout.showsAll {
      names = [[StyledText(name(of: pane), style)]]
    } else {
      current = ObservationModel.Pane.allCases.firstIndex(of: pane) ?? 0
      names = ObservationModel.Pane.allCases.map { other in
        [StyledText(name(of: other), other == pane ? style : .plain)]
      }
    }
    canvas.titleRule(
      TitleRule(names, current: current, facts: facts(of: pane), isFocused: isFocused),
      at: frame.title.x, frame.title.y, width: frame.title.width)
    canvas.within(frame.inside) { inside in
      switch pane {
      case .connections: drawConnections(on: &inside)
      case .ladder: drawLadder(on: &inside)
      case .header: model.headerView.draw(on: &inside)
      }
    }
  }

  private func name(of pane: ObservationModel.Pane) -> String {
    let view: LessonView =
      switch pane {
      case .connections: .sockets
      case .ladder: .ladder
      case .header: .header
      }
    return view.name.text(model.language)
  }

  private func facts(of pane: ObservationModel.Pane) -> [StyledText] {
    switch pane {
    case .connections:
      guard model.connection != nil, layout.size.width >= 100 || !layout.showsAll else { return [] }
      let last = model.place + 1
      guard !layout.showsAll else { return [StyledText(say("1–\(last)", "1–\(last)"), .dim)] }
      return [
        StyledText(say("프레임 1–\(last)에서 알아낸 것", "inferred from frames 1–\(last)"), .dim)
      ]
    case .ladder:
      let title =
        model.connection.map { say("접속 \($0 + 1)", "connection \($0 + 1)") }
        ?? say("모든 프레임", "all frames")
      return [StyledText(title, .dim)]
    case .header:
      guard model.frame != nil else { return [] }
      return [StyledText("\(model.headerView.subtitle)   ", .dim)] + model.headerView.facts
    }
  }

  // MARK: The rows below

  private func drawNow(on canvas: inout Canvas) {
    let y = canvas.height - 2
    if let notice = model.notice {
      canvas.text(notice.text(model.language), at: 1, y, .accent, width: canvas.width - 2)
      return
    }
    guard let frame = model.frame else {
      let text = say("Ethernet 프레임이 없습니다.", "There are no Ethernet frames.")
      canvas.text(text, at: 1, y, .dim)
      return
    }
    // In a connection the picture says who sends to whom.
    let words = FrameWords(frame.octets).text.split(separator: "\n").last.map(String.init) ?? ""
    let shown = model.connection == nil ? Self.words(frame) : words
    canvas.text(
      [StyledText(say("지금 ", "now  "), .dim), StyledText(shown)], at: 1, y,
      width: canvas.width - 2)
  }

  /// A frame in words, on one line.
  static func words(_ frame: ObservedFrame) -> String {
    let again = frame.isRetransmission ? "↻ " : ""
    return again + FrameWords(frame.octets).text.split(separator: "\n").joined(separator: "  ")
  }

  private func drawKeys(on canvas: inout Canvas) {
    var actions: [Action] = [.nextPacket, .previousPacket, .nextPane]
    var lead: [(String, String)] = []
    switch model.focus {
    case .connections: lead = [("↑↓", say("고르기", "choose")), ("enter", say("사다리", "ladder"))]
    case .ladder: lead = [("enter", say("헤더", "header"))]
    case .header:
      lead = [("←↑↓→", say("필드", "field")), ("PgUp PgDn", say("다른 헤더", "other header"))]
    }
    actions += [.help, .quit] + (model.isLarge ? [.zoom] : []) + [.goTo, .language]
    let rows = actions.compactMap { KeyTable.binding(of: $0) }
      .map { ($0.label, $0.short.text(model.language)) }
    var x = 1
    for (label, text) in lead + rows {
      let piece = [StyledText(label, Style(.accent)), StyledText(" \(text)", .dim)]
      guard x + piece.displayWidth <= canvas.width - 1 else { break }
      canvas.text(piece, at: x, canvas.height - 1)
      x += piece.displayWidth + (model.isLarge ? 3 : 2)
    }
  }
}
