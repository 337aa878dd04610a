import Foundation
import Testing

@testable import Course

/// Folders that exist only here.
private struct Folders: FolderReading {
  var files: [String: String]
  func names(in folder: String) -> [String]? {
    let inside = files.keys.filter { $0.hasPrefix(folder + "/") }
    return inside.isEmpty ? nil : inside.map { String($0.dropFirst(folder.count + 1)) }
  }
  func text(of file: String) -> String? { files[file] }
}

private let small = """
  lesson: L07
  section: "3.1"
  title: {ko: 가, en: a}
  summary: {ko: 가, en: a}
  minutes: 1
  steps:
    - {id: a, ko: 가, en: a}
  """

@Suite struct LessonLibraryTests {
  /// The embedded copy is the folder's content to the letter.
  @Test func embedded() throws {
    let experiments = Experiments.files.map { "experiments/" + $0 }
    let core = Shipped.files.filter { $0.hasPrefix("L") }
    let advanced = Shipped.files.filter { $0.hasPrefix("A") }
    #expect(LessonLibrary.embedded.files.map(\.name) == core + advanced + experiments)
    for file in LessonLibrary.embedded.files {
      let text = try String(contentsOf: Shipped.folder.appending(path: file.name), encoding: .utf8)
      #expect(file.text == text)
    }
    #expect(try LessonLibrary.embedded.lesson(named: "l5").id.description == "L05")
    #expect(try LessonLibrary.embedded.lesson(named: "x2-5").id.description == "X2-05")
    #expect(LessonLibrary.embedded.lessons().broken.isEmpty)
  }

  @Test(arguments: [
    ("/opt/x/Lessons/L07.yaml", "/opt/x/bin/sockscope"),
    ("/opt/x/bin/Lessons/L07.yaml", "/opt/x/bin/sockscope"),
    ("/opt/x/share/sockscope/Lessons/L07.yaml", "/opt/x/bin/sockscope"),
    ("/Lessons/L07.yaml", "/a/b/c/sockscope"),
    ("/w/Lessons/L07.yaml", "/w/.build/x86_64/debug/sockscope"),
  ])
  func nearTheExecutable(file: String, executable: String) throws {
    let folders = Folders(files: [file: small])
    let library = try LessonFinder.library(
      wanted: nil, executable: executable, reading: folders)
    #expect(library.ids.map(\.description) == ["L07"])
    #expect(try library.lesson(named: "L7").section == "3.1")
  }

  /// Experiments lie in a folder of their own, and come behind the lessons.
  @Test func experimentsLieBelow() throws {
    let experiment = small.replacing("L07", with: "X3-02")
    let folders = Folders(files: [
      "/m/experiments/X3-02.yaml": experiment, "/m/L07.yaml": small, "/m/other/L08.yaml": small,
    ])
    let library = try LessonFinder.library(wanted: "/m", executable: "/x/s", reading: folders)
    #expect(library.ids.map(\.description) == ["L07", "X3-02"])
    #expect(try library.lesson(named: "x3-2").isExperiment)
    let unknown = #expect(throws: LibraryProblem.self) { try library.lesson(named: "X3-3") }
    #expect(unknown?.text(.en).contains("X3-02") == true)
  }

  @Test func anExperimentStandsInItsSection() {
    let problem = #expect(throws: LessonProblems.self) {
      try Lesson(yaml: small.replacing("L07", with: "X2-01"))
    }
    #expect(problem?.problems.first?.message == "X2-01 belongs to section 2")
    #expect(problem?.problems.first?.line == 2)
  }

  /// An advanced lesson belongs to no section of the book.
  @Test func anAdvancedLessonStandsBeyondTheBook() throws {
    let problem = #expect(throws: LessonProblems.self) {
      try Lesson(yaml: small.replacing("L07", with: "A07"))
    }
    #expect(problem?.problems.first?.suggestion == "A")
    let text = small.replacing("L07", with: "A07").replacing("3.1", with: "A")
    let lesson = try Lesson(yaml: text)
    #expect(lesson.chapterSection == nil)
    #expect(lesson.place == Phrase(ko: "심화", en: "beyond the book"))
    #expect(try Lesson(yaml: small).place == Phrase(ko: "3.1절", en: "section 3.1"))
  }

  @Test func lessonsComeBeforeExperiments() {
    let names = ["X2-01", "A01", "X1-10", "L20", "X1-02", "L03"]
    #expect(
      names.compactMap { LessonID($0) }.sorted().map(\.description)
        == ["L03", "L20", "A01", "X1-02", "X1-10", "X2-01"])
  }

  @Test func elsewhereTheEmbeddedCopy() throws {
    let folders = Folders(files: ["/other/Lessons/L07.yaml": small, "/x/Lessons/notes.txt": ""])
    let library = try LessonFinder.library(
      wanted: nil, executable: "/x/bin/sockscope", reading: folders)
    #expect(library.origin == .embedded)
  }

  @Test func theFolderThatIsAskedFor() throws {
    let folders = Folders(files: ["/m/L07.yaml": small, "/e/read.me": "", "/b/L08.yaml": "a: b"])
    let library = try LessonFinder.library(wanted: "/m", executable: "/x/s", reading: folders)
    #expect(library.origin == .folder("/m"))
    #expect(throws: LibraryProblem.noFolder("/none")) {
      try LessonFinder.library(wanted: "/none", executable: "/x/s", reading: folders)
    }
    #expect(throws: LibraryProblem.noLessons("/e")) {
      try LessonFinder.library(wanted: "/e", executable: "/x/s", reading: folders)
    }
    let broken = try LessonFinder.library(wanted: "/b", executable: "/x/s", reading: folders)
    let problem = #expect(throws: LibraryProblem.self) { try broken.lesson(named: "L08") }
    #expect(problem?.text(.en).hasPrefix("/b/L08.yaml:1:1: ") == true)
    let unknown = #expect(throws: LibraryProblem.self) { try library.lesson(named: "L99") }
    #expect(unknown?.text(.en).contains("L07") == true)
    #expect(throws: LibraryProblem.self) { try library.lesson(named: "../../etc/passwd") }
  }

  @Test(arguments: [
    ("L05", "L05"), ("l5", "L05"), ("A1", "A01"), ("a10", "A10"), ("L", nil), ("L0", nil),
    ("L100", nil), ("5", nil), ("", nil), ("Lx", nil), ("B1", nil), ("X2-05", "X2-05"),
    ("x2-5", "X2-05"), ("X1-10", "X1-10"), ("X2", nil), ("X2-", nil), ("X2-0", nil), ("X7-1", nil),
    ("X0-1", nil), ("X12-1", nil), ("X2-100", nil), ("X2-5x", nil), ("L2-05", nil), ("X205", nil),
  ])
  func ids(text: String, id: String?) {
    #expect(LessonID(text)?.description == id)
  }

  @Test func glossary() {
    #expect(Set(Glossary.entries.map(\.id)).count == Glossary.entries.count)
    for word in ["SYN", "socket", "디스크립터", "MSS", "tcb", "isn", "접속 대기 소켓"] {
      #expect(Glossary.entry(word) != nil, "\(word)")
    }
    #expect(Glossary.entry("syn")?.term(.ko) == "SYN")
    #expect(Glossary.entry("descriptor")?.term(.ko) == "디스크립터 (파일 디스크립터(fd))")
  }
}
