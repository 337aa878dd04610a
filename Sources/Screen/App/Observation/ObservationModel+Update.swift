import Course

/// What an input does to a capture on the screen.
extension ObservationModel {
  public mutating func update(_ input: Input) -> Effect {
    switch input {
    case .resize(let size): self.size = size
    case .tick: return .none
    case .key(let key):
      notice = nil
      if isTooSmall { return key.actions.contains(.character("q")) ? .quit : .none }
      if overlay != nil {
        updateOverlay(key)
      } else if key == .escape {
        isZoomed = false
      } else if let action = KeyTable.action(for: key) {
        return perform(action)
      }
    }
    return .redraw
  }

  /// Milliseconds until a tick is wanted: nothing moves by itself.
  public var nextWake: Int? { nil }

  /// Whether an action does something here: a capture has frames, but no moments and no memory.
  static func has(_ action: Action) -> Bool {
    switch action {
    case .nextMoment, .previousMoment, .nextPacket, .previousPacket, .firstMoment, .lastMoment,
      .goTo, .nextPane, .previousPane, .move, .jump, .zoom, .search, .searchNext, .plainNumbers,
      .language, .help, .quit:
      true
    case .view(let view): view.pane != nil
    default: false
    }
  }

  private mutating func perform(_ action: Action) -> Effect {
    switch action {
    case .nextMoment, .nextPacket: step(1)
    case .previousMoment, .previousPacket: step(-1)
    case .firstMoment: go(to: 0)
    case .lastMoment: go(to: count - 1)
    case .goTo: overlay = .goTo("")
    case .nextPane: turnFocus(1)
    case .previousPane: turnFocus(-1)
    case .view(let view): if let pane = view.pane { focus = pane } else { notice = view.absence }
    case .zoom: isZoomed.toggle()
    case .move(let motion): move(motion)
    case .jump: goDeeper()
    case .search: overlay = .search("")
    case .searchNext: search(lastSearch)
    case .plainNumbers: showsPlainNumbers.toggle()
    case .language: language = language == .ko ? .en : .ko
    case .help: overlay = .help
    case .quit:
      guard isZoomed else { return .quit }
      isZoomed = false
    default: notice = Self.unknown
    }
    return .redraw
  }

  fileprivate static let unknown = Phrase(
    ko: "?  선로에 오가지 않은 것은 캡처로 알 수 없습니다.",
    en: "?  What was never sent on the wire a capture cannot know.")

  private mutating func step(_ step: Int) {
    if (0..<count).contains(place + step) {
      go(to: place + step)
    } else if step > 0 {
      notice = Phrase(ko: "마지막 프레임입니다.", en: "This is the last frame.")
    }
  }

  private mutating func turnFocus(_ step: Int) {
    let all = Pane.allCases
    let place = all.firstIndex(of: focus) ?? 0
    focus = all[(place + step + all.count) % all.count]
  }

  /// From the list into the ladder, from there into the headers of a frame.
  private mutating func goDeeper() {
    switch focus {
    case .connections: focus = .ladder
    case .ladder: focus = .header
    case .header: break
    }
  }

  private mutating func move(_ motion: Motion) {
    let page = max(1, (size.height - 8) / 2)
    switch (focus, motion) {
    case (.header, _):
      let room = ObservationLayout(self).frame(of: .header)?.inside.size ?? size
      if let next = headerView.moved(motion, size: room) {
        header = next
      } else if motion == .left || motion == .right {
        step(motion == .right ? 1 : -1)
      }
    case (_, .right): step(1)
    case (_, .left): step(-1)
    case (.ladder, .up): step(-1)
    case (.ladder, .down): step(1)
    case (.ladder, .pageUp): go(to: place - page)
    case (.ladder, .pageDown): go(to: place + page)
    case (.connections, .up): chooseNear(-1)
    case (.connections, .down): chooseNear(1)
    case (.connections, .pageUp): chooseNear(-page)
    case (.connections, .pageDown): chooseNear(page)
    }
  }

  /// The rows of the list: all frames, then the connections.
  private mutating func chooseNear(_ step: Int) {
    let row = (connection ?? -1) + 1
    let next = min(max(0, row + step), observation.connections.count)
    if next != row { choose(next == 0 ? nil : next - 1) }
  }

  // MARK: Boxes

  private mutating func updateOverlay(_ key: Key) {
    switch overlay {
    case .help:
      let closes = key == .escape || key == .enter
      if closes || key.actions.contains(.character("?")) || key.actions.contains(.character("q")) {
        overlay = nil
      }
    case .goTo(let text):
      if closes(key) {
        if key == .enter { goTo(text) }
      } else {
        overlay = .goTo(Self.edited(text, key))
      }
    case .search(let text):
      if closes(key) {
        if key == .enter { search(text) }
      } else {
        overlay = .search(Self.edited(text, key))
      }
    case nil: break
    }
  }

  /// Closes the box when the key asks for it.
  private mutating func closes(_ key: Key) -> Bool {
    guard key == .escape || key == .enter else { return false }
    overlay = nil
    return true
  }

  private static func edited(_ text: String, _ key: Key) -> String {
    if key == .backspace || key == .delete { return String(text.dropLast()) }
    guard let character = key.text, text.displayWidth < 24 else { return text }
    return text + String(character)
  }

  /// To the frame with this number of the file, or the first one behind it that is gone through.
  private mutating func goTo(_ text: String) {
    guard let number = Int(text.filter { $0 != " " }) else {
      notice = Phrase(ko: "프레임의 번호를 적어 주세요.", en: "Type a frame's number.")
      return
    }
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if (frame(middle)?.number ?? 0) < number { low = middle + 1 } else { high = middle }
    }
    go(to: low)
  }

  private mutating func search(_ text: String) {
    guard !text.isEmpty else { return }
    lastSearch = text
    if let found = headerView.found(text) {
      header = found
      focus = .header
    } else {
      notice = Phrase(ko: "‘\(text)’이(가) 없습니다.", en: "No “\(text)” here.")
    }
  }
}

extension LessonView {
  /// The pane of a capture that stands for a view; nil for what no frame tells.
  var pane: ObservationModel.Pane? {
    switch self {
    case .sockets: .connections
    case .header: .header
    case .ladder: .ladder
    default: nil
    }
  }

  /// Why there is no such view of a capture, and where to look instead.
  fileprivate var absence: Phrase {
    switch self {
    case .memory, .buffers:
      Phrase(
        ko: "?  캡처에는 호스트의 메모리도 버퍼도 없습니다. 알 수 있는 값은 2에 있습니다.",
        en: "?  A capture has no host's memory or buffers. What its frames tell is under 2.")
    case .plot:
      Phrase(
        ko: "?  그래프를 그릴 소켓의 기록이 캡처에는 없습니다. 오간 번호는 5에 있습니다.",
        en: "?  The plot needs a socket's record; a capture has none. Numbers are under 5.")
    default: ObservationModel.unknown
    }
  }
}
