import Wire

/// What a host is before it does anything: its addresses, its limits and its TCP's switches.
public struct HostConfiguration: Sendable {
  /// The host's number in its world.
  public var id: HostID
  /// The name that lessons and moments give it.
  public var name: String
  /// The adapter's address.
  public var hardwareAddress: MACAddress
  /// The host's IP address; its only one unless there are `otherInterfaces`.
  public var address: IPv4Address
  /// Bits of the network part of `address`.
  public var prefixLength: Int
  /// The router for everything that is not on the link; nil for none.
  public var gateway: IPv4Address?
  /// The largest IP packet of the link, octets.
  public var maximumTransmissionUnit = 1500
  /// Further adapters, each on a link of its own; the fields above tell of the first.
  public var otherInterfaces: [InterfaceConfiguration] = []
  /// Ways that are neither on a link nor the gateway's.
  public var routes: [StaticRoute] = []
  /// The host is a router: what is for somebody else goes on (RFC 1812 §5.2).
  public var forwards = false
  /// Sockets that there is memory for.
  public var socketLimit = 1024
  /// Descriptors that one process may hold.
  public var descriptorLimit = 256
  /// ARP answers known from the start.
  public var knownNeighbours: [IPv4Address: MACAddress] = [:]
  /// Speaks TCP at all; without it segments are answered by ICMP (RFC 1122 §3.2.2.1).
  public var speaksTCP = true
  /// Ports whose packets are dropped without a word, as a firewall does.
  public var filteredPorts: [UInt16] = []
  /// TCP's switches; the book's profile unless told otherwise.
  public var tcp = TCPSettings.book
  /// Seeds the secret of the initial sequence numbers and the choice of ports.
  public var seed: UInt64 = 0
  /// An observed host records moments; a quiet one pays nothing for that.
  public var isObserved = true
  /// Rules that this host does not follow: how a lesson or a test shows what a rule is for.
  public var rulesNotFollowed: RuleSet = []

  /// A host with the least that must be told.
  public init(
    id: HostID, name: String, hardwareAddress: MACAddress, address: IPv4Address,
    prefixLength: Int = 24
  ) {
    self.id = id
    self.name = name
    self.hardwareAddress = hardwareAddress
    self.address = address
    self.prefixLength = prefixLength
  }

  /// Ones where the network part of an address is.
  @inline(__always)
  var networkMask: UInt32 { .networkMask(prefixLength) }

  /// Whether this address means every host on the link: all ones, or all ones behind the network part.
  ///
  /// Inlined, for a call would copy the configuration for every packet.
  @inline(__always)
  func isBroadcast(_ other: IPv4Address) -> Bool {
    if other == .broadcast { return true }
    let mask = networkMask
    guard ~mask > 1 else { return false }
    return other.value == address.value & mask | ~mask
  }
}

/// When a small segment waits for an acknowledgment.
public enum Nagle: UInt8, CaseIterable, Hashable, Sendable {
  /// Never.
  case off
  /// While anything is unacknowledged (RFC 9293 §3.7.4).
  case standard
  /// While another small segment is, as common stacks have it (RFC 9293 appendix A.3).
  case modified
}

/// Which congestion control a sender follows.
public enum CongestionControl: UInt8, CaseIterable, Hashable, Sendable {
  /// The peer's window alone, as in the book.
  case none
  /// RFC 5681 and RFC 6582.
  case newReno
  /// RFC 9438.
  case cubic
}

/// When a SYN is answered by a cookie and no record is made (RFC 4987 §3.6).
public enum SynCookies: UInt8, CaseIterable, Hashable, Sendable {
  /// Never: a SYN that finds the queue full is dropped.
  case off
  /// When the queue is full.
  case whenFull
  /// Always: the server keeps nothing of any SYN.
  case always
}

/// TCP's switches. The two profiles are presets; each of their parts can be set by itself.
public struct TCPSettings: Hashable, Sendable {
  /// Offer and accept window scaling (RFC 7323 §2).
  public var windowScale: Bool
  /// Offer and accept timestamps (RFC 7323 §3).
  public var timestamps: Bool
  /// Offer and accept SACK (RFC 2018 §2).
  public var selectiveAcknowledgment: Bool
  /// Lower bound of RTO, milliseconds (RFC 6298 §2.4 asks for 1000).
  public var minimumTimeout: UInt32
  /// RTO before the first sample, milliseconds (RFC 6298 §2.1).
  public var initialTimeout: UInt32 = 1000
  /// Upper bound of RTO, milliseconds (RFC 6298 §2.5: at least 60 s).
  public var maximumTimeout: UInt32 = 60_000
  /// MSL; TIME-WAIT lasts two of them (RFC 9293 §3.4.2 takes 2 minutes).
  public var maximumSegmentLifetime: Nanoseconds
  /// Room in a socket's send buffer, octets.
  public var sendBuffer = 65_535
  /// Room in a socket's receive buffer, octets.
  public var receiveBuffer = 65_535
  /// R1: after this many repetitions the path itself is doubted, at least 3 (RFC 9293 §3.8.3).
  public var adviseRetries: UInt8 = 3
  /// R2: give up once a segment has waited this long, at least 100 s (RFC 9293 §3.8.3).
  public var giveUpAfter = Nanoseconds.seconds(100)
  /// R2 for a SYN, at least 3 minutes (RFC 9293 §3.8.3 MUST-23).
  public var giveUpConnectingAfter = Nanoseconds.seconds(180)
  /// And only after this many repetitions.
  public var giveUpRetries: UInt8 = 9
  /// Announce no MSS option at all: what the peer then assumes is 536 (RFC 9293 §3.7.1).
  public var announcesMaximumSegmentSize = true

  /// Small segments wait while something is unacknowledged (Nagle, RFC 9293 §3.7.4).
  public var nagle = Nagle.standard
  /// How long an acknowledgment may wait for company, below 500 ms; 0 for none (RFC 9293 §3.8.6.3).
  public var acknowledgmentDelay = Nanoseconds.milliseconds(200)
  /// How long what the silly window rules hold back waits at most (RFC 9293 §3.8.6.2.1: 0.1–1.0 s).
  public var overrideTimeout = Nanoseconds.milliseconds(500)
  /// A keep-alive question follows so long a silence, at least 2 hours unless told (RFC 9293 §3.8.4).
  public var keepAliveIdle = Nanoseconds.seconds(7200)
  /// Between two unanswered questions.
  public var keepAliveInterval = Nanoseconds.seconds(75)
  /// Unanswered questions after which the connection is given up.
  public var keepAliveProbes: UInt8 = 9

  /// Three duplicate acknowledgments tell of a loss before the timer does (RFC 5681 §3.2).
  public var fastRetransmit = true
  /// What keeps the sender from filling the network.
  public var congestionControl = CongestionControl.none
  /// IW in segments, as RFC 6928 §2 bounds it; 0 for the smaller one of RFC 5681 §3.1.
  public var initialWindowSegments: UInt8 = 10
  /// New data on the first two duplicate acknowledgments (RFC 3042).
  public var limitedTransmit = true

  /// Repetitions of a SYN+ACK after which a half-open connection is given up, as common stacks have it
  /// (RFC 4987 §3.3); 0 for R2 alone (RFC 9293 §3.8.3).
  public var synAcknowledgmentRepeats: UInt8 = 5
  /// When a SYN is answered without a record (RFC 4987 §3.6).
  public var synCookies = SynCookies.off
  /// The ISS of each connection; nil for what RFC 6528 chooses (RFC 9293 §3.4.1).
  public var fixedInitialSequence: UInt32?
  /// A connection closed actively waits for two MSL (RFC 9293 §3.6.1, MUST-13).
  public var keepsTimeWait = true
  /// Another connection between the same two may end the wait (RFC 9293 §3.6.1, MAY-2; RFC 6191).
  public var reopensTimeWait = true
  /// A reset does not end the wait (RFC 1337 §3, F1).
  public var ignoresResetInTimeWait = false
  /// A smaller buffer takes back what was offered, which a receiver should not do (RFC 9293 §3.8.6, SHLD-14).
  public var shrinksWindow = false

  /// MSS and nothing else, as the book has it.
  public static let book = TCPSettings(
    windowScale: false, timestamps: false, selectiveAcknowledgment: false, minimumTimeout: 1000,
    maximumSegmentLifetime: .seconds(5))
  /// What common stacks agree on today.
  public static let modern: TCPSettings = {
    var settings = TCPSettings(
      windowScale: true, timestamps: true, selectiveAcknowledgment: true, minimumTimeout: 200,
      maximumSegmentLifetime: .seconds(30))
    settings.nagle = .modified
    settings.acknowledgmentDelay = .milliseconds(40)
    settings.congestionControl = .cubic
    return settings
  }()
}
