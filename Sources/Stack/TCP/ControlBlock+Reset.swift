import Wire

/// Second and fourth check of RFC 9293 §3.10.7.4: the RST bit and the SYN bit.
extension ControlBlock {
  mutating func checkReset(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    guard segment.flags.contains(.rst) else { return .passed }
    // RFC 5961 §3: only the exact number resets; a near miss is asked about.
    guard segment.sequence == receiveNext else {
      guard segment.sequence.isWithin(from: receiveNext, count: receiveWindow) else {
        try host.note(.segmentDropped, .checkSequence, .tcp, self, reason: .outsideWindow)
        return .finished
      }
      try host.note(.segmentDropped, .resetChallenge, .tcp, self, reason: .stateForbids)
      try sendAcknowledgment(.resetChallenge, &queues, &host)
      return .finished
    }
    switch state {
    case .synReceived:
      // A passive open goes back to LISTEN: the waiting socket is still there, this one is given up.
      try close(wasPassive ? nil : .refused, .resetInSynReceived, &queues, &host)
    case .closing, .lastAck, .timeWait:
      try close(nil, .resetInClosing, &queues, &host)
    default:
      queues.receive.removeAll()
      receiveQueue = 0
      try close(.reset, .resetAborts, &queues, &host)
    }
    return .finished
  }

  mutating func checkSyn(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Check {
    guard segment.flags.contains(.syn) else { return .passed }
    if state == .synReceived, wasPassive {
      try close(nil, .synReturnsToListen, &queues, &host)
      return .finished
    }
    try host.note(.segmentDropped, .synChallenge, .tcp, self, reason: .stateForbids)
    try sendAcknowledgment(.synChallenge, &queues, &host)
    return .finished
  }
}
