/// Cells of two by four dots each; a cell belongs to the foremost layer that has a dot in it.
struct BrailleGrid {
  let width: Int
  let height: Int
  private var dots: [UInt8]
  private var layers: [UInt8]

  init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    dots = Array(repeating: 0, count: self.width * self.height)
    layers = Array(repeating: 0, count: self.width * self.height)
  }

  var dotsWide: Int { 2 * width }
  var dotsHigh: Int { 4 * height }

  private static let bits: [UInt8] = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80]

  /// Sets a dot, counted from the upper left; what lies outside is dropped.
  @inline(__always) mutating func set(_ x: Int, _ y: Int, layer: UInt8) {
    guard x >= 0, y >= 0, x < dotsWide, y < dotsHigh else { return }
    let place = y / 4 * width + x / 2
    dots[place] |= Self.bits[x % 2 * 4 + y % 4]
    if layers[place] < layer { layers[place] = layer }
  }

  /// A line of dots in one column.
  mutating func column(_ x: Int, _ from: Int, _ to: Int, layer: UInt8) {
    guard x >= 0, x < dotsWide else { return }
    let low = max(0, min(from, to))
    let high = min(dotsHigh - 1, max(from, to))
    guard low <= high else { return }
    for y in low...high { set(x, y, layer: layer) }
  }

  /// The sign of a cell and its layer; nil for an empty one.
  func cell(_ x: Int, _ y: Int) -> (sign: Character, layer: UInt8)? {
    let place = y * width + x
    guard dots.indices.contains(place), dots[place] != 0 else { return nil }
    let scalar = Unicode.Scalar(0x2800 + UInt32(dots[place]))
    return scalar.map { (Character($0), layers[place]) }
  }
}
