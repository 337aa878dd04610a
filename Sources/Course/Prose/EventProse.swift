import Session
import Stack
import Wire

/// What happened at a moment, in one line: “client TCP builds SYN, 24 bytes”.
public enum EventProse {
  /// The line of the moment with this number, from 1; nil when there is no such moment.
  public static func text(
    ofMoment number: Int, in timeline: Timeline, _ language: Language
  ) -> String? {
    timeline.moment(number).map { text(of: $0, in: timeline, language) }
  }

  public static func text(
    of moment: Moment, in timeline: Timeline, _ language: Language
  ) -> String {
    let hosts = timeline.configuration.hosts
    let index = Int(moment.host.index)
    let name = moment.isAboutCall ? callName(moment, timeline) : ""
    return line(
      moment, host: hosts.indices.contains(index) ? hosts[index].name : nil, call: name
    ).text(language)
  }

  private static func callName(_ moment: Moment, _ timeline: Timeline) -> String {
    let number = moment.callNumber
    return timeline.calls.indices.contains(number) ? timeline.calls[number].name + "()" : "?"
  }

  /// - Parameter host: Its name; nil for the wire.
  static func line(_ moment: Moment, host: String?, call: String = "") -> Phrase {
    let who = host ?? "wire"
    switch moment.event {
    case .call, .callForwarded, .callReturned, .callFailed, .callBlocked:
      return self.call(moment, who, call)
    case .socketCreated, .socketDeleted, .socketBound, .memoryWritten:
      return record(moment, who)
    case .frameSent, .frameLost, .frameDamaged, .frameDuplicated, .frameDelayed, .frameReceived:
      return wire(moment, who)
    case .ruleApplied: return rule(moment, who)
    case .hostChanged: return change(moment, who)
    case .timerFired:
      return Phrase(
        ko: "\(who)의 \(LayerProse.text(moment.layer, .ko)) 타이머가 울립니다",
        en: "\(who) \(LayerProse.text(moment.layer, .en)) timer fires")
    default: break
    }
    let done = reason(work(moment), moment)
    return Phrase(
      ko: "\(who)의 \(LayerProse.koreanSubject(moment.layer)) \(done.ko)",
      en: "\(who) \(LayerProse.text(moment.layer, .en)) \(done.en)")
  }

  private static func call(_ moment: Moment, _ who: String, _ call: String) -> Phrase {
    switch moment.event {
    case .call:
      return Phrase(
        ko: "\(who)의 애플리케이션이 \(call)\(isClosed(call) ? "을" : "를") 부릅니다",
        en: "\(who) application calls \(call)")
    case .callForwarded:
      return Phrase(
        ko: "\(who)의 Socket 라이브러리가 \(call)\(isClosed(call) ? "을" : "를") 스택에 넘깁니다",
        en: "\(who) socket library hands \(call) to the stack")
    case .callBlocked:
      return Phrase(
        ko: "\(who)의 \(call)\(isClosed(call) ? "이" : "가") 기다립니다", en: "\(who) \(call) waits")
    case .callFailed:
      let error = SocketError(octet: UInt8(truncatingIfNeeded: moment.callResult))?.name ?? "?"
      return Phrase(
        ko: "\(who)의 \(call)\(isClosed(call) ? "이" : "가") 실패합니다 · \(error)",
        en: "\(who) \(call) fails: \(error)")
    default:
      return Phrase(
        ko: "\(who)의 \(call)\(isClosed(call) ? "이" : "가") 돌아옵니다 · 반환값 \(moment.callResult)",
        en: "\(who) \(call) returns \(moment.callResult)")
    }
  }

  /// Whether a Korean reader ends the call's name on a consonant: socket, listen, shutdown.
  private static func isClosed(_ call: String) -> Bool {
    ["socket()", "listen()", "shutdown()"].contains(call)
  }

  private static func record(_ moment: Moment, _ who: String) -> Phrase {
    let number = moment.socket
    switch moment.event {
    case .socketCreated:
      return Phrase(
        ko: "\(who)에 소켓이 생깁니다 · 소켓 \(number)", en: "\(who) makes socket \(number)")
    case .socketDeleted:
      return Phrase(
        ko: "\(who)의 소켓이 지워집니다 · 소켓 \(number)", en: "\(who) socket \(number) is deleted")
    case .socketBound:
      return Phrase(
        ko: "\(who)의 소켓에 포트를 적습니다 · 소켓 \(number)",
        en: "\(who) socket \(number) gets its port")
    default:
      return Phrase(
        ko: "\(who)의 메모리를 직접 고쳐 씁니다 · 소켓 \(number)",
        en: "you write into \(who) socket \(number)")
    }
  }

  private static func wire(_ moment: Moment, _ who: String) -> Phrase {
    let frame = moment.unit.frame
    let what = unitName(moment)
    let phrase: Phrase
    switch moment.event {
    case .frameSent:
      phrase = Phrase(
        ko: "프레임 \(frame) \(what.ko): \(who)에서 선로로 나갑니다",
        en: "frame \(frame), \(what.en), leaves \(who)")
    case .frameReceived:
      phrase = Phrase(
        ko: "프레임 \(frame) \(what.ko): \(who)에 도착합니다",
        en: "frame \(frame), \(what.en), reaches \(who)")
    case .frameLost:
      phrase = Phrase(
        ko: "프레임 \(frame) \(what.ko): 도착하지 못합니다",
        en: "frame \(frame), \(what.en), never arrives")
    case .frameDamaged:
      phrase = Phrase(
        ko: "프레임 \(frame) \(what.ko): 내용이 바뀝니다",
        en: "frame \(frame), \(what.en), is changed on the way")
    case .frameDuplicated:
      phrase = Phrase(
        ko: "프레임 \(frame) \(what.ko): 똑같은 것이 하나 더 갑니다",
        en: "frame \(frame), \(what.en), is a copy")
    default:
      let span = Value.duration(Int(clamping: moment.value)).text
      phrase = Phrase(
        ko: "프레임 \(frame) \(what.ko): " + (moment.value == 0 ? "붙잡힙니다" : "\(span) 늦어집니다"),
        en: "frame \(frame), \(what.en), " + (moment.value == 0 ? "is held" : "is late by \(span)"))
    }
    return reason(phrase, moment)
  }

  private static func rule(_ moment: Moment, _ who: String) -> Phrase {
    guard let rule = moment.rule else { return Phrase(ko: who, en: who) }
    return Phrase(
      ko: "\(who)의 \(LayerProse.text(moment.layer, .ko)): \(RuleProse.text(rule, .ko))",
      en: "\(who) \(LayerProse.text(moment.layer, .en)): \(RuleProse.text(rule, .en))")
  }

  /// Something befalls the host: a setting changes, a program stops, the machine restarts.
  private static func change(_ moment: Moment, _ who: String) -> Phrase {
    guard moment.rule == .learnerSet,
      let parameter = HostParameter(rawValue: UInt8(truncatingIfNeeded: moment.value >> 32))
    else {
      let what = moment.rule ?? .learnerSet
      return Phrase(
        ko: "\(who): \(RuleProse.text(what, .ko))", en: "\(who): \(RuleProse.text(what, .en))")
    }
    let number = Int(moment.value & 0xffff_ffff)
    let value = parameter.text(number)
    return Phrase(
      ko: "\(who)의 설정을 바꿉니다 · \(parameter.name) \(value)",
      en: "\(who) setting: \(parameter.name) is now \(value)")
  }

  private static func reason(_ phrase: Phrase, _ moment: Moment) -> Phrase {
    guard let reason = moment.reason else { return phrase }
    // Its state would take it; what is wrong is the number.
    if moment.rule == .resetChallenge {
      return Phrase(
        ko: "\(phrase.ko) · 번호가 꼭 맞지 않음", en: "\(phrase.en): its number is not the exact one")
    }
    return Phrase(
      ko: "\(phrase.ko) · \(DropReasonProse.text(reason, .ko))",
      en: "\(phrase.en): \(DropReasonProse.text(reason, .en))")
  }
}
