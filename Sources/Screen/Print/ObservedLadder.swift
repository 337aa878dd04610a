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

  let lines: [String]

  init(_ connection: ObservedConnection, _ observation: Observation, _ language: Language) {
    let isTCP = connection.transport == .tcp
    let first = connection.origins
    var lines: [String] = []
    if isTCP {
      let names = [0, 1].map { side in
        let value = first[side].map { "0x" + $0.value.hexadecimal } ?? "?"
        let isSYN = connection.knowledge[side].iss != nil || first[side] == nil
        let note = isSYN ? "" : language == .ko ? " (SYN을 못 봄)" : " (SYN not seen)"
        return "\(Self.names[side]) = \(value)\(note)"
      }
      lines.append("  " + names.joined(separator: "   "))
    }
    let head = "\(connection.ends[0])".padded(to: 24, .right)
    lines.append("\(head) ┬\(String(repeating: " ", count: Self.inside))┬ \(connection.ends[1])")
    var states = ["", ""]
    var last: Int64?
    for place in connection.frames {
      let frame = observation.frames[place]
      guard let unit = frame.unit, let side = connection.ends.firstIndex(of: unit.source) else {
        continue
      }
      if let before = last, let now = frame.time, now - before >= Self.longSilence {
        let silence = ObservationPrint.milliseconds(now - before)
        let words = language == .ko ? "\(silence) ms 조용함" : "\(silence) ms quiet"
        let blank = max(0, Self.inside - words.displayWidth)
        let left = String(repeating: " ", count: blank / 2)
        lines.append(
          String(repeating: " ", count: 25) + "⋮"
            + (left + words).padded(to: Self.inside) + "⋮")
      }
      last = frame.time ?? last
      let state = frame.state ?? (isTCP ? "?" : "")
      let shown = state == states[side] ? "" : state
      states[side] = state
      let label = Self.label(unit, isAgain: frame.isRetransmission, side: side, first: first)
      lines.append(
        Self.row(
          ObservationPrint.milliseconds(frame.time), label, tail: Self.tail(unit, language),
          side: side,
          state: shown))
    }
    lines.append(
      String(repeating: " ", count: 25) + "┴" + String(repeating: " ", count: Self.inside) + "┴")
    self.lines = lines
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
