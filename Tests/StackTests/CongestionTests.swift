import Testing
import Wire

@testable import Stack

/// How much is under way and what is sent again: RFC 5681, RFC 6582, RFC 6675, RFC 6928, RFC 3042, RFC 9438.
@Suite struct CongestionTests {
  static let size: UInt32 = 1000

  /// A sender with 60 segments of 1000 octets to send; what has left is in `sent`, by its offset.
  struct Sender {
    var peer: Peer
    var base: UInt32
    var sent: [UInt32] = []

    init(
      _ control: CongestionControl, options: TCPOptions = TCPOptions(maximumSegmentSize: 1000),
      segments: Int = 60, _ configure: (inout TCPSettings) -> Void = { _ in }
    ) throws {
      peer = Peer {
        $0.tcp.congestionControl = control
        $0.tcp.selectiveAcknowledgment = options.sackPermitted
        $0.tcp.nagle = .off
        configure(&$0.tcp)
      }
      peer.window = 60_000
      try peer.establish(options: options)
      base = try #require(peer.connection?.sendNext.value)
      try peer.call(.send(4, [UInt8](repeating: 1, count: segments * 1000)))
      note(try peer.answers())
    }

    private mutating func note(_ answers: [Peer.Answer]) {
      sent += answers.map { ($0.header.sequence.value &- base) / 1000 }
    }

    /// An acknowledgment of so many segments; gives what leaves because of it.
    mutating func acknowledge(_ segments: UInt32, sack: [Range<UInt32>] = []) throws -> [UInt32] {
      var options = TCPOptions()
      for range in sack {
        options.sackBlocks.append(
          SACKBlock(
            left: SequenceNumber(base) + range.lowerBound * 1000,
            right: SequenceNumber(base) + range.upperBound * 1000))
      }
      peer.now = peer.now + .milliseconds(10)
      let before = sent.count
      note(try peer.send(.ack, 5001, base &+ segments * 1000, options: options))
      return Array(sent[before...])
    }

    mutating func fire() throws -> [UInt32] {
      let before = sent.count
      while sent.count == before, let answers = try peer.fireNext() { note(answers) }
      return Array(sent[before...])
    }

    var block: ControlBlock { peer.connection ?? ControlBlock() }
    var window: UInt32 { block.congestionWindow / 1000 }
  }

  /// RFC 6928 §2 and RFC 5681 §3.1.
  @Test(arguments: [(UInt8(10), 10), (4, 4), (0, 4)])
  func initialWindow(segments: UInt8, count: Int) throws {
    let sender = try Sender(.newReno) { $0.initialWindowSegments = segments }
    #expect(sender.sent.count == count)
  }

  @Test func withoutCongestionControlTheWindowAloneLimits() throws {
    let sender = try Sender(.none)
    #expect(sender.sent.count == 60 && sender.block.congestionWindow == 0)
  }

  /// Each acknowledgment of new data lets one segment more go.
  @Test func slowStartDoubles() throws {
    var sender = try Sender(.newReno) { $0.initialWindowSegments = 2 }
    #expect(sender.sent == [0, 1])
    #expect(try sender.acknowledge(1) == [2, 3])
    #expect(try sender.acknowledge(2) == [4, 5])
    for next in 3...6 { _ = try sender.acknowledge(UInt32(next)) }
    #expect(sender.window == 8 && sender.sent.count == 14)
    #expect(sender.peer.rules.contains(.slowStart))
  }

  @Test func congestionAvoidanceAddsOneARoundTrip() throws {
    var sender = try Sender(.newReno) { $0.initialWindowSegments = 4 }
    try sender.peer.write(4000, to: .ssthresh)
    for next in 1...4 { _ = try sender.acknowledge(UInt32(next)) }
    #expect(sender.window == 5)
    for next in 5...9 { _ = try sender.acknowledge(UInt32(next)) }
    #expect(sender.window == 6 && sender.peer.rules.contains(.congestionAvoidance))
  }

  /// RFC 3042, then RFC 5681 §3.2: segment 0 is lost, 1 to 9 arrive.
  @Test func threeDuplicatesResend() throws {
    var sender = try Sender(.newReno)
    #expect(try sender.acknowledge(0) == [10])
    #expect(try sender.acknowledge(0) == [11])
    #expect(sender.peer.rules.filter { $0 == .limitedTransmit }.count == 2)
    #expect(try sender.acknowledge(0) == [0])
    // Half of the ten segments; the two of limited transmit do not count.
    #expect(sender.block.slowStartThreshold == 5000 && sender.window == 8)
    #expect(sender.block.recovery == .fast && sender.block.retries == 0)
    for _ in 0..<4 { #expect(try sender.acknowledge(0) == []) }
    #expect(try sender.acknowledge(0) == [12])
    // Everything arrives: what was inflated is taken back.
    _ = try sender.acknowledge(12)
    #expect(sender.block.recovery == LossRecovery.none && sender.window <= 7)
    #expect(sender.peer.rules.contains(.recoveryEnds))
  }

  /// RFC 6582 §3.2 (3): two of one window are lost, and the timer is not needed.
  @Test func aPartialAcknowledgmentResendsTheNext() throws {
    var sender = try Sender(.newReno) { $0.limitedTransmit = false }
    for _ in 0..<3 { _ = try sender.acknowledge(0) }
    #expect(sender.sent.last == 0)
    #expect(try sender.acknowledge(5).first == 5)
    #expect(sender.block.recovery == .fast && sender.peer.rules.contains(.partialAck))
    _ = try sender.acknowledge(10)
    #expect(sender.block.recovery == LossRecovery.none)
    #expect(sender.block.retries == 0)
  }

  /// The book's profile: no cwnd, and yet three duplicates are enough (and a partial one goes on).
  @Test func withoutAWindowOfItsOwnTheLostIsResent() throws {
    var sender = try Sender(.none, segments: 6)
    for _ in 0..<2 { #expect(try sender.acknowledge(1) == []) }
    #expect(try sender.acknowledge(1) == [])
    #expect(try sender.acknowledge(1) == [1])
    #expect(try sender.acknowledge(4) == [4])
    #expect(try sender.acknowledge(6) == [])
    #expect(sender.block.timer == TCPTimer.none)
  }

  /// RFC 5681 §3.1: one segment after a timeout, and slow start over what was lost.
  @Test func aTimeoutBeginsAnew() throws {
    var sender = try Sender(.newReno)
    #expect(try sender.fire() == [0])
    #expect(sender.window == 1 && sender.block.slowStartThreshold == 5000)
    #expect(try sender.acknowledge(1) == [1, 2])
    #expect(try sender.acknowledge(2) == [3, 4])
    #expect(try sender.acknowledge(10).first == 10)
    #expect(sender.block.recovery == LossRecovery.none)
  }

  static let sack = TCPOptions(maximumSegmentSize: 1000, sackPermitted: true)

  /// RFC 6675 §5: 0, 3 and 6 are lost; each is sent once, and nothing else twice.
  @Test func sackSaysWhatIsMissing() throws {
    var sender = try Sender(.newReno, options: Self.sack)
    _ = try sender.acknowledge(0, sack: [1..<2])
    _ = try sender.acknowledge(0, sack: [1..<3])
    _ = try sender.acknowledge(0, sack: [4..<5, 1..<3])
    _ = try sender.acknowledge(0, sack: [4..<6, 1..<3])
    _ = try sender.acknowledge(0, sack: [7..<8, 4..<6, 1..<3])
    _ = try sender.acknowledge(0, sack: [7..<9, 4..<6, 1..<3])
    let again = sender.sent.filter { number in sender.sent.filter { $0 == number }.count > 1 }
    // cwnd is five segments: the other holes wait for room.
    #expect(Set(again) == [0])
    #expect(try sender.acknowledge(0, sack: [7..<10, 4..<6, 1..<3]) == [3, 6])
    _ = try sender.acknowledge(3, sack: [7..<12, 4..<6])
    _ = try sender.acknowledge((sender.sent.max() ?? 0) + 1)
    #expect(sender.block.recovery == LossRecovery.none)
    for number in Set(sender.sent) {
      #expect(sender.sent.filter { $0 == number }.count == ([0, 3, 6].contains(number) ? 2 : 1))
    }
  }

  /// RFC 2883 §4: a block below the acknowledgment says that something came twice.
  @Test func aDuplicateReportIsNoLoss() throws {
    var sender = try Sender(.newReno, options: Self.sack)
    _ = try sender.acknowledge(4, sack: [1..<2])
    #expect(sender.peer.rules.contains(.duplicateSack))
    #expect(!sender.peer.rules.contains(.sackNoted))
  }

  /// RFC 6675 §4, NextSeg (3): nothing counts as lost and nothing new is there to be sent, so what lies below
  /// something that has arrived goes again instead of waiting for the timer; twice in the pipe (SetPipe (b)).
  @Test func theEndOfTheDataIsNotLeftToTheTimer() throws {
    var sender = try Sender(.cubic, options: Self.sack, segments: 10)
    _ = try sender.acknowledge(0, sack: [1..<2])
    _ = try sender.acknowledge(0, sack: [1..<3])
    #expect(try sender.acknowledge(0, sack: [8..<9, 1..<3]) == [0])
    #expect(sender.window == 7)
    // Five are under way, of them none lost; two more make seven.
    #expect(try sender.acknowledge(4, sack: [8..<9]) == [4, 5])
    #expect(try sender.acknowledge(5, sack: [8..<9]) == [6, 7])
    // Now only the last one has not been sent again: NextSeg (4).
    #expect(try sender.acknowledge(7, sack: [8..<9]) == [9])
    #expect(try sender.acknowledge(10).isEmpty)
    #expect(sender.block.sendQueue == 0 && !sender.peer.rules.contains(.timeoutCollapses))
  }

  /// RFC 5681 §4.1: after an idle time the window begins anew.
  @Test func anIdleConnectionBeginsAnew() throws {
    var sender = try Sender(.newReno, segments: 20) { $0.initialWindowSegments = 4 }
    for next in 1...20 { _ = try sender.acknowledge(UInt32(next)) }
    #expect(sender.window > 4)
    sender.peer.now = sender.peer.now + .seconds(10)
    try sender.peer.call(.send(4, [UInt8](repeating: 1, count: 20_000)))
    #expect(try sender.peer.answers().count == 4)
    #expect(sender.peer.rules.contains(.idleRestart))
  }

  // MARK: CUBIC

  @Test(arguments: [
    (UInt64(0), UInt32(0)), (7, 1), (8, 2), (1_000_000_000, 1000), (.max, 2_097_151),
  ])
  func cubeRoots(value: UInt64, root: UInt32) { #expect(ControlBlock.cubeRoot(value) == root) }

  /// RFC 9438 §4.6: seven tenths remain, and the curve leads back to where the loss was.
  @Test func cubicComesBackToTheOldWindow() throws {
    var sender = try Sender(.cubic, segments: 60)
    for _ in 0..<3 { _ = try sender.acknowledge(0) }
    #expect(sender.block.cubicMaximum == 10_000)
    #expect(sender.block.slowStartThreshold == 7000)
  }

  /// One loss, then 20 s of acknowledgments: the window is near W_max at K, flat there, and beyond it later.
  @Test func cubicGrowsAlongItsCurve() throws {
    var block = ControlBlock()
    block.sendMaximumSegmentSize = 1000
    block.congestionWindow = 70_000
    block.cubicMaximum = 100_000
    block.slowStartThreshold = 70_000
    block.smoothedRoundTrip = 100_000
    var now = Instant(nanoseconds: 1_000_000_000)
    var atInflection: UInt32 = 0
    for _ in 0..<100 {
      for _ in 0..<(block.congestionWindow / 2000) { block.growByCubic(2000, now) }
      now = now + .milliseconds(100)
      let passed = now.since(block.cubicEpoch).count / 1_000_000
      if atInflection == 0, passed >= UInt64(block.cubicInflection) {
        atInflection = block.congestionWindow
      }
    }
    // K = cube root of (30 / 0.4) seconds.
    #expect((4_200...4_220).contains(block.cubicInflection))
    #expect((97_000...101_000).contains(atInflection))
    #expect(block.congestionWindow > 150_000)
  }

  /// Whatever a learner writes there, nothing traps and the connection goes on.
  @Test(arguments: [
    Field.cwnd, .ssthresh, .recover, .rexmitNext, .recovery, .dupAcks, .cubicMax, .cubicK,
  ])
  func anythingMayBeWritten(field: Field) throws {
    for number in [UInt64(0), 1, 2, 255, 65_535, 1 << 31, UInt64(UInt32.max)] {
      for control in CongestionControl.allCases {
        var sender = try Sender(control, options: Self.sack)
        try sender.peer.write(number, to: field)
        for _ in 0..<4 { _ = try sender.acknowledge(1, sack: [2..<3]) }
        _ = try sender.fire()
        _ = try sender.acknowledge(5)
        _ = try sender.acknowledge(10)
      }
    }
  }
}
