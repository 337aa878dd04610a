import Wire

/// Finding what differs between two states of a record: an observed host asks this at every moment.
extension ControlBlock {
  /// Which words of eight octets differ, the first as the lowest bit.
  func differingWords(from other: ControlBlock) -> UInt32 {
    withUnsafeBytes(of: self) { mine in
      withUnsafeBytes(of: other) { theirs in
        var words: UInt32 = 0
        for word in 0..<(ControlBlock.size / 8) {
          let one = mine.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
          let two = theirs.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
          words |= (one == two ? 0 : 1) << UInt32(word)
        }
        return words
      }
    }
  }

  /// The words in which a field may have changed, or may have begun or ceased to be set: those that differ
  /// and, where what decides about other fields has changed, those of these fields.
  func wordsToLookInto(since old: ControlBlock, _ differing: UInt32) -> UInt32 {
    guard deciders == old.deciders else { return .max }
    var words = differing
    if timer != old.timer { words |= Self.wordsOfTimer }
    if (timedAt == .zero) != (old.timedAt == .zero) { words |= Self.wordsOfMeasurement }
    return words
  }

  private static let wordsOfTimer = Field.words(of: [.timerDue, .probes])
  private static let wordsOfMeasurement = Field.words(of: [.rttSequence, .rttAt])

  /// What `isSet` looks at when it is asked for other fields: where it is the same in two states, the same
  /// fields are set in them, but for what the running timer and the measurement decide, and for fields that
  /// decide about themselves alone.
  var deciders: Deciders {
    Deciders(
      octets: .init(
        stateOctet, transport, answeredOctet, optionOctet, openedOctet, urgentOctet,
        (congestionWindow == 0 ? 8 : 0) | (recoveryOctet == 0 ? 16 : 0)
          | (cubicEpoch == .zero ? 32 : 0) | (lastSentAt == .zero ? 64 : 0)
          | (recovery == .fast ? 128 : 0),
        (localPort == 0 ? 1 : 0) | (remotePort == 0 ? 2 : 0)
          | (retransmissionTimeout == 0 ? 4 : 0) | (pathLimit == 0 ? 8 : 0)
          | (smoothedRoundTrip == 0 ? 16 : 0)))
  }

  struct Deciders: Equatable {
    let octets: SIMD8<UInt8>
  }
}

/// Where a field lies, without the words that describe it: what the comparison of two records walks over.
struct FieldSpot {
  let field: Field
  let offset: Int
  let width: Int
  /// Addresses lie in network order, everything else in the machine's.
  let isAddress: Bool
  /// The words of eight octets that it touches, as `differingWords` counts them.
  let words: UInt32

  init(_ row: FieldDescription) {
    field = row.field
    offset = row.offset
    width = row.width
    isAddress = row.form == .address
    words = row.range.reduce(0) { $0 | 1 << UInt32($1 / 8) }
  }
}

extension Field {
  /// All fields but the gaps.
  static let spots: [FieldSpot] = table.filter { $0.origin != .reserved }.map { FieldSpot($0) }

  /// The words of eight octets in which fields lie, the first as the lowest bit.
  static func words(of fields: [Field]) -> UInt32 {
    spots.filter { fields.contains($0.field) }.reduce(0) { $0 | $1.words }
  }

  /// Which of them touch a word of eight octets: they lie one behind the other, as the words do.
  static let spotsOfWord: [Range<Int>] = (0..<(ControlBlock.size / 8)).map { word in
    let first = spots.firstIndex { $0.words >> UInt32(word) != 0 } ?? spots.count
    let end = spots[first...].firstIndex { $0.words & 1 << UInt32(word) == 0 } ?? spots.count
    return first..<end
  }
}

extension ControlBlock {
  /// The field's octets as a number, as `raw(_:)` gives it.
  func raw(_ spot: FieldSpot) -> UInt64 {
    withUnsafeBytes(of: self) { memory in
      switch spot.width {
      case 1: UInt64(memory[spot.offset])
      case 2: UInt64(memory.loadUnaligned(fromByteOffset: spot.offset, as: UInt16.self))
      case 4:
        spot.isAddress
          ? UInt64(memory.loadUnaligned(fromByteOffset: spot.offset, as: UInt32.self).bigEndian)
          : UInt64(memory.loadUnaligned(fromByteOffset: spot.offset, as: UInt32.self))
      default: memory.loadUnaligned(fromByteOffset: spot.offset, as: UInt64.self)
      }
    }
  }
}
