import Course

/// The glossary, one key away: what is typed narrows it, the step's own words come first.
public struct GlossaryState: Hashable, Sendable {
  public var text = ""
  public var cursor = 0
}

extension LessonModel {
  mutating func updateGlossary(_ key: Key, _ current: GlossaryState) {
    var state = current
    switch key {
    case .escape, .enter:
      overlay = nil
      return
    case .up: state.cursor = max(0, state.cursor - 1)
    case .down: state.cursor = min(max(0, glossary(state.text).count - 1), state.cursor + 1)
    default:
      state.text = edited(state.text, key)
      state.cursor = 0
    }
    overlay = .glossary(state)
  }

  /// The entries that fit what was typed; those that the step's text names stand first.
  func glossary(_ typed: String) -> [GlossaryEntry] {
    let wanted = typed.lowercased()
    let said = narration.text(language, in: situation).lowercased()
    let fitting = Glossary.entries.filter { entry in
      wanted.isEmpty || entry.names.contains { $0.lowercased().contains(wanted) }
    }
    func isSaid(_ entry: GlossaryEntry) -> Bool {
      entry.names.contains { $0.count > 1 && said.contains($0.lowercased()) }
    }
    return fitting.filter(isSaid) + fitting.filter { !isSaid($0) }
  }
}

extension GlossaryEntry {
  /// Everything that the term is called.
  var names: [String] { [english, korean] + [book].compactMap(\.self) }
}

extension LessonScreen {
  func drawGlossary(_ state: GlossaryState, on canvas: inout Canvas) {
    let entries = model.glossary(state.text)
    let frame = canvas.bounds.centred(Size(width: 74, height: 20))
    canvas.openBox(
      frame, title: [StyledText(say("낱말", "Glossary"), .bold)],
      facts: [StyledText("\(entries.count)", .dim)], .accent
    ) { inside in
      let label = say("찾기 > ", "find > ")
      inside.text(label + state.text, at: 2, 0, .bold)
      inside.put(" ", at: 2 + label.displayWidth + state.text.displayWidth, 0, .cursor)
      let rows = 9
      let first = min(max(0, state.cursor - rows / 2), max(0, entries.count - rows))
      for (row, entry) in entries.dropFirst(first).prefix(rows).enumerated() {
        let isHere = first + row == state.cursor
        if isHere { inside.text("▸", at: 2, 2 + row, Style.accent.inBold) }
        let other = model.language == .ko ? entry.english : entry.korean
        inside.text(
          [
            StyledText(entry.term(model.language), isHere ? Style.accent.inBold : .plain),
            StyledText("   \(other)", .dim),
          ], at: 4, 2 + row, width: 66)
      }
      if entries.indices.contains(state.cursor) {
        inside.wrappedText(
          entries[state.cursor].meaning.text(model.language), at: 4, rows + 3, width: 64)
      } else {
        inside.text(say("그런 낱말은 없습니다.", "There is no such term."), at: 4, 2)
      }
      inside.text(
        [
          StyledText("↑↓", .accent), StyledText(say(" 고르기   ", " choose   "), .dim),
          StyledText("esc", .accent), StyledText(say(" 닫기", " close"), .dim),
        ], at: 2, inside.height - 1)
    }
  }
}
