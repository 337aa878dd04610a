/// The name of one checkable statement of the chapter, such as `2.3-5`: section, sub-section and
/// number.
public struct Statement: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Section, sub-section, number, each from 1.
  private let parts: [Int]

  /// Reads `2.3-5`; nil for anything else.
  public init?(_ text: String) {
    let halves = text.split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    let places = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard places.count == 2 else { return nil }
    let numbers = (places + [halves[1]]).compactMap { part in
      part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
    }
    guard numbers.count == 3, numbers.allSatisfy({ (1...99).contains($0) }), numbers[0] <= 6
    else { return nil }
    parts = numbers
  }

  public var description: String { "\(parts[0]).\(parts[1])-\(parts[2])" }

  public static func < (left: Statement, right: Statement) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}

/// The name of one question of the catalogue, such as `Q1-7`, or `QA-2` of the advanced part.
public struct QuestionName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The chapter's section, from 1 to 6; nil for the advanced part.
  public let section: Int?
  public let number: Int

  /// Reads `Q1-7` or `QA-2`; nil for anything else.
  public init?(_ text: String) {
    guard text.hasPrefix("Q") else { return nil }
    let parts = text.dropFirst().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[1]), (1...99).contains(number) else {
      return nil
    }
    let section = Int(parts[0])
    guard parts[0] == "A" || section.map({ (1...6).contains($0) }) ?? false else { return nil }
    self.section = section
    self.number = number
  }

  public var description: String { "Q\(section.map(String.init) ?? "A")-\(number)" }

  /// The advanced part comes behind the chapter.
  public static func < (left: QuestionName, right: QuestionName) -> Bool {
    (left.section ?? .max, left.number) < (right.section ?? .max, right.number)
  }
}
