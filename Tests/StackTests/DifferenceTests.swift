import Testing

@testable import Stack

/// What an observed host compares at every moment agrees with the plain reading of a record.
@Suite struct DifferenceTests {
  struct Numbers: RandomNumberGenerator {
    private var source: RandomSource

    init(seed: UInt64) { source = RandomSource(seed: seed) }
    mutating func next() -> UInt64 { source.next() }
  }

  /// A record of octets that mean something as often as not, and the same with one field written anew.
  static func pair(_ random: inout Numbers, _ field: Field) -> (
    ControlBlock, ControlBlock
  ) {
    var block = ControlBlock()
    for field in Field.allCases where Bool.random(using: &random) {
      block.write(UInt64.random(in: 0...12, using: &random), to: field)
    }
    var other = block
    other.write(UInt64.random(in: 0...3, using: &random), to: field)
    return (block, other)
  }

  @Test(arguments: Field.allCases) func whatBeginsOrCeasesToBeSetIsLookedInto(field: Field) {
    var random = Numbers(seed: UInt64(field.rawValue))
    for _ in 0..<2_000 {
      let (one, two) = Self.pair(&random, field)
      let words = two.wordsToLookInto(since: one, two.differingWords(from: one))
      for spot in Field.spots where one.isSet(spot.field) != two.isSet(spot.field) {
        #expect(words & spot.words != 0, "\(field) decides about \(spot.field)")
      }
    }
  }

  @Test func everySpotLiesInTheWordsItIsFoundBy() {
    for (word, indices) in Field.spotsOfWord.enumerated() {
      let found = Field.spots[indices].map(\.field)
      let expected = Field.spots.filter { $0.words == 1 << UInt32(word) }.map(\.field)
      #expect(found == expected)
    }
    #expect(Field.spotsOfWord.reduce(0) { $0 + $1.count } == Field.spots.count)
  }

  @Test(arguments: Field.allCases) func differingWordsAreThoseOfTheField(field: Field) throws {
    var random = Numbers(seed: UInt64(field.rawValue))
    let range = field.description.range
    for _ in 0..<200 {
      let (one, two) = Self.pair(&random, field)
      let words = two.differingWords(from: one)
      let isSame = one.octets(of: field) == two.octets(of: field)
      #expect((words == 0) == isSame)
      for word in 0..<(ControlBlock.size / 8) where words >> UInt32(word) & 1 == 1 {
        #expect(range.contains { $0 / 8 == word })
      }
    }
  }

  @Test func spotsReadWhatTheTableReads() {
    var block = ControlBlock()
    block.write((0..<ControlBlock.size).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }, at: 0)
    for spot in Field.spots { #expect(block.raw(spot) == block.raw(spot.field)) }
    let left = Field.allCases.filter { field in !Field.spots.contains { $0.field == field } }
    #expect(left.allSatisfy { $0.description.origin == .reserved })
  }
}
