/// A key of two words: a look-up compares them and costs a multiplication.
struct FlatKey: Equatable, Sendable, BitwiseCopyable {
  let upper: UInt64
  let lower: UInt64
}

/// A table of small numbers with open addressing: a look-up takes as long with a million keys as with one.
///
/// The standard library's dictionary hashes for 50 ns, as long as all else that a segment's look-up does.
/// Keys come from strangers, so the mixing is keyed: who does not know the secret cannot make them collide.
struct FlatTable: Sendable {
  private struct Entry: Sendable, BitwiseCopyable {
    var key = FlatKey(upper: 0, lower: 0)
    /// Below 0 where no key is.
    var value: Int32 = -1
  }

  private let secret: (UInt64, UInt64)
  /// A power of two of them; at least a quarter hold no key.
  private var entries = [Entry()]
  /// Keys that are in it.
  private(set) var count = 0

  /// An empty table.
  init(secret: (UInt64, UInt64)) { self.secret = secret }

  /// Where a key is; valid until the next insertion or removal. O(1).
  @inline(__always)
  func place(of key: FlatKey) -> Int? {
    let mask = entries.count - 1
    var place = home(key, mask)
    while entries[place].value >= 0 {
      if entries[place].key == key { return place }
      place = (place + 1) & mask
    }
    return nil
  }

  /// How many places a look-up of the key sees; nil where it is not in the table.
  func steps(to key: FlatKey) -> Int? {
    guard let place = place(of: key) else { return nil }
    return (place - home(key, entries.count - 1)) & (entries.count - 1) + 1
  }

  /// The value of a key. O(1).
  @inline(__always)
  subscript(key: FlatKey) -> Int? {
    guard let place = place(of: key) else { return nil }
    return self[place: place]
  }

  /// The value at a place that holds a key.
  @inline(__always)
  subscript(place place: Int) -> Int {
    get { Int(entries[place].value) }
    set { entries[place].value = Int32(truncatingIfNeeded: newValue) }
  }

  /// Writes a value, from 0 on, down for a key, in the place of one that is there. O(1), when it grows O(keys).
  mutating func insert(_ key: FlatKey, _ value: Int) {
    if 4 * (count + 1) > 3 * entries.count { grow() }
    let mask = entries.count - 1
    var place = home(key, mask)
    while entries[place].value >= 0, entries[place].key != key { place = (place + 1) & mask }
    if entries[place].value < 0 { count += 1 }
    entries[place] = Entry(key: key, value: Int32(truncatingIfNeeded: value))
  }

  /// Takes a key out; those behind it that it has pushed on move up. O(1).
  mutating func remove(at place: Int) {
    let mask = entries.count - 1
    var hole = place
    var next = place
    while true {
      next = (next + 1) & mask
      let entry = entries[next]
      if entry.value < 0 { break }
      // It may move up unless its home lies behind the hole.
      guard (next - home(entry.key, mask)) & mask >= (next - hole) & mask else { continue }
      entries[hole] = entry
      hole = next
    }
    entries[hole].value = -1
    count -= 1
  }

  private mutating func grow() {
    let old = entries
    entries = Array(repeating: Entry(), count: max(8, 2 * old.count))
    let mask = entries.count - 1
    for entry in old where entry.value >= 0 {
      var place = home(entry.key, mask)
      while entries[place].value >= 0 { place = (place + 1) & mask }
      entries[place] = entry
    }
  }

  @inline(__always)
  private func home(_ key: FlatKey, _ mask: Int) -> Int {
    let product = (key.upper ^ secret.0).multipliedFullWidth(by: key.lower ^ secret.1)
    let mixed = (product.high ^ product.low) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }
}
