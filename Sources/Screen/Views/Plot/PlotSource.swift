import Session
import Stack
import Wire

/// What one socket has sent over time, read off the run up to a moment.
struct PlotSource {
  let scene: Scene
  let history: SocketHistory
  let opening: SocketHistory.Opening
  /// The segments with numbers that it has put on the line up to now, and all that the run has of them.
  let segments: ArraySlice<SentSegment>
  let allSegments: ArraySlice<SentSegment>

  init?(_ history: SocketHistory, _ scene: Scene) {
    guard let opening = history.opening, opening.moment <= scene.index else { return nil }
    self.scene = scene
    self.history = history
    self.opening = opening
    let all = scene.timeline.segments(
      from: history.host, port: opening.port, to: opening.peerPort)
    // Another connection may have had the same ports before.
    let first = all.firstPlace { segment in
      (scene.timeline.frame(segment.frame)?.sentMoment ?? 0) >= opening.moment
    }
    let newest = UInt32(clamping: scene.frames.endIndex)
    allSegments = all[first...]
    segments = allSegments[..<allSegments.firstPlace { $0.frame > newest }]
  }

  var memory: MemoryReference { MemoryReference(host: history.host, socket: history.socket) }
  var name: String { scene.hostName(history.host) }

  /// Octets from ISS.
  func offset(_ number: UInt64) -> Int {
    let iss = UInt64(opening.sequence.value)
    return Int(UInt32(truncatingIfNeeded: number &- iss))
  }

  func offset(_ number: SequenceNumber) -> Int { offset(UInt64(number.value)) }

  func points(_ quantity: SocketHistory.Quantity) -> ArraySlice<SocketHistory.Point> {
    history.points(quantity, upTo: scene.index)
  }

  /// The segments that have been lost on the way by now, in the order of their frames.
  var lost: [SentSegment] {
    let frames = scene.timeline.frames
    let losses = scene.timeline.losses
    let count = losses.firstPlace { (frames[Int($0) - 1].endMoment ?? .max) > scene.index }
    return losses[..<count].sorted().compactMap { number in
      let place = segments.firstPlace { $0.frame >= number }
      return place < segments.endIndex && segments[place].frame == number ? segments[place] : nil
    }
  }

  /// The first and the last time that the whole picture has: of the whole run, so that the axis stands still. A
  /// FIN long after the last text would press everything before it together.
  var times: ClosedRange<UInt64> {
    let first = scene.timeline.moment(opening.moment)?.time.nanoseconds ?? 0
    let text = allSegments.last { $0.length > 1 }
    let numbers = history[.unacknowledged]
    let acknowledged = text.flatMap { text in
      let place = numbers.firstPlace { offset($0.value) >= offset(text.end) }
      return place < numbers.count ? numbers[place] : nil
    }
    let last =
      [allSegments.last?.time, history[.unacknowledged].last?.time]
      .compactMap { $0?.nanoseconds }.max() ?? first
    let end = [text?.time, acknowledged?.time].compactMap { $0?.nanoseconds }.max() ?? last
    let shown = last - first > (end - first) / 4 * 5 ? end : last
    return first...max(shown, first + 1_000_000)
  }

  // MARK: Finding it

  /// The sockets that have opened a connection by now.
  static func all(_ scene: Scene) -> [SocketHistory] {
    scene.timeline.histories.filter { ($0.opening?.moment ?? .max) <= scene.index }
  }

  /// The socket asked for; else of the connection at work the one that has sent more.
  static func chosen(_ choice: StreamChoice?, _ scene: Scene) -> PlotSource? {
    let all = all(scene)
    if let choice, choice.sends,
      let named = all.first(where: {
        $0.host == choice.record.host && $0.socket == choice.record.socket
      })
    {
      return PlotSource(named, scene)
    }
    let work = scene.recordAtWork
    let own = all.first { $0.host == work?.host && $0.socket == work?.socket } ?? all.last
    guard let own, let opening = own.opening else { return nil }
    let ends = [own] + all.filter { isPeer($0, of: own, opening) }.suffix(1)
    let sources = ends.compactMap { PlotSource($0, scene) }.map { ($0, $0.sentOctets) }
    return sources.max { $0.1 < $1.1 }?.0
  }

  private static func isPeer(
    _ other: SocketHistory, of own: SocketHistory, _ opening: SocketHistory.Opening
  ) -> Bool {
    other.host != own.host && other.opening?.port == opening.peerPort
      && other.opening?.peerPort == opening.port
  }

  private var sentOctets: Int { segments.last.map { offset($0.end) } ?? 0 }
}

/// What a plot shows.
public enum PlotCurve: Int, CaseIterable, Hashable, Sendable {
  case sequence, congestion, roundTrip
}
