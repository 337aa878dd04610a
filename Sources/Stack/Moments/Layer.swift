/// The floor at which a moment happens, from the application down to the wire.
public enum Layer: UInt8, CaseIterable, Sendable {
  case application, library, socket, tcp, udp, icmp, ip, arp, ethernet, driver, adapter, wire

  /// The stable word of `--json`.
  public var name: String { "\(self)" }
}

/// The number of a host in its world, in the order of the world's list.
public struct HostID: Hashable, Sendable, BitwiseCopyable {
  /// Index into the world's hosts.
  public var index: UInt8
  public init(_ index: Int) { self.index = UInt8(truncatingIfNeeded: index) }
  /// No host: the wire itself.
  public static let wire = HostID(255)
}
