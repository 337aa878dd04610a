import Stack
import Wire

/// A frame in words, on two lines: who sends to whom, and what. What its octets do not tell is `?`.
public struct FrameWords: Hashable, Sendable {
  public let text: String

  /// - Parameter octets: a frame of Ethernet, without its FCS.
  public init(_ octets: [UInt8]) {
    let dissection = Dissection(frame: octets)
    var parts: [String] = []
    if let ip = try? IPv4Header(parsing: dissection.octets(.ipv4, of: octets)) {
      parts = Self.packet(ip, dissection, octets)
    } else if let arp = try? ARPPacket(parsing: dissection.octets(.arp, of: octets)) {
      parts = Self.arp(arp)
    } else if let ethernet = try? EthernetHeader(
      parsing: dissection.octets(.ethernet, of: octets))
    {
      parts = Self.other(ethernet, dissection, octets)
    } else {
      parts = ["? → ?"]
    }
    parts += dissection.tags.map { "VLAN \($0.id)" }
    parts.append("\(octets.count) octets")
    if let problem = dissection.problem { parts.append("! \(problem)") }
    text = parts[0] + "\n" + parts.dropFirst().joined(separator: " · ")
  }

  /// The address that a frame names as its sender's: of IP or ARP, else of Ethernet, else `?`.
  public static func source(of octets: [UInt8]) -> String {
    let dissection = Dissection(frame: octets)
    if let ip = try? IPv4Header(parsing: dissection.octets(.ipv4, of: octets)) {
      return "\(ip.source)"
    }
    if let arp = try? ARPPacket(parsing: dissection.octets(.arp, of: octets)) {
      return "\(arp.senderIP)"
    }
    if dissection.type == .ipv6, let ip = IPv6Words(octets[dissection.payload]) { return ip.source }
    let ethernet = try? EthernetHeader(parsing: dissection.octets(.ethernet, of: octets))
    return ethernet.map { "\($0.source)" } ?? "?"
  }

  /// What this program has no header for.
  private static func other(
    _ ethernet: EthernetHeader, _ dissection: Dissection, _ octets: [UInt8]
  ) -> [String] {
    let both = "\(ethernet.source) → \(ethernet.destination)"
    guard let type = dissection.type else { return [both, "VLAN ?"] }
    if type == .ipv6 {
      guard let ip = IPv6Words(octets[dissection.payload]) else { return [both, "IPv6"] }
      guard let ports = ip.ports else {
        return ["\(ip.source) → \(ip.destination)", "IPv6 \(ip.next) data \(ip.length)"]
      }
      return [
        "[\(ip.source)]:\(ports.source) → [\(ip.destination)]:\(ports.destination)",
        "IPv6 \(ip.next)",
      ]
    }
    if type.isLength { return [both, "IEEE 802.3 length \(type.rawValue)"] }
    if type == .ipv4 || type == .arp { return [both, "\(type)"] }
    return [both, "type 0x\(type.rawValue.hexadecimal)"]
  }

  private static func arp(_ arp: ARPPacket) -> [String] {
    switch arp.operation {
    case .request: ["ARP  who has \(arp.targetIP)? tell \(arp.senderIP)"]
    case .reply: ["ARP  \(arp.senderIP) is at \(arp.senderMAC)"]
    default: ["ARP  \(arp.senderIP) → \(arp.targetIP)"]
    }
  }

  private static func packet(
    _ ip: IPv4Header, _ dissection: Dissection, _ octets: [UInt8]
  ) -> [String] {
    let length = dissection.payload.count
    let both = "\(ip.source) → \(ip.destination)"
    if let tcp = try? TCPHeader(parsing: dissection.octets(.tcp, of: octets)) {
      var parts = [
        "\(ip.source):\(tcp.sourcePort) → \(ip.destination):\(tcp.destinationPort)",
        "TCP \(tcp.flags)", "seq 0x\(tcp.sequence.value.hexadecimal)",
      ]
      if tcp.flags.contains(.ack) {
        parts.append("ack 0x\(tcp.acknowledgment.value.hexadecimal)")
      }
      parts.append("window \(tcp.window)")
      if length > 0 { parts.append("data \(length)") }
      return parts
    }
    if let udp = try? UDPHeader(parsing: dissection.octets(.udp, of: octets)) {
      return [
        "\(ip.source):\(udp.sourcePort) → \(ip.destination):\(udp.destinationPort)",
        "UDP data \(length)",
      ]
    }
    if let icmp = try? ICMPMessage(parsing: dissection.octets(.icmp, of: octets)) {
      return [both, "ICMP type \(icmp.type) code \(icmp.code)"]
    }
    if ip.fragmentOffset > 0 {
      return [both, "IP fragment at \(Int(ip.fragmentOffset) * 8) data \(length)"]
    }
    return [both, "IP protocol \(ip.protocol.rawValue) data \(length)"]
  }
}

extension Dissection {
  /// The octets of a header; none where the frame does not have it.
  func octets(_ kind: HeaderKind, of frame: [UInt8]) -> [UInt8] {
    layer(kind).map { Array(frame[$0.range]) } ?? []
  }
}
