/// Why a lesson cannot be had.
public enum LibraryProblem: Error, Hashable, Sendable {
  /// The folder that was asked for cannot be read.
  case noFolder(String)
  /// It holds no lesson.
  case noLessons(String)
  case unknownLesson(String, known: [LessonID])
  case broken(file: String, problems: [LessonProblem])

  /// What is wrong and what to do, in one or more lines.
  public func text(_ language: Language) -> String {
    switch self {
    case .noFolder(let path):
      return Phrase(
        ko: "수업 폴더 \(path)를 읽을 수 없습니다. --lessons에 YAML 파일이 있는 폴더를 적어 주세요.",
        en:
          "The lesson folder \(path) cannot be read. Name a folder with YAML files after --lessons."
      ).text(language)
    case .noLessons(let path):
      return Phrase(
        ko: "\(path)에는 L05.yaml 같은 수업 파일이 없습니다. --lessons에 다른 폴더를 적어 주세요.",
        en:
          "There is no lesson file such as L05.yaml in \(path). Name another folder after --lessons."
      ).text(language)
    case .unknownLesson(let name, let known):
      // Whoever asks for an experiment is told of those, and not of all lessons.
      let isExperiment = name.first == "X" || name.first == "x"
      let ids = known.filter { ($0.part == .experiment) == isExperiment }.map(\.description)
      let list = ids.joined(separator: ", ")
      let near = Suggestion.nearest(to: LessonID(name)?.description ?? name, in: ids)
      let hint = near.map { Phrase(ko: " 혹시 \($0)인가요?", en: " Did you mean \($0)?") }
      return Phrase(
        ko: "\(name)라는 수업이 없습니다.\(hint?.ko ?? "") 지금 있는 수업: \(list)",
        en: "There is no lesson \(name).\(hint?.en ?? "") The lessons are: \(list)"
      ).text(language)
    case .broken(let file, let problems):
      return problems.map { "\(file):\($0)" }.joined(separator: "\n")
    }
  }
}
