import Course
import Session
import Wire

/// The sequence diagram of a connection that was only captured: one time, for a capture has one place.
struct ObservedLadder {
  /// Cells between the two lines.
  private static let inside = 32
  private static let note = 12
  private static let names = ["c", "s"]
  /// So much silence has a row of its own, nanoseconds.
  private static let longSilence: Int64 = 500_000_000

  /// A line of the picture.
  struct Row {
    /// Its place among the frames of the connection; nil for silence.
    var frame: Int?
    /// The end that sent it.
    var side = 0
    var text: String
  }

  /// What the numbers count from, and the two ends.
  let heading: [String]
  let rows: [Row]

  var lines: [String] { heading + rows.map(\.text) + [Self.end] }

  /// The ends of the two lines.
  static let end =
    String(repeating: " ", count: 25) + "┴" + String(repeating: " ", count: inside) + "┴"

  /// - Parameters:
  ///   - range: places among the connection's frames; nil: all.
  ///   - isPlain: numbers as they are, counted from nothing.
  init(
    _ connection: ObservedConnection, _ observation: Observation, _ language: Language,
    _ range: Range<Int>? = nil, isPlain: Bool = false
  ) {
    let first = isPlain ? [nil, nil] : connection.origins
    heading = Self.heading(connection, language)
    var rows: [Row] = []
    let range = range ?? connection.frames.indices
    // What the frames just before tell is not said again.
    var states = ["", ""]
    var last: Int64?
    for place in max(0, range.lowerBound - 8)..<range.upperBound {
      let frame = observation.frames[connection.frames[place]]
      guard let unit = frame.unit, let side = connection.ends.firstIndex(of: unit.source) else {
        continue
      }
      let state = frame.state ?? (connection.transport == .tcp ? "?" : "")
      let shown = state == states[side] ? "" : state
      let before = last
      states[side] = state
      last = frame.time ?? last
      guard place >= range.lowerBound else { continue }
      if let before, let now = frame.time, now - before >= Self.longSilence {
        rows.append(Row(text: Self.silence(now - before, language)))
      }
      let label = Self.label(unit, isAgain: frame.isRetransmission, side: side, first: first)
      let text = Self.row(
        ObservationPrint.time(frame.time), label, tail: Self.tail(unit, language),
        side: side, state: shown)
      rows.append(Row(frame: place, side: side, text: text))
    }
    self.rows = rows
  }

  private static func heading(_ connection: ObservedConnection, _ language: Language) -> [String] {
    let head = "\(connection.ends[0])".padded(to: 24, .right)
    let ends = "\(head) ┬\(String(repeating: " ", count: inside))┬ \(connection.ends[1])"
    guard connection.transport == .tcp else { return [ends] }
    let names = [0, 1].map { side in
      let first = connection.origins[side]
      let value = first.map { "0x" + $0.value.hexadecimal } ?? "?"
      let isSYN = connection.knowledge[side].iss != nil || first == nil
      let note = isSYN ? "" : language == .ko ? " (SYN을 못 봄)" : " (SYN not seen)"
      return "\(Self.names[side]) = \(value)\(note)"
    }
    return ["  " + names.joined(separator: "   "), ends]
  }

  private static func silence(_ time: Int64, _ language: Language) -> String {
    let length = ClockText.span(time.magnitude)
    let words = language == .ko ? "\(length) 조용함" : "\(length) quiet"
    let left = String(repeating: " ", count: max(0, inside - words.displayWidth) / 2)
    return String(repeating: " ", count: 25) + "⋮" + (left + words).padded(to: inside) + "⋮"
  }

  private static func row(
    _ time: String, _ label: String, tail: String, side: Int, state: String
  ) -> String {
    var arrow = side == 0 ? "── \(label) " : " \(label) "
    let end = (tail.isEmpty ? "" : " \(tail) ") + (side == 0 ? "▸" : "──")
    arrow = side == 0 ? arrow : "◂─" + arrow
    let room = inside - arrow.displayWidth - end.displayWidth
    arrow += String(repeating: "─", count: max(0, room)) + end
    arrow = arrow.fitted(to: inside)
    let left = (side == 0 ? state : "").padded(to: note)
    let right = side == 1 ? " " + state : ""
    return time.padded(to: 11, .right) + " " + left + " │" + arrow + "│" + right
  }

  /// How much data it has, or that its sender can take none.
  private static func tail(_ unit: ObservedUnit, _ language: Language) -> String {
    if unit.data > 0 { return "\(unit.data)" }
    guard unit.transport == .tcp, unit.window == 0, !unit.flags.contains(.rst) else { return "" }
    return language == .ko ? "윈도우 0" : "window 0"
  }

  /// `SYN  c`, `ACK  c+1, s+1`, `c+1`; numbers count from a SYN that was captured.
  private static func label(
    _ unit: ObservedUnit, isAgain: Bool, side: Int, first: [SequenceNumber?]
  ) -> String {
    guard unit.transport == .tcp else { return "UDP" }
    func relative(_ number: SequenceNumber, _ side: Int) -> String {
      guard let iss = first[side], number.distance(from: iss) < 1 << 30 else {
        return "0x" + number.value.hexadecimal
      }
      let distance = number.distance(from: iss)
      return distance == 0 ? names[side] : "\(names[side])+\(distance)"
    }
    let again = isAgain ? "↻ " : ""
    var flags = unit.flags
    flags.remove(.psh)
    let sequence = relative(unit.sequence, side)
    if unit.data > 0, flags == .ack { return again + sequence }
    guard flags.contains(.ack) else { return again + "\(flags)  \(sequence)" }
    let acknowledgment = relative(unit.acknowledgment, 1 - side)
    if unit.length == 0, flags == .ack { return "ACK  \(sequence), \(acknowledgment)" }
    return again + "\(flags)  \(sequence), \(acknowledgment)"
  }
}
