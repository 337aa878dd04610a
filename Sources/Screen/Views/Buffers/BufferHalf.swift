import Stack
import Wire

/// One of the two buffers as it is drawn: its marks, its stretches, its window.
struct BufferHalf {
  /// A stretch of octets with one texture.
  struct Stretch {
    let range: Range<Int>
    let sign: Character
    /// Its name, from the longest form to the shortest.
    let names: [String]
    let style: Style
    /// The fields that its ends and its length tell.
    var tells: Set<Field> = []
    /// Nothing that is known stands behind it.
    var isLast = false
  }

  var title: String
  var host: Role
  var facts: [String] = []
  var marks: [BufferMark] = []
  var stretches: [Stretch] = []
  /// The window, and what stands on its bracket from the longest form to the shortest.
  var window: Range<Int>?
  var windowTexts: [String] = []
  /// The window lets nothing through.
  var isShut = false
  /// What is said in place of the picture.
  var remark: String?
  /// The fields that an open question asks for: of each its figures are missing, and the stretches that show it
  /// are `?`.
  var covered: Set<Field> = []

  /// The list of what is kept tells where it begins and ends, and how much it is.
  var hidesKept: Bool { !covered.isDisjoint(with: [.sndUna, .sndNxt, .sendQueue]) }

  /// A figure, unless it gives one of these fields away.
  fileprivate func text(_ text: String, besides fields: Set<Field>) -> String {
    covered.isDisjoint(with: fields) ? text : "?"
  }

  /// Leaves out what gives a covered field away.
  fileprivate mutating func hideCovered() {
    guard !covered.isEmpty else { return }
    marks.removeAll { covered.contains($0.field) }
    stretches = stretches.map { $0.gives(covered) ? $0.unknown : $0 }
    if !covered.isDisjoint(with: [.sndUna, .sndWnd, .rcvNxt, .rcvWnd]) {
      window = nil
      isShut = false
    }
  }
}

extension BufferHalf.Stretch {
  /// Whether where it begins or ends, or how long it is, tells one of these fields.
  fileprivate func gives(_ fields: Set<Field>) -> Bool { !tells.isDisjoint(with: fields) }

  /// The same without what it is, and without its end.
  fileprivate var unknown: Self {
    let end = isLast ? range.upperBound + (1 << 24) : range.upperBound
    return Self(range: range.lowerBound..<end, sign: "?", names: [], style: .dim)
  }
}

extension BuffersView {
  func mark(
    _ field: Field, _ end: OctetStream.End, _ place: Int, _ names: [String], isEnd: Bool = false
  ) -> BufferMark {
    BufferMark(field: field, memory: end.memory, place: place, names: names, isEnd: isEnd)
  }

  /// `c+8761`, or the plain number.
  func numberText(_ place: Int, _ stream: OctetStream) -> String {
    scene.relative(stream.number(place), of: stream.from, from: origins)
  }

  private func edgeNames(_ place: Int, _ stream: OctetStream) -> [String] {
    let word = scene.say("오른쪽 끝", "right edge")
    return ["\(word) \(numberText(place, stream))", word, scene.say("끝", "edge")]
  }

  private func covered(_ end: OctetStream.End, among fields: [Field]) -> Set<Field> {
    Set(fields.filter { scene.isCovered(end.memory, $0) })
  }

  // MARK: The sender's

  func sending(_ stream: OctetStream) -> BufferHalf {
    let name = scene.hostName(stream.from)
    var half = BufferHalf(
      title: scene.say("보내는 버퍼 · \(name)", "send buffer · \(name)"), host: scene.role(stream.from))
    guard let end = stream.sender, stream.hasSender else {
      half.remark = absence(of: stream.sender, at: stream.from, sends: true)
      return half
    }
    half.covered = covered(end, among: [.sndUna, .sndNxt, .sndWnd, .sendQueue, .unsent, .cwnd])
    let (next, edge, written) = (stream.next, stream.edge, stream.written)
    let total = written - max(stream.start, stream.textStart - (1 << 30))
    half.facts = [
      scene.say("쓴 것 ", "written ") + half.text("\(total)", besides: [.sendQueue, .unsent]),
      scene.say("가는 중 ", "in flight ")
        + half.text("\(stream.inFlight)", besides: [.sndUna, .sndNxt, .sendQueue]),
      scene.say("더 보내도 됨 ", "may go ")
        + half.text("\(stream.usable)", besides: [.sndUna, .sndNxt, .sndWnd, .cwnd]),
    ]
    half.marks = [
      mark(.sndUna, end, 0, ["SND.UNA", "UNA"]), mark(.sndNxt, end, next, ["SND.NXT", "NXT"]),
    ]
    if end.block.isSet(.sndWnd) {
      half.marks.append(mark(.sndWnd, end, edge, edgeNames(edge, stream), isEnd: edge > 0))
    }
    if let most = stream.congestionWindow, most < stream.window {
      half.marks.append(
        mark(.cwnd, end, most, ["cwnd \(numberText(most, stream))", "cwnd"], isEnd: true))
    }
    half.stretches = sendingStretches(stream, next: next, edge: edge, written: written)
    half.window = 0..<max(edge, 0)
    half.isShut = edge == 0 && end.block.isSet(.sndWnd)
    let window = scene.say("윈도우 \(edge)", "window \(edge)")
    half.windowTexts =
      next <= edge
      ? ["\(window) = \(next) + \(edge - next)", window] : ["\(window) < \(next)", window]
    if !half.covered.isDisjoint(with: [.sndNxt, .sendQueue]) { half.windowTexts.removeFirst() }
    half.hideCovered()
    return half
  }

  private func sendingStretches(
    _ stream: OctetStream, next: Int, edge: Int, written: Int
  ) -> [BufferHalf.Stretch] {
    var stretches: [BufferHalf.Stretch] = []
    func add(
      _ low: Int, _ high: Int, _ sign: Character, _ names: [String], _ style: Style,
      _ tells: Set<Field>
    ) {
      guard low < high else { return }
      stretches.append(
        BufferHalf.Stretch(
          range: low..<high, sign: sign, names: names, style: style, tells: tells,
          isLast: high == max(next, edge, written)))
    }
    let start = min(stream.start, 0)
    add(
      max(start, -(1 << 30)), 0, "·", scene.say(["확인됨"], ["confirmed", "done"]), .dim, [.sndUna])
    add(
      max(next, edge), written, "╌",
      scene.say(["윈도우 밖", "밖"], ["outside the window", "outside"]), .dim,
      [.sndWnd, .sendQueue, .unsent])
    let may = scene.say(["지금 보내도 됨", "보내도 됨"], ["may go now", "may go"])
    add(max(next, 0), edge, "░", may, .plain, [.sndNxt, .sndWnd])
    add(
      0, next, "▓", scene.say(["가는 중"], ["in flight", "flying"]),
      Style(scene.role(stream.from)), [.sndUna, .sndNxt, .sendQueue])
    return stretches
  }

  // MARK: The receiver's

  func receiving(_ stream: OctetStream) -> BufferHalf {
    let name = scene.hostName(stream.to)
    var half = BufferHalf(
      title: scene.say("받는 버퍼 · \(name)", "receive buffer · \(name)"), host: scene.role(stream.to))
    guard let end = stream.receiver, stream.hasReceiver else {
      half.remark = absence(of: stream.receiver, at: stream.to, sends: false)
      return half
    }
    half.covered = covered(end, among: [.rcvNxt, .rcvWnd, .receiveQueue])
    let islands = stream.islands.map(\.range)
    let early = islands.reduce(0) { $0 + $1.count }
    half.facts = [
      scene.say("읽기 전 ", "unread ") + half.text("\(stream.waiting)", besides: [.receiveQueue]),
      scene.say("먼저 옴 \(early)", "early \(early)"),
      scene.say("윈도우 ", "window ") + half.text("\(stream.room)", besides: [.rcvWnd]),
    ]
    let (expected, edge) = (stream.expected, stream.receiverEdge)
    half.marks = [
      mark(.rcvNxt, end, expected, ["RCV.NXT", "NXT"]),
      mark(.rcvWnd, end, edge, edgeNames(edge, stream), isEnd: edge > expected),
    ]
    half.stretches = receivingStretches(stream, islands, expected: expected, edge: edge)
    half.window = expected..<max(edge, expected)
    half.isShut = edge <= expected
    half.windowTexts = [scene.say("윈도우 \(stream.room)", "window \(stream.room)")]
    half.hideCovered()
    return half
  }

  private func receivingStretches(
    _ stream: OctetStream, _ islands: [Range<Int>], expected: Int, edge: Int
  ) -> [BufferHalf.Stretch] {
    var stretches: [BufferHalf.Stretch] = []
    func add(
      _ low: Int, _ high: Int, _ sign: Character, _ names: [String], _ style: Style,
      _ tells: Set<Field> = []
    ) {
      guard low < high else { return }
      stretches.append(
        BufferHalf.Stretch(
          range: low..<high, sign: sign, names: names, style: style, tells: tells,
          isLast: high == edge))
    }
    let unread = stream.unread
    add(
      max(min(stream.start, unread), unread - (1 << 30)), unread, "·",
      scene.say(["앱이 읽음", "읽음"], ["read", "read"]), .dim,
      [.rcvNxt, .receiveQueue])
    let last = islands.last?.upperBound ?? expected
    add(
      last, edge, "░", scene.say(["빈자리"], ["room"]), .plain,
      islands.isEmpty ? [.rcvWnd, .rcvNxt] : [.rcvWnd])
    var gap = expected
    for island in islands {
      add(gap, island.lowerBound, " ", scene.say(["빈 곳"], ["gap"]), .warning, [.rcvNxt])
      gap = max(gap, island.upperBound)
    }
    for island in islands {
      add(
        island.lowerBound, island.upperBound, "▓", scene.say(["먼저 옴", "먼저"], ["early"]),
        Style(scene.role(stream.from)))
    }
    add(
      unread, stream.textEnd, "█", scene.say(["읽기 전"], ["unread"]),
      Style(scene.role(stream.from)), [.rcvNxt, .receiveQueue])
    return stretches
  }

  // MARK: Nothing to show

  private func absence(of end: OctetStream.End?, at host: HostID, sends: Bool) -> String {
    if scene.isOutside(host) {
      return scene.say(
        "? 커널의 메모리는 여기서 볼 수 없습니다.", "? The kernel's memory cannot be seen from here.")
    }
    guard let end else {
      return scene.say(
        "– 이 끝에는 지금 이 연결의 기록이 없습니다.", "– There is no record of this connection at this end now.")
    }
    let state = scene.text(.state, of: end.memory, end.block)
    return scene.say(
      "– \(state): 아직 번호가 정해지지 않았습니다.", "– \(state): no numbers are settled yet.")
  }
}

extension Scene {
  /// One of two lists of forms.
  func say(_ ko: [String], _ en: [String]) -> [String] { language == .ko ? ko : en }
}
