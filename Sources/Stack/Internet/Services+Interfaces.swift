import Wire

// Which adapter, and what it is called. Inlined, for a call would copy the services for every packet; a host
// with one adapter answers all of it from its configuration.
extension Services {
  /// The address of the adapter that the frame at work came in by.
  @inline(__always)
  var ownHardwareAddress: MACAddress { hardwareAddress(of: interface) }

  @inline(__always)
  func hardwareAddress(of interface: Int) -> MACAddress {
    interface > 0 && interface < routes.interfaces.count
      ? routes.interfaces[interface].hardwareAddress : configuration.hardwareAddress
  }

  @inline(__always)
  func address(of interface: Int) -> IPv4Address {
    interface > 0 && interface < routes.interfaces.count
      ? routes.interfaces[interface].address : configuration.address
  }

  /// The adapter on whose link a neighbour is.
  @inline(__always)
  func link(of neighbour: IPv4Address) -> Int {
    routes.isEmpty ? 0 : routes.link(of: neighbour) ?? 0
  }

  /// The largest packet that the link to a neighbour carries, octets.
  @inline(__always)
  func maximumTransmissionUnit(toward neighbour: IPv4Address) -> Int {
    routes.isEmpty
      ? configuration.maximumTransmissionUnit
      : routes.interfaces[link(of: neighbour)].maximumTransmissionUnit
  }

  /// Whether the address is this host's.
  @inline(__always)
  func isOwn(_ address: IPv4Address) -> Bool {
    address == configuration.address || (!routes.isEmpty && routes.isOwn(address))
  }

  /// Whether the address means every host on a link of this host's.
  @inline(__always)
  func isBroadcast(_ address: IPv4Address) -> Bool {
    configuration.isBroadcast(address) || (!routes.isEmpty && routes.isBroadcast(address))
  }
}
