import Stack
import Wire

extension Value {
  /// What a field of a control block says.
  public init(_ block: ControlBlock, _ field: Field) {
    self.init(block.content(field), form: field.description.form)
  }

  init(_ content: FieldContent, form: FieldForm) {
    switch (content, form) {
    case (.unset, _): self = .unset
    case (.text(let text), _): self = .name(text)
    case (.number(let number), .sequence): self = .sequence(UInt32(truncatingIfNeeded: number))
    case (.number(let number), .milliseconds):
      self = .duration(Int(clamping: number.multipliedClamping(by: 1_000_000)))
    case (.number(let number), .microseconds):
      self = .duration(Int(clamping: number.multipliedClamping(by: 1_000)))
    case (.number(let number), .instant): self = .duration(Int(clamping: number))
    case (.number(let number), _): self = .number(Int(clamping: number))
    }
  }

  /// A header field of a whole frame.
  public init(header id: String, in frame: [UInt8]) {
    self = .unset
    guard let kind = Value.kind(of: id),
      let layer = Dissection(frame: frame).layers.first(where: { $0.kind == kind })
    else { return }
    self.init(header: id, kind, in: frame, layer.range.lowerBound)
  }

  /// A header field of a unit in hand, as far as its headers exist.
  init(header id: String, in unit: UnitInHand) {
    self = .unset
    guard let kind = Value.kind(of: id) else { return }
    let packet = EthernetHeader.minimumLength
    let start: Int
    switch kind {
    case .ethernet: start = 0
    case .arp, .ipv4: start = packet
    case .icmp, .udp, .tcp: start = packet + Value.packetHeaderLength(unit, packet)
    }
    // On its way up a unit has taken off what lies before its range, but that has existed.
    guard unit.direction == .up || unit.range.lowerBound <= start else { return }
    guard Value.isPresent(kind, in: unit) else { return }
    self.init(header: id, kind, in: unit.octets, start)
  }

  private init(header id: String, _ kind: HeaderKind, in octets: [UInt8], _ start: Int) {
    self = .unset
    guard octets.indices.contains(start) else { return }
    let header = octets.span.bytes.extracting(start..<octets.count)
    guard let field = HeaderFormat.field(id, in: header, kind) else { return }
    // The number means nothing without its flag (RFC 9293 §3.1).
    if id == "tcp.ack", TCPFlags(rawValue: octets[start + 13]).contains(.ack) == false { return }
    switch field.value(in: header) {
    case .number(let number):
      if id == "tcp.flags" {
        self = .name(TCPFlags(rawValue: UInt8(truncatingIfNeeded: number)).description)
      } else if id == "tcp.seq" || id == "tcp.ack" || id.hasPrefix("tcp.sack.block.") {
        self = .sequence(UInt32(truncatingIfNeeded: number))
      } else {
        self = .number(Int(clamping: number))
      }
    case .ipv4(let address): self = .name(address.description)
    case .mac(let address): self = .name(address.description)
    case .octets(let octets): self = .number(octets.count)
    }
  }

  /// The header that an id belongs to.
  static func kind(of id: String) -> HeaderKind? {
    switch id.prefix(while: { $0 != "." }) {
    case "ethernet": .ethernet
    case "arp": .arp
    case "ip": .ipv4
    case "icmp": .icmp
    case "udp": .udp
    case "tcp": .tcp
    default: nil
    }
  }

  private static func packetHeaderLength(_ unit: UnitInHand, _ packet: Int) -> Int {
    guard unit.octets.count > packet else { return IPv4Header.minimumLength }
    let length = Int(unit.octets[packet] & 15) * 4
    return max(length, IPv4Header.minimumLength)
  }

  /// Whether the unit wears such a header: above IP nothing in the octets tells yet, so the layer
  /// does.
  private static func isPresent(_ kind: HeaderKind, in unit: UnitInHand) -> Bool {
    switch kind {
    case .ethernet: return true
    case .tcp, .udp, .icmp:
      let name: Layer = kind == .tcp ? .tcp : kind == .udp ? .udp : .icmp
      if unit.layer == name { return true }
      let packet = EthernetHeader.minimumLength
      guard unit.octets.count > packet + 9, isPacket(unit.octets) else { return false }
      let transport: IPProtocol = kind == .tcp ? .tcp : kind == .udp ? .udp : .icmp
      return unit.octets[packet + 9] == transport.rawValue
    case .ipv4: return isPacket(unit.octets)
    case .arp:
      let type = (try? EthernetHeader(parsing: unit.octets.span.bytes))?.type
      return unit.layer == .arp || type == .arp
    }
  }

  /// The version and length of an IPv4 header lie behind the place of the MAC header.
  private static func isPacket(_ octets: [UInt8]) -> Bool {
    let packet = EthernetHeader.minimumLength
    return octets.count > packet && octets[packet] >> 4 == 4
  }
}

extension UInt64 {
  fileprivate func multipliedClamping(by factor: UInt64) -> UInt64 {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}
