import Session
import Stack
import Wire

/// The bar of a packet's parts: what the MTU has to hold, and what of it is left for data.
///
/// Each length is that of the real unit; the slices are as wide as their words need, the data takes the rest.
extension HeaderView {
  private struct Slice {
    let name: String
    let length: String
    let style: Style
    /// Columns between its borders; nil for what takes the rest.
    let width: Int?
  }

  /// The MTU of the sender's adapter; nil where a capture does not tell it.
  private var transmissionUnit: Int? {
    guard let subject, !subject.isCaptured,
      scene.world.hosts.indices.contains(Int(subject.sender.index))
    else { return nil }
    return scene.world.hosts[Int(subject.sender.index)].configuration.maximumTransmissionUnit
  }

  private func slices(_ subject: HeaderSubject) -> [Slice] {
    let network = subject.layers.first { $0.kind == .ipv4 }?.range.count ?? 0
    let transport = subject.layers.first { [.tcp, .udp, .icmp].contains($0.kind) }
    let own = transport?.kind == .tcp ? TCPHeader.minimumLength : transport?.range.count ?? 0
    let options = (transport?.range.count ?? 0) - own
    let name = transport.map { "\($0.kind)".uppercased() } ?? ""
    let isHidden = isCovered("tcp.doff") || isCovered("tcp.options")
    var slices = [
      Slice(
        name: "IP", length: network == 0 ? "–" : "\(network)", style: network == 0 ? .dim : .plain,
        width: 6),
      Slice(name: name, length: "\(own)", style: .plain, width: 6),
    ]
    if options > 0 {
      slices.append(
        Slice(
          name: scene.say("옵션", "options"), length: isHidden ? "?" : "\(options)",
          style: .accent, width: 9))
    }
    if !subject.payload.isEmpty {
      slices.append(
        Slice(
          name: scene.say("데이터", "data"), length: "\(subject.payload.count)",
          style: Style(scene.role(subject.sender)), width: nil))
    }
    return slices
  }

  /// The MSS that a host with this MTU may announce: without options (RFC 9293 §3.7.1).
  private static let headers = IPv4Header.minimumLength + TCPHeader.minimumLength

  func drawSizes(_ subject: HeaderSubject, on canvas: inout Canvas) {
    let slices = slices(subject)
    let hasPacket = subject.layers.contains { $0.kind == .ipv4 }
    let built = subject.layers.filter { $0.kind != .ethernet }.reduce(0) { $0 + $1.range.count }
    let used = built + (hasPacket ? 0 : IPv4Header.minimumLength)
    let packet = used + subject.payload.count
    let unit = transmissionUnit
    let isTCP = subject.layers.contains { $0.kind == .tcp }
    let left = canvas.width >= 72 ? 4 : 2
    let whole = canvas.width - left - 2
    guard whole > 30 else { return drawSizeWords(subject, at: 1, on: &canvas) }
    // What is not used of the MTU stays open at the right.
    let fixed = slices.reduce(1) { $0 + ($1.width ?? 0) + 1 }
    let free = max(0, whole - fixed)
    let share = unit.map { max(1, $0 - used) } ?? max(1, subject.payload.count)
    let data = subject.payload.isEmpty ? 0 : max(10, free * subject.payload.count / share)
    let fits = packet == unit ? free : min(data, max(0, free - 1))
    var y = canvas.height >= 12 ? 2 : 0
    if let unit {
      let text = "MTU \(isCovered("mtu") ? "?" : "\(unit)")"
      bracket(from: left, to: left + whole - 1, at: y, text, isAbove: true, on: &canvas)
      y += 1
    }
    let (end, textStart) = draw(slices, dataWidth: fits, at: left, y, on: &canvas)
    if let unit, packet < unit {
      let rest = scene.say("빈자리 \(unit - packet)", "unused \(unit - packet)")
      let room = left + whole - end - 3
      if room >= rest.displayWidth { canvas.text(rest, at: end + 2, y + 2, .dim) }
    }
    y += 4
    guard isTCP, let unit else { return drawSizeWords(subject, at: y + 1, on: &canvas) }
    let segment = isCovered("tcp.mss") ? "?" : "\(unit - Self.headers)"
    bracket(
      from: textStart ?? end, to: left + whole - 1, at: y, "MSS \(segment) = \(unit) − 20 − 20",
      isAbove: false, on: &canvas)
    drawSizeWords(subject, at: y + 2, on: &canvas)
  }

  /// The box of slices. - Returns: the column of its right side, and that where options or data begin.
  private func draw(
    _ slices: [Slice], dataWidth: Int, at left: Int, _ y: Int, on canvas: inout Canvas
  ) -> (end: Int, textStart: Int?) {
    var x = left
    var textStart: Int?
    canvas.put("┌", at: x, y, .dim)
    canvas.put("└", at: x, y + 3, .dim)
    for (index, slice) in slices.enumerated() {
      let width = slice.width ?? dataWidth
      let end = x + width + 1
      if slice.width == nil || slice.style == .accent, textStart == nil { textStart = x }
      canvas.horizontalLine(at: x + 1, y, length: width)
      canvas.horizontalLine(at: x + 1, y + 3, length: width)
      let isLast = index == slices.count - 1
      canvas.put(isLast ? "┐" : "┬", at: end, y, .dim)
      canvas.put(isLast ? "┘" : "┴", at: end, y + 3, .dim)
      for row in [y + 1, y + 2] {
        canvas.put("│", at: x, row, .dim)
        canvas.put("│", at: end, row, .dim)
      }
      canvas.text(slice.name, at: x + 2, y + 1, slice.style, width: max(0, width - 1))
      canvas.text(slice.length, at: x + 2, y + 2, slice.style.inBold, width: max(0, width - 1))
      x = end
    }
    return (x, textStart)
  }

  private func bracket(
    from start: Int, to end: Int, at y: Int, _ text: String, isAbove: Bool,
    on canvas: inout Canvas
  ) {
    guard start < end else { return }
    for x in start...end { canvas.put("─", at: x, y, .dim) }
    canvas.put(isAbove ? "╭" : "╰", at: start, y, .dim)
    canvas.put(isAbove ? "╮" : "╯", at: end, y, .dim)
    let middle = start + (end - start + 1 - text.displayWidth - 2) / 2
    canvas.text(" \(text) ", at: max(start + 1, middle), y, width: max(0, end - start - 1))
  }

  /// The sums in words: the frame, the options' price, and what the record says.
  private func drawSizeWords(
    _ subject: HeaderSubject, at start: Int, on canvas: inout Canvas
  ) {
    let packet = subject.packetLength
    var lines: [String] = []
    let isWhole = subject.layers.first?.kind == .ethernet
    if isWhole {
      lines.append(
        scene.say(
          "프레임 \(subject.octets.count)바이트 = 이더넷 헤더 14 + IP 패킷 \(packet)",
          "frame \(subject.octets.count) bytes = Ethernet header 14 + IP packet \(packet)"))
      if !subject.padding.isEmpty {
        let count = subject.padding.count
        lines[0] += scene.say(" + 채움 \(count)", " + padding \(count)")
      }
    }
    if let layer = subject.layers.first(where: { $0.kind == .tcp }) {
      let options = layer.range.count - TCPHeader.minimumLength
      if let announced = announcedSize(subject, layer) {
        let text = isCovered("tcp.mss") ? "?" : "\(announced)"
        lines.append(
          scene.say("이 SYN이 알리는 MSS \(text)", "the MSS that this SYN announces: \(text)"))
      } else if options > 0, !isCovered("tcp.options") {
        lines.append(
          scene.say(
            "옵션 \(options)바이트만큼 데이터가 줄어듭니다. MSS는 옵션을 세지 않습니다.",
            "The options take \(options) bytes from the data: MSS does not count them."))
      }
    }
    var y = start
    for line in lines {
      y += canvas.wrappedText(line, at: 2, y, width: canvas.width - 4)
    }
  }

  /// The MSS option of a segment.
  private func announcedSize(_ subject: HeaderSubject, _ layer: Dissection.Layer) -> UInt16? {
    let header = try? TCPHeader(parsing: subject.octets.span.bytes.extracting(layer.range))
    return header?.options.maximumSegmentSize
  }
}

extension HeaderSubject {
  /// Octets of the IP packet as far as it is built.
  var packetLength: Int {
    layers.filter { $0.kind != .ethernet }.reduce(payload.count) { $0 + $1.range.count }
  }
}
