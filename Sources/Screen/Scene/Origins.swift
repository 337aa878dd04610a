import Stack
import Wire

/// The initial sequence numbers that relative numbers count from, in the order in which they were sent. Which one a
/// number counts from is found in O(log numbers).
public struct Origins: RandomAccessCollection, ExpressibleByArrayLiteral, Sendable {
  private let all: [Scene.Origin]
  /// For each host its numbers in rising order, with their places.
  private let sorted: [HostID: [(number: UInt32, place: Int)]]

  public init(_ all: [Scene.Origin]) {
    self.all = all
    var sorted: [HostID: [(number: UInt32, place: Int)]] = [:]
    for (place, origin) in all.enumerated() {
      sorted[origin.host, default: []].append((origin.iss.value, place))
    }
    self.sorted = sorted.mapValues { $0.sorted { $0.number < $1.number } }
  }

  public init(arrayLiteral elements: Scene.Origin...) { self.init(elements) }

  public var startIndex: Int { 0 }
  public var endIndex: Int { all.count }
  public subscript(place: Int) -> Scene.Origin { all[place] }

  /// The last of a host's numbers at or before this one, counted round the end of the numbers; nil for a host
  /// without any.
  func before(_ number: SequenceNumber, of host: HostID) -> Scene.Origin? {
    guard let own = sorted[host], !own.isEmpty else { return nil }
    let place = own.firstPlace { $0.number > number.value }
    return all[own[place > 0 ? place - 1 : own.count - 1].place]
  }

  /// Whether a host has begun with this number.
  func contains(_ number: SequenceNumber, of host: HostID) -> Bool {
    before(number, of: host)?.iss == number
  }
}
