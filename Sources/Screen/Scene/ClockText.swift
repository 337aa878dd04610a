/// Times as a narrow column has them: in a unit that fits.
enum ClockText {
  /// From here on seconds are written, not milliseconds: 10,000 s, in nanoseconds.
  private static let longest: UInt64 = 10_000_000_000_000
  /// Cells of milliseconds below that.
  static let cells = 11

  /// `20.115` in milliseconds; from 10,000 s on `10800.021 s`, and hours where those have no room. What has none
  /// leaves decimals out, never its first digits.
  static func fitting(_ nanoseconds: UInt64, cells: Int = ClockText.cells) -> String {
    if nanoseconds < longest {
      let text = decimal(nanoseconds, of: 1_000_000, places: 3)
      if text.count <= cells { return text }
      // The whole number and its point have four cells less.
      if text.count - 4 <= cells {
        let part = text.prefix(cells)
        return String(part.hasSuffix(".") ? part.dropLast() : part)
      }
    }
    let units: [(length: UInt64, name: String)] = [
      (1_000_000_000, "s"), (3_600_000_000_000, "h"),
    ]
    for unit in units {
      for places in (0...3).reversed() {
        let text = decimal(nanoseconds, of: unit.length, places: places) + " " + unit.name
        if text.count <= cells { return text }
      }
    }
    return decimal(nanoseconds, of: 3_600_000_000_000, places: 0) + " h"
  }

  /// `997.539 ms`, `7200.021 s`: with its unit; nobody reads millions of milliseconds.
  static func span(_ nanoseconds: UInt64) -> String {
    nanoseconds < 10_000_000_000
      ? decimal(nanoseconds, of: 1_000_000, places: 3) + " ms"
      : decimal(nanoseconds, of: 1_000_000_000, places: 3) + " s"
  }

  /// A number of units, rounded.
  private static func decimal(_ value: UInt64, of unit: UInt64, places: Int) -> String {
    let scale: UInt64 = [1, 10, 100, 1_000][places]
    var whole = value / unit
    var rest = (value % unit * scale + unit / 2) / unit
    if rest == scale { (whole, rest) = (whole + 1, 0) }
    guard places > 0 else { return "\(whole)" }
    let digits = String(rest)
    return "\(whole)." + String(repeating: "0", count: places - digits.count) + digits
  }
}
