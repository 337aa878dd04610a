import Wire

/// The fixed header of an IPv6 packet (RFC 8200 §3), as far as a list of frames names it.
struct IPv6Words {
  let source: String
  let destination: String
  /// `TCP`, `UDP`, `ICMPv6` or the number of the next header.
  let next: String
  /// Octets behind the fixed header.
  let length: Int
  /// The ports of TCP and UDP.
  let ports: (source: UInt16, destination: UInt16)?

  /// Nil when the octets do not begin with a whole header of version 6.
  init?(_ octets: ArraySlice<UInt8>) {
    let octets = Array(octets)
    guard octets.count >= 40, octets[0] >> 4 == 6 else { return nil }
    func number(_ place: Int) -> UInt16 { UInt16(octets[place]) << 8 | UInt16(octets[place + 1]) }
    length = Int(number(4))
    source = Self.address((0..<8).map { number(8 + 2 * $0) })
    destination = Self.address((0..<8).map { number(24 + 2 * $0) })
    next =
      switch octets[6] {
      case 6: "TCP"
      case 17: "UDP"
      case 58: "ICMPv6"
      case let other: "next header \(other)"
      }
    let hasPorts = (octets[6] == 6 || octets[6] == 17) && octets.count >= 44
    ports = hasPorts ? (number(40), number(42)) : nil
  }

  /// An address in the form of RFC 5952: the first of the longest runs of zeros is left out.
  static func address(_ groups: [UInt16]) -> String {
    var best = 0..<0
    var start = 0
    while start < groups.count {
      let run = groups[start...].prefix { $0 == 0 }.count
      if run > 1, run > best.count { best = start..<(start + run) }
      start += max(1, run)
    }
    func text(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !best.isEmpty else { return text(groups[...]) }
    return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }
}
