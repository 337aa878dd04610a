import Wire

/// An adapter and its place in a network: what a host with more than one of them tells of each.
public struct InterfaceConfiguration: Hashable, Sendable {
  /// The adapter's address.
  public var hardwareAddress: MACAddress
  /// The host's IP address on this link.
  public var address: IPv4Address
  /// Bits of the network part of `address`.
  public var prefixLength: Int
  /// The largest IP packet of the link, octets.
  public var maximumTransmissionUnit = 1500
  /// Frames that may wait for the line; nil for any number.
  public var queueLimit: Int?

  public init(hardwareAddress: MACAddress, address: IPv4Address, prefixLength: Int = 24) {
    self.hardwareAddress = hardwareAddress
    self.address = address
    self.prefixLength = prefixLength
  }

  /// Whether this address means every host on the link.
  func isBroadcast(_ other: IPv4Address) -> Bool {
    let mask = UInt32.networkMask(prefixLength)
    return other == .broadcast || (~mask > 1 && other.value == address.value & mask | ~mask)
  }
}

/// A way that is neither on a link nor the gateway's.
public struct StaticRoute: Hashable, Sendable {
  /// The network that it leads to.
  public var network: IPv4Address
  /// Bits of the network part of `network`.
  public var prefixLength: Int
  /// The router that goes on from here; it is on one of the host's links.
  public var gateway: IPv4Address

  public init(to network: IPv4Address, prefixLength: Int, through gateway: IPv4Address) {
    self.network = network
    self.prefixLength = prefixLength
    self.gateway = gateway
  }
}

extension HostConfiguration {
  /// All adapters of the host, the first one too.
  public var interfaces: [InterfaceConfiguration] {
    var first = InterfaceConfiguration(
      hardwareAddress: hardwareAddress, address: address, prefixLength: prefixLength)
    first.maximumTransmissionUnit = maximumTransmissionUnit
    return [first] + otherInterfaces
  }
}

extension UInt32 {
  /// Ones where the network part of an address is.
  @inline(__always)
  static func networkMask(_ prefixLength: Int) -> UInt32 {
    let bits = UInt32(clamping: 32 - prefixLength)
    return bits >= 32 ? 0 : UInt32.max << bits
  }
}
