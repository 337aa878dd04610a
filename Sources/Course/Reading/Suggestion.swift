/// Finds the word that was probably meant.
public enum Suggestion {
  /// The nearest of `known` if it is near enough, by edit distance; the first of equals.
  public static func nearest(to word: String, in known: [String]) -> String? {
    let wanted = Array(word.lowercased())
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let limit = max(1, (wanted.count + 1) / 3)
    var best: (distance: Int, word: String)?
    for candidate in known {
      let letters = Array(candidate.lowercased())
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = editDistance(wanted, letters)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
  static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var earlier: [Int] = []
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        var cost = previous[column] + (left[row] == right[column] ? 0 : 1)
        cost = min(cost, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, earlier[column - 1] + 1)
        }
        current.append(cost)
      }
      earlier = previous
      previous = current
    }
    return previous[right.count]
  }
}
