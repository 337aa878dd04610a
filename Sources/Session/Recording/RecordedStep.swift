/// A step of a lesson as a recording keeps it.
public struct RecordedStep: Hashable, Sendable {
  /// The step's name in its lesson.
  public var id: String
  /// Its place among the steps of all runs, from 0.
  public var place: Int
  /// So many moments of the run have passed when it begins.
  public var first: Int
  /// The same when it ends.
  public var last: Int

  public init(id: String, place: Int, first: Int, last: Int) {
    self.id = id
    self.place = place
    self.first = first
    self.last = last
  }
}

extension OctetWriter {
  mutating func write(_ step: RecordedStep) {
    write(step.id)
    write(step.place)
    write(step.first)
    write(step.last)
  }
}

extension OctetReader {
  mutating func recordedStep() throws(RecordingError) -> RecordedStep {
    RecordedStep(
      id: try text(), place: try int(), first: try int(), last: try int())
  }
}
