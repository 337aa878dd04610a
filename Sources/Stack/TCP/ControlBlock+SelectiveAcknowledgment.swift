import Wire

/// What the peer's SACK blocks say, RFC 2018 §4 and RFC 6675 §4.
extension ControlBlock {
  /// Writes the blocks down; tells whether they say anything new.
  mutating func takeBlocks(
    _ segment: TCPSegment, _ queues: inout SocketQueues, _ host: inout Services
  ) throws(Stop) -> Bool {
    guard options.contains(.sack), segment.header.options.sackBlocks.count > 0 else { return false }
    var isNew = false
    for (place, block) in segment.header.options.sackBlocks.enumerated() {
      if place == 0, isDuplicateReport(block, segment) {
        // RFC 2883 §4: something arrived twice; nothing is missing because of it.
        try host.note(.ruleApplied, .duplicateSack, .tcp, self, value: UInt64(block.length))
        continue
      }
      let isWithin =
        block.left.isBefore(block.right) && block.left.isAfter(sendUnacknowledged)
        && block.left.isAfter(segment.acknowledgment) && block.right.isAtOrBefore(sendNext)
      guard isWithin else { continue }
      if queues.sacked.insert(block) { isNew = true }
    }
    if isNew {
      try host.note(.ruleApplied, .sackNoted, .tcp, self, value: UInt64(queues.sacked.octets))
    }
    return isNew
  }

  /// RFC 2883 §4: the first block lies below the acknowledgment, or within the second.
  private func isDuplicateReport(_ block: SACKBlock, _ segment: TCPSegment) -> Bool {
    guard block.left.isBefore(block.right) else { return false }
    if block.left.isBefore(segment.acknowledgment) { return true }
    let blocks = segment.header.options.sackBlocks
    guard blocks.count > 1 else { return false }
    return block.left.isAtOrAfter(blocks[1].left) && block.right.isAtOrBefore(blocks[1].right)
  }
}
