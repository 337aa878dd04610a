import Session
import Stack
import Wire

/// What an acknowledgment says besides its number: how much may come, and what has come behind a gap.
extension LadderLabel {
  mutating func describeWindow(
    _ frame: FrameRecord, _ unit: UnitSummary, _ ends: (speaker: HostID, listener: HostID),
    _ scene: Scene, _ origins: Origins
  ) {
    let isCovered = scene.isCovered(frame: frame.number, header: "tcp.window")
    let size = Int(unit.window) << scene.windowShift(of: unit, from: ends.speaker)
    let isShut = size == 0 && !isCovered
    let text = isCovered ? "?" : "\(size)"
    let style: Style = isShut ? .warning : .plain
    let mark = isShut ? "! " : ""
    let long = StyledText(mark + scene.say("윈도우 ", "window ") + text, style)
    let short = StyledText(mark + scene.say("WND ", "win ") + text, style)
    let blocks = Self.blocks(frame)
    guard let first = blocks.first else {
      tails = [[long], [short]]
      return
    }
    let isDuplicate = first.left.isBefore(unit.acknowledgment)
    let name = isDuplicate ? "D-SACK" : "SACK"
    guard !scene.isCovered(frame: frame.number, header: "tcp.sack") else {
      tails = [[StyledText("\(name) ?")], [StyledText(name)]]
      return
    }
    func number(_ number: SequenceNumber) -> StyledText {
      StyledText(
        scene.relative(number, of: ends.listener, from: origins),
        Style(scene.role(ends.listener)))
    }
    let narrow = [
      StyledText("\(name) "), number(first.left), StyledText("–…"),
    ]
    var block = [StyledText("\(name) "), number(first.left), StyledText("–"), number(first.right)]
    if blocks.count > 1 { block.append(StyledText(" +\(blocks.count - 1)")) }
    tails = [block + [StyledText(" · "), short], block, narrow, [StyledText(name)]]
  }

  /// The blocks of a segment's SACK option.
  static func blocks(_ frame: FrameRecord) -> [SACKBlock] {
    let dissection = Dissection(frame: frame.octets)
    guard let layer = dissection.layer(.tcp),
      let header = try? TCPHeader(parsing: frame.octets.span.bytes.extracting(layer.range))
    else { return [] }
    return Array(header.options.sackBlocks)
  }
}

extension Scene {
  /// How many connections are looked through for the handshake of a segment.
  private static let openingsLookedAt = 64

  /// By how much the window field of a segment is scaled: what both SYNs of its connection agreed on.
  func windowShift(of unit: UnitSummary, from speaker: HostID) -> Int {
    guard !unit.flags.contains(.syn) else { return 0 }
    var own: UInt8?
    var other: UInt8?
    var seen = 0
    for place in timeline.openingPlaces.reversed() {
      let frame = timeline.frames[place]
      guard frame.sentMoment <= index else { continue }
      seen += 1
      guard seen <= Self.openingsLookedAt, own == nil || other == nil else { break }
      let syn = UnitSummary(frame: frame.octets)
      let isOwn = syn.sourcePort == unit.sourcePort && syn.destinationPort == unit.destinationPort
      let isOther = syn.sourcePort == unit.destinationPort && syn.destinationPort == unit.sourcePort
      guard isOwn || isOther, let layer = Dissection(frame: frame.octets).layer(.tcp),
        let header = try? TCPHeader(parsing: frame.octets.span.bytes.extracting(layer.range))
      else { continue }
      guard let scale = header.options.windowScale else { return 0 }
      if isOwn { own = own ?? scale } else { other = other ?? scale }
    }
    guard let own, other != nil else { return 0 }
    return Int(min(own, 14))
  }
}
