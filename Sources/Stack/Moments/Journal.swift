/// Thrown to leave a half-done input at the moment that was asked for: the state then is the state at it.
public struct Stop: Error {
  public init() {}
}

/// What an observed input writes down. It is handed into a host with the input and comes back with it.
///
/// With `isLooking` false nothing is recorded and nothing is thrown.
public struct Journal: Sendable {
  /// Whether anything is written down.
  public let isLooking: Bool
  /// What happened, in order.
  public var moments: [Moment] = []
  /// What the moments wrote; each holds a range of these.
  public var changes: [FieldChange] = []
  /// Calls that `Event.call` moments refer to by their `value`.
  public var calls: [SocketCall] = []
  /// The octets in hand: what the last moment showed at work.
  public var unit: UnitInHand?
  /// Record no more than this many moments, then throw `Stop`.
  public var limit: Int?

  /// An empty journal.
  public init(isLooking: Bool, limit: Int? = nil) {
    self.isLooking = isLooking
    self.limit = limit
  }

  /// Writes one moment down; throws `Stop` when it is the last one asked for.
  public mutating func record(_ moment: Moment) throws(Stop) {
    guard isLooking else { return }
    moments.append(moment)
    if let limit, moments.count >= limit { throw Stop() }
  }
}

/// The octets of a unit while a layer works on it.
public struct UnitInHand: Sendable, Hashable {
  /// Towards the wire, or away from it.
  public enum Direction: Sendable { case down, up }
  /// The frame's octets as far as they exist; headers not built yet are zero.
  public var octets: [UInt8]
  /// The part that exists, or is still unread on the way up.
  public var range: Range<Int>
  public var direction: Direction
  /// The layer at work.
  public var layer: Layer
  public var host: HostID

  public init(octets: [UInt8], range: Range<Int>, direction: Direction, layer: Layer, host: HostID)
  {
    self.octets = octets
    self.range = range
    self.direction = direction
    self.layer = layer
    self.host = host
  }
}
