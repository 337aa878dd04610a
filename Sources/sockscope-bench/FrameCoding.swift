import Wire

/// One frame of 1514 octets, built and parsed by Wire alone.
struct FrameCoding {
  let count: Int

  private static let source = IPv4Address(192, 0, 2, 10)
  private static let destination = IPv4Address(192, 0, 2, 80)

  func run(_ repetitions: Int) throws {
    let text = (0..<1460).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var frame = [UInt8](repeating: 0, count: 1514)
    var building: [Double] = []
    var parsing: [Double] = []
    for number in 0...repetitions {
      let build = measured {
        for identification in 0..<count {
          Self.build(&frame, text, UInt16(identification & 0xffff))
        }
      }
      var sound = 0
      let parse = measured {
        for _ in 0..<count where Self.parse(frame) { sound += 1 }
      }
      guard sound == count else { throw WrongResult(description: "a frame was not read") }
      guard number > 0 else { continue }
      building.append(build.cpu / Double(count))
      parsing.append(parse.cpu / Double(count))
    }
    report(
      "frame build", Sample(building), "ns",
      "1514 octets: text copied, three headers, both checksums")
    report(
      "frame parse", Sample(parsing), "ns", "1514 octets: three headers, both checksums verified")
  }

  @inline(never)
  private static func build(_ frame: inout [UInt8], _ text: [UInt8], _ identification: UInt16) {
    frame.replaceSubrange(54..., with: text)
    EthernetHeader(
      destination: MACAddress(2, 0, 0, 0, 0, 0x50), source: MACAddress(2, 0, 0, 0, 0, 0x0a),
      type: .ipv4
    ).write(into: &frame, at: 0)
    var packet = IPv4Header(
      totalLength: 1500, identification: identification, dontFragment: true, protocol: .tcp,
      source: source, destination: destination)
    packet.write(into: &frame, at: 14)
    packet.checksum = IPv4Header.checksum(of: frame.span.bytes.extracting(14..<34))
    packet.write(into: &frame, at: 14)
    var segment = TCPHeader(
      sourcePort: 49_152, destinationPort: 80, sequence: SequenceNumber(UInt32(identification)),
      acknowledgment: SequenceNumber(1), flags: [.ack, .psh], window: 65_535)
    segment.write(into: &frame, at: 34)
    segment.checksum = TCPHeader.checksum(
      of: frame.span.bytes.extracting(34..<1514), source: source, destination: destination)
    segment.write(into: &frame, at: 34)
  }

  @inline(never)
  private static func parse(_ frame: [UInt8]) -> Bool {
    let octets = frame.span.bytes
    guard let link = try? EthernetHeader(parsing: octets), link.type == .ipv4,
      let packet = try? IPv4Header(parsing: octets.extracting(14..<octets.byteCount)),
      IPv4Header.verify(octets.extracting(14..<34)),
      let segment = try? TCPHeader(parsing: octets.extracting(34..<octets.byteCount)),
      TCPHeader.verify(
        octets.extracting(34..<octets.byteCount), source: packet.source,
        destination: packet.destination)
    else { return false }
    return segment.destinationPort == 80
  }
}
