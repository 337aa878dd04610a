import Session
import Stack
import Wire

/// What is written on a frame's arrow: what it is at its beginning, how much or how wide at its end.
struct LadderLabel {
  /// Forms of the head from the longest to the shortest.
  var heads: [[StyledText]] = []
  /// Forms of the tail; it may be left out.
  var tails: [[StyledText]] = []

  init(_ frame: FrameRecord, _ scene: Scene, _ origins: Origins) {
    let unit = UnitSummary(frame: frame.octets)
    switch unit.transport {
    case IPProtocol.tcp.rawValue: describeSegment(frame, unit, scene, origins)
    case IPProtocol.udp.rawValue:
      heads = [[StyledText("UDP \(unit.sourcePort) → \(unit.destinationPort)")]]
      if unit.payload > 0 { tails = [[StyledText("\(unit.payload)")]] }
    case IPProtocol.icmp.rawValue: describeMessage(frame, scene)
    default: describeOther(frame, scene)
    }
  }

  private mutating func describeSegment(
    _ frame: FrameRecord, _ unit: UnitSummary, _ scene: Scene, _ origins: Origins
  ) {
    func piece(_ number: SequenceNumber, _ id: String, of host: HostID) -> StyledText {
      if scene.isCovered(frame: frame.number, header: id) { return StyledText("?") }
      if number.value == 0 { return StyledText("0") }
      return StyledText(
        scene.relative(number, of: host, from: origins), Style(scene.role(host)))
    }
    func covered(_ id: String) -> Bool { scene.isCovered(frame: frame.number, header: id) }
    let ends = scene.host(ofPacket: frame)
    let sequence = piece(unit.sequence, "tcp.seq", of: ends.speaker)
    let acknowledgment = piece(unit.acknowledgment, "tcp.ack", of: ends.listener)
    let telling = unit.flags.subtracting([.psh])
    let name = covered("tcp.flags") ? "?" : telling.description
    if telling == .ack, unit.payload > 0 {
      heads = [[sequence]]
    } else if telling == .ack, !Self.completesHandshake(unit, ends, origins) {
      heads = [[StyledText("\(name) "), acknowledgment]]
      describeWindow(frame, unit, ends, scene, origins)
    } else {
      let numbers =
        unit.flags.contains(.ack) ? [sequence, StyledText(", "), acknowledgment] : [sequence]
      heads = [[StyledText("\(name)  ")] + numbers]
      let short = covered("tcp.flags") ? nil : Self.shortName(telling)
      // What a SYN+ACK is matters more than its second number.
      if let short, !telling.isSuperset(of: [.syn, .ack]) {
        heads.append([StyledText("\(short)  ")] + numbers)
      }
      heads += [[StyledText("\(name)  "), sequence], [StyledText(name)]]
      // The columns of several hosts are narrow.
      if !scene.isPair, let short { heads.append([StyledText(short)]) }
    }
    if unit.payload > 0 { tails = [[StyledText("\(unit.payload)")]] }
  }

  /// The flags with no room for all of them: an ACK goes without saying, but with a SYN it makes the answer to
  /// one. Nil where there is nothing shorter.
  private static func shortName(_ flags: TCPFlags) -> String? {
    if flags.isSuperset(of: [.syn, .ack]) {
      let rest = flags.subtracting([.syn, .ack])
      return rest.isEmpty ? "S+A" : "S+A \(rest)"
    }
    let rest = flags.subtracting(.ack)
    return rest.isEmpty ? nil : rest.description
  }

  /// The third segment of a handshake: both numbers are the first after those of the SYNs.
  private static func completesHandshake(
    _ unit: UnitSummary, _ ends: (speaker: HostID, listener: HostID), _ origins: Origins
  ) -> Bool {
    ends.speaker.index == 0
      && origins.contains(unit.sequence - 1, of: ends.speaker)
      && origins.contains(unit.acknowledgment - 1, of: ends.listener)
  }

  private mutating func describeMessage(_ frame: FrameRecord, _ scene: Scene) {
    heads = [[StyledText("ICMP")]]
    let dissection = Dissection(frame: frame.octets)
    guard let layer = dissection.layer(.icmp),
      let message = try? ICMPMessage(parsing: frame.octets.span.bytes.extracting(layer.range))
    else { return }
    heads.insert([StyledText("ICMP " + Self.words(message.meaning, scene))], at: 0)
    let kind = message.isError ? scene.say("오류", "error") : "\(message.type)/\(message.code)"
    heads.insert([StyledText("ICMP " + kind)], at: 1)
  }

  private static func words(_ meaning: ICMPMessage.Meaning, _ scene: Scene) -> String {
    switch meaning {
    case .echoRequest(_, let number): scene.say("에코 \(number)", "echo \(number)")
    case .echoReply(_, let number): scene.say("에코 답 \(number)", "echo reply \(number)")
    case .destinationUnreachable(let code, let mtu):
      switch code {
      case .port: scene.say("포트에 닿지 못함", "port unreachable")
      case .host: scene.say("호스트에 닿지 못함", "host unreachable")
      case .network: scene.say("네트워크에 닿지 못함", "net unreachable")
      case .protocol: scene.say("프로토콜 없음", "no such protocol")
      case .fragmentationNeeded: scene.say("너무 큼, MTU \(mtu)", "too big, MTU \(mtu)")
      default: scene.say("닿지 못함 \(code.rawValue)", "unreachable \(code.rawValue)")
      }
    case .redirect(_, let gateway): scene.say("\(gateway)로", "go by \(gateway)")
    case .timeExceeded: scene.say("시간 초과", "time exceeded")
    case .parameterProblem: scene.say("헤더 잘못", "parameter problem")
    case .other(let type, let code, _): "\(type)/\(code)"
    }
  }

  private mutating func describeOther(_ frame: FrameRecord, _ scene: Scene) {
    let octets = frame.octets.span.bytes
    guard let ethernet = try? EthernetHeader(parsing: octets) else {
      heads = [[StyledText("?")]]
      return
    }
    let start = EthernetHeader.minimumLength
    guard ethernet.type == .arp,
      let packet = try? ARPPacket(parsing: octets.extracting(start..<octets.byteCount))
    else {
      let type = ethernet.type
      heads = [[StyledText(type == .ipv4 ? "IP" : "0x" + type.rawValue.hexadecimal)]]
      return
    }
    switch packet.operation {
    case .request:
      let address = "\(packet.targetIP)"
      heads = [[StyledText(scene.say("ARP \(address)는?", "ARP who has \(address)?"))]]
      heads.append([StyledText("ARP \(address)?")])
      if !scene.isPair { heads.append([StyledText("ARP?")]) }
    case .reply:
      let address = "\(packet.senderMAC)"
      heads = [[StyledText("ARP \(address)")], [StyledText("ARP …\(address.suffix(8))")]]
      if !scene.isPair { heads.append([StyledText("ARP")]) }
    default: heads = [[StyledText("ARP \(packet.operation.rawValue)")]]
    }
  }
}

extension LadderLabel {
  /// Whether one of its forms fits uncut.
  func fits(_ width: Int) -> Bool { heads.contains { $0.displayWidth <= width } }

  /// The longest form of the head that fits, or the shortest cut.
  func head(_ width: Int) -> [StyledText] {
    heads.first { $0.displayWidth <= width } ?? (heads.last ?? []).fitting(width)
  }
}

/// An arrow with its label, exactly as wide as the space between the two lines.
struct LadderArrow {
  enum End {
    case arrives
    /// It ends before the other side; a word says why.
    case lost
    case flying
    case held
  }

  let label: LadderLabel
  let toRight: Bool
  let end: End
  let isAgain: Bool
  let style: Style

  func pieces(width: Int, _ scene: Scene) -> [StyledText] {
    end == .arrives ? whole(width) : cut(width, scene)
  }

  /// `── c+1 ──────── 1460 ▸` or `◂─ ACK c+1461 ── window 7300 ─`.
  private func whole(_ width: Int) -> [StyledText] {
    let room = width - 5
    let head = label.head(room)
    // A tail wants its two blanks and some line before it.
    let tail = label.tails.first { head.displayWidth + $0.displayWidth + 3 <= room } ?? []
    let start = StyledText(toRight ? (isAgain ? "↻─ " : "── ") : "◂─ ", style)
    let close: String
    if toRight {
      close = "▸"
    } else {
      close = isAgain ? "↻" : "─"
    }
    let used = 3 + head.displayWidth + 1 + (tail.isEmpty ? 0 : tail.displayWidth + 2) + 1
    let line = String(repeating: "─", count: max(0, width - used))
    let before = [start] + head + [StyledText(" " + line, style)]
    let after = tail.isEmpty ? [] : [StyledText(" ")] + tail + [StyledText(" ")]
    return before + after + [StyledText(close, style)]
  }

  /// `── c+1461 ──────────✗ lost    `: it ends on two thirds of the way.
  private func cut(_ width: Int, _ scene: Scene) -> [StyledText] {
    let word: StyledText
    let sign: StyledText
    switch end {
    case .lost:
      // Between close columns what was lost has the room, and the sign says that it was.
      let long = scene.say("잃음", "lost")
      word = StyledText(width - 7 - long.displayWidth < 3 ? "" : long, .warning)
      sign = StyledText("✗", Style.warning.inBold)
    case .held:
      word = StyledText(scene.say("붙잡음", "held"))
      sign = StyledText(toRight ? "▸" : "◂", style)
    case .flying, .arrives:
      // The numbers matter more: that the arrow does not reach the line says the same.
      let words = [scene.say("가는 중", "on its way"), scene.say("가는 중", "flying")]
      word = StyledText(words.first { label.fits(width - 7 - $0.displayWidth) } ?? "")
      sign = StyledText(toRight ? "▸" : "◂", style)
    }
    let head = label.head(width - 7 - word.displayWidth)
    // The sign's place, counted from the sender.
    let place = max(head.displayWidth + 5, min(width * 2 / 3, width - 3 - word.displayWidth))
    let line = String(repeating: "─", count: max(0, place - head.displayWidth - 4))
    let rest = max(0, width - place - 2 - word.displayWidth)
    let blank = StyledText(String(repeating: " ", count: rest))
    if toRight {
      return [StyledText(isAgain ? "↻─ " : "── ", style)] + head + [StyledText(" " + line, style)]
        + [sign, StyledText(" "), word, blank]
    }
    return [blank, word, StyledText(" "), sign, StyledText("─ ", style)] + head
      + [StyledText(" " + line + (isAgain ? "↻" : "─"), style)]
  }
}
