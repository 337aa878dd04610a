/// An axis with round ticks: which dot a value lies at, and the other way round.
struct PlotAxis {
  let low: Double
  let high: Double
  let isLogarithmic: Bool
  /// The logarithm of the whole span.
  private let span: Double
  let ticks: [Double]

  /// - Parameter most: Ticks that there is room for.
  init(_ values: ClosedRange<Double>, most: Int, isLogarithmic: Bool = false) {
    self.isLogarithmic = isLogarithmic
    if isLogarithmic {
      let low = Self.round(down: max(values.lowerBound, 0.001))
      let high = Self.round(up: max(values.upperBound, low * 2))
      self.low = low
      self.high = high
      span = Self.logarithm(high / low)
      ticks = Self.decades(low, high, most: most)
    } else {
      span = 0
      let width = max(values.upperBound - values.lowerBound, 1e-9)
      let step = Self.step(width / Double(max(1, most)))
      low = values.lowerBound
      high = max(values.upperBound, low + step)
      let first = (low / step).rounded(.up)
      let last = (high / step).rounded(.down)
      ticks = last < first ? [] : (0...Int(last - first)).map { (first + Double($0)) * step }
    }
  }

  /// 1, 2 or 5 of some power of ten, not less than a number.
  static func step(_ least: Double) -> Double {
    var power = 1.0
    while power * 10 <= least { power *= 10 }
    while power > least { power /= 10 }
    for factor in [1.0, 2, 5, 10] where factor * power >= least * 0.999_999 {
      return factor * power
    }
    return 10 * power
  }

  private static func round(down value: Double) -> Double {
    let up = step(value)
    if up <= value * 1.000_001 { return up }
    return step(value / 2.5)
  }

  private static func round(up value: Double) -> Double { step(value) }

  private static func decades(_ low: Double, _ high: Double, most: Int) -> [Double] {
    for factors in [[1.0, 2, 5], [1.0, 3], [1.0]] {
      var ticks: [Double] = []
      var decade = power(of: low)
      while decade <= high * 1.000_001 {
        for tick in factors.map({ $0 * decade })
        where tick >= low * 0.999_999 && tick <= high * 1.000_001 {
          ticks.append(tick)
        }
        decade *= 10
      }
      if ticks.count <= most { return ticks }
    }
    return [low, high]
  }

  /// The power of ten not above a number.
  private static func power(of value: Double) -> Double {
    var power = 1.0
    while power * 10 <= value * 1.000_001 { power *= 10 }
    while power > value * 1.000_001 { power /= 10 }
    return power
  }

  /// From 0 at the low end to 1 at the high one; beyond them outside of that.
  @inline(__always) func fraction(_ value: Double) -> Double {
    guard isLogarithmic else { return (value - low) / (high - low) }
    return Self.logarithm(max(value, low / 100) / low) / span
  }

  /// The binary logarithm, exact enough for a dot: there is no library of it here.
  private static func logarithm(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    // log2(m) for m in 1..<2 by squaring.
    var result = Double(value.exponent)
    var part = value.significand
    var bit = 0.5
    for _ in 0..<16 {
      part *= part
      if part >= 2 {
        result += bit
        part /= 2
      }
      bit /= 2
    }
    return result
  }
}

/// A number as short as its tick needs: `60000`, `0.5`.
func tickText(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
  let scaled = (value * 1_000).rounded() / 1_000
  return "\(scaled)"
}
