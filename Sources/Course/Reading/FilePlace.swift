import Yams

/// A place in a lesson file.
struct FilePlace {
  /// From 1.
  var line: Int
  /// From 1, in characters.
  var column: Int

  init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}

extension Node {
  var place: FilePlace? { mark.map(FilePlace.init) }
}

extension Node.Scalar {
  var place: FilePlace? { mark.map(FilePlace.init) }
}

extension Node.Mapping {
  var place: FilePlace? { mark.map(FilePlace.init) }
}
