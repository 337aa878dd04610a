/// What is wrong with a recording.
public enum RecordingError: Error, Hashable, Sendable {
  /// It has none of our blocks: another program's capture.
  case notARecording
  /// It was made by a version that writes otherwise.
  case version(UInt64)
  /// It ends too early.
  case truncated
  /// The run, its frames and its check sequence do not belong together: somebody has changed one of them.
  case altered
  /// A value that no recording has, and where.
  case unreadable(String)
}

/// Values as octets: numbers in groups of seven bits, the lowest first, the eighth bit set where more follow.
struct OctetWriter {
  private(set) var octets: [UInt8] = []

  mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      octets.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    octets.append(UInt8(rest))
  }

  mutating func write(_ number: some FixedWidthInteger & UnsignedInteger) { write(UInt64(number)) }

  /// A number that is not negative, or −1 for the latest descriptor.
  mutating func write(_ number: Int) { write(UInt64(bitPattern: Int64(number)) &+ 1) }

  mutating func write(_ flag: Bool) { octets.append(flag ? 1 : 0) }

  mutating func write(_ list: [UInt8]) {
    write(list.count)
    octets += list
  }

  mutating func write(_ text: String) { write(Array(text.utf8)) }

  mutating func write<Value>(_ value: Value?, _ body: (inout OctetWriter, Value) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }

  mutating func write<Value>(each list: [Value], _ body: (inout OctetWriter, Value) -> Void) {
    write(list.count)
    for value in list { body(&self, value) }
  }
}

/// Reads what `OctetWriter` wrote; never traps, whatever the octets are.
struct OctetReader {
  private var octets: ArraySlice<UInt8>

  init(_ octets: [UInt8]) { self.octets = octets[...] }

  var isAtEnd: Bool { octets.isEmpty }
  /// How many octets are left.
  var count: Int { octets.count }

  mutating func octet() throws(RecordingError) -> UInt8 {
    guard let octet = octets.popFirst() else { throw .truncated }
    return octet
  }

  mutating func number() throws(RecordingError) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let octet = try octet()
      result |= UInt64(octet & 0x7f) << shift
      if octet & 0x80 == 0 { return result }
      shift += 7
    }
    throw .unreadable("number")
  }

  /// A number of at most a type's width.
  mutating func unsigned<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type)
    throws(RecordingError) -> Number
  {
    guard let number = Number(exactly: try number()) else { throw .unreadable("\(type)") }
    return number
  }

  /// A number within a range.
  mutating func int(_ range: ClosedRange<Int> = -1...(1 << 40)) throws(RecordingError) -> Int {
    let number = Int(Int64(bitPattern: try number() &- 1))
    guard range.contains(number) else { throw .unreadable("\(number)") }
    return number
  }

  mutating func flag() throws(RecordingError) -> Bool { try octet() != 0 }

  mutating func list() throws(RecordingError) -> [UInt8] {
    let count = try int(0...(1 << 40))
    guard count <= octets.count else { throw .truncated }
    defer { octets = octets.dropFirst(count) }
    return Array(octets.prefix(count))
  }

  mutating func text() throws(RecordingError) -> String {
    String(decoding: try list(), as: UTF8.self)
  }

  mutating func optional<Value>(
    _ body: (inout OctetReader) throws(RecordingError) -> Value
  ) throws(RecordingError) -> Value? {
    try flag() ? try body(&self) : nil
  }

  mutating func each<Value>(
    _ body: (inout OctetReader) throws(RecordingError) -> Value
  ) throws(RecordingError) -> [Value] {
    let count = try int(0...(1 << 40))
    guard count <= octets.count else { throw .truncated }
    var values: [Value] = []
    for _ in 0..<count { values.append(try body(&self)) }
    return values
  }
}
