import Course
import Session
import Stack
import Wire

/// The octets below or beside the grid, the octets of the data, and the words about the chosen field.
extension HeaderView {
  /// The octets of a line each, counted from the header's first.
  func stripLines(_ layer: Dissection.Layer, width: Int) -> [Range<Int>] {
    let each = max(4, (width - 4) / 3 / 4 * 4)
    let starts = stride(from: 0, to: layer.range.count, by: each)
    return starts.map { $0..<min($0 + each, layer.range.count) }
  }

  /// A line of octets; the brackets of the chosen ones stand in the gaps.
  func drawStrip(
    _ range: Range<Int>, _ subject: HeaderSubject, _ layer: Dissection.Layer, at x: Int, _ y: Int,
    on canvas: inout Canvas
  ) {
    let chosen = selected?.octets ?? 0..<0
    for (place, offset) in range.enumerated() {
      let octet = subject.octets[layer.range.lowerBound + offset]
      let text = isHidden(offset) ? "??" : octet.hexadecimal
      let style: Style = chosen.contains(offset) ? Style.accent.inBold : .plain
      canvas.text(text, at: x + 3 * place, y, style)
      guard chosen.contains(offset) else { continue }
      if offset == chosen.lowerBound || offset == range.lowerBound {
        canvas.put("[", at: x + 3 * place - 1, y, style)
      }
      if offset == chosen.upperBound - 1 || offset == range.upperBound - 1 {
        canvas.put("]", at: x + 3 * place + 2, y, style)
      }
    }
  }

  /// An octet that holds a bit of a covered field.
  private func isHidden(_ offset: Int) -> Bool {
    guard !scene.covers.isEmpty else { return false }
    return fields.contains { $0.octets.contains(offset) && isCovered($0.id) }
  }

  /// In the narrow form each row has its octets beside it.
  func drawSideStrip(
    _ form: HeaderForm, _ subject: HeaderSubject, _ layer: Dissection.Layer,
    on canvas: inout Canvas
  ) {
    for row in form.firstRow..<(form.firstRow + form.rowCount) {
      let range = (row * 4)..<min(row * 4 + 4, layer.range.count)
      drawStrip(
        range, subject, layer, at: form.left + form.width + 2, form.y(row), on: &canvas)
    }
  }

  // MARK: Words

  var closingLines: [ClosingLine] {
    guard let field = selected, let subject else { return [] }
    let name = HeaderNames.name(field, scene.language)
    let place = self.place(of: field)
    let prose = HeaderFieldProse.text(field.id, scene.language)
    let text = [place, prose].compactMap { $0 }.joined(separator: ClosingLine.gapText)
    var lines = [
      ClosingLine(
        label: StyledText("[\(name)]", Style.accent.inBold), text: [StyledText(text)],
        short: [StyledText(place)])
    ]
    if let origin = origin(field, subject) { lines.append(origin) }
    return lines
  }

  /// `bytes 8–11`, or the bits where the field is smaller than an octet.
  private func place(of field: HeaderField) -> String {
    let octets = field.octets
    let isWhole = field.bits.lowerBound % 8 == 0 && field.bits.count % 8 == 0
    guard isWhole else {
      let first = field.bits.lowerBound % 32
      let last = (field.bits.upperBound - 1) % 32
      let bits = first == last ? "\(first)" : "\(first)–\(last)"
      let start = octets.lowerBound / 4 * 4
      let word = first == last ? "bit" : "bits"
      return scene.say("\(start)번 줄 비트 \(bits)", "row \(start), \(word) \(bits)")
    }
    let range =
      octets.count == 1 ? "\(octets.lowerBound)" : "\(octets.lowerBound)–\(octets.upperBound - 1)"
    return scene.say("바이트 \(range)", (octets.count == 1 ? "byte " : "bytes ") + range)
  }

  /// The memory that the value was taken from, as the record was when the header was built.
  private func origin(_ field: HeaderField, _ subject: HeaderSubject) -> ClosingLine? {
    let label = StyledText(scene.say("출처", "from"), .dim)
    if subject.isCaptured {
      let text = scene.say(
        "?  어느 메모리에서 왔는지는 프레임에 없습니다.", "?  of which memory it was made no frame tells")
      return ClosingLine(label: label, text: [StyledText(text)])
    }
    let moment = subject.buildMoment(scene).flatMap { scene.timeline.moment($0) }
    if let frame = subject.frame, frame.isInjected {
      let text = scene.say("밖에서 끼워 넣은 프레임입니다.", "nobody's memory: the frame was forged")
      return ClosingLine(label: label, text: [StyledText(text)])
    }
    guard let origin = HeaderOrigin.of(field.id, moment) else { return nil }
    let own = layer.flatMap { subject.buildMoment(of: $0.kind, scene) }
    let rule = own.flatMap { scene.timeline.moment($0)?.rule }
    let reference = rule?.reference.description ?? ""
    return ClosingLine(
      label: label, text: text(origin, field, subject, moment), reference: reference,
      hasWhy: why != nil)
  }

  private func text(
    _ origin: HeaderOrigin, _ field: HeaderField, _ subject: HeaderSubject, _ moment: Moment?
  ) -> [StyledText] {
    switch origin {
    case .words(let ko, let en): return [StyledText(scene.say(ko, en))]
    case .memory(let source):
      guard let layer, let moment, let memory = memory(source, field, subject, moment) else {
        return [StyledText(unknownSource(field.id))]
      }
      var pieces = [StyledText("\(scene.hostName(memory.host)) \(source.name) ")]
      if scene.isCovered(memory, source) { return pieces + [StyledText("?")] }
      pieces += value(field, subject, layer)
      if let relation = relation(source, field, subject, memory) {
        pieces.append(StyledText(" = \(relation)"))
      }
      return pieces
    }
  }

  /// The record that the value comes from; nil where none holds it, as for a datagram's destination.
  func memory(
    _ source: Field, _ field: HeaderField, _ subject: HeaderSubject, _ moment: Moment
  ) -> MemoryReference? {
    guard moment.socket != 0 else { return nil }
    let memory = MemoryReference(host: subject.sender, socket: moment.socket)
    let isAddress = source == .localAddress || source == .remoteAddress
    guard isAddress, let block = scene.block(memory) else { return memory }
    return block.isSet(source) && block.raw(source) != 0 ? memory : nil
  }

  private func unknownSource(_ id: String) -> String {
    switch id {
    case "ip.src": scene.say("호스트의 IP 주소", "the host's IP address")
    case "ip.dst": scene.say("애플리케이션이 준 주소", "the address the application gave")
    default: scene.say("받은 조각의 값", "the segment that it answers")
    }
  }

  /// How a sequence number follows from the first one.
  private func relation(
    _ source: Field, _ field: HeaderField, _ subject: HeaderSubject, _ memory: MemoryReference
  ) -> String? {
    guard source.description.form == .sequence, let layer, let block = scene.block(memory),
      case .number(let raw) = subject.value(field, layer)
    else { return nil }
    let number = SequenceNumber(UInt32(truncatingIfNeeded: raw))
    let isPeers = source == .rcvNxt
    let first: Field = isPeers ? .irs : .iss
    guard block.isSet(first), !scene.isCovered(memory, first) else { return nil }
    let start = isPeers ? block.initialReceiveSequence : block.initialSendSequence
    let distance = number.distance(from: start)
    guard source != first, distance < 1 << 30 else { return nil }
    let name = isPeers ? "IRS" : "ISS"
    return distance == 0 ? name : "\(name) + \(distance)"
  }

  public var why: WhySubject? {
    guard let subject, !subject.isCaptured, let field = selected, let layer,
      let number = subject.buildMoment(of: layer.kind, scene),
      let moment = subject.buildMoment(scene).flatMap({ scene.timeline.moment($0) })
    else { return nil }
    guard case .memory(let source)? = HeaderOrigin.of(field.id, moment),
      let memory = memory(source, field, subject, moment), let block = scene.block(memory),
      case .number(let raw) = subject.value(field, layer), block.raw(source) == raw,
      scene.timeline.why(source, host: memory.host, socket: memory.socket, at: scene.index) != nil
    else { return .moment(number) }
    // The record still says what the header says: who wrote it there?
    return .field(memory, source)
  }
}

/// How many octets of data stand in a line.
struct PayloadForm {
  let octets: Int

  init(width: Int) { octets = width >= 72 ? 16 : 8 }
}

extension HeaderView {
  /// The data as octets and text.
  func drawPayload(_ subject: HeaderSubject, on canvas: inout Canvas) {
    let each = PayloadForm(width: canvas.width).octets
    let range = subject.payload
    let lines = (range.count + each - 1) / each
    let room = max(0, canvas.height - 3)
    let start = min(max(0, state.scroll), max(0, lines - room))
    for line in start..<min(lines, start + room) {
      let from = range.lowerBound + line * each
      let octets = subject.octets[from..<min(from + each, range.upperBound)]
      let y = 1 + line - start
      let offset = UInt16(truncatingIfNeeded: line * each).hexadecimal
      canvas.text(offset, at: 2, y, .dim)
      canvas.text(octets.hexadecimal(separator: " "), at: 8, y)
      canvas.text(printable(octets), at: 10 + 3 * each, y)
    }
    if start > 0 { canvas.put("▴", at: canvas.width - 1, 1, .dim) }
    if start + room < lines { canvas.put("▾", at: canvas.width - 1, room, .dim) }
    let count = scene.say("데이터 \(range.count)바이트", "\(range.count) bytes of data")
    let padding = subject.padding.count
    let filled = scene.say(
      ", 그 뒤를 \(padding)바이트로 채움", ", then \(padding) bytes of padding")
    canvas.text(
      count + (padding > 0 ? filled : ""), at: 2, canvas.height - 1, .dim,
      width: canvas.width - 3)
  }

  private func printable(_ octets: ArraySlice<UInt8>) -> String {
    String(
      octets.map { octet in
        (0x20..<0x7f).contains(octet) ? Character(Unicode.Scalar(octet)) : "·"
      })
  }
}
