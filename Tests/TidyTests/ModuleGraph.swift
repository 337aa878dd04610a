import Foundation

/// Which module may use which: the arrows of the house. They never turn back.
enum ModuleGraph {
  /// What a module may import, our own modules and others. A room that is not here may not exist.
  static let allowed: [String: Set<String>] = [
    "CNCurses": [],
    "CPacketdrill": [],
    "CTap": [],
    "CTerminal": [],
    "Wire": [],
    "Stack": ["Wire", "DequeModule", "HeapModule"],
    "Simulation": ["Stack", "Wire", "DequeModule", "HeapModule"],
    "Capture": ["Wire"],
    "Session": ["Simulation", "Capture", "Stack", "Wire"],
    "Observer": ["Session", "Capture", "Stack", "Wire"],
    "Course": ["Session", "Simulation", "Capture", "Stack", "Wire", "Yams"],
    "Screen": ["Course", "Observer", "Session", "Simulation", "Stack", "Wire"],
    "Terminal": ["Screen", "CNCurses", "CTerminal", "Glibc"],
    "TapLink": ["Wire", "CTap", "Glibc"],
    "sockscope": [
      "ArgumentParser", "Terminal", "TapLink", "Screen", "Course", "Observer", "Session",
      "Simulation", "Capture", "Stack", "Wire", "Foundation", "Glibc",
    ],
    "SockscopePacketdrill": ["Stack", "Wire", "CPacketdrill", "Glibc"],
    "embed-lessons": ["Foundation", "FoundationEssentials"],
    "EmbedLessonsPlugin": ["embed-lessons", "Foundation", "PackagePlugin"],
    "sockscope-bench": [
      "Screen", "Course", "Observer", "Session", "Simulation", "Capture", "Stack", "Wire", "Glibc",
    ],
  ]

  /// No operating system, no files, no clock in here.
  static let pure: Set<String> = ["Wire", "Stack", "Simulation", "Capture", "Session"]

  static let system: Set<String> = [
    "Foundation", "FoundationEssentials", "FoundationInternationalization", "Glibc", "Musl",
    "Darwin", "Dispatch", "Synchronization", "PackagePlugin",
  ]

  /// The modules that a source file imports.
  static func imports(in text: String) -> [String] {
    let kinds: Set<Substring> = [
      "struct", "class", "enum", "func", "typealias", "protocol", "var", "let",
    ]
    return SwiftText.code(of: text).split(separator: "\n").compactMap { line in
      var words = line.split(separator: " ")[...]
      guard let start = words.firstIndex(of: "import") else { return nil }
      let before = words[..<start]
      guard
        before.allSatisfy({
          $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0)
        })
      else { return nil }
      words = words[(start + 1)...]
      if let kind = words.first, kinds.contains(kind) { words = words.dropFirst() }
      return words.first.flatMap { $0.split(separator: ".").first.map(String.init) }
    }
  }

  /// What each target of a package's manifest says it depends on, by the name of the target's folder.
  static func declared(in manifest: String) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    // The manifest's strings are what is wanted here, so its code is read as it stands.
    guard let targets = manifest.range(of: "\n  targets: [") else { return result }
    var rest = manifest[targets.upperBound...]
    let opening = #/\.(?:target|executableTarget|testTarget|systemLibrary|plugin)\(/#
    while let match = rest.firstMatch(of: opening) {
      let body = balanced(rest[match.range.upperBound...])
      rest = rest[body.endIndex...]
      let path = body.firstMatch(of: #/path:\s*"(?:[^"]*\/)?([^"\/]+)"/#)?.output.1
      let name = body.firstMatch(of: #/name:\s*"([^"]+)"/#)?.output.1
      guard let folder = path ?? name else { continue }
      result[String(folder)] = dependencies(in: body)
    }
    return result
  }

  private static func dependencies(in body: Substring) -> Set<String> {
    guard let start = body.firstMatch(of: #/dependencies:\s*\[/#) else { return [] }
    var list = String(balanced(body[start.range.upperBound...]))
    list.replace(#/package:\s*"[^"]*"/#, with: "")
    return Set(list.matches(of: #/"([^"]+)"/#).map { String($0.output.1) })
  }

  /// Up to the bracket that closes the one just opened.
  private static func balanced(_ text: Substring) -> Substring {
    var depth = 1
    var isString = false
    for (index, character) in zip(text.indices, text) {
      if character == "\"" { isString.toggle() }
      guard !isString else { continue }
      if "([".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }
}
