import Course
import Session
import Stack

/// A question that is open over the panes.
public struct AskState: Hashable, Sendable {
  /// The question's id.
  public var id: String
  public var text = ""
  /// The place of the cursor among choices or items.
  public var cursor = 0
  /// Items that have been put in order so far.
  public var order: [Int] = []
  public var hints = 0
  public var tries = 0
  public var stage = Stage.asking

  public enum Stage: Hashable, Sendable {
    case asking
    /// What was answered, and what is said to it.
    case wrong(given: String, feedback: [Phrase])
    case unreadable(Phrase)
    case right(given: String)
  }
}

extension LessonModel {
  mutating func ask(_ question: QuestionRun) {
    isPlaying = false
    overlay = .question(AskState(id: question.question.id))
  }

  func question(_ id: String) -> QuestionRun? {
    step.questions.first { $0.question.id == id }
  }

  mutating func updateOverlay(_ key: Key) {
    switch overlay {
    case .help(let page): updateHelp(key, page)
    case .question(let state): updateQuestion(key, state)
    case .search(let text): updateLine(key, text, isSearch: true)
    case .goTo(let text): updateLine(key, text, isSearch: false)
    case .write(let state): updateWriting(key, state)
    case .fault(let state): updateFaults(key, state)
    case .rename(let state): updateRenaming(key, state)
    case .readers: overlay = nil
    case .glossary(let state): updateGlossary(key, state)
    case nil: break
    }
  }

  private mutating func updateHelp(_ key: Key, _ page: Int) {
    if key == .escape || key.actions.contains(.character("q"))
      || key.actions.contains(.character("?"))
    {
      overlay = nil
    } else if key == .tab || key == .pageDown || key == .pageUp || key == .right || key == .left {
      overlay = .help(page: 1 - page)
    }
  }

  private mutating func updateLine(_ key: Key, _ text: String, isSearch: Bool) {
    switch key {
    case .escape: overlay = nil
    case .enter:
      overlay = nil
      if isSearch {
        search(text)
      } else if !text.isEmpty, !goTo(text) {
        notice = Phrase(
          ko: "순간 번호(37)나 시각(20 ms)을 써 주세요.", en: "Type a moment (37) or a time (20 ms).")
      }
    default:
      let next = edited(text, key)
      overlay = isSearch ? .search(next) : .goTo(next)
    }
  }

  /// A line of input after a key.
  func edited(_ text: String, _ key: Key) -> String {
    switch key {
    case .backspace, .delete: return String(text.dropLast())
    default:
      guard let character = key.text, text.displayWidth < 24 else { return text }
      return text + String(character)
    }
  }

  // MARK: The question box

  private mutating func updateQuestion(_ key: Key, _ current: AskState) {
    var ask = current
    guard let question = question(ask.id) else {
      overlay = nil
      return
    }
    switch key {
    case .escape:
      putOff(ask)
      return
    case .tab: ask.hints = min(ask.hints + 1, hintsOpen(question, ask))
    case .enter:
      if submit(&ask, question) { return }
    case .character(" ") where isWrong(ask.stage):
      giveUp(ask)
      return
    default:
      if isWrong(ask.stage) {
        ask.stage = .asking
        // Typing on begins anew; backspace mends what was there.
        if key.text != nil { ask.text = "" }
      }
      if case .unreadable = ask.stage { ask.stage = .asking }
      edit(&ask, question, key)
    }
    overlay = .question(ask)
  }

  /// Later: the question comes back at the step's end, and from there the learner may go on without it.
  private mutating func putOff(_ ask: AskState) {
    overlay = nil
    if case .right = ask.stage { return }
    if position.moment == step.last, answered[ask.id] == nil {
      answered[ask.id] = AnsweredQuestion(isRight: false, tries: ask.tries)
    } else {
      postponed.insert(ask.id)
    }
  }

  private func isWrong(_ stage: AskState.Stage) -> Bool {
    if case .wrong = stage { true } else { false }
  }

  private func edit(_ ask: inout AskState, _ question: QuestionRun, _ key: Key) {
    switch question.question.kind {
    case .predict: ask.text = edited(ask.text, key)
    case .choose, .next: moveCursor(&ask, key, count: question.question.options.count)
    case .point(let paths): moveCursor(&ask, key, count: pointCandidates(paths).count)
    case .order(let items):
      moveCursor(&ask, key, count: items.count)
      if key == .character(" ") {
        if let place = ask.order.firstIndex(of: ask.cursor) {
          ask.order.remove(at: place)
        } else {
          ask.order.append(ask.cursor)
        }
      } else if key == .backspace {
        _ = ask.order.popLast()
      }
    }
  }

  private func moveCursor(_ ask: inout AskState, _ key: Key, count: Int) {
    let keys = key.actions
    if key == .up || keys.contains(.character("k")) { ask.cursor = max(0, ask.cursor - 1) }
    if key == .down || keys.contains(.character("j")) {
      ask.cursor = min(max(0, count - 1), ask.cursor + 1)
    }
    if case .character(let character) = key, let digit = character.wholeNumberValue,
      (1...max(1, count)).contains(digit)
    {
      ask.cursor = digit - 1
    }
  }

  /// The fields that a learner may point at: the right ones among others of the same memory or header.
  func pointCandidates(_ paths: [Path]) -> [Path] {
    guard let first = paths.first else { return [] }
    switch first.subject {
    case .socket(let host, let choice, _):
      return MemoryView.order.prefix(28).map { Path(.socket(host: host, choice, $0)) }
    case .frame(let choice, .header(let id)):
      return headerCandidates(id).map { Path(.frame(choice, .header($0))) }
    case .unit(let id): return headerCandidates(id).map { Path(.unit(header: $0)) }
    default: return paths
    }
  }

  private func headerCandidates(_ id: String) -> [String] {
    let parts = [
      "tcp.srcport", "tcp.dstport", "tcp.seq", "tcp.ack", "tcp.doff", "tcp.window", "tcp.checksum",
      "ip.length", "ip.id", "ip.ttl", "ip.protocol", "ip.src", "ip.dst", "ethernet.dst",
      "ethernet.src", "ethernet.type",
    ]
    return parts.contains(id) ? parts : parts + [id]
  }

  /// How many hints the learner may see here: the question's own, as far as they have not faded.
  func hintsOpen(_ question: QuestionRun, _ ask: AskState) -> Int {
    help.hints(of: question.question.hints.count, tries: ask.tries)
  }

  /// Enter: judges, goes back to asking, or goes on after a right answer. True when the box was closed.
  private mutating func submit(_ ask: inout AskState, _ question: QuestionRun) -> Bool {
    switch ask.stage {
    case .right:
      overlay = nil
      return true
    case .wrong, .unreadable:
      ask.stage = .asking
      ask.text = ""
      return false
    case .asking: break
    }
    guard let (answer, given) = answer(ask, question) else {
      if case .order = question.question.kind {
        ask.stage = .unreadable(Phrase(ko: "아직 차례가 없는 것이 있습니다.", en: "Some have no place yet."))
      }
      return false
    }
    let hosts = timeline.configuration.hosts.map(\.name)
    switch question.judge(answer, in: run.end(of: step), hosts: hosts) {
    case .right:
      ask.stage = .right(given: given)
      answered[ask.id] = AnsweredQuestion(
        isRight: true, tries: ask.tries + 1, hints: ask.hints)
    case .wrong(let feedback, let meaning, let misconception):
      ask.tries += 1
      if help.bringsFirstHint { ask.hints = max(ask.hints, min(1, question.question.hints.count)) }
      let said = feedback.map { narration in
        Phrase(
          ko: narration.text(.ko, in: situation), en: narration.text(.en, in: situation))
      }
      ask.stage = .wrong(
        given: given, feedback: [meaning, said, misconception?.saying].compactMap(\.self))
    case .unreadable(let phrase): ask.stage = .unreadable(phrase)
    }
    return false
  }

  /// What the box holds as an answer, and how it is shown; nil while nothing has been given.
  private func answer(_ ask: AskState, _ question: QuestionRun) -> (Answer, String)? {
    switch question.question.kind {
    case .predict: return ask.text.isEmpty ? nil : (.typed(ask.text), ask.text)
    case .choose, .next:
      let options = question.question.options
      guard options.indices.contains(ask.cursor) else { return nil }
      return (.choice(ask.cursor), options[ask.cursor].text(language, in: situation))
    case .point(let paths):
      let candidates = pointCandidates(paths)
      guard candidates.indices.contains(ask.cursor) else { return nil }
      return (.place(candidates[ask.cursor]), candidates[ask.cursor].fieldName)
    case .order(let items):
      guard ask.order.count == items.count else { return nil }
      return (.order(ask.order), text(of: ask.order, in: items.map(\.text)))
    }
  }

  /// What was put in order, as it follows.
  func text(of order: [Int], in items: [BilingualNarration]) -> String {
    order.filter(items.indices.contains)
      .map { items[$0].text(language, in: situation) }.joined(separator: " → ")
  }

  /// The learner would rather see it happen: the question stays unanswered, the step runs.
  private mutating func giveUp(_ ask: AskState) {
    answered[ask.id] = AnsweredQuestion(isRight: false, tries: ask.tries)
    overlay = nil
    isPlaying = true
    playedFor = 0
  }
}

extension QuestionRun {
  /// Asks for what has still to happen, not for what can be looked up.
  var isPrediction: Bool {
    switch question.kind {
    case .predict, .choose, .next: true
    case .point, .order: false
    }
  }
}

extension Path {
  /// `snd.nxt`, `tcp.ack`: what the path names, without where.
  var fieldName: String { field?.name ?? headerField ?? description }
}
