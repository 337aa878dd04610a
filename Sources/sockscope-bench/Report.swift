/// The median of some repetitions, with their least and greatest.
struct Sample {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  var median: Double { quantile(0.5) }
  var least: Double { sorted.first ?? 0 }
  var greatest: Double { sorted.last ?? 0 }

  func quantile(_ share: Double) -> Double {
    sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
  }
}

/// One plain line: what was measured, the figure, its unit, and what belongs to it.
func report(_ name: String, _ figure: Double, _ unit: String, _ notes: String...) {
  let value = figure.rounded(to: figure < 10 ? 3 : figure < 1000 ? 1 : 0)
  print(([name + ":", value, unit] + notes.map { "· " + $0 }).joined(separator: " "))
}

/// One plain line with the median of a sample and its spread.
func report(_ name: String, _ sample: Sample, _ unit: String, _ notes: String...) {
  let digits = sample.median < 10 ? 3 : sample.median < 1000 ? 1 : 0
  let spread = "\(sample.least.rounded(to: digits))…\(sample.greatest.rounded(to: digits))"
  print(
    ([name + ":", sample.median.rounded(to: digits), unit, "(\(spread))"] + notes.map { "· " + $0 })
      .joined(separator: " "))
}

extension Double {
  /// The number in decimals, without an exponent.
  func rounded(to digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((self * scale).rounded())
    guard digits > 0 else { return "\(whole)" }
    let fraction = String(whole.magnitude % UInt(scale))
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(whole < 0 ? "-" : "")\(whole.magnitude / UInt(scale)).\(zeros)\(fraction)"
  }
}
