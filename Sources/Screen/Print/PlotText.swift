import Session
import Stack

/// What the curves show as a table of plain text, for output without a screen: a line for each of some times.
public enum PlotText {
  /// So many lines at most.
  static let rows = 16

  /// The numbers of the socket at work up to the scene's moment; nothing where no connection was opened.
  public static func lines(_ scene: Scene) -> [String] {
    let view = PlotView(scene, ViewState(), isFocused: false)
    guard let source = view.source else { return [] }
    let columns = Column.all(scene, source)
    var lines = [
      "\(view.subtitle)   " + view.facts.map(\.text).joined(),
      columns.map { $0.name.padded(to: $0.width, .right) }.joined(),
    ]
    let times = times(source, scene)
    for (place, time) in times.enumerated() {
      let before = place == 0 ? 0 : times[place - 1] + 1
      lines.append(
        columns.map { $0.text(before...max(before, time)).padded(to: $0.width, .right) }.joined())
    }
    return lines
  }

  /// Even steps from the first segment to the last that has happened.
  private static func times(_ source: PlotSource, _ scene: Scene) -> [UInt64] {
    let whole = source.times
    let last =
      [
        source.segments.last?.time, source.points(.unacknowledged).last?.time,
      ].compactMap { $0?.nanoseconds }.max() ?? whole.lowerBound
    guard last > whole.lowerBound else { return [last] }
    let step = (last - whole.lowerBound + UInt64(rows) - 2) / UInt64(rows - 1)
    var times = Array(stride(from: whole.lowerBound, to: last, by: Int(max(1, step))))
    times.append(last)
    return times
  }
}

/// A column of the table.
private struct Column {
  let name: String
  let width: Int
  /// What it says for the time from one line to the next; numbers are those at its end.
  let text: (ClosedRange<UInt64>) -> String

  static func all(_ scene: Scene, _ source: PlotSource) -> [Column] {
    var columns = [
      Column(name: "ms", width: 10) { ClockText.fitting($0.upperBound, cells: 9) },
      Column(name: scene.say("보냄", "sent"), width: 8) { span in
        let count = source.segments.firstPlace { $0.time.nanoseconds > span.upperBound }
        let sent = source.segments[..<count].last.map { source.offset($0.end) }
        return sent.map { "\($0)" } ?? "–"
      },
      offset("ACK", .unacknowledged, .sndUna, scene, source),
    ]
    columns += [
      number("SND.WND", .window, .sndWnd, scene, source, width: 8),
      number("cwnd", .congestionWindow, .cwnd, scene, source, width: 8),
      number("ssthresh", .threshold, .ssthresh, scene, source) { $0 >= 1 << 30 ? "∞" : "\($0)" },
      number("SRTT", .smoothed, .srtt, scene, source) {
        scene.milliseconds(Instant(nanoseconds: $0 * 1_000))
      },
      number("RTO", .timeout, .rto, scene, source, width: 6),
      count("✗", source.lost[...]),
      count("↻", source.segments.filter(\.isRetransmission)[...]),
    ]
    return columns
  }

  private static func number(
    _ name: String, _ quantity: SocketHistory.Quantity, _ field: Field, _ scene: Scene,
    _ source: PlotSource, width: Int = 9, _ write: @escaping (UInt64) -> String = { "\($0)" }
  ) -> Column {
    Column(name: name, width: width) { span in
      if scene.isCovered(source.memory, field) { return "?" }
      let points = source.points(quantity)
      let place = points.firstPlace { $0.time.nanoseconds > span.upperBound }
      return points[..<place].last.map { write($0.value) } ?? "–"
    }
  }

  private static func offset(
    _ name: String, _ quantity: SocketHistory.Quantity, _ field: Field, _ scene: Scene,
    _ source: PlotSource
  ) -> Column {
    number(name, quantity, field, scene, source, width: 8) { "\(source.offset($0))" }
  }

  private static func count(_ name: String, _ segments: ArraySlice<SentSegment>) -> Column {
    Column(name: name, width: 4) { span in
      let first = segments.firstPlace { $0.time.nanoseconds >= span.lowerBound }
      let last = segments.firstPlace { $0.time.nanoseconds > span.upperBound }
      return last > first ? "\(last - first)" : "–"
    }
  }
}
