import Foundation
import Session
import Simulation
import Stack
import Testing
import Wire

@Suite struct JSONLineTests {
  struct Line: Decodable {
    struct Change: Decodable {
      enum Value: Decodable, Equatable {
        case number(UInt64)
        case text(String)
        case none
        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          if container.decodeNil() {
            self = .none
          } else if let number = try? container.decode(UInt64.self) {
            self = .number(number)
          } else {
            self = .text(try container.decode(String.self))
          }
        }
      }
      var memory: String
      var field: String
      var old: Value
      var new: Value
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
  }

  static func lines(_ timeline: Timeline) throws -> [Line] {
    try (1...timeline.momentCount).map { number in
      let text = try #require(
        JSONLine.of(number, in: timeline, at: JSONLine.Place(lesson: "L05", step: "syn")))
      #expect(!text.contains("\n"))
      return try JSONDecoder().decode(Line.self, from: Data(text.utf8))
    }
  }

  @Test(arguments: [UInt64(2), 6]) func everyLineIsJSONAndSaysWhatHappened(seed: UInt64) throws {
    let timeline = Runs.visit(seed: seed, bad: seed == 2)
    let lines = try Self.lines(timeline)
    #expect(lines.map(\.moment) == Array(1...timeline.momentCount))
    let sent = lines.filter { $0.event == "frame-sent" }
    #expect(sent.allSatisfy { $0.layer == "wire" && ($0.frame?.count ?? 0) >= 120 })
    let received = lines.filter { $0.event == "frame-received" }
    #expect(received.allSatisfy { $0.frame != nil })
    #expect(lines.allSatisfy { $0.lesson == "L05" && $0.step == "syn" && $0.branch == "main" })
    let states = lines.filter { $0.host == "client" }.flatMap(\.changes).filter {
      $0.field == "state"
    }
    #expect(states.contains { $0.new == .text("SYN-SENT") })
    #expect(states.contains { $0.old == .text("SYN-SENT") && $0.new == .text("ESTABLISHED") })
    #expect(states.allSatisfy { $0.memory.hasPrefix("client.socket.") })
  }

  /// Issue 2: the client's first `snd.nxt` is ISS + 1 and names RFC 9293.
  @Test func theFirstSndNxtIsOneMoreThanTheISS() throws {
    let timeline = Runs.visit(seed: 6, bad: false)
    let lines = try Self.lines(timeline)
    let syn = try #require(
      timeline.moments.first { $0.event == .frameSent && $0.unit.flags == .syn })
    let line = try #require(
      lines.first { $0.host == "client" && $0.changes.contains { $0.field == "snd.nxt" } })
    let change = try #require(line.changes.first { $0.field == "snd.nxt" })
    #expect(change.new == .number(UInt64((syn.unit.sequence + 1).value)))
    #expect(change.old == .none)
    #expect(line.rule?.hasPrefix("RFC 9293 §") == true)
  }

  @Test func addressesAreTextAndTimesHaveNineDecimals() throws {
    let timeline = Runs.visit(seed: 6, bad: false)
    let lines = try Self.lines(timeline)
    let address = lines.flatMap(\.changes).first { $0.field == "remote.addr" }
    #expect(address?.new == .text("192.0.2.80") || address?.new == .text("192.0.2.10"))
    let first = try #require(JSONLine.of(1, in: timeline))
    #expect(first.hasPrefix("{\"moment\":1,\"time\":0.000000000,\"host\":\""))
    #expect(first.hasSuffix(",\"lesson\":null,\"step\":null,\"branch\":\"main\"}"))
    #expect(JSONLine.of(0, in: timeline) == nil)
    #expect(JSONLine.of(timeline.momentCount + 1, in: timeline) == nil)
  }

  @Test func oneSeedTwoRunsTheSameText() {
    let texts = (0..<2).map { _ in
      let timeline = Runs.visit(seed: 1)
      return (1...timeline.momentCount).map { JSONLine.of($0, in: timeline) }
    }
    #expect(texts[0] == texts[1])
  }

  @Test func damagedFramesArriveAsTheyAre() throws {
    var timeline = Runs.transfer(seed: 4, count: 2000)
    timeline.perform(
      .fault(
        ScriptedFault(.flipBit(octet: 20, bit: 0, beforeFCS: false), on: FrameMatch(flags: .syn))))
    timeline.perform(.run(.seconds(20)))
    let lines = try Self.lines(timeline)
    let sent = try #require(lines.first { $0.event == "frame-sent" }?.frame)
    let received = try #require(lines.first { $0.event == "frame-received" }?.frame)
    #expect(zip(sent, received).filter { $0 != $1 }.count == 1)
    #expect(lines.contains { $0.reason == "frame-check-sequence" })
  }
}
