import Course

/// One thing that was looked at.
struct Finding {
  var name: Phrase
  /// What it is like, and what is wrong with it.
  var found: Phrase
  /// The command that mends it; nil: it works.
  var mend: String?
  /// Whether the lessons need it.
  var isNeeded = true

  init(_ name: Phrase, found: Phrase, mend: String? = nil, isNeeded: Bool = true) {
    self.name = name
    self.found = found
    self.mend = mend
    self.isNeeded = isNeeded
  }

  /// A path as a shell takes it.
  static func quoted(_ path: String) -> String {
    let plain = path.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0))
    }
    return plain ? path : "'" + path.replacing("'", with: #"'\''"#) + "'"
  }
}
