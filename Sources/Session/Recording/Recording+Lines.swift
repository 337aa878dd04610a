extension Recording {
  /// The step that a moment of a run belongs to; in a branch's shared past that of the run which it left. Nil
  /// before the first.
  public static func step(
    ofMoment number: Int, of place: Int, in parts: [Part]
  ) -> RecordedStep? {
    let part = parts[place]
    if let own = part.steps.last(where: { $0.first < number }) { return own }
    guard let origin = part.origin, number <= origin.fork,
      let parent = parts[..<place].firstIndex(where: { $0.name == origin.parent })
    else { return nil }
    return step(ofMoment: number, of: parent, in: parts)
  }

  /// The moments of a run as lines of JSON, in their order: the same for a run and for its recording.
  public static func lines(of place: Int, in parts: [Part]) -> some Sequence<String> {
    let part = parts[place]
    return (1..<(part.timeline.momentCount + 1)).lazy.compactMap { number in
      let step = step(ofMoment: number, of: place, in: parts)?.id
      return JSONLine.of(
        number, in: part.timeline,
        at: JSONLine.Place(lesson: part.lesson, step: step, branch: part.name))
    }
  }
}
