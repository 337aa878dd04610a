import Course
import Screen

/// One picture of 120×40: the map, and a lesson some moments after its first step began.
struct Pictures {
  let count: Int

  private static let size = Size(width: 120, height: 40)
  private static let lesson = "L05"

  func run(_ repetitions: Int) throws {
    let lessons = try LessonLibrary.embedded.files.map { try Lesson(yaml: $0.text) }
    let map = AppModel(lessons: lessons, opened: nil, language: .ko, seed: nil, profile: nil)
    try measure("map", map, repetitions)
    guard let id = lessons.first(where: { "\($0.id)" == Self.lesson })?.id else {
      throw WrongResult(description: "there is no lesson \(Self.lesson)")
    }
    for language in [Language.ko, .en] {
      var model = AppModel(lessons: lessons, opened: id, language: language, seed: 7, profile: nil)
      _ = model.update(.resize(Self.size))
      for _ in 0..<30 { _ = model.update(.key(.character("."))) }
      try measure("lesson \(Self.lesson) \(language)", model, repetitions)
    }
  }

  private func measure(_ name: String, _ model: AppModel, _ repetitions: Int) throws {
    var drawing: [Double] = []
    let empty = CellGrid(Self.size)
    for number in 0...repetitions {
      var drawn = 0
      let cost = measured {
        for _ in 0..<count where model.render(Self.size) != empty { drawn += 1 }
      }
      guard drawn == count else { throw WrongResult(description: "the picture is empty") }
      if number > 0 { drawing.append(cost.cpu / Double(count) / 1000) }
    }
    report("render \(name)", Sample(drawing), "µs", "120×40")
  }
}
