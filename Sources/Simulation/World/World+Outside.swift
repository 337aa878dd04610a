import Stack
import Wire

// A host that is not simulated: a real one behind a gate that lets frames in and out.
extension World {
  /// A frame comes in at the gate at the present time. From here on it is like any other, faults included.
  mutating func arrive(_ octets: [UInt8], _ journal: inout Journal) throws(Stop) {
    guard let outside = configuration.outside, let place = place(of: outside),
      octets.count >= EthernetHeader.minimumLength
    else { return }
    try take(LinkFrame(octets: octets), from: port(of: place, 0), &journal)
  }

  /// The frames that the last input brought to the host outside, to be handed over now. One with a wrong FCS is
  /// none of them: no adapter would take it, and what is handed over has no FCS any more.
  public var departures: [[UInt8]] {
    guard let outside = configuration.outside else { return [] }
    return touchedFrames.filter {
      $0.to == outside && $0.fate == .delivered
        && $0.frameCheckSequence == FrameCheckSequence.of($0.octets)
    }.map(\.octets)
  }
}

extension WorldConfiguration {
  /// The same world with a host outside. Its lines take no time of their own: the time is the real one.
  public func with(outside host: HostID) -> WorldConfiguration {
    var world = self
    world.outside = host
    for index in world.links.indices
    where world.links[index].ends.contains(where: { $0.host == host }) {
      world.links[index].bitRate = 0
      world.links[index].propagationDelay = Nanoseconds(0)
    }
    return world
  }
}
