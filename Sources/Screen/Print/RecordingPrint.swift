import Course
import Session
import Simulation
import Stack

/// A recording as linear text: of every run its ladder and its frames.
public enum RecordingPrint {
  /// Lines have at most 78 columns; there are no escape octets in it.
  public static func text(_ parts: [Recording.Part], name: String, _ language: Language) -> String {
    var text = LinearText()
    let lesson = parts.compactMap(\.lesson).first.map { " · \($0)" } ?? ""
    text.paragraphs(name + lesson, indent: 0)
    for place in parts.indices { write(place, of: parts, &text, language) }
    return text.text
  }

  private static func write(
    _ place: Int, of parts: [Recording.Part], _ text: inout LinearText, _ language: Language
  ) {
    let part = parts[place]
    func say(_ ko: String, _ en: String) -> String { language == .ko ? ko : en }
    let timeline = part.timeline
    let frames = timeline.frames.filter { $0.copyOf == nil }
    text.gap()
    text.rule()
    text.ends(
      "⑂ \(part.name) · seed \(timeline.configuration.seed)",
      say(
        "순간 \(timeline.momentCount)개 · 프레임 \(frames.count)개",
        "\(timeline.momentCount) moments · \(frames.count) frames"))
    if let origin = part.origin {
      text.line(
        say(
          "  \(origin.parent)의 순간 \(origin.fork)에서 갈라졌습니다.",
          "  It left \(origin.parent) at moment \(origin.fork)."))
    }
    let state = timeline.state(at: timeline.momentCount)
    let scene = Scene(timeline: timeline, state: state, language: language)
    if !timeline.frames.isEmpty {
      text.gap()
      for line in LadderText.lines(scene) { text.line(line) }
      text.gap()
      text.line("  " + say("프레임", "Frames"))
    }
    for (index, frame) in frames.enumerated() {
      let fate: String =
        switch frame.fate {
        case .lost: say(" · ✗ 잃음", " · ✗ lost")
        default: ""
        }
      let again = frame.isRetransmission ? "↻ " : ""
      FrameText.write(
        number: index + 1, time: scene.milliseconds(frame.sentAt),
        words: again + FrameWords(frame.octets).text + fate, &text)
      let step =
        Recording.step(ofMoment: frame.sentMoment, of: place, in: parts)
        .map { "\($0.id) · " } ?? ""
      text.line(
        String(repeating: " ", count: FrameText.column) + step
          + say("순간 \(frame.sentMoment)", "moment \(frame.sentMoment)"))
    }
  }
}

/// The row of a frame in a list.
enum FrameText {
  static let column = 24

  /// `     3      20.115 ms  192.0.2.10:49152 → …`.
  static func write(number: Int, time: String, words: String, _ text: inout LinearText) {
    let head = "\(number)".padded(to: 6, .right) + " " + "\(time) ms".padded(to: 15, .right)
    text.labelled(head, words, indent: 0, column: column)
  }
}
