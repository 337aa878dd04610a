import Stack

extension RandomSource {
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
