import Stack

/// The world that a lesson happens in, as its file asks for it.
public struct LessonWorld: Hashable, Sendable {
  /// Host names in the world's order.
  public var hosts: [String] = ["client", "server"]
  public var link = Link.wire
  /// The client's link, and the one beyond the router.
  public var lan = LinkSetting()
  public var beyond = LinkSetting()
  public var arp = ARPCache.known
  public var profile = Profile.book
  /// The profile is what this world is about: a learner's wish for another one does not change it.
  public var keepsProfile = false
  /// Hosts whose TCP is set otherwise than the world's.
  public var hostProfiles: [String: Profile] = [:]
  public var seed: UInt64 = 1
  /// What is different at one host; hosts without an entry are as usual.
  public var settings: [HostSetting] = []
  /// Programs that run from the start, as `server start web-server`.
  public var programs: [CommandLine] = []

  public init() {}

  /// What joins the hosts of the client's LAN.
  public enum Link: String, CaseIterable, Sendable {
    /// A line between two.
    case wire
    /// A repeater hub between any number.
    case hub
  }

  /// What is different at a link.
  public struct LinkSetting: Hashable, Sendable {
    /// Bits a second; nil for Ethernet's 10 Mb/s.
    public var rate: UInt64?
    /// How long a bit is under way; nil for 10 ms.
    public var delay: Nanoseconds?
  }

  /// Whether the hosts know each other's MAC addresses from the start.
  public enum ARPCache: String, CaseIterable, Sendable {
    case known, empty
  }

  /// TCP's settings (CURRICULUM §0.4).
  public enum Profile: String, CaseIterable, Sendable {
    case book, modern
  }
}

/// One thing that a lesson sets at one host.
public struct HostSetting: Hashable, Sendable {
  public var host: String
  public var kind: HostParameter
  public var value: Int

  public init(host: String, kind: HostParameter, value: Int) {
    self.host = host
    self.kind = kind
    self.value = value
  }
}
