/// Frames that wait to be put on the wire, oldest first: a ring that grows.
///
/// A frame goes in and comes out without being counted twice in between, which a deque's general closures
/// do not spare.
struct FrameQueue: Sendable {
  /// A power of two of places, or none.
  private var places: [LinkFrame] = []
  private var first = 0
  private var count = 0

  /// Adds a frame behind all others. O(1), when it grows O(frames).
  @inline(__always)
  mutating func append(_ frame: consuming LinkFrame) {
    if count == places.count { grow() }
    places[(first + count) & (places.count - 1)] = frame
    count += 1
  }

  /// Takes the oldest frame out. O(1).
  @inline(__always)
  mutating func popFirst() -> LinkFrame? {
    guard count > 0 else { return nil }
    var frame = LinkFrame(octets: [])
    swap(&frame, &places[first])
    first = (first + 1) & (places.count - 1)
    count -= 1
    return frame
  }

  mutating func removeAll() { self = FrameQueue() }

  private mutating func grow() {
    let larger = Array(places[first...] + places[..<first])
    let added = max(8, larger.count)
    places = larger + Array(repeating: LinkFrame(octets: []), count: added)
    first = 0
  }
}
