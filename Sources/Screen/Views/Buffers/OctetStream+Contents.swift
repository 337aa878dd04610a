import Session
import Stack
import Wire

/// What the numbers of a stream stand for: octets, wherever they are held, and SYN and FIN.
extension OctetStream {
  enum Content: Equatable {
    case octets([UInt8])
    case syn
    case fin
    /// Nothing has been written there.
    case nothing
  }

  /// What stands at a place, and up to so many octets from there on.
  func content(at place: Int, most: Int) -> Content {
    if hasOpening, place == start - 1 { return .syn }
    if let sender, hasSender, place >= textStart, place < written {
      let octets = host(sender).sendBuffer(
        sender.slot, from: place - textStart, count: min(most, written - place))
      if !octets.isEmpty { return .octets(octets) }
    }
    if let sender, sender.block.closing.contains(.finSent), place == written, next > written {
      return .fin
    }
    if let octets = received(at: place, most: most) { return .octets(octets) }
    return sent(at: place, most: most)
  }

  private var hasOpening: Bool { hasSender || hasReceiver }

  /// From the receive buffer: what waits for the application, or has come early.
  private func received(at place: Int, most: Int) -> [UInt8]? {
    guard let receiver, hasReceiver else { return nil }
    if place >= unread, place < textEnd {
      let octets = host(receiver).receiveBuffer(receiver.slot)
      let offset = place - unread
      if offset < octets.count { return Array(octets[offset...].prefix(most)) }
    }
    if let island = islands.first(where: { $0.range.contains(place) }) {
      return Array(island.octets[(place - island.range.lowerBound)...].prefix(most))
    }
    return nil
  }

  /// How many of the last segments are looked through.
  private static let reach = 20_000

  /// From the segments that have been sent.
  private func sent(at place: Int, most: Int) -> Content {
    for segment in segments.reversed().prefix(Self.reach) {
      let first = self.place(segment.sequence)
      guard place >= first, place < first + segment.length,
        let frame = scene.timeline.frame(segment.frame)
      else { continue }
      let dissection = Dissection(frame: frame.octets)
      let flags = UnitSummary(frame: frame.octets).flags
      let hasSyn = flags.contains(.syn)
      let offset = place - first - (hasSyn ? 1 : 0)
      guard offset >= 0 else { return .syn }
      guard offset < dissection.payload.count else { return .fin }
      return .octets(Array(frame.octets[dissection.payload].dropFirst(offset).prefix(most)))
    }
    return .nothing
  }

  /// Octets that an application read last: how many, and at which moment.
  var lastRead: SocketHistory.Point? {
    guard let receiver else { return nil }
    return scene.timeline.history(host: receiver.memory.host, socket: receiver.memory.socket)?
      .points(.read, upTo: scene.index).last
  }

  /// The octets of a stretch as far as they are known, at most so many.
  func octets(from place: Int, count: Int) -> [UInt8] {
    var result: [UInt8] = []
    while result.count < count {
      guard
        case .octets(let some) = content(at: place + result.count, most: count - result.count),
        !some.isEmpty
      else { break }
      result += some
    }
    return result
  }
}

/// A segment that is kept until it is acknowledged.
struct KeptSegment: Equatable {
  enum Fate {
    /// Built, but not yet on the line.
    case waiting
    case flying
    case lost
    /// At the other end; its acknowledgment has not come back.
    case arrived
    /// The peer has told by SACK that it holds it.
    case told
  }

  var range: Range<Int>
  /// The frame that carried it last; nil before the line.
  var frame: UInt32?
  var sentAt: Instant?
  /// How often it was sent.
  var times: Int
  var fate: Fate
}

extension OctetStream {
  /// The segments that may have to be sent again, in the order of their numbers: what was sent from SND.UNA on.
  var kept: [KeptSegment] {
    guard hasSender, inFlight > 0, inFlight < 1 << 30 else { return [] }
    var kept: [KeptSegment] = []
    for segment in segments.reversed().prefix(2_000) {
      let first = place(segment.sequence)
      let end = first + segment.length
      guard end > unacknowledged else {
        // Later segments were sent later, but for those that are sent again.
        if segment.isRetransmission { continue } else { break }
      }
      if let known = kept.firstIndex(where: {
        $0.range.lowerBound <= first && end <= $0.range.upperBound
      }) {
        kept[known].times += 1
        continue
      }
      guard first < next else { continue }
      let range = max(first, unacknowledged)..<max(min(end, next), unacknowledged + 1)
      kept.append(
        KeptSegment(
          range: range, frame: segment.frame, sentAt: segment.time, times: 1,
          fate: fate(of: segment, range)))
    }
    kept.sort { $0.range.lowerBound < $1.range.lowerBound }
    let covered = kept.last?.range.upperBound ?? unacknowledged
    if covered < next {
      kept.append(
        KeptSegment(range: covered..<next, frame: nil, sentAt: nil, times: 0, fate: .waiting))
    }
    return kept
  }

  private func fate(of segment: SentSegment, _ range: Range<Int>) -> KeptSegment.Fate {
    let isTold = selective.contains {
      $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound
    }
    if isTold { return .told }
    guard let frame = scene.timeline.frame(segment.frame), scene.hasEnded(frame) else {
      return .flying
    }
    return frame.fate == .lost ? .lost : .arrived
  }
}
