import Session
import Stack
import Wire

extension MomentReading {
  /// How often it had happened at a host by this moment. O(moments or frames so far).
  func number(_ host: HostID, _ count: Path.HostCount) -> Value {
    switch count {
    case .framesReceived: events(.frameReceived, host)
    case .framesDropped: events(.frameDropped, host)
    case .packetsForwarded: events(.packetForwarded, host)
    case .segmentsSent: .number(segments(host).count)
    case .dataSent: .number(segments(host).count { !$0.payload.isEmpty })
    case .acksSent: .number(segments(host).count { $0.payload.isEmpty && $0.flags == .ack })
    case .retransmissions: .number(segments(host).count { $0.isRetransmission })
    case .octetsSent: .number(segments(host).reduce(0) { $0 + $1.payload.count })
    case .octetsReceived: .number(octetsReceived(host))
    }
  }

  private func events(_ event: Event, _ host: HostID) -> Value {
    .number(timeline.moments.prefix(state.index).count { $0.host == host && $0.event == event })
  }

  /// What a host's own TCP has put on the wire: no copies that a wire made, nothing forged.
  private func segments(_ host: HostID) -> [SentSegment] {
    frames.lazy.filter { $0.from == host && $0.wasSentByHost }.compactMap(SentSegment.init)
  }

  private func octetsReceived(_ host: HostID) -> Int {
    timeline.moments.prefix(state.index).reduce(0) { sum, moment in
      guard moment.host == host, moment.event == .callReturned,
        timeline.calls.indices.contains(moment.callNumber),
        case .receive = timeline.calls[moment.callNumber]
      else { return sum }
      return sum + moment.callResult
    }
  }
}

/// A TCP segment that a host has sent.
private struct SentSegment {
  var flags: TCPFlags
  var payload: Range<Int>
  var isRetransmission: Bool

  /// Nil for a frame without TCP.
  init?(_ frame: FrameRecord) {
    let dissection = Dissection(frame: frame.octets)
    guard let tcp = dissection.layers.first(where: { $0.kind == .tcp }),
      let header = try? TCPHeader(parsing: frame.octets.span.bytes.extracting(tcp.range))
    else { return nil }
    flags = header.flags
    payload = dissection.payload
    isRetransmission = frame.isRetransmission
  }
}
