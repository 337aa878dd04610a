import Session
import Stack

/// The two hosts on the stage: in a world of more than two the pair that the moment is about.
extension StageView {
  var pair: (left: HostID, right: HostID) {
    guard !scene.isPair, let (one, other) = hostsAtWork else { return (HostID(0), HostID(1)) }
    // Who comes first in the world stands at the left, and so does the client.
    return one.index < other.index ? (one, other) : (other, one)
  }

  /// The ends of the frame that the moment is about; else of the frame that its host is about to send or
  /// has sent or got last.
  private var hostsAtWork: (HostID, HostID)? {
    guard let moment = scene.moment else { return nil }
    if let frame = scene.timeline.frame(moment.unit.frame) {
      return ends(of: frame, with: moment.host)
    }
    let host = moment.host
    let next = scene.timeline.frames.first {
      $0.sentMoment > scene.index && $0.sentMoment <= scene.index + 40 && $0.from == host
    }
    if scene.state.unit?.direction == .down, moment.unit.octets > 0, let next {
      return ends(of: next, with: host)
    }
    let last = scene.frames.last { $0.from == host || $0.to == host }
    if let last { return ends(of: last, with: host) }
    return scene.neighbours(of: host).first.map { (host, $0) }
  }

  /// A frame for all shows its sender and whoever the moment is at, else the first that hears it.
  private func ends(of frame: FrameRecord, with host: HostID) -> (HostID, HostID)? {
    if host != frame.from, host != .wire { return (frame.from, host) }
    if frame.to != .wire { return (frame.from, frame.to) }
    return scene.hearers(of: frame).first.map { (frame.from, $0) }
  }

  /// Whether a frame is on the line between the two.
  func isBetween(_ frame: FrameRecord) -> Bool {
    guard !scene.isPair else { return true }
    let pair = pair
    return [pair.left, pair.right].contains(frame.from)
      && [pair.left, pair.right, .wire].contains(frame.to)
  }
}
