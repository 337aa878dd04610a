import Session
import Simulation
import Stack
import Wire

/// The first SYN of a run that was answered, and its answer.
struct Handshake {
  let syn: FrameRecord
  let answer: FrameRecord
  let offered: TCPHeader
  let answered: TCPHeader

  init?(_ timeline: Timeline) {
    for frame in timeline.frames {
      guard let header = Self.header(frame), header.flags.contains([.syn, .ack]) else { continue }
      let asked = timeline.frames.first { earlier in
        guard let one = Self.header(earlier), one.flags.contains(.syn) else { return false }
        return earlier.from != frame.from && earlier.wasSentByHost
          && one.sequence + 1 == header.acknowledgment
      }
      guard let asked, let offer = Self.header(asked) else { continue }
      (syn, answer, offered, answered) = (asked, frame, offer, header)
      return
    }
    return nil
  }

  static func header(_ frame: FrameRecord) -> TCPHeader? {
    guard let layer = Dissection(frame: frame.octets).layers.first(where: { $0.kind == .tcp })
    else { return nil }
    let octets = frame.octets.span.bytes.extracting(layer.range.lowerBound..<frame.octets.count)
    return try? TCPHeader(parsing: octets)
  }

  var packet: IPv4Header? {
    let octets = answer.octets.span.bytes
    return try? IPv4Header(
      parsing: octets.extracting(EthernetHeader.minimumLength..<answer.octets.count))
  }

  /// From the SYN's departure to the answer's arrival.
  var time: Nanoseconds? { answer.receivedAt?.since(syn.sentAt) }
}

extension OutsideReport {
  private static func text(_ span: Nanoseconds) -> String {
    // Three digits are all that a single run can mean.
    let count = span.count
    let digits = String(count).count
    var scale: UInt64 = 1
    for _ in 0..<max(0, digits - 3) { scale *= 10 }
    return Value.duration(Int(clamping: (count + scale / 2) / scale * scale)).text
  }

  static func times<Link: OutsideLink>(
    _ here: Handshake, _ there: Handshake, _ run: OutsideRun<Link>, _ reference: Timeline
  ) -> [Phrase] {
    guard let answer = run.answerTimes[here.answer.number], let built = there.time else {
      return []
    }
    let delay = reference.configuration.links.first?.propagationDelay ?? Nanoseconds(0)
    return [
      Phrase(
        ko: "SYN의 답이 \(text(answer)) 만에 왔습니다. 프로그램 안의 선로에서는 한 방향에 \(text(delay))씩 걸려 "
          + "\(text(built))였습니다.",
        en:
          "The answer to the SYN took \(text(answer)). On the built-in wire it took \(text(built)), for each "
          + "way takes \(text(delay)).")
    ]
  }

  static func options(_ here: Handshake, _ there: Handshake) -> [Phrase] {
    let own = names(here.answered.options)
    let built = names(there.answered.options)
    var sentences: [Phrase] = []
    if kinds(here.answered.options) == kinds(there.answered.options), own == built {
      sentences.append(
        Phrase(
          ko: "SYN+ACK의 옵션은 같았습니다: \(own).",
          en: "The options of its SYN+ACK were the same: \(own)."))
    } else {
      sentences.append(
        Phrase(
          ko: "SYN+ACK의 옵션은 \(own)입니다. 프로그램 안의 server는 \(built)입니다.",
          en: "The options of its SYN+ACK were \(own); the built-in server’s are \(built)."))
    }
    let offered = kinds(here.offered.options)
    let more = kinds(here.answered.options).subtracting(offered)
    if more.isEmpty {
      sentences.append(
        Phrase(
          ko: "우리 SYN에 없는 옵션은 하나도 쓰지 않았습니다.",
          en: "It used no option that our SYN had not offered."))
    }
    return sentences
  }

  private static func kinds(_ options: TCPOptions) -> Set<String> {
    var kinds: Set<String> = []
    if options.maximumSegmentSize != nil { kinds.insert("MSS") }
    if options.windowScale != nil { kinds.insert("window scale") }
    if options.sackPermitted { kinds.insert("SACK") }
    if options.timestamps != nil { kinds.insert("timestamps") }
    return kinds
  }

  /// `MSS 1460 · SACK · window scale 7`: clocks are of no interest.
  private static func names(_ options: TCPOptions) -> String {
    var names: [String] = []
    if let size = options.maximumSegmentSize { names.append("MSS \(size)") }
    if options.sackPermitted { names.append("SACK") }
    if options.timestamps != nil { names.append("timestamps") }
    if let scale = options.windowScale { names.append("window scale \(scale)") }
    return names.isEmpty ? "–" : names.joined(separator: ", ")
  }

  static func header(_ here: Handshake, _ there: Handshake) -> [Phrase] {
    var sentences: [Phrase] = []
    if here.answered.window != there.answered.window {
      sentences.append(
        Phrase(
          ko: "윈도우는 \(here.answered.window)입니다. 프로그램 안의 server는 \(there.answered.window)입니다.",
          en:
            "Its window was \(here.answered.window); the built-in server’s is \(there.answered.window)."
        ))
    }
    if let own = here.packet, let built = there.packet, facts(own) != facts(built) {
      sentences.append(
        Phrase(
          ko: "IP 헤더는 \(facts(own))입니다. 프로그램 안의 server는 \(facts(built))입니다.",
          en: "Its IP header had \(facts(own)); the built-in server’s has \(facts(built))."))
    }
    let shortest = EthernetHeader.minimumLength + EthernetLine.minimumPayload
    let lengths = (here.answer.octets.count, there.answer.octets.count)
    if lengths.0 < shortest, lengths.0 != lengths.1 {
      sentences.append(
        Phrase(
          ko: "SYN+ACK 프레임은 \(lengths.0)바이트입니다. TAP에는 전선이 없어 "
            + "\(shortest)바이트까지 채우지 않습니다.",
          en:
            "The frame of its SYN+ACK had \(lengths.0) bytes: TAP has no cable, so nothing is filled up to "
            + "\(shortest)."))
    }
    return sentences
  }

  /// `TTL 64, DF, identification 0`.
  private static func facts(_ header: IPv4Header) -> String {
    let identification = header.identification == 0 ? "0" : "> 0"
    let flag = header.dontFragment ? "DF" : "no DF"
    return "TTL \(header.timeToLive), \(flag), ID \(identification)"
  }

  /// An old SYN that was put on the wire, and what came back.
  static func forgeries(_ timeline: Timeline) -> [Phrase] {
    timeline.frames.compactMap { frame in
      guard frame.isInjected, let forged = Handshake.header(frame), forged.flags.contains(.syn),
        !forged.flags.contains(.ack)
      else { return nil }
      let answer = timeline.frames.lazy.filter { $0.number > frame.number && $0.from != frame.from }
        .compactMap { Handshake.header($0) }.first
      let number = forged.sequence.value
      guard let answer else {
        return Phrase(
          ko: "끼워 넣은 SYN(SEQ \(number))에는 답하지 않았습니다.",
          en: "The forged SYN (SEQ \(number)) was not answered.")
      }
      let name = answer.flags.description.split(separator: " ").joined(separator: "+")
      let acknowledged = answer.acknowledgment.value
      return Phrase(
        ko: "끼워 넣은 SYN(SEQ \(number))에도 \(name), ACK \(acknowledged)로 답했습니다.",
        en: "The forged SYN (SEQ \(number)) was answered with \(name), ACK \(acknowledged).")
    }
  }

  /// How long the peer waited before it sent its SYN+ACK again.
  static func repetition(_ timeline: Timeline, _ reference: Timeline) -> [Phrase] {
    guard let here = waited(timeline), let there = waited(reference) else { return [] }
    return [
      Phrase(
        ko: "SYN+ACK를 \(text(here)) 뒤에 다시 보냈습니다. 프로그램 안의 server는 \(text(there)) 뒤입니다.",
        en:
          "It sent its SYN+ACK again after \(text(here)); the built-in server does after \(text(there))."
      )
    ]
  }

  private static func waited(_ timeline: Timeline) -> Nanoseconds? {
    let answers = timeline.frames.filter {
      Handshake.header($0)?.flags.contains([.syn, .ack]) ?? false
    }
    guard let first = answers.first,
      let again = answers.dropFirst().first(where: {
        $0.isRetransmission && Handshake.header($0)?.sequence == Handshake.header(first)?.sequence
      })
    else { return nil }
    return again.sentAt.since(first.sentAt)
  }
}

/// The segments of a run in their order: who sent what kind.
struct Exchange {
  private var segments: [Segment]

  private struct Segment: Equatable {
    var from: HostID
    var kind: FrameKind
    var isLost: Bool
  }

  init(_ timeline: Timeline) {
    segments = timeline.frames.map {
      Segment(from: $0.from, kind: FrameKind($0.octets), isLost: $0.fate == .lost)
    }
  }

  /// Whether a run begins as another one went; what comes after that one's end is no difference.
  func begins(as other: Exchange) -> Bool {
    segments.count >= other.segments.count
      && zip(segments, other.segments).allSatisfy { $0 == $1 }
  }

  /// What is not the same, with the first segment that differs.
  static func difference(_ here: Timeline, _ there: Timeline, number: Int) -> Phrase {
    let own = Exchange(here).segments
    let built = Exchange(there).segments
    let place = zip(own, built).enumerated().first { $1.0 != $1.1 }?.offset
    let first = place ?? min(own.count, built.count)
    func name(_ list: [Segment], _ timeline: Timeline) -> String {
      guard list.indices.contains(first) else { return "–" }
      return timeline.configuration.hosts[Int(list[first].from.index)].name + " "
        + list[first].kind.name
    }
    return Phrase(
      ko: "실행 \(number)에서는 \(first + 1)번째 조각부터 달랐습니다. 여기서는 \(name(own, here)), 프로그램 안에서는 "
        + "\(name(built, there))입니다.",
      en:
        "In run \(number) segment \(first + 1) was the first that differs: here \(name(own, here)), built in "
        + "\(name(built, there)).")
  }
}
