import Testing
import Wire

@testable import Stack

/// What a shut or a shrunk window does to the numbers: RFC 9293 §3.8.6 and §3.8.6.1.
@Suite struct ProbeTests {
  /// A host with 3 octets to send and a window of 0; SND.UNA.
  private func shut(
    options: TCPOptions = TCPOptions(), _ configure: (inout HostConfiguration) -> Void = { _ in }
  ) throws -> (peer: Peer, base: UInt32) {
    var peer = Peer(configure)
    try peer.establish(options: options)
    let base = try #require(peer.connection?.sendNext.value)
    try peer.send(.ack, 5001, base, window: 0)
    try peer.call(.send(4, [1, 2, 3]))
    #expect(try peer.answers().isEmpty)
    return (peer, base)
  }

  private func probe(_ peer: inout Peer) throws -> Peer.Answer {
    for _ in 0..<4 {
      if let answer = try peer.fireNext()?.first { return answer }
    }
    return try #require(nil)
  }

  /// MUST-37: "as long as the receiving TCP peer continues to send acknowledgments in response to the probe
  /// segments, the sending TCP peer MUST allow the connection to stay open". One answer that is lost after many
  /// that came is not R2 yet.
  @Test func oneLostAnswerAfterManyEndsNothing() throws {
    var (peer, base) = try shut()
    for _ in 0..<12 {
      _ = try probe(&peer)
      try peer.send(.ack, 5001, base, window: 0)
    }
    for unanswered in UInt8(1)...8 {
      _ = try probe(&peer)
      #expect(peer.connection?.state == .established)
      #expect(peer.connection?.retries == unanswered)
    }
    try peer.send(.ack, 5001, base, window: 0)
    #expect(peer.connection?.retries == 0)
    #expect(peer.connection?.probes == 20)
  }

  /// RFC 5681 §2 means acknowledgments that segments behind a gap call forth; an answer to a probe tells of no
  /// loss and must not bring a fast retransmission.
  @Test func answersToProbesAreNoDuplicates() throws {
    var (peer, base) = try shut { $0.tcp.congestionControl = .newReno }
    for _ in 0..<5 {
      _ = try probe(&peer)
      #expect(try peer.send(.ack, 5001, base, window: 0).isEmpty)
    }
    #expect(peer.connection?.duplicateAcknowledgments == 0)
    #expect(!peer.rules.contains(.fastRetransmit))
  }

  /// §3.10.7.4, first check: with a window of 0 only RCV.NXT is acceptable. An acknowledgment that bore SND.NXT,
  /// behind the probe's octet, would be thrown away with what it acknowledges.
  @Test func acknowledgmentsBehindAProbeAreAcceptable() throws {
    var (peer, base) = try shut()
    #expect(try probe(&peer).header.sequence.value == base)
    try peer.send(.ack, 5001, base, window: 0)
    #expect(peer.connection?.sendNext.value == base &+ 1)
    let answer = try peer.send(.ack, 5001, base, text: [7], window: 0)
    #expect(answer.map(\.header.sequence.value) == [base])
    #expect(answer.map(\.header.acknowledgment.value) == [5002])
  }

  /// §3.8.6, MUST-34: a sender must be ready for a window that shrinks. Its acknowledgments stay inside.
  @Test func acknowledgmentsStayInsideAShrunkWindow() throws {
    var peer = Peer { $0.tcp.nagle = .off }
    try peer.establish(options: TCPOptions(maximumSegmentSize: 1460))
    let base = try #require(peer.connection?.sendNext.value)
    try peer.call(.send(4, [UInt8](repeating: 1, count: 3000)))
    _ = try peer.answers()
    try peer.send(.ack, 5001, base &+ 100, window: 200)
    let answer = try peer.send(.ack, 5001, base &+ 100, text: [7], window: 200)
    #expect(answer.map(\.header.sequence.value) == [base &+ 300])
    // The window is as wide as before again.
    try peer.send(.ack, 5002, base &+ 100, window: 10_000)
    let next = try peer.send(.ack, 5002, base &+ 100, text: [8], window: 10_000)
    #expect(next.map(\.header.sequence.value) == [base &+ 3000])
  }

  /// RFC 6298 §3 and RFC 7323 §4.1: a segment was sent three times, the answer to the second copy was lost, and
  /// the one to the third repeats its timestamp (§5.3, R2 comes before R3). What lies between is no round trip.
  @Test func anEchoOlderThanTheLastCopyIsNotMeasured() throws {
    let stamps = TCPOptions(timestamps: TCPTimestamps(value: 7, echo: 0))
    var peer = Peer { $0.tcp.timestamps = true }
    try peer.establish(options: stamps)
    let base = try #require(peer.connection?.sendNext.value)
    try peer.call(.send(4, [1]))
    _ = try peer.answers()
    let second = try #require(probe(&peer).header.options.timestamps)
    let third = try #require(probe(&peer).header.options.timestamps)
    #expect(third.value > second.value)
    let before = try #require(peer.connection?.smoothedRoundTrip)
    peer.now = peer.now + .milliseconds(20)
    var late = peer
    try late.send(
      .ack, 5001, base &+ 1,
      options: TCPOptions(timestamps: TCPTimestamps(value: 8, echo: second.value)))
    #expect(late.connection?.smoothedRoundTrip == before)
    #expect(late.connection?.retries == 0)
    try peer.send(
      .ack, 5001, base &+ 1,
      options: TCPOptions(timestamps: TCPTimestamps(value: 8, echo: third.value)))
    #expect(peer.connection?.smoothedRoundTrip != before)
  }
}
