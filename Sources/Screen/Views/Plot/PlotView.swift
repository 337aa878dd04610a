import Course
import Session
import Stack

/// View 9: sequence numbers, the windows and the round trip over time, as one end of a connection has them.
public struct PlotView: PaneView {
  let scene: Scene
  let state: ViewState
  let isFocused: Bool
  let source: PlotSource?

  public init(_ scene: Scene, _ state: ViewState, isFocused: Bool) {
    self.scene = scene
    self.state = state
    self.isFocused = isFocused
    source = PlotSource.chosen(state.stream, scene)
  }

  // MARK: The title rule

  public var subtitle: String {
    guard let source else { return "" }
    return "\(source.name) → \(scene.hostName(scene.peer(of: source.memory.host)))"
  }

  public var facts: [StyledText] {
    guard let source else { return [] }
    let name: String
    switch state.curve {
    case .sequence: name = scene.say("시간에 따른 번호", "sequence over time")
    case .congestion:
      name =
        source.hasCongestionWindow
        ? scene.say("혼잡 윈도우", "congestion window") : scene.say("가는 중인 바이트", "bytes in flight")
    case .roundTrip: name = scene.say("왕복 시간", "round trip")
    }
    guard state.curve == .sequence else { return [StyledText(name)] }
    let number =
      scene.isCovered(source.memory, .iss) ? "?" : scene.hexadecimal(source.opening.sequence)
    let role = Style(scene.role(source.memory.host))
    return [StyledText("\(name)   ISS = "), StyledText(number, role)]
  }

  // MARK: The cursor

  /// The moments that the cursor goes over, in order: segments sent, or numbers written.
  var events: PlotEvents {
    guard let source else { return PlotEvents(count: 0) { _ in 0 } }
    switch state.curve {
    case .sequence:
      let frames = scene.timeline.frames
      let segments = source.segments
      return PlotEvents(count: segments.count) { place in
        frames[Int(segments[segments.startIndex + place].frame) - 1].sentMoment
      }
    case .congestion:
      let points = source.points(source.hasCongestionWindow ? .congestionWindow : .next)
      return PlotEvents(count: points.count) { points[points.startIndex + $0].moment }
    case .roundTrip:
      let points = source.points(.sample)
      return PlotEvents(count: points.count) { points[points.startIndex + $0].moment }
    }
  }

  /// The place of the event under the cursor: the chosen one, else the last.
  var place: Int? {
    let events = events
    guard events.count > 0 else { return nil }
    guard case .row(let moment) = state.selection else { return events.count - 1 }
    return max(0, events.firstPlace(after: moment) - 1)
  }

  public func moved(_ motion: Motion, size: Size) -> ViewState? {
    switch motion {
    case .left: return stepped(-1, size)
    case .right: return stepped(1, size)
    case .pageDown: return turned(1)
    case .pageUp: return turned(-1)
    case .up: return neighbour(-1)
    case .down: return neighbour(1)
    }
  }

  private func turned(_ step: Int) -> ViewState? {
    let curves = PlotCurve.allCases
    var next = state
    next.curve = curves[(state.curve.rawValue + step + curves.count) % curves.count]
    next.selection = nil
    return next
  }

  /// The socket before or after this one that has opened a connection.
  private func neighbour(_ step: Int) -> ViewState? {
    let all = PlotSource.all(scene)
    let own = all.firstIndex {
      $0.host == source?.memory.host && $0.socket == source?.memory.socket
    }
    guard let own, all.indices.contains(own + step) else { return nil }
    let other = all[own + step]
    var next = state
    next.stream = StreamChoice(
      record: MemoryReference(host: other.host, socket: other.socket), sends: true)
    next.selection = nil
    return next
  }

  /// More events than these in one column are passed at once.
  private static let crowd = 4

  private func stepped(_ sign: Int, _ size: Size) -> ViewState? {
    let events = events
    guard let place else { return nil }
    var next = place + sign
    if let frame = PlotFrame(self, size: PlotView.inner(size)) {
      func column(_ place: Int) -> Int? {
        guard (0..<events.count).contains(place) else { return nil }
        return time(of: events.moment(place)).map { frame.column($0) }
      }
      if column(place + sign * Self.crowd) == column(place) {
        while let here = column(next), here == column(place) { next += sign }
      }
    }
    next = min(max(0, next), events.count - 1)
    guard next != place else { return nil }
    var moved = state
    moved.stream = source.map { StreamChoice(record: $0.memory, sends: true) }
    // The newest is not held on to: it follows the time.
    moved.selection = next == events.count - 1 ? nil : .row(events.moment(next))
    return moved
  }

  func time(of moment: Int) -> Instant? { scene.timeline.moment(moment)?.time }

  static func inner(_ size: Size) -> Size {
    Size(width: size.width >= 80 ? size.width - 2 : size.width, height: size.height)
  }

  /// The most that the time is spread.
  private static let mostZoom = 16

  public func scaled(_ step: Int, size: Size) -> ViewState? {
    let zoom = state.zoom + step
    guard source != nil, (0...Self.mostZoom).contains(zoom) else { return nil }
    var next = state
    next.zoom = zoom
    return next
  }

  // MARK: Why

  /// The segment under the cursor.
  var segment: SentSegment? {
    guard state.curve == .sequence, let source, let place else { return nil }
    return source.segments[source.segments.startIndex + place]
  }

  public var target: Int? {
    if let segment { return scene.building(of: segment) }
    return place.map { events.moment($0) }
  }

  public var why: WhySubject? { target.map { .moment($0) } }

  public func draw(on canvas: inout Canvas) {
    canvas.withinMargin { inner in
      guard let frame = PlotFrame(self, size: inner.size) else {
        let text = scene.say(
          "아직 연결을 연 소켓이 없습니다. 첫 SYN부터 그립니다.",
          "No socket has opened a connection yet. The drawing begins with the first SYN.")
        inner.wrappedText(text, at: 2, 2, width: inner.width - 4, .dim)
        return
      }
      PlotPicture(view: self, frame: frame).draw(on: &inner)
    }
  }
}

/// The moments of a curve in order, read when they are asked for.
struct PlotEvents {
  let count: Int
  let moment: (Int) -> Int

  init(count: Int, moment: @escaping (Int) -> Int) {
    self.count = count
    self.moment = moment
  }

  /// The first place whose moment is later. O(log events).
  func firstPlace(after number: Int) -> Int { (0..<count).firstPlace { moment($0) > number } }
}

extension PlotSource {
  var hasCongestionWindow: Bool { !points(.congestionWindow).isEmpty }
}
