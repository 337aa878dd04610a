import Wire

/// The ways that a host with more than one adapter or with routes of its own knows, RFC 1812 §5.2.4.
///
/// A host with one adapter and a gateway needs none: it decides by one mask.
struct RoutingTable: Sendable {
  /// Where a packet goes next.
  struct Hop {
    /// The neighbour that it is handed to.
    let address: IPv4Address
    /// The adapter that it leaves by.
    let interface: Int
  }

  private struct Entry {
    let network: UInt32
    let mask: UInt32
    /// nil: the network is on the link itself.
    let gateway: IPv4Address?
    let interface: Int
  }

  /// The longest prefix first, so that the first that fits is the most specific (RFC 1812 §5.2.4.3).
  private var entries: [Entry] = []
  /// The adapters as they are told; empty for a host that needs no table.
  let interfaces: [InterfaceConfiguration]

  var isEmpty: Bool { interfaces.isEmpty }

  init(_ host: HostConfiguration) {
    guard !host.otherInterfaces.isEmpty || !host.routes.isEmpty else {
      interfaces = []
      return
    }
    interfaces = host.interfaces
    for (place, interface) in interfaces.enumerated() {
      let mask = UInt32.networkMask(interface.prefixLength)
      entries.append(
        Entry(network: interface.address.value & mask, mask: mask, gateway: nil, interface: place))
    }
    let gateway = host.gateway.map { StaticRoute(to: .any, prefixLength: 0, through: $0) }
    for route in host.routes + (gateway.map { [$0] } ?? []) {
      guard let interface = link(of: route.gateway) else { continue }
      let mask = UInt32.networkMask(route.prefixLength)
      entries.append(
        Entry(
          network: route.network.value & mask, mask: mask, gateway: route.gateway,
          interface: interface))
    }
    // Of two that are alike the one told first wins.
    let order = entries.indices.sorted {
      entries[$0].mask == entries[$1].mask ? $0 < $1 : entries[$0].mask > entries[$1].mask
    }
    entries = order.map { entries[$0] }
  }

  /// The next hop; nil where no way is known.
  func hop(to destination: IPv4Address) -> Hop? {
    for entry in entries where destination.value & entry.mask == entry.network {
      return Hop(address: entry.gateway ?? destination, interface: entry.interface)
    }
    return nil
  }

  /// The adapter on whose link the address is; nil for none.
  func link(of address: IPv4Address) -> Int? {
    interfaces.firstIndex {
      let mask = UInt32.networkMask($0.prefixLength)
      return address.value & mask == $0.address.value & mask
    }
  }

  /// Whether the address is that of one of the adapters.
  func isOwn(_ address: IPv4Address) -> Bool { interfaces.contains { $0.address == address } }

  /// Whether the address means every host on one of the links.
  func isBroadcast(_ address: IPv4Address) -> Bool {
    interfaces.contains { $0.isBroadcast(address) }
  }
}
