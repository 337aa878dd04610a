import Session
import Stack

/// The two buffers as lines of plain text, for output without a screen: each stretch of octets is a line.
public enum BuffersText {
  /// Both buffers of the direction at work, from left to right; nothing where there is no connection.
  public static func lines(_ scene: Scene) -> [String] {
    let view = BuffersView(scene, ViewState(), isFocused: false)
    guard let stream = view.stream else { return [] }
    let word = scene.say("순간", "moment")
    let start = view.facts.map(\.text).joined()
    var lines = ["\(view.subtitle)   \(word) \(scene.index)" + (start.isEmpty ? "" : "   \(start)")]
    lines += half(view.sending(stream), stream, view)
    lines += kept(stream, view)
    lines += half(view.receiving(stream), stream, view)
    lines += application(stream, view)
    return lines.flatMap { $0.wrapped(to: LadderText.width - 4, hanging: 2) }
  }

  private static func half(
    _ half: BufferHalf, _ stream: OctetStream, _ view: BuffersView
  ) -> [String] {
    if let remark = half.remark { return [half.title, "  " + remark] }
    var lines = [half.title + "   " + half.facts.joined(separator: ", ")]
    let marks = half.marks.map { mark in
      let name = mark.isEdge ? mark.names[1] : mark.names[0]
      return "\(name) \(view.numberText(mark.place, stream))"
    }
    lines.append("  " + marks.joined(separator: ", "))
    for stretch in half.stretches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard let name = stretch.names.first else {
        lines.append("  ?")
        continue
      }
      let first = view.numberText(stretch.range.lowerBound, stream)
      let last = view.numberText(stretch.range.upperBound - 1, stream)
      let range = stretch.range.count > 1 ? "\(first) – \(last)" : first
      let count = view.scene.say("\(stretch.range.count)바이트", "\(stretch.range.count) bytes")
      lines.append("  " + name.padded(to: 20) + range.padded(to: 24) + count)
    }
    return lines
  }

  private static func kept(_ stream: OctetStream, _ view: BuffersView) -> [String] {
    guard stream.hasSender, !view.sending(stream).hidesKept else { return [] }
    return KeptList(stream: stream, view: view).lines(isWide: true).map { line in
      line.map(\.text).joined()
    }
  }

  private static func application(_ stream: OctetStream, _ view: BuffersView) -> [String] {
    guard let end = stream.receiver, stream.hasReceiver else { return [] }
    let reading = ApplicationReading(stream)
    let sentence = reading.sentence(view.scene, end, width: .max) { view.numberText($0, stream) }
    let title = view.scene.say("앱 메모리  ", "program's memory  ")
    var lines = [title + sentence.text]
    let few = Array(reading.octets.prefix(16))
    if !few.isEmpty { lines.append("  \(hexadecimal(few))   \(printable(few))") }
    return lines
  }
}
