import Foundation
import Testing

/// Lessons, languages and lists wherever the program is and however it is called.
@Suite struct SurroundingsTests {
  /// Away from its repository the program has the lessons that were built in.
  @Test func aMovedProgramHasItsLessons() throws {
    try Program.withFolder { folder in
      let moved = folder.appending(path: "scope")
      try FileManager.default.copyItem(at: Program.url, to: moved)
      for id in LessonFiles.ids {
        let away = try Program.run(
          "lesson", id, "--print", program: moved, folder: URL(filePath: "/"))
        #expect(away.status == 0)
        #expect(away.output == (try Program.run("lesson", id, "--print").output))
      }
      #expect(
        try Program.run(program: moved, folder: folder).output == (try Program.run().output))
    }
  }

  /// A folder `Lessons` above the program comes before the built-in ones, `--lessons` before both.
  @Test func theNearestLessonsCount() throws {
    try Program.withFolder { folder in
      let programs = folder.appending(path: "a/b")
      let moved = programs.appending(path: "sockscope")
      let above = folder.appending(path: "Lessons")
      let named = folder.appending(path: "mine")
      for place in [programs, above, named] {
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      }
      try FileManager.default.copyItem(at: Program.url, to: moved)
      let text = try LessonFiles.text("L05")
      for (place, title) in [(above, "Found above"), (named, "Found by name")] {
        let own = text.replacing(
          #/title: \{[^}]*\}/#, with: "title: {ko: 있음, en: \(title)}", maxReplacements: 1)
        try own.write(
          to: place.appending(path: "L05.yaml"), atomically: true, encoding: .utf8)
      }
      #expect(try Program.run("lesson", program: moved).output.contains("Found above"))
      let output = try Program.run("lesson", "--lessons", named.path, program: moved).output
      #expect(output.contains("Found by name"))
    }
  }

  @Test(arguments: [
    (["LC_ALL": "ko_KR.UTF-8"], true), (["LANG": "ko"], true),
    (["LC_MESSAGES": "ko_KR.utf8", "LANG": "en_US.UTF-8"], true),
    (["LC_ALL": "", "LANG": "ko_KR.UTF-8"], true),
    (["LC_ALL": "C", "LANG": "ko_KR.UTF-8"], false), (["LANG": "ja_JP.UTF-8"], false), ([:], false),
  ])
  func theLocaleChoosesTheLanguage(environment: [String: String], isKorean: Bool) throws {
    let output = try Program.run("lesson", "2", environment: environment).output
    #expect(output.contains("조각 셋, 번호 넷") == isKorean)
    #expect(output.contains("Three segments") == !isKorean)
    let given = try Program.run("lesson", "2", "--lang", "ko", environment: environment).output
    #expect(given.contains("조각 셋, 번호 넷"))
  }

  @Test func theMapIsAPlainList() throws {
    let map = try Program.run()
    #expect(map.status == 0)
    for id in LessonFiles.ids { #expect(map.output.contains("   \(id)  ")) }
    for number in 1...6 {
      #expect(map.output.contains("\n\(number)  "))
      let section = try Program.run("lesson", "\(number)").output
      #expect(section.hasPrefix("\(number)  "))
      #expect(section.contains("L02") == (number == 1))
      #expect(section.contains("L05") == (number == 2))
    }
    #expect(try Program.run("lesson").output == map.output)
  }

  @Test func helpAndVersion() throws {
    let version = try Program.run("--version")
    #expect(version.status == 0)
    #expect(version.output.contains(#/^sockscope \d+\.\d+\.\d+\n$/#))
    let help = try Program.run("--help")
    #expect(help.status == 0)
    for word in ["EXAMPLES", "sockscope lesson L05 --print", "--record", "EXIT STATUS"] {
      #expect(help.output.contains(word))
    }
    let lesson = try Program.run("lesson", "--help").output
    for option in ["--print", "--json", "--record", "--seed", "--profile", "--lang", "--lessons"] {
      #expect(lesson.contains(option))
    }
  }
}

/// What the README shows works.
@Suite struct ReadmeTests {
  static let text: String? = try? String(
    contentsOf: LessonFiles.folder.deletingLastPathComponent().appending(path: "README.md"),
    encoding: .utf8)

  @Test func theExampleLessonComesOut() throws {
    let readme = try #require(Self.text)
    let lesson = try #require(readme.firstMatch(of: #/```yaml\n((?s:.*?))```/#)?.output.1)
    try Program.withFolder { folder in
      try String(lesson).write(
        to: folder.appending(path: "L05.yaml"), atomically: true, encoding: .utf8)
      let finished = try Program.run("lesson", "L05", "--lessons", folder.path)
      #expect(finished.status == 0, "\(finished.complaint)")
      #expect(finished.output.contains("CLOSED → SYN-SENT"))
    }
  }

  @Test func itsOptionsExist() throws {
    let readme = try #require(Self.text)
    let help = try ["lesson", "replay"].map { try Program.run($0, "--help").output }.joined()
    var options = Set(readme.matches(of: #/`?(--[a-z]+(?:-[a-z]+)*)/#).map { String($0.output.1) })
    #expect(options.count > 7)
    // The library that reads the arguments has this one, and its help does not name it.
    options.remove("--generate-completion-script")
    for option in options { #expect(help.contains(option), "\(option)") }
  }
}
