import Stack
import Wire

/// A TCP segment that nobody sent: an old duplicate or a forgery, with good checksums.
public struct ForgedSegment: Hashable, Sendable {
  /// The host that it pretends to come from.
  public var from: HostID
  /// 0 stands for the port of the frame that it goes before.
  public var sourcePort: UInt16
  public var destinationPort: UInt16
  public var sequence: SequenceNumber
  public var acknowledgment: SequenceNumber
  public var flags: TCPFlags
  public var window: UInt16
  public var payload: [UInt8]
  /// The MSS option, on a SYN.
  public var maximumSegmentSize: UInt16?
  /// The timestamps option.
  public var timestamps: TCPTimestamps?
  /// The address that it claims to come from; nil for that of the host in whose name it is sent.
  public var source: IPv4Address?
  /// So many of them, each with the next source port.
  public var count = 1
  /// As many frames as ports.
  public static let largestCount = 65_535

  public init(
    from: HostID, sourcePort: UInt16, destinationPort: UInt16, sequence: SequenceNumber,
    acknowledgment: SequenceNumber = SequenceNumber(0), flags: TCPFlags, window: UInt16 = 65_535,
    payload: [UInt8] = [], maximumSegmentSize: UInt16? = nil
  ) {
    self.from = from
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.flags = flags
    self.window = window
    self.payload = payload
    self.maximumSegmentSize = maximumSegmentSize
  }

  /// A port that was left open, 0, is that of the unit beside it, which this host sends.
  func withPorts(of unit: UnitSummary, from host: HostID) -> ForgedSegment {
    let isSameWay = host == from
    var segment = self
    if sourcePort == 0 {
      segment.sourcePort = isSameWay ? unit.sourcePort : unit.destinationPort
    }
    if destinationPort == 0 {
      segment.destinationPort = isSameWay ? unit.destinationPort : unit.sourcePort
    }
    return segment
  }

  /// The frame from one host to another, padded. The payload is cut to what an IP packet takes.
  ///
  /// - Parameter nextHop: The receiver's adapter, or the router's on the way to it.
  func frame(
    from sender: HostConfiguration, to receiver: HostConfiguration, through nextHop: MACAddress
  ) -> [UInt8] {
    var options = TCPOptions(maximumSegmentSize: maximumSegmentSize)
    options.timestamps = timestamps
    let tcp = TCPHeader(
      sourcePort: sourcePort, destinationPort: destinationPort, sequence: sequence,
      acknowledgment: acknowledgment, flags: flags, window: window,
      options: options)
    let headers = IPv4Header.minimumLength + tcp.headerLength
    let data = payload.prefix(EthernetLine.maximumPayload - headers)
    let start = EthernetHeader.minimumLength
    var octets = [UInt8](repeating: 0, count: start + headers)
    EthernetHeader(
      destination: nextHop, source: sender.hardwareAddress, type: .ipv4
    ).write(into: &octets, at: 0)
    IPv4Header(
      totalLength: UInt16(headers + data.count), identification: 0, dontFragment: true,
      protocol: .tcp, source: source ?? sender.address, destination: receiver.address
    ).write(into: &octets, at: start)
    tcp.write(into: &octets, at: start + IPv4Header.minimumLength)
    octets += data
    FrameRewriting.renewChecksums(&octets)
    return EthernetLine.padded(octets)
  }
}
