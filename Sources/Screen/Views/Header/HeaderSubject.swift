import Session
import Simulation
import Stack
import Wire

/// The octets that the header view takes apart: a unit while it is being built, or a frame.
struct HeaderSubject {
  var octets: [UInt8]
  /// The headers that exist, outermost first.
  var layers: [Dissection.Layer]
  var payload: Range<Int>
  var padding: Range<Int>
  /// Nil while the unit is being built.
  var frame: FrameRecord?
  /// A frame that another program captured: nobody knows of which memory it was made.
  var isCaptured = false
  var sender: HostID
  var receiver: HostID?
  /// What TCP's and UDP's checksums are over beside the segment; nil where the IP header is not known yet.
  var addresses: (source: IPv4Address, destination: IPv4Address)?

  /// What there is to show at a moment; nil before the first unit.
  static func of(_ scene: Scene, frame chosen: UInt32?) -> HeaderSubject? {
    if let chosen, let frame = scene.timeline.frame(chosen), frame.sentMoment <= scene.index {
      return HeaderSubject(frame, scene)
    }
    if let unit = scene.state.unit, unit.direction == .down, unit.layer != .wire {
      return HeaderSubject(building: unit, scene)
    }
    let number = scene.moment?.unit.frame ?? 0
    let frame =
      scene.timeline.frame(number) ?? scene.arrivalAtWork ?? scene.flying.last
      ?? scene.frames.last
    return frame.map { HeaderSubject($0, scene) }
  }

  /// A frame as it is by now: as it was sent, or as it was changed on the way.
  init(_ frame: FrameRecord, _ scene: Scene) {
    let now = scene.world.frame(frame.number)?.octets
    let arrived = scene.hasEnded(frame) ? frame.damagedOctets : nil
    octets = now ?? arrived ?? frame.octets
    let dissection = Dissection(frame: octets)
    layers = dissection.layers
    payload = dissection.payload
    padding = dissection.padding
    self.frame = frame
    sender = frame.from
    receiver = frame.to
    addresses = Self.addresses(octets, layers)
  }

  /// A captured frame.
  init(captured frame: [UInt8], from sender: HostID) {
    octets = frame
    let dissection = Dissection(frame: frame)
    layers = dissection.layers
    payload = dissection.payload
    padding = dissection.padding
    isCaptured = true
    self.sender = sender
    receiver = sender.other
    addresses = Self.addresses(frame, layers)
  }

  /// A unit on its way down: the headers that are not there yet are written into a copy, so that the one
  /// parser of each header finds its way, and left out of what is shown.
  init(building unit: UnitInHand, _ scene: Scene) {
    octets = unit.octets
    sender = unit.host
    var whole = Array(unit.octets[..<min(unit.range.upperBound, unit.octets.count)])
    let transport = EthernetHeader.minimumLength + IPv4Header.minimumLength
    let hasPacket = unit.range.lowerBound < transport
    if unit.range.lowerBound > 0, whole.count >= EthernetHeader.minimumLength {
      EthernetHeader(
        destination: .broadcast, source: .broadcast, type: unit.layer == .arp ? .arp : .ipv4
      ).write(into: &whole, at: 0)
    }
    if !hasPacket, whole.count >= transport {
      let own = Self.socketAddresses(scene)
      addresses = own
      IPv4Header(
        totalLength: UInt16(truncatingIfNeeded: whole.count - EthernetHeader.minimumLength),
        identification: 0, dontFragment: true, protocol: Self.transport(of: unit.layer),
        source: own?.source ?? .any, destination: own?.destination ?? .any
      ).write(into: &whole, at: EthernetHeader.minimumLength)
    }
    let dissection = Dissection(frame: whole)
    layers = dissection.layers.filter { $0.range.lowerBound >= unit.range.lowerBound }
    payload = dissection.payload
    padding = unit.range.lowerBound == 0 ? dissection.padding : 0..<0
    if hasPacket { addresses = Self.addresses(whole, dissection.layers) }
  }

  private static func transport(of layer: Stack.Layer) -> IPProtocol {
    switch layer {
    case .udp: .udp
    case .icmp: .icmp
    default: .tcp
    }
  }

  private static func addresses(_ octets: [UInt8], _ layers: [Dissection.Layer])
    -> (source: IPv4Address, destination: IPv4Address)?
  {
    guard let layer = layers.first(where: { $0.kind == .ipv4 }),
      let header = try? IPv4Header(parsing: octets.span.bytes.extracting(layer.range))
    else { return nil }
    return (header.source, header.destination)
  }

  /// The addresses in the record of the socket that the moment is about.
  private static func socketAddresses(_ scene: Scene)
    -> (source: IPv4Address, destination: IPv4Address)?
  {
    guard let moment = scene.moment, moment.socket != 0,
      let block = scene.block(MemoryReference(host: moment.host, socket: moment.socket)),
      block.localPort != 0, block.remotePort != 0
    else { return nil }
    return (block.localAddress, block.remoteAddress)
  }

  // MARK: Headers by choice

  /// The choices that there are.
  var choices: [HeaderChoice] {
    var choices = layers.map { choice(of: $0.kind) }
    if !payload.isEmpty { choices.append(.data) }
    if layers.contains(where: { $0.kind == .ipv4 || $0.kind == .tcp }) { choices.append(.sizes) }
    return choices
  }

  private func choice(of kind: HeaderKind) -> HeaderChoice {
    switch kind {
    case .ethernet: .ethernet
    case .arp, .ipv4: .network
    case .icmp, .udp, .tcp: .tcp
    }
  }

  func layer(_ choice: HeaderChoice) -> Dissection.Layer? {
    layers.first { self.choice(of: $0.kind) == choice }
  }

  func fields(_ layer: Dissection.Layer) -> [HeaderField] {
    HeaderFormat.fields(in: octets.span.bytes.extracting(layer.range), layer.kind)
  }

  func value(_ field: HeaderField, _ layer: Dissection.Layer) -> FieldValue {
    field.value(in: octets.span.bytes.extracting(layer.range))
  }

  // MARK: Checksums

  enum Verdict { case good, bad, unknown }

  /// Whether the checksum of a header is what its octets have.
  func verdict(_ layer: Dissection.Layer) -> Verdict {
    let span = octets.span.bytes
    let upper = max(layer.range.upperBound, payload.upperBound)
    let whole = span.extracting(layer.range.lowerBound..<min(upper, octets.count))
    switch layer.kind {
    case .ipv4: return IPv4Header.verify(span.extracting(layer.range)) ? .good : .bad
    case .icmp: return isFragment ? .unknown : (ICMPMessage.verify(whole) ? .good : .bad)
    case .tcp, .udp:
      guard !isFragment, let addresses else { return .unknown }
      let (source, destination) = addresses
      if layer.kind == .tcp {
        return TCPHeader.verify(whole, source: source, destination: destination) ? .good : .bad
      }
      guard let header = try? UDPHeader(parsing: whole), header.checksum != 0 else {
        return .unknown
      }
      return UDPHeader.verify(whole, source: source, destination: destination) ? .good : .bad
    case .ethernet, .arp: return .unknown
    }
  }

  private var isFragment: Bool {
    guard let layer = layers.first(where: { $0.kind == .ipv4 }),
      let header = try? IPv4Header(parsing: octets.span.bytes.extracting(layer.range))
    else { return false }
    return header.isFragment
  }
}
