import Wire

/// What the other end of a TAP line is to be like: the kernel's addresses and what it knows.
public struct TapSettings: Hashable, Sendable {
  public var hardwareAddress: MACAddress
  public var address: IPv4Address
  public var prefixLength: Int
  /// Octets of the largest IP packet, 68…65,535.
  public var maximumTransmissionUnit: Int
  /// An entry of the kernel's ARP cache that is there from the start.
  public var neighbour: Neighbour?
  /// Port of the web server; nil: none is started.
  public var port: UInt16?

  /// A host whose Ethernet address the kernel knows.
  public struct Neighbour: Hashable, Sendable {
    public var address: IPv4Address
    public var hardwareAddress: MACAddress

    public init(_ address: IPv4Address, at hardwareAddress: MACAddress) {
      self.address = address
      self.hardwareAddress = hardwareAddress
    }
  }

  public init(
    hardwareAddress: MACAddress, address: IPv4Address, prefixLength: Int = 24,
    maximumTransmissionUnit: Int = 1500, neighbour: Neighbour? = nil, port: UInt16? = nil
  ) {
    self.hardwareAddress = hardwareAddress
    self.address = address
    self.prefixLength = prefixLength
    self.maximumTransmissionUnit = maximumTransmissionUnit
    self.neighbour = neighbour
    self.port = port
  }
}
