import Course
import Session
import Wire

/// A foreign capture as linear text: its connections, its frames, and the ladder of one connection.
public enum ObservationPrint {
  /// - Parameters:
  ///   - frameCount: all frames of the file, also those that are not shown.
  ///   - chosen: only this connection; nil: all frames.
  ///   - name: the file's name.
  public static func text(
    _ observation: Observation, frameCount: Int, chosen: ObservedConnection?, name: String,
    _ language: Language
  ) -> String {
    var text = LinearText()
    func say(_ ko: String, _ en: String) -> String { language == .ko ? ko : en }
    text.paragraphs(name, indent: 0)
    let count = observation.connections.count
    text.line(
      say(
        "프레임 \(frameCount)개 · 접속 \(count)개",
        "\(counted(frameCount, "frame")) · \(counted(count, "connection"))"))
    if observation.frames.count < frameCount {
      let others = frameCount - observation.frames.count
      text.line(
        say(
          "\(others)개는 Ethernet 프레임이 아니라 보이지 않습니다.", "\(others) are not of Ethernet and not shown.")
      )
    }
    if let chosen {
      connection(chosen, observation, &text, language)
    } else {
      list(observation, &text, language)
      if count == 1, let only = observation.connections.first {
        connection(only, observation, &text, language)
      }
    }
    let frames = chosen.map { $0.frames.map { observation.frames[$0] } } ?? observation.frames
    if !frames.isEmpty {
      text.gap()
      text.line("  " + say("프레임", "Frames"))
    }
    for frame in frames { row(of: frame, &text, language) }
    return text.text
  }

  private static func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)" + (count == 1 ? "" : "s")
  }

  /// `   1  TCP  192.0.2.10:49152 ↔ 192.0.2.80:80   12 frames`.
  private static func list(
    _ observation: Observation, _ text: inout LinearText, _ language: Language
  ) {
    guard !observation.connections.isEmpty else { return }
    text.gap()
    text.line("  " + (language == .ko ? "접속" : "Connections"))
    for connection in observation.connections {
      let number = "\(connection.number)".padded(to: 6, .right)
      let kind = connection.transport == .tcp ? "TCP" : "UDP"
      let count = connection.frames.count
      let frames = language == .ko ? "프레임 \(count)개" : counted(count, "frame")
      text.ends(
        "\(number)  \(kind)  \(connection.ends[0]) ↔ \(connection.ends[1])", frames)
    }
  }

  /// Both ends with what the frames tell about their records, and the ladder.
  private static func connection(
    _ connection: ObservedConnection, _ observation: Observation, _ text: inout LinearText,
    _ language: Language
  ) {
    text.gap()
    text.rule()
    let title = language == .ko ? "접속 \(connection.number)" : "Connection \(connection.number)"
    text.ends(
      "\(title) · \(connection.ends[0]) ↔ \(connection.ends[1])",
      connection.transport == .tcp ? "TCP" : "UDP")
    if connection.transport == .tcp {
      text.gap()
      for (side, end) in connection.ends.enumerated() {
        record(connection.knowledge[side], of: "\(end)", &text)
      }
      text.paragraphs(
        language == .ko
          ? "?  선로에 오가지 않아 캡처로는 알 수 없는 것입니다."
          : "?  never sent on the wire, so a capture cannot know it.")
    }
    text.gap()
    for line in ObservedLadder(connection, observation, language).lines { text.line(line) }
  }

  /// The cells of an end's record, three to a row; `?` for what no frame tells.
  static func cells(_ end: ObservedEnd) -> [[(name: String, value: String)]] {
    func hexadecimal(_ number: SequenceNumber?) -> String {
      number.map { "0x" + $0.value.hexadecimal } ?? "?"
    }
    return [
      [("ISS", hexadecimal(end.iss)), ("SND.UNA", hexadecimal(end.sndUna)), ("pid, fd", "?")],
      [("IRS", hexadecimal(end.irs)), ("SND.NXT", hexadecimal(end.sndNxt)), ("RTO", "?")],
      [
        ("RCV.NXT", hexadecimal(end.rcvNxt)),
        ("SND.WND", end.sndWnd.map { "\($0)" } ?? "?"), ("cwnd", "?"),
      ],
    ]
  }

  private static func record(_ end: ObservedEnd, of name: String, _ text: inout LinearText) {
    text.ends("  \(name)", end.state ?? "?")
    for row in cells(end) {
      let line = row.map { $0.0.padded(to: 9) + $0.1.padded(to: 14) }.joined()
      text.line("    " + line)
    }
  }

  private static func row(
    of frame: ObservedFrame, _ text: inout LinearText, _ language: Language
  ) {
    var words = (frame.isRetransmission ? "↻ " : "") + FrameWords(frame.octets).text
    if frame.originalLength > frame.octets.count {
      words +=
        language == .ko
        ? "  (\(frame.originalLength)바이트 가운데)" : "  (of \(frame.originalLength))"
    }
    FrameText.write(number: frame.number, time: milliseconds(frame.time), words: words, &text)
  }

  /// The same for a column; from 10,000 s on in a larger unit.
  static func time(_ time: Int64?) -> String {
    guard let time else { return "?" }
    guard time < 0 else { return ClockText.fitting(time.magnitude) }
    return "-" + ClockText.fitting(time.magnitude, cells: ClockText.cells - 1)
  }

  /// Milliseconds with three decimals; `?` where the file has no time.
  static func milliseconds(_ time: Int64?) -> String {
    guard let time else { return "?" }
    let microseconds = (time.magnitude + 500) / 1_000
    let fraction = "\(microseconds % 1_000)"
    let sign = time < 0 ? "-" : ""
    return sign + "\(microseconds / 1_000)." + String(repeating: "0", count: 3 - fraction.count)
      + fraction
  }
}
