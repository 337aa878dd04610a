/// The text of a lesson file.
public struct LessonFile: Hashable, Sendable {
  /// As messages name it: a path, or the bare name of an embedded file.
  public let name: String
  public let text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// The lessons that there are, and where they came from.
public struct LessonLibrary: Sendable {
  public enum Origin: Hashable, Sendable {
    case folder(String)
    /// The copy that was made when the program was built.
    case embedded
  }

  public let origin: Origin
  /// In the order of the lessons.
  public let files: [LessonFile]

  /// Files that are no lessons by their names are left out.
  public init(origin: Origin, files: [LessonFile]) {
    self.origin = origin
    self.files =
      files.filter { LessonLibrary.id(of: $0) != nil }
      .sorted { first, second in
        guard let one = LessonLibrary.id(of: first), let other = LessonLibrary.id(of: second) else {
          return first.name < second.name
        }
        return one < other
      }
  }

  /// The folder in the lessons' folder that has the experiments.
  public static let experiments = "experiments"

  public static let embedded = LessonLibrary(origin: .embedded, files: EmbeddedLessons.files)

  public var ids: [LessonID] { files.compactMap { LessonLibrary.id(of: $0) } }

  /// Reads one lesson.
  public func lesson(_ id: LessonID) throws(LibraryProblem) -> Lesson {
    guard let file = files.first(where: { LessonLibrary.id(of: $0) == id }) else {
      throw .unknownLesson("\(id)", known: ids)
    }
    return try lesson(in: file)
  }

  /// Reads the lesson that a learner names: `L05`, `l5`.
  public func lesson(named name: String) throws(LibraryProblem) -> Lesson {
    guard let id = LessonID(name) else { throw .unknownLesson(name, known: ids) }
    return try lesson(id)
  }

  /// Reads all lessons; those that cannot be read are told with their problems.
  public func lessons() -> (whole: [Lesson], broken: [LibraryProblem]) {
    var whole: [Lesson] = []
    var broken: [LibraryProblem] = []
    for file in files {
      do {
        whole.append(try lesson(in: file))
      } catch {
        broken.append(error)
      }
    }
    return (whole, broken)
  }

  private func lesson(in file: LessonFile) throws(LibraryProblem) -> Lesson {
    do {
      return try Lesson(yaml: file.text)
    } catch {
      throw .broken(file: file.name, problems: error.problems)
    }
  }

  /// A lesson's file bears its name: `L05.yaml`.
  private static func id(of file: LessonFile) -> LessonID? {
    let name = file.name.split(separator: "/").last ?? ""
    guard name.hasSuffix(".yaml") else { return nil }
    return LessonID(String(name.dropLast(".yaml".count)))
  }
}
