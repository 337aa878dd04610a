import Course
import Wire

/// Korean names of header fields by their ids; the English ones are the standards' own, in the table of the
/// header itself.
enum HeaderNames {
  static func name(_ field: HeaderField, _ language: Language) -> String {
    guard language == .ko else { return field.name }
    return korean[field.id] ?? edge(field.id) ?? korean[suffix(field.id)] ?? field.name
  }

  /// `왼쪽 끝 2` of `tcp.sack.block.2.left`.
  private static func edge(_ id: String) -> String? {
    let parts = id.split(separator: ".")
    guard id.hasPrefix("tcp.sack.block."), parts.count == 5 else { return nil }
    return (parts[4] == "left" ? "왼쪽 끝 " : "오른쪽 끝 ") + parts[3]
  }

  /// `kind` of `tcp.mss.kind`.
  private static func suffix(_ id: String) -> String {
    id.split(separator: ".").last.map { String($0) } ?? id
  }

  private static let korean: [String: String] = [
    "ethernet.dst": "목적지 MAC 주소", "ethernet.src": "출발지 MAC 주소", "ethernet.type": "타입",
    "vlan.priority": "우선순위", "vlan.dei": "먼저 버려도 됨", "vlan.id": "VLAN 번호",
    "vlan.type": "태그 뒤의 타입",
    "arp.htype": "하드웨어 종류", "arp.ptype": "프로토콜 종류", "arp.hlen": "MAC 길이",
    "arp.plen": "IP 길이", "arp.op": "동작", "arp.sha": "보낸 MAC 주소", "arp.spa": "보낸 IP 주소",
    "arp.tha": "찾는 MAC 주소", "arp.tpa": "찾는 IP 주소",
    "ip.version": "버전", "ip.ihl": "헤더 길이", "ip.dscp": "서비스 구분", "ip.ecn": "혼잡",
    "ip.length": "전체 길이", "ip.id": "식별 번호", "ip.rsv": "예약", "ip.df": "나누지 말 것",
    "ip.mf": "조각이 더 있음", "ip.offset": "조각 위치", "ip.ttl": "수명 TTL",
    "ip.protocol": "프로토콜", "ip.checksum": "헤더 체크섬", "ip.src": "출발지 IP 주소",
    "ip.dst": "목적지 IP 주소", "ip.options": "옵션",
    "icmp.type": "종류", "icmp.code": "코드", "icmp.checksum": "체크섬", "icmp.rest": "나머지",
    "icmp.id": "식별 번호", "icmp.seq": "순서 번호", "icmp.mtu": "다음 구간의 MTU",
    "icmp.unused": "쓰지 않음", "icmp.gateway": "라우터 주소", "icmp.pointer": "위치",
    "udp.srcport": "출발지 포트", "udp.dstport": "목적지 포트", "udp.length": "길이",
    "udp.checksum": "체크섬",
    "tcp.srcport": "출발지 포트", "tcp.dstport": "목적지 포트", "tcp.seq": "시퀀스 번호",
    "tcp.ack": "ACK 번호", "tcp.doff": "데이터 오프셋", "tcp.rsv": "예약",
    "tcp.flags": "컨트롤 비트", "tcp.flags.cwr": "CWR", "tcp.flags.ece": "ECE",
    "tcp.flags.urg": "URG", "tcp.flags.ack": "ACK", "tcp.flags.psh": "PSH",
    "tcp.flags.rst": "RST", "tcp.flags.syn": "SYN", "tcp.flags.fin": "FIN",
    "tcp.window": "윈도우", "tcp.checksum": "체크섬", "tcp.urgent": "긴급 포인터",
    "tcp.mss": "MSS", "tcp.sack": "SACK 블록", "tcp.wscale": "윈도우 스케일", "tcp.sackok": "SACK 허용",
    "tcp.tsval": "타임스탬프 TSval", "tcp.tsecr": "되돌린 시각 TSecr", "tcp.nop": "빈 옵션",
    "tcp.eol": "옵션 끝", "tcp.padding": "채움", "kind": "종류", "length": "길이",
  ]
}

/// The flags' three letters in the order of their bits.
extension HeaderField {
  /// `SYN` of `tcp.flags.syn`, `DF` of `ip.df`; nil for what is no flag.
  var flagName: String? {
    guard form == .flag else { return nil }
    return id.split(separator: ".").last.map { $0.uppercased() }
  }
}
