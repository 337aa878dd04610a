import Foundation
import Testing

/// A line of `--json` as a script reads it.
struct MomentLine: Decodable {
  struct Change: Decodable {
    var memory: String
    var field: String
    var old: Content?
    var new: Content?
  }

  /// A number, a name or an address.
  enum Content: Decodable, Hashable {
    case number(UInt64)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(UInt64.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  var moment: Int
  var time: Double
  var host: String
  var layer: String
  var event: String
  var rule: String?
  var changes: [Change]
  var reason: String?
  var frame: String?
  var lesson: String?
  var step: String?
  var branch: String

  /// The frame's octets.
  var octets: [UInt8] {
    let digits = Array((frame ?? "").utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
  }

  /// The moments of a lesson's run.
  static func run(_ arguments: String...) throws -> [MomentLine] {
    let finished = try Program.finish(Program.url, ["lesson"] + arguments + ["--json"])
    try #require(finished.status == 0, "\(finished.complaint)")
    return try finished.lines.map {
      try JSONDecoder().decode(MomentLine.self, from: Data($0.utf8))
    }
  }
}
