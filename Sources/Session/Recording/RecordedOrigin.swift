/// Where a branch left another run.
public struct RecordedOrigin: Hashable, Sendable {
  /// The name of the run that it left.
  public var parent: String
  /// The place, among the steps of all runs, of the step that was shown.
  public var step: Int
  /// The moment that was shown.
  public var moment: Int
  /// Moments that both runs share: the event at hand was done whole first.
  public var fork: Int

  public init(parent: String, step: Int, moment: Int, fork: Int) {
    self.parent = parent
    self.step = step
    self.moment = moment
    self.fork = fork
  }
}

extension OctetWriter {
  mutating func write(_ origin: RecordedOrigin) {
    write(origin.parent)
    write(origin.step)
    write(origin.moment)
    write(origin.fork)
  }
}

extension OctetReader {
  mutating func recordedOrigin() throws(RecordingError) -> RecordedOrigin {
    RecordedOrigin(
      parent: try text(), step: try int(0...(1 << 40)), moment: try int(0...(1 << 40)),
      fork: try int(0...(1 << 40)))
  }
}
