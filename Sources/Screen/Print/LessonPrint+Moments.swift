import Course
import Session
import Stack

// What happened: the moments that a reader follows, and the fields that they wrote.
extension LessonPrinter {
  /// Columns before a moment's sentence, and before a field that it wrote.
  private static let sentenceColumn = 4
  private static let fieldColumn = 6
  /// Columns before a field's old and new value.
  private static let valueColumn = 31

  mutating func happenings(of done: StepRun) {
    guard !done.moments.isEmpty else { return }
    let timeline = run.timeline(of: done)
    // The event in which the last step ends goes on to its own end.
    let end = isLast(done) ? timeline.momentCount : done.last
    var start = done.moments.lowerBound
    if run.steps.first(where: { $0.run == done.run })?.step.id == done.step.id {
      start = beginning(of: done, in: timeline)
    }
    guard start <= end else { return }
    text.gap()
    happenings(
      start..<(end + 1), in: timeline,
      showsLayers: done.step.show.contains(.stage), title: say("일어난 일", "What happens"))
  }

  /// What came before the first step of a run; gives the first moment that is still to be told. What is as in the
  /// main run is not told again.
  private mutating func beginning(of done: StepRun, in timeline: Timeline) -> Int {
    let same = done.run == 0 ? 0 : sharedMoments(timeline, run.runs[0].timeline)
    if same > Self.fewMoments {
      let end = min(same, done.last)
      text.gap()
      text.paragraphs(
        say("순간 1–\(end)까지는 처음 실행과 같습니다.", "Moments 1–\(end) are as in the first run."))
      return max(end, done.first) + 1
    }
    if done.first > 0 {
      text.gap()
      happenings(
        1..<(done.first + 1), in: timeline, showsLayers: false,
        title: say("시작하기 전에", "Before it begins"))
    }
    return done.first + 1
  }

  /// So few moments are told again, for a word about them would not be shorter.
  private static let fewMoments = 4

  /// How many moments two runs begin with that differ in nothing.
  private func sharedMoments(_ one: Timeline, _ other: Timeline) -> Int {
    for (place, (left, right)) in zip(one.moments, other.moments).enumerated() {
      let isSame =
        left.time == right.time && left.host == right.host && left.event == right.event
        && left.rule == right.rule && left.value == right.value && left.unit == right.unit
        && one.changes[left.changes] == other.changes[right.changes]
      guard isSame else { return place }
    }
    return min(one.momentCount, other.momentCount)
  }

  private mutating func happenings(
    _ moments: Range<Int>, in timeline: Timeline, showsLayers: Bool, title: String
  ) {
    let scene = Scene(
      timeline: timeline, state: timeline.state(at: moments.upperBound - 1), language: language)
    let range = "\(moments.lowerBound)–\(moments.upperBound - 1)"
    text.line("  \(title) · " + say("순간 \(range)", "moments \(range)"))
    var lastTime: Instant?
    for number in moments {
      guard let moment = timeline.moment(number), isTold(moment, showsLayers) else { continue }
      if moment.time != lastTime {
        text.gap()
        text.line("  " + scene.milliseconds(moment.time) + " ms")
      }
      lastTime = moment.time
      let sentence = EventProse.text(of: moment, in: timeline, language)
      text.paragraphs(sentence, indent: Self.sentenceColumn)
      for change in timeline.changes[moment.changes] { self.change(change, moment, scene) }
    }
  }

  /// Rules by which nothing happens: why nothing leaves now is worth a line.
  private static let waiting: RuleSet = [
    .nagleWaits, .sillyWindowWaits, .sendWindowFull, .congestionWindowFull, .karn, .textHeld,
    .urgentTold, .urgentRemains,
  ]

  /// A moment is told when it wrote something, when something waits, when an application or the wire had part in
  /// it, or when something went wrong; the others only where the layers are shown at work.
  private func isTold(_ moment: Moment, _ showsLayers: Bool) -> Bool {
    if showsLayers || !moment.changes.isEmpty || moment.reason != nil { return true }
    if let rule = moment.rule, Self.waiting.contains(rule) { return true }
    switch moment.event {
    case .call, .callReturned, .callFailed, .callBlocked, .socketCreated, .socketDeleted,
      .segmentRetransmitted, .timerFired, .urgentSignalled, .frameSent, .frameLost, .frameDamaged,
      .frameDuplicated, .frameDelayed, .frameReceived, .packetForwarded:
      return true
    default: return false
    }
  }

  /// `client 3 snd.nxt        – → 0x9a3c1f21            RFC 9293 §3.10.1`.
  private mutating func change(_ change: FieldChange, _ moment: Moment, _ scene: Scene) {
    // Octets that do not count yet: the reader is told when they do.
    guard change.wasSet || change.isSet else { return }
    let name = "\(scene.hostName(change.host)) \(change.socket) \(change.field.name)"
    let old = change.wasSet ? value(of: change, change.old, scene) : "–"
    let new = change.isSet ? value(of: change, change.new, scene) : "–"
    let start = String(repeating: " ", count: Self.fieldColumn) + name
    text.ends(
      start.padded(to: Self.valueColumn - 1) + " \(old) → \(new)",
      moment.rule?.reference.description ?? "", hanging: Self.valueColumn)
  }

  private func value(of change: FieldChange, _ raw: UInt64, _ scene: Scene) -> String {
    // What a state is called depends on the socket's transport, which the timeline knows.
    if change.field == .state, case .text(let name) = scene.timeline.meaning(of: change, raw) {
      return name
    }
    return scene.text(change.field, raw: raw, ControlBlock())
  }
}
