/// CUBIC, RFC 9438, in integers: windows in octets, time in milliseconds.
extension ControlBlock {
  /// W_max, lowered further where the loss came below the last one: fast convergence (RFC 9438 §4.7).
  mutating func rememberCubicMaximum() {
    cubicMaximum =
      congestionWindow < cubicMaximum
      ? UInt32(UInt64(congestionWindow) * 17 / 20) : congestionWindow
    cubicEpoch = .zero
  }

  /// Congestion avoidance: towards W_cubic(t + RTT), and never slower than Reno would be (§4.2–4.5).
  mutating func growByCubic(_ octets: UInt32, _ now: Instant) {
    if cubicEpoch == .zero { beginCubicEpoch(now) }
    let time = Int64(clamping: now.since(cubicEpoch).count / 1_000_000)
    let roundTrip = Int64(smoothedRoundTrip / 1_000)
    let window = Int64(congestionWindow)
    let ceiling = window + window / 2
    let target = min(max(cubicWindow(at: time + roundTrip), window), ceiling)
    let grown = window + (target - window) * Int64(octets) / window
    growEstimate(octets)
    let atLeast = cubicWindow(at: time) < Int64(cubicEstimate) ? Int64(cubicEstimate) : 0
    congestionWindow = UInt32(clamping: max(grown, atLeast, window))
  }

  private mutating func beginCubicEpoch(_ now: Instant) {
    cubicEpoch = max(now, Instant(nanoseconds: 1))
    cubicEstimate = congestionWindow
    if cubicMaximum <= congestionWindow {
      cubicMaximum = congestionWindow
      cubicInflection = 0
    } else {
      // K = cube root of ((W_max - cwnd_epoch) / C), C = 0.4 segments a second cubed.
      let missing = UInt64(cubicMaximum - congestionWindow) * 2_500_000_000
      cubicInflection = Self.cubeRoot(missing / UInt64(max(sendMaximumSegmentSize, 1)))
    }
  }

  /// W_cubic(t) = C · (t - K)³ + W_max (Figure 1).
  private func cubicWindow(at time: Int64) -> Int64 {
    let far = min(max(time - Int64(cubicInflection), -1_000_000), 1_000_000)
    let cube = far * far / 1_000 * far / 1_000
    return Int64(cubicMaximum) + cube * Int64(sendMaximumSegmentSize) / 2_500
  }

  /// W_est grows by α_cubic segments a round trip, α = 3·(1-β)/(1+β) = 9/17 up to the old window, then 1 (§4.3).
  private mutating func growEstimate(_ octets: UInt32) {
    let full = UInt64(octets) * UInt64(sendMaximumSegmentSize)
    let part = cubicEstimate < cubicMaximum ? full * 9 / 17 : full
    cubicEstimate = UInt32(
      clamping: UInt64(cubicEstimate) + part / UInt64(max(congestionWindow, 1)))
  }

  /// The largest number whose cube is not above `value`. O(1): 21 steps.
  static func cubeRoot(_ value: UInt64) -> UInt32 {
    var root: UInt64 = 0
    for bit in (0..<21).reversed() {
      let next = root | 1 << UInt64(bit)
      if next * next * next <= value { root = next }
    }
    return UInt32(root)
  }
}
