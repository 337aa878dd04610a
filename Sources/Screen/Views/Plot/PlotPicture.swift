import Course
import Session
import Stack

/// A plot as lines of cells.
struct PlotPicture {
  let view: PlotView
  let frame: PlotFrame

  var scene: Scene { view.scene }
  var source: PlotSource { frame.source }

  /// A line of the drawing: its name at its end, and its look.
  struct Line {
    var name: String
    var layer: UInt8
    var style: Style
    /// Where it ends, in dots.
    var end: (x: Int, y: Int)?
  }

  func draw(on canvas: inout Canvas) {
    drawAxes(on: &canvas)
    if isCovered {
      canvas.text("?", at: frame.left + 2, frame.top + frame.height / 2, .warning)
    } else {
      drawCurves(on: &canvas)
    }
    drawCursor(on: &canvas)
    if frame.hasLegend { drawLegend(at: canvas.height - 3, on: &canvas) }
    drawClosing(on: &canvas)
  }

  /// A question asks for a number that the curves would give away.
  private var isCovered: Bool {
    let fields: [Field] =
      switch view.state.curve {
      case .sequence: [.sndUna, .sndNxt, .sndWnd]
      case .congestion: [.cwnd, .ssthresh, .sndNxt, .sndUna]
      case .roundTrip: [.rto, .srtt]
      }
    return fields.contains { scene.isCovered(source.memory, $0) }
  }

  // MARK: Axes

  /// What the axis counts, as far as the moment's mark, which stands in the same row, leaves room.
  private var unitName: String {
    let names =
      view.state.curve == .roundTrip
      ? [scene.say("ms (로그)", "ms (log)"), "ms"] : [scene.say("바이트", "bytes")]
    let room = cursorX.map { $0 - 2 } ?? .max
    return names.first { $0.displayWidth <= room } ?? ""
  }

  private var axisRow: Int { frame.top + frame.height }

  private func drawAxes(on canvas: inout Canvas) {
    let x = frame.left - 1
    canvas.text(unitName, at: 1, 0, .dim)
    for y in frame.top..<axisRow { canvas.put("│", at: x, y, .dim) }
    for tick in frame.value.ticks {
      let y = frame.top + frame.dotY(tick) / 4
      guard y >= frame.top, y < axisRow else { continue }
      canvas.put("┤", at: x, y, .dim)
      canvas.text(tickText(tick), endingBefore: x - 1, y)
    }
    canvas.put("└", at: x, axisRow, .dim)
    for column in 0..<frame.width { canvas.put("─", at: frame.left + column, axisRow, .dim) }
    guard axisRow + 1 < canvas.height else { return }
    let unit = frame.unit.name
    var free = 0
    let end = frame.left + frame.width - unit.count - 1
    for tick in frame.time.ticks {
      let column = frame.dotX(UInt64(max(0, tick * frame.unit.length))) / 2
      guard column >= 0, column < frame.width else { continue }
      canvas.put("┴", at: frame.left + column, axisRow, .dim)
      let text = tickText(tick)
      let start = frame.left + column - text.count / 2
      guard start >= free, start + text.count < end else { continue }
      canvas.text(text, at: start, axisRow + 1)
      free = start + text.count + 1
    }
    canvas.text(unit, endingBefore: frame.left + frame.width, axisRow + 1, .dim)
  }

  /// Where the mark of the moment stands: at an edge where it lies beside the time shown.
  private var cursorX: Int? {
    guard let place = view.place, let time = view.time(of: view.events.moment(place)) else {
      return nil
    }
    return frame.left + min(max(frame.column(time), -1), frame.width)
  }

  private func drawCursor(on canvas: inout Canvas) {
    guard let x = cursorX else { return }
    let sign: Character =
      x < frame.left ? "◂" : x == frame.left + frame.width ? "▸" : "▾"
    canvas.put(sign, at: x, 0, Style.accent.inBold)
  }

  // MARK: Curves

  private func drawCurves(on canvas: inout Canvas) {
    var grid = BrailleGrid(width: frame.width, height: frame.height)
    let lines: [Line]
    switch view.state.curve {
    case .sequence: lines = drawSequence(on: &grid)
    case .congestion: lines = drawCongestion(on: &grid)
    case .roundTrip: lines = drawRoundTrip(on: &grid)
    }
    for y in 0..<frame.height {
      for x in 0..<frame.width {
        guard let cell = grid.cell(x, y) else { continue }
        let style = lines.first { $0.layer == cell.layer }?.style ?? .plain
        canvas.put(cell.sign, at: frame.left + x, frame.top + y, style)
      }
    }
    if view.state.curve != .roundTrip { drawRecoveries(on: &canvas) }
    if view.state.curve == .sequence { drawLosses(on: &canvas) }
    for line in lines { drawName(of: line, grid, on: &canvas) }
  }

  private var now: UInt64 {
    (scene.moment?.time ?? .zero).nanoseconds
  }

  private func drawSequence(on grid: inout BrailleGrid) -> [Line] {
    let acknowledged = source.points(.unacknowledged)
    let edges = source.edges(acknowledged, source.points(.window))
    let edge = stairs(edges, layer: 1, dotted: true, on: &grid)
    let line = stairs(
      acknowledged.map {
        PlotSource.Value(time: $0.time.nanoseconds, value: source.offset($0.value))
      },
      layer: 2, on: &grid)
    var sent: (x: Int, y: Int)?
    let visible = visibleSegments
    for segment in visible {
      let x = frame.dotX(segment.time.nanoseconds)
      let low = source.offset(segment.sequence)
      let high = frame.dotY(Double(low + segment.length))
      grid.column(x, frame.dotY(Double(low)), high, layer: 3)
      sent = (x, high)
    }
    let peer = scene.role(scene.peer(of: source.memory.host))
    return [
      Line(
        name: scene.say("보냄", "sent"), layer: 3,
        style: Style(scene.role(source.memory.host), bold: true), end: sent),
      Line(name: "ACK", layer: 2, style: Style(peer), end: line),
      Line(name: scene.say("오른쪽 끝", "right edge"), layer: 1, style: .plain, end: edge),
    ]
  }

  /// The segments in the time shown, up to now.
  var visibleSegments: ArraySlice<SentSegment> {
    let first = UInt64(max(0, frame.time.low * frame.unit.length))
    let last = UInt64(max(0, frame.time.high * frame.unit.length))
    let all = source.segments
    let begin = all.firstPlace { $0.time.nanoseconds >= first }
    let end = all.firstPlace { $0.time.nanoseconds > last }
    return all[begin..<max(begin, end)]
  }

  /// Of those the ones that were lost.
  var visibleLosses: [SentSegment] {
    let visible = visibleSegments
    guard let first = visible.first, let last = visible.last else { return [] }
    return source.lost.filter { (first.frame...last.frame).contains($0.frame) }
  }

  private func drawCongestion(on grid: inout BrailleGrid) -> [Line] {
    let flights = source.flights(source.points(.next), source.points(.unacknowledged))
    let own = Style(scene.role(source.memory.host), bold: true)
    let peer = Style(scene.role(scene.peer(of: source.memory.host)))
    guard source.hasCongestionWindow else {
      let window = stairs(values(.window), layer: 1, dotted: true, on: &grid)
      let flight = stairs(flights, layer: 3, on: &grid)
      return [
        Line(name: "NXT−UNA", layer: 3, style: own, end: flight),
        Line(name: "SND.WND", layer: 1, style: .plain, end: window),
      ]
    }
    let threshold = stairs(values(.threshold), layer: 1, dotted: true, on: &grid)
    let flight = stairs(flights, layer: 2, on: &grid)
    let window = stairs(values(.congestionWindow), layer: 3, on: &grid)
    return [
      Line(name: "cwnd", layer: 3, style: own, end: window),
      Line(name: "ssthresh", layer: 1, style: .plain, end: threshold),
      Line(name: "NXT−UNA", layer: 2, style: peer, end: flight),
    ]
  }

  private func drawRoundTrip(on grid: inout BrailleGrid) -> [Line] {
    let own = Style(scene.role(source.memory.host), bold: true)
    let peer = Style(scene.role(scene.peer(of: source.memory.host)))
    let timeout = stairs(
      source.points(.timeout).map { (time: $0.time.nanoseconds, value: Double($0.value)) },
      layer: 1, dotted: true, on: &grid)
    let smoothed = stairs(
      source.points(.smoothed).map { (time: $0.time.nanoseconds, value: Double($0.value) / 1_000) },
      layer: 2, on: &grid)
    var last: (x: Int, y: Int)?
    var known: (value: UInt64, y: Int)?
    for point in source.points(.sample) {
      let x = frame.dotX(point.time.nanoseconds)
      // Samples repeat themselves, and a logarithm takes its time.
      let y = known?.value == point.value ? known?.y ?? 0 : frame.dotY(Double(point.value) / 1_000)
      known = (point.value, y)
      // A sample is a small cross of dots, so that it is not taken for the line.
      grid.column(x, y - 1, y + 1, layer: 3)
      last = (x, y)
    }
    return [
      Line(name: scene.say("재 본 값", "sample"), layer: 3, style: own, end: last),
      Line(name: "SRTT", layer: 2, style: peer, end: smoothed),
      Line(name: "RTO", layer: 1, style: .plain, end: timeout),
    ]
  }

  private func values(_ quantity: SocketHistory.Quantity) -> [PlotSource.Value] {
    source.points(quantity).map {
      PlotSource.Value(time: $0.time.nanoseconds, value: Int(clamping: $0.value))
    }
  }

  private func stairs(
    _ values: [PlotSource.Value], layer: UInt8, dotted: Bool = false, on grid: inout BrailleGrid
  ) -> (x: Int, y: Int)? {
    stairs(
      values.map { (time: $0.time, value: Double($0.value)) }, layer: layer, dotted: dotted,
      on: &grid)
  }

  /// A number that stays until it is written again, up to now. - Returns: where it ends.
  private func stairs(
    _ values: [(time: UInt64, value: Double)], layer: UInt8, dotted: Bool = false,
    on grid: inout BrailleGrid
  ) -> (x: Int, y: Int)? {
    var last: (x: Int, y: Int)?
    func level(_ from: Int, _ to: Int, _ y: Int) {
      let first = max(0, from)
      let end = min(to, grid.dotsWide - 1)
      guard first <= end else { return }
      for x in first...end where !dotted || x % 3 == 0 { grid.set(x, y, layer: layer) }
    }
    var known: (value: Double, y: Int)?
    for value in values {
      let y = known?.value == value.value ? known?.y ?? 0 : frame.dotY(value.value)
      known = (value.value, y)
      let point = (x: frame.dotX(value.time), y: y)
      if let last {
        level(last.x, point.x, last.y)
        if !dotted { grid.column(point.x, last.y, point.y, layer: layer) }
      }
      last = point
    }
    guard let last else { return nil }
    let end = max(last.x, min(frame.dotX(now), grid.dotsWide - 1))
    level(last.x, end, last.y)
    return (end, last.y)
  }

  // MARK: Signs

  /// What is lost and what is sent again, each in its cell; a cell with both shows one of them by turns.
  private func drawLosses(on canvas: inout Canvas) {
    var signs: [Int: (lost: Bool, again: Bool)] = [:]
    func cell(_ segment: SentSegment) -> Int? {
      let x = frame.dotX(segment.time.nanoseconds) / 2
      let middle = source.offset(segment.sequence) + segment.length / 2
      let y = min(max(0, frame.dotY(Double(middle)) / 4), frame.height - 1)
      return x >= 0 && x < frame.width ? y * frame.width + x : nil
    }
    for segment in visibleLosses {
      if let cell = cell(segment) { signs[cell, default: (false, false)].lost = true }
    }
    for segment in visibleSegments where segment.isRetransmission {
      if let cell = cell(segment) { signs[cell, default: (false, false)].again = true }
    }
    for (place, sign) in signs {
      let (x, y) = (place % frame.width, place / frame.width)
      let showsLoss = sign.lost && (!sign.again || x % 2 == 0)
      canvas.put(
        showsLoss ? "✗" : "↻", at: frame.left + x, frame.top + y,
        showsLoss ? Style.warning.inBold : Style.accent.inBold)
    }
  }

  /// The spans of time in which the sender recovers from a loss, on the axis.
  private func drawRecoveries(on canvas: inout Canvas) {
    for span in recoveries {
      let sign: Character = span.kind == .fast ? "▓" : "░"
      let first = max(0, frame.dotX(span.from) / 2)
      let last = min(frame.width - 1, frame.dotX(span.to) / 2)
      guard first <= last, frame.dotX(span.to) >= 0 else { continue }
      for x in first...last { canvas.put(sign, at: frame.left + x, axisRow, .warning) }
    }
  }

  struct Recovery {
    var kind: LossRecovery
    var from: UInt64
    var to: UInt64
  }

  var recoveries: [Recovery] {
    var spans: [Recovery] = []
    var open: Recovery?
    for point in source.points(.recovery) {
      let kind = LossRecovery(octet: UInt8(truncatingIfNeeded: point.value))
      if kind == open?.kind { continue }
      if var span = open {
        span.to = point.time.nanoseconds
        spans.append(span)
      }
      open =
        kind == .fast || kind == .afterTimeout
        ? Recovery(kind: kind, from: point.time.nanoseconds, to: now) : nil
    }
    return spans + (open.map { [$0] } ?? [])
  }

  /// A line's name, where it ends or near to that.
  private func drawName(of line: Line, _ grid: BrailleGrid, on canvas: inout Canvas) {
    guard let end = line.end else { return }
    let length = line.name.displayWidth
    let (x, y) = (end.x / 2, end.y / 4)
    var places = [(x + 2, y), (x + 2, y - 1), (x + 2, y + 1)]
    for back in [0, 4, 8, 14] {
      places += [-1, 1, -2, 2, -3, 3].map { (x - length - 1 - back, y + $0) }
    }
    for (column, row) in places {
      guard row >= 0, row < frame.height, column >= 0, column + length < frame.width else {
        continue
      }
      let isFree = (max(0, column - 1)...(column + length)).allSatisfy { cell in
        canvas.character(at: frame.left + cell, frame.top + row) == " "
      }
      guard isFree else { continue }
      canvas.text(line.name, at: frame.left + column, frame.top + row, line.style)
      return
    }
  }
}
