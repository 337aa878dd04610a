import Session
import Simulation
import Stack
import Wire

/// What a learner did to open a run, in words.
struct BranchWords {
  /// What the run's name begins with.
  var kind: String
  /// In a list: `SYN dropped`.
  var title: Phrase
  /// `You dropped frame 1 (SYN) from client.`
  var sentence: Phrase

  /// - Parameters:
  ///   - timeline: the run that was opened.
  ///   - fork: moments that it shares with the one it left.
  init(_ action: WorldAction, in timeline: Timeline, fork: Int) {
    switch action {
    case .strike(let number, let effect):
      self.init(effect, on: FrameTitle(number, in: timeline))
    case .release(let number):
      let frame = FrameTitle(number, in: timeline)
      self.init(
        "release", ko: "\(frame.unit.ko) 놓아줌", en: "\(frame.unit.en) released",
        "붙잡아 둔 \(frame.ko)을 놓아주었습니다.", "You released \(frame.en), which was held.")
    case .fault(let fault):
      self.init(
        Self.kind(fault.effect), ko: "고장을 걸어 둠", en: "a fault is armed",
        "앞으로 보낼 프레임에 고장을 걸어 두었습니다.", "You armed a fault for a frame to come.")
    case .inject, .report, .arrive:
      self.init(
        "inject", ko: "끼워 넣은 프레임", en: "a forged frame",
        "아무도 보내지 않은 프레임을 선로에 끼워 넣었습니다.", "You put a frame on the wire that nobody sent.")
    case .write:
      self.init(writtenIn: timeline, fork: fork)
    case .call, .start, .wait:
      self.init(
        "call", ko: "호출을 더함", en: "one more call", "호출을 하나 더 했습니다.", "You made one more call.")
    case .cut, .mend, .set, .pause, .resume, .exit, .reboot:
      self.init(toHost: action, in: timeline)
    }
  }

  private init(_ kind: String, ko: String, en: String, _ koSentence: String, _ enSentence: String) {
    self.kind = kind
    title = Phrase(ko: ko, en: en)
    sentence = Phrase(ko: koSentence, en: enSentence)
  }

  /// The words of a recorded run; nil for one that nobody opened.
  init?(_ part: Recording.Part, among parts: [Recording.Part]) {
    guard let origin = part.origin,
      let parent = parts.first(where: { $0.name == origin.parent })?.timeline,
      let action = part.timeline.action(ofInput: parent.inputsShared(at: origin.moment))
    else { return nil }
    self.init(action, in: part.timeline, fork: origin.fork)
  }

  // MARK: What was done

  private static func kind(_ effect: FaultEffect) -> String {
    switch effect {
    case .drop: "drop"
    case .duplicate: "duplicate"
    case .delay: "delay"
    case .hold: "hold"
    case .swapWithNext: "swap"
    case .flipBit: "flip"
    case .rewrite: "rewrite"
    case .precede: "inject"
    }
  }

  private init(_ effect: FaultEffect, on frame: FrameTitle) {
    let (unit, ko, en) = (frame.unit, frame.ko, frame.en)
    let kind = Self.kind(effect)
    switch effect {
    case .drop:
      self.init(
        kind, ko: "\(unit.ko) 버림", en: "\(unit.en) dropped",
        "\(ko)을 선로에서 버렸습니다. 받는 쪽은 이 프레임이 있었는지도 모릅니다.",
        "You dropped \(en) on the wire. The receiver will not know that there was one.")
    case .duplicate:
      self.init(
        kind, ko: "\(unit.ko) 복제", en: "\(unit.en) duplicated", "\(ko)을 하나 더 만들었습니다. 두 번 닿습니다.",
        "You made a copy of \(en). It arrives twice.")
    case .delay(let span):
      let time = Self.time(span)
      self.init(
        kind, ko: "\(unit.ko) \(time) 늦춤", en: "\(unit.en) delayed by \(time)",
        "\(ko)을 \(time) 늦췄습니다.",
        "You delayed \(en) by \(time).")
    case .hold:
      self.init(
        kind, ko: "\(unit.ko) 붙잡음", en: "\(unit.en) held",
        "\(ko)을 선로에 붙잡아 두었습니다. 놓아줄 때까지 닿지 않습니다. f에서 놓아줄 수 있습니다.",
        "You hold \(en) on the wire. It does not arrive until you release it, again with f.")
    case .swapWithNext:
      self.init(
        kind, ko: "\(unit.ko) 순서 바꿈", en: "\(unit.en) swapped",
        "\(ko)을 같은 쪽이 보내는 다음 프레임 뒤로 미뤘습니다.",
        "You let \(en) arrive after the next frame of the same sender.")
    case .flipBit(let octet, let bit, let beforeFCS):
      self.init(
        kind, ko: "\(unit.ko) 비트 뒤집음", en: "bit flipped in \(unit.en)",
        "\(ko)의 바이트 \(octet), 비트 \(bit)의 값을 뒤집었습니다. "
          + (beforeFCS ? "FCS는 바뀐 내용에 맞춰 다시 계산했습니다." : "FCS는 그대로 두었습니다."),
        "You flipped bit \(bit) of byte \(octet) in \(en). "
          + (beforeFCS ? "The FCS was made anew to fit." : "The FCS was left as it was."))
    case .rewrite(let field, let value):
      self.init(
        kind, ko: "\(unit.ko) 고쳐 씀", en: "\(unit.en) rewritten",
        "\(ko)의 \(field) 칸을 고쳐 썼습니다. 새 값: \(value)",
        "You rewrote \(field) in \(en); it is \(value) now.")
    case .precede:
      self.init(
        kind, ko: "\(unit.ko) 앞에 끼워 넣음", en: "forged before \(unit.en)",
        "\(ko) 앞에 가짜 프레임을 끼워 넣었습니다.",
        "You put a forged frame before \(en).")
    }
  }

  private init(toHost action: WorldAction, in timeline: Timeline) {
    func name(_ host: HostID) -> String {
      let hosts = timeline.configuration.hosts
      return hosts.indices.contains(Int(host.index)) ? hosts[Int(host.index)].name : "?"
    }
    switch action {
    case .cut(let host):
      self.init(
        "cut", ko: "\(name(host)) 케이블 끊음", en: "cable of \(name(host)) cut",
        "\(name(host))의 케이블을 끊었습니다. 선로 위에 있던 것도, 앞으로 보내는 것도 사라집니다.",
        "You cut the cable of \(name(host)). What is on it is lost, and so is all that follows.")
    case .mend(let host):
      self.init(
        "mend", ko: "\(name(host)) 케이블 이음", en: "cable of \(name(host)) mended",
        "\(name(host))의 케이블을 다시 이었습니다.", "You mended the cable of \(name(host)).")
    case .pause(let host, _):
      self.init(
        "pause", ko: "\(name(host)) 앱 멈춤", en: "\(name(host)) stops reading",
        "\(name(host))의 앱을 멈췄습니다. 소켓에서 읽지 않으니 받은 데이터는 수신 버퍼에 쌓입니다.",
        "You stopped the application of \(name(host)). It reads nothing, so what arrives stays in the receive buffer."
      )
    case .resume(let host, _):
      self.init(
        "resume", ko: "\(name(host)) 앱 다시 감", en: "\(name(host)) goes on",
        "\(name(host))의 앱이 다시 움직입니다.", "You let the application of \(name(host)) go on.")
    case .exit(let host, _):
      self.init(
        "kill", ko: "\(name(host)) 프로세스 죽임", en: "process of \(name(host)) killed",
        "\(name(host))의 프로세스를 죽였습니다. 열려 있던 소켓은 운영체제가 닫습니다.",
        "You killed the process of \(name(host)). The operating system closes its sockets.")
    case .reboot(let host):
      self.init(
        "reboot", ko: "\(name(host)) 재부팅", en: "\(name(host)) rebooted",
        "\(name(host)) 컴퓨터를 재부팅했습니다. 소켓과 연결을 모두 잊었고, 상대에게는 아무 말도 하지 않았습니다.",
        "You rebooted \(name(host)). It forgot all sockets and connections, and told nobody.")
    case .set(let host, let parameter, let value):
      switch parameter {
      case .receiveBuffer, .sendBuffer:
        let isSend = parameter == .sendBuffer
        let (ko, en) = isSend ? ("송신 버퍼", "send buffer") : ("수신 버퍼", "receive buffer")
        self.init(
          "buffer", ko: "\(name(host)) \(ko) \(value)", en: "\(en) of \(name(host)) \(value)",
          "\(name(host))의 \(ko) 크기를 바꿨습니다. 이제 \(value)바이트입니다.",
          "You changed the \(en) of \(name(host)). It has \(value) bytes now.")
      default:
        self.init(
          "set", ko: "\(name(host)) 설정 \(parameter.name)", en: "\(parameter.name) of \(name(host))",
          "\(name(host))의 \(parameter.name) 설정을 바꿨습니다. 새 값: \(value)",
          "You set \(parameter.name) of \(name(host)) to \(value).")
      }
    default: self.init("step", ko: "한 일", en: "something done", "한 가지를 했습니다.", "You did something.")
    }
  }

  /// The first moment of such a run tells what was written.
  private init(writtenIn timeline: Timeline, fork: Int) {
    let change = timeline.moment(fork + 1).flatMap { timeline.changes[$0.changes].first }
    guard let change else {
      self.init(
        "write", ko: "같은 값을 적음", en: "the same value written", "있던 값을 그대로 다시 적었습니다.",
        "You wrote what was there.")
      return
    }
    let (field, value) = (change.field.name, timeline.words(of: change, change.new))
    self.init(
      "write", ko: "\(field)에 적음", en: "\(field) written", "\(field)에 \(value)을(를) 적었습니다.",
      "You wrote \(value) into \(field).")
  }

  /// `50 ms`, `1.5 ms`.
  private static func time(_ span: Nanoseconds) -> String {
    let (whole, rest) = (span.count / 1_000_000, span.count % 1_000_000)
    return rest == 0 ? "\(whole) ms" : "\(span.count / 1_000) µs"
  }
}

/// A frame as a sentence names it.
struct FrameTitle {
  /// What it carries: `SYN`, `1460 bytes`, `ARP`.
  var unit: Phrase
  /// `client에서 나온 1번 프레임(SYN)`
  var ko: String
  /// `frame 1 (SYN) from client`
  var en: String

  init(_ number: UInt32, in timeline: Timeline) {
    guard let frame = timeline.frame(number) else {
      unit = Phrase(ko: "?", en: "?")
      ko = "\(number)번 프레임"
      en = "frame \(number)"
      return
    }
    unit = Self.unit(frame.octets)
    let hosts = timeline.configuration.hosts
    let place = Int(frame.from.index)
    let sender = hosts.indices.contains(place) ? hosts[place].name : "?"
    ko = "\(sender)에서 나온 \(number)번 프레임(\(unit.ko))"
    en = "frame \(number) (\(unit.en)) from \(sender)"
  }

  private static func unit(_ octets: [UInt8]) -> Phrase {
    let unit = UnitSummary(frame: octets)
    func both(_ text: String) -> Phrase { Phrase(ko: text, en: text) }
    switch unit.transport {
    case IPProtocol.tcp.rawValue:
      let telling = unit.flags.subtracting(.psh)
      let size = Phrase(
        ko: "데이터 \(unit.payload)바이트", en: unit.payload == 1 ? "1 byte" : "\(unit.payload) bytes")
      guard unit.payload > 0 else { return both("\(telling)") }
      return telling == .ack
        ? size : Phrase(ko: "\(telling) \(size.ko)", en: "\(telling), \(size.en)")
    case IPProtocol.udp.rawValue: return both("UDP")
    case IPProtocol.icmp.rawValue: return both("ICMP")
    default:
      let type = (try? EthernetHeader(parsing: octets.span.bytes))?.type
      return both(type == .arp ? "ARP" : type == .ipv4 ? "IP" : "?")
    }
  }
}

extension Timeline {
  /// What a raw number of a change says.
  fileprivate func words(of change: FieldChange, _ raw: UInt64) -> String {
    if change.field.description.form == .sequence {
      return ControlBlock().words(for: change.field, raw: raw)
    }
    switch meaning(of: change, raw) {
    case .unset: return "–"
    case .number(let number): return "\(number)"
    case .text(let text): return text
    }
  }
}
