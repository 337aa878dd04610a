import Wire

/// Frames that have left: their memory is written anew instead of being asked for and given back each time.
///
/// Of two lengths only, the least one and the latest other one: acknowledgments and full segments.
struct FramePool: Sendable {
  private var small: [[UInt8]] = []
  private var large: [[UInt8]] = []
  private var largeLength = 0

  /// Frames of each length that are kept.
  static let limit = 128

  /// A frame of so many octets; what they are is left from its last use.
  mutating func take(_ count: Int) -> [UInt8] {
    if count == EthernetLine.minimumFrame {
      if !small.isEmpty { return small.removeLast() }
    } else if count == largeLength, !large.isEmpty {
      return large.removeLast()
    }
    return Array(repeatElement(0, count: count))
  }

  /// Keeps a frame that nobody needs any more. One that somebody still holds is copied when it is written.
  mutating func giveBack(_ frame: consuming [UInt8]) {
    if frame.count == EthernetLine.minimumFrame {
      if small.count < Self.limit { small.append(frame) }
      return
    }
    if frame.count != largeLength {
      large.removeAll(keepingCapacity: true)
      largeLength = frame.count
    }
    if large.count < Self.limit { large.append(frame) }
  }
}
