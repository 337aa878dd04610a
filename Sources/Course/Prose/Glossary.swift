/// A term of the field with its names and one line of meaning.
public struct GlossaryEntry: Hashable, Sendable, Identifiable {
  /// Stable, such as `sequence-number`.
  public let id: String
  public let english: String
  /// The word of the book's Korean edition, where it has one of its own.
  public let book: String?
  /// The usual Korean word.
  public let korean: String
  public let meaning: Phrase

  /// The term as it is looked up in a language; Korean shows the book's word first.
  public func term(_ language: Language) -> String {
    guard language == .ko else { return english }
    guard let book, book != korean else { return korean }
    return "\(book) (\(korean))"
  }
}

/// The glossary's terms, in the order of the chapter.
public enum Glossary {
  public static let entries: [GlossaryEntry] = stack + connecting + exchanging + closing + advanced

  /// The entry that a word names: its id, its English or one of its Korean names. O(entries).
  public static func entry(_ word: String) -> GlossaryEntry? {
    let wanted = word.lowercased()
    return entries.first { entry in
      [entry.id, entry.english.lowercased(), entry.book ?? "", entry.korean].contains(wanted)
    }
      ?? entries.first { entry in
        let names = [entry.english.lowercased(), entry.book ?? "", entry.korean]
        return names.contains { $0.hasPrefix(wanted + " ") || $0.hasPrefix(wanted + "(") }
      }
  }

  static func entry(
    _ id: String, _ english: String, book: String? = nil, _ korean: String, ko: String, en: String
  ) -> GlossaryEntry {
    GlossaryEntry(
      id: id, english: english, book: book, korean: korean, meaning: Phrase(ko: ko, en: en))
  }
}
