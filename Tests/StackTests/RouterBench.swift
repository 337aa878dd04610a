import Stack
import Wire

/// A router alone: packets made by hand go in at one of its two adapters, what it sends is read.
struct RouterBench {
  static let near = (
    mac: MACAddress(2, 0, 0, 0, 0, 0x0a), address: IPv4Address(192, 0, 2, 10)
  )
  static let far = (
    mac: MACAddress(2, 0, 0, 0, 1, 0x50), address: IPv4Address(198, 51, 100, 80)
  )
  static let nearPort = (mac: MACAddress(2, 0, 0, 0, 0, 1), address: IPv4Address(192, 0, 2, 1))
  static let farPort = (mac: MACAddress(2, 0, 0, 0, 1, 1), address: IPv4Address(198, 51, 100, 1))

  /// A frame that came out.
  struct Sent {
    let interface: Int
    let octets: [UInt8]
    let ethernet: EthernetHeader
    /// The packet without what pads the frame; for ARP all that follows the MAC header.
    let packet: [UInt8]

    init(_ frame: LinkFrame) throws {
      interface = Int(frame.interface)
      octets = frame.octets
      ethernet = try EthernetHeader(parsing: frame.octets)
      let rest = Array(frame.octets.dropFirst(14))
      guard ethernet.type == .ipv4 else {
        packet = rest
        return
      }
      packet = Array(rest.prefix(Int(try IPv4Header(parsing: rest).totalLength)))
    }

    var ip: IPv4Header { get throws { try IPv4Header(parsing: packet) } }
    var icmp: ICMPMessage { get throws { try ICMPMessage(parsing: Array(packet.dropFirst(20))) } }
    var hasGoodHeader: Bool { IPv4Header.verify(packet.span.bytes) }
    var hasGoodMessage: Bool {
      let message = Array(packet.dropFirst(20))
      return ICMPMessage.verify(message.span.bytes)
    }
    /// What an ICMP error quotes.
    var quoted: [UInt8] { Array(packet.dropFirst(28)) }
  }

  var host: Host
  var now = Instant(nanoseconds: 1_000_000_000)
  var journal = Journal(isLooking: true)

  init(_ configure: (inout HostConfiguration) -> Void = { _ in }) {
    var router = HostConfiguration(
      id: HostID(2), name: "router", hardwareAddress: Self.nearPort.mac,
      address: Self.nearPort.address)
    router.otherInterfaces = [
      InterfaceConfiguration(
        hardwareAddress: Self.farPort.mac, address: Self.farPort.address)
    ]
    router.forwards = true
    router.knownNeighbours = [
      Self.near.address: Self.near.mac, Self.far.address: Self.far.mac,
    ]
    router.seed = 3
    configure(&router)
    host = Host(router)
  }

  /// Lets a frame arrive and gives what comes out.
  mutating func deliver(_ frame: [UInt8], interface: Int = 0) throws -> [Sent] {
    try host.receive(LinkFrame(octets: frame, interface: interface), at: now, &journal)
    return try sent()
  }

  /// A packet to be forwarded, from the near host.
  mutating func forward(_ packet: [UInt8], to mac: MACAddress = nearPort.mac) throws -> [Sent] {
    try deliver(Self.frame(packet, from: Self.near.mac, to: mac))
  }

  mutating func sent() throws -> [Sent] {
    var frames: [Sent] = []
    while let frame = host.takeFrame() { frames.append(try Sent(frame)) }
    return frames
  }

  /// Fires the next timer.
  mutating func fireNext() throws -> [Sent] {
    now = max(now, host.nextDeadline ?? now)
    try host.advance(to: now, &journal)
    return try sent()
  }

  /// Why packets were dropped.
  var reasons: [DropReason] { journal.moments.compactMap(\.reason) }
  var rules: [Rule] { journal.moments.compactMap(\.rule) }

  // MARK: By hand

  /// A UDP packet from the near to the far host with so many octets of data.
  static func packet(
    data: Int = 30, change: (inout IPv4Header) -> Void = { _ in }
  ) -> [UInt8] {
    let pattern = (0..<data).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
    var datagram = [UInt8](repeating: 0, count: 8) + pattern
    UDPHeader(sourcePort: 4000, destinationPort: 53, length: UInt16(datagram.count))
      .write(into: &datagram, at: 0)
    return packet(datagram, .udp, change: change)
  }

  static func packet(
    _ payload: [UInt8], _ transport: IPProtocol, change: (inout IPv4Header) -> Void = { _ in }
  ) -> [UInt8] {
    var ip = IPv4Header(
      totalLength: 0, identification: 77, dontFragment: true, protocol: transport,
      source: near.address, destination: far.address)
    change(&ip)
    ip.totalLength = UInt16(ip.headerLength + payload.count)
    var octets = [UInt8](repeating: 0, count: ip.headerLength) + payload
    ip.write(into: &octets, at: 0)
    ip.checksum = IPv4Header.checksum(of: octets.span.bytes.extracting(0..<ip.headerLength))
    ip.write(into: &octets, at: 0)
    return octets
  }

  static func frame(_ packet: [UInt8], from: MACAddress, to: MACAddress) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: 14) + packet
    EthernetHeader(destination: to, source: from, type: .ipv4).write(into: &octets, at: 0)
    return EthernetLine.padded(octets)
  }
}
