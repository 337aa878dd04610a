import Stack
import Yams

/// How fast and how long a link is.
extension LessonReader {
  private static let rates: [(unit: String, scale: UInt64)] = [
    ("b/s", 1), ("kb/s", 1_000), ("Mb/s", 1_000_000), ("Gb/s", 1_000_000_000),
  ]

  /// `100 Mb/s`.
  mutating func rate(_ node: Node, for key: String) -> UInt64? {
    guard let word = string(node, for: key) else { return nil }
    let parts = word.split(separator: " ")
    if parts.count == 2, let count = UInt64(parts[0]), (1...10_000).contains(count),
      let scale = Self.rates.first(where: { $0.unit == parts[1] })?.scale
    {
      return count * scale
    }
    report("“\(key)” is a bit rate such as 100 Mb/s, not “\(word)”", at: node.place)
    return nil
  }

  /// `50 ms`, up to ten seconds.
  mutating func delay(_ node: Node, for key: String) -> Nanoseconds? {
    guard let word = string(node, for: key) else { return nil }
    if var words = try? CommandWords(word, in: context), let span = try? words.span(),
      words.next == nil, span <= .seconds(10)
    {
      return span
    }
    report("“\(key)” is a time such as 50 ms, not “\(word)”", at: node.place)
    return nil
  }
}
