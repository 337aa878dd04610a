import Wire

/// What the buffers of a socket hold, to be looked at.
extension Host {
  /// A stretch of octets with the number of its first.
  public struct Stretch: Sendable, Hashable {
    public let sequence: SequenceNumber
    public let octets: [UInt8]
    /// The number after its last octet.
    public var end: SequenceNumber { sequence + octets.count }
  }

  /// The stretches that have arrived early and wait behind a gap, in rising order. O(octets in them).
  public func earlyStretches(_ slot: Int) -> [Stretch] {
    guard queues.indices.contains(slot) else { return [] }
    var stretches: [Stretch] = []
    for piece in queues[slot].receive.held {
      let octets = Array(piece.frame[piece.range])
      if let last = stretches.last, last.end == piece.sequence {
        stretches[stretches.count - 1] = Stretch(
          sequence: last.sequence, octets: last.octets + octets)
      } else {
        stretches.append(Stretch(sequence: piece.sequence, octets: octets))
      }
    }
    return stretches
  }

  /// What the peer says by SACK blocks that it holds beyond SND.UNA, in rising order (RFC 2018 §4).
  public func selectivelyAcknowledged(_ slot: Int) -> [SACKBlock] {
    queues.indices.contains(slot) ? queues[slot].sacked.ranges : []
  }

  /// A few octets of the send buffer, from so many after its first; what lies beyond its end is left out.
  /// O(parts handed over + octets).
  public func sendBuffer(_ slot: Int, from offset: Int, count: Int) -> [UInt8] {
    guard queues.indices.contains(slot), offset >= 0 else { return [] }
    let shown = min(
      Int(memory[slot].sendQueue), queues[slot].send.count + SendBuffer.inventedLimit)
    guard offset < shown, count > 0 else { return [] }
    return queues[slot].send.octets(from: offset, count: min(count, shown - offset))
  }
}
