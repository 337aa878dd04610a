/// One line of explanation for each header field, by its stable id.
public enum HeaderFieldProse {
  /// The ids of all header fields that a lesson may name, in the order of the headers.
  public static let ids: [String] = table.map(\.id)

  /// O(1).
  public static func isKnown(_ id: String) -> Bool { phrases[id] != nil || optionIDs.contains(id) }

  /// The parts of options that a lesson may name beside their values.
  private static let optionIDs: Set<String> = {
    let edges = (1...4).flatMap { ["tcp.sack.block.\($0).left", "tcp.sack.block.\($0).right"] }
    let options = ["tcp.mss", "tcp.wscale", "tcp.timestamps", "tcp.sack"]
    return Set(edges + options.flatMap { [$0 + ".kind", $0 + ".length"] })
  }()

  /// What the field says; nil for an unknown id. The parts of options are told by their last word.
  public static func text(_ id: String, _ language: Language) -> String? {
    (phrases[id] ?? optionPart(id))?.text(language)
  }

  private static func optionPart(_ id: String) -> Phrase? {
    if id.hasPrefix("tcp.sack.block.") { return phrases["tcp.sack"] }
    switch id {
    case "tcp.nop": return Phrase(ko: "자리를 맞추는 빈 바이트입니다.", en: "A filler byte.")
    case "tcp.eol", "tcp.padding":
      return Phrase(ko: "옵션이 여기서 끝납니다.", en: "The options end here.")
    case "tcp.option.data":
      return Phrase(ko: "이 스택이 모르는 옵션의 내용입니다.", en: "What an option unknown here holds.")
    case "tcp.option.damaged":
      return Phrase(ko: "읽을 수 없는 옵션입니다.", en: "Options that cannot be read.")
    case "icmp.unused": return Phrase(ko: "쓰지 않는 칸입니다.", en: "Not used.")
    case "icmp.gateway":
      return Phrase(ko: "더 가까운 라우터의 주소입니다.", en: "The address of a better router.")
    case "icmp.pointer":
      return Phrase(ko: "잘못된 바이트의 자리입니다.", en: "Where the wrong byte is.")
    default: break
    }
    guard id.hasPrefix("tcp.") else { return nil }
    if id.hasSuffix(".kind") { return Phrase(ko: "옵션의 종류입니다.", en: "Which option this is.") }
    if id.hasSuffix(".length") {
      return Phrase(ko: "옵션의 길이, 바이트 수입니다.", en: "Length of the option in bytes.")
    }
    return nil
  }

  private static let phrases = Dictionary(uniqueKeysWithValues: table.map { ($0.id, $0.phrase) })

  private typealias Row = (id: String, phrase: Phrase)

  private static let table: [Row] = link + network + transport

  private static let link: [Row] = [
    row(
      "ethernet.dst", ko: "목적지 MAC 주소입니다. 이 어댑터가 프레임을 받습니다.",
      en: "The MAC address the frame is for."),
    row(
      "ethernet.src", ko: "보낸 어댑터의 MAC 주소입니다.",
      en: "The MAC address of the adapter that sent it."),
    row(
      "ethernet.type", ko: "안에 무엇이 들었는지 알립니다. 0x0800은 IPv4, 0x0806은 ARP입니다.",
      en: "What is inside: 0x0800 is IPv4, 0x0806 is ARP."),
    row(
      "vlan.priority", ko: "스위치가 먼저 보낼 정도입니다. 0에서 7까지 있습니다.",
      en: "How urgent the frame is to switches, 0 to 7."),
    row(
      "vlan.dei", ko: "1이면 자리가 없을 때 먼저 버려도 됩니다.",
      en: "1: it may be dropped first where there is no room."),
    row(
      "vlan.id", ko: "프레임이 속한 가상 LAN의 번호입니다.", en: "The virtual LAN that the frame belongs to."),
    row(
      "vlan.type", ko: "태그 뒤에 무엇이 들었는지 알립니다.", en: "What is behind the tag."),
    row(
      "arp.htype", ko: "하드웨어의 종류입니다. 1은 이더넷입니다.",
      en: "The kind of hardware: 1 is Ethernet."),
    row(
      "arp.ptype", ko: "찾는 주소의 종류입니다. 0x0800은 IPv4입니다.",
      en: "The kind of address asked about: 0x0800 is IPv4."),
    row(
      "arp.hlen", ko: "MAC 주소의 길이, 6바이트입니다.",
      en: "Length of a MAC address: 6 bytes."),
    row(
      "arp.plen", ko: "IP 주소의 길이, 4바이트입니다.",
      en: "Length of an IP address: 4 bytes."),
    row(
      "arp.op", ko: "1은 질문, 2는 대답입니다.",
      en: "1 asks, 2 answers."),
    row(
      "arp.sha", ko: "보낸 쪽의 MAC 주소입니다.",
      en: "The sender's MAC address."),
    row(
      "arp.spa", ko: "보낸 쪽의 IP 주소입니다.",
      en: "The sender's IP address."),
    row(
      "arp.tha", ko: "찾는 MAC 주소입니다. 질문에서는 비어 있습니다.",
      en: "The MAC address wanted; empty in a question."),
    row(
      "arp.tpa", ko: "누구의 MAC 주소를 찾는지, 그 IP 주소입니다.",
      en: "The IP address whose owner is wanted."),
  ]

  private static let network: [Row] = [
    row(
      "ip.version", ko: "IP의 버전, 4입니다.",
      en: "The version of IP: 4."),
    row(
      "ip.ihl", ko: "IP 헤더의 길이를 4바이트 단위로 적습니다.",
      en: "Length of the IP header in units of 4 bytes."),
    row(
      "ip.dscp", ko: "서두를 패킷인지 알리는 6비트입니다.",
      en: "Six bits that say how urgent the packet is."),
    row(
      "ip.ecn", ko: "길이 붐비는지 알리는 2비트입니다.",
      en: "Two bits by which the path reports congestion."),
    row(
      "ip.length", ko: "헤더와 데이터를 합친 IP 패킷의 길이입니다.",
      en: "Length of the IP packet, header and data."),
    row(
      "ip.id", ko: "조각난 패킷을 다시 맞추기 위한 번호입니다.",
      en: "A number that holds the fragments of a packet together."),
    row(
      "ip.rsv", ko: "쓰지 않는 비트이며 0입니다.",
      en: "An unused bit: 0."),
    row(
      "ip.df", ko: "1이면 이 패킷을 조각내지 않습니다.",
      en: "1 forbids cutting this packet into fragments."),
    row(
      "ip.mf", ko: "1이면 뒤에 조각이 더 있습니다.",
      en: "1 says that more fragments follow."),
    row(
      "ip.offset", ko: "이 조각의 자리를 8바이트 단위로 적습니다.",
      en: "Where this fragment belongs, in units of 8 bytes."),
    row(
      "ip.ttl", ko: "라우터를 지날 때마다 1씩 줄고, 0이 되면 버려집니다.",
      en: "Every router takes one off; at 0 the packet is thrown away."),
    row(
      "ip.protocol", ko: "안에 든 것의 종류입니다. 6은 TCP, 17은 UDP, 1은 ICMP입니다.",
      en: "What is inside: 6 TCP, 17 UDP, 1 ICMP."),
    row(
      "ip.checksum", ko: "IP 헤더만 검사하는 값입니다.",
      en: "A check over the IP header alone."),
    row(
      "ip.src", ko: "보낸 호스트의 IP 주소입니다.",
      en: "The sender's IP address."),
    row(
      "ip.dst", ko: "받을 호스트의 IP 주소입니다.",
      en: "The receiver's IP address."),
    row(
      "ip.options", ko: "IP의 추가 항목이며 보통 없습니다.",
      en: "Extra items of IP; usually none."),
    row(
      "icmp.type", ko: "알림의 종류입니다.",
      en: "The kind of message."),
    row(
      "icmp.code", ko: "같은 종류 안의 자세한 구분입니다.",
      en: "The finer distinction within the type."),
    row(
      "icmp.checksum", ko: "ICMP 알림 전체를 검사하는 값입니다.",
      en: "A check over the whole ICMP message."),
    row(
      "icmp.rest", ko: "종류에 따라 뜻이 달라지는 4바이트입니다.",
      en: "Four bytes whose meaning depends on the type."),
    row(
      "icmp.id", ko: "어느 ping의 것인지 알리는 번호입니다.",
      en: "Says which ping this belongs to."),
    row(
      "icmp.seq", ko: "몇 번째 ping인지 알리는 번호입니다.",
      en: "Says which ping of the row this is."),
    row(
      "icmp.mtu", ko: "다음 링크가 나를 수 있는 가장 큰 패킷입니다.",
      en: "The largest packet that the next link carries."),
  ]

  private static let transport: [Row] = [
    row(
      "udp.srcport", ko: "보낸 소켓의 포트 번호입니다.",
      en: "The sending socket's port."),
    row(
      "udp.dstport", ko: "받을 소켓의 포트 번호입니다.",
      en: "The receiving socket's port."),
    row(
      "udp.length", ko: "UDP 헤더와 데이터를 합친 길이입니다.",
      en: "Length of UDP header and data together."),
    row(
      "udp.checksum", ko: "헤더, 데이터와 의사 헤더를 검사하는 값입니다. 0이면 검사하지 않습니다.",
      en: "A check over header, data and pseudo-header; 0 means none."),
    row(
      "tcp.srcport", ko: "보낸 소켓의 포트 번호입니다.",
      en: "The sending socket's port."),
    row(
      "tcp.dstport", ko: "받을 소켓의 포트 번호입니다.",
      en: "The receiving socket's port."),
    row(
      "tcp.seq", ko: "이 조각 첫 바이트의 번호입니다. SYN과 FIN도 번호를 하나씩 씁니다.",
      en: "The number of the first byte here; SYN and FIN use one number each."),
    row(
      "tcp.ack", ko: "다음에 받을 바이트의 번호입니다. ACK 비트가 1일 때만 뜻이 있습니다.",
      en: "The number of the next byte expected; it counts only when ACK is 1."),
    row(
      "tcp.doff", ko: "TCP 헤더의 길이를 4바이트 단위로 적습니다.",
      en: "Length of the TCP header in units of 4 bytes."),
    row(
      "tcp.rsv", ko: "쓰지 않는 4비트이며 0입니다.",
      en: "Four unused bits: 0."),
    row(
      "tcp.flags", ko: "통신 상태를 알리는 여덟 비트입니다.",
      en: "Eight bits that say what this segment is for."),
    row(
      "tcp.flags.cwr", ko: "1이면 보내는 속도를 줄였다는 뜻입니다.",
      en: "1 says: I have slowed down."),
    row(
      "tcp.flags.ece", ko: "1이면 길이 붐빈다는 소식을 되돌려 줍니다.",
      en: "1 returns the news that the path is congested."),
    row(
      "tcp.flags.urg", ko: "1이면 긴급 포인터에 뜻이 있습니다. 지금은 거의 쓰지 않습니다.",
      en: "1 makes the urgent pointer count; hardly used today."),
    row(
      "tcp.flags.ack", ko: "1이면 ACK 번호에 뜻이 있습니다.",
      en: "1 makes the acknowledgment number count."),
    row(
      "tcp.flags.psh", ko: "1이면 더 모으지 말고 앱에 넘기라는 뜻입니다.",
      en: "1 asks to hand the data on without waiting."),
    row(
      "tcp.flags.rst", ko: "1이면 접속을 거절하거나 강제로 끊습니다.",
      en: "1 refuses or breaks off the connection."),
    row(
      "tcp.flags.syn", ko: "1이면 시퀀스 번호가 시작 번호라는 뜻입니다.",
      en: "1 says: my numbers start here."),
    row(
      "tcp.flags.fin", ko: "1이면 더 보낼 데이터가 없다는 뜻입니다.",
      en: "1 says: I have no more data to send."),
    row(
      "tcp.window", ko: "보낸 쪽이 지금 받을 수 있는 바이트 수입니다.",
      en: "How many bytes the sender of this segment can take now."),
    row(
      "tcp.checksum", ko: "헤더, 데이터와 의사 헤더를 검사하는 값입니다.",
      en: "A check over header, data and pseudo-header."),
    row(
      "tcp.urgent", ko: "SEQ에 더하면 긴급 데이터가 끝난 다음 번호입니다. 지금은 거의 쓰지 않습니다.",
      en: "Added to SEQ it is the number behind the urgent data; hardly used today."),
    row(
      "tcp.mss", ko: "내가 한 조각으로 받을 수 있는 데이터의 최대 크기입니다.",
      en: "The largest piece of data that I can take in one segment."),
    row(
      "tcp.wscale", ko: "윈도우 값을 몇 비트 밀어 읽을지 알립니다.",
      en: "How many bits to shift my window values."),
    row(
      "tcp.sackok", ko: "빠진 자리를 따로 알릴 수 있다는 뜻입니다.",
      en: "Says that I can report gaps separately (SACK)."),
    row(
      "tcp.sack", ko: "이미 받은 범위입니다. ACK 번호보다 앞이면 두 번 온 것입니다.",
      en: "Ranges already received. One below the ACK number has come twice."),
    row(
      "tcp.tsval", ko: "보낸 쪽의 시계 값입니다.",
      en: "The sender's clock."),
    row(
      "tcp.tsecr", ko: "상대에게서 받은 시계 값을 되돌려 줍니다.",
      en: "The peer's clock, returned."),
  ]

  private static func row(_ id: String, ko: String, en: String) -> Row {
    (id, Phrase(ko: ko, en: en))
  }
}
