import Course

/// What a key can do while a lesson is on the screen.
public enum Action: Hashable, Sendable {
  case run
  case nextMoment, previousMoment, nextPacket, previousPacket, nextStep, previousStep
  case firstMoment, lastMoment, goTo
  case faster, slower
  case view(LessonView)
  case nextPane, previousPane, zoom
  case finer, coarser
  case why, jump, search, searchNext, searchPrevious
  case move(Motion)
  case answer, write, fault, compare, rename, readers, glossary
  case plainNumbers, language, help, quit
}

/// One row of the key table: the one place where keys, help and footers come from.
public struct KeyBinding: Sendable {
  public let keys: [Key]
  public let action: Action
  /// As it is shown: `.`, `space`, `] [`.
  public let label: String
  /// In a footer.
  public let short: Phrase
  /// On the help page.
  public let long: Phrase
  public let group: Group

  public enum Group: CaseIterable, Sendable { case time, look, views, program }
}

public enum KeyTable {
  /// The action of a key; Hangul typed in Korean input mode acts as its Latin key.
  public static func action(for key: Key) -> Action? {
    for candidate in key.actions {
      if let binding = all.first(where: { $0.keys.contains(candidate) }) { return binding.action }
    }
    return nil
  }

  public static func binding(of action: Action) -> KeyBinding? {
    all.first { $0.action == action }
  }

  public static let all: [KeyBinding] = time + look + views + program

  private static func row(
    _ keys: [Key], _ action: Action, _ label: String, _ group: KeyBinding.Group, short: Phrase,
    long: Phrase? = nil
  ) -> KeyBinding {
    KeyBinding(
      keys: keys, action: action, label: label, short: short, long: long ?? short, group: group)
  }

  private static let time: [KeyBinding] = [
    row(
      [.character(" ")], .run, "space", .time, short: Phrase(ko: "재생", en: "run"),
      long: Phrase(ko: "재생, 멈춤", en: "run, pause")),
    row(
      [.character(".")], .nextMoment, ".", .time, short: Phrase(ko: "다음", en: "next"),
      long: Phrase(ko: "한 순간 앞으로 (→)", en: "one moment on (→)")),
    row(
      [.character(",")], .previousMoment, ",", .time, short: Phrase(ko: "이전", en: "back"),
      long: Phrase(ko: "한 순간 뒤로 (←)", en: "one moment back (←)")),
    row(
      [.character("]")], .nextPacket, "]", .time, short: Phrase(ko: "다음 패킷", en: "packet"),
      long: Phrase(ko: "다음 패킷", en: "one packet on")),
    row(
      [.character("[")], .previousPacket, "[", .time, short: Phrase(ko: "앞 패킷", en: "packet back"),
      long: Phrase(ko: "앞 패킷", en: "one packet back")),
    row(
      [.character("}")], .nextStep, "}", .time, short: Phrase(ko: "다음 단계", en: "step"),
      long: Phrase(ko: "다음 단계", en: "one step on")),
    row(
      [.character("{")], .previousStep, "{", .time, short: Phrase(ko: "앞 단계", en: "step back"),
      long: Phrase(ko: "앞 단계", en: "one step back")),
    row(
      [.home], .firstMoment, "Home", .time, short: Phrase(ko: "처음", en: "first"),
      long: Phrase(ko: "첫 순간", en: "first moment")),
    row(
      [.end], .lastMoment, "End", .time, short: Phrase(ko: "끝", en: "last"),
      long: Phrase(ko: "마지막 순간", en: "last moment")),
    row(
      [.character("g")], .goTo, "g", .time, short: Phrase(ko: "이동", en: "go to"),
      long: Phrase(ko: "순간이나 시각으로", en: "go to a moment or time")),
    row(
      [.character("<")], .slower, "<", .time, short: Phrase(ko: "느리게", en: "slower"),
      long: Phrase(ko: "더 느리게", en: "slower")),
    row(
      [.character(">")], .faster, ">", .time, short: Phrase(ko: "빠르게", en: "faster"),
      long: Phrase(ko: "더 빠르게", en: "faster")),
  ]

  private static let look: [KeyBinding] = [
    row(
      [.tab], .nextPane, "tab", .look, short: Phrase(ko: "칸 옮기기", en: "pane"),
      long: Phrase(ko: "다음 칸", en: "next pane")),
    row(
      [.shiftTab], .previousPane, "shift-tab", .look, short: Phrase(ko: "앞 칸", en: "pane back"),
      long: Phrase(ko: "앞 칸", en: "previous pane")),
    row(
      [.up, .character("k")], .move(.up), "↑ k", .look, short: Phrase(ko: "위", en: "up")),
    row(
      [.down, .character("j")], .move(.down), "↓ j", .look, short: Phrase(ko: "아래", en: "down")),
    row(
      [.left, .character("h")], .move(.left), "← h", .look, short: Phrase(ko: "왼쪽", en: "left")),
    row(
      [.right, .character("l")], .move(.right), "→ l", .look,
      short: Phrase(ko: "오른쪽", en: "right")),
    row(
      [.pageUp], .move(.pageUp), "PgUp", .look, short: Phrase(ko: "앞쪽", en: "page up")),
    row(
      [.pageDown], .move(.pageDown), "PgDn", .look, short: Phrase(ko: "뒤쪽", en: "page down")),
    row(
      [.character("z")], .zoom, "z", .look, short: Phrase(ko: "크게", en: "zoom"),
      long: Phrase(ko: "크게, 다시 작게", en: "zoom, and back")),
    row(
      [.character("+"), .character("=")], .finer, "+", .look, short: Phrase(ko: "자세히", en: "finer"),
      long: Phrase(ko: "더 자세한 축척", en: "a finer scale")),
    row(
      [.character("-")], .coarser, "-", .look, short: Phrase(ko: "넓게", en: "coarser"),
      long: Phrase(ko: "더 넓은 축척", en: "a coarser scale")),
    row(
      [.character("w")], .why, "w", .look, short: Phrase(ko: "왜", en: "why"),
      long: Phrase(ko: "왜: 누가 적었나", en: "why: who wrote this")),
    row(
      [.enter], .jump, "enter", .look, short: Phrase(ko: "그 순간으로", en: "go there"),
      long: Phrase(ko: "그 순간으로", en: "jump to that moment")),
    row(
      [.character("/")], .search, "/", .look, short: Phrase(ko: "찾기", en: "search"),
      long: Phrase(ko: "필드 이름 찾기", en: "search a field's name")),
    row(
      [.character("n")], .searchNext, "n", .look, short: Phrase(ko: "다음 찾기", en: "next hit")),
    row(
      [.character("N")], .searchPrevious, "N", .look, short: Phrase(ko: "앞 찾기", en: "hit back")),
    row(
      [.character("r")], .plainNumbers, "r", .look, short: Phrase(ko: "번호 표기", en: "numbers"),
      long: Phrase(ko: "c+1 또는 실제 번호", en: "c+1 or plain numbers")),
  ]

  private static let views: [KeyBinding] = LessonView.built.map { view in
    row(
      [.character(Character("\(view.number)"))], .view(view), "\(view.number)", .views,
      short: view.name, long: view.name)
  }

  private static let program: [KeyBinding] = [
    row(
      [.character("a")], .answer, "a", .program, short: Phrase(ko: "예측하기", en: "predict"),
      long: Phrase(ko: "질문에 답하기", en: "answer the question")),
    row(
      [.character("e")], .write, "e", .program, short: Phrase(ko: "적기", en: "write"),
      long: Phrase(ko: "고른 칸에 다른 값 적기", en: "write into the field")),
    row(
      [.character("f")], .fault, "f", .program, short: Phrase(ko: "고장", en: "fault"),
      long: Phrase(ko: "프레임·호스트 고장 내기", en: "break a frame or a host")),
    row(
      [.character("b")], .compare, "b", .program, short: Phrase(ko: "나란히", en: "compare"),
      long: Phrase(ko: "두 갈래 나란히", en: "compare two branches")),
    row(
      [.character("R")], .rename, "R", .program, short: Phrase(ko: "이름", en: "name"),
      long: Phrase(ko: "갈래에 이름 붙이기", en: "name this branch")),
    row(
      [.character("u")], .readers, "u", .program, short: Phrase(ko: "누가 읽나", en: "readers"),
      long: Phrase(ko: "다음에 읽는 규칙", en: "rules that read it next")),
    row(
      [.character("t")], .glossary, "t", .program, short: Phrase(ko: "낱말", en: "terms"),
      long: Phrase(ko: "낱말 뜻 찾기", en: "what a term means")),
    row(
      [.function(2)], .language, "F2", .program, short: Phrase(ko: "English", en: "한국어"),
      long: Phrase(ko: "언어 바꾸기", en: "change the language")),
    row(
      [.character("?")], .help, "?", .program, short: Phrase(ko: "도움", en: "help"),
      long: Phrase(ko: "이 쪽", en: "this page")),
    row(
      [.character("q")], .quit, "q", .program, short: Phrase(ko: "끝", en: "quit"),
      long: Phrase(ko: "닫기, 지도에서는 끝", en: "close; quit at the map")),
  ]
}

extension LessonView {
  /// The views that can be shown.
  public static let built: [LessonView] = [
    .stage, .sockets, .memory, .header, .ladder, .buffers, .plot,
  ]

  /// The view's key.
  public var number: Int {
    switch self {
    case .stage: 1
    case .sockets: 2
    case .memory: 3
    case .header: 4
    case .ladder: 5
    case .buffers: 6
    case .signal: 7
    case .tables: 8
    case .plot: 9
    }
  }

  public var name: Phrase {
    switch self {
    case .stage: Phrase(ko: "무대", en: "Stage")
    case .sockets: Phrase(ko: "소켓", en: "Sockets")
    case .memory: Phrase(ko: "메모리", en: "Memory")
    case .header: Phrase(ko: "헤더", en: "Header")
    case .ladder: Phrase(ko: "사다리", en: "Ladder")
    case .buffers: Phrase(ko: "버퍼", en: "Buffers")
    case .signal: Phrase(ko: "신호", en: "Signal")
    case .tables: Phrase(ko: "표", en: "Tables")
    case .plot: Phrase(ko: "그래프", en: "Plot")
    }
  }

  /// The view of a scene. Views that a later chapter brings fall back to the stage.
  func pane(_ scene: Scene, _ state: ViewState, isFocused: Bool) -> any PaneView {
    switch self {
    case .memory: MemoryView(scene, state, isFocused: isFocused)
    case .sockets: SocketsView(scene, state, isFocused: isFocused)
    case .header: HeaderView(scene, state, isFocused: isFocused)
    case .ladder: LadderView(scene, state, isFocused: isFocused)
    case .buffers: BuffersView(scene, state, isFocused: isFocused)
    case .plot: PlotView(scene, state, isFocused: isFocused)
    case .stage, .signal, .tables:
      StageView(scene, state, isFocused: isFocused)
    }
  }
}
