import Session
import Stack
import Wire

/// The grid of 32 bits.
extension HeaderView {
  func drawGrid(
    _ grid: HeaderGrid, _ form: HeaderForm, _ subject: HeaderSubject, _ layer: Dissection.Layer,
    on canvas: inout Canvas
  ) {
    drawNumbers(form, on: &canvas)
    drawBorders(grid, form, on: &canvas)
    for row in form.firstRow..<(form.firstRow + form.rowCount) {
      let y = form.y(row)
      let offset = "\(row * 4)"
      canvas.text(
        offset.count < 2 ? "0" + offset : offset, endingBefore: form.isNarrow ? 3 : 4, y, .dim)
      for piece in grid.pieces(in: row) {
        if piece.isFlag {
          drawFlag(piece, form, subject, layer, at: y, on: &canvas)
        } else {
          draw(piece, form, subject, layer, at: y, on: &canvas)
        }
      }
    }
    if form.firstRow > 0 {
      canvas.put("▴", at: form.left + form.width, form.y(form.firstRow), .dim)
    }
    let end = form.firstRow + form.rowCount
    if end < grid.rowCount {
      canvas.put("▾", at: form.left + form.width, form.y(end - 1), .dim)
    }
  }

  private func drawNumbers(_ form: HeaderForm, on canvas: inout Canvas) {
    for bit in [0, 4, 8, 16, 24] { canvas.text("\(bit)", at: form.flagX(bit), 0, .dim) }
    canvas.text("31", endingBefore: form.flagX(31) + 1, 0, .dim)
  }

  private func drawBorders(_ grid: HeaderGrid, _ form: HeaderForm, on canvas: inout Canvas) {
    let last = form.firstRow + form.rowCount
    for row in form.firstRow..<last {
      for bit in grid.borders(row: row, isNarrow: form.isNarrow) {
        canvas.put("│", at: form.x(bit), form.y(row), .dim)
      }
    }
    let lines = form.isOpen ? Array(form.firstRow...last) : [form.firstRow, last]
    for row in lines {
      // In the close form there is no line within, and the lower border is below the last row.
      let y = row == last ? form.y(last - 1) + 1 : form.y(row) - 1
      drawRule(above: row, at: y, grid, form, on: &canvas)
    }
  }

  private func drawRule(
    above row: Int, at y: Int, _ grid: HeaderGrid, _ form: HeaderForm, on canvas: inout Canvas
  ) {
    let upper = row > form.firstRow ? grid.borders(row: row - 1, isNarrow: form.isNarrow) : []
    let isLast = row == form.firstRow + form.rowCount
    let lower = isLast ? [] : grid.borders(row: row, isNarrow: form.isNarrow)
    // At the edge of what is shown a field that goes on is closed nevertheless.
    func hasLine(_ bit: Int) -> Bool {
      guard (0..<32).contains(bit) else { return false }
      if row == form.firstRow { return grid.field(row: row, bit: bit) != nil }
      if isLast { return grid.field(row: row - 1, bit: bit) != nil }
      return grid.hasLine(above: row, bit: bit)
    }
    for bit in 0...32 {
      if hasLine(bit), !form.isNarrow { canvas.put("─", at: form.x(bit) + 1, y, .dim) }
      var arms: Arms = []
      if upper.contains(bit) { arms.insert(.up) }
      if lower.contains(bit) { arms.insert(.down) }
      if hasLine(bit - 1) { arms.insert(.left) }
      if hasLine(bit) { arms.insert(.right) }
      if let sign = arms.sign(heavy: false) { canvas.put(sign, at: form.x(bit), y, .dim) }
    }
  }

  // MARK: Fields

  private func drawFlag(
    _ piece: HeaderGrid.Piece, _ form: HeaderForm, _ subject: HeaderSubject,
    _ layer: Dissection.Layer, at y: Int, on canvas: inout Canvas
  ) {
    let field = fields[piece.field]
    let letter = field.abbreviation
    let isSet = subject.value(field, layer) == .number(1)
    let isSelected = isSelected(field)
    var style: Style = isSet ? .bold : .dim
    if isSelected { style = Style.accent.inBold }
    let text = isCovered(field.id) ? "?" : (isSet ? letter.uppercased() : letter)
    let x = form.flagX(piece.bits.lowerBound)
    canvas.text(text, at: x, y, style)
    guard isSelected, field.bits == selected?.bits, !form.isNarrow else { return }
    // The marks stand where there is no border.
    if canvas.character(at: x - 1, y) != "│" { canvas.put("▸", at: x - 1, y, style) }
    if piece.bits.upperBound < 32, !isBorder(piece.bits.upperBound, of: piece) {
      canvas.put("◂", at: x + 1, y, style)
    }
  }

  private func isBorder(_ bit: Int, of piece: HeaderGrid.Piece) -> Bool {
    HeaderGrid(fields).borders(row: piece.row, isNarrow: false).contains(bit)
  }

  /// The chosen field, or a part of a chosen group.
  func isSelected(_ field: HeaderField) -> Bool {
    guard let selected else { return false }
    return selected.bits.lowerBound <= field.bits.lowerBound
      && field.bits.upperBound <= selected.bits.upperBound
  }

  private func draw(
    _ piece: HeaderGrid.Piece, _ form: HeaderForm, _ subject: HeaderSubject,
    _ layer: Dissection.Layer, at y: Int, on canvas: inout Canvas
  ) {
    let field = fields[piece.field]
    let x = form.x(piece.bits.lowerBound) + 1
    // Where flags follow without a border a blank parts them from the value.
    let hasFlags =
      form.isNarrow && piece.bits.upperBound < 32
      && fields.contains {
        $0.form == .flag && $0.bits.lowerBound == piece.row * 32 + piece.bits.upperBound
      }
    let width = piece.bits.count * form.cell - 1 - (hasFlags ? 1 : 0)
    let isSelected = isSelected(field)
    let isSplit = piece.bits.count < field.bits.count
    if isSplit, !piece.isMain || field.form == .octets {
      drawPart(piece, field, subject, layer, at: x, y, width: width, on: &canvas)
      return
    }
    let value = self.value(field, subject, layer)
    let text = FieldText(
      names: [HeaderNames.name(field, scene.language), field.abbreviation],
      value: value.displayWidth, width: width, isSelected: isSelected)
    let nameStyle: Style = isSelected ? Style.accent.inBold : .dim
    canvas.text(text.name, at: x + text.margin, y, nameStyle)
    let end = x + width - text.margin
    let shown = value.fitting(width - 2 * text.margin)
    let pieces = isSelected ? shown.map { StyledText($0.text, $0.style.inBold) } : shown
    canvas.text(pieces, endingBefore: end, y)
    guard isSelected, text.margin > 0 else { return }
    canvas.put("▸", at: x, y, nameStyle)
    canvas.put("◂", at: x + width - 1, y, nameStyle)
  }

  /// A part of a field that goes over the end of a row: its own octets.
  private func drawPart(
    _ piece: HeaderGrid.Piece, _ field: HeaderField, _ subject: HeaderSubject,
    _ layer: Dissection.Layer, at x: Int, _ y: Int, width: Int, on canvas: inout Canvas
  ) {
    let first = piece.row * 4 + piece.bits.lowerBound / 8
    let last = piece.row * 4 + (piece.bits.upperBound + 7) / 8
    let lower = layer.range.lowerBound
    let octets = subject.octets[(lower + first)..<(lower + last)]
    let separator = field.form == .mac ? ":" : (field.form == .ipv4 ? "." : " ")
    let own =
      field.form == .ipv4
      ? octets.map { "\($0)" }.joined(separator: separator)
      : octets.hexadecimal(separator: separator)
    let hidden = isCovered(field.id) ? "?" : own
    let isFirst = piece.row * 32 + piece.bits.lowerBound == field.bits.lowerBound
    let style: Style = isSelected(field) ? Style.accent.inBold : .dim
    if isFirst {
      let name = field.abbreviation
      let fits = name.displayWidth + hidden.displayWidth + 5 <= width
      if fits { canvas.text(name, at: x + 1, y, style) }
      canvas.text(hidden + "…", endingBefore: x + width - 1, y, style)
    } else {
      canvas.text("…" + hidden, at: x + 1, y, style, width: width - 1)
    }
  }

  /// A field's value as it stands in the grid.
  func value(
    _ field: HeaderField, _ subject: HeaderSubject, _ layer: Dissection.Layer
  ) -> [StyledText] {
    if isCovered(field.id) { return [StyledText("?")] }
    let style = valueStyle(field, subject)
    switch subject.value(field, layer) {
    case .number(let number):
      guard field.form == .hex else { return [StyledText("\(number)", style)] }
      let digits = String(number, radix: 16)
      let width = (field.bits.count + 3) / 4
      let text = "0x" + String(repeating: "0", count: max(0, width - digits.count)) + digits
      let verdict = field.id.hasSuffix(".checksum") ? verdictWord(subject, layer) : nil
      return [StyledText(text, style)] + (verdict.map { [$0] } ?? [])
    case .ipv4(let address): return [StyledText("\(address)", style)]
    case .mac(let address): return [StyledText("\(address)", style)]
    case .octets(let octets): return [StyledText(octets.hexadecimal(separator: " "), style)]
    }
  }

  private func verdictWord(_ subject: HeaderSubject, _ layer: Dissection.Layer) -> StyledText? {
    switch subject.verdict(layer) {
    case .good: StyledText(scene.say(" 맞음", " ok"))
    case .bad: StyledText(scene.say(" ! 틀림", " ! bad"), .warning)
    case .unknown: nil
    }
  }

  /// In the colour of the host whose number it is.
  private func valueStyle(_ field: HeaderField, _ subject: HeaderSubject) -> Style {
    let own: Set<String> = [
      "tcp.srcport", "tcp.seq", "tcp.window", "tcp.mss", "udp.srcport", "ip.src", "ethernet.src",
      "arp.sha", "arp.spa", "tcp.tsval",
    ]
    let others: Set<String> = [
      "tcp.dstport", "tcp.ack", "udp.dstport", "ip.dst", "ethernet.dst", "arp.tha", "arp.tpa",
      "tcp.tsecr",
    ]
    if own.contains(field.id) { return Style(scene.role(subject.sender)) }
    if others.contains(field.id) {
      return Style(scene.role(subject.receiver ?? scene.peer(of: subject.sender)))
    }
    return .plain
  }
}

/// How a field's name and value share the room between its borders.
struct FieldText {
  /// The longest name that fits; empty where only the value does.
  let name: String
  /// Cells free at each side, where the marks of the chosen field stand.
  let margin: Int

  init(names: [String], value: Int, width: Int, isSelected: Bool) {
    let wish = width >= 9 || isSelected ? 1 : 0
    for margin in [wish, 0] {
      let fits = names.first { $0.displayWidth + 1 + value <= width - 2 * margin }
      if let fits {
        name = fits
        self.margin = margin
        return
      }
    }
    name = ""
    margin = value + 2 * wish <= width ? wish : 0
  }
}
