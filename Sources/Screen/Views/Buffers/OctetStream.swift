import Session
import Simulation
import Stack
import Wire

/// One direction of a connection: the octets that one end sends and the other receives, as both records and
/// both buffers have them at a moment.
///
/// Places are octets from an anchor, SND.UNA where there is a sender, so that numbers can be compared across the
/// wrap-around.
struct OctetStream {
  /// One of the two ends.
  struct End {
    let memory: MemoryReference
    let slot: Int
    let block: ControlBlock
  }

  let scene: Scene
  let sender: End?
  let receiver: End?
  /// The hosts, whether they have records or not.
  let from: HostID
  let to: HostID
  let anchor: SequenceNumber

  init(_ scene: Scene, sender: End?, receiver: End?, from: HostID, to: HostID) {
    self.scene = scene
    self.sender = sender
    self.receiver = receiver
    self.from = from
    self.to = to
    if let block = sender?.block, block.isSet(.sndUna) {
      anchor = block.sendUnacknowledged
    } else {
      anchor = receiver?.block.receiveNext ?? SequenceNumber(0)
    }
  }

  func place(_ number: SequenceNumber) -> Int {
    Int(Int32(bitPattern: number.distance(from: anchor)))
  }

  func number(_ place: Int) -> SequenceNumber { anchor + place }

  /// Where the text begins: after the SYN.
  var start: Int {
    if let block = sender?.block, block.isSet(.iss) {
      return place(block.initialSendSequence + 1)
    }
    if let block = receiver?.block, block.isSet(.irs) {
      return place(block.initialReceiveSequence + 1)
    }
    return 0
  }

  // MARK: The sender's side

  /// The sender has numbers: before an opening there are none.
  var hasSender: Bool { sender?.block.isSet(.sndUna) ?? false }
  var unacknowledged: Int { 0 }
  var next: Int { sender.map { place($0.block.sendNext) } ?? 0 }
  var window: Int { sender.map { $0.block.isSet(.sndWnd) ? Int($0.block.sendWindow) : 0 } ?? 0 }
  var edge: Int { window }
  /// The first octet of the send buffer: a SYN that is on its way lies before it.
  var textStart: Int { max(unacknowledged, min(start, unacknowledged + 1)) }
  /// Up to where the application has written.
  var written: Int { textStart + Int(sender?.block.sendQueue ?? 0) }
  var inFlight: Int { next - unacknowledged }
  var usable: Int { Int(sender?.block.usableWindow ?? 0) }
  /// cwnd where there is one.
  var congestionWindow: Int? {
    sender.flatMap { $0.block.isSet(.cwnd) ? Int($0.block.congestionWindow) : nil }
  }
  /// What the peer says that it holds beyond SND.UNA.
  var selective: [Range<Int>] {
    guard let sender else { return [] }
    return host(sender).selectivelyAcknowledged(sender.slot).compactMap { block in
      range(place(block.left), place(block.right))
    }
  }

  // MARK: The receiver's side

  var hasReceiver: Bool { receiver?.block.isSet(.rcvNxt) ?? false }
  var expected: Int { receiver.map { place($0.block.receiveNext) } ?? 0 }
  var room: Int { Int(receiver?.block.receiveWindow ?? 0) }
  var receiverEdge: Int { expected + room }
  /// A FIN that has been taken has a number behind the text.
  var textEnd: Int {
    let hasFin =
      switch receiver?.block.state {
      case .closeWait, .lastAck, .closing, .timeWait: true
      default: false
      }
    return expected - (hasFin ? 1 : 0)
  }
  var waiting: Int { Int(receiver?.block.receiveQueue ?? 0) }
  /// The first octet that the application has not read.
  var unread: Int { textEnd - waiting }

  /// What has arrived early.
  var islands: [(range: Range<Int>, octets: [UInt8])] {
    guard let receiver else { return [] }
    return host(receiver).earlyStretches(receiver.slot).compactMap { stretch in
      range(place(stretch.sequence), place(stretch.end)).map { ($0, stretch.octets) }
    }
  }

  func host(_ end: End) -> Host { scene.world.hosts[Int(end.memory.host.index)] }

  private func range(_ low: Int, _ high: Int) -> Range<Int>? { low < high ? low..<high : nil }
}

// MARK: Finding it

extension OctetStream {
  /// Both directions of every connection, in the order of the hosts and their records.
  static func all(_ scene: Scene) -> [OctetStream] {
    var listed: Set<MemoryReference> = []
    var streams: [OctetStream] = []
    for host in scene.world.hosts.map(\.configuration.id) {
      for (slot, block) in scene.records(of: host) {
        let memory = MemoryReference(host: host, socket: block.number)
        guard block.transport == IPProtocol.tcp.rawValue, block.remotePort != 0,
          listed.insert(memory).inserted
        else { continue }
        let end = End(memory: memory, slot: slot, block: block)
        let other = peer(of: end, scene)
        if let other { listed.insert(other.memory) }
        let far = other?.memory.host ?? scene.host(at: block.remoteAddress) ?? scene.peer(of: host)
        streams.append(OctetStream(scene, sender: end, receiver: other, from: host, to: far))
        streams.append(OctetStream(scene, sender: other, receiver: end, from: far, to: host))
      }
    }
    return streams
  }

  /// The record at the other end of a connection, if there is one.
  private static func peer(of end: End, _ scene: Scene) -> End? {
    let block = end.block
    guard let host = scene.host(at: block.remoteAddress) else { return nil }
    for (slot, other) in scene.records(of: host)
    where other.transport == block.transport && other.localPort == block.remotePort
      && other.remotePort == block.localPort && other.remoteAddress == block.localAddress
    {
      let memory = MemoryReference(host: host, socket: other.number)
      if memory != end.memory { return End(memory: memory, slot: slot, block: other) }
    }
    return nil
  }

  func involves(_ memory: MemoryReference) -> Bool {
    sender?.memory == memory || receiver?.memory == memory
  }

  /// How a view names it: the record that it was found by, and which way.
  var choice: StreamChoice? {
    if let sender { return StreamChoice(record: sender.memory, sends: true) }
    return receiver.map { StreamChoice(record: $0.memory, sends: false) }
  }

  func isNamed(_ choice: StreamChoice) -> Bool {
    (choice.sends ? sender : receiver)?.memory == choice.record
  }

  /// The segments that were sent in this direction up to now.
  var segments: ArraySlice<SentSegment> {
    let ports =
      sender.map { ($0.block.localPort, $0.block.remotePort) }
      ?? receiver.map { ($0.block.remotePort, $0.block.localPort) }
    guard let ports else { return [] }
    let all = scene.timeline.segments(from: from, port: ports.0, to: ports.1)
    let newest = UInt32(clamping: scene.frames.endIndex)
    return all[..<all.firstPlace { $0.frame > newest }]
  }

  /// The direction to show where none was chosen: of the connection at work the one that sent text last, else
  /// that of the side that opened it.
  static func atWork(_ streams: [OctetStream], _ scene: Scene) -> OctetStream? {
    let work = scene.recordAtWork
    let own = streams.filter { stream in work.map { stream.involves($0) } ?? false }
    let candidates = own.isEmpty ? Array(streams.suffix(2)) : own
    let latest = candidates.compactMap { stream in
      stream.segments.last { $0.length > 1 }.map { (stream, $0.frame) }
    }.max { $0.1 < $1.1 }
    if let latest { return latest.0 }
    return candidates.first { !($0.sender?.block.wasPassive ?? true) } ?? candidates.first
  }
}

/// One direction of a connection, by a record at one of its ends.
public struct StreamChoice: Hashable, Sendable {
  public var record: MemoryReference
  /// The record is that of the sender.
  public var sends: Bool
}
