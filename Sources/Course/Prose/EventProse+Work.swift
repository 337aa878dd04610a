import Stack
import Wire

extension EventProse {
  /// What a layer does, without its name.
  static func work(_ moment: Moment) -> Phrase {
    switch moment.event {
    case .segmentBuilt, .segmentReceived, .segmentDropped, .segmentRetransmitted,
      .datagramBuilt, .datagramReceived, .datagramDropped, .messageBuilt, .messageReceived:
      transport(moment)
    case .dataQueued, .dataArrived, .dataRead: data(moment)
    case .urgentSignalled:
      Phrase(
        ko: "읽을 긴급 데이터가 \(moment.value)바이트 있다는 알림을 받습니다",
        en: "is told of urgent data, \(bytes(moment.value)) to its end")
    case .timerStarted: Phrase(ko: "타이머를 켭니다", en: "starts its timer")
    case .timerStopped: Phrase(ko: "타이머를 끕니다", en: "stops its timer")
    case .routeChosen, .packetBuilt, .packetReceived, .packetForwarded, .packetDropped,
      .packetHeld:
      packet(moment)
    case .neighbourFound, .neighbourAsked, .neighbourLearnt, .arpDropped: neighbour(moment)
    default: frame(moment)
    }
  }

  private static func transport(_ moment: Moment) -> Phrase {
    let unit = unitName(moment)
    let object = unit.ko + particle(after: unit.ko)
    // A message's value says which one it is, an ARP answer's whom it is for.
    let isMessage = moment.event == .messageBuilt || moment.event == .messageReceived
    let octets = isMessage || moment.value == 0 ? Int(moment.unit.octets) : Int(moment.value)
    var size =
      octets > 0 ? Phrase(ko: " · \(octets)바이트", en: ", \(bytes(octets))") : Phrase(ko: "", en: "")
    if isMessage, moment.layer == .icmp {
      let (type, code) = (moment.value >> 8, moment.value & 0xff)
      size = Phrase(ko: " · 유형 \(type), 코드 \(code)", en: ", type \(type), code \(code)")
    }
    switch moment.event {
    case .segmentBuilt, .datagramBuilt, .messageBuilt:
      return Phrase(ko: "\(object) 만듭니다\(size.ko)", en: "builds \(unit.en)\(size.en)")
    case .segmentReceived, .datagramReceived, .messageReceived:
      return Phrase(ko: "\(object) 받습니다\(size.ko)", en: "receives \(unit.en)\(size.en)")
    case .segmentRetransmitted:
      return Phrase(ko: "\(object) 다시 보냅니다\(size.ko)", en: "sends \(unit.en) again\(size.en)")
    default: return Phrase(ko: "\(object) 버립니다", en: "drops \(unit.en)")
    }
  }

  private static func data(_ moment: Moment) -> Phrase {
    let count = moment.value
    switch moment.event {
    case .dataQueued:
      return Phrase(
        ko: "\(count)바이트를 송신 버퍼에 담습니다", en: "takes \(bytes(count)) into the send buffer")
    case .dataArrived:
      return Phrase(
        ko: "\(count)바이트를 수신 버퍼에 담습니다", en: "puts \(bytes(count)) into the receive buffer")
    default:
      return Phrase(
        ko: "\(count)바이트를 앱에 넘깁니다", en: "hands \(bytes(count)) to the application")
    }
  }

  private static func packet(_ moment: Moment) -> Phrase {
    let address = IPv4Address(value: UInt32(truncatingIfNeeded: moment.value)).description
    switch moment.event {
    case .routeChosen:
      return Phrase(ko: "다음에 갈 호스트를 정합니다 · \(address)", en: "chooses \(address) as the next hop")
    case .packetBuilt:
      return Phrase(
        ko: "IP 헤더를 붙입니다 · \(moment.value)바이트",
        en: "puts its header in front, \(bytes(moment.value))")
    case .packetReceived:
      return Phrase(
        ko: "패킷을 받습니다 · \(moment.value)바이트", en: "takes the packet, \(bytes(moment.value))")
    case .packetForwarded:
      return Phrase(
        ko: "패킷을 중계합니다 · \(moment.value)바이트", en: "passes the packet on, \(bytes(moment.value))")
    case .packetHeld:
      return Phrase(
        ko: "\(address)의 MAC 주소를 알 때까지 패킷을 붙잡아 둡니다",
        en: "holds the packet until \(address) answers")
    default: return Phrase(ko: "패킷을 버립니다", en: "drops the packet")
    }
  }

  private static func neighbour(_ moment: Moment) -> Phrase {
    let address = IPv4Address(value: UInt32(truncatingIfNeeded: moment.value)).description
    switch moment.event {
    case .neighbourFound:
      return Phrase(
        ko: "\(address)의 MAC 주소를 알고 있습니다", en: "knows the MAC address of \(address)")
    case .neighbourAsked:
      return Phrase(ko: "\(address)의 주인이 누구인지 묻습니다", en: "asks who has \(address)")
    case .neighbourLearnt:
      return Phrase(
        ko: "\(address)의 MAC 주소를 적습니다", en: "learns the MAC address of \(address)")
    default: return Phrase(ko: "ARP 패킷을 버립니다", en: "drops the ARP packet")
    }
  }

  private static func frame(_ moment: Moment) -> Phrase {
    let count = moment.value
    switch moment.event {
    case .frameBuilt:
      return Phrase(
        ko: "MAC 헤더를 붙입니다 · \(count)바이트", en: "puts the MAC header in front, \(bytes(count))")
    case .frameHanded:
      return Phrase(
        ko: "프레임을 어댑터에 넘깁니다 · \(count)바이트",
        en: "hands the frame to the adapter, \(bytes(count))")
    case .framePadded where count > 0:
      return Phrase(
        ko: "\(count)바이트를 채우고 FCS를 붙입니다", en: "fills up \(bytes(count)) and adds the FCS")
    case .framePadded: return Phrase(ko: "FCS를 붙입니다", en: "adds the FCS")
    case .frameChecked: return Phrase(ko: "FCS가 맞는 것을 확인합니다", en: "finds the FCS right")
    case .frameDemultiplexed:
      return Phrase(ko: "타입을 보고 위로 넘깁니다", en: "hands the content up by its type")
    case .interrupt:
      return Phrase(ko: "프레임이 왔다는 인터럽트를 받습니다", en: "is interrupted: a frame has come")
    default: return Phrase(ko: "프레임을 버립니다", en: "drops the frame")
    }
  }

  /// `1 byte`, `24 bytes`.
  private static func bytes(_ count: some BinaryInteger) -> String {
    count == 1 ? "1 byte" : "\(count) bytes"
  }

  // MARK: Names of units

  /// `SYN+ACK`, data, a datagram.
  static func unitName(_ moment: Moment) -> Phrase {
    let unit = moment.unit
    switch unit.transport {
    case IPProtocol.tcp.rawValue:
      let isPlain = unit.flags.intersection([.syn, .fin, .rst]).isEmpty
      if unit.payload > 0, isPlain {
        return unit.flags.contains(.urg)
          ? Phrase(ko: "긴급 표시가 있는 데이터", en: "data with URG") : Phrase(ko: "데이터", en: "data")
      }
      let flags = unit.flags.description.split(separator: " ").joined(separator: "+")
      return flags.isEmpty ? Phrase(ko: "세그먼트", en: "a segment") : Phrase(ko: flags, en: flags)
    case IPProtocol.udp.rawValue: return Phrase(ko: "데이터그램", en: "a datagram")
    case IPProtocol.icmp.rawValue: return Phrase(ko: "ICMP 알림", en: "an ICMP message")
    default:
      return moment.layer == .wire ? Phrase(ko: "ARP", en: "ARP") : Phrase(ko: "패킷", en: "a packet")
    }
  }

  /// The particle of an object after a word.
  static func particle(after word: String) -> String {
    if word.hasSuffix("SYN") || word.hasSuffix("FIN") { return "을" }
    guard let last = word.unicodeScalars.last, (0xAC00...0xD7A3).contains(last.value) else {
      return "를"
    }
    return (last.value - 0xAC00) % 28 == 0 ? "를" : "을"
  }
}
