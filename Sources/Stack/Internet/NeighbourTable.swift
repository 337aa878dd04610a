import Wire

/// What the host knows of its neighbours' hardware addresses (RFC 826; RFC 1122 §2.3.2).
public struct NeighbourTable: Sendable {
  /// One neighbour.
  public struct Entry: Sendable {
    /// The neighbour's IP address.
    public let address: IPv4Address
    /// nil while the question is open.
    public var hardwareAddress: MACAddress?
    /// When the answer came, or the question was first asked.
    public var learntAt: Instant
    /// Questions asked.
    public var asked: Int
    /// Entries known from the start never go stale.
    public var isPermanent: Bool
    /// TCP has told that nothing gets through this way.
    public var isDoubted = false
    /// When the question is repeated or given up.
    var askAgainAt: Instant
    /// Packets that wait for the answer; at least the newest is kept (RFC 1122 §2.3.2.2).
    var held: [OutgoingPacket] = []
  }

  /// In the order in which they came up.
  public private(set) var entries: [Entry] = []
  /// The entry found last: segments come in trains.
  private var latest = 0
  /// Questions that are open.
  private var open = 0

  /// RFC 1122 §2.3.2.1 asks for a time of the order of a minute.
  static let lifetime = Nanoseconds.seconds(60)
  static let askInterval = Nanoseconds.seconds(1)
  static let askLimit = 3
  static let holdLimit = 4
  /// Neighbours that there is memory for.
  static let entryLimit = 512
  private static let never = Instant(nanoseconds: .max)

  init(_ known: [IPv4Address: MACAddress]) {
    // A dictionary's order differs from run to run; the addresses' does not.
    for (address, hardware) in known.sorted(by: { $0.key.value < $1.key.value }) {
      entries.append(
        Entry(
          address: address, hardwareAddress: hardware, learntAt: .zero, asked: 0, isPermanent: true,
          askAgainAt: Self.never))
    }
  }

  @inline(__always)
  private mutating func index(_ address: IPv4Address) -> Int? {
    if latest < entries.count, entries[latest].address == address { return latest }
    guard let found = entries.firstIndex(where: { $0.address == address }) else { return nil }
    latest = found
    return found
  }

  /// The hardware address, if it is known and fresh.
  @inline(__always)
  mutating func lookUp(_ address: IPv4Address, at now: Instant) -> MACAddress? {
    guard let index = index(address), let hardware = entries[index].hardwareAddress else {
      return nil
    }
    let isFresh = !entries[index].isDoubted && now.since(entries[index].learntAt) < Self.lifetime
    return entries[index].isPermanent || isFresh ? hardware : nil
  }

  /// What became of a packet that was held.
  struct Held {
    /// The question must be sent now.
    var mustAsk: Bool
    /// An answer was known once and is too old.
    var wasStale = false
    /// The oldest packet in waiting had to go.
    var hasPushedOut = false
  }

  /// Opens a question, or adds a packet to an open one.
  mutating func hold(
    _ packet: OutgoingPacket, for address: IPv4Address, at now: Instant
  ) -> Held {
    guard let index = index(address) else {
      makeRoom()
      open += 1
      entries.append(
        Entry(
          address: address, hardwareAddress: nil, learntAt: now, asked: 1, isPermanent: false,
          askAgainAt: now + Self.askInterval, held: [packet]))
      return Held(mustAsk: true)
    }
    var result = Held(mustAsk: false)
    if entries[index].held.count == Self.holdLimit {
      entries[index].held.removeFirst()
      result.hasPushedOut = true
    }
    entries[index].held.append(packet)
    guard entries[index].hardwareAddress != nil else { return result }
    open += 1
    entries[index].hardwareAddress = nil
    entries[index].isDoubted = false
    entries[index].asked = 1
    entries[index].askAgainAt = now + Self.askInterval
    result.mustAsk = true
    result.wasStale = true
    return result
  }

  /// Writes an answer down; returns the packets that waited for it, nil when nothing was written.
  mutating func learn(
    _ address: IPv4Address, _ hardware: MACAddress, at now: Instant, create: Bool
  ) -> [OutgoingPacket]? {
    guard let index = index(address) else {
      guard create else { return nil }
      makeRoom()
      entries.append(
        Entry(
          address: address, hardwareAddress: hardware, learntAt: now, asked: 0, isPermanent: false,
          askAgainAt: Self.never))
      return []
    }
    guard !entries[index].isPermanent else { return nil }
    let held = entries[index].held
    if entries[index].hardwareAddress == nil { open -= 1 }
    entries[index] = Entry(
      address: address, hardwareAddress: hardware, learntAt: now, asked: 0, isPermanent: false,
      askAgainAt: Self.never)
    return held
  }

  /// Anybody can make a host write neighbours down, so there is an end to them: the oldest that nobody
  /// waits for makes room.
  private mutating func makeRoom() {
    guard entries.count >= Self.entryLimit else { return }
    let old = entries.indices.filter {
      !entries[$0].isPermanent && entries[$0].hardwareAddress != nil
    }.min { entries[$0].learntAt < entries[$1].learntAt }
    if let old { entries.remove(at: old) }
  }

  /// What is known of this neighbour is not trusted any more; what was settled from the start stays.
  mutating func doubt(_ address: IPv4Address) {
    guard let index = index(address), !entries[index].isPermanent else { return }
    entries[index].isDoubted = true
  }

  /// When the next open question is repeated or given up.
  var nextDeadline: Instant? {
    guard open > 0 else { return nil }
    return entries.lazy.filter { $0.hardwareAddress == nil }.map(\.askAgainAt).min()
  }

  /// An open question that is due.
  func due(at now: Instant) -> Int? {
    guard open > 0 else { return nil }
    return entries.firstIndex { $0.hardwareAddress == nil && $0.askAgainAt <= now }
  }

  mutating func askAgain(_ index: Int, at now: Instant) {
    entries[index].asked += 1
    entries[index].askAgainAt = now + Self.askInterval
  }

  mutating func remove(_ index: Int) {
    if entries[index].hardwareAddress == nil { open -= 1 }
    entries.remove(at: index)
  }
}
