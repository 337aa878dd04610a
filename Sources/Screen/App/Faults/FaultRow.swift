import Course

/// A row of the box: what can be done, with which values, and why not.
struct FaultRow {
  enum Part {
    case text(Phrase)
    case value(String, FaultKnob)
  }

  var label: Phrase
  /// What it means, and the values within.
  var parts: [Part]
  /// Values that stand in a column of their own.
  var more: [Part] = []
  /// What is in the way.
  var obstacle: Phrase?
  /// As a lesson would say it.
  var command: String
  /// What the branch's name begins with.
  var kind: String

  init(
    _ kind: String, ko: String, en: String, _ parts: [Part], more: [Part] = [],
    obstacle: Phrase? = nil, command: String
  ) {
    self.kind = kind
    label = Phrase(ko: ko, en: en)
    self.parts = parts
    self.more = more
    self.obstacle = obstacle
    self.command = command
  }

  /// The values in their order.
  var knobs: [FaultKnob] {
    (parts + more).compactMap { part in
      if case .value(_, let knob) = part { return knob }
      return nil
    }
  }
}

extension FaultRow.Part {
  static func text(_ ko: String, _ en: String) -> FaultRow.Part { .text(Phrase(ko: ko, en: en)) }
}
