import Course
import Session
import Stack

/// What an input does to a lesson on the screen.
extension LessonModel {
  /// Whether the lesson is left.
  public enum Outcome: Hashable, Sendable { case stays, closed }

  public mutating func update(_ input: Input) -> Outcome {
    switch input {
    case .resize(let size): self.size = size
    case .tick(let elapsed): if isPlaying, overlay == nil { play(elapsed) }
    case .key(let key):
      notice = nil
      let before = position
      if isTooSmall { return key.actions.contains(.character("q")) ? .closed : .stays }
      if overlay != nil {
        updateOverlay(key)
        if overlay == nil, comparison != nil, position != before { followComparison() }
        return .stays
      }
      if key == .escape {
        if compare(.quit) { return .stays }
        closeOne()
        return .stays
      }
      if let action = KeyTable.action(for: key) { return perform(action) }
    }
    return .stays
  }

  /// Milliseconds until time is to move on by itself; nil while it stands.
  public var nextWake: Int? { isPlaying && overlay == nil ? max(1, pace - playedFor) : nil }

  private mutating func perform(_ action: Action) -> Outcome {
    if action != .run { isPlaying = false }
    if compare(action) { return .stays }
    if needsAnswerFirst(action) { return .stays }
    switch action {
    case .run:
      isPlaying.toggle()
      playedFor = 0
      // What the next step asks is read before anything runs.
      if isPlaying, position.moment == step.last { isPlaying = goOn() && dueQuestion == nil }
    case .nextMoment: if !goOn() { notice = atEnd }
    case .previousMoment: goBack()
    case .nextPacket: goToPacket(1)
    case .previousPacket: goToPacket(-1)
    case .nextStep: goToNextStep()
    case .previousStep: goToPreviousStep()
    case .firstMoment: goToFirst()
    case .lastMoment: goToLast()
    case .goTo: overlay = .goTo("")
    case .faster, .slower: changePace(action == .faster ? 1 : -1)
    case .quit:
      if isZoomed || why != nil { closeOne() } else { return .closed }
    default: performLook(action)
    }
    return .stays
  }

  private mutating func performLook(_ action: Action) {
    switch action {
    case .view(let view): choose(view)
    case .nextPane: turnFocus(1)
    case .previousPane: turnFocus(-1)
    case .zoom: isZoomed.toggle()
    case .why: explain()
    case .jump: jump()
    case .search: overlay = .search("")
    case .searchNext: search(lastSearch)
    case .searchPrevious: searchBack()
    case .move(let motion): move(motion)
    case .finer: rescale(1)
    case .coarser: rescale(-1)
    case .answer: if let question = openQuestions.first { ask(question) }
    case .write: openWriting()
    case .fault: openFaults()
    case .compare: openComparison()
    case .rename: openRenaming()
    case .glossary: overlay = .glossary(GlossaryState())
    case .readers: openReaders()
    case .plainNumbers: showsPlainNumbers.toggle()
    case .language: language = language == .ko ? .en : .ko
    case .help: overlay = .help(page: 0)
    default: break
    }
  }

  private var atEnd: Phrase {
    hasMap
      ? Phrase(
        ko: "수업의 끝입니다. q를 누르면 지도로 돌아갑니다.", en: "The lesson ends here. q goes back to the map.")
      : Phrase(ko: "수업의 끝입니다. q를 누르면 끝납니다.", en: "The lesson ends here. q quits.")
  }

  /// Running on is the moment to predict: the question opens instead.
  private mutating func needsAnswerFirst(_ action: Action) -> Bool {
    let runs: Bool =
      switch action {
      case .run, .nextMoment, .nextPacket, .nextStep: true
      case .jump: enterAsks
      default: false
      }
    guard runs, let question = dueQuestion else { return false }
    ask(question)
    return true
  }

  // MARK: Panes

  private mutating func closeOne() {
    if isZoomed {
      isZoomed = false
    } else if why != nil {
      why = nil
      if focus == .why { focus = .view(shownView) }
    } else {
      isPlaying = false
    }
  }

  private mutating func choose(_ view: LessonView) {
    if !views.contains(view) {
      var next = views
      let place = next.firstIndex(of: shownView) ?? 0
      if next.indices.contains(place) { next[place] = view } else { next = [view] }
      chosenViews = next
    }
    shownView = view
    focus = .view(view)
  }

  private mutating func turnFocus(_ step: Int) {
    let panes = panes
    let place = panes.firstIndex(of: focus) ?? 0
    focus = panes[(place + step + panes.count) % panes.count]
    if let view = focusedView { shownView = view }
  }

  private mutating func move(_ motion: Motion) {
    guard let view = focusedView else {
      switch motion {
      case .up, .pageUp: lessonScroll = max(0, lessonScroll - (motion == .up ? 1 : 10))
      case .down, .pageDown: lessonScroll += motion == .down ? 1 : 10
      case .right: _ = perform(.nextMoment)
      case .left: _ = perform(.previousMoment)
      }
      return
    }
    let room = LessonLayout(self).room(of: view)
    if let next = pane(view).moved(motion, size: room) {
      viewStates[view] = next
      if why != nil { why = pane(view).why ?? why }
    } else if motion == .right || motion == .left {
      // Where nothing moves sideways, the arrows move time.
      _ = perform(motion == .right ? .nextMoment : .previousMoment)
    }
  }

  private mutating func rescale(_ step: Int) {
    let view = focusedView ?? shownView
    let room = LessonLayout(self).room(of: view)
    guard let next = pane(view).scaled(step, size: room) else { return }
    viewStates[view] = next
  }

  private mutating func explain() {
    let subject = focusedView.flatMap { pane($0).why } ?? pane(shownView).why
    if subject == nil, case .field? = viewState(focusedView ?? shownView).selection {
      why = nil
      notice = Phrase(ko: "이 칸에는 아직 아무도 적지 않았습니다.", en: "Nobody has written into this field yet.")
      return
    }
    guard let subject = subject ?? (position.moment > 0 ? .moment(position.moment) : nil) else {
      notice = Phrase(
        ko: "아직 아무 일도 없었습니다. .을 눌러 한 순간 나아가세요.",
        en: "Nothing has happened yet. Press . to go one moment on.")
      return
    }
    why = why == subject ? nil : subject
  }

  private mutating func jump() {
    if focus != .lesson, let number = jumpTarget {
      let (view, states) = (focusedView, viewStates)
      goToMoment(number)
      viewStates = states
      // Who asked a view for its reason wants to see the answer there.
      if let view, views.contains(view) { choose(view) }
    } else if position.moment == step.last {
      goOn()
    }
  }

  /// Whether `enter` opens a question that is due: everywhere but where the learner chose something to go to.
  var enterAsks: Bool {
    let hasChosen = why != nil || focusedView.map { viewState($0).selection != nil } ?? false
    return focus == .lesson || jumpTarget == nil || !hasChosen
  }

  /// The moment that `enter` goes to: what Why names, else what is chosen in the view.
  private var jumpTarget: Int? { whyMoment ?? focusedView.flatMap { pane($0).target } }

  /// The moment that the open Why names.
  var whyMoment: Int? {
    switch why {
    case .field(let memory, let field):
      timeline.why(field, host: memory.host, socket: memory.socket, at: position.moment)
    case .moment(let number): number
    case nil: nil
    }
  }

  private mutating func changePace(_ step: Int) {
    let place = LessonModel.paces.firstIndex(of: pace) ?? 2
    let next = min(max(place + step, 0), LessonModel.paces.count - 1)
    pace = LessonModel.paces[next]
    notice = Phrase(ko: "한 순간에 \(pace) ms", en: "\(pace) ms a moment")
  }

  /// The hit before: the search goes round until it would come to the present one again.
  private mutating func searchBack() {
    let view = focusedView ?? shownView
    let start = viewStates[view]
    var seen: [ViewState] = []
    var probe = self
    while let next = probe.pane(view).found(lastSearch), next != start, !seen.contains(next) {
      seen.append(next)
      probe.viewStates[view] = next
    }
    guard let last = seen.last else { return search(lastSearch) }
    viewStates[view] = last
    focus = .view(view)
    shownView = view
  }

  mutating func search(_ text: String) {
    guard !text.isEmpty else { return }
    lastSearch = text
    let view = focusedView ?? shownView
    if let next = pane(view).found(text) {
      viewStates[view] = next
      focus = .view(view)
      shownView = view
    } else {
      notice = Phrase(ko: "‘\(text)’이(가) 없습니다.", en: "No “\(text)” here.")
    }
  }
}
