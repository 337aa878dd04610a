import Wire

/// Initial sequence numbers: ISN = M + F(four-tuple, secret), RFC 6528 §3.
///
/// M is a clock that ticks every 4 microseconds; F is SipHash-2-4, a keyed hash made for short inputs.
struct InitialSequence: Sendable {
  private let secret: (UInt64, UInt64)

  init(secret: (UInt64, UInt64)) { self.secret = secret }

  func choose(local: SocketAddress, remote: SocketAddress, at now: Instant) -> SequenceNumber {
    let hash = hash(local, remote)
    return SequenceNumber(UInt32(truncatingIfNeeded: now.nanoseconds / 4_000 &+ hash))
  }

  /// F: of the four-tuple and the secret, and of one more word where there is something to add.
  func hash(_ local: SocketAddress, _ remote: SocketAddress, _ more: UInt64? = nil) -> UInt64 {
    let addresses = UInt64(local.address.value) << 32 | UInt64(remote.address.value)
    let ports = UInt64(local.port) << 16 | UInt64(remote.port)
    return sipHash(addresses, ports, more)
  }

  /// SipHash-2-4 of two or three words of input.
  private func sipHash(_ first: UInt64, _ second: UInt64, _ third: UInt64?) -> UInt64 {
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
    func absorb(_ word: UInt64) {
      v3 ^= word
      round()
      round()
      v0 ^= word
    }
    absorb(first)
    absorb(second)
    if let third { absorb(third) }
    absorb(UInt64(third == nil ? 16 : 24) << 56)
    v2 ^= 0xff
    for _ in 0..<4 { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }
}

extension Services {
  /// The ISS of a connection: what RFC 6528 says or the one that this host is told to take.
  ///
  /// - Parameter used: the end of the numbers of an earlier connection between the same two; the new one begins
  ///   above them (RFC 9293 §3.6.1, MAY-2).
  @inline(__always)
  func chooseInitialSequence(
    local: SocketAddress, remote: SocketAddress, above used: SequenceNumber? = nil
  ) -> SequenceNumber {
    let chosen =
      settings.fixedInitialSequence.map(SequenceNumber.init(_:))
      ?? initialSequence.choose(local: local, remote: remote, at: now)
    guard let used, !chosen.isAfter(used) else { return chosen }
    return used + 1
  }
}
