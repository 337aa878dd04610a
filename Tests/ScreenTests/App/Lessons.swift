import Course
import Foundation
import Stack

@testable import Screen

/// The lessons of the project, run once for all tests.
enum Lessons {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Lessons")

  static let names = files(in: folder).filter { !$0.hasPrefix("A") }

  /// Beyond the book: long runs, whose texts must fit, too.
  static let advanced = files(in: folder).filter { $0.hasPrefix("A") }

  /// What if …: the experiments of all sections.
  static let experiments = files(in: folder.appending(path: "experiments"))

  private static func files(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  static let all = names + advanced + experiments

  static let runs: [String: LessonRun] = {
    var runs: [String: LessonRun] = [:]
    for name in all {
      let path = name.hasPrefix("X") ? "experiments/\(name).yaml" : "\(name).yaml"
      guard let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8),
        let lesson = try? Lesson(yaml: text)
      else { continue }
      runs[name] = LessonRunner().run(lesson)
    }
    return runs
  }()

  /// A lesson on the screen with every question answered, so that nothing stands in the way of time.
  static func solved(_ name: String, _ language: Language, _ size: Size) throws -> LessonModel {
    guard let run = runs[name] else { throw Missing(name: name) }
    var model = LessonModel(run, language: language, seed: 1)
    _ = model.update(.resize(size))
    for step in run.steps {
      for question in step.questions {
        model.answered[question.question.id] = .init(isRight: true, tries: 1)
      }
    }
    return model
  }

  struct Missing: Error { var name: String }
}

extension LessonModel {
  mutating func press(_ keys: Key...) { for key in keys { _ = update(.key(key)) } }
  mutating func type(_ text: String) { for character in text { press(.character(character)) } }
  var screen: CellGrid { renderLesson(self, size) }

  /// The two ends of each step, and about `count` places between them, even over the lesson.
  func spread(_ count: Int) -> [Position] {
    let moments = run.steps.reduce(0) { $0 + $1.last - $1.first + 1 }
    let stride = max(1, moments / count)
    return run.steps.indices.flatMap { place in
      let step = run.steps[place]
      let between = Swift.stride(from: step.first, to: step.last, by: stride)
      return (between + [step.last]).map { Position(step: place, moment: $0) }
    }
  }
}

let smallScreen = Size(width: 80, height: 24)
let largeScreen = Size(width: 120, height: 40)
