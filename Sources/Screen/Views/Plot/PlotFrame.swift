import Session
import Stack

/// Where a plot's axes stand, and what of time and values they show.
struct PlotFrame {
  let source: PlotSource
  /// Cells of the drawing, without axes.
  let left: Int
  let top: Int
  let width: Int
  let height: Int
  let time: PlotAxis
  let value: PlotAxis
  /// Nanoseconds of the time's unit, and its name.
  let unit: (length: Double, name: String)
  let hasLegend: Bool

  /// Nil where there is nothing to draw.
  init?(_ view: PlotView, size: Size) {
    guard let source = view.source, size.width >= 24, size.height >= 5 else { return nil }
    self.source = source
    hasLegend = size.height >= 11
    top = 1
    height = max(1, size.height - (hasLegend ? 6 : size.height >= 8 ? 5 : 3))
    let times = Self.times(view, source)
    let span = times.upperBound - times.lowerBound
    unit = span >= 5e9 ? (1e9, "s") : span >= 2e6 ? (1e6, "ms") : (1e3, "µs")
    let values = Self.values(view, source, times)
    let axis = PlotAxis(
      values, most: max(2, height / 3), isLogarithmic: view.state.curve == .roundTrip)
    value = axis
    left = max(6, axis.ticks.map { tickText($0).count }.max() ?? 0) + 3
    width = max(1, size.width - left - 2)
    let length = unit.length
    time = PlotAxis(
      times.lowerBound / length...times.upperBound / length, most: max(2, width / 11))
  }

  /// The nanoseconds shown: all of the connection's, or a part with the cursor in it.
  private static func times(_ view: PlotView, _ source: PlotSource) -> ClosedRange<Double> {
    let whole = source.times
    let first = Double(whole.lowerBound)
    let all = Double(whole.upperBound) - first
    // What happens last is not hidden by the frame.
    guard view.state.zoom > 0 else { return first...(first + all * 1.02) }
    var span = all
    for _ in 0..<view.state.zoom where span > 4e5 { span /= 2 }
    let cursor =
      view.place.flatMap { view.time(of: view.events.moment($0)) }?.nanoseconds ?? whole.lowerBound
    let page = max(0, ((Double(cursor) - first) / (span / 2)).rounded(.down) - 1)
    let start = first + page * span / 2
    return start...(start + span * 1.02)
  }

  // MARK: The values' range

  private static func values(
    _ view: PlotView, _ source: PlotSource, _ times: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    switch view.state.curve {
    case .sequence: return sequences(source, times, isWhole: view.state.zoom == 0)
    case .congestion:
      var most = 1.0
      let history = source.history
      let quantities: [SocketHistory.Quantity] =
        source.hasCongestionWindow ? [.congestionWindow] : [.window]
      for point in quantities.flatMap({ history[$0] })
      where times.contains(Double(point.time.nanoseconds)) {
        most = max(most, Double(point.value))
      }
      let sent = Double(source.largestFlight)
      // A window far beyond what is used would leave the rest flat.
      return 0...(source.hasCongestionWindow ? max(most, sent) : min(most, max(sent * 3, 1))) * 1.05
    case .roundTrip:
      let history = source.history
      let trips = history[.sample].map { Double($0.value) / 1_000 }
      let timeouts = history[.timeout].map { Double($0.value) }
      let all = trips + timeouts
      return (all.min() ?? 1)...(all.max() ?? 1_000)
    }
  }

  private static func sequences(
    _ source: PlotSource, _ times: ClosedRange<Double>, isWhole: Bool
  ) -> ClosedRange<Double> {
    let first = UInt64(max(0, times.lowerBound))
    let last = UInt64(max(0, times.upperBound))
    var low = Int.max
    var high = 0
    let all = source.allSegments
    let begin = all.firstPlace { $0.time.nanoseconds >= first }
    for segment in all[begin...] {
      if segment.time.nanoseconds > last { break }
      low = min(low, source.offset(segment.sequence))
      high = max(high, source.offset(segment.end))
    }
    let acknowledged = source.history[.unacknowledged]
    let place = acknowledged.firstPlace { $0.time.nanoseconds > first }
    if place > 0 { low = min(low, source.offset(acknowledged[place - 1].value)) }
    if isWhole || low == .max { low = 0 }
    high = max(high, low + 1)
    let sent = high
    for edge in source.edges(source.history[.unacknowledged][...], source.history[.window][...])
    where times.contains(Double(edge.time)) {
      high = max(high, edge.value)
    }
    // An edge far above would press the stairs flat: it is left out then.
    if high - low > 3 * (sent - low) { high = sent + (sent - low) / 4 }
    return Double(low)...Double(high + max(1, (high - low) / 30))
  }

  // MARK: Places

  @inline(__always) func dotX(_ nanoseconds: UInt64) -> Int {
    Int((time.fraction(Double(nanoseconds) / unit.length) * Double(2 * width - 1)).rounded(.down))
  }

  @inline(__always) func dotY(_ value: Double) -> Int {
    4 * height - 1 - Int((self.value.fraction(value) * Double(4 * height - 1)).rounded())
  }

  /// The cell's column of an instant, counted from the axis.
  func column(_ time: Instant) -> Int {
    let x = dotX(time.nanoseconds)
    return x >= 0 ? x / 2 : -1
  }
}

extension PlotSource {
  /// A number at a time, in nanoseconds.
  struct Value {
    var time: UInt64
    var value: Int
  }

  /// The right edge, SND.UNA + SND.WND, each time that one of them was written.
  func edges(
    _ acknowledged: ArraySlice<SocketHistory.Point>, _ windows: ArraySlice<SocketHistory.Point>
  ) -> [Value] {
    merged(acknowledged, windows) { offset($0) + Int($1) }
  }

  /// SND.NXT − SND.UNA.
  func flights(
    _ next: ArraySlice<SocketHistory.Point>, _ acknowledged: ArraySlice<SocketHistory.Point>
  ) -> [Value] {
    merged(next, acknowledged) { max(0, offset($0) - offset($1)) }
  }

  /// Two numbers of which each is written at its own times.
  private func merged(
    _ one: ArraySlice<SocketHistory.Point>, _ other: ArraySlice<SocketHistory.Point>,
    _ value: (UInt64, UInt64) -> Int
  ) -> [Value] {
    var result: [Value] = []
    result.reserveCapacity(one.count + other.count)
    var (left, right) = (one.startIndex, other.startIndex)
    while left < one.endIndex || right < other.endIndex {
      let takesLeft =
        right >= other.endIndex
        || (left < one.endIndex && one[left].moment <= other[right].moment)
      let time = takesLeft ? one[left].time : other[right].time
      if takesLeft { left += 1 } else { right += 1 }
      guard left > one.startIndex, right > other.startIndex else { continue }
      result.append(
        Value(time: time.nanoseconds, value: value(one[left - 1].value, other[right - 1].value)))
    }
    return result
  }

  /// The most that was ever in flight in the run.
  var largestFlight: Int {
    flights(history[.next][...], history[.unacknowledged][...]).reduce(1) { max($0, $1.value) }
  }
}
