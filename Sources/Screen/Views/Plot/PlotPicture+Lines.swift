import Course
import Session
import Stack

/// The lines below a plot: what its signs mean, what the cursor is on, and why.
extension PlotPicture {
  // MARK: Signs

  func drawLegend(at y: Int, on canvas: inout Canvas) {
    var pieces: [StyledText] = []
    func add(_ sign: String, _ style: Style, _ words: String) {
      if !pieces.isEmpty { pieces.append(StyledText("   ")) }
      pieces += [StyledText(sign, style), StyledText(" " + words)]
    }
    if view.state.curve != .roundTrip {
      let lost = visibleLosses.count
      let again = visibleSegments.reduce(0) { $0 + ($1.isRetransmission ? 1 : 0) }
      if lost > 0 { add("✗", Style.warning.inBold, scene.say("잃음 \(lost)", "lost \(lost)")) }
      if again > 0 {
        add("↻", Style.accent.inBold, scene.say("다시 보냄 \(again)", "sent again \(again)"))
      }
      let kinds = recoveries.map(\.kind)
      if kinds.contains(.fast) { add("▓", .warning, scene.say("빠른 회복", "fast recovery")) }
      if kinds.contains(.afterTimeout) {
        add("░", .warning, scene.say("시간 초과 뒤", "after a timeout"))
      }
    }
    let next = "PgDn " + scene.say("다음 곡선", "next curve")
    if pieces.displayWidth + next.displayWidth + 6 <= canvas.width {
      canvas.text(next, endingBefore: canvas.width - 1, y, .dim)
    }
    canvas.text(pieces, at: 2, y, width: canvas.width - 3)
  }

  // MARK: The cursor

  func drawClosing(on canvas: inout Canvas) {
    guard canvas.height >= 6 else { return }
    let y = canvas.height - 2
    guard let place = view.place, let time = view.time(of: view.events.moment(place)) else {
      let text = scene.say("아직 그릴 것이 없습니다.", "There is nothing to draw yet.")
      canvas.text(text, at: 2, y, .dim, width: canvas.width - 3)
      return
    }
    var x = 2
    x += canvas.text("▾ ", at: x, y, Style.accent.inBold)
    x += canvas.text(scene.milliseconds(time) + " ms   ", at: x, y)
    let forms = view.segment.map { segmentForms($0) } ?? [numbers(view.events.moment(place))]
    let room = canvas.width - x - 1
    let pieces = forms.first { $0.displayWidth <= room } ?? forms.last ?? []
    canvas.text(pieces, at: x, y, width: room)
    guard let number = view.target, let rule = scene.timeline.moment(number)?.rule else { return }
    canvas.closingLines(
      [
        ClosingLine(
          label: StyledText(scene.say("왜", "why"), .dim),
          text: [StyledText(RuleProse.text(rule, scene.language))],
          reference: rule.reference.description, hasWhy: true)
      ], at: 2, most: 1)
  }

  /// `segment #7   SEQ c+8761   1460   arrived 31.403 ms`, from the longest form to the shortest.
  private func segmentForms(_ segment: SentSegment) -> [[StyledText]] {
    let number = scene.relative(segment.sequence, of: source.memory.host)
    let isCovered =
      scene.isCovered(frame: segment.frame, header: "tcp.seq")
      || scene.isCovered(source.memory, .sndNxt)
    let sequence = StyledText(isCovered ? "?" : number, Style(scene.role(source.memory.host)))
    let fate = fate(of: segment)
    let name = scene.say("세그먼트 #\(segment.frame)", "segment #\(segment.frame)")
    let length = StyledText("   \(segment.length)   ")
    return [
      [StyledText("\(name)   SEQ "), sequence, length] + fate.long,
      [StyledText("#\(segment.frame)  "), sequence, StyledText("  \(segment.length)  ")]
        + fate.long,
      [StyledText("#\(segment.frame) "), sequence, StyledText(" \(segment.length) ")] + fate.short,
    ]
  }

  private func fate(of segment: SentSegment) -> (long: [StyledText], short: [StyledText]) {
    var long: [StyledText] = []
    var short: [StyledText] = []
    if segment.isRetransmission {
      long += [StyledText("↻ ", Style.accent.inBold), StyledText(reason(of: segment) + "  ")]
      short.append(StyledText("↻ ", Style.accent.inBold))
    }
    guard let record = scene.timeline.frame(segment.frame), scene.hasEnded(record) else {
      let text = scene.say("가는 중", "on its way")
      return (long + [StyledText(text)], short + [StyledText(text)])
    }
    if record.fate == .lost {
      let pieces = [
        StyledText("✗ ", Style.warning.inBold), StyledText(scene.say("잃음", "lost"), .warning),
      ]
      return (long + pieces, short + pieces)
    }
    let time = record.receivedAt.map { " " + scene.milliseconds($0) + " ms" } ?? ""
    let word = scene.say("도착", "arrived")
    return (long + [StyledText(word + time)], short + [StyledText(word)])
  }

  /// Why a segment was sent again, in two words.
  private func reason(of segment: SentSegment) -> String {
    let rule = scene.building(of: segment).flatMap { scene.timeline.moment($0)?.rule }
    switch rule {
    case .fastRetransmit: return scene.say("빠른 재전송", "fast retransmit")
    case .retransmit: return scene.say("RTO 만료", "RTO over")
    case .partialAck: return scene.say("부분 ACK", "partial ACK")
    case .resendsLost: return scene.say("잃은 것으로 봄", "held for lost")
    case .probeWindow: return scene.say("윈도우 확인", "window probe")
    default: return scene.say("다시 보냄", "sent again")
    }
  }

  /// What the numbers of the other curves are at a moment.
  private func numbers(_ moment: Int) -> [StyledText] {
    func value(_ quantity: SocketHistory.Quantity) -> UInt64? {
      source.history.value(quantity, at: moment)
    }
    func piece(_ name: String, _ text: String, _ field: Field) -> String {
      "\(name) " + (scene.isCovered(source.memory, field) ? "?" : text)
    }
    var texts: [String] = []
    switch view.state.curve {
    case .sequence: break
    case .congestion:
      if let window = value(.congestionWindow) { texts.append(piece("cwnd", "\(window)", .cwnd)) }
      if let threshold = value(.threshold) {
        // Before a loss there is none: it begins as high as it can be.
        let text = threshold >= 1 << 30 ? "∞" : "\(threshold)"
        texts.append(piece("ssthresh", text, .ssthresh))
      }
      if let next = value(.next), let first = value(.unacknowledged) {
        let flight = max(0, source.offset(next) - source.offset(first))
        texts.append(piece("NXT−UNA", "\(flight)", .sndNxt))
      }
      if let window = value(.window) { texts.append(piece("SND.WND", "\(window)", .sndWnd)) }
    case .roundTrip:
      func span(_ microseconds: UInt64) -> String {
        scene.milliseconds(Instant(nanoseconds: microseconds * 1_000)) + " ms"
      }
      if let sample = value(.sample) {
        texts.append(piece(scene.say("재 본 값", "sample"), span(sample), .srtt))
      }
      if let smoothed = value(.smoothed) { texts.append(piece("SRTT", span(smoothed), .srtt)) }
      if let timeout = value(.timeout) { texts.append(piece("RTO", "\(timeout) ms", .rto)) }
    }
    return [StyledText(texts.joined(separator: "   "))]
  }
}
