import Course
import Session
import Stack
import Wire

/// View 6: the send buffer of one end over the receive buffer of the other, by the same numbers.
public struct BuffersView: PaneView {
  let scene: Scene
  let state: ViewState
  let isFocused: Bool
  let origins: Origins
  let streams: [OctetStream]
  /// The direction shown: the one asked for, else the one at work.
  let stream: OctetStream?

  public init(_ scene: Scene, _ state: ViewState, isFocused: Bool) {
    self.scene = scene
    self.state = state
    self.isFocused = isFocused
    origins = scene.origins
    let streams = OctetStream.all(scene)
    self.streams = streams
    let named = state.stream.flatMap { OctetStream.named($0, in: streams) }
    stream = named ?? OctetStream.atWork(streams, scene)
  }

  // MARK: The title rule

  public var subtitle: String {
    guard let stream else { return "" }
    if state.showsNumberLines { return scene.say("번호 두 줄", "numbers both ways") }
    return "\(scene.hostName(stream.from)) → \(scene.hostName(stream.to))"
  }

  public var facts: [StyledText] {
    guard let stream, !state.showsNumberLines else { return [] }
    let start = stream.number(stream.start - 1)
    guard let origin = origins.first(where: { $0.host == stream.from && $0.iss == start }) else {
      return []
    }
    let isCovered =
      stream.sender.map { scene.isCovered($0.memory, .iss) } ?? false
      || stream.receiver.map { scene.isCovered($0.memory, .irs) } ?? false
    let number = isCovered ? "?" : scene.hexadecimal(origin.iss)
    return [
      StyledText("\(origin.name) = "), StyledText(number, Style(scene.role(origin.host))),
    ]
  }

  public func facts(width: Int) -> [StyledText] {
    guard let stream else { return [] }
    guard !state.showsNumberLines else { return facts }
    let scale = scale(stream, width: Self.innerWidth(width))
    return [StyledText(scale.text(scene) + "   ")] + facts
  }

  public var badge: String? {
    guard let stream else { return nil }
    let count = marks(stream).filter { isChanged($0) }.count
    return count == 0 ? nil : "*\(count)"
  }

  func isChanged(_ mark: BufferMark) -> Bool {
    scene.changes.contains {
      $0.field == mark.field && $0.host == mark.memory.host && $0.socket == mark.memory.socket
    }
  }

  // MARK: The cursor

  /// All marks of both buffers.
  func marks(_ stream: OctetStream) -> [BufferMark] {
    [sending(stream), receiving(stream)].flatMap(\.marks)
  }

  /// The mark under the cursor: the chosen one, else one that this moment wrote, else the first.
  var chosenMark: BufferMark? {
    guard let stream else { return nil }
    let marks = marks(stream)
    switch state.selection {
    case .octet: return nil
    case .field(let memory, let field):
      if let chosen = marks.first(where: { $0.memory == memory && $0.field == field }) {
        return chosen
      }
    default: break
    }
    return marks.first { isChanged($0) } ?? marks.first
  }

  /// Where the cursor is.
  var cursor: Int? {
    if case .octet(let number) = state.selection, let stream { return stream.place(number) }
    return chosenMark?.place
  }

  public func moved(_ motion: Motion, size: Size) -> ViewState? {
    switch motion {
    case .up: return turned(-1)
    case .down: return turned(1)
    case .pageUp: return neighbour(-2)
    case .pageDown: return neighbour(2)
    case .left: return state.showsNumberLines ? nil : stepped(-1, size)
    case .right: return state.showsNumberLines ? nil : stepped(1, size)
    }
  }

  /// The other direction of the same connection; after both of them their numbers on two lines.
  private func turned(_ step: Int) -> ViewState? {
    guard let stream, let place = streams.firstIndex(where: { $0.choice == stream.choice }) else {
      return nil
    }
    let pages = 3
    let page = state.showsNumberLines ? 2 : place % 2
    let next = (page + step + pages) % pages
    var shown = showing(streams[(place & ~1) + next % 2])
    shown?.showsNumberLines = next == 2
    return shown
  }

  private func neighbour(_ step: Int) -> ViewState? {
    guard let stream, let place = streams.firstIndex(where: { $0.choice == stream.choice }),
      streams.indices.contains(place + step)
    else { return nil }
    return showing(streams[place + step])
  }

  private func showing(_ stream: OctetStream) -> ViewState? {
    var next = state
    next.stream = stream.choice
    next.selection = nil
    return next
  }

  /// One cell on or back; marks in between are stops of their own.
  private func stepped(_ sign: Int, _ size: Size) -> ViewState? {
    guard let stream, let from = cursor else { return nil }
    let scale = scale(stream, width: Self.innerWidth(size.width))
    let marks = marks(stream).enumerated().sorted { one, other in
      (one.element.place, one.offset) < (other.element.place, other.offset)
    }.map(\.element)
    let own = chosenMark.flatMap { chosen in
      marks.firstIndex { $0.field == chosen.field && $0.memory == chosen.memory }
    }
    let cell = scale.cell(from)
    let start = scale.base + cell * scale.octets
    let plain = sign > 0 ? start + scale.octets : start < from ? start : start - scale.octets
    let next: BufferMark?
    if sign > 0 {
      next = marks[((own ?? -1) + 1)...].first { own != nil || $0.place > from }
    } else {
      next = marks[..<(own ?? marks.count)].last { own != nil || $0.place < from }
    }
    var state = state
    state.stream = stream.choice
    if let next, sign > 0 ? next.place <= plain : next.place >= plain {
      state.selection = .field(next.memory, next.field)
      return state
    }
    guard reach(stream).contains(plain) else { return nil }
    state.selection = .octet(stream.number(plain))
    return state
  }

  /// Where the cursor may go.
  private func reach(_ stream: OctetStream) -> ClosedRange<Int> {
    let places = marks(stream).map(\.place) + [stream.written, stream.start, 0]
    let near = places.filter { abs($0) < 1 << 30 }
    return (near.min() ?? 0)...(near.max() ?? 0)
  }

  public func scaled(_ step: Int, size: Size) -> ViewState? {
    guard let stream, !state.showsNumberLines else { return nil }
    let width = Self.innerWidth(size.width)
    let now = scale(stream, width: width).octets
    var next = state
    next.zoom += step
    let other = BuffersView(scene, next, isFocused: isFocused).scale(stream, width: width).octets
    return other == now ? nil : next
  }

  // MARK: Why

  public var why: WhySubject? {
    if let mark = chosenMark {
      return writer(of: mark) == nil ? nil : .field(mark.memory, mark.field)
    }
    return target.map { .moment($0) }
  }

  private func writer(of mark: BufferMark) -> Int? {
    scene.timeline.why(
      mark.field, host: mark.memory.host, socket: mark.memory.socket, at: scene.index)
  }

  public var target: Int? {
    if let mark = chosenMark { return writer(of: mark) }
    guard let stream, let cursor else { return nil }
    // The last frame that carried the octet.
    let segment = stream.segments.last { segment in
      let first = stream.place(segment.sequence)
      return cursor >= first && cursor < first + segment.length
    }
    return segment.flatMap { scene.building(of: $0) }
  }
}

extension OctetStream {
  static func named(_ choice: StreamChoice, in streams: [OctetStream]) -> OctetStream? {
    streams.first { $0.isNamed(choice) }
  }
}
