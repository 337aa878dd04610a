import Stack

/// What each rule of the stack says, in one short sentence for the learner.
///
/// Where it is written down is the rule's own `reference`.
public enum RuleProse {
  typealias Row = (rule: Rule, phrase: Phrase)

  /// O(1).
  public static func text(_ rule: Rule, _ language: Language) -> String {
    phrases[Int(rule.rawValue)]?.text(language) ?? rule.id
  }

  /// The phrases at their rules' raw values.
  private static let phrases: [Phrase?] = {
    var phrases = [Phrase?](repeating: nil, count: Int(UInt8.max) + 1)
    for row in rows { phrases[Int(row.rule.rawValue)] = row.phrase }
    return phrases
  }()

  static let rows: [Row] = [
    calls, arrival, sending, waiting, timeWait, congestion, internet, router, link,
  ].flatMap(\.self)

  static func row(_ rule: Rule, ko: String, en: String) -> Row {
    (rule, Phrase(ko: ko, en: en))
  }
}
