import Foundation
import Testing

/// What shells complete. bash reads and runs the script here; the others are looked at.
@Suite struct CompletionTests {
  private static func script(_ shell: String) throws -> String {
    let finished = try Program.run("--generate-completion-script", shell)
    #expect(finished.status == 0, "\(finished.complaint)")
    return finished.output
  }

  @Test(arguments: [("bash", "complete "), ("zsh", "#compdef sockscope"), ("fish", "complete -c")])
  func everyShellHasItsScript(shell: String, words: String) throws {
    let script = try Self.script(shell)
    #expect(script.contains(words))
    for word in ["lesson", "replay", "poke", "connection", "pcapng", "modern"] {
      #expect(script.contains(word), "\(word)")
    }
  }

  @Test func anUnknownShellIsRefused() throws {
    #expect(try Program.run("--generate-completion-script", "cmd").status != 0)
  }

  /// bash finds nothing wrong with its script, and completes a lesson and a file by it.
  @Test func bashCompletes() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "sockscope.bash")
      try Data(try Self.script("bash").utf8).write(to: file)
      for name in ["office.pcap", "run.pcapng", "notes.txt"] {
        try Data().write(to: folder.appending(path: name))
      }
      let bash = URL(filePath: "/usr/bin/env")
      let checked = try Program.finish(bash, ["bash", "-n", file.path])
      #expect(checked.status == 0 && checked.complaint.isEmpty, "\(checked.complaint)")
      func completed(_ words: [String]) throws -> Set<String> {
        let line = words.joined(separator: " ")
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let program = """
          source '\(file.path)'
          cd '\(folder.path)'
          sockscope() { '\(Program.url.path)' "$@"; }
          COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1)
          COMP_LINE='\(line)'; COMP_POINT=\(line.utf8.count)
          \(try function(in: file)) sockscope '\(words.last ?? "")' '\(words[words.count - 2])'
          printf '%s\\n' "${COMPREPLY[@]}"
          """
        let finished = try Program.finish(bash, ["bash", "-c", program])
        return Set(finished.lines.map { $0.trimmingCharacters(in: .whitespaces) })
      }
      #expect(try completed(["sockscope", "rep"]) == ["replay"])
      for start in ["L0", "L1", "A0"] {
        let lessons = LessonFiles.ids.filter { $0.hasPrefix(start) }
        #expect(!lessons.isEmpty)
        #expect(try completed(["sockscope", "lesson", start]).isSuperset(of: lessons))
      }
      #expect(
        try completed(["sockscope", "lesson", "L05", "--profile", ""]) == ["book", "modern"])
      #expect(try completed(["sockscope", "replay", ""]) == ["office.pcap", "run.pcapng"])
    }
  }

  /// The name of the function that the script gives to `complete -F`.
  private func function(in file: URL) throws -> String {
    let script = try String(contentsOf: file, encoding: .utf8)
    let words = script.split(whereSeparator: \.isWhitespace).map(String.init)
    let place = try #require(words.lastIndex(of: "-F"))
    return words[place + 1]
  }
}
