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
}
