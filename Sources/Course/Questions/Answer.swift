/// What a learner answers.
public enum Answer: Hashable, Sendable {
  /// A value as it was typed: `0x9a3c1f21`, `2587631393`, `c+1`, `SYN-SENT`.
  case typed(String)
  /// The place of a choice or of an event, from 0.
  case choice(Int)
  /// A field.
  case place(Path)
  /// The items' places in the order that the learner gave them.
  case order([Int])
}

/// What is said to an answer.
public enum Verdict: Sendable {
  case right
  /// `feedback` is the lesson's word about this mistake, `meaning` names what the number really is,
  /// `misconception` what many think who answer so.
  case wrong(
    feedback: BilingualNarration? = nil, meaning: Phrase? = nil,
    misconception: Misconception? = nil)
  /// It could not be read; the phrase says how to write it.
  case unreadable(Phrase)

  public var isRight: Bool { if case .right = self { true } else { false } }
}
