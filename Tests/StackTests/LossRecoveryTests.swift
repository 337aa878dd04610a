import Testing
import Wire

@testable import Stack

/// The small print of recovering from a loss: RFC 3042 §2, RFC 6582 §3.2, RFC 6675 §4 and §5.
@Suite struct LossRecoveryTests {
  private typealias Sender = CongestionTests.Sender
  private static let sack = CongestionTests.sack

  // MARK: Limited transmit

  /// RFC 3042 §2: "MUST NOT send new segments in response to duplicate ACKs that contain no new SACK
  /// information"; RFC 6675 §2 does not even count them.
  @Test func duplicatesWithoutNewsBringNothingForth() throws {
    var sender = try Sender(.newReno, options: Self.sack)
    for _ in 0..<5 { #expect(try sender.acknowledge(0) == []) }
    #expect(sender.block.duplicateAcknowledgments == 0)
    #expect(try sender.acknowledge(0, sack: [1..<2]) == [10])
    for _ in 0..<5 { #expect(try sender.acknowledge(0, sack: [1..<2]) == []) }
    #expect(try sender.acknowledge(0, sack: [1..<3]) == [11])
    #expect(sender.block.duplicateAcknowledgments == 2)
    #expect(try sender.acknowledge(0, sack: [1..<4]) == [0])
    #expect(sender.block.recovery == .fast)
  }

  /// RFC 3042 §2: not more than cwnd and two segments are outstanding; each duplicate lets one go.
  @Test(arguments: [TCPOptions(maximumSegmentSize: 1000), sack])
  func eachOfTheFirstTwoLetsOneSegmentGo(options: TCPOptions) throws {
    var sender = try Sender(.newReno, options: options)
    for number in UInt32(0)..<2 {
      let blocks = options.sackPermitted ? [1..<(2 + number)] : []
      #expect(try sender.acknowledge(0, sack: blocks) == [10 + number])
    }
    #expect(sender.window == 10 && sender.block.flight == 12_000)
  }

  @Test func whoDoesNotTransmitBeyondTheWindowWaits() throws {
    var sender = try Sender(.newReno, options: Self.sack) { $0.limitedTransmit = false }
    #expect(try sender.acknowledge(0, sack: [1..<2]) == [])
    #expect(try sender.acknowledge(0, sack: [1..<3]) == [])
    #expect(try sender.acknowledge(0, sack: [1..<4]) == [0])
  }

  /// RFC 6675 §5: an acknowledgment of new data that also tells of what lies beyond a gap is a duplicate for the
  /// question whether something is lost.
  @Test func anAdvancingAcknowledgmentMayTellOfALoss() throws {
    var sender = try Sender(.newReno, options: Self.sack)
    #expect(try sender.acknowledge(2, sack: [3..<6]).first == 2)
    #expect(sender.block.recovery == .fast && sender.peer.rules.contains(.fastRetransmit))
    // Without news it is an acknowledgment like any other.
    sender = try Sender(.newReno, options: Self.sack)
    _ = try sender.acknowledge(2, sack: [3..<4])
    #expect(sender.block.duplicateAcknowledgments == 1)
    _ = try sender.acknowledge(3)
    #expect(sender.block.duplicateAcknowledgments == 0)
  }

  // MARK: The end of a recovery

  /// RFC 6582 §3.2 (2): only an acknowledgment of more than recover may begin another fast retransmit.
  @Test func duplicatesOfWhereARecoveryEndedBeginNone() throws {
    var sender = try Sender(.newReno)
    _ = try sender.peer.fireNext()
    #expect(sender.block.recovery == .afterTimeout)
    _ = try sender.acknowledge(10)
    #expect(sender.block.recovery == LossRecovery.none)
    for _ in 0..<4 { #expect(try !sender.acknowledge(10).contains(10)) }
    #expect(sender.block.recovery == LossRecovery.none)
    _ = try sender.acknowledge(11)
    for _ in 0..<2 { #expect(try !sender.acknowledge(11).contains(11)) }
    #expect(try sender.acknowledge(11).contains(11))
    #expect(sender.block.recovery == .fast)
  }

  /// RFC 6582 §3.2 (3), full acknowledgment: cwnd is min(ssthresh, max(FlightSize, SMSS) + SMSS), and the same
  /// acknowledgment does not make it grow.
  @Test func theLastAcknowledgmentDeflates() throws {
    var sender = try Sender(.newReno)
    for _ in 0..<3 { _ = try sender.acknowledge(0) }
    #expect(sender.block.slowStartThreshold == 5000)
    _ = try sender.acknowledge(12)
    #expect(sender.block.recovery == LossRecovery.none && sender.block.congestionWindow == 2000)
    // From the next one on it grows as ever.
    _ = try sender.acknowledge(13)
    #expect(sender.block.congestionWindow == 3000)
  }

  /// RFC 6675 §5 (4.2): cwnd was set to ssthresh when the recovery began, and its end leaves it there.
  @Test(arguments: [(CongestionControl.newReno, UInt32(5000)), (.cubic, 7000)])
  func theEndLeavesTheWindowWhereItIs(control: CongestionControl, window: UInt32) throws {
    var sender = try Sender(control, options: Self.sack)
    for right in UInt32(2)...4 { _ = try sender.acknowledge(0, sack: [1..<right]) }
    #expect(sender.block.recovery == .fast && sender.block.congestionWindow == window)
    _ = try sender.acknowledge(12)
    #expect(sender.block.recovery == LossRecovery.none)
    #expect(sender.block.congestionWindow == window)
    #expect(sender.block.slowStartThreshold == window && sender.block.cubicEpoch == .zero)
  }

  // MARK: The rescue

  /// A sender of ten segments: 0 is lost, 1 to 6 arrive, 7 to 9 are lost, too. The repeated 0 has arrived.
  private func atTheEnd(segments: Int = 10) throws -> (sender: Sender, sent: [UInt32]) {
    var sender = try Sender(.newReno, options: Self.sack, segments: segments) {
      $0.limitedTransmit = false
    }
    for right in UInt32(2)...7 { _ = try sender.acknowledge(0, sack: [1..<right]) }
    #expect(sender.sent.filter { $0 == 0 }.count == 2)
    #expect(!sender.peer.rules.contains(.rescueRetransmit))
    let sent = try sender.acknowledge(7)
    return (sender, sent)
  }

  /// RFC 6675 §4, NextSeg (4): no block tells of the lost end and nothing new can go, so its highest segment goes
  /// again; what the answer tells of then leads to the others. The timer is not needed.
  @Test func theHighestSegmentGoesOnceMore() throws {
    var (sender, sent) = try atTheEnd()
    #expect(sent == [9])
    #expect(sender.peer.rules.filter { $0 == .rescueRetransmit }.count == 1)
    // HighRxt is not touched, so what lies below can still go.
    #expect(sender.block.retransmitNext == SequenceNumber(sender.base) + UInt32(7000))
    #expect(try sender.acknowledge(7, sack: [9..<10]) == [7, 8])
    #expect(try sender.acknowledge(10) == [])
    #expect(sender.block.sendQueue == 0 && !sender.peer.rules.contains(.retransmit))
  }

  /// "A single rescue retransmission per entry into loss recovery".
  @Test func onceInARecovery() throws {
    var (sender, _) = try atTheEnd()
    #expect(try sender.acknowledge(8) == [])
    #expect(sender.block.recovery == .fast)
    #expect(try sender.fire() == [8])
  }

  /// NextSeg (2) comes first.
  @Test func newTextNeedsNoRescue() throws {
    let (sender, sent) = try atTheEnd(segments: 12)
    #expect(sender.sent.contains(10) && sent == [11])
    #expect(!sender.peer.rules.contains(.rescueRetransmit))
  }

  /// The highest number of all may be the FIN's.
  @Test func aFINIsRescuedWithWhatIsBeforeIt() throws {
    var sender = try Sender(.newReno, options: Self.sack, segments: 9)
    try sender.peer.call(.shutdown(4, .sending))
    #expect(try sender.peer.answers().last?.header.flags.contains(.fin) == true)
    for right in UInt32(2)...7 { _ = try sender.acknowledge(0, sack: [1..<right]) }
    let end = sender.block.sendNext
    let answers = try sender.peer.send(.ack, 5001, sender.base &+ 7000)
    #expect(answers.map(\.header.flags) == [[.fin, .psh, .ack]])
    let last = try #require(answers.last)
    #expect(last.header.sequence + last.text.count + 1 == end)
  }

  /// What is behind the last block, or where that reaches the end, the last hole.
  @Test func theLastGap() {
    var board = Scoreboard()
    func gap(_ length: UInt32) -> [UInt32] {
      let gap = board.lastGap(from: SequenceNumber(100), to: SequenceNumber(900), atMost: length)
      return gap.map { [$0.left.value, $0.right.value] } ?? []
    }
    #expect(gap(300) == [600, 900] && gap(1000) == [100, 900])
    _ = board.insert(SACKBlock(left: SequenceNumber(200), right: SequenceNumber(300)))
    #expect(gap(700) == [300, 900])
    _ = board.insert(SACKBlock(left: SequenceNumber(500), right: SequenceNumber(900)))
    #expect(gap(100) == [400, 500] && gap(700) == [300, 500])
    _ = board.insert(SACKBlock(left: SequenceNumber(300), right: SequenceNumber(500)))
    #expect(gap(700) == [100, 200])
    _ = board.insert(SACKBlock(left: SequenceNumber(100), right: SequenceNumber(200)))
    #expect(gap(700) == [])
  }
}
