/// Random numbers that depend on the seed alone: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// A value: a copy of the world draws the same numbers again.
public struct RandomNumbers: Hashable, Sendable, BitwiseCopyable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number from 0 up to `bound`, which is left out; 0 when the bound is 0.
  public mutating func below(_ bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }

  /// A number from 0 up to `bound`, which is left out; 0 when the bound is not above 0.
  public mutating func below(_ bound: Int) -> Int { Int(below(UInt64(max(0, bound)))) }

  /// True so often in a million draws. Without a chance nothing is drawn.
  public mutating func happens(perMillion: UInt32) -> Bool {
    perMillion > 0 && below(UInt64(1_000_000)) < UInt64(perMillion)
  }
}
