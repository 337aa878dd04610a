import Simulation
import Stack
import Wire

/// What RFC 9293 promises about the variables, looked at after every event.
struct InvariantCheck {
  var violations: [String] = []
  /// Hosts with a buffer that has become another: more may be in it, or promised, than there is room for.
  var buffersMayBeFull: Set<HostID> = []
  /// Hosts that may take back what they offered, by their place.
  private let shrinking: [Bool]
  private var before: [Place: ControlBlock] = [:]
  /// The highest SND.NXT that a socket has had.
  private var sentUpTo: [Place: SequenceNumber] = [:]

  /// Text that arrived whole and inside the window, and that RCV.NXT has not passed yet.
  private var held: [Place: [(from: SequenceNumber, to: SequenceNumber)]] = [:]

  init(shrinking: [Bool]) { self.shrinking = shrinking }

  /// The number of the first record that a waiting socket, a host's first, can make.
  private static let firstAccepted: UInt16 = 4

  private struct Place: Hashable {
    var host: Int
    var number: UInt16
  }

  mutating func check(_ world: World) {
    for frame in world.touchedFrames where frame.fate == .delivered && !frame.isDamaged {
      noteText(of: frame, world)
    }
    checkHeld(world)
    for (index, host) in world.hosts.enumerated() {
      for slot in host.memory.slots {
        let block = host.memory[slot]
        guard block.transport == IPProtocol.tcp.rawValue, block.state != .closed,
          block.state != .listen
        else { continue }
        check(block, Place(host: index, number: block.number), world.now)
      }
    }
    guard violations.isEmpty else { return }
    checkPairs(world)
  }

  private mutating func check(_ block: ControlBlock, _ place: Place, _ now: Instant) {
    func demand(_ holds: Bool, _ what: String) {
      if !holds { violations.append("\(what) at \(now.nanoseconds) ns, host \(place.host)") }
    }
    let flight = block.sendNext.distance(from: block.sendUnacknowledged)
    demand(block.sendUnacknowledged.isAtOrBefore(block.sendNext), "SND.UNA =< SND.NXT")
    demand(flight <= block.largestSendWindow + 1, "in flight =< largest window")
    if !buffersMayBeFull.contains(HostID(place.host)) {
      demand(block.sendQueue <= block.sendBufferSize, "send queue =< send buffer")
      demand(
        block.receiveWindow + block.receiveQueue <= block.receiveBufferSize,
        "RCV.WND and queue =< receive buffer")
    }
    demand(
      block.sendUnacknowledged.distance(from: block.initialSendSequence) < 1 << 31, "ISS =< SND.UNA"
    )
    if block.urgent.contains(.sending) {
      demand(block.sendUrgent.isAfter(block.sendUnacknowledged), "SND.UNA < SND.UP")
      demand(block.sendUrgent.isAtOrBefore(block.sendNext + block.unsent), "SND.UP =< end of data")
    }
    if block.urgent.contains(.receiving) {
      let read = block.receiveNext - block.receiveQueue - 1
      demand(block.receiveUrgent.isAfter(read), "what is read =< RCV.UP")
    }
    if block.retransmissionTimeout != 0 {
      demand(block.retransmissionTimeout <= 60_000, "RTO =< 60 s")
    }
    if block.state.isSynchronized, let old = before[place], old.state.isSynchronized {
      let edge = block.receiveNext + block.receiveWindow
      let oldEdge = old.receiveNext + old.receiveWindow
      demand(block.receiveNext.isAtOrAfter(old.receiveNext), "RCV.NXT only advances")
      demand(
        edge.isAtOrAfter(oldEdge) || block.state == .timeWait || shrinking[place.host],
        "right edge stays or moves right")
      demand(block.sendUnacknowledged.isAtOrAfter(old.sendUnacknowledged), "SND.UNA only advances")
    }
    before[place] = block
    let highest = sentUpTo[place] ?? block.sendNext
    sentUpTo[place] = block.sendNext.isAfter(highest) ? block.sendNext : highest
    demand(
      block.sendUnacknowledged.isAtOrBefore(sentUpTo[place] ?? block.sendNext),
      "what is acknowledged was sent")
  }

  /// Text that the receiver had to keep when the frame came.
  private mutating func noteText(of frame: FrameInFlight, _ world: World) {
    let unit = UnitSummary(frame: frame.octets)
    let host = Int(frame.to.index)
    let memory = world.hosts[host].memory
    guard unit.payload > 0, unit.transport == IPProtocol.tcp.rawValue,
      let slot = memory.slots.first(where: {
        memory[$0].localPort == unit.destinationPort && memory[$0].remotePort == unit.sourcePort
      }),
      case let place = Place(host: host, number: memory[slot].number),
      let old = before[place], old.state.takesText, !isOld(frame, for: old)
    else { return }
    let edge = old.receiveNext + old.receiveWindow
    let end = unit.sequence + Int(unit.payload)
    // Table 6 of RFC 9293 §3.10.7.4 wants the first or the last number inside; what reaches beyond both edges of
    // a window that was pulled back is not acceptable.
    guard
      [unit.sequence, end - 1].contains(where: { $0.isWithin(from: old.receiveNext, to: edge) })
    else { return }
    held[place, default: []].append((unit.sequence, end.isAfter(edge) ? edge : end))
  }

  /// A segment that later ones have overtaken is taken for an old duplicate and comes again: its timestamp is
  /// older than TS.Recent (RFC 7323 §5.3, R1), or its acknowledgment older than a window (RFC 5961 §5.2).
  private func isOld(_ frame: FrameInFlight, for block: ControlBlock) -> Bool {
    guard let layer = Dissection(frame: frame.octets).layers.last, layer.kind == .tcp,
      let header = try? TCPHeader(parsing: frame.octets.span.bytes.extracting(layer.range))
    else { return false }
    let oldest = block.sendUnacknowledged - block.largestSendWindow
    if header.acknowledgment.isBefore(oldest) { return true }
    guard block.options.contains(.timestamps), let stamps = header.options.timestamps else {
      return false
    }
    return Int32(bitPattern: stamps.value &- block.recentTimestamp) < 0
  }

  /// Text behind a gap is kept until the gap is filled: SHLD-31, RFC 9293 §3.10.7.4.
  private mutating func checkHeld(_ world: World) {
    for (index, host) in world.hosts.enumerated() {
      for slot in host.memory.slots where host.memory[slot].state.takesText {
        let next = host.memory[slot].receiveNext
        let place = Place(host: index, number: host.memory[slot].number)
        held[place]?.removeAll { $0.to.isAtOrBefore(next) }
        if held[place]?.contains(where: { $0.from.isAtOrBefore(next) }) ?? false {
          violations.append("text that had come is forgotten at \(world.now.nanoseconds) ns")
        }
      }
    }
  }

  /// What one side has received in order, the other has sent.
  private mutating func checkPairs(_ world: World) {
    for (index, host) in world.hosts.enumerated() {
      let other = world.hosts[1 - index]
      for slot in host.memory.slots {
        let block = host.memory[slot]
        guard block.state.isSynchronized, block.transport == IPProtocol.tcp.rawValue else {
          continue
        }
        let peerSlot = other.memory.slots.first {
          other.memory[$0].localPort == block.remotePort
            && other.memory[$0].remotePort == block.localPort
            && other.memory[$0].initialSendSequence == block.initialReceiveSequence
        }
        // The first record that was made for a connection: an old duplicate that bears a cookie can make a second
        // one when the first is gone (RFC 4987 §3.6).
        guard let peerSlot, other.memory[peerSlot].number <= Self.firstAccepted,
          let sent = sentUpTo[Place(host: 1 - index, number: other.memory[peerSlot].number)]
        else { continue }
        if block.receiveNext.isAfter(sent) {
          violations.append("RCV.NXT =< the peer's SND.NXT at \(world.now.nanoseconds) ns")
        }
      }
    }
  }
}

extension SequenceNumber {
  fileprivate func isWithin(from left: SequenceNumber, to right: SequenceNumber) -> Bool {
    isAtOrAfter(left) && isBefore(right)
  }
}
