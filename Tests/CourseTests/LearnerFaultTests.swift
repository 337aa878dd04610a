import Session
import Simulation
import Stack
import Testing

@testable import Course

/// What befalls a frame that is on its way, in a lesson's own words.
@Suite struct LearnerFaultTests {
  private static let context = PathContext(hosts: LessonWorld().hosts)

  /// A lesson of one step, at whose end the client's SYN is on the wire.
  private static func lesson() throws -> LessonRun {
    let yaml = """
      lesson: L05
      section: "2.3"
      title: {ko: 시험, en: test}
      summary: {ko: 시험, en: test}
      minutes: 1
      world: {hosts: [client, server], link: wire, arp: known, profile: book, seed: 7, programs: {server: web-server}}
      steps:
        - id: syn
          kind: run
          ko: 보냅니다.
          en: It goes.
          show: [stage]
          do: [client socket tcp, "client connect 192.0.2.80:80"]
          until: {event: frame-sent, host: client, tcp.flags: SYN}
      """
    return LessonRunner().run(try Lesson(yaml: yaml))
  }

  private static func action(_ text: String) throws -> WorldAction? {
    let run = try lesson()
    let line = try CommandLine(text, in: context)
    let timeline = run.timeline(of: run.steps[0])
    let reading = MomentReading(timeline, at: timeline.fork(at: run.steps[0].last))
    guard case .act(let action) = try line.command(in: reading) else { return nil }
    return action
  }

  @Test(arguments: [
    ("fault drop frame 1", FaultEffect.drop), ("fault drop frame", .drop),
    ("fault drop frame last", .drop), ("fault duplicate frame 1", .duplicate),
    ("fault delay frame 1 by 50 ms", .delay(.milliseconds(50))),
    ("fault delay frame by 1 s", .delay(.seconds(1))), ("fault hold frame 1", .hold),
    ("fault swap frame 1", .swapWithNext),
    ("fault flip frame 1 octet 38 bit 3", .flipBit(octet: 38, bit: 3, beforeFCS: false)),
    ("fault flip frame octet 59 unnoticed", .flipBit(octet: 59, bit: 0, beforeFCS: true)),
    ("fault rewrite frame 1 tcp.window 0", .rewrite(field: "tcp.window", value: 0)),
    ("fault rewrite frame 1 ip.dst 192.0.2.99", .rewrite(field: "ip.dst", value: 0xc000_0263)),
    ("fault rewrite frame tcp.seq 0xffffffff", .rewrite(field: "tcp.seq", value: 0xffff_ffff)),
  ])
  func aFrameOnItsWayIsStruck(text: String, effect: FaultEffect) throws {
    #expect(try Self.action(text) == .strike(frame: 1, effect))
  }

  @Test(arguments: [
    ("fault drop frame 2", "frame 2 is not on its way then; these are: 1"),
    ("fault flip frame 1 octet 60", "60 bytes"), ("fault rewrite frame 1 arp.op 1", "no arp.op"),
    ("release frame", "no such frame is on its way"), ("release frame 1", "no such frame"),
    ("fault delay frame 1", "by how much"), ("fault drop frame 0", "from 1"),
    ("fault drop frame 1 nth 2", "should end before"), ("fault mend", "thing to mend"),
  ])
  func whatCannotBeIsSaid(text: String, sentence: String) throws {
    let problem = try #require(throws: CommandProblem.self) { _ = try Self.action(text) }
    #expect(problem.message.contains(sentence), "\(problem.message)")
  }

  @Test func aCableIsMended() throws {
    #expect(try Self.action("fault mend cable") == .mend(host: .client))
    #expect(try Self.action("fault mend server cable") == .mend(host: .server))
  }

  // MARK: Branches

  @Test(arguments: [
    ("syn: drop frame", "drop-1"), ("syn: delay frame 1 by 50 ms", "delay-1"),
    ("syn: server reboot", "reboot-1"), ("syn: server exit", "kill-1"),
    ("syn: server pause", "pause-1"), ("syn: server set receive-buffer 100", "buffer-1"),
    ("syn: cut cable", "cut-1"), ("syn: drop client SYN", "drop-1"),
    ("syn:  inject client SYN seq 90", "inject-1"), ("main/20: server set mtu 576", "set-1"),
  ])
  func aFaultOpensABranchWithAName(text: String, name: String) throws {
    var run = try Self.lesson()
    let before = run.runs[0].timeline.momentCount
    let place = try run.perform(try LearnerFault(text))
    #expect(run.runs.map(\.name) == ["main", name])
    #expect(run.runs[0].timeline.momentCount == before)
    #expect(run.steps[place].step.id == name)
    // The title and the sentence stand in both languages.
    let step = run.steps[place].step
    #expect(!step.title.ko.isEmpty && step.title.ko != step.title.en)
    // And they are read off the recording again.
    let again = try #require(
      LessonRun(replaying: run.recording, title: Phrase(ko: "시험", en: "test")))
    #expect(again.steps.last?.step.title == step.title)
    #expect(again.steps.last?.step.narration == step.narration)
  }

  /// A branch of a branch; names count on for each kind.
  @Test func branchesOfBranches() throws {
    var run = try Self.lesson()
    try run.perform(try LearnerFault("syn: drop frame"))
    let again = run.runs[1].timeline.moments.firstIndex {
      $0.event == .frameSent && $0.time.nanoseconds >= 1_000_000_000
    }
    let moment = try #require(again) + 1
    try run.perform(try LearnerFault("drop-1/\(moment): drop frame"))
    #expect(run.runs.map(\.name) == ["main", "drop-1", "drop-2"])
    let syns = run.runs[2].timeline.moments.filter {
      $0.event == .frameSent && $0.unit.flags == .syn
    }
    #expect(syns.map(\.time.nanoseconds) == [0, 1_000_000_000, 3_000_000_000])
    #expect(run.runs[2].origin == LessonPlace(step: 1, moment: moment))
  }

  @Test(arguments: [
    "drop frame", "syn:", "syn:  ", "nowhere: drop frame", "syn: dorp frame", "syn: wait 1 s",
    "syn: router reboot", "9999: drop frame", "else/1: drop frame", "0: drop frame",
  ])
  func whatIsNoFault(text: String) throws {
    var run = try Self.lesson()
    #expect(throws: CommandProblem.self) { try run.perform(try LearnerFault(text)) }
    #expect(run.runs.count == 1)
  }
}
