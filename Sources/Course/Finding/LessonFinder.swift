/// Reads folders for the finder; the executable has the files.
public protocol FolderReading {
  /// The names of the files in a folder; nil when there is no such folder.
  func names(in folder: String) -> [String]?
  /// The text of a file; nil when it cannot be read.
  func text(of file: String) -> String?
}

/// Finds the lessons: in the folder that was asked for, else near the executable, else in the
/// program itself.
public enum LessonFinder {
  /// - Parameters:
  ///   - wanted: What `--lessons` says.
  ///   - executable: The absolute path of the running program, links resolved.
  public static func library(
    wanted: String?, executable: String, reading: some FolderReading
  ) throws(LibraryProblem) -> LessonLibrary {
    if let wanted {
      guard let library = library(in: wanted, reading) else { throw .noFolder(wanted) }
      if library.files.isEmpty { throw .noLessons(wanted) }
      return library
    }
    for folder in candidates(executable: executable) {
      if let library = library(in: folder, reading), !library.files.isEmpty { return library }
    }
    return .embedded
  }

  /// The folders that are tried, in order: `Lessons` at or above the executable's own folder, then
  /// `../share/sockscope/Lessons`.
  static func candidates(executable: String) -> [String] {
    var parts = executable.split(separator: "/").dropLast()
    let share = parts.dropLast().joined(separator: "/")
    var folders: [String] = []
    while true {
      folders.append(path(parts.joined(separator: "/"), "Lessons"))
      guard !parts.isEmpty else { break }
      parts.removeLast()
    }
    folders.append(path(share, "share/sockscope/Lessons"))
    return folders
  }

  private static func path(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? "/\(name)" : "/\(folder)/\(name)"
  }

  private static func library(in folder: String, _ reading: some FolderReading) -> LessonLibrary? {
    guard let files = files(in: folder, reading) else { return nil }
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    let experiments = self.files(in: base + LessonLibrary.experiments, reading) ?? []
    return LessonLibrary(origin: .folder(folder), files: files + experiments)
  }

  private static func files(in folder: String, _ reading: some FolderReading) -> [LessonFile]? {
    guard let names = reading.names(in: folder) else { return nil }
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    return names.sorted().filter { $0.hasSuffix(".yaml") && !$0.contains("/") }.compactMap { name in
      reading.text(of: base + name).map { LessonFile(name: base + name, text: $0) }
    }
  }
}
