import Course

extension Canvas {
  /// A box in the middle for one line of input, with what it is for and the keys that end it.
  ///
  /// - Parameter problem: Why what was typed will not do.
  mutating func inputLine(
    _ title: String, _ label: String, _ text: String, _ language: Language, problem: String? = nil
  ) {
    let frame = bounds.centred(Size(width: 52, height: 5))
    let act = Phrase(ko: " 확인   ", en: " do it   ").text(language)
    let leave = Phrase(ko: " 나가기", en: " leave").text(language)
    openBox(frame, title: [StyledText(title, .bold)], .accent) { inside in
      inside.text("\(label)  > \(text)", at: 2, 0)
      inside.put(" ", at: 6 + label.displayWidth + text.displayWidth, 0, .cursor)
      if let problem { inside.text("! \(problem)", at: 2, 1, .warning, width: 46) }
      inside.text(
        [
          StyledText("enter", .accent), StyledText(act, .dim), StyledText("esc", .accent),
          StyledText(leave, .dim),
        ], at: 2, 2)
    }
  }
}
