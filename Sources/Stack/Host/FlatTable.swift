/// A key whose look-up costs a multiplication: segments are looked up one by one.
protocol FlatKey: Equatable, Sendable {
  /// Two words that hold the whole key.
  var words: (UInt64, UInt64) { get }
}

/// A table with open addressing: a look-up takes as long with a million keys as with one.
///
/// The standard library's dictionary hashes for 50 ns, as long as all else that a segment's look-up does.
/// Keys come from strangers, so the mixing is keyed: who does not know the secret cannot make them collide.
struct FlatTable<Key: FlatKey, Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    let key: Key
    var value: Value

    mutating func update(_ change: (inout Value) -> Void) { change(&value) }
  }

  private let secret: (UInt64, UInt64)
  private var entries: [Entry?] = []
  /// Keys that are in it.
  private(set) var count = 0

  /// An empty table.
  init(secret: (UInt64, UInt64)) { self.secret = secret }

  /// Where a key is; valid until the next insertion or removal. O(1).
  func place(of key: Key) -> Int? {
    guard !entries.isEmpty else { return nil }
    let mask = entries.count - 1
    var place = home(key, mask)
    while let entry = entries[place] {
      if entry.key == key { return place }
      place = (place + 1) & mask
    }
    return nil
  }

  /// How many places a look-up of the key sees; nil where it is not in the table.
  func steps(to key: Key) -> Int? {
    guard let place = place(of: key) else { return nil }
    return (place - home(key, entries.count - 1)) & (entries.count - 1) + 1
  }

  /// The value of a key. O(1).
  subscript(key: Key) -> Value? {
    guard let place = place(of: key) else { return nil }
    return entries[place]?.value
  }

  /// Changes the value at a place.
  mutating func update(at place: Int, _ change: (inout Value) -> Void) {
    entries[place]?.update(change)
  }

  /// Writes a value down for a key, in the place of one that is there. O(1), when it grows O(keys).
  mutating func insert(_ key: Key, _ value: Value) {
    if 4 * (count + 1) > 3 * entries.count { grow() }
    let mask = entries.count - 1
    var place = home(key, mask)
    while let entry = entries[place], entry.key != key { place = (place + 1) & mask }
    if entries[place] == nil { count += 1 }
    entries[place] = Entry(key: key, value: value)
  }

  /// Takes a key out; those behind it that it has pushed on move up. O(1).
  mutating func remove(at place: Int) {
    let mask = entries.count - 1
    var hole = place
    var next = place
    while true {
      next = (next + 1) & mask
      guard let entry = entries[next] else { break }
      // It may move up unless its home lies behind the hole.
      guard (next - home(entry.key, mask)) & mask >= (next - hole) & mask else { continue }
      entries[hole] = entry
      hole = next
    }
    entries[hole] = nil
    count -= 1
  }

  private mutating func grow() {
    let old = entries
    entries = Array(repeating: nil, count: max(8, 2 * old.count))
    let mask = entries.count - 1
    for case let entry? in old {
      var place = home(entry.key, mask)
      while entries[place] != nil { place = (place + 1) & mask }
      entries[place] = entry
    }
  }

  @inline(__always)
  private func home(_ key: Key, _ mask: Int) -> Int {
    let words = key.words
    let product = (words.0 ^ secret.0).multipliedFullWidth(by: words.1 ^ secret.1)
    let mixed = (product.high ^ product.low) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }
}
