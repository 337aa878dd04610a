import Course

/// The map: which lesson is chosen. A section's experiments are a list of their own behind the lessons.
public struct MapModel: Hashable, Sendable {
  var chosen: LessonID?
  /// The lesson that was chosen before the experiments came up.
  private var before: LessonID?

  init(chosen: LessonID?) { self.chosen = chosen }

  var showsExperiments: Bool { chosen?.part == .experiment }

  /// The experiments of the chosen one's section.
  func listedExperiments(of lessons: [Lesson]) -> [Lesson] {
    lessons.filter { $0.isExperiment && $0.id.section == chosen?.section }
  }

  /// The experiments that belong to the chosen lesson's section.
  func experiments(of lessons: [Lesson]) -> [Lesson] {
    guard let section = lessons.first(where: { $0.id == chosen })?.chapterSection else { return [] }
    return lessons.filter { $0.isExperiment && $0.chapterSection == section }
  }

  enum Outcome: Hashable {
    case stays
    case opens(LessonID, anew: Bool)
    case turnsLanguage, closed
  }

  mutating func update(_ input: Input, lessons: [Lesson], size: Size) -> Outcome {
    guard case .key(let key) = input else { return .stays }
    let keys = key.actions
    if key == .function(2) { return .turnsLanguage }
    if keys.contains(.character("q")) { return .closed }
    if keys.contains(.character("x")) { turn(lessons) }
    if key == .enter, let chosen { return .opens(chosen, anew: false) }
    if keys.contains(.character("r")), let chosen { return .opens(chosen, anew: true) }
    if let motion = MapModel.motion(key, keys) { move(motion, lessons, size) }
    return .stays
  }

  private static func motion(_ key: Key, _ keys: [Key]) -> Motion? {
    if key == .down || keys.contains(.character("j")) { return .down }
    if key == .up || keys.contains(.character("k")) { return .up }
    if key == .right || keys.contains(.character("l")) { return .right }
    if key == .left || keys.contains(.character("h")) { return .left }
    return nil
  }

  /// From the lessons to the experiments of the chosen one's section, and back.
  private mutating func turn(_ lessons: [Lesson]) {
    if showsExperiments {
      let section = chosen.map { Int($0.section) }
      let first = lessons.first { !$0.isExperiment && $0.chapterSection == section }
      chosen = before ?? first?.id ?? lessons.first { !$0.isExperiment }?.id ?? chosen
    } else if let first = experiments(of: lessons).first {
      before = chosen
      chosen = first.id
    }
  }

  private mutating func move(_ motion: Motion, _ lessons: [Lesson], _ size: Size) {
    if showsExperiments {
      let listed = listedExperiments(of: lessons)
      let place = listed.firstIndex { $0.id == chosen } ?? 0
      let next = place + (motion == .down || motion == .right ? 1 : -1)
      if listed.indices.contains(next) { chosen = listed[next].id }
    } else {
      chosen = MapPlan(lessons, size).neighbour(of: chosen, motion) ?? chosen
    }
  }
}
