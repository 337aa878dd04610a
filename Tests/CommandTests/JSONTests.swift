import Foundation
import Testing
import Wire

/// `--json`: one moment a line, for scripts.
@Suite struct JSONTests {
  static let layers: Set<String> = [
    "application", "library", "socket", "tcp", "udp", "icmp", "ip", "arp", "ethernet", "driver",
    "adapter", "wire",
  ]

  /// The TCP header of a line's frame.
  static func segment(_ line: MomentLine) -> TCPHeader? {
    let octets = line.octets
    guard let layer = Dissection(frame: octets).layers.first(where: { $0.kind == .tcp }) else {
      return nil
    }
    return try? TCPHeader(parsing: octets.span.bytes.extracting(layer.range))
  }

  @Test(arguments: LessonFiles.ids) func everyLineIsAMoment(id: String) throws {
    let lines = try MomentLine.run(id)
    var last: [String: Int] = [:]
    for line in lines {
      #expect(line.lesson == id)
      #expect(Self.layers.contains(line.layer))
      #expect(line.event.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber })
      #expect(line.moment == last[line.branch, default: 0] + 1)
      last[line.branch] = line.moment
      let crosses = line.event == "frame-sent" || line.event == "frame-received"
      #expect((line.frame != nil) == crosses)
      #expect(!crosses || line.octets.count >= 60)
    }
    #expect(last["main", default: 0] > 20)
    #expect(Set(lines.compactMap(\.step)).count > 3)
  }

  /// The members as they are written: their order, and times with nine decimals.
  @Test func theFormOfALine() throws {
    let form =
      #/\{"moment":\d+,"time":\d+\.\d{9},"host":"[a-z]+","layer":"[a-z]+","event":"[a-z-]+","rule":(null|"[^"]+"),"changes":\[.*\](,"reason":"[a-z-]+")?(,"frame":"([0-9a-f]{2})+")?,"lesson":"L05","step":(null|"[^"]+"),"branch":"[^"]+"\}/#
    let finished = try Program.run("lesson", "L05", "--json")
    #expect(finished.lines.count > 100)
    for line in finished.lines {
      #expect(line.wholeMatch(of: form) != nil, "\(line)")
    }
  }

  @Test(arguments: LessonFiles.ids) func oneSeedGivesTheSameOctets(id: String) throws {
    let first = try Program.run("lesson", id, "--json", "--seed", "99")
    let second = try Program.run("lesson", id, "--json", "--seed", "99")
    #expect(!first.output.isEmpty)
    #expect(first.output == second.output)
  }

  /// Without `--seed` it is the lesson's own; a run in which something is broken may have another.
  @Test func theLessonsOwnSeed() throws {
    let text = try LessonFiles.text("L05")
    let seed = try #require(text.firstMatch(of: #/seed:\s*(\d+)/#)?.output.1)
    func main(_ arguments: [String]) throws -> [Substring] {
      try Program.finish(Program.url, ["lesson", "L05", "--json"] + arguments).lines
        .filter { $0.hasSuffix(#""branch":"main"}"#) }
    }
    let own = try main([])
    #expect(own.count > 20)
    #expect(try main(["--seed", String(seed)]) == own)
    #expect(try main(["--seed", "12345"]) != own)
  }

  @Test(arguments: [nil, 1, 2, UInt64.max])
  func theHandshakeIsSynSynAckAck(seed: UInt64?) throws {
    let arguments = seed.map { ["--seed", "\($0)"] } ?? []
    let finished = try Program.finish(Program.url, ["lesson", "L05", "--json"] + arguments)
    let lines = try finished.lines.map {
      try JSONDecoder().decode(MomentLine.self, from: Data($0.utf8))
    }
    let sent = lines.filter { $0.branch == "main" && $0.event == "frame-sent" }
    let flags = sent.compactMap { Self.segment($0)?.flags }.prefix(3)
    #expect(Array(flags) == [[.syn], [.syn, .ack], [.ack]])
    #expect(sent.prefix(3).map(\.host) == ["client", "server", "client"])
    let iss = try #require(Self.segment(sent[0])?.sequence)
    let changed = try #require(
      lines.first { line in
        line.changes.contains { $0.memory.hasPrefix("client.") && $0.field == "snd.nxt" }
      })
    let change = try #require(changed.changes.first { $0.field == "snd.nxt" })
    #expect(change.new == .number(UInt64((iss + 1).value)))
    #expect(change.old == nil)
    #expect(changed.rule?.hasPrefix("RFC 9293 §") == true)
  }

  @Test(arguments: LessonFiles.ids) func mostChangesNameTheirRule(id: String) throws {
    let lines = try MomentLine.run(id)
    let all = lines.reduce(0) { $0 + $1.changes.count }
    let ruled = lines.filter { $0.rule != nil }.reduce(0) { $0 + $1.changes.count }
    #expect(all > 10)
    #expect(ruled * 10 >= all * 9, "\(ruled) of \(all)")
  }

  @Test func seedsDifferInNumbersAndPorts() throws {
    func first(_ seed: String) throws -> TCPHeader {
      let lines = try MomentLine.run("L05", "--seed", seed)
      return try #require(lines.lazy.compactMap { Self.segment($0) }.first)
    }
    let one = try first("1001")
    let other = try first("1002")
    #expect(one.sequence != other.sequence)
    #expect(one.sourcePort != other.sourcePort)
  }

  @Test func theModernProfileHasItsOptions() throws {
    let book = try #require(try MomentLine.run("L05").lazy.compactMap { Self.segment($0) }.first)
    #expect(book.options.maximumSegmentSize == 1460)
    #expect(book.options.windowScale == nil && book.options.timestamps == nil)
    #expect(!book.options.sackPermitted)
    let modern = try #require(
      try MomentLine.run("L05", "--profile", "modern").lazy.compactMap { Self.segment($0) }.first)
    #expect(modern.options.maximumSegmentSize == 1460)
    #expect(modern.options.windowScale != nil && modern.options.timestamps != nil)
    #expect(modern.options.sackPermitted)
  }
}
