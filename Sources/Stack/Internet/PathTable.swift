import Wire

/// What the host has found out about the ways to other hosts: the largest packet that gets through, where that is
/// less than its own link takes (RFC 1191 §6.2).
///
/// A path that has become wider tells nobody, so an entry means nothing any more once it is old (§6.3).
struct PathTable: Sendable {
  private struct Entry: Sendable {
    let destination: IPv4Address
    let limit: Int
    /// When the limit became less last.
    let loweredAt: Instant
  }

  /// The one that was lowered last at the end.
  private var entries: [Entry] = []

  /// "On the order of 10 minutes" (RFC 1191 §6.3).
  static let lifetime = Nanoseconds.seconds(600)
  /// Paths that there is memory for.
  static let entryLimit = 256

  var isEmpty: Bool { entries.isEmpty }

  /// The MTU found for a destination; nil where none is, or none that is fresh. O(paths).
  func limit(to destination: IPv4Address, at now: Instant) -> Int? {
    guard let entry = entries.first(where: { $0.destination == destination }) else { return nil }
    return now.since(entry.loweredAt) < Self.lifetime ? entry.limit : nil
  }

  /// Less gets through than was thought. O(paths).
  mutating func lower(_ destination: IPv4Address, to limit: Int, at now: Instant) {
    if let known = self.limit(to: destination, at: now), known <= limit { return }
    entries.removeAll {
      $0.destination == destination || now.since($0.loweredAt) >= Self.lifetime
    }
    if entries.count >= Self.entryLimit { entries.removeFirst() }
    entries.append(Entry(destination: destination, limit: limit, loweredAt: now))
  }
}
