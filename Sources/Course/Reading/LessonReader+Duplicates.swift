import Yams

extension LessonReader {
  /// Reports keys that a mapping has twice, at their second place. The parser tells only where the mapping begins.
  mutating func report(duplicates: [String], inMappingAt start: FilePlace) {
    for key in duplicates {
      let places = places(ofKey: key, inMappingAt: start)
      let first = places.first.map { "; the first one is in line \($0.line)" } ?? ""
      report("“\(key)” is there twice\(first)", at: places.dropFirst().first ?? start)
    }
  }

  private func places(ofKey key: String, inMappingAt start: FilePlace) -> [FilePlace] {
    guard lines.indices.contains(start.line - 1) else { return [] }
    // The mark of a mapping in braces stands at the brace or behind it.
    let isFlow = lines[start.line - 1].dropFirst(max(0, start.column - 2)).prefix(2).contains("{")
    var places: [FilePlace] = []
    for index in (start.line - 1)..<lines.count {
      let line = lines[index]
      if isFlow {
        let from = index == start.line - 1 ? start.column - 1 : 0
        for range in line.dropFirst(from).ranges(of: key + ":") {
          let column = line.distance(from: line.startIndex, to: range.lowerBound)
          places.append(FilePlace(line: index + 1, column: column + 1))
        }
        if places.count > 1 { return places }
        continue
      }
      let indent = index == start.line - 1 ? start.column - 1 : line.prefix { $0 == " " }.count
      let rest = line.dropFirst(indent)
      guard !rest.isEmpty else { continue }
      if indent < start.column - 1 { break }
      guard indent == start.column - 1 else { continue }
      if [key, "\"\(key)\"", "'\(key)'"].contains(where: { rest.hasPrefix($0 + ":") }) {
        places.append(FilePlace(line: index + 1, column: start.column))
      }
    }
    return places
  }
}
