import Foundation
import Testing

/// `check`: all that is wrong, at its line and column, with what was meant.
@Suite struct CheckTests {
  /// One run of the program over all mistakes, each in a file of its own.
  static let found: [[Substring]] = {
    try! Program.withFolder { folder in
      for (place, mistake) in CheckedLesson.mistakes.enumerated() {
        try (mistake.made?.text ?? "").write(
          to: folder.appending(path: "\(place).yaml"), atomically: true, encoding: .utf8)
      }
      let output = try Program.run("check", folder.path).lines
      return CheckedLesson.mistakes.indices.map { place in
        output.filter { $0.hasPrefix("\(folder.path)/\(place).yaml:") }
          .map { $0.dropFirst("\(folder.path)/\(place).yaml:".count) }
      }
    }
  }()

  @Test func thereAreEnough() { #expect(CheckedLesson.mistakes.count >= 30) }

  @Test(arguments: CheckedLesson.mistakes.indices)
  func aMistakeIsFoundAtItsPlace(place: Int) throws {
    let mistake = CheckedLesson.mistakes[place]
    let made = try #require(mistake.made, "\(mistake) changes nothing")
    let lines = Self.found[place]
    let meant = mistake.meant.map { "; did you mean “\($0)”?" } ?? ""
    let line = try #require(
      lines.first { $0.hasPrefix("\(made.line):\(made.column): error: ") },
      "\(made.line):\(made.column) is not in \(lines)")
    #expect(line.contains(mistake.says), "\(line)")
    #expect(line.hasSuffix(meant), "\(line)")
  }

  @Test func aWholeLessonIsQuiet() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "L05.yaml")
      try CheckedLesson.text.write(to: file, atomically: true, encoding: .utf8)
      let finished = try Program.run("check", file.path)
      #expect(finished.status == 0, "\(finished.output)\(finished.complaint)")
      #expect(finished.output == "1 lesson file: nothing is wrong.\n")
    }
  }

  @Test func theLessonsAreWhole() throws {
    let finished = try Program.run("check", LessonFiles.folder.path, "--lang", "ko")
    #expect(finished.status == 0, "\(finished.output)\(finished.complaint)")
    #expect(finished.output.contains("잘못된 곳이 없습니다"))
  }

  /// Several mistakes come in one go, in the order of the lines.
  @Test func allMistakesInOneGo() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "mine.yaml")
      let text = CheckedLesson.text.replacing("minutes:", with: "minuts:")
        .replacing("[ladder]", with: "[lader]").replacing("frame-lost", with: "frame-lots")
        .replacing("kind: break", with: "kind: brake")
      try text.write(to: file, atomically: true, encoding: .utf8)
      let finished = try Program.run("check", file.path)
      #expect(finished.status == 1)
      #expect(finished.complaint.isEmpty)
      let words = ["needs “minutes”", "minuts", "lader", "brake", "frame-lots"]
      #expect(finished.lines.count == words.count, "\(finished.output)")
      for (line, word) in zip(finished.lines, words) { #expect(line.contains(word)) }
    }
  }

  @Test func aFileThatBearsAnotherName() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "L06.yaml")
      try CheckedLesson.text.write(to: file, atomically: true, encoding: .utf8)
      let finished = try Program.run("check", file.path)
      #expect(finished.status == 1)
      #expect(finished.output.contains("L06.yaml:1:1: error:"))
      #expect(finished.output.contains("holds the lesson L05; did you mean “L06”?"))
    }
  }

  @Test func octetsThatAreNoText() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "a.yaml")
      try (Data("lesson: L05\ntitle: a".utf8) + [0xff, 0xfe]).write(to: file)
      let finished = try Program.run("check", file.path)
      #expect(finished.status == 1)
      #expect(finished.output.contains("a.yaml:2:9: error: these octets are no text in UTF-8"))
    }
  }

  @Test func whatIsNotThere() throws {
    try ErrorTests.expect(
      2, ["/nonexistent.yaml", "name a lesson file"], "check", "/nonexistent.yaml")
    try ErrorTests.expect(64, ["file"], "check")
    try Program.withFolder { folder in
      try ErrorTests.expect(2, ["no lesson file"], "check", folder.path)
    }
  }
}
