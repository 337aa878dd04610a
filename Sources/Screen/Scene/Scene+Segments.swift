import Session
import Stack

extension Scene {
  /// How many moments a segment may lie built before it is on the line.
  private static let longestWait = 4_000

  /// The moment at which a segment was built, for that has a rule; that at which it left where it is not found.
  func building(of segment: SentSegment) -> Int? {
    guard let frame = timeline.frame(segment.frame) else { return nil }
    let last = max(1, frame.sentMoment)
    for number in (max(1, last - Self.longestWait)...last).reversed() {
      guard let moment = timeline.moment(number), moment.host == frame.from else { continue }
      let isBuilt = moment.event == .segmentBuilt || moment.event == .segmentRetransmitted
      if isBuilt, moment.unit.sequence == segment.sequence { return number }
    }
    return frame.sentMoment
  }
}
