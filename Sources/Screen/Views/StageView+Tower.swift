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

  /// Rows of a tower: its borders, the floors and their dividers.
  static let towerHeight = 10

  init(_ size: Size, language: Language) {
    isCompact = size.width < 70
    boxWidth = isCompact ? 20 : 27
    leftX = isCompact ? 2 : 2
    top = 2
    hasStalk = size.height >= 20
    lineY = top + Self.towerHeight + (hasStalk ? 1 : 0)
    factsY = lineY + (size.height >= 17 ? 3 : 2) - (hasStalk ? 1 : 0)
  }

  func rightX(_ width: Int) -> Int { width - boxWidth - (isCompact ? 1 : 2) }
}

/// The floors of one host, top to bottom.
struct Tower {
  let scene: Scene
  let host: HostID
  /// The host at the other side of the stage.
  let partner: HostID
  let form: StageForm

  init(_ scene: Scene, _ host: HostID, toward partner: HostID, _ form: StageForm) {
    self.scene = scene
    self.host = host
    self.partner = partner
    self.form = form
  }

  /// A row of the tower: a floor, or the border between program, operating system and hardware.
  enum Row {
    case floor([Layer], name: Phrase, short: Phrase)
    case border
  }

  static let rows: [Row] = [
    floor([.application], Phrase(ko: "애플리케이션", en: "Application"), Phrase(ko: "앱", en: "App")),
    floor(
      [.library, .socket], Phrase(ko: "Socket 라이브러리", en: "Socket library"),
      Phrase(ko: "라이브러리", en: "Socket library")),
    .border,
    floor([.tcp, .udp], Phrase(ko: "TCP", en: "TCP")),
    floor([.ip, .arp, .icmp, .ethernet], Phrase(ko: "IP", en: "IP")),
    floor([.driver], Phrase(ko: "LAN 드라이버", en: "LAN driver"), Phrase(ko: "드라이버", en: "Driver")),
    .border,
    floor(
      [.adapter], Phrase(ko: "LAN 어댑터", en: "LAN adapter"), Phrase(ko: "어댑터", en: "Adapter")),
  ]

  private static func floor(_ layers: [Layer], _ name: Phrase, _ short: Phrase? = nil) -> Row {
    .floor(layers, name: name, short: short ?? name)
  }

  /// The row of the tower, from its top border, at which a layer works; nil for the wire.
  static func row(of layer: Layer) -> Int? {
    for (index, row) in rows.enumerated() {
      if case .floor(let layers, _, _) = row, layers.contains(layer) { return index + 1 }
    }
    return nil
  }

  func draw(at x: Int, _ y: Int, on canvas: inout Canvas) {
    let role = scene.role(host)
    let address = scene.address(of: host, toward: partner).description
    let bottom = y + Tower.rows.count + 1
    let top = y + missing
    canvas.text(
      [
        StyledText(scene.hostName(host), Style(role, bold: true)),
        StyledText((form.isCompact ? " " : "  ") + address, .dim),
      ], at: x, top - 1)
    canvas.box(
      Rectangle(x: x, y: top, width: form.boxWidth, height: bottom - top + 1), Style(role))
    canvas.put("┬", at: x + form.boxWidth / 2, bottom, Style(role))
    for (index, row) in Tower.rows.enumerated().dropFirst(missing) {
      switch row {
      case .border:
        canvas.divider(at: x, y + index + 1, width: form.boxWidth, .dotted, Style(role))
      case .floor(let layers, let name, let short):
        let text = (form.isCompact ? short : name).text(scene.language)
        drawFloor(layers, text, at: x, y + index + 1, on: &canvas)
      }
    }
  }

  /// Floors that a router does not have: nothing on it goes further up than IP.
  private var missing: Int {
    guard scene.isRouter(host) else { return 0 }
    return (Tower.row(of: .ip) ?? 1) - 1
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
    if scene.isOutside(host) {
      return layers.contains(.tcp) ? [StyledText(scene.say("커널 ?", "kernel ?"), .dim)] : []
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

  /// What the host's application is called: its program's kind, or the host's part in the lesson.
  private var programName: String {
    for record in scene.world.processes where record.host == host {
      switch record.program {
      case .browser?: return "browser"
      case .webServer?: return "web server"
      case .datagramEcho?: return "echo"
      case .transfer?, .script?, nil: continue
      }
    }
    if host.index == 0 { return "browser" }
    return scene.isBeside(host) ? "" : "web server"
  }
}
