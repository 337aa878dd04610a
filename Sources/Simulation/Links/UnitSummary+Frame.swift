import Stack
import Wire

extension UnitSummary {
  /// What a frame's headers say in numbers; what cannot be read stays 0.
  public init(frame octets: [UInt8], number: UInt32 = 0) {
    self.init()
    self.octets = UInt16(truncatingIfNeeded: octets.count)
    frame = number
    let span = octets.span.bytes
    let start = EthernetHeader.minimumLength
    guard (try? EthernetHeader(parsing: span))?.type == .ipv4,
      let ip = try? IPv4Header(parsing: span.extracting(start..<octets.count))
    else { return }
    transport = ip.protocol.rawValue
    guard let inside = try? ip.payloadRange(in: octets.count - start), ip.fragmentOffset == 0
    else { return }
    let body = span.extracting((start + inside.lowerBound)..<(start + inside.upperBound))
    payload = UInt16(truncatingIfNeeded: body.byteCount)
    switch ip.protocol {
    case .tcp: read(tcp: body)
    case .udp: read(udp: body)
    default: break
    }
  }

  private mutating func read(tcp octets: RawSpan) {
    guard let header = try? TCPHeader(parsing: octets) else { return }
    payload = UInt16(truncatingIfNeeded: octets.byteCount - header.headerLength)
    sequence = header.sequence
    acknowledgment = header.acknowledgment
    window = header.window
    flags = header.flags
    sourcePort = header.sourcePort
    destinationPort = header.destinationPort
  }

  private mutating func read(udp octets: RawSpan) {
    guard let header = try? UDPHeader(parsing: octets) else { return }
    payload = UInt16(truncatingIfNeeded: octets.byteCount - UDPHeader.minimumLength)
    sourcePort = header.sourcePort
    destinationPort = header.destinationPort
  }
}
