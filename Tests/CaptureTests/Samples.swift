import Capture

/// Capture files made in the tests.
enum Samples {
  /// A SYN of 58 octets with good checksums.
  static let syn: [UInt8] = [
    0x02, 0x00, 0x00, 0x00, 0x00, 0x50, 0x02, 0x00, 0x00, 0x00, 0x00, 0x0a, 0x08, 0x00, 0x45, 0x00,
    0x00, 0x2c, 0x00, 0x01, 0x40, 0x00, 0x40, 0x06, 0xb6, 0x70, 0xc0, 0x00, 0x02, 0x0a, 0xc0, 0x00,
    0x02, 0x50, 0xc0, 0x00, 0x00, 0x50, 0x9a, 0x3c, 0x1f, 0x20, 0x00, 0x00, 0x00, 0x00, 0x60, 0x02,
    0xff, 0xff, 0x9a, 0x1e, 0x00, 0x00, 0x02, 0x04, 0x05, 0xb4,
  ]

  /// What goes into `recording()`: octets, time, interface, comments.
  static let frames: [([UInt8], UInt64, UInt32, [String])] = [
    (syn, 5_600, 0, ["L05 syn · moment 37", "두 번째 줄"]),
    (syn + [0], 10_000_000_001, 1, []),
    (syn + [0, 0], 1_790_000_000_123_456_789, 0, ["third"]),
    (syn + [0, 0, 0], UInt64.max, 1, [""]),
  ]

  /// What goes into its custom blocks.
  static let inputs: [[UInt8]] = [[], [1], [1, 2, 3, 4], Array(0...254)]

  /// A recording with two interfaces, frames and custom blocks.
  static func recording() -> [UInt8] {
    var writer = PcapNGWriter()
    writer.sectionHeader(comments: ["seed 7"])
    writer.interface(name: "client")
    writer.interface(name: "server")
    for (frame, input) in zip(frames, inputs) {
      writer.packet(frame.0, nanoseconds: frame.1, interface: frame.2, comments: frame.3)
      writer.custom(input, isCopyable: input.count != 4)
    }
    return writer.octets
  }
}

/// Writes numbers in either byte order, for files that our own writer does not make.
struct OrderedOctets {
  var order: ByteOrder
  var octets: [UInt8] = []

  init(_ order: ByteOrder) { self.order = order }

  mutating func put<T: FixedWidthInteger & UnsignedInteger>(_ value: T) {
    let shifts = stride(from: 0, to: T.bitWidth, by: 8).map {
      UInt8(truncatingIfNeeded: value >> T($0))
    }
    octets += order == .little ? shifts : shifts.reversed()
  }

  mutating func padded(_ value: [UInt8]) {
    octets += value
    while octets.count % 4 != 0 { octets.append(0) }
  }

  mutating func option(_ code: UInt16, _ value: [UInt8]) {
    put(code)
    put(UInt16(value.count))
    padded(value)
  }

  mutating func block(_ type: UInt32, _ body: (inout OrderedOctets) -> Void) {
    var inside = OrderedOctets(order)
    body(&inside)
    put(type)
    put(UInt32(inside.octets.count + 12))
    octets += inside.octets
    put(UInt32(inside.octets.count + 12))
  }

  mutating func sectionHeader(minor: UInt16 = 0) {
    block(0x0a0d_0d0a) {
      $0.put(UInt32(0x1a2b_3c4d))
      $0.put(UInt16(1))
      $0.put(minor)
      $0.put(UInt64.max)
    }
  }

  mutating func interface(
    _ link: UInt16 = 1, snap: UInt32 = 0, _ options: (inout OrderedOctets) -> Void = { _ in }
  ) {
    block(1) {
      $0.put(link)
      $0.put(UInt16(0))
      $0.put(snap)
      options(&$0)
    }
  }

  mutating func packet(
    _ frame: [UInt8], time: UInt64, interface: UInt32 = 0, captured: UInt32? = nil
  ) {
    block(6) {
      $0.put(interface)
      $0.put(UInt32(time >> 32))
      $0.put(UInt32(truncatingIfNeeded: time))
      $0.put(captured ?? UInt32(frame.count))
      $0.put(UInt32(1514))
      $0.padded(frame)
    }
  }

  mutating func pcapHeader(_ magic: UInt32, link: UInt32 = 1, minor: UInt16 = 4) {
    put(magic)
    put(UInt16(2))
    put(minor)
    put(UInt64(0))
    put(UInt32(65535))
    put(link)
  }

  mutating func record(_ frame: [UInt8], _ seconds: UInt32, _ fraction: UInt32) {
    put(seconds)
    put(fraction)
    put(UInt32(frame.count))
    put(UInt32(1514))
    octets += frame
  }
}
