import Course
import Session
import Simulation
import Stack
import Wire

/// View 1: the layers of both hosts, the unit growing on its way down and shrinking on its way up.
public struct StageView: PaneView {
  let scene: Scene
  let state: ViewState
  let isFocused: Bool

  public init(_ scene: Scene, _ state: ViewState, isFocused: Bool) {
    self.scene = scene
    self.state = state
    self.isFocused = isFocused
  }

  public var subtitle: String { unitName }

  public var facts: [StyledText] {
    guard let frame = scene.flying.last else { return [] }
    let octets = EthernetLine.preambleLength + frame.octets.count + EthernetLine.fcsLength
    return [
      StyledText(scene.say("지금 선로에 \(octets)바이트", "\(octets) bytes on the line"), .dim)
    ]
  }

  public var why: WhySubject? { scene.index > 0 ? .moment(scene.index) : nil }

  public func moved(_ motion: Motion, size: Size) -> ViewState? { nil }

  /// `SYN`, `SYN ACK`, `UDP`: what the unit in hand is.
  var unitName: String {
    guard let unit = scene.moment?.unit, unit.octets > 0 else { return "" }
    return scene.unitName(unit)
  }

  // MARK: Drawing

  public func draw(on canvas: inout Canvas) {
    let form = StageForm(canvas.size, language: scene.language)
    let left = Tower(scene, pair.left, toward: pair.right, form)
    let right = Tower(scene, pair.right, toward: pair.left, form)
    left.draw(at: form.leftX, form.top, on: &canvas)
    right.draw(at: form.rightX(canvas.width), form.top, on: &canvas)
    drawUnit(form, on: &canvas)
    drawCall(form, on: &canvas)
    drawLine(form, on: &canvas)
    drawFacts(form, on: &canvas)
  }

  /// The wire below both adapters, with the frame that is on it.
  private func drawLine(_ form: StageForm, on canvas: inout Canvas) {
    let y = form.lineY
    let leftX = form.leftX + form.boxWidth / 2
    let rightX = form.rightX(canvas.width) + form.boxWidth / 2
    if form.hasStalk {
      canvas.put("│", at: leftX, y - 1, .dim)
      canvas.put("│", at: rightX, y - 1, .dim)
    }
    canvas.put("└", at: leftX, y, .dim)
    canvas.horizontalLine(at: leftX + 1, y, length: rightX - leftX - 1)
    canvas.put("┘", at: rightX, y, .dim)
    let label = wireLabel(room: rightX - leftX - 4)
    let x = leftX + (rightX - leftX - label.displayWidth) / 2 + 1
    canvas.text(label, at: x, y)
  }

  private func wireLabel(room: Int) -> [StyledText] {
    if let moment = scene.moment, moment.event == .frameLost {
      let word = scene.say("잃음", "lost")
      return [StyledText(" ✗ \(scene.unitName(moment.unit)) \(word) ", Style.warning.inBold)]
    }
    let flying = scene.flying.filter { isBetween($0) }
    guard let frame = flying.last else {
      return [StyledText(" \(scene.say("조용함", "quiet")) ", .dim)]
    }
    let style = Style(scene.role(frame.from), bold: true)
    let toRight = frame.from == pair.left
    let more = flying.count > 1 ? " ×\(flying.count)" : ""
    let parts = [
      "[" + frameParts(frame).joined(separator: "│") + "]", "[\(scene.frameName(frame))]",
    ]
    let shown = parts.first { $0.displayWidth + 2 + more.count <= room } ?? "[…]"
    return [StyledText((toRight ? "" : "◂") + shown + (toRight ? "▸" : "") + more, style)]
  }

  /// `pre 8`, `ETH 14`, `IP 20`, `TCP 24`, `pad 2`, `FCS 4`: from the octets of the frame.
  private func frameParts(_ frame: FrameRecord) -> [String] {
    ["pre \(EthernetLine.preambleLength)"] + StageView.parts(of: frame.octets)
      + ["FCS \(EthernetLine.fcsLength)"]
  }

  static func parts(of frame: [UInt8]) -> [String] {
    let dissection = Dissection(frame: frame)
    var parts = dissection.layers.map { "\($0.kind.shortName) \($0.range.count)" }
    if !dissection.payload.isEmpty { parts.append("data \(dissection.payload.count)") }
    if !dissection.padding.isEmpty { parts.append("pad \(dissection.padding.count)") }
    return parts
  }
}

extension HeaderKind {
  /// As the stage writes it on a unit.
  var shortName: String {
    switch self {
    case .ethernet: "ETH"
    case .arp: "ARP"
    case .ipv4: "IP"
    case .icmp: "ICMP"
    case .udp: "UDP"
    case .tcp: "TCP"
    }
  }
}

extension Scene {
  /// `SYN`, `SYN ACK`, `ACK`, `data 1460`, `UDP`, `ARP`: a unit in a word.
  public func unitName(_ unit: UnitSummary) -> String {
    switch unit.transport {
    case IPProtocol.tcp.rawValue:
      let flags = unit.flags.subtracting(.psh)
      let name = flags.description
      return unit.payload > 0 ? "\(name) \(unit.payload)" : name
    case IPProtocol.udp.rawValue: return "UDP \(unit.payload)"
    case IPProtocol.icmp.rawValue: return "ICMP"
    default: return unit.octets > 0 ? "ARP" : ""
    }
  }

  public func frameName(_ frame: FrameRecord) -> String {
    unitName(UnitSummary(frame: frame.octets, number: frame.number))
  }
}
