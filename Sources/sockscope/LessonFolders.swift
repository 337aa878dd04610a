import Course
import Foundation

/// The lessons as the file system has them.
enum LessonFolders {
  /// The lessons of `--lessons`, else those near the program, else the built-in ones.
  ///
  /// - Throws: when the folder of `--lessons` has none.
  static func library(_ shared: SharedOptions) throws(Failure) -> LessonLibrary {
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? "/"
    do {
      return try LessonFinder.library(
        wanted: shared.lessons, executable: program, reading: FileSystem())
    } catch {
      throw Failure(error, shared.language)
    }
  }

  /// All lessons that can be read. What is wrong with the others is said on standard error.
  static func readable(_ library: LessonLibrary, _ shared: SharedOptions) -> [Lesson] {
    let (whole, broken) = library.lessons()
    for problem in broken { Console.complain(problem.text(shared.language)) }
    return whole
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
