import Testing
import Wire

@testable import Stack

/// RFC 6528 §3: ISN = M + F(localip, localport, remoteip, remoteport, secret).
@Suite struct InitialSequenceTests {
  private let local = SocketAddress(Peer.hostAddress, 80)
  private let remote = SocketAddress(Peer.address, 4000)
  private let source = InitialSequence(secret: (1, 2))

  private func choose(
    _ source: InitialSequence? = nil, _ local: SocketAddress? = nil,
    _ remote: SocketAddress? = nil, at nanoseconds: UInt64 = 0
  ) -> UInt32 {
    (source ?? self.source).choose(
      local: local ?? self.local, remote: remote ?? self.remote,
      at: Instant(nanoseconds: nanoseconds)
    ).value
  }

  @Test func everyPartOfTheFourCounts() {
    let others = [
      choose(nil, SocketAddress(Peer.hostAddress, 81)),
      choose(nil, SocketAddress(Peer.address, 80)),
      choose(nil, nil, SocketAddress(Peer.address, 4001)),
      choose(nil, nil, SocketAddress(Peer.hostAddress, 4000)),
      choose(InitialSequence(secret: (1, 3))), choose(InitialSequence(secret: (2, 2))),
    ]
    #expect(Set(others + [choose()]).count == others.count + 1)
    #expect(choose() == choose())
  }

  /// M ticks every 4 microseconds (RFC 9293 §3.4.1).
  @Test func theClockTicksEveryFourMicroseconds() {
    let first = choose()
    #expect(choose(at: 3_999) == first)
    #expect(choose(at: 4_000) == first &+ 1)
    #expect(choose(at: 1_000_000_000) == first &+ 250_000)
    #expect(choose(at: 4_000 << 32) == first, "it comes round after 4.77 hours")
  }

  @Test func theSeedDecides() throws {
    var seen: Set<UInt32> = []
    var ports: Set<UInt16> = []
    for seed in UInt64(0)..<50 {
      var peer = Peer { $0.seed = seed }
      let syn = try peer.connect()
      seen.insert(syn.sequence.value)
      ports.insert(syn.sourcePort)
      #expect(syn.sourcePort >= 49_152)
      var again = Peer { $0.seed = seed }
      #expect(try again.connect().sequence == syn.sequence)
    }
    #expect(seen.count == 50 && ports.count > 45)
  }

  @Test func hostsOfOneSeedDiffer() throws {
    var first = Peer { $0.seed = 3 }
    var second = Peer {
      $0.seed = 3
      $0.id = HostID(2)
    }
    #expect(try first.connect().sequence != second.connect().sequence)
  }
}
