extension HeaderFormat {
  static let ethernet = HeaderFormat(
    kind: .ethernet,
    fields: [
      HeaderField("ethernet.dst", "destination address", bits: 0..<48, .mac, abbreviation: "dst"),
      HeaderField("ethernet.src", "source address", bits: 48..<96, .mac, abbreviation: "src"),
      HeaderField("ethernet.type", "type", bits: 96..<112, .hex),
    ], composites: [])

  static let arp = HeaderFormat(
    kind: .arp,
    fields: [
      HeaderField("arp.htype", "hardware type", bits: 0..<16, abbreviation: "hrd"),
      HeaderField("arp.ptype", "protocol type", bits: 16..<32, .hex, abbreviation: "pro"),
      HeaderField("arp.hlen", "hardware address length", bits: 32..<40, abbreviation: "hln"),
      HeaderField("arp.plen", "protocol address length", bits: 40..<48, abbreviation: "pln"),
      HeaderField("arp.op", "operation", bits: 48..<64, abbreviation: "op"),
      HeaderField("arp.sha", "sender hardware address", bits: 64..<112, .mac, abbreviation: "sha"),
      HeaderField(
        "arp.spa", "sender protocol address", bits: 112..<144, .ipv4, abbreviation: "spa"),
      HeaderField("arp.tha", "target hardware address", bits: 144..<192, .mac, abbreviation: "tha"),
      HeaderField(
        "arp.tpa", "target protocol address", bits: 192..<224, .ipv4, abbreviation: "tpa"),
    ], composites: [])

  static let ipv4 = HeaderFormat(
    kind: .ipv4,
    fields: [
      HeaderField("ip.version", "version", bits: 0..<4, abbreviation: "ver"),
      HeaderField("ip.ihl", "header length", bits: 4..<8, abbreviation: "ihl"),
      HeaderField("ip.dscp", "differentiated services", bits: 8..<14, abbreviation: "dscp"),
      HeaderField("ip.ecn", "explicit congestion notification", bits: 14..<16, abbreviation: "ecn"),
      HeaderField("ip.length", "total length", bits: 16..<32, abbreviation: "len"),
      HeaderField("ip.id", "identification", bits: 32..<48, abbreviation: "id"),
      HeaderField("ip.rsv", "reserved", bits: 48..<49, .flag, abbreviation: "r"),
      HeaderField("ip.df", "don't fragment", bits: 49..<50, .flag, abbreviation: "d"),
      HeaderField("ip.mf", "more fragments", bits: 50..<51, .flag, abbreviation: "m"),
      HeaderField("ip.offset", "fragment offset", bits: 51..<64, abbreviation: "off"),
      HeaderField("ip.ttl", "time to live", bits: 64..<72, abbreviation: "ttl"),
      HeaderField("ip.protocol", "protocol", bits: 72..<80, abbreviation: "pro"),
      HeaderField("ip.checksum", "header checksum", bits: 80..<96, .hex, abbreviation: "sum"),
      HeaderField("ip.src", "source address", bits: 96..<128, .ipv4, abbreviation: "src"),
      HeaderField("ip.dst", "destination address", bits: 128..<160, .ipv4, abbreviation: "dst"),
    ], composites: [])

  static let icmp = HeaderFormat(
    kind: .icmp,
    fields: [
      HeaderField("icmp.type", "type", bits: 0..<8),
      HeaderField("icmp.code", "code", bits: 8..<16),
      HeaderField("icmp.checksum", "checksum", bits: 16..<32, .hex, abbreviation: "sum"),
      HeaderField("icmp.rest", "rest of header", bits: 32..<64, .hex, abbreviation: "rest"),
    ], composites: [])

  static let udp = HeaderFormat(
    kind: .udp,
    fields: [
      HeaderField("udp.srcport", "source port", bits: 0..<16, abbreviation: "src"),
      HeaderField("udp.dstport", "destination port", bits: 16..<32, abbreviation: "dst"),
      HeaderField("udp.length", "length", bits: 32..<48, abbreviation: "len"),
      HeaderField("udp.checksum", "checksum", bits: 48..<64, .hex, abbreviation: "sum"),
    ], composites: [])

  static let tcp = HeaderFormat(
    kind: .tcp,
    fields: [
      HeaderField("tcp.srcport", "source port", bits: 0..<16, abbreviation: "src"),
      HeaderField("tcp.dstport", "destination port", bits: 16..<32, abbreviation: "dst"),
      HeaderField("tcp.seq", "sequence number", bits: 32..<64, .hex, abbreviation: "seq"),
      HeaderField("tcp.ack", "acknowledgment number", bits: 64..<96, .hex, abbreviation: "ack"),
      HeaderField("tcp.doff", "data offset", bits: 96..<100, abbreviation: "off"),
      HeaderField("tcp.rsv", "reserved", bits: 100..<104, abbreviation: "rsv"),
      HeaderField(
        "tcp.flags.cwr", "congestion window reduced", bits: 104..<105, .flag, abbreviation: "c"),
      HeaderField("tcp.flags.ece", "ECN-echo", bits: 105..<106, .flag, abbreviation: "e"),
      HeaderField("tcp.flags.urg", "urgent", bits: 106..<107, .flag, abbreviation: "u"),
      HeaderField("tcp.flags.ack", "acknowledgment", bits: 107..<108, .flag, abbreviation: "a"),
      HeaderField("tcp.flags.psh", "push", bits: 108..<109, .flag, abbreviation: "p"),
      HeaderField("tcp.flags.rst", "reset", bits: 109..<110, .flag, abbreviation: "r"),
      HeaderField("tcp.flags.syn", "synchronize", bits: 110..<111, .flag, abbreviation: "s"),
      HeaderField("tcp.flags.fin", "finish", bits: 111..<112, .flag, abbreviation: "f"),
      HeaderField("tcp.window", "window", bits: 112..<128, abbreviation: "win"),
      HeaderField("tcp.checksum", "checksum", bits: 128..<144, .hex, abbreviation: "sum"),
      HeaderField("tcp.urgent", "urgent pointer", bits: 144..<160, abbreviation: "up"),
    ],
    composites: [
      HeaderField("tcp.flags", "control bits", bits: 104..<112, .hex, abbreviation: "flags")
    ])
}
