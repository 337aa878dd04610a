import Stack

/// The retransmission queue in words: what is kept until it is acknowledged.
struct KeptList {
  let stream: OctetStream
  let view: BuffersView
  let kept: [KeptSegment]

  private var scene: Scene { view.scene }

  init(stream: OctetStream, view: BuffersView, kept: [KeptSegment]? = nil) {
    self.stream = stream
    self.view = view
    self.kept = kept ?? stream.kept
  }

  private var title: String { scene.say("재전송 큐", "kept to resend") }

  /// What is said where no segment is listed.
  private var empty: StyledText {
    stream.inFlight == 0 ? StyledText(scene.say("비어 있음", "empty"), .dim) : StyledText("?")
  }

  // MARK: A line each

  /// A line about all of them, and one for each as far as there are lines.
  func lines(isWide: Bool, most: Int = .max) -> [[StyledText]] {
    guard !kept.isEmpty else { return [[StyledText(title + "  ", .dim), empty]] }
    let octets = kept.reduce(0) { $0 + $1.range.count }
    let count = scene.say(
      "세그먼트 \(kept.count)개 · \(octets)바이트", "\(kept.count) segments · \(octets) bytes")
    var lines = [[StyledText(title + "  ", .dim), StyledText(count)]]
    for (row, segment) in kept.enumerated() where lines.count < most {
      let rest = kept.count - row
      if rest > 1, lines.count == most - 1 {
        lines.append([StyledText(scene.say("  … \(rest)개 더", "  … \(rest) more"), .dim)])
      } else {
        lines.append(line(segment, isWide: isWide))
      }
    }
    return lines
  }

  private func line(_ segment: KeptSegment, isWide: Bool) -> [StyledText] {
    let number = segment.frame.map { "#\($0)" } ?? "–"
    let time = segment.sentAt.map { scene.milliseconds($0) + " ms" } ?? "–"
    let again =
      segment.times > 1
      ? scene.say("  ↻ \(segment.times)번 보냄", "  ↻ sent \(segment.times) times") : ""
    return [
      StyledText(
        "  " + firstNumber(of: segment).padded(to: 11),
        Style(scene.role(stream.from))),
      StyledText("\(segment.range.count)".padded(to: 6, .right)),
      StyledText("  " + number.padded(to: isWide ? 6 : 5)),
      StyledText(isWide ? time.padded(to: 15, .right) + "  " : ""),
      StyledText(words(segment.fate), segment.fate == .lost ? .warning : .plain),
      StyledText(again),
    ]
  }

  /// Its first number, unless a question asks for that of its frame.
  private func firstNumber(of segment: KeptSegment) -> String {
    // What is not on the line yet has no frame: zero is none's number.
    scene.isCovered(frame: segment.frame ?? 0, header: "tcp.seq")
      ? "?" : view.numberText(segment.range.lowerBound, stream)
  }

  private func words(_ fate: KeptSegment.Fate) -> String {
    switch fate {
    case .waiting: scene.say("선로를 기다림", "waits for the line")
    case .flying: scene.say("▸ 가는 중", "▸ on its way")
    case .lost: scene.say("✗ 잃음", "✗ lost")
    case .arrived: scene.say("도착함, ACK 전", "arrived, no ACK yet")
    case .told: scene.say("✓ SACK으로 앎", "✓ told by SACK")
    }
  }

  // MARK: All in one line

  /// `c+1461 1460 ✗  c+2921 1460  +3`: what has no room is counted.
  func drawLine(at start: Int, _ y: Int, on canvas: inout Canvas) {
    var x = start + canvas.text(title, at: start, y, .dim) + 2
    guard !kept.isEmpty else {
      canvas.text([empty], at: x, y)
      return
    }
    for (place, segment) in kept.enumerated() {
      let pieces = shortly(segment)
      let rest = kept.count - place
      let more = rest > 1 ? "  +\(rest - 1)".displayWidth : 0
      guard x + pieces.displayWidth + more <= canvas.width - 1 else {
        canvas.text("+\(rest)", at: x, y, .dim)
        return
      }
      x += canvas.text(pieces, at: x, y) + 2
    }
  }

  private func shortly(_ segment: KeptSegment) -> [StyledText] {
    var pieces = [
      StyledText(firstNumber(of: segment), Style(scene.role(stream.from))),
      StyledText(" \(segment.range.count)"),
    ]
    if segment.times > 1 { pieces.append(StyledText(" ↻\(segment.times - 1)")) }
    switch segment.fate {
    case .waiting: pieces.append(StyledText(" –", .dim))
    case .flying: pieces.append(StyledText(" ▸"))
    case .lost: pieces.append(StyledText(" ✗", Style.warning.inBold))
    case .arrived: break
    case .told: pieces.append(StyledText(" ✓"))
    }
    return pieces
  }
}
