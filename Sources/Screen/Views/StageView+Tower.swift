import Course
import Session
import Stack
import Wire

/// The stage's measures in a given room.
struct StageForm {
  let leftX: Int
  let top: Int
  let boxWidth: Int
  let isCompact: Bool
  let hasStalk: Bool
  /// Where the frame travels.
  let lineY: Int
  let factsY: Int

  /// Rows of a tower: top, eight floors and dividers, bottom.
  static let towerHeight = 10

  init(_ size: Size, language: Language) {
    isCompact = size.width < 70
    boxWidth = isCompact ? 20 : 27
    leftX = isCompact ? 2 : 2
    let isLow = size.height < 19
    top = isLow ? 1 : 2
    hasStalk = !isLow
    lineY = top + Self.towerHeight + (hasStalk ? 2 : 1)
    factsY = lineY + 2
  }

  func rightX(_ width: Int) -> Int { width - boxWidth - (isCompact ? 1 : 2) }
}

/// The floors of one host, top to bottom.
struct Tower {
  let scene: Scene
  let host: HostID
  let form: StageForm

  init(_ scene: Scene, _ host: HostID, _ form: StageForm) {
    self.scene = scene
    self.host = host
    self.form = form
  }

  /// A row of the tower: a floor, or the border between program, operating system and hardware.
  enum Row { case floor([Layer], ko: String, en: String, shortEn: String), border }

  static let rows: [Row] = [
    .floor([.application], ko: "애플리케이션", en: "Application", shortEn: "App"),
    .floor([.library, .socket], ko: "Socket 라이브러리", en: "Socket library", shortEn: "Socket library"),
    .border,
    .floor([.tcp, .udp], ko: "TCP", en: "TCP", shortEn: "TCP"),
    .floor([.ip, .arp, .icmp, .ethernet], ko: "IP", en: "IP", shortEn: "IP"),
    .floor([.driver], ko: "LAN 드라이버", en: "LAN driver", shortEn: "Driver"),
    .border,
    .floor([.adapter], ko: "LAN 어댑터", en: "LAN adapter", shortEn: "Adapter"),
  ]

  /// The row of the tower, from its top border, at which a layer works; nil for the wire.
  static func row(of layer: Layer) -> Int? {
    for (index, row) in rows.enumerated() {
      if case .floor(let layers, _, _, _) = row, layers.contains(layer) { return index + 1 }
    }
    return nil
  }

  func draw(at x: Int, _ y: Int, on canvas: inout Canvas) {
    let role = scene.role(host)
    let configuration = scene.world.hosts[Int(host.index)].configuration
    canvas.text(
      [
        StyledText(configuration.name, Style(role, bold: true)),
        StyledText((form.isCompact ? " " : "  ") + configuration.address.description, .dim),
      ], at: x, y - 1)
    let bottom = y + Tower.rows.count + 1
    canvas.box(
      Rectangle(x: x, y: y, width: form.boxWidth, height: Tower.rows.count + 2), Style(role))
    canvas.put("┬", at: x + form.boxWidth / 2, bottom, Style(role))
    for (index, row) in Tower.rows.enumerated() {
      switch row {
      case .border:
        canvas.divider(at: x, y + index + 1, width: form.boxWidth, .dotted, Style(role))
      case .floor(let layers, let ko, let en, let shortEn):
        let name = scene.language == .ko ? ko : form.isCompact ? shortEn : en
        drawFloor(layers, name, at: x, y + index + 1, on: &canvas)
      }
    }
  }

  private func drawFloor(
    _ layers: [Layer], _ name: String, at x: Int, _ y: Int, on canvas: inout Canvas
  ) {
    let isAtWork = scene.moment.map { $0.host == host && layers.contains($0.layer) } ?? false
    if isAtWork { canvas.text("▸", at: x + 1, y, Style.accent.inBold) }
    canvas.text(name, at: x + 2, y, isAtWork ? Style.accent.inBold : .plain)
    let right = rightText(layers, leftWidth: name.displayWidth)
    canvas.text(right, endingBefore: x + form.boxWidth - 2, y)
  }

  private func rightText(_ layers: [Layer], leftWidth: Int) -> [StyledText] {
    if layers.contains(.application) {
      let room = form.boxWidth - 5 - leftWidth
      let name = programName
      return room >= 4 ? [StyledText(String(name.truncated(to: room)), .dim)] : []
    }
    guard layers.contains(.tcp), let (memory, block) = tallest else { return [] }
    let changed = scene.changedFields(memory).contains(.state)
    let state = scene.isCovered(memory, .state) ? "?" : stateText(block)
    return changed
      ? [StyledText("* \(state)", Style.changed.inBold)] : [StyledText(state, .plain)]
  }

  private func stateText(_ block: ControlBlock) -> String {
    if case .text(let text) = block.content(.state) { return text }
    return ""
  }

  /// The record whose state the floor shows: the one at work here, else the one that has got furthest.
  private var tallest: (MemoryReference, ControlBlock)? {
    if let moment = scene.moment, moment.host == host, moment.socket != 0 {
      let memory = MemoryReference(host: host, socket: moment.socket)
      if let block = scene.block(memory), block.state != .listen { return (memory, block) }
    }
    let records = scene.records(of: host)
    let connected = records.last { $0.block.remotePort != 0 } ?? records.last
    return connected.map { (MemoryReference(host: host, socket: $0.block.number), $0.block) }
  }

  private var programName: String {
    for record in scene.world.processes where record.host == host {
      if let program = record.program { return program.name(scene.language) }
    }
    return host.index == 0 ? "browser" : "web server"
  }
}
