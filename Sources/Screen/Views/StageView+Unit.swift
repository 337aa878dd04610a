import Session
import Simulation
import Stack
import Wire

/// The unit in hand beside the floor that works on it, the call beside its program, and the facts below.
extension StageView {
  /// One part of the unit: a header, the data, what the adapter adds.
  private struct Part {
    var name: String
    var octets: Int
    /// This floor has just added it.
    var isNew = false

    var sized: String { "\(name) \(octets)" }
  }

  /// The parts of the unit as far as they exist: TCP 24, then IP 20 and TCP, then ETH 14, IP and TCP.
  private var unitParts: [Part] {
    guard let unit = scene.state.unit, let moment = scene.moment, moment.unit.octets > 0 else {
      return []
    }
    // What has been handed down is not in the hand of the floors above any more.
    if unit.direction == .down, moment.layer.rawValue < unit.layer.rawValue { return [] }
    let isWhole = unit.direction == .up || moment.layer == .adapter || moment.layer == .driver
    return isWhole ? wholeParts(unit, moment) : growingParts(unit, moment)
  }

  /// On the way up, and at the adapter, the octets can be read as a frame.
  private func wholeParts(_ unit: UnitInHand, _ moment: Moment) -> [Part] {
    let dissection = Dissection(frame: unit.octets)
    var parts = dissection.layers.filter { unit.range.contains($0.range.lowerBound) }
      .map { Part(name: $0.kind.shortName, octets: $0.range.count) }
    if !dissection.payload.isEmpty {
      parts.append(Part(name: "data", octets: dissection.payload.count))
    }
    guard moment.layer == .adapter else { return parts }
    let isSending = unit.direction == .down
    if !dissection.padding.isEmpty {
      parts.append(Part(name: "pad", octets: dissection.padding.count, isNew: isSending))
    }
    parts.append(Part(name: "FCS", octets: EthernetLine.fcsLength, isNew: isSending))
    return parts
  }

  /// On the way down the headers below do not exist yet: the lengths tell what does.
  private func growingParts(_ hand: UnitInHand, _ moment: Moment) -> [Part] {
    let unit = moment.unit
    let name =
      switch unit.transport {
      case IPProtocol.tcp.rawValue: "TCP"
      case IPProtocol.udp.rawValue: "UDP"
      case IPProtocol.icmp.rawValue: "ICMP"
      default: "ARP"
      }
    let isFrame = hand.range.lowerBound == 0
    let hasPacket = name != "ARP" && hand.range.lowerBound <= EthernetHeader.minimumLength
    let below =
      (isFrame ? EthernetHeader.minimumLength : 0) + (hasPacket ? IPv4Header.minimumLength : 0)
    let own = Int(unit.octets) - Int(unit.payload) - below
    guard own > 0 else { return [Part(name: "", octets: Int(unit.octets))] }
    var parts: [Part] = []
    if isFrame {
      parts.append(Part(name: "ETH", octets: EthernetHeader.minimumLength, isNew: true))
    }
    if hasPacket {
      parts.append(Part(name: "IP", octets: IPv4Header.minimumLength, isNew: !isFrame))
    }
    parts.append(Part(name: name, octets: own, isNew: !isFrame && !hasPacket))
    if unit.payload > 0 { parts.append(Part(name: "data", octets: Int(unit.payload))) }
    return parts
  }

  /// The longest way to write the parts that fits into so many columns, brackets not counted.
  private func label(_ parts: [Part], room: Int) -> String? {
    let ways = [
      parts.map(\.sized), parts.map { $0.isNew ? $0.sized : $0.name }, parts.map(\.name),
      parts.first.map { [$0.isNew ? $0.sized : $0.name, "…"] } ?? [],
    ]
    return ways.map { $0.joined(separator: "│") }.first { $0.displayWidth <= room }
  }

  func drawUnit(_ form: StageForm, on canvas: inout Canvas) {
    guard let moment = scene.moment, moment.host != .wire, let row = Tower.row(of: moment.layer),
      moment.unit.octets > 0, scene.state.unit != nil
    else { return }
    let parts = unitParts
    guard !parts.isEmpty else { return }
    let isLeft = moment.host == pair.left
    let gapStart = form.leftX + form.boxWidth
    let gapEnd = form.rightX(canvas.width)
    let room = gapEnd - gapStart
    let y = form.top + row
    let style = Style(scene.role(moment.host), bold: true)
    let total = "\(moment.unit.octets)"
    // A box where all sizes fit; else brackets with as much as fits, the whole length at least.
    let all = parts.map(\.sized).joined(separator: "│")
    guard !form.isCompact, all.displayWidth + 6 <= room else {
      let text = "[\(label(parts, room: room - 2) ?? total)]"
      canvas.text(text, at: isLeft ? gapStart : gapEnd - text.displayWidth, y, style)
      return
    }
    let width = all.displayWidth + 4
    let x = isLeft ? gapStart + 2 : gapEnd - 2 - width
    canvas.box(Rectangle(x: x, y: y - 1, width: width, height: 3), style)
    canvas.text(" \(all) ", at: x + 1, y, style)
    let label = scene.say("\(total)바이트", "\(total) bytes")
    if width + label.displayWidth + 4 <= room {
      canvas.text(label, at: isLeft ? x + width + 1 : x - 1 - label.displayWidth, y)
    }
  }

  /// The call that is being carried out: `connect(3, …:80)` beside its program.
  func drawCall(_ form: StageForm, on canvas: inout Canvas) {
    guard let (host, text) = callAtWork, [pair.left, pair.right].contains(host) else { return }
    let isLeft = host == pair.left
    if form.isCompact {
      // Between the towers there is no room for a call: it stands below them, on its host's side.
      guard scene.moment?.unit.octets == 0, form.factsY < canvas.height else { return }
      let x = isLeft ? form.leftX : canvas.width - 1 - text.displayWidth
      canvas.text(text, at: x, form.factsY, Style(scene.role(host), bold: true))
      return
    }
    let y = form.top + 1
    let x =
      isLeft
      ? form.leftX + form.boxWidth + 2 : form.rightX(canvas.width) - 2 - text.displayWidth
    canvas.text(text, at: x, y, Style(scene.role(host), bold: true))
  }

  private var callAtWork: (HostID, String)? {
    guard let current = scene.moment else { return nil }
    var number = scene.index
    while number > 0, number > scene.index - 60, let moment = scene.timeline.moment(number),
      moment.time == current.time
    {
      switch moment.event {
      case .call: return (moment.host, scene.shortCallText(moment))
      case .callReturned, .callFailed:
        if number < scene.index { return nil }
        number -= 1
      case .frameSent, .frameReceived, .timerFired: return nil
      default: number -= 1
      }
    }
    return nil
  }

  // MARK: Facts

  func drawFacts(_ form: StageForm, on canvas: inout Canvas) {
    let bottom = canvas.height - 1
    if form.factsY <= bottom - 1, let unit = scene.moment?.unit,
      unit.transport == IPProtocol.tcp.rawValue
    {
      drawSegmentFacts(unit, form, on: &canvas)
    } else if form.factsY <= bottom, let moment = scene.moment, !form.isCompact {
      canvas.text(scene.momentText(moment), at: 2, form.factsY, width: canvas.width - 4)
    }
  }

  private func drawSegmentFacts(_ unit: UnitSummary, _ form: StageForm, on canvas: inout Canvas) {
    func covered(_ id: String) -> Bool { scene.isCovered(frame: unit.frame, header: id) }
    let sequence = covered("tcp.seq") ? "?" : scene.hexadecimal(unit.sequence)
    let hasAck = unit.flags.contains(.ack)
    let acknowledgment =
      covered("tcp.ack") ? "?" : hasAck ? scene.hexadecimal(unit.acknowledgment) : "–"
    let name = scene.unitName(unit)
    let window = covered("tcp.window") ? "?" : "\(unit.window)"
    let windowName = scene.say("윈도우", "window")
    let ports = "\(unit.sourcePort) → \(unit.destinationPort)"
    let mss = segmentSizeOption.map { covered("tcp.mss") ? "MSS ?" : "MSS \($0)" } ?? ""
    let y = form.factsY
    if form.isCompact {
      canvas.text(
        "\(name)   SEQ \(sequence)   ACK \(acknowledgment)", at: 2, y, width: canvas.width - 3)
      canvas.text(
        "\(scene.say("포트", "ports")) \(ports)   \(windowName) \(window)   \(mss)", at: 2, y + 1,
        width: canvas.width - 3)
      return
    }
    let text =
      unit.payload == 0
      ? scene.say("헤더뿐이고 데이터는 없습니다.", "headers only, no data")
      : scene.say("데이터 \(unit.payload)바이트", "\(unit.payload) bytes of data")
    canvas.text(name, at: 2, y, .bold)
    canvas.text(text, at: 2 + name.displayWidth + 3, y)
    guard y + 3 < canvas.height else {
      canvas.text("SEQ \(sequence)   ACK \(acknowledgment)   \(mss)", at: 2, y + 1)
      return
    }
    canvas.text(scene.say("출발지 포트", "source port"), at: 2, y + 2, .dim)
    canvas.text("\(unit.sourcePort)", at: 20, y + 2)
    canvas.text("SEQ  \(sequence)", at: 32, y + 2)
    canvas.text("\(windowName)  \(window)", at: 56, y + 2)
    canvas.text(scene.say("목적지 포트", "destination port"), at: 2, y + 3, .dim)
    canvas.text("\(unit.destinationPort)", at: 20, y + 3)
    canvas.text("ACK  \(acknowledgment)", at: 32, y + 3)
    canvas.text(mss, at: 56, y + 3)
  }

  /// The MSS option of the unit in hand, read from its octets.
  private var segmentSizeOption: UInt16? {
    guard let unit = scene.state.unit, unit.octets.count >= 54,
      let header = try? TCPHeader(parsing: Array(unit.octets[34...]))
    else { return nil }
    return header.options.maximumSegmentSize
  }
}
