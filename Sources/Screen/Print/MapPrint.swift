import Course

/// The map as a plain list.
public enum MapPrint {
  /// What the chapter is about.
  static let chapter = Phrase(
    ko: "TCP/IP 데이터를 전기 신호로 만들어 보내기",
    en: "How TCP/IP turns data into an electric signal")

  /// The chapter's sections with the lessons that exist, in lines of at most 78 columns.
  ///
  /// - Parameter section: only this section; nil for the whole chapter.
  public static func text(
    _ lessons: [Lesson], section: ChapterSection? = nil, _ language: Language
  ) -> String {
    var text = LinearText()
    if section == nil {
      text.line(chapter.text(language))
      text.gap()
    }
    for entry in ChapterSection.allCases where section == nil || entry == section {
      text.line("\(entry.rawValue)  \(entry.title.text(language))")
      let own = lessons.filter { $0.id.part == .core && $0.chapterSection == entry.rawValue }
      rows(own, &text, language)
      let tried = lessons.filter { $0.isExperiment && $0.chapterSection == entry.rawValue }
      experiments(tried, of: entry, isWhole: section != nil, &text, language)
      text.gap()
    }
    if section == nil, lessons.contains(where: { $0.id.part == .advanced }) {
      advanced(lessons, &text, language)
      text.gap()
    }
    if let example = lessons.first(where: { !$0.isExperiment })?.id {
      let command = "sockscope lesson \(example)"
      text.line((language == .ko ? "수업 열기    " : "open a lesson    ") + command)
      text.line((language == .ko ? "글로만 읽기  " : "read it as text  ") + command + " --print")
    }
    return text.text
  }

  /// The advanced lessons alone.
  public static func advanced(_ lessons: [Lesson], _ language: Language) -> String {
    var text = LinearText()
    advanced(lessons, &text, language)
    return text.text
  }

  private static func advanced(
    _ lessons: [Lesson], _ text: inout LinearText, _ language: Language
  ) {
    text.line("+  \(AdvancedPart.title.text(language))")
    rows(lessons.filter { $0.id.part == .advanced }, &text, language)
  }

  /// A section's experiments: one line in the chapter's map, all of them in the section's own.
  private static func experiments(
    _ lessons: [Lesson], of section: ChapterSection, isWhole: Bool, _ text: inout LinearText,
    _ language: Language
  ) {
    guard let first = lessons.map(\.id).min(), let last = lessons.map(\.id).max() else { return }
    let name = language == .ko ? "망가뜨려 보기" : "What if"
    if isWhole {
      text.gap()
      text.line("   " + name)
      return rows(lessons, &text, language)
    }
    let range = first == last ? "\(first)" : "\(first) … \(last)"
    text.ends(
      "   \(range)  \(name)", "sockscope lesson \(section.rawValue)".padded(to: 20, .right))
  }

  private static func rows(_ lessons: [Lesson], _ text: inout LinearText, _ language: Language) {
    if lessons.isEmpty {
      text.line("   " + (language == .ko ? "아직 수업이 없습니다" : "no lessons yet"))
    }
    for lesson in lessons.sorted(by: { $0.id < $1.id }) {
      let minutes = language == .ko ? "\(lesson.minutes)분" : "\(lesson.minutes) min"
      let title = lesson.title.text(language)
      text.ends("   \(lesson.id)  \(title)", minutes.padded(to: 8, .right))
    }
  }
}
