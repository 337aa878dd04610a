import Stack
import Wire

extension Scene {
  /// An initial sequence number that relative numbers count from.
  public typealias Origin = (name: String, host: HostID, iss: SequenceNumber)

  /// The same as `relative(_:of:)` for a view that writes many numbers: it reads the origins once.
  public func relative(_ number: SequenceNumber, of host: HostID, from origins: Origins) -> String {
    if showsPlainNumbers { return hexadecimal(number) }
    guard let near = origins.before(number, of: host), number.distance(from: near.iss) < 1 << 30
    else { return hexadecimal(number) }
    let distance = number.distance(from: near.iss)
    return distance == 0 ? near.name : "\(near.name)+\(distance)"
  }
}
