import Wire

/// Initial sequence numbers: ISN = M + F(four-tuple, secret), RFC 6528 §3.
///
/// M is a clock that ticks every 4 microseconds; F is SipHash-2-4, a keyed hash made for short inputs.
struct InitialSequence: Sendable {
  private let secret: (UInt64, UInt64)

  init(secret: (UInt64, UInt64)) { self.secret = secret }

  func choose(local: SocketAddress, remote: SocketAddress, at now: Instant) -> SequenceNumber {
    let addresses = UInt64(local.address.value) << 32 | UInt64(remote.address.value)
    let ports = UInt64(local.port) << 16 | UInt64(remote.port)
    let hash = sipHash(addresses, ports)
    return SequenceNumber(UInt32(truncatingIfNeeded: now.nanoseconds / 4_000 &+ hash))
  }

  /// SipHash-2-4 of two words of input.
  private func sipHash(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var v0 = secret.0 ^ 0x736f_6d65_7073_6575
    var v1 = secret.1 ^ 0x646f_7261_6e64_6f6d
    var v2 = secret.0 ^ 0x6c79_6765_6e65_7261
    var v3 = secret.1 ^ 0x7465_6462_7974_6573

    func round() {
      v0 &+= v1
      v2 &+= v3
      v1 = v1 << 13 | v1 >> 51
      v3 = v3 << 16 | v3 >> 48
      v1 ^= v0
      v3 ^= v2
      v0 = v0 << 32 | v0 >> 32
      v2 &+= v1
      v0 &+= v3
      v1 = v1 << 17 | v1 >> 47
      v3 = v3 << 21 | v3 >> 43
      v1 ^= v2
      v3 ^= v0
      v2 = v2 << 32 | v2 >> 32
    }
    for word in [first, second, UInt64(16) << 56] {
      v3 ^= word
      round()
      round()
      v0 ^= word
    }
    v2 ^= 0xff
    for _ in 0..<4 { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }
}
