import Course
import Session
import Simulation
import Stack
import Wire

/// Where the value of a header field was taken from when the header was built.
enum HeaderOrigin: Hashable {
  case memory(Field)
  case words(ko: String, en: String)

  /// - Parameter moment: The one at which the segment or datagram was built.
  static func of(_ id: String, _ moment: Moment?) -> HeaderOrigin? {
    let flags = moment?.unit.flags ?? []
    return switch id {
    case "tcp.srcport", "udp.srcport": .memory(.localPort)
    case "tcp.dstport": .memory(.remotePort)
    case "tcp.seq": sequence(moment)
    case "tcp.ack" where !flags.contains(.ack):
      .words(ko: "ACK가 0이라 쓰지 않음", en: "not used while ACK is 0")
    case "tcp.ack": .memory(.rcvNxt)
    case "tcp.window": .memory(.rcvWnd)
    case "tcp.urgent" where flags.contains(.urg): .memory(.sndUp)
    case "tcp.mss": .memory(.mssReceive)
    case "tcp.wscale": .memory(.rcvShift)
    case "tcp.tsecr": .memory(.tsRecent)
    case "ip.src": .memory(.localAddress)
    case "ip.dst": .memory(.remoteAddress)
    case "ip.protocol": .memory(.proto)
    default: otherwise(id)
    }
  }

  private static func sequence(_ moment: Moment?) -> HeaderOrigin {
    switch moment?.rule {
    case .keepAliveAsks:
      .words(ko: "SND.NXT − 1, 이미 받은 번호", en: "SND.NXT − 1, a number received before")
    case .resendsLost, .rescueRetransmit: .memory(.rexmitNext)
    default:
      if moment?.unit.flags.contains(.syn) == true {
        .memory(.iss)
      } else {
        .memory(moment?.event == .segmentRetransmitted ? .sndUna : .sndNxt)
      }
    }
  }

  private static func otherwise(_ id: String) -> HeaderOrigin? {
    if let found = table[id] { return found }
    if id.hasPrefix("tcp.flags") { return .words(ko: "TCP의 규칙", en: "TCP's rule for this segment") }
    if id.hasPrefix("tcp.sack") { return .words(ko: "먼저 온 조각들", en: "the segments held early") }
    if id.hasPrefix("tcp.") { return .words(ko: "옵션의 형식", en: "the option's format") }
    if id.hasPrefix("arp.") { return .words(ko: "ARP의 형식", en: "ARP's format") }
    if id.hasPrefix("icmp.") { return .words(ko: "ICMP의 규칙", en: "ICMP's rule") }
    return nil
  }

  private static let table: [String: HeaderOrigin] = [
    "tcp.doff": .words(ko: "헤더의 길이 ÷ 4", en: "the header's length / 4"),
    "tcp.rsv": .words(ko: "쓰지 않아 0", en: "not used: 0"),
    "tcp.urgent": .words(ko: "URG가 0이라 쓰지 않음", en: "not used while URG is 0"),
    "tcp.checksum": .words(
      ko: "계산: 의사 헤더, 헤더, 데이터", en: "computed over pseudo header, header, data"),
    "tcp.sackok": .words(ko: "호스트의 설정", en: "a setting of the host"),
    "tcp.tsval": .words(ko: "호스트의 시계", en: "the host's clock"),
    "udp.dstport": .words(ko: "애플리케이션이 준 주소", en: "the address the application gave"),
    "udp.length": .words(ko: "헤더 8 + 데이터", en: "header 8 + data"),
    "udp.checksum": .words(
      ko: "계산: 의사 헤더, 헤더, 데이터", en: "computed over pseudo header, header, data"),
    "ip.version": .words(ko: "언제나 4", en: "always 4"),
    "ip.ihl": .words(ko: "IP 헤더의 길이 ÷ 4", en: "the IP header's length / 4"),
    "ip.dscp": .words(ko: "호스트의 설정", en: "a setting of the host"),
    "ip.ecn": .words(ko: "쓰지 않아 0", en: "not used: 0"),
    "ip.length": .words(ko: "IP 헤더 + 그 안의 것", en: "IP header + what is inside"),
    "ip.id": .words(ko: "호스트의 패킷 번호", en: "the host's count of packets"),
    "ip.rsv": .words(ko: "쓰지 않아 0", en: "not used: 0"),
    "ip.df": .words(ko: "호스트의 설정", en: "a setting of the host"),
    "ip.mf": .words(ko: "나누지 않아 0", en: "not cut up: 0"),
    "ip.offset": .words(ko: "나누지 않아 0", en: "not cut up: 0"),
    "ip.ttl": .words(ko: "호스트의 설정", en: "a setting of the host"),
    "ip.checksum": .words(ko: "계산: IP 헤더", en: "computed over the IP header"),
    "ip.options": .words(ko: "호스트의 설정", en: "a setting of the host"),
    "icmp.checksum": .words(ko: "계산: 메시지 전체", en: "computed over the message"),
    "ethernet.dst": .words(ko: "ARP 캐시", en: "the ARP cache"),
    "ethernet.src": .words(ko: "LAN 어댑터의 주소", en: "the adapter's own address"),
    "ethernet.type": .words(ko: "안에 든 것", en: "what is inside"),
    "arp.sha": .words(ko: "LAN 어댑터의 주소", en: "the adapter's own address"),
    "arp.spa": .words(ko: "호스트의 IP 주소", en: "the host's IP address"),
    "arp.tpa": .words(ko: "라우팅 테이블이 고른 주소", en: "the next hop's address"),
  ]
}

extension HeaderSubject {
  /// The number of the moment at which the innermost of the unit's headers was built.
  func buildMoment(_ scene: Scene) -> Int? {
    var record = frame
    if let original = record?.copyOf { record = scene.timeline.frame(original) }
    if let record, !record.wasSentByHost { return nil }
    let wanted = UnitSummary(frame: record?.octets ?? [])
    var number = record?.sentMoment ?? scene.index
    let end = max(0, number - 4_000)
    while number > end {
      if let moment = scene.timeline.moment(number), moment.host == sender,
        isBuilding(moment.event), record == nil || Self.isSame(moment.unit, wanted)
      {
        return number
      }
      number -= 1
    }
    return nil
  }

  /// The number of the moment at which a header was built.
  func buildMoment(of kind: HeaderKind, _ scene: Scene) -> Int? {
    guard let inner = buildMoment(scene) else { return nil }
    let wanted: Event
    switch kind {
    case .ethernet: wanted = .frameBuilt
    case .ipv4: wanted = .packetBuilt
    case .arp, .icmp, .udp, .tcp: return inner
    }
    let last = frame?.sentMoment ?? scene.index
    var number = inner
    while number < last, number < inner + 4_000 {
      number += 1
      guard let moment = scene.timeline.moment(number), moment.host == sender else { continue }
      if moment.event == wanted { return number }
      // The packet waits for an address: its frame is the last one before it goes.
      if moment.event == .packetHeld { return lastFrame(before: last, scene) }
    }
    return inner
  }

  private func lastFrame(before last: Int, _ scene: Scene) -> Int? {
    stride(from: last, to: max(0, last - 200), by: -1).first { number in
      let moment = scene.timeline.moment(number)
      return moment?.host == sender && moment?.event == .frameBuilt
    }
  }

  private func isBuilding(_ event: Event) -> Bool {
    switch event {
    case .segmentBuilt, .segmentRetransmitted, .datagramBuilt, .messageBuilt, .neighbourAsked: true
    default: false
    }
  }

  /// A unit and the frame made of it tell the same.
  private static func isSame(_ one: UnitSummary, _ other: UnitSummary) -> Bool {
    guard one.transport == other.transport else { return false }
    // What an ICMP message carries is counted with its header in a frame.
    if one.transport == IPProtocol.icmp.rawValue { return true }
    return one.sequence == other.sequence && one.acknowledgment == other.acknowledgment
      && one.flags == other.flags && one.sourcePort == other.sourcePort
      && one.destinationPort == other.destinationPort && one.payload == other.payload
  }
}
