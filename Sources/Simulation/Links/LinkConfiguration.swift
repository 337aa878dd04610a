import Stack

/// One end of a link: an adapter of a host.
public struct LinkEnd: Hashable, Sendable {
  public var host: HostID
  /// Which of the host's adapters, counted from 0.
  public var interface: Int

  public init(_ host: HostID, interface: Int = 0) {
    self.host = host
    self.interface = interface
  }
}

/// What joins adapters: with two ends a line, with more a repeater hub; with one a line to nobody.
///
/// A line is point to point and carries both directions at once. A hub has no table and reads no
/// address: it repeats each frame to all its other ends. Its lines carry both directions at once, too: here
/// frames do not collide.
public struct LinkConfiguration: Hashable, Sendable {
  /// The adapters at the ends.
  public var ends: [LinkEnd]
  /// Bits a second.
  public var bitRate: UInt64 = 10_000_000
  /// How long a bit is under way, each direction.
  public var propagationDelay = Nanoseconds.milliseconds(10)
  /// What the line does wrong by chance.
  public var chance = ChanceFaults()

  /// A line between the first adapters of two hosts.
  public init(between one: HostID, and other: HostID) { ends = [LinkEnd(one), LinkEnd(other)] }

  /// A line or a hub.
  public init(joining ends: [LinkEnd]) { self.ends = ends }

  /// How long so many octets take on the line.
  func duration(octets: Int) -> Nanoseconds {
    let bits = UInt64(octets) * 8
    let (product, overflow) = bits.multipliedReportingOverflow(by: 1_000_000_000)
    return Nanoseconds(overflow || bitRate == 0 ? 0 : product / bitRate)
  }
}

/// Faults by chance, in parts of a million for each frame.
public struct ChanceFaults: Hashable, Sendable {
  /// The frame never arrives.
  public var loss: UInt32 = 0
  /// The frame arrives twice.
  public var duplication: UInt32 = 0
  /// The frame is held up, so that later ones may overtake it.
  public var reordering: UInt32 = 0
  /// One bit is flipped: half of the time behind the FCS's back, so that only the checksums of the
  /// upper layers can tell; that kind is kept to IP packets, for ARP has no checksum at all.
  public var corruption: UInt32 = 0
  /// The longest that a frame is held up.
  public var longestDelay = Nanoseconds.milliseconds(30)

  public init() {}

  var isNone: Bool { loss | duplication | reordering | corruption == 0 }
}
