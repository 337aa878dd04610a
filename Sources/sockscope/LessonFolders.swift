import Course
import Foundation

/// The lessons as the file system has them.
enum LessonFolders {
  /// The lessons of `--lessons`, else those near the program, else the built-in ones.
  ///
  /// - Throws: when the folder of `--lessons` has none.
  static func library(_ shared: SharedOptions) throws(Failure) -> LessonLibrary {
    try library(folder: shared.lessons, shared.language)
  }

  /// The same for a folder, or for none.
  static func library(folder: String?, _ language: Language) throws(Failure) -> LessonLibrary {
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? "/"
    do {
      return try LessonFinder.library(
        wanted: folder, executable: program, reading: FileSystem())
    } catch {
      throw Failure(error, language)
    }
  }

  /// All lessons that can be read. What is wrong with the others is said on standard error.
  static func readable(_ library: LessonLibrary, _ shared: SharedOptions) -> [Lesson] {
    let (whole, broken) = library.lessons()
    for problem in broken { Console.complain(problem.text(shared.language)) }
    return whole
  }

  /// The lesson files of a path: the file itself, or what a folder has, also further below, in the order of names.
  ///
  /// - Throws: when it cannot be read or has none.
  static func files(at path: String, _ shared: SharedOptions) throws(Failure) -> [LessonFile] {
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .missing(
        shared.say(
          "“\(path)”이(가) 없습니다. 수업 파일이나 폴더의 이름을 확인해 주세요.",
          "There is no “\(path)”; name a lesson file or a folder with lessons."))
    }
    guard isFolder.boolValue else { return [try file(path, shared)] }
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let found = names.filter { $0.hasSuffix(".yaml") }.sorted()
    guard !found.isEmpty else {
      throw .missing(
        shared.say(
          "“\(path)”에는 수업 파일(*.yaml)이 없습니다. 다른 폴더를 적어 주세요.",
          "There is no lesson file (*.yaml) in “\(path)”; name another folder."))
    }
    var files: [LessonFile] = []
    let base = path.hasSuffix("/") ? path : path + "/"
    for name in found { files.append(try file(base + name, shared)) }
    return files
  }

  private static func file(_ path: String, _ shared: SharedOptions) throws(Failure) -> LessonFile {
    guard let text = FileSystem().text(of: path) else {
      throw .missing(
        shared.say(
          "“\(path)”을(를) 읽을 수 없습니다. 파일과 그 권한을 확인해 주세요.",
          "“\(path)” cannot be read; check the file and its permissions."))
    }
    return LessonFile(name: path, text: text)
  }

  private struct FileSystem: FolderReading {
    func names(in folder: String) -> [String]? {
      try? FileManager.default.contentsOfDirectory(atPath: folder)
    }

    /// What is no UTF-8 becomes U+FFFD, so that the reader can say where the file is wrong.
    func text(of file: String) -> String? {
      FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
