import Testing
import Wire

@testable import Stack

/// Path MTU discovery: RFC 1191, RFC 9293 §3.7.2 and §3.9.2.2, and RFC 5927 for who may say so.
@Suite struct PathMTUTests {
  /// A host with 4380 octets in flight in three full segments; their frames.
  private func sending(
    _ configure: (inout HostConfiguration) -> Void = { _ in }
  ) throws -> (peer: Peer, frames: [[UInt8]], base: UInt32) {
    var peer = Peer { host in
      host.tcp.congestionControl = .newReno
      configure(&host)
    }
    var options = TCPOptions(maximumSegmentSize: 1460)
    options.timestamps = TCPTimestamps(value: 1, echo: 0)
    try peer.establish(options: options)
    let base = try #require(peer.connection?.sendNext.value)
    try peer.call(.send(4, [UInt8](repeating: 7, count: 4380)))
    let sent = try peer.answers()
    #expect(sent.count >= 3 && sent.allSatisfy(\.ip.dontFragment))
    return (peer, sent.map(\.frame), base)
  }

  private func tooLarge(_ mtu: UInt16, about frame: [UInt8]) -> [UInt8] {
    Peer.error(.destinationUnreachable(code: .fragmentationNeeded, mtu: mtu), about: frame)
  }

  /// RFC 1191 §6.4: at once, one segment until acknowledgments come, and the congestion window grows back.
  @Test func whatWasTooLargeGoesAgainInSmallerPieces() throws {
    var (peer, frames, base) = try sending()
    let before = try #require(peer.connection)
    let again = try peer.deliver(tooLarge(1006, about: frames[0]))
    #expect(peer.connection?.sendMaximumSegmentSize == 966)
    #expect(again.map(\.header.sequence.value) == [base])
    #expect(again.map(\.text.count) == [966])
    #expect(peer.connection?.slowStartThreshold == before.slowStartThreshold)
    #expect(peer.connection?.retries == 0 && peer.connection?.softError == nil)
    // The other segments met the same router: they tell nothing new.
    for frame in frames.dropFirst() {
      #expect(try peer.deliver(tooLarge(1006, about: frame)).isEmpty)
    }
    // The rest goes again, two for each acknowledgment, without waiting for a timer.
    var sizes: [Int] = []
    var acknowledged = base &+ 966
    for _ in 0..<6 {
      let pieces = try peer.send(.ack, 5001, acknowledged)
      sizes += pieces.map(\.text.count)
      guard let last = pieces.last else { break }
      acknowledged = last.header.sequence.value &+ UInt32(last.text.count)
    }
    #expect(sizes.reduce(0, +) == 4380 - 966 && sizes.allSatisfy { $0 <= 966 })
    #expect(acknowledged == base &+ 4380)
  }

  @Test func timestampsTakeTheirShare() throws {
    var (peer, frames, _) = try sending { $0.tcp.timestamps = true }
    let again = try peer.deliver(tooLarge(1006, about: frames[0]))
    #expect(again.map(\.text.count) == [954])
  }

  /// RFC 1191 §5: routers of old leave the field 0; §7.1 has what is then likely.
  @Test(arguments: [(UInt16(1500), 1492), (1492, 1006), (1006, 508), (508, 296), (296, 68)])
  func anOldRouterMeansTheNextPlateau(length: UInt16, limit: Int) {
    #expect(ControlBlock.pathLimit(told: 0, packet: length) == limit)
  }

  @Test func theSmallestMTUStays() {
    #expect(ControlBlock.pathLimit(told: 0, packet: 68) == nil)
    #expect(ControlBlock.pathLimit(told: 67, packet: 1500) == nil)
    #expect(ControlBlock.pathLimit(told: 1500, packet: 1500) == nil)
    #expect(ControlBlock.pathLimit(told: 68, packet: 1500) == 68)
  }

  /// RFC 5927 §4.1: a number that is not in flight, or another connection's ports.
  @Test func forgedMessagesChangeNothing() throws {
    var (peer, frames, base) = try sending()
    for offset in [38, 34, 36, 26, 30] {
      var forged = frames[0]
      forged[offset] &+= 1
      #expect(try peer.deliver(tooLarge(576, about: forged)).isEmpty)
    }
    try peer.send(.ack, 5001, base &+ 4380)
    #expect(try peer.deliver(tooLarge(576, about: frames[0])).isEmpty)
    #expect(peer.connection?.sendMaximumSegmentSize == 1460)
  }

  /// RFC 1191 §3: no MTU grows because of a message.
  @Test func aLargerMTUChangesNothing() throws {
    var (peer, frames, _) = try sending()
    #expect(try peer.deliver(tooLarge(9000, about: frames[0])).isEmpty)
    #expect(peer.connection?.sendMaximumSegmentSize == 1460)
  }
}
